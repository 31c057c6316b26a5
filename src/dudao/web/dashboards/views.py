"""The pages that answer when something is refused, missing or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in words."""
    return render(request, "dashboards/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in words."""
    return render(request, "dashboards/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 in words, with the number that the log carries."""
    return render(request, "dashboards/failed.html", status=500)
