"""Which page of the documentation helps on which page of the platform.

Every app says so beside its addresses: `HELP` maps the name of a route to a how-to, and `*` stands for the others.
"""

from collections.abc import Mapping
from functools import cache

from django.urls import ResolverMatch, URLResolver, get_resolver

from dudao.web.help import pages


@cache
def _declared() -> Mapping[str, Mapping[str, str]]:
    """Return what the apps declare, by the name of the app."""
    found = {}
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.app_name:
            found[entry.app_name] = getattr(entry.urlconf_module, "HELP", {})
    return found


def topic(app: str, route: str) -> str | None:
    """Return the name of the page that helps on a route of an app, None where the app names none."""
    declared = _declared().get(app, {})
    named = declared.get(route, declared.get("*"))
    return named if named is None or named == "index" else pages.HOW_TO + named


def help_url(match: ResolverMatch | None) -> str:
    """Return the address of the help for what an address was resolved to; the contents where it was to nothing."""
    named = topic(match.app_names[0], match.url_name or "") if match is not None and match.app_names else None
    return pages.address(named or "index")
