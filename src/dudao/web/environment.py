"""What settings read out of environment variables that hold more than one word."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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


def object_storage(address: str) -> dict[str, Any]:
    """Return the options of an object store's address for django-storages; empty without one.

    `s3://key:secret@host:port/bucket` speaks plain http within the closed network; `?tls=1` asks for https, and
    `?region=name` names a region where the store wants one.

    Raises:
        ImproperlyConfigured: the address is of another kind, or lacks key, secret, host or bucket.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    bucket = unquote(parts.path.strip("/"))
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and bucket):
        raise ImproperlyConfigured("DUDAO_FILES 须形如 s3://账号:密钥@主机:9000/桶名（https 加 ?tls=1）")
    choices = parse_qs(parts.query)
    scheme = "https" if choices.get("tls") == ["1"] else "http"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "endpoint_url": f"{scheme}://{host}" + (f":{parts.port}" if parts.port else ""),
        "region_name": choices.get("region", ["us-east-1"])[0],
        "addressing_style": "path",
        "querystring_auth": False,
        "default_acl": None,
    }
