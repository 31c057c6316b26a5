"""What settings read out of environment variables that hold more than one word."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dudao.workflow.machine import Role

_ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR})


def second_factor_roles(text: str) -> frozenset[Role]:
    """Return the roles that must use a second factor: `1` for administrators, more by name after commas.

    Raises:
        ImproperlyConfigured: a name is no role.
    """
    words = [word.strip() for word in text.split(",") if word.strip() not in {"", "0"}]
    if not words:
        return frozenset()
    try:
        named = frozenset(Role(word) for word in words if word != "1")
    except ValueError as error:
        known = "、".join(role.value for role in Role)
        raise ImproperlyConfigured(f"DUDAO_SECOND_FACTOR 含未知角色（{error}）。可写 1，或：{known}") from error
    return _ADMINISTRATORS | named


def mail_settings(address: str) -> dict[str, Any]:
    """Return host, port, user, password and TLS of a mail server's address; empty without one.

    Raises:
        ImproperlyConfigured: the address is of another kind.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("DUDAO_MAIL 须形如 smtp://用户:密码@主机:25 或 smtps://用户:密码@主机:465")
    tls = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if tls else 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": tls,
    }
