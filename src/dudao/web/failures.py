"""What an unforeseen error means to whoever asked: broken, or only for now."""

import errno

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError

from dudao.web.people.hashers import TooManyPasswordsError

RETRY_AFTER = 30
"""Seconds after which somebody may ask again while something is only for now."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def status_of(error: BaseException | None) -> int:
    """Return 503 for what passes by itself or by an administrator's hand, the database away, the disk full, too many
    passwords at once; else 500.

    The error counts with all it was raised from.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | TooManyPasswordsError):
            return 503
        if isinstance(error, OSError) and error.errno in _FULL:
            return 503
        error = error.__cause__ or error.__context__
    return 500


def is_too_large(error: BaseException) -> bool:
    """Return whether a request was refused for its size."""
    return isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
