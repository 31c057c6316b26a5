"""Figures put into texts from the facts, and what a change of a fact would change."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dudao.packs.find import find_pack
from dudao.provenance import ClauseSource
from dudao.scheme.model import FactDeclaration, Indicator, Point, Scheme, ScoringRule
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers, submission
from dudao.web.evaluations.bound_figures import MISSING, FigureBook
from dudao.web.evaluations.convert import check_files, files_of_pack
from dudao.web.evaluations.fact_lines import fact_lines
from dudao.web.evaluations.items import Item
from dudao.web.evaluations.models import Assessment, FactValue, Round
from dudao.web.evaluations.refusals import NotAllowedError
from tests.web.conftest import ITEM, OpenedRound, SignIn

HX = {"HX-Request": "true"}
GROWTH = "education_spending_growth"
TOKEN = "{{一般公共预算教育支出增幅.2022}}"


def fact(opened: OpenedRound, name: str = GROWTH, part: str = "") -> FactValue:
    return FactValue.objects.get(region=opened.assessment.region, name=name, part=part, period="2022")


def page(item: str = ITEM) -> str:
    return f"/2022/990100/duty/self/{item}/"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    found = check_files(files_of_pack(find_pack("liaoning-city-2022"))).scheme
    assert found is not None
    return found


def book(scheme: Scheme, **values: str) -> FigureBook:
    rows = [FactValue(name=GROWTH, period="2022", value=values.get("growth", "7.91"), unit="%")]
    rows += [
        FactValue(name="spending_per_student_kept", part=part, period="2022", value=values.get(part, ""))
        for part in ("primary", "junior")
    ]
    return FigureBook(scheme, rows)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("增长{{一般公共预算教育支出增幅.2022}}。", "增长7.91%。"),
        ("增长{{ education_spending_growth.2022 }}。", "增长7.91%。"),
        ("{{生均一般公共预算教育支出比上年没有下降.普通小学.2022}}", MISSING),
        ("{{没有的数.2022}}", "{{没有的数.2022}}"),
        ("{{一般公共预算教育支出增幅.2019}}", "{{一般公共预算教育支出增幅.2019}}"),
        ("{{一般公共预算教育支出增幅}}与{{}}与{{{x}}}", "{{一般公共预算教育支出增幅}}与{{}}与{{{x}}}"),
    ],
)
def test_a_bound_figure_reads_as_its_value(scheme: Scheme, written: str, shown: str) -> None:
    assert book(scheme).render(written) == shown


def test_what_the_picker_puts_in_reads_back_as_the_same_fact(scheme: Scheme) -> None:
    held = book(scheme, primary="是", junior="否")
    choices = held.choices([GROWTH, "spending_per_student_kept"])
    assert [held.render(choice.written) for choice in choices] == [choice.value for choice in choices]
    assert [choice.value for choice in choices] == ["7.91%", "否", "是"]


@given(text=st.text(alphabet="支出增长{}.。12一般公共预算教育支出增幅\n", max_size=60))
def test_any_text_can_be_shown(scheme: Scheme, text: str) -> None:
    held = book(scheme)
    assert "".join(piece.text for piece in held.pieces(text)) == held.render(text)
    if "{{" not in text:
        assert held.render(text) == text


def test_a_first_figure_is_saved_at_once_and_a_replaced_one_only_when_agreed(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    client = signed_in(opened.officer)
    answers.save_note(by=opened.officer, answer=opened.answer(), note=f"教育支出增长{TOKEN}。其他正常。", version=0)
    row = fact(opened)
    address = f"{page()}facts/{row.pk}/"
    assert client.post(address, {"value": "7.91", "version": 0}, headers=HX).status_code == 200
    told = client.post(address, {"value": "-1.2", "version": 1}, headers=HX)
    row.refresh_from_db()
    assert (told.status_code, row.value) == (202, "7.91")
    text = told.content.decode()
    assert "教育支出增长7.91%。" in text
    assert "教育支出增长-1.2%。" in text
    assert "其他正常" not in text
    assert "教育经费保障情况" in text
    without_script = client.post(address, {"value": "-1.2", "version": 1})
    assert without_script.status_code == 202
    assert "<html" in without_script.content.decode()
    done = client.post(address, {"value": "-1.2", "version": 1, "confirmed": "yes"}, headers=HX)
    row.refresh_from_db()
    assert (done.status_code, row.value) == (200, "-1.2")
    assert "-1.2%" in done.content.decode()


def test_a_wrong_replacement_is_refused_before_anything_is_told(opened: OpenedRound, signed_in: SignIn) -> None:
    client, row = signed_in(opened.officer), fact(opened)
    client.post(f"{page()}facts/{row.pk}/", {"value": "7.91", "version": 0}, headers=HX)
    assert client.post(f"{page()}facts/{row.pk}/", {"value": "很多", "version": 1}, headers=HX).status_code == 422


def test_sentences_of_other_departments_are_counted_and_not_shown(opened: OpenedRound, signed_in: SignIn) -> None:
    secret = f"教育局写道：支出增长{TOKEN}。"
    answers.save_note(by=opened.clerk, answer=opened.answer("1.1"), note=secret, version=0)
    client, row = signed_in(opened.officer), fact(opened)
    client.post(f"{page()}facts/{row.pk}/", {"value": "7.91", "version": 0}, headers=HX)
    text = client.post(f"{page()}facts/{row.pk}/", {"value": "8", "version": 1}, headers=HX).content.decode()
    assert "教育局写道" not in text
    assert "另有 1 处" in text
    uses = client.get(f"{page()}facts/{row.pk}/uses/").content.decode()
    assert "第 3.10 项的评分规则" in uses
    assert "第 1.1 项" not in uses
    assert "第 1.1 项的自评说明" in signed_in(opened.clerk).get(f"{page()}facts/{row.pk}/uses/").content.decode()


def test_what_is_handed_in_says_the_value_and_keeps_it(opened: OpenedRound) -> None:
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=fact(opened), value="7.91", unit="%", version=0)
    answers.save_note(by=opened.officer, answer=opened.answer(), note=f"增长{TOKEN}。", version=0)
    kept = next(item for item in submission.snapshot(opened.assessment)["items"] if item["item"] == ITEM)
    assert (kept["note"], kept["note_as_written"]) == ("增长7.91%。", f"增长{TOKEN}。")


def test_a_fact_has_one_owner(opened: OpenedRound, signed_in: SignIn) -> None:
    row = FactValue.objects.get(region=opened.assessment.region, name="teacher_pay_not_lower", period="2022")
    assert row.owner is None or row.owner.name != "市财政局"
    FactValue.objects.filter(pk=row.pk).update(owner=opened.assessment.region.departments.get(name="市教育局"))
    with pytest.raises(NotAllowedError, match="市教育局"):
        answers.save_fact(by=opened.officer, answer=opened.answer("3.11"), fact=row, value="是", unit="", version=0)
    answers.save_fact(by=opened.clerk, answer=opened.answer("3.11"), fact=row, value="是", unit="", version=0)
    assert Event.objects.filter(action="evaluations.fact.save", object_id=str(row.pk)).count() == 1


def test_last_years_figure_is_typed_only_where_no_round_of_last_year_holds_it(opened: OpenedRound) -> None:
    row = fact(opened)
    before = answers.declare_last_year(by=opened.officer, answer=opened.answer(), like=row)
    assert (before.period, before.value, before.owner_id) == ("2021", "", row.owner_id)
    again = answers.declare_last_year(by=opened.officer, answer=opened.answer(), like=row)
    assert again.pk == before.pk
    this = opened.assessment.round
    earlier = Round.objects.create(
        scheme=this.scheme, region=this.region, year=2021, slug="duty", title="2021", opened_by=opened.province
    )
    Assessment.objects.create(round=earlier, region=opened.assessment.region)
    assert answers.last_year_held(opened.assessment)


def _line(must: str, this: str, last: str) -> tuple[str, str, bool | None]:
    rule = ScoringRule("year_on_year", {"must": must, "tests": [{"fact": "spending", "form": "values"}]})
    point = Point("1.1", "支出", Decimal(5), rule, ClauseSource(), inputs=("spending",))
    section = Indicator("1", "保障", 1, Decimal(5), (point,), ClauseSource())
    item = Item("1.1", "支出", section, Decimal(5), (point,))
    rows = [
        FactValue(pk=1, name="spending", period="2022", value=this, unit="亿元"),
        FactValue(pk=2, name="spending", period="2021", value=last, unit="亿元"),
    ]
    declared = {"spending": FactDeclaration("spending", "教育支出", "元")}
    assessment = Assessment(round=Round(year=2022))
    (line,) = fact_lines(assessment, item, declared, rows, departments=None, last_open=True)
    assert line.verdict is not None
    return line.verdict.word, line.verdict.arrow, line.verdict.kept


@pytest.mark.parametrize(
    ("must", "this", "last", "verdict"),
    [
        ("not_fall", "34.92", "32.36", ("未下降", "arrow-up", True)),
        ("not_fall", "32.36", "32.36", ("未下降", "minus", True)),
        ("not_fall", "32.35", "32.36", ("下降", "arrow-down", False)),
        ("not_rise", "32.37", "32.36", ("上升", "arrow-up", False)),
        ("rise", "32.36", "32.36", ("未上升", "minus", False)),
        ("fall", "30", "32.36", ("下降", "arrow-down", True)),
    ],
)
def test_the_verdict_follows_the_rule(must: str, this: str, last: str, verdict: tuple[str, str, bool]) -> None:
    assert _line(must, this, last) == verdict


def test_a_page_takes_the_same_number_of_queries_however_much_was_said(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    counts: dict[str, list[int]] = {}
    answers.comment(by=opened.clerk, answer=opened.answer(), text="第一条")
    for round_of in range(2):
        client.get(page())  # scores are remembered until a row changes
        for tab in ("score", "last", "remarks", "history"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"{page()}?tab={tab}").status_code == 200
            counts.setdefault(tab, []).append(len(seen))
        if round_of == 0:
            for number in range(6):
                answers.comment(by=opened.clerk, answer=opened.answer(), text=f"第 {number} 条")
                row = opened.answer()
                answers.save_note(by=opened.clerk, answer=row, note=f"第 {number} 稿", version=row.version)
            FactValue.objects.bulk_create(
                FactValue(region=opened.assessment.region, name=GROWTH, period=str(year), value="1")
                for year in range(1990, 2020)
            )
    assert all(first >= second for first, second in counts.values()), counts
