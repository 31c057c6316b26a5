"""Logs: one line an event, as text or as JSON, with the request it belongs to and nothing personal."""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from dudao.web.requests import current_origin, person_id_of, route_of

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_FIELDS = ("method", "route", "status", "milliseconds", "person")
log = logging.getLogger("dudao.request")


def logging_settings(form: str, level: str) -> dict[str, Any]:
    """Return the settings of logging: everything to the standard error stream, which the service manager keeps."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "private": {"()": "dudao.web.logs.WithoutAddresses"},
            "failures": {"()": "dudao.web.logs.OnlyFailures"},
        },
        "formatters": {
            "text": {"()": "dudao.web.logs.TextLine"},
            "json": {"()": "dudao.web.logs.JsonLine"},
        },
        "handlers": {
            "lines": {"class": "logging.StreamHandler", "formatter": form, "filters": ["private"]},
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "dudao": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR", "filters": ["failures"]},
            "django.server": {"handlers": [], "propagate": True},
        },
    }


class WithoutAddresses(logging.Filter):
    """Puts the name of the route where Django would write the address: addresses hold invitations and searches."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without addresses."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            told = {request.path, request.get_full_path()}
            record.args = tuple(route_of(request) if each in told else each for each in record.args)
        return True


class OnlyFailures(logging.Filter):
    """Lets pass what has a trace: what was merely refused stands in the line of its request already."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record has a trace."""
        return record.exc_info is not None


class TextLine(logging.Formatter):
    """A line for people: when, how grave, who says it, which request, what."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the trace of an error below it."""
        name = current_origin().request_id or "-"
        line = f"{_when(record)} {record.levelname} {record.name} {name} {_told(record)}"
        return line + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")


class JsonLine(logging.Formatter):
    """A line for programs: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object as one line."""
        content: dict[str, Any] = {
            "at": _when(record),
            "level": record.levelname,
            "logger": record.name,
            "request_id": current_origin().request_id,
        }
        fields = {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if fields:
            content |= fields
        else:
            content["message"] = record.getMessage()
        if record.exc_info:
            content["trace"] = self.formatException(record.exc_info)
        return json.dumps(content, ensure_ascii=False, default=str)


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _told(record: logging.LogRecord) -> str:
    return record.getMessage().replace("\n", "\\n").replace("\r", "\\r")


class RequestLog:
    """Middleware that writes one line for each request: method, route, status, time, the key of the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and write its line."""
        began = time.perf_counter()
        response = self.get_response(request)
        if log.isEnabledFor(logging.INFO):
            fields = {
                "method": method_of(request),
                "route": route_of(request),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000),
                "person": person_id_of(request),
            }
            words = " ".join(f"{name}={value}" for name, value in fields.items() if value is not None)
            log.info("%s", words, extra=fields)
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def method_of(request: HttpRequest) -> str:
    """Return the method of a request; one that nobody knows is OTHER, so that nobody fills logs with inventions."""
    return request.method if request.method in _METHODS else "OTHER"
