"""English beside Chinese: chosen by a person or in a browser, complete, with the same placeholders."""

import ast
import importlib.util
import itertools
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dudao.balance.standard import LEVEL_NAMES
from dudao.scoring.registry import OUTCOME_RULE_KINDS, RULE_KINDS
from dudao.web.notices.kinds import TITLES as NOTICE_TITLES
from dudao.web.notices.mail import compose
from dudao.web.notices.models import Notice
from dudao.web.people.models import ROLE_TITLES
from dudao.web.phrase_book import CHOICE, told
from dudao.web.schools.balance_page import METHOD_TITLES
from dudao.web.templatetags.display import in_points
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ANSWER, ASSESSMENT
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.evidence_round import LIBRARY, open_round, received


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
    "|（选交）|自评说明|教育支出|万元|优秀|不?合格|评价中弄虚作假"  # words of schemes
    "|第一小学|第二小学|骨干教师|教学及辅助用房面积|调出|增加"  # examples of what is typed:
    "|生均公用经费|盘政教督室〔2023〕31号"  # data are Chinese
    "|体育运动场馆面积|年份|单位：|合计|（待填）|“分”|一级指标|评价内容|分值"  # what a table must have or says itself
    r"|\([是否起止]\)|[是否] \("  # answers and columns as a file must have them
)
"""What an English page quotes because people must type it or find it so in an official document."""


@pytest.fixture(scope="session", autouse=True)
def _catalogues_are_compiled() -> None:
    for path in TOOL.catalogues():
        TOOL.compile_catalogue(path)


def test_the_english_catalogue_is_complete_and_up_to_date() -> None:
    assert {path.stem for path in TOOL.catalogues()} == {"django", "phrases"}
    for catalogue in TOOL.catalogues():
        wanted = TOOL.wanted_by(catalogue)
        assert len(wanted) > 1000
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


@pytest.mark.parametrize(
    ("text", "said", "wrong"),
    [
        ("{1}所", "{1} {1|school|schools}", False),
        ("{n1}所", "{n1} {n1|school|schools}", False),
        ("有{2}行、{1}列", "{1} {1|column|columns}, {2} {2|row|rows}", False),
        ("写成 {a: b}", "write {a: b}", False),
        ("{1}所", "{1} {2|school|schools}", True),  # of a number that there is not
        ("{n1}所", "{n1} {1|school|schools}", True),
        ("{1}所", "{1} {1|schools}", True),
        ("{1}所", "{1} {1|school|schools|}", True),
        ("{1}所", "{1} {1|school|schools", True),
        ("{n} 个", "{n} {n|file|files}", True),  # a script fills this in, which chooses no words
        ("%(n)s 个", "%(n)s {n|file|files}", True),
    ],
)
def test_words_chosen_by_a_number_are_checked(text: str, said: str, wrong: bool) -> None:
    assert TOOL.misses_its_number(text, said) == wrong


def test_the_check_knows_words_chosen_by_a_number_as_pages_do() -> None:
    assert TOOL.CHOICE.pattern == CHOICE.pattern


NUMBER = r"%\(\w+\)[sd]|%[sd]|\{\w*\}"
MEASURES = "个名人位所校项条处份件起行列页层级次种组台册间班套段步档字分秒天月倍"
COUNTED = re.compile(rf"(?<!第)(?<!第 )({NUMBER}) ?(?=[{MEASURES}]|小时)")
"""A number that counts what follows it in Chinese."""
MANY = (
    r"(?:(?!(?:of|to|in|for|and|or|is|has|with|without|from|by|at|as|on|less|more|than)\b)[a-z-]+ ){0,2}"
    r"(?!(?:has|was|does|its|this|says)\b)(?:[a-z-]+[^s\W]s|people|children|are|were|have|do)\b"
)
"""A word that goes with many things only, with what may stand before it."""
NEVER_ONE = {
    "a limit that is set": rf"(?:至少|最多|最多写|最多上传|超过|已达|不足|套了|1 至|在|已有) ?({NUMBER})",
    "what is above a limit": rf"有 ?({NUMBER}) ?[字行页].*(?:超过|不超过|截短)",
    "how many times as much": rf"({NUMBER})倍",
}


def _never_one(text: str) -> set[str]:
    return {number for kept in NEVER_ONE.values() for number in re.findall(kept, text)}


def _one_of_many(text: str, said: str) -> list[str]:
    """Return where a translation would say `1 schools`: said of one thing, with the words that a number chooses."""
    may_be_one = set(COUNTED.findall(text)) - _never_one(text)
    found = re.finditer(rf"({NUMBER})(?:</?\w+>)* {MANY}", CHOICE.sub("·", said))
    return [match[0] for match in found if match[1] in may_be_one]


def test_no_translation_says_many_of_one() -> None:
    assert _one_of_many("有{1}所学校缺数", "{1} schools lack figures") == ["{1} schools lack figures"]
    assert _one_of_many("有{1}所学校缺数", "{1} {1|school lacks|schools lack} figures") == []
    assert _one_of_many("共 %(n)s 条", "%(n)s of them are new notices") == []
    wrong = [
        f"{text} → {forms[0]}"
        for path in TOOL.catalogues()
        for text, forms in TOOL.read(path).items()
        if _one_of_many(text, forms[0])
    ]
    assert wrong == [], "give it a form for one (docs/how-to/languages.md), or words that need none"


def test_every_reason_to_say_many_only_is_still_needed() -> None:
    entries = [entry for path in TOOL.catalogues() for entry in TOOL.read(path).items()]
    for reason, kept in NEVER_ONE.items():
        assert any(re.search(kept, text) and re.search(MANY, forms[0]) for text, forms in entries), reason


def test_no_unit_after_a_number_of_a_template_is_for_many_only() -> None:
    said = {text: forms[0] for path in TOOL.catalogues() for text, forms in TOOL.read(path).items()}
    after = re.compile(r"\}\}(?:\s|</?\w[^>]*>)*\{% trans \"([^\"]+)\" %\}")
    for path in sorted(settings.BASE.rglob("*.html")):
        for unit in after.findall(path.read_text(encoding="utf-8")):
            if unit != "字":  # the number changes while somebody types
                assert not re.fullmatch(MANY, said[unit]), f"{path.name}: {unit}: count it with blocktrans"


def test_a_text_with_a_form_for_one_is_counted_wherever_it_is_said() -> None:
    counted = {each.text for each in TOOL.texts() if each.plural}
    assert len(counted) > 50
    assert [each for each in TOOL.texts() if each.text in counted and not each.plural] == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "1所学校数据不全，学校是否达标无法确定",
            "1 school has incomplete data; whether it meets the standard is undecided",
        ),
        (
            "3所学校数据不全，学校是否达标无法确定",
            "3 schools have incomplete data; whether they meet the standard is undecided",
        ),
        ("5所学校中1所未达到学校达标要求", "1 of 5 schools does not meet the requirement on schools"),
        ("12 行，错误 1 处，提醒 3 处", "12 rows, 1 error, 3 warnings"),
        ("1 行，错误 0 处，提醒 1 处", "1 row, 0 errors, 1 warning"),
        ("得 1 分", "1 point"),
        ("得 0.1 分", "0.1 points"),
        ("得 11 分", "11 points"),
        ("从第一小学调骨干教师 1 人到第二小学", "move from 第一小学 to 第二小学: 骨干教师, 1"),
    ],
)
def test_a_sentence_of_the_core_counts_one_as_one(sentence: str, said: str) -> None:
    with translation.override("en"):
        assert told(sentence) == said


def test_a_page_with_one_person_says_so(world: World, person: MakePerson, signed_in: SignIn) -> None:
    provincial = person("provincial", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    provincial.preferences = {"language": "en"}
    provincial.save()
    client = signed_in(provincial)
    assert "1 person<" in client.get(reverse("people:people")).content.decode()
    person("clerk", Role.SUPERVISION_CLERK, world.city)
    assert "2 people<" in client.get(reverse("people:people")).content.decode()


def test_a_list_that_grows_from_one_to_two_says_so(world: World, person: MakePerson, signed_in: SignIn) -> None:
    city = open_round(world, person)
    city.officer.preferences = {"language": "en"}
    city.officer.save()
    client = signed_in(city.officer)
    received(city.officer, world.finance, "决算页")
    assert ">1 file<" in client.get(LIBRARY).content.decode()
    received(city.officer, world.finance, "另一页")
    assert ">2 files<" in client.get(LIBRARY).content.decode()


@pytest.mark.parametrize(
    ("value", "said"),
    [(Decimal("1.00"), "1 point"), (Decimal("0.50"), "0.5 points"), (0, "0 points"), (None, "— points")],
)
def test_points_are_said_with_their_unit(value: Decimal | int | None, said: str) -> None:
    with translation.override("en"):
        assert in_points(value) == said
    assert in_points(value) == said.split()[0] + " 分"


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


def test_help_in_another_language_says_that_it_is_chinese(world: World, person: MakePerson, signed_in: SignIn) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    note = "The documentation is in Chinese only"
    for headers in ({}, {"HX-Request": "true"}):
        assert note not in signed_in(user).get("/help/workbench/", headers=headers).content.decode()
    user.preferences = {"language": "en"}
    user.save()
    for headers in ({}, {"HX-Request": "true"}):
        assert note in signed_in(user).get("/help/workbench/", headers=headers).content.decode()


def test_mail_speaks_the_language_of_whoever_gets_it(world: World, person: MakePerson) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    row = Notice(person=user, sentence="云州市的自评已经上级确认", at=datetime(2024, 9, 2, 9, 30, tzinfo=UTC), pk=1)
    assert "【督导】云州市的自评已经上级确认" in str(compose(user, [row]).subject)
    user.preferences = {"language": "en"}
    mail = compose(user, [row])
    assert mail.subject == "[Dudao] The self-evaluation of 云州市 was confirmed by the level above"
    assert "2 Sep" in str(mail.body)


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
    states = _chinese(each.title for machine in (ANSWER, ASSESSMENT) for each in machine.states)
    steps = _chinese(each.title for machine in (ANSWER, ASSESSMENT) for each in machine.transitions)
    rules = _chinese(rule.title for rule in RULE_KINDS) | _chinese(rule.title for rule in OUTCOME_RULE_KINDS)
    titles = _chinese((*ROLE_TITLES.values(), *NOTICE_TITLES.values(), *LEVEL_NAMES.values(), *METHOD_TITLES.values()))
    assert len(choices) > 40
    wanted = TOOL.source_texts()
    assert sorted(word for word in choices | states | steps | rules | titles if word not in wanted) == []


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


CHINESE = re.compile(r"[\u4e00-\u9fff]")
"""A tag of a template that puts its words through gettext, a comment, or words in such a call."""
MARKED = re.compile(
    r"\{%-?\s*comment.*?endcomment\s*%\}|\{#.*?#\}"
    r"|\{%\s*(blocktrans\w*).*?\{%\s*end\1\s*%\}"
    r"|\{%\s*(?:trans|translate)\s.*?%\}"
    r"""|_\((?:"[^"]*"|'[^']*')\)""",
    re.DOTALL,
)
NOT_WORDS_OF_THE_PAGE = (
    r"value=\"[是否]\"|(?:==|value) \"?(?:[是否]|配合)\"?",  # values kept as they are, said to the server in Chinese
    r"data-of=\"[^\"]*\"",  # the source text of what a script says
    r"年　　月　　日",  # the line for a date below a paper
)


@pytest.mark.parametrize("path", sorted(settings.BASE.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_says_nothing_in_chinese_outside_gettext(path: Path) -> None:
    text = MARKED.sub("", path.read_text(encoding="utf-8"))
    for kept in NOT_WORDS_OF_THE_PAGE:
        text = re.sub(kept, "", text)
    assert re.findall(r".{0,30}[\u4e00-\u9fff]+.{0,10}", text) == []


def _outside_gettext(path: Path) -> list[tuple[int, str, bool]]:
    """Return the Chinese strings that gettext does not see: line, text, and whether they are part of a refusal."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)):
            continue
        way: list[ast.AST] = [node]
        while way[-1] in above:
            way.append(above[way[-1]])
        if not any(_excused(below, upper) for below, upper in itertools.pairwise(way)):
            found.append((node.lineno, node.value, any(isinstance(each, ast.Raise) for each in way)))
    return found


def _excused(node: ast.AST, above: ast.AST) -> bool:
    """Say whether a step up from a string ends in gettext, in a docstring, or in what is recorded in Chinese."""
    if isinstance(above, ast.Expr):
        return isinstance(node, ast.Constant)
    if isinstance(above, ast.keyword):
        return above.arg in {"summary", "verbose_name"}
    if isinstance(above, ast.Assign):
        return ast.unparse(above.targets[0]) in {"summary", "verbose_name"}
    if isinstance(above, ast.Call):
        name = above.func.id if isinstance(above.func, ast.Name) else getattr(above.func, "attr", "")
        return name in RECORDING or name in TOOL.MARKS | TOOL.PLURAL_MARKS or name.endswith("Field")
    return False


RECORDING = frozenset({"record", "_record", "on_the_trail", "trace", "_note", "_write_note", "_close"})
"""Actions that write the trail: what happened stands there in Chinese for everybody, as evidence."""
ALL_CHINESE = {
    "__main__.py|environment.py|setting_list.py|settings.py|database.py|running.py|robot_settings.py|measures.py": (
        "the operator's terminal and settings speak Chinese like the command line"
    ),
    "operation/|backups/|(.*/)?management/|people/actions/first_administrator.py": "the operator's terminal, too",
    "demonstration/": "data of the demonstration",
    "audit/": "the trail and its proof are evidence as recorded",
}
KEPT_IN_CHINESE = {
    "dashboards/audit_trail.py|dashboards/audit_events.py": "the trail handed out as a file",
    "(.*/)?exports.py|publications/|document_checks/fact_sheet.py|schools/(views/downloads|problem_report).py": (
        "official documents in Chinese and the names of their files"
    ),
    "evaluations/(duty_table|fill_in_file|scheme_files|round_progress|views/bulk|views/duties|actions/bulk).py|"
    "api/resources/answering.py": (
        "official tables in Chinese with the names of their columns, and reminders to be handed on"
    ),
    "(.*/)?models.py": "names of rows as the trail has them",
    "people/imports.py": "columns of the tables of people and departments",
    "evaluations/(rule_words|movements|bound_figures|figures|convert|choice_fields|draft_form).py": (
        "words of scoring rules and of figures, said on the page by the phrase book"
    ),
    "evaluations/actions/|evaluations/views/(rounds|scheme_drafts|progress).py|evidence/(actions|supports).py|"
    "document_checks/actions/|people/actions/|schools/actions/": (
        "sentences of the trail and of notices, said by the phrase book"
    ),
    "evaluations/(happenings|near_deadlines).py|notices/|background/|(.*/)?jobs.py|(.*/)?later.py": (
        "notices and background jobs, recorded once and said by the phrase book"
    ),
    "evidence/periods.py|schools/(units|reading|facts|computed).py|people/regions.py|uploads/inspection.py|"
    "document_checks/references.py|templatetags/display.py": "words looked for in documents, tables and place names",
}


def _kept(name: str, reasons: dict[str, str]) -> bool:
    return any(re.match(f"(?:{kept})", name) for kept in reasons)


def test_code_says_nothing_in_chinese_outside_gettext_but_what_is_kept_so_for_a_reason() -> None:
    words = TOOL.source_texts().keys() | TOOL.phrase_texts().keys()
    left = []
    for path in sorted(settings.BASE.rglob("*.py")):
        name = path.relative_to(settings.BASE).as_posix()
        if "migrations" in path.parts or _kept(name, ALL_CHINESE):
            continue
        for line, text, refusal in _outside_gettext(path):
            if text not in words and (refusal or not _kept(name, KEPT_IN_CHINESE)):
                left.append(f"{name}:{line}: {text}")
    assert left == [], "put it through gettext, or say in KEPT_IN_CHINESE why not"


def test_every_reason_to_keep_chinese_is_still_needed() -> None:
    names = [path.relative_to(settings.BASE).as_posix() for path in settings.BASE.rglob("*.py")]
    for kept in (*ALL_CHINESE, *KEPT_IN_CHINESE):
        assert any(_kept(name, {kept: ""}) and _outside_gettext(settings.BASE / name) for name in names), kept
