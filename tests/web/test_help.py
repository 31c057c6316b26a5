"""Help beside each page: every route leads to a page of the documentation, which shows safely and is found by words."""

import io
import re
import shutil
import tomllib
from pathlib import Path

import docx
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from dudao.documents.office import OfficeError
from dudao.web.help import manual, pages
from dudao.web.help.topics import help_url, topic
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

REPOSITORY = Path(__file__).resolve().parents[2]
ROUTES = [
    (entry.app_name, str(route.name))
    for entry in get_resolver().url_patterns
    if isinstance(entry, URLResolver) and entry.app_name
    for route in entry.url_patterns
    if not isinstance(route, URLResolver)
]


def test_every_route_has_a_topic_that_exists() -> None:
    assert len(ROUTES) > 100
    assert [route for route in ROUTES if (topic(*route) or "none") not in pages.names()] == []


def test_what_an_app_says_of_a_route_is_said_of_one_that_exists() -> None:
    for entry in get_resolver().url_patterns:
        assert isinstance(entry, URLResolver)
        declared = set(getattr(entry.urlconf_module, "HELP", {})) - {"*"}
        assert declared <= {name for app, name in ROUTES if app == entry.app_name}


def test_pages_of_one_app_have_topics_of_their_own() -> None:
    assert help_url(resolve("/schemes/")) == "/help/publish-a-scheme/"
    assert help_url(resolve("/tasks/")) == "/help/run-a-round/"
    assert help_url(resolve("/2024/990100/x/self/1.1/")) == "/help/fill-in/"
    assert help_url(None) == "/help/"


@pytest.fixture
def reader(world: World, person: MakePerson, signed_in: SignIn) -> Client:
    return signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))


@pytest.mark.parametrize("name", pages.names())
def test_every_page_shows_and_its_links_lead_to_pages(name: str) -> None:
    page = pages.read(name)
    assert page.title
    assert " style=" not in page.html
    assert "<script" not in page.html
    assert "&lt;!--" not in page.html
    addresses = {pages.address(each) for each in pages.names()}
    for target in re.findall(r'href="([^"#]+)', page.html):
        assert target in addresses


def test_links_to_a_heading_lead_to_one() -> None:
    by_address = {pages.address(name): pages.read(name).html for name in pages.names()}
    wanted = [
        (name, target or pages.address(name), anchor)
        for name in pages.names()
        for target, anchor in re.findall(r'href="([^"#]*)#([^"]+)"', pages.read(name).html)
    ]
    assert [each for each in wanted if f'id="{each[2]}"' not in by_address[each[1]]] == []


def test_markup_in_a_page_is_shown_and_not_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.md").write_text(
        '# 目录\n\n<img src=x onerror="go()">\n\n[坏](javascript:go) [外](http://example.org/a.md)\n', encoding="utf-8"
    )
    monkeypatch.setattr(pages, "_WRITTEN", tmp_path)
    monkeypatch.setattr(pages, "_PACKED", tmp_path / "none")
    pages.read.cache_clear()
    pages.names.cache_clear()
    try:
        html = pages.read("index").html
    finally:
        pages.read.cache_clear()
        pages.names.cache_clear()
    assert "&lt;img" in html
    assert "<img" not in html
    assert "href" not in html


def test_the_question_mark_leads_to_the_page_that_helps_here(reader: Client) -> None:
    assert 'href="/help/run-a-round/"' in reader.get("/tasks/").content.decode()
    text = reader.get("/help/run-a-round/").content.decode()
    assert "下发和组织一轮评价" in text
    assert '<article class="cd handbook" lang="zh-Hans">' in text


def test_a_drawer_gets_the_text_alone(reader: Client) -> None:
    answer = reader.get("/help/run-a-round/", headers={"HX-Request": "true", "HX-Target": "help-body"})
    text = answer.content.decode()
    assert "<html" not in text
    assert '<h2 id="help-name"' in text
    assert "HX-Target" in answer["Vary"]


def test_help_is_searched_by_words(reader: Client) -> None:
    text = reader.get("/help/", {"q": "恢复码"}).content.decode()
    assert 'href="/help/account/"' in text
    assert "<mark>恢复码</mark>" in text
    assert "没有找到" in reader.get("/help/", {"q": "没有这个词的"}).content.decode()
    assert reader.get("/help/", {"q": "<b>"}).status_code == 200
    assert reader.get("/help/", {"q": "\x00<b>"}).status_code == 400


def test_what_is_no_page_is_not_found(reader: Client) -> None:
    for address in ("/help/nothing/", "/help/adr/0001-layers/", "/help/reference/nothing/"):
        assert reader.get(address).status_code == 404


def test_a_wheel_carries_the_pages_where_they_are_looked_for() -> None:
    build = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    packed = REPOSITORY / "src" / build["targets"]["wheel"]["force-include"]["docs"]
    assert packed == pages._PACKED


def test_the_manual_is_written_once_and_again_when_a_page_changes(
    reader: Client, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILES_ROOT = tmp_path
    shutil.copytree(pages.folder(), tmp_path / "docs")
    monkeypatch.setattr(manual, "folder", lambda: tmp_path / "docs")
    answer = reader.get("/help/manual.docx")
    assert answer["Content-Disposition"].startswith("attachment;")
    lines = [each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert "督导用户手册" in lines
    assert reader.get("/help/manual.docx").content == answer.content
    page = tmp_path / "docs" / "how-to" / "search.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n新的一段话。\n", encoding="utf-8")
    changed = docx.Document(io.BytesIO(reader.get("/help/manual.docx").content))
    assert "新的一段话。" in [each.text for each in changed.paragraphs]
    assert len(list((tmp_path / "manual").iterdir())) == 1


def test_the_manual_as_pdf_is_offered_where_it_can_be_made(
    reader: Client, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr(manual, "office", lambda: None)
    assert "manual.docx" in (text := reader.get("/help/").content.decode())
    assert "manual.pdf" not in text
    assert reader.get("/help/manual.pdf").status_code == 404
    assert reader.get("/help/manual.txt").status_code == 404
    monkeypatch.setattr(manual, "office", lambda: "soffice")
    made: list[str] = []

    def convert(raw: bytes, suffix: str, to: str) -> bytes:
        made.append(to)
        if len(made) == 1:
            raise OfficeError("没有转换成功。")
        return b"%PDF-1.7"

    monkeypatch.setattr(manual, "converted", convert)
    assert "manual.pdf" in reader.get("/help/").content.decode()
    assert reader.get("/help/manual.pdf").status_code == 503
    assert reader.get("/help/manual.pdf").content == b"%PDF-1.7"
    assert reader.get("/help/manual.pdf")["Content-Type"] == "application/pdf"
    assert made == ["pdf", "pdf"]
