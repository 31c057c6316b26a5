"""How an operation is declared: its scope, the rule that the pages ask as well, and its words."""

from typing import Any

from ninja import Router

from dudao.web.api.bearer import Bearer
from dudao.web.people.access import Rule
from dudao.web.people.scopes import Scope

router = Router()
"""All operations: those of one address must lie in one router, whatever their module."""


def offers(
    tag: str, scope: Scope, rule: Rule, summary: str, description: str = "", *, media: str = ""
) -> dict[str, Any]:
    """Return the settings of an operation for the router.

    Args:
        tag: the kind of resource, as the documentation groups them.
        scope: what the token must have.
        rule: what its person must pass, of `people.access`.
        summary: what it does, for the documentation.
        description: more words; empty when the summary says it all.
        media: the kind of the file it answers; empty where it answers JSON.
    """
    return {
        "auth": Bearer(scope, rule),
        "tags": [tag],
        "summary": summary,
        "description": description or summary,
        "openapi_extra": {"x-scope": scope.value, **({"x-media": media} if media else {})},
    }
