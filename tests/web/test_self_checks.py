"""The draft checked in place: findings beside the text and across the draft, and what people decide about them."""

import pytest

from dudao.web.audit.models import Event
from dudao.web.document_checks.actions.draft_findings import handle
from dudao.web.document_checks.models import Handling
from dudao.web.document_checks.notes import checked_text
from dudao.web.evaluations.actions import answers, points
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from tests.web.conftest import ITEM, OpenedRound, SignIn

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
