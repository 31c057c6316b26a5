"""Grades and rules on the whole of a draft: written by hand, checked, kept with their sources."""

import pytest

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import schemes
from dudao.web.evaluations.convert import files_of_pack, scheme_of
from dudao.web.evaluations.models import PublishedScheme
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

HEAD = {"name": "示范省2024年方案", "year": "2024", "level": "city", "region_name": "示范省", "full_points": "100"}
FACTS = "- {name: falsified, title: 弄虚作假, unit: '', kind: boolean}\n"
VETO = "- {kind: veto, name: 弄虚作假, when: {fact: falsified, is: true}, grade: 不合格}\n"
EDIT = "/schemes/shifan-city-2024/1/edit/"


@pytest.fixture
def draft(world: World, person: MakePerson) -> PublishedScheme:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    files = files_of_pack(find_pack("shifan-city-2024"))
    return schemes.keep_draft(by=province, region=world.province, files=files)


def save(draft: PublishedScheme, signed_in: SignIn, **fields: str) -> tuple[int, str]:
    draft.refresh_from_db()
    client = signed_in(draft.created_by)
    shown = client.get(EDIT).context["values"]
    given = HEAD | {key: shown[key] for key in ("facts", "grades", "outcome_rules")}
    answer = client.post(EDIT, given | {"seen": draft.content_hash} | fields)
    draft.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_the_form_shows_grades_and_rules_and_keeps_them(draft: PublishedScheme, signed_in: SignIn) -> None:
    before = scheme_of(draft)
    page = signed_in(draft.created_by).get(EDIT).context["values"]
    assert page["grades"].splitlines() == ["优秀 90", "良好 80", "合格 60", "不合格"]
    assert "评价中弄虚作假" in page["outcome_rules"]
    assert save(draft, signed_in)[0] == 302
    after = scheme_of(draft)
    assert [(g.name, g.low, g.high) for g in after.grades] == [(g.name, g.low, g.high) for g in before.grades]
    assert [rule.settings for rule in after.outcome_rules] == [rule.settings for rule in before.outcome_rules]


def test_grades_and_a_veto_are_written_by_hand(draft: PublishedScheme, signed_in: SignIn) -> None:
    shown = signed_in(draft.created_by).get(EDIT).context["values"]
    facts = shown["facts"] + FACTS
    status, page = save(draft, signed_in, facts=facts, grades="好 85\n中：60分\n不合格", outcome_rules=VETO)
    assert status == 302, page
    scheme = scheme_of(draft)
    assert [(grade.name, grade.low, grade.high) for grade in scheme.grades] == [
        ("好", 85, None),
        ("中", 60, 85),
        ("不合格", None, 60),
    ]
    assert [rule.kind for rule in scheme.outcome_rules] == ["veto"]
    assert save(draft, signed_in, grades="", outcome_rules="")[0] == 302
    assert (scheme_of(draft).grades, scheme_of(draft).outcome_rules) == ((), ())


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"grades": "优秀 很多\n不合格"}, "看不懂"),
        ({"grades": "优秀\n不合格"}, "缺最低分"),
        ({"grades": "优秀 60\n良好 80\n不合格"}, "由高到低"),
        ({"grades": "优秀 90\n优秀 80\n不合格"}, "重复"),
        ({"grades": "优秀 90"}, "至少两等"),
        ({"outcome_rules": "- {kind: veto"}, "e-outcome"),
        ({"outcome_rules": "kind: veto"}, "列表"),
        ({"outcome_rules": "- veto"}, "第 1 条"),
        ({"outcome_rules": "- {kind: vetoo, name: x}"}, "没有“vetoo”这种规则"),
        ({"outcome_rules": VETO}, "falsified"),
        ({"outcome_rules": VETO.replace("不合格", "丙"), "facts": FACTS}, "第 1 条"),
        ({"grades": ""}, "没有等次"),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_the_draft_stays(
    draft: PublishedScheme, signed_in: SignIn, fields: dict[str, str], word: str
) -> None:
    before = draft.content_hash
    status, page = save(draft, signed_in, **fields)
    assert status == 422
    assert word in page
    assert draft.content_hash == before
