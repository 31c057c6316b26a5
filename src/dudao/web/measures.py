"""What is counted and timed while the platform runs, for Prometheus; each process counts for itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, disable_created_metrics
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from dudao.web.logs import method_of
from dudao.web.requests import route_of

REGISTRY = CollectorRegistry()
"""Our own, so that a library that counts as well does not speak through us."""

ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)
Info("dudao", "版本", registry=REGISTRY).info({"version": version("dudao")})

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began says nothing here

_STEPS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("dudao_requests", "答复的请求", ["route", "method", "status"], registry=REGISTRY)
SECONDS = Histogram("dudao_request_seconds", "答复所用的秒数", ["route"], buckets=_STEPS, registry=REGISTRY)
DATABASE_SECONDS = Histogram(
    "dudao_request_database_seconds", "其中等待数据库的秒数", ["route"], buckets=_STEPS, registry=REGISTRY
)
DATABASE_QUERIES = Counter("dudao_database_queries", "数据库查询", registry=REGISTRY)
UNDER_WAY = Gauge("dudao_requests_under_way", "正在处理的请求", registry=REGISTRY)
UPLOADS = Counter("dudao_uploads", "收到的文件", ["outcome"], registry=REGISTRY)
UPLOAD_BYTES = Counter("dudao_upload_bytes", "收到的文件的字节数", registry=REGISTRY)
SIGN_INS = Counter("dudao_sign_ins", "登录", ["outcome"], registry=REGISTRY)


def _signed_in(**_: Any) -> None:
    SIGN_INS.labels("done").inc()


def _sign_in_failed(**_: Any) -> None:
    SIGN_INS.labels("failed").inc()


user_logged_in.connect(_signed_in, dispatch_uid="dudao.measures.signed_in")
user_login_failed.connect(_sign_in_failed, dispatch_uid="dudao.measures.sign_in_failed")


class _Clock:
    """Adds up how long a request waits for the database."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


@contextmanager
def _timed_database() -> Iterator[_Clock]:
    clock = _Clock()
    with connection.execute_wrapper(clock):
        yield clock


class Measured:
    """Middleware that counts and times each request by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and count it."""
        began = time.perf_counter()
        with UNDER_WAY.track_inprogress(), _timed_database() as clock:
            response = self.get_response(request)
        route = route_of(request)
        REQUESTS.labels(route, method_of(request), str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        DATABASE_SECONDS.labels(route).observe(clock.seconds)
        DATABASE_QUERIES.inc(clock.queries)
        return response
