"""Shapes of checks: the contract of `dudao check --format json`."""

from typing import Any

from ninja import Schema


class CheckResult(Schema):
    """One document in `documents`, as docs/reference/schema/check.json describes it."""

    documents: list[dict[str, Any]]
