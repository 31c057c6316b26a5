"""What settings read out of the environment: words, numbers, addresses, networks; a secret also out of a file."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dudao.web.setting_list import KNOWN
from dudao.workflow.machine import Role

_ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR})
_KEY_LEAST, _KEY_SIGNS = 32, 8

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def given(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return a setting of the list as it is given, its default where it is not.

    A secret is taken from the variable, else from the file that the variable with `_FILE` names.

    Raises:
        ImproperlyConfigured: the file cannot be read; says which.
        KeyError: the list has no such setting.
    """
    setting = KNOWN[name]
    text = environment.get(name, "")
    if not text and setting.secret and (file := environment.get(f"{name}_FILE", "")):
        try:
            text = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", "") or "不是 UTF-8 文字"
            raise ImproperlyConfigured(f"{name}_FILE 指明的文件 {file} 读不出：{why}。") from error
        if not text:
            raise ImproperlyConfigured(f"{name}_FILE 指明的文件 {file} 是空的。")
    return text or setting.default


def number(name: str, *, least: int = 0, environment: Mapping[str, str] = os.environ) -> int:
    """Return a setting that is a whole number.

    Raises:
        ImproperlyConfigured: it is none, or smaller than it may be.
    """
    text = given(name, environment)
    if not text.strip().isdecimal() or int(text) < least:
        raise ImproperlyConfigured(f"{name} 须是不小于 {least} 的整数，现为“{text}”。")
    return int(text)


def switched_on(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a setting is 1.

    Raises:
        ImproperlyConfigured: it is neither 0 nor 1.
    """
    text = given(name, environment).strip()
    if text not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} 只能是 0 或 1，现为“{text}”。")
    return text == "1"


def one_of(name: str, choices: tuple[str, ...], environment: Mapping[str, str] = os.environ) -> str:
    """Return a setting that is one of some words.

    Raises:
        ImproperlyConfigured: it is none of them.
    """
    text = given(name, environment).strip()
    if text not in choices:
        raise ImproperlyConfigured(f"{name} 只能是{'、'.join(choices)}，现为“{text}”。")
    return text


def networks_of(name: str, environment: Mapping[str, str] = os.environ) -> tuple[Network, ...]:
    """Return a setting that lists addresses and networks after commas.

    Raises:
        ImproperlyConfigured: an entry is neither.
    """
    found = []
    for word in given(name, environment).split(","):
        if not word.strip():
            continue
        try:
            found.append(ipaddress.ip_network(word.strip(), strict=False))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} 中的“{word.strip()}”不是地址或网段，例如 10.0.0.0/8。") from error
    return tuple(found)


def second_factor_roles(text: str) -> frozenset[Role]:
    """Return the roles that must use a second factor: `1` for administrators, more by name after commas, `all`.

    Raises:
        ImproperlyConfigured: a name is no role.
    """
    words = [word.strip() for word in text.split(",") if word.strip() not in {"", "0"}]
    if not words:
        return frozenset()
    if "all" in words:
        return frozenset(Role)
    try:
        named = frozenset(Role(word) for word in words if word != "1")
    except ValueError as error:
        known = "、".join(role.value for role in Role)
        raise ImproperlyConfigured(f"DUDAO_SECOND_FACTOR 含未知角色（{error}）。可写 1、all，或：{known}") from error
    return _ADMINISTRATORS | named


def key_not_guessed(key: str) -> str:
    """Return a key to sign with, if it is long enough that nobody finds it by trying.

    Raises:
        ImproperlyConfigured: it is short, or a few signs over and over.
    """
    if len(key) < _KEY_LEAST or len(set(key)) < _KEY_SIGNS:
        raise ImproperlyConfigured(
            f"DUDAO_SECRET_KEY 太简单（{len(key)} 个字），会被试出来；至少 {_KEY_LEAST} 个。"
            "可用 python3 -c 'import secrets; print(secrets.token_urlsafe(60))' 生成，或不写，由程序生成一次。"
        )
    return key


def web_address(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return a setting that is the address of a site, without a slash at its end; empty where it is not given.

    Raises:
        ImproperlyConfigured: it is no address that a browser opens.
    """
    text = given(name, environment).strip().rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} 须形如 https://dudao.example.gov.cn，现为“{text}”。")
    return text


def mail_settings(address: str) -> dict[str, Any]:
    """Return host, port, user, password and TLS of a mail server's address; empty without one.

    `smtps://` is encrypted from the start, `smtp://…?starttls=1` before the password is said.

    Raises:
        ImproperlyConfigured: the address is of another kind.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("DUDAO_MAIL 须形如 smtp://用户:密码@主机:25 或 smtps://用户:密码@主机:465")
    tls = parts.scheme == "smtps"
    choices = parse_qs(parts.query)
    if set(choices) - {"starttls"} or (tls and choices):
        raise ImproperlyConfigured("DUDAO_MAIL 的“?”后只能写 starttls=1，且只与 smtp:// 同用。")
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if tls else 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": tls,
        "starttls": choices.get("starttls") == ["1"],
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
