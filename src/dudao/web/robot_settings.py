"""Which robots of group chats are told of what: read from the environment or from the file it names."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured

from dudao.web.outgoing import Network

ROBOTS = ("dingtalk", "wecom")
LANGUAGES = ("zh-hans", "en")
TOLD = (
    "round_opened",
    "deadline_extended",
    "deadline_moved",
    "deadline_near",
    "overdue",
    "assessment_submitted",
    "assessment_sent_back",
    "assessment_confirmed",
)
"""What a group may be told: the course of a round, never what a department or a person wrote."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot: its name in the settings, its make, the region it hears of (and no other), its address and secret.

    `language` is what its group reads.
    """

    name: str
    make: str
    region: str
    url: str
    secret: str
    kinds: frozenset[str]
    language: str = LANGUAGES[0]


def robots(text: str, file: str) -> tuple[Robot, ...]:
    """Return the robots of a YAML or JSON list, given itself or as the name of a file; none without either.

    Raises:
        ImproperlyConfigured: the file or an entry cannot be used; says which and why.
    """
    if not text and file:
        try:
            text = Path(file).read_text(encoding="utf-8")
        except OSError as error:
            raise ImproperlyConfigured(f"DUDAO_ROBOTS_FILE 指明的文件 {file} 读不出：{error.strerror}") from error
    if not text.strip():
        return ()
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ImproperlyConfigured("群机器人的设置不是 YAML 或 JSON，请对照 docs/how-to/notices.md 检查。") from error
    if not isinstance(entries, list):
        raise ImproperlyConfigured("群机器人的设置须是一个列表，每个机器人一项。")
    found = tuple(_robot(number, entry) for number, entry in enumerate(entries, 1))
    if len({robot.name for robot in found}) < len(found):
        raise ImproperlyConfigured("群机器人的 name 有重复，每个须不同。")
    return found


def _robot(number: int, entry: object) -> Robot:
    if not isinstance(entry, Mapping):
        raise ImproperlyConfigured(f"第 {number} 个群机器人的设置须是“名称: 值”的形式。")
    known = {"name", "make", "region", "url", "secret", "kinds", "language"}
    unknown = sorted(str(key) for key in entry if key not in known)
    if unknown:
        raise ImproperlyConfigured(f"第 {number} 个群机器人有不认识的设置：{'、'.join(unknown)}。")
    name, make, region, url, secret = (_word(entry, key) for key in ("name", "make", "region", "url", "secret"))
    if make not in ROBOTS:
        raise ImproperlyConfigured(f"第 {number} 个群机器人的 make 须是 {'、'.join(ROBOTS)} 之一。")
    if not region or not url.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"第 {number} 个群机器人须有 region（地区代码）和 url（https 地址）。")
    if make == "dingtalk" and not secret:
        raise ImproperlyConfigured(f"第 {number} 个群机器人（dingtalk）须有 secret，请在钉钉中启用“加签”。")
    language = _word(entry, "language") or LANGUAGES[0]
    if language not in LANGUAGES:
        raise ImproperlyConfigured(f"第 {number} 个群机器人的 language 须是 {'、'.join(LANGUAGES)} 之一。")
    kinds = entry.get("kinds") or list(TOLD)
    wrong = sorted({str(kind) for kind in kinds} - set(TOLD)) if isinstance(kinds, list) else [str(kinds)]
    if wrong:
        raise ImproperlyConfigured(f"第 {number} 个群机器人的 kinds 含 {'、'.join(wrong)}；可用：{'、'.join(TOLD)}。")
    return Robot(name or f"robot-{number}", make, region, url, secret, frozenset(str(kind) for kind in kinds), language)


def _word(entry: Mapping[Any, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value).strip()


def networks(text: str) -> tuple[Network, ...]:
    """Return the networks of a list after commas, e.g. `10.1.2.0/24`.

    Raises:
        ImproperlyConfigured: one of them is none.
    """
    try:
        return tuple(ipaddress.ip_network(word.strip()) for word in text.split(",") if word.strip())
    except ValueError as error:
        raise ImproperlyConfigured(f"DUDAO_OUTGOING_ALLOWED 须是网段，例如 10.1.2.0/24：{error}") from error
