"""Every page of the demonstration in English, as every role: what is Chinese on it, words or marks, must be data.

And none of them says `1 items`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db import models
from django.test import Client
from lxml import html

from dudao.web.audit.models import Event
from dudao.web.demonstration.accounts import ACCOUNTS
from dudao.web.demonstration.build import build
from dudao.web.notices.models import Notice
from dudao.web.people.models import User
from dudao.web.phrase_book import book
from tools.translations import catalogues, compile_catalogue

PACKAGE = Path(apps.get_app_config("people").path).parents[1]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAID_BY_DUDAO = {"notices.Notice", "notices.RobotMessage", "background.Job", "audit.Event"}
"""Rows whose words are no data: they come from the platform itself."""
QUOTED = {"自评说明", "姓名", "账号", "邮箱", "电话", "角色", "地区", "部门名称", "简称", "排序", "起", "止"}
"""Names of columns that a table must have, quoted where the page tells how to make it."""
QUOTED |= {"指标编号", "部门", "职责类型", "任务内容", "依据"}
NAMES = re.compile(r"教学用房|年度自评(报告|表)|草稿|第|次报送")
"""Short names of indicators, and the names under which official documents are handed out."""
BETWEEN = re.compile(r"[\s\d－＋＝·：:（）()“”,.，。;；、/—%…@=+\-−×÷>*【】｛｝{}\[\]]+")
MARKED = re.compile(r"(\w*)([，、；：。？！（）《》～]+)(?=(\w*))")
"""Marks of Chinese with what stands right before and after them."""
CITED = re.compile(r"《[^》]*》(（[^）]*）)?；?|（第\d+次报送）|优秀、良好(、合格、不合格)?")
"""What keeps its own marks: cited documents, the names of documents handed out, grades that a sentence holds."""
MANY_OF_ONE = re.compile(
    r"(?<![\w.,/−–-])(?<!No\. )1 (?:(?!(?:of|with|without|to|in|for|and|is|has|was|does)\b)[a-z]+ ){0,2}"
    r"(?!(?:has|was|does)\b)(?:[a-z]+[^s\W]s|are|have|were|people)\b"
)
"""Words for many things after the number one."""
PICTURES = ("title", "aria-label", "placeholder", "alt")
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
A_SHAPE = 1  # pages of one kind that each person opens


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value.lstrip().startswith(("{", "[")) or "\n" in value:
            try:
                yield from _texts(json.loads(value))
            except ValueError:
                try:
                    yield from (
                        each for part in yaml.load_all(value, Loader=QUICK) if part != value for each in _texts(part)
                    )
                except yaml.YAMLError:
                    return
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _texts(key)
            yield from _texts(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from _texts(below)


def _data() -> set[str]:
    """Return every text that somebody typed, uploaded or published, and what the packs and standards say."""
    found = set(Event.objects.values_list("reason", flat=True)) | set(Notice.objects.values_list("words", flat=True))
    changes = [*Event.objects.values_list("before", "after")]
    typed = [*changes, *(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.yaml")))]
    found.update(" ".join(text.split()) for text in _texts(typed) if CHINESE.search(text))
    for model in apps.get_models():
        if not model.__module__.startswith("dudao.") or model._meta.label in SAID_BY_DUDAO:
            continue
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [
            field.attname for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            found.update(" ".join(text.split()) for text in _texts(list(row)) if CHINESE.search(text))
    return found


def _is_data(piece: str, data: set[str], all_data: str) -> bool:
    """Say whether a piece of a text is data, or the name of a place with the name of something in it."""
    if piece in QUOTED or NAMES.fullmatch(piece) or piece in all_data:
        return True
    return any(piece[:cut] in data and piece[cut:] in data for cut in range(1, len(piece)))


def _marks_are_data(text: str, all_data: str) -> bool:
    """Say whether each Chinese mark of a text stands in data between the words it stands between here."""
    return all("".join(found) in all_data for found in MARKED.findall(CITED.sub("", text)))


def _said(page: html.HtmlElement) -> Iterator[str]:
    """Yield what a page says to somebody who reads it or has it read aloud, but for what is marked as Chinese."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "textarea"}:
            continue
        around = [element, *element.iterancestors()]
        if any((each.get("lang") or "").startswith("zh") or each.get("data-of") for each in around):
            continue
        yield element.text or ""
        yield from (child.tail or "" for child in element)
        yield from (element.get(name) or "" for name in PICTURES)


def _addresses(page: html.HtmlElement, here: str) -> Iterator[str]:
    for address in page.xpath("//a/@href | //@hx-get"):
        whole = here.partition("?")[0] + address if address.startswith("?") else address
        if whole.startswith("/") and not whole.startswith(("/static/", "/help/", "/api/")):
            yield whole.partition("#")[0]


def _shape(address: str) -> str:
    path, _, asked = address.partition("?")
    return re.sub(r"/self/.*", "/self/", re.sub(r"\d+", "0", path)) + re.sub(r"=[^&]*", "=", asked)


def _pages(client: Client) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield the pages a person comes to by following links, so many of each kind."""
    waiting, known, shapes = ["/"], {"/"}, Counter[str]()
    while waiting:
        here = waiting.pop(0)
        answer = client.get(here)
        if answer.status_code in {301, 302}:
            found = [answer["Location"]]
        elif answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = html.fromstring(answer.content.decode())
            yield here, page
            found = list(_addresses(page, here))
        else:
            continue
        for address in found:
            shapes[_shape(address)] += address not in known
            if address not in known and shapes[_shape(address)] <= A_SHAPE:
                waiting.append(address)
            known.add(address)


@pytest.mark.timeout(900)  # hundreds of pages
@pytest.mark.django_db
def test_what_is_chinese_on_an_english_page_is_data_and_one_is_not_many() -> None:
    for path in catalogues():
        compile_catalogue(path)
    book.cache_clear()
    assert build(say=lambda text: None)
    data = _data()
    all_data = "\n".join(data)
    known: dict[str, bool] = {}
    left: dict[str, str] = {}
    many_of_one: list[str] = []
    opened = 0
    for account in {each.role: each for each in ACCOUNTS}.values():
        user = User.objects.get(username=account.username)
        user.preferences = {"language": "en"}
        user.save()
        client = Client()
        client.force_login(user, backend="dudao.web.people.accounts.Accounts")
        for here, page in _pages(client):
            opened += 1
            many_of_one += [f"{here}: {found}" for found in MANY_OF_ONE.findall(" ".join(page.text_content().split()))]
            for text in _said(page):
                many_of_one += [f"{here}: {found}" for found in MANY_OF_ONE.findall(text)]
                pieces = [piece for piece in BETWEEN.split(" ".join(text.split())) if CHINESE.search(piece)]
                for piece in pieces:
                    known.setdefault(piece, _is_data(piece, data, all_data))
                plain = " ".join(text.split())
                if not all(known[piece] for piece in pieces) or not _marks_are_data(plain, all_data):
                    left.setdefault(plain, f"{account.username} {here}")
    assert opened > 100
    assert many_of_one == []
    assert left == {}, "\n".join(f"{where}: {text}" for text, where in left.items())
