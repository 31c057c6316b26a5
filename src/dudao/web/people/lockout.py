"""Failed sign-ins counted so that a clock set back locks nobody out for longer than the rule says."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # the library has no types
    """Tries that lie ahead of the clock count as of now, from the first look at them."""

    def get_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> list[QuerySet[AccessAttempt]]:
        """Return the tries that count for a sign-in."""
        now = timezone.now()
        for tries in self.filter_user_attempts(request, credentials):
            tries.filter(attempt_time__gt=now).update(attempt_time=now)
        found: list[QuerySet[AccessAttempt]] = super().get_user_attempts(request, credentials)
        return found
