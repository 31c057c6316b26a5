"""Recovery codes as they are made, kept and recognised again.

A code has some 59 bits, so whoever gets hold of the database could try all of them against a quick hash. They are
kept as passwords are: salted and slowly hashed. The codes of one person share their salt, so that a try costs one
hash and not one for each code; and what is hashed slowly is the quick hash that was kept before, so that old codes
were wrapped where they lay (migration 0005) and are recognised in the same way.
"""

import hashlib
import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.crypto import constant_time_compare

from dudao.web.people.models import RecoveryCode, User

ROUNDS = 100_000
"""Of PBKDF2-HMAC-SHA256 for a code. Fewer than for a password, which a person makes up; ten are made at a time."""
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_hasher = PBKDF2PasswordHasher()


def fresh_code() -> str:
    """Return a new code of twelve letters and digits that are not mistaken for one another, in groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def fresh_salt() -> str:
    """Return the salt for the codes of one person, of 128 bits or more."""
    return _hasher.salt()


def hashed(user: User, code: str, salt: str) -> str:
    """Return how a code of a person is kept."""
    return wrapped(_quick(user, code), salt)


def wrapped(quick: str, salt: str) -> str:
    """Return how a code is kept whose quick hash is given."""
    return _hasher.encode(quick, salt, ROUNDS)


def matching(user: User, code: str, kept: Iterable[RecoveryCode]) -> RecoveryCode | None:
    """Return the one among a person's codes that was typed; None when it is none of them."""
    rows = list(kept)
    quick = _quick(user, code)
    found = None
    for parameters in {row.code_hash.rpartition("$")[0] for row in rows}:
        _algorithm, rounds, salt = parameters.split("$")
        typed = _hasher.encode(quick, salt, int(rounds))
        for row in rows:
            if constant_time_compare(row.code_hash, typed):
                found = row
    return found


def _quick(user: User, code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(f"{user.pk}:{plain}".encode()).hexdigest()
