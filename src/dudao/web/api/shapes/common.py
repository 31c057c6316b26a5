"""Parts that several shapes share: keys, texts, points."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

LARGEST_KEY = 2**31 - 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
"""The key of a row in an address."""

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f/]+$")]
"""A short name in an address or a question: an item, a point, a code."""

Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
"""Words to search for."""

IdempotencyKey = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[!-~]+$")]
"""A key that its sender chose for one write."""

VersionTag = Annotated[str, Field(pattern=r'^(W/)?"[0-9]{1,9}"$')]
"""The ETag of what a write is based on; weak where a proxy compressed the answer that named it, as nginx does."""


def _iso(value: object) -> object:
    """Refuse what is no written day: a number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "no day")
    return value


Day = Annotated[date, BeforeValidator(_iso)]
"""A day as 2022-08-31."""


class Given(Schema):
    """What a request brings: unknown members are refused, so that a mistyped name is not lost."""

    model_config = ConfigDict(extra="forbid")


class NamedRegion(Schema):
    """A region by its code (GB/T 2260) and name."""

    code: str
    name: str


def plain(value: Decimal | None) -> str | None:
    """Return points as text without idle zeros: 4.8; None stays None, which is not zero."""
    return None if value is None else f"{value.normalize():f}"


def version_in(tag: str) -> int:
    """Return the version that an ETag names."""
    return int(tag.removeprefix("W/").strip('"'))


def tag_of(version: int) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'
