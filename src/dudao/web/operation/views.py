"""/healthz, /readyz, /metrics: a word for strangers, the whole for the machine that watches."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dudao.web.measures import REGISTRY
from dudao.web.operation import gauges
from dudao.web.operation.readiness import readiness
from dudao.web.people.access import anyone, requires
from dudao.web.proxies import THROUGH_OTHERS, within

__all__ = ["gauges"]


def watches(request: HttpRequest) -> bool:
    """Say whether a request comes from the machine that watches: by its address, or by the password for it."""
    given = request.headers.get("Authorization", "")
    wanted = settings.METRICS_TOKEN
    if wanted and hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        return True
    # forwarded by somebody who is no proxy of ours: the address is that of the forwarder
    if THROUGH_OTHERS in request.META:
        return False
    return within(request.META.get("REMOTE_ADDR", ""), settings.METRICS_FROM)


@requires(anyone)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process lives; asks nothing else, so that a database away restarts no web server."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@requires(anyone)
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be served now; what is not in order, only to the machine that watches."""
    answers = readiness()
    ready = all(each.ready for each in answers)
    content: dict[str, object] = {"ready": ready}
    if watches(request):
        content["checks"] = {each.name: {"ready": each.ready, "detail": each.detail} for each in answers}
    return JsonResponse(content, status=200 if ready else 503)


@requires(anyone)
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Hand out what this process counted; to anybody else there is no such address."""
    if not watches(request):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
