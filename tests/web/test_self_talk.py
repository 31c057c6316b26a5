"""Remarks, history, conflicts, lost sessions, withdrawn schemes, reasons: nothing typed is lost, everything is told."""

from decimal import Decimal

import pytest
from django.test import Client

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers, points, remarks, schemes
from dudao.web.evaluations.concerned import readers
from dudao.web.evaluations.models import Comment, FactValue, PointScore
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.evaluations.views.answering import compared
from dudao.workflow.machine import Role
from tests.web.conftest import ITEM, MakePerson, OpenedRound, SignIn, World

HX = {"HX-Request": "true"}
PAGE = f"/2022/990100/duty/self/{ITEM}/"


def test_people_are_called_by_name_and_only_those_who_may_read(
    opened: OpenedRound, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    longer = person("clerk二", Role.SUPERVISION_CLERK, world.city)
    person("schooling", Role.DEPARTMENT_OFFICER, world.city, world.education)
    text = "请 @clerk二 和 @neighbour 看一下，@province 也看"
    assert signed_in(opened.officer).post(f"{PAGE}comments/", {"text": text}).status_code == 302
    made = Comment.objects.get(text=text)
    assert list(made.mentions.all()) == [longer]
    names = {user.username for user in readers(opened.answer())}
    assert {"clerk", "finance", "clerk二", "schooling"} >= names >= {"clerk", "finance", "clerk二"}
    shown = signed_in(opened.officer).get(f"{PAGE}?tab=remarks").content.decode()
    assert "已提醒：clerk二" in shown


def test_a_remark_is_settled_by_those_concerned(opened: OpenedRound, world: World, person: MakePerson) -> None:
    leader = person("leader", Role.LEADER, world.city)
    remark = answers.comment(by=opened.clerk, answer=opened.answer(), text="请补充依据")
    with pytest.raises(NotAllowedError):
        remarks.settle(by=leader, remark=remark)
    with pytest.raises(NotAllowedError):
        remarks.settle(by=opened.other_officer, remark=remark)
    assert remarks.settle(by=opened.officer, remark=remark).settled_at is not None
    assert Event.objects.filter(action="evaluations.answer.settle").count() == 1


def test_a_former_text_comes_back_as_the_newest_and_the_other_stays_in_the_history(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    for version, note in enumerate(("甲稿", "乙稿")):
        answers.save_note(by=opened.officer, answer=opened.answer(), note=note, version=version)
    first = Event.objects.filter(action="evaluations.answer.note").order_by("sequence").first()
    assert first is not None
    with pytest.raises(ConflictError):
        answers.restore_note(by=opened.officer, answer=opened.answer(), sequence=first.sequence, version=1)
    client = signed_in(opened.officer)
    assert client.post(f"{PAGE}restore/{first.sequence}/", {"version": 2}).status_code == 302
    answer = opened.answer()
    assert (answer.note, answer.version) == ("甲稿", 3)
    assert "乙稿" in client.get(f"{PAGE}?tab=history").content.decode()
    with pytest.raises(InvalidValueError):
        answers.restore_note(by=opened.clerk, answer=opened.answer("1.1"), sequence=first.sequence, version=0)


def test_a_conflict_shows_both_texts_and_goes_on_from_there(opened: OpenedRound, signed_in: SignIn) -> None:
    answers.save_note(by=opened.clerk, answer=opened.answer(), note="教育支出增长7.91%", version=0)
    client = signed_in(opened.officer)
    for headers, whole in ((HX, False), ({}, True)):
        told = client.post(f"{PAGE}note/", {"note": "教育支出增长7.19%", "version": 0}, headers=headers)
        text = told.content.decode()
        assert told.status_code == 409
        assert ("<html" in text) is whole
        assert "clerk" in text
        assert 'name="version" value="1"' in text
    assert client.post(f"{PAGE}note/", {"note": "教育支出增长7.19%", "version": 1}, headers=HX).status_code == 200
    assert opened.answer().note == "教育支出增长7.19%"


def test_two_windows_of_one_person_are_told_as_such(opened: OpenedRound) -> None:
    answers.save_note(by=opened.officer, answer=opened.answer(), note="一", version=0)
    with pytest.raises(ConflictError, match="您在另一窗口"):
        answers.save_note(by=opened.officer, answer=opened.answer(), note="二", version=0)
    answers.save_note(by=opened.officer, answer=opened.answer(), note="一", version=0)


def test_the_same_text_twice_is_no_conflict_and_the_other_points_are_told_with_their_giver(
    opened: OpenedRound,
) -> None:
    score = PointScore.objects.get(answer=opened.answer(), point=ITEM)
    points.save_points(by=opened.clerk, score=score, points="9", version=0)
    with pytest.raises(ConflictError, match="clerk"):
        points.save_points(by=opened.officer, score=score, points="10", version=0)


def test_a_save_tells_the_new_version_of_its_own_field_alone(opened: OpenedRound, signed_in: SignIn) -> None:
    """Else a text that somebody else changed meanwhile would be overwritten without a word."""
    answers.save_note(by=opened.clerk, answer=opened.answer(), note="他人的新稿", version=0)
    client = signed_in(opened.officer)
    saved = client.post(f"{PAGE}points/{ITEM}/", {"points": "9", "version": 0}, headers=HX)
    assert saved.status_code == 200
    assert 'id="note-version"' not in saved.content.decode()
    assert client.post(f"{PAGE}note/", {"note": "旧稿", "version": 0}, headers=HX).status_code == 409


@pytest.mark.parametrize(("one", "two"), [("甲乙丙", "甲丁丙"), ("", "新"), ("同", "同")])
def test_both_texts_are_shown_whole(one: str, two: str) -> None:
    left, right = compared(one, two)
    assert "".join(each.text for each in left) == one
    assert "".join(each.text for each in right) == two
    assert any(each.changed for each in (*left, *right)) is (one != two)


def test_a_lost_session_leads_to_sign_in_and_back_to_the_page(opened: OpenedRound) -> None:
    address = f"http://testserver{PAGE}?tab=last"
    told = Client().post(f"{PAGE}note/", {"note": "x"}, headers={**HX, "HX-Current-URL": address})
    assert told.status_code == 401
    assert told["HX-Redirect"] == f"/login/?next={PAGE}%3Ftab%3Dlast"
    foreign = Client().post(f"{PAGE}note/", {}, headers={**HX, "HX-Current-URL": "http://elsewhere.example/x"})
    assert foreign["HX-Redirect"] == "/login/?next=/"
    plain = Client().post(f"{PAGE}note/", {}, headers={"Referer": f"http://testserver{PAGE}"})
    assert plain["Location"] == f"/login/?next={PAGE}"


def test_a_lost_session_is_told_before_the_missing_token(opened: OpenedRound, signed_in: SignIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    told = strict.post(f"{PAGE}note/", {"note": "x"}, headers={**HX, "HX-Current-URL": f"http://testserver{PAGE}"})
    assert (told.status_code, told["HX-Redirect"]) == (401, f"/login/?next={PAGE}")
    strict.force_login(opened.officer, backend="dudao.web.people.accounts.Accounts")
    stale = strict.post(f"{PAGE}note/", {"note": "x"}, headers=HX)
    assert stale.status_code == 403
    assert "暂存在本机" in stale.content.decode()
    assert opened.answer().note == ""


def test_a_scheme_withdrawn_while_people_type_is_told(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    scheme = opened.assessment.round.scheme
    schemes.withdraw(by=opened.province, row=scheme, reason="发布有误，另发新版")
    told = client.post(f"{PAGE}note/", {"note": "写到一半", "version": 0}, headers=HX)
    assert told.status_code == 409
    assert "已被停用" in told.content.decode()
    assert "本机" in told.content.decode()
    shown = client.get(PAGE).content.decode()
    assert "评价方案已被停用" in shown
    assert f'hx-post="{PAGE}note/"' not in shown
    with pytest.raises(NotPossibleError):
        answers.save_note(by=opened.clerk, answer=opened.answer(), note="再写", version=0)


def test_points_above_the_facts_are_kept_and_ask_for_a_reason(opened: OpenedRound, signed_in: SignIn) -> None:
    row = FactValue.objects.get(region=opened.assessment.region, name="education_spending_growth", period="2022")
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=row, value="-1.5", unit="%", version=0)
    answers.save_note(by=opened.officer, answer=opened.answer(), note="说明", version=0)
    score = PointScore.objects.get(answer=opened.answer(), point=ITEM)
    client = signed_in(opened.officer)
    saved = client.post(f"{PAGE}points/{ITEM}/", {"points": "13", "version": 0}, headers=HX)
    assert saved.status_code == 200
    assert "说明理由" in saved.content.decode()
    assert "为什么比自评少" in saved.content.decode()
    with pytest.raises(NotPossibleError, match="没有说明理由"):
        answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    reason = {"points": "13", "version": 1, "reason": "上级补助未计入决算，已报财政厅核定"}
    assert client.post(f"{PAGE}points/{ITEM}/", reason, headers=HX).status_code == 200
    score.refresh_from_db()
    assert (score.points, score.reason) == (Decimal(13), reason["reason"])
    points.save_points(by=opened.officer, score=score, points="12.9", version=2)
    points.save_points(by=opened.officer, score=score, points="13", version=3)
    score.refresh_from_db()
    assert score.reason == reason["reason"]
    answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    assert reason["reason"] in signed_in(opened.clerk).get(PAGE).content.decode()


def test_the_tree_leaves_out_what_is_done(opened: OpenedRound, signed_in: SignIn) -> None:
    answers.save_note(by=opened.clerk, answer=opened.answer("1.1"), note="已完成", version=0)
    score = PointScore.objects.get(answer=opened.answer("1.1"))
    points.save_points(by=opened.clerk, score=score, points="4", version=0)
    answers.move(by=opened.clerk, answer=opened.answer("1.1"), event="submit")
    client = signed_in(opened.clerk)
    assert "/self/1.1/" in client.get(PAGE).content.decode()
    assert "/self/1.1/" not in client.get(f"{PAGE}?show=open").content.decode()
    part = client.get(f"{PAGE}?show=open", headers={**HX, "HX-Target": "tree-pane"}).content.decode()
    assert "<html" not in part


@pytest.mark.parametrize("tab", ["score", "last", "remarks", "history", "nonsense"])
def test_every_pane_opens_as_a_page_and_as_a_part(opened: OpenedRound, signed_in: SignIn, tab: str) -> None:
    client = signed_in(opened.officer)
    assert "<html" in client.get(f"{PAGE}?tab={tab}").content.decode()
    part = client.get(f"{PAGE}?tab={tab}", headers={**HX, "HX-Target": "reference"}).content.decode()
    assert "<html" not in part
    assert 'role="tabpanel"' in part


def test_an_officer_sees_the_total_of_the_own_items_alone(opened: OpenedRound, signed_in: SignIn) -> None:
    score = PointScore.objects.get(answer=opened.answer("1.1"))
    points.save_points(by=opened.clerk, score=score, points="3.7", version=0)
    assert "3.7" in signed_in(opened.clerk).get(PAGE).content.decode()
    assert "3.7" not in signed_in(opened.officer).get(PAGE).content.decode()


def test_the_history_names_people_and_tells_every_field(opened: OpenedRound, signed_in: SignIn) -> None:
    opened.officer.name = "财政局 填报员"
    opened.officer.save()
    answers.save_note(by=opened.officer, answer=opened.answer(), note="第一稿", version=0)
    fact = opened.assessment.region.facts.get(name="education_spending_growth", period="2022")
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=fact, value="7.91", unit="%", version=0)
    page = signed_in(opened.clerk).get(f"{PAGE}?tab=history").content.decode()
    assert "<b>财政局 填报员</b>" in page
    assert "— → 7.91" in page
