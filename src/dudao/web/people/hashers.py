"""How passwords are kept: slowly on purpose, and so few at a time that the slowness never stops the pages."""

import os
import threading

from django.contrib.auth.hashers import PBKDF2PasswordHasher

AT_ONCE = max(2, (os.cpu_count() or 2) // 2)
"""Passwords that this process works on at the same time."""
PATIENCE = 10.0
"""Seconds that a password waits for its turn."""

_places = threading.BoundedSemaphore(AT_ONCE)


class TooManyPasswordsError(Exception):
    """More passwords wait than can be checked in a sensible time; answered 503, nothing was decided."""


class BoundedHasher(PBKDF2PasswordHasher):
    """Django's own way, a few at a time. An account that does not exist waits and costs the same."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Return the encoded password.

        Raises:
            TooManyPasswordsError: no turn came in time.
        """
        if not _places.acquire(timeout=PATIENCE):
            raise TooManyPasswordsError
        try:
            return super().encode(password, salt, iterations)
        finally:
            _places.release()


class DemonstrationHasher(PBKDF2PasswordHasher):
    """Few rounds: passwords of the demonstration are printed for everybody, so slowness protects nothing there."""

    algorithm = "pbkdf2_sha256_demonstration"
    iterations = 1000
