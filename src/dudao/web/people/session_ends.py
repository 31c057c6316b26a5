"""When a session ends by itself: after a while without use, and some hours after it was last confirmed by a click."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

CONFIRMED = "confirmed_at"


def confirm(request: HttpRequest) -> None:
    """Let the hours of a session begin anew: at sign-in, and when the person asks for more time."""
    request.session[CONFIRMED] = timezone.now().timestamp()


def seconds_left(request: HttpRequest) -> int:
    """Return how long the session lasts from now even when it is used; zero or less once it is over."""
    confirmed = request.session.get(CONFIRMED)
    if confirmed is None:
        return int(settings.SESSION_COOKIE_AGE)
    return int(confirmed + settings.SESSION_COOKIE_AGE - timezone.now().timestamp())
