"""The draft checked in place: findings beside the text and across the draft, and what people decide about them."""

import pytest

from dudao.provenance import Span
from dudao.web.audit.models import Event
from dudao.web.document_checks.actions import reports
from dudao.web.document_checks.actions.draft_findings import handle
from dudao.web.document_checks.models import Handling, Report, Version
from dudao.web.document_checks.notes import CheckedText, FindingLine, checked_text
from dudao.web.document_checks.parts import checks_beside
from dudao.web.evaluations.actions import answers, points
from dudao.web.evaluations.beside import Beside
from dudao.web.evaluations.models import Answer, Assessment, FactValue, Round
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.checked_reports import CLASSES, TITLE, word
from tests.web.conftest import ITEM, MakePerson, OpenedRound, SignIn, World

CLASSES_ITEM = "3.12"
PAGE = f"/2022/990100/duty/self/{ITEM}/"
CHECKS = "/2022/990100/duty/checks/draft/"
WRONG = "全市教育支出由32.36亿元增加到34.92亿元，增长8.91%。"
RIGHT = "全市教育支出由32.36亿元增加到34.92亿元，增长7.91%。"


def test_a_wrong_growth_is_shown_beside_the_text_with_its_formula(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    saved = client.post(f"{PAGE}note/", {"note": WRONG, "version": 0}, headers={"HX-Request": "true"})
    text = saved.content.decode()
    assert "不一致" in text
    assert "7.91" in text
    fixed = client.post(f"{PAGE}note/", {"note": RIGHT, "version": 1}, headers={"HX-Request": "true"}).content.decode()
    assert "不一致" not in fixed
    assert "一致" in fixed


def test_a_figure_put_in_from_the_facts_is_checked_as_its_value(opened: OpenedRound, signed_in: SignIn) -> None:
    fact = opened.assessment.region.facts.get(name="education_spending_growth", period="2022")
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=fact, value="8.91", unit="%", version=0)
    note = WRONG.replace("8.91%", "{{一般公共预算教育支出增幅.2022}}")
    answers.save_note(by=opened.officer, answer=opened.answer(), note=note, version=0)
    assert "不一致" in signed_in(opened.officer).get(PAGE).content.decode()


def test_a_dismissal_needs_a_reason_and_holds_while_the_sentence_stands(opened: OpenedRound, signed_in: SignIn) -> None:
    answers.save_note(by=opened.officer, answer=opened.answer(), note=WRONG, version=0)
    (line,) = checked_text(WRONG, {}).findings
    client = signed_in(opened.officer)
    address = f"{CHECKS}{ITEM}/{line.key}/"
    assert client.post(address, {"state": "dismissed", "reason": "不"}).status_code == 422
    assert client.post(address, {"state": "dismissed", "reason": "口径不同，见统计公报"}).status_code == 302
    assert Handling.objects.get().state == "dismissed"
    assert Event.objects.get(action="document_checks.finding.dismissed").reason == "口径不同，见统计公报"
    answers.save_note(by=opened.officer, answer=opened.answer(), note="另起一段，没有数字。\n" + WRONG, version=1)
    shown = client.get(PAGE).content.decode()
    assert "口径不同，见统计公报" in shown
    assert "处待处理" not in shown
    answers.save_note(by=opened.officer, answer=opened.answer(), note=WRONG.replace("8.91", "9.91"), version=2)
    assert "处待处理" in client.get(PAGE).content.decode()
    gone = client.post(address, {"state": "accepted"})
    assert gone.status_code == 409


def test_a_handling_can_be_taken_back(opened: OpenedRound) -> None:
    answer = opened.answer()
    handle(by=opened.clerk, answer=answer, key="k", quote="句", state="accepted")
    handle(by=opened.clerk, answer=answer, key="k", quote="句", state="open")
    assert not Handling.objects.exists()
    with pytest.raises(InvalidValueError):
        handle(by=opened.clerk, answer=answer, key="k", quote="句", state="burn")
    with pytest.raises(NotAllowedError):
        handle(by=opened.other_officer, answer=answer, key="k", quote="句", state="accepted")
    assert Event.objects.filter(action__startswith="document_checks.finding").count() == 2


def test_the_whole_draft_finds_what_no_item_shows_alone(opened: OpenedRound, signed_in: SignIn) -> None:
    one, two = "2022年全市小学在校生10140人。", "2022年全市小学在校生10410人。"
    answers.save_note(by=opened.clerk, answer=opened.answer("1.1"), note=one, version=0)
    answers.save_note(by=opened.clerk, answer=opened.answer("1.3"), note=two, version=0)
    assert checked_text(one, {}).findings == checked_text(two, {}).findings == ()
    shown = signed_in(opened.clerk).get(CHECKS).content.decode()
    assert "矛盾" in shown
    assert "/self/1.1/" in shown
    assert "/self/1.3/" in shown
    officer = signed_in(opened.officer).get(CHECKS).content.decode()
    assert "10140" not in officer
    assert "10410" not in officer


def test_self_points_that_the_facts_contradict_stand_in_the_whole_check(opened: OpenedRound, signed_in: SignIn) -> None:
    fact = opened.assessment.region.facts.get(name="education_spending_growth", period="2022")
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=fact, value="-2", unit="%", version=0)
    score = opened.answer().scores.get()
    points.save_points(by=opened.officer, score=score, points="13", version=0)
    shown = signed_in(opened.clerk).get(CHECKS).content.decode()
    assert "没有不符之处" not in shown


def test_nobody_from_elsewhere_reads_or_handles(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.other_officer)
    assert client.get(CHECKS).status_code == 404
    assert client.post(f"{CHECKS}{ITEM}/abc/", {"state": "accepted"}).status_code == 404
    assert signed_in(opened.officer).post(f"{CHECKS}1.1/abc/", {"state": "accepted"}).status_code == 404


def state_classes(opened: OpenedRound, value: str) -> None:
    facts = FactValue.objects.filter(region=opened.assessment.region, name="compulsory_large_classes", period="2022")
    assert facts.update(value=value, unit="个") == 1


def test_a_text_that_differs_from_what_is_filled_in_says_so_while_it_is_written(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    state_classes(opened, "4")
    client = signed_in(opened.clerk)
    page = f"/2022/990100/duty/self/{CLASSES_ITEM}/"
    save = {"note": CLASSES, "version": 0}
    shown = client.post(f"{page}note/", save, headers={"HX-Request": "true"}).content.decode()
    assert "填报数据 · 第" in shown
    assert "<q>4个</q>" in shown
    assert "填报数据 · 第" in client.get(CHECKS).content.decode()
    (line,) = [each for each in checks_of(opened, opened.clerk) if each.other is not None]
    assert (line.look, line.places[0], line.span) == ("contradiction", "7个", Span(*span_of("7个")))
    handled = {"state": "dismissed", "reason": "统计时点不同，见教育事业统计"}
    assert client.post(f"{CHECKS}{CLASSES_ITEM}/{line.key}/", handled).status_code == 302
    assert not any(each.open for each in checks_of(opened, opened.clerk))
    state_classes(opened, "5")
    assert any(each.open for each in checks_of(opened, opened.clerk))  # another figure, another question
    state_classes(opened, "7")
    assert not any(each.other for each in checks_of(opened, opened.clerk))


def test_no_figure_of_another_department_is_told_by_the_check(opened: OpenedRound, signed_in: SignIn) -> None:
    state_classes(opened, "4")
    answers.save_note(by=opened.officer, answer=opened.answer(), note=CLASSES, version=0)
    mine, whole = (checks_of(opened, who, ITEM) for who in (opened.officer, opened.clerk))
    assert not any(each.other for each in mine)
    assert any(each.other for each in whole)


def report_of_last_year(opened: OpenedRound, words: str) -> Version:
    """Return the checked version of a report for the year before that says so."""
    year = opened.assessment.round
    raw = word([TITLE, words])
    made = reports.receive(by=opened.clerk, assessment=opened.assessment, raw=raw, name="报告.docx", shared=False)
    last = Round.objects.create(
        scheme=year.scheme, region=year.region, year=2021, slug="duty", title="去年", opened_by=opened.province
    )
    before = Assessment.objects.create(round=last, region=opened.assessment.region, state="confirmed")
    Report.objects.filter(pk=made.report_id).update(assessment=before)
    return made


def test_the_draft_is_held_against_last_years_report_in_other_words(opened: OpenedRound) -> None:
    made = report_of_last_year(opened, "2021年发放学生资助资金5162万元，惠及学生8.6万人次。")
    note = "2021年学生资助资金5612万元发放较慢，惠及学生8.6万人次。"
    answers.save_note(by=opened.clerk, answer=opened.answer(), note=note, version=0)
    (line,) = [each for each in checks_of(opened, opened.clerk, ITEM) if each.other]
    assert line.other is not None
    assert (line.other.text, line.other.version) == ("5162万元", made.pk)
    assert line.places[0] == "5612万元"
    made.refresh_from_db()
    made.words = {}  # as an earlier program left it
    made.save()
    assert not any(each.other for each in checks_of(opened, opened.clerk, ITEM))


def test_the_draft_is_held_against_last_years_report_where_one_may_read_it(opened: OpenedRound) -> None:
    made = report_of_last_year(opened, "2021年全市体质健康优良率45.2%。")
    answers.save_note(by=opened.clerk, answer=opened.answer(), note="2021年全市体质健康优良率46.2%。", version=0)
    (line,) = [each for each in checks_of(opened, opened.clerk, ITEM) if each.other]
    assert line.other is not None
    assert (line.other.text, line.other.version) == ("45.2%", made.pk)
    assert not any(each.other for each in checks_of(opened, opened.officer, ITEM))
    Assessment.objects.filter(pk=opened.assessment.pk).update(state="submitted")
    assert not any(each.other for each in checks_of(opened, opened.province, ITEM))  # not open to the level above
    Report.objects.filter(pk=made.report_id).update(shared=True)
    assert any(each.other for each in checks_of(opened, opened.province, ITEM))


def test_the_level_above_sees_the_findings_beside_the_item_once_it_is_handed_over(
    opened: OpenedRound, signed_in: SignIn, person: MakePerson, world: World
) -> None:
    state_classes(opened, "4")
    answers.save_note(by=opened.clerk, answer=opened.answer(CLASSES_ITEM), note=CLASSES + WRONG, version=0)
    reviewer = person("reviewer", Role.REVIEWER, world.city)
    page = f"/2022/990100/duty/self/{CLASSES_ITEM}/"
    for above in (opened.province, reviewer):
        assert signed_in(above).get(page).status_code == 404
    Assessment.objects.filter(pk=opened.assessment.pk).update(state="submitted", version=1)
    for above in (opened.province, reviewer):
        shown = signed_in(above).get(page).content.decode()
        assert "不一致" in shown
        assert "填报数据 · 第" in shown
        assert "不采纳…" not in shown


def checks_of(opened: OpenedRound, who: User, item: str = "") -> tuple[FindingLine, ...]:
    """Return what stands beside an item for somebody, as it is now."""
    assessment = Assessment.objects.select_related("region", "round__scheme").get(pk=opened.assessment.pk)
    answer = Answer.objects.get(assessment=assessment, item=item or CLASSES_ITEM)
    answer.assessment = assessment
    part = checks_beside(Beside(answer, answer.note, subject_of(who), may_edit=False))
    checked: CheckedText = part.content.checked
    return checked.findings


def span_of(words: str) -> tuple[int, int]:
    """Return where words stand in the sentence about classes."""
    start = CLASSES.index(words)
    return start, start + len(words)
