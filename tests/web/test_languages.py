"""English beside Chinese: chosen by a person or in a browser, complete, with the same placeholders."""

import importlib.util
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import translation

from dudao.balance.standard import LEVEL_NAMES
from dudao.scoring.registry import OUTCOME_RULE_KINDS, RULE_KINDS
from dudao.web.evaluations.models import ANSWER, ASSESSMENT
from dudao.web.notices.kinds import TITLES as NOTICE_TITLES
from dudao.web.people.models import ROLE_TITLES
from dudao.web.schools.balance_page import METHOD_TITLES
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World


def _tool() -> ModuleType:
    path = settings.BASE.parents[2] / "tools" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
WRITTEN_IN_CHINESE = re.compile(
    "指标编号|部门|职责类型|任务内容|依据|牵头|配合|县区"  # columns and words of the table of duties
    "|（选交）|自评说明|教育支出|万元"  # words that a scheme's file and the official form hold
    "|第一小学|第二小学|骨干教师|教学及辅助用房面积|调出|增加"  # examples of what is typed:
    "|生均公用经费|盘政教督室〔2023〕31号"  # data are Chinese
    r"|\([是否起止]\)|[是否] \("  # answers and columns as a file must have them
)
"""What an English page quotes because people must type it or find it so in an official document."""


@pytest.fixture(scope="session", autouse=True)
def _catalogues_are_compiled() -> None:
    for path in TOOL.catalogues():
        TOOL.compile_catalogue(path)


def test_the_english_catalogue_is_complete_and_up_to_date() -> None:
    wanted = TOOL.source_texts()
    assert len(wanted) > 1000
    (catalogue,) = TOOL.catalogues()
    assert TOOL.problems(catalogue, wanted) == [], "run tools/translations.py update and translate what is new"


def test_a_catalogue_tells_what_is_wrong(tmp_path: Path) -> None:
    wanted = {text: TOOL.Text(text, "", "a.html") for text in ("新的", "空的", "第 %(n)s 处", "好“的”\n")}
    known = {"空的": [""], "第 %(n)s 处": ["place %(m)s"], "好“的”\n": ['good "one"\n'], "旧的": ["old"]}
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    TOOL.write(path, {text: TOOL.Text(text, "", "") for text in known}, known)
    assert TOOL.read(path)["好“的”\n"] == ['good "one"\n']
    assert TOOL.problems(path, wanted) == [
        "missing: 新的",
        "no page says it any more: 旧的",
        "not translated: 空的",
        "other placeholders: 第 %(n)s 处: place %(m)s",
    ]


def test_english_says_no_chinese() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for path in TOOL.catalogues():
        for text, forms in TOOL.read(path).items():
            for form in forms:
                assert not chinese.search(WRITTEN_IN_CHINESE.sub("", form)), text


@pytest.mark.django_db
def test_a_browser_without_a_choice_gets_chinese_whatever_it_asks_for(client: Client) -> None:
    page = client.get("/login/", headers={"Accept-Language": "en-US,en"})
    assert '<html lang="zh-hans"' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


@pytest.mark.django_db
def test_the_sign_in_page_speaks_english_once_chosen_in_the_browser(client: Client) -> None:
    assert client.post("/language/", {"language": "en"}).status_code == 302
    page = client.get("/login/").content.decode()
    assert '<html lang="en"' in page
    assert "Sign in" in page
    assert ">简体中文</button>" in page.replace("</svg>", ">")
    assert 'value="zh-hans" lang="zh-hans"' in page


@pytest.mark.django_db
def test_a_language_that_there_is_not_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "../../en"})
    assert '<html lang="zh-hans"' in client.get("/login/").content.decode()


def test_a_person_meets_their_language_in_every_browser(world: World, person: MakePerson, signed_in: SignIn) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    signed_in(user).post("/language/", {"language": "en"})
    user.refresh_from_db()
    assert user.preferences["language"] == "en"
    page = signed_in(user).get("/").content.decode()
    assert "Workbench" in page
    assert "工作台" not in page
    assert translation.get_language() == "zh-hans"


def _chinese(words: Iterable[object]) -> set[str]:
    return {str(word) for word in words if re.search(r"[\u4e00-\u9fff]", str(word))}


def test_the_words_of_choices_and_of_the_core_are_in_the_catalogues() -> None:
    choices = _chinese(
        title
        for model in apps.get_models()
        if model.__module__.startswith("dudao.")
        for field in model._meta.get_fields()
        for _value, title in getattr(field, "choices", None) or ()
    )
    machines = _chinese(
        each.title for machine in (ANSWER, ASSESSMENT) for each in (*machine.states, *machine.transitions)
    )
    rules = _chinese(rule.title for rule in (*RULE_KINDS, *OUTCOME_RULE_KINDS))
    titles = _chinese((*ROLE_TITLES.values(), *NOTICE_TITLES.values(), *LEVEL_NAMES.values(), *METHOD_TITLES.values()))
    assert len(choices) > 40
    wanted = TOOL.source_texts()
    assert sorted(word for word in choices | machines | rules | titles if word not in wanted) == []


def test_what_scripts_say_has_its_words_on_an_english_page() -> None:
    said = {
        text
        for path in (settings.BASE / "static").glob("*.js")
        for text in re.findall(r'inWords\("([^"]*)"', path.read_text(encoding="utf-8"))
    }
    page = (settings.BASE / "templates" / "shell" / "script_words.html").read_text(encoding="utf-8")
    assert said == set(re.findall(r'data-of="([^"]*)"', page))
    assert len(said) > 10


def test_scripts_say_nothing_in_chinese_outside_their_words() -> None:
    for path in (settings.BASE / "static").glob("*.js"):
        code = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r'inWords\("[^"]*"', "", code)), path.name
