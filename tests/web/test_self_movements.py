"""Words that say the opposite of their bound facts are told; whatever leaves a doubt is passed over."""

import pytest

from dudao.provenance import ClauseSource
from dudao.scheme.model import FactDeclaration, GovernmentLevel, Scheme
from dudao.web.evaluations.actions import answers
from dudao.web.evaluations.bound_figures import FigureBook
from dudao.web.evaluations.models import FactValue
from dudao.web.evaluations.movements import movements
from tests.web.conftest import ITEM, OpenedRound, SignIn, World

DECLARED = {
    "spending": FactDeclaration("spending", "教育支出", "元"),
    "growth": FactDeclaration("growth", "教育支出增幅", "%"),
    "kept": FactDeclaration(
        "kept", "生均支出比上年没有下降", "", "boolean", "stage", parts=(("primary", "小学"), ("junior", "初中"))
    ),
    "pupils": FactDeclaration("pupils", "在校生数", "人", "count"),
}

SCHEME = Scheme(
    id="x",
    name="x",
    region="x",
    region_name="x",
    level=GovernmentLevel.CITY,
    year=2022,
    full_points=None,
    indicators=(),
    source=ClauseSource(),
    facts=tuple(DECLARED.values()),
)


def told(text: str, **changed: str) -> list[tuple[str, str]]:
    values = {"2021": "100", "2022": "90", "growth": "-2.3", "primary": "是", "junior": "否", "pupils": "500"} | changed
    rows = [
        FactValue(name="spending", period="2021", value=values["2021"], unit="亿元"),
        FactValue(name="spending", period="2022", value=values["2022"], unit="亿元"),
        FactValue(name="growth", period="2022", value=values["growth"], unit="%"),
        FactValue(name="kept", period="2022", part="primary", value=values["primary"]),
        FactValue(name="kept", period="2022", part="junior", value=values["junior"]),
        FactValue(name="pupils", period="2022", value=values["pupils"], unit="人"),
    ]
    book = FigureBook(SCHEME, rows)
    return [(each.said, each.why) for each in movements(book, DECLARED, text)]


@pytest.mark.parametrize(
    ("text", "said", "word"),
    [
        ("教育支出比上年增长，达{{spending.2022}}。", "", ""),
        ("教育支出增长到{{spending.2022}}。", "增长", "2022 年 90亿元，2021 年 100亿元，下降"),
        ("教育支出{{spending.2022}}，比上年有变化。", "", ""),
        ("教育支出{{spending.2022}}比上年增加。", "增加", "下降"),
        ("由{{spending.2021}}提高到{{spending.2022}}。", "提高", "下降"),
        ("教育支出增长{{growth.2022}}。", "增长", "-2.3%"),
        ("初中生均支出{{kept.junior.2022}}，继续增长。", "", ""),
        ("初中生均支出增长（{{kept.junior.2022}}）。", "增长", "“否”"),
        ("小学生均支出下降（{{kept.primary.2022}}）。", "下降", "“是”"),
        # what leaves a doubt
        ("教育支出下降到{{spending.2022}}。", "", ""),
        ("教育支出没有增长，为{{spending.2022}}。", "", ""),
        ("确保增长到{{spending.2022}}。", "", ""),
        ("只增不减，为{{spending.2022}}。", "", ""),
        ("支出增加、人数减少，{{spending.2022}}。", "", ""),
        ("在校生{{pupils.2022}}比上年增加。", "", ""),
        ("增长到{{spending.2022}}和{{pupils.2022}}。", "", ""),
        ("增长到{{spending.2019}}。", "", ""),
    ],
)
def test_a_direction_is_held_against_the_facts(text: str, said: str, word: str) -> None:
    found = told(text)
    assert [each[0] for each in found] == ([said] if said else [])
    assert all(word in why for _, why in found)


def test_what_agrees_and_what_is_missing_is_not_told() -> None:
    assert not told("教育支出增长到{{spending.2022}}，增长{{growth.2022}}。", **{"2022": "110", "growth": "10"})
    assert not told("教育支出增长到{{spending.2022}}。", **{"2021": ""})
    assert [why for _, why in told("教育支出增长到{{spending.2022}}。", **{"2022": "100"})] == [
        "2022 年 100亿元，2021 年 100亿元，没有变化"
    ]


def test_the_page_and_the_check_of_the_draft_tell_it(opened: OpenedRound, world: World, signed_in: SignIn) -> None:
    FactValue.objects.filter(region=world.city, name="education_spending_growth").update(value="-1.5")
    note = "一般公共预算教育支出增长{{education_spending_growth.2022}}。"
    answers.save_note(by=opened.officer, answer=opened.answer(), note=note, version=0)
    client = signed_in(opened.officer)
    page = client.get(f"/2022/990100/duty/self/{ITEM}/").content.decode()
    assert "说明写“增长”，与数据不符" in page
    draft = client.get("/2022/990100/duty/checks/draft/").content.decode()
    assert "说明写“增长”，与数据不符" in draft
    FactValue.objects.filter(region=world.city, name="education_spending_growth").update(value="7.91")
    assert "与数据不符。" not in client.get(f"/2022/990100/duty/self/{ITEM}/").content.decode()
