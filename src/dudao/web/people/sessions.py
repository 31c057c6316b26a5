"""Where sessions are kept: as Django keeps them, read with a query that is made once."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from dudao.web.prepared import prepared


@prepared
def _alive(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseSessions):
    """A session in the database."""

    def _get_session_from_db(self) -> Session | None:
        """Return the row of this session; None when there is none or its time is over."""
        row = _alive.first(self.session_key, timezone.now()) if self.session_key else None
        if row is None:
            self._session_key = None
        return row
