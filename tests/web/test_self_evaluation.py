from decimal import Decimal

import pytest
from django.test import Client

from dudao.web.audit.models import Event
from dudao.web.audit.queries import verify
from dudao.web.evaluations.actions import answers, points, submission
from dudao.web.evaluations.models import FactValue, PointScore, Submission
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError, NotPossibleError
from tests.web.conftest import ITEM, PASSWORD, SignIn, World
from tests.web.conftest import OpenedRound as Round


def page(item: str = ITEM) -> str:
    return f"/2022/990100/duty/self/{item}/"


def test_items_are_divided_among_departments_by_the_scheme(opened: Round, world: World) -> None:
    duty = opened.assessment.duties.get(item=ITEM, lead=True)
    assert duty.department == world.finance


def test_an_officer_sees_the_own_items_alone(opened: Round, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    assert client.get(page()).status_code == 200
    assert client.get(page("1.1")).status_code == 404


def test_nobody_from_elsewhere_sees_a_draft(opened: Round, signed_in: SignIn) -> None:
    assert signed_in(opened.other_officer).get(page()).status_code == 404
    assert signed_in(opened.province).get(page()).status_code == 404


def test_a_figure_is_saved_as_typed_and_moves_the_forecast(opened: Round, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    fact = FactValue.objects.get(region=opened.assessment.region, name="education_spending_growth", period="2022")
    answer = client.post(f"{page()}facts/{fact.pk}/", {"value": "-1.50", "version": 0}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    fact.refresh_from_db()
    assert (fact.value, fact.version) == ("-1.50", 1)
    assert opened.answer().state == "drafting"


def test_a_word_in_a_figure_is_refused_and_changes_nothing(opened: Round, signed_in: SignIn) -> None:
    fact = FactValue.objects.get(region=opened.assessment.region, name="education_spending_growth", period="2022")
    client = signed_in(opened.officer)
    answer = client.post(f"{page()}facts/{fact.pk}/", {"value": "四十五", "version": 0}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "不是数字" in answer.content.decode()
    fact.refresh_from_db()
    assert fact.value == ""


@pytest.mark.parametrize(
    ("typed", "word"),
    [("13.5", "超出范围"), ("-1", "超出范围"), ("十", "不是数字"), ("4.85", "整数倍"), ("NaN", "超出范围")],
)
def test_points_that_cannot_be_are_refused(opened: Round, typed: str, word: str) -> None:
    score = PointScore.objects.get(answer=opened.answer(), point=ITEM)
    with pytest.raises(InvalidValueError, match=word):
        points.save_points(by=opened.officer, score=score, points=typed, version=0)


def test_two_people_on_one_text_overwrite_nothing(opened: Round) -> None:
    answers.save_note(by=opened.officer, answer=opened.answer(), note="甲的说明", version=0)
    with pytest.raises(ConflictError) as conflict:
        answers.save_note(by=opened.clerk, answer=opened.answer(), note="乙的说明", version=0)
    assert (conflict.value.theirs.value, conflict.value.yours) == ("甲的说明", "乙的说明")
    assert opened.answer().note == "甲的说明"


def test_an_answer_goes_its_way_and_leaves_a_trail(opened: Round) -> None:
    with pytest.raises(NotAllowedError):
        answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    answers.save_note(by=opened.officer, answer=opened.answer(), note="说明", version=0)
    with pytest.raises(NotPossibleError, match="没有填自评分"):
        answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    score = PointScore.objects.get(answer=opened.answer(), point=ITEM)
    points.save_points(by=opened.officer, score=score, points="11", version=0)
    answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    with pytest.raises(NotAllowedError):
        answers.save_note(by=opened.officer, answer=opened.answer(), note="再改", version=1)
    with pytest.raises(InvalidValueError, match="理由"):
        answers.move(by=opened.clerk, answer=opened.answer(), event="return", reason="不行")
    answers.move(by=opened.clerk, answer=opened.answer(), event="return", reason="缺收费检查记录")
    assert opened.answer().return_reason == "缺收费检查记录"
    answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    answers.move(by=opened.clerk, answer=opened.answer(), event="accept")
    assert opened.answer().state == "accepted"
    assert verify() == []
    assert Event.objects.filter(action="evaluations.answer.return").get().reason == "缺收费检查记录"


def fill_everything(opened: Round) -> None:
    for answer in opened.assessment.answers.all():
        answers.save_note(by=opened.clerk, answer=answer, note="已完成", version=0)
        for score in answer.scores.all():
            points.save_points(by=opened.clerk, score=score, points="1", version=0)
        answers.move(by=opened.clerk, answer=answer, event="submit")
        answers.move(by=opened.clerk, answer=answer, event="accept")


def test_a_submission_stays_as_it_was_and_a_correction_is_a_new_version(opened: Round) -> None:
    with pytest.raises(NotPossibleError, match=r"1\.1"):
        submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    fill_everything(opened)
    with pytest.raises(InvalidValueError, match="密码"):
        submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password="wrong")
    first = submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    assert Decimal(first.content["totals"]["self_points"]) == 15
    with pytest.raises(NotAllowedError):
        answers.save_note(by=opened.clerk, answer=opened.answer(), note="改", version=1)
    submission.send_back(by=opened.province, assessment=opened.assessment, reason="请核对经费数据")
    answers.save_note(by=opened.clerk, answer=opened.answer(), note="已核对", version=1)
    second = submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    assert (first.version, second.version) == (1, 2)
    first.refresh_from_db()
    assert submission.content_digest(first.content) == first.content_hash
    assert first.content_hash != second.content_hash
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=first.pk).update(content_hash="")


def test_the_level_above_reads_what_was_submitted(opened: Round, signed_in: SignIn) -> None:
    fill_everything(opened)
    assert "批量填报" in signed_in(opened.clerk).get(page()).content.decode()
    submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    above = signed_in(opened.province).get(page())
    assert above.status_code == 200
    assert "批量填报" not in above.content.decode()  # what is not theirs to fill in
    assert signed_in(opened.other_officer).get(page()).status_code == 404


def test_a_lost_session_is_sent_to_sign_in(opened: Round) -> None:
    answer = Client().post(f"{page()}note/", {"note": "文字", "version": 0})
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_progress_page_opens_for_the_region_and_not_for_others(opened: Round, signed_in: SignIn) -> None:
    address = "/2022/990100/duty/progress/"
    assert signed_in(opened.clerk).get(address).status_code == 200
    assert signed_in(opened.other_officer).get(address).status_code == 404
    assert "市财政局" in signed_in(opened.clerk).get(address).content.decode()


def test_an_officer_cannot_send_the_whole_upwards(opened: Round) -> None:
    with pytest.raises(NotAllowedError):
        submission.submit_assessment(by=opened.officer, assessment=opened.assessment, password=PASSWORD)


def test_what_was_sent_back_is_the_regions_own_again(opened: Round, signed_in: SignIn) -> None:
    fill_everything(opened)
    submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    submission.send_back(by=opened.province, assessment=opened.assessment, reason="请核对经费数据")
    assert signed_in(opened.province).get(page()).status_code == 404
    assert signed_in(opened.clerk).get(page()).status_code == 200
