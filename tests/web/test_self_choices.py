"""判定: what rules ask people, saved like facts, scored at once, told in words."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from dudao.scoring.asked import Asked
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers, bulk, points, submission
from dudao.web.evaluations.actions.answers import missing_for_submission
from dudao.web.evaluations.choice_fields import choice_of, choice_words, fields_of
from dudao.web.evaluations.convert import asked_by
from dudao.web.evaluations.fill_in_file import FileLine
from dudao.web.evaluations.models import Answer, Assessment, PointScore
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError
from dudao.web.evaluations.scores import forecast
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn

HX = {"HX-Request": "true"}
ITEM = "/2024/990100/duty/self/1.1/"


def score_of(assessment: Assessment, point: str) -> PointScore:
    return PointScore.objects.select_related("answer__assessment").get(answer__assessment=assessment, point=point)


def asked(assessment: Assessment, point: str) -> Asked:
    return asked_by(assessment.round.scheme, point)


def state(assessment: Assessment, by: User, point: str, given: Mapping[str, tuple[str, str]]) -> Decimal | None:
    score = score_of(assessment, point)
    points.save_choice(by=by, score=score, given=given, version=score.version)
    return next(each.award.points for each in forecast(assessment).points if each.point.id == point)


def test_each_kind_of_answer_is_kept_and_scored(choosing: tuple[Assessment, User]) -> None:
    row, by = choosing
    done = {f"item:{name}": ("完成", "") for name in ("meetings", "list", "report")}
    assert state(row, by, "1.1.1", done) == 4
    assert state(row, by, "1.1.1", {"item:meetings": ("部分完成", "")}) == 3
    assert state(row, by, "1.1.2", {"grade": ("良", "")}) == Decimal("3.2")
    assert state(row, by, "1.1.2", {"grade": ("合格", ""), "discretion": ("2.5", "")}) is None
    assert state(row, by, "1.1.2", {"discretion": ("2.5", "多数学校已落实")}) == Decimal("2.5")
    assert state(row, by, "1.2.3", {"cases": ("没有", "")}) == 3
    late = {"cases": ("有", ""), "count:late": ("1", ""), "points:late": ("0.5", "晚了三天")}
    assert state(row, by, "1.2.3", late) == Decimal("2.5")
    assert state(row, by, "1.2.3", dict.fromkeys(late, ("", ""))) is None
    assert state(row, by, "5.1", {"cases": ("有", ""), "count:national": ("1", ""), "count:provincial": ("2", "")}) == 4
    kept = score_of(row, "1.1.2").choice
    assert kept["discretion"]["assessor"] == "education（自评）"
    event = Event.objects.filter(action="evaluations.answer.choice").order_by("-sequence").first()
    assert event is not None
    assert event.after == {"choice": "经验被国家级推广 1 次；经验被省级推广 2 次"}


@pytest.mark.parametrize(
    ("point", "given", "word"),
    [
        ("1.1.2", {"grade": ("甲", "")}, "优、良、合格、不合格"),
        ("1.1.2", {"grade": ("合格", ""), "discretion": ("3", "理由")}, "不在范围之内"),
        ("1.1.2", {"discretion": ("abc", "理由")}, "不是数字"),
        ("1.1.2", {"discretion": ("2.5", "长" * 501)}, "超过 500 字"),
        ("1.1.1", {"item:list": ("部分完成", "")}, "不能填"),
        ("1.1.1", {"item:nothing": ("完成", "")}, "规则没有"),
        ("1.2.3", {"cases": ("没有", ""), "count:severe": ("1", "")}, "填了次数"),
        ("1.2.3", {"count:severe": ("-1", "")}, "0 至 999"),
        ("1.2.3", {"count:severe": ("1.5", "")}, "0 至 999"),
        ("1.2.1", {"grade": ("优", "")}, "不需要填判定"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_a_sentence(
    choosing: tuple[Assessment, User], point: str, given: dict[str, tuple[str, str]], word: str
) -> None:
    row, by = choosing
    with pytest.raises(InvalidValueError) as refused:
        points.save_choice(by=by, score=score_of(row, point), given=given, version=0)
    assert word in refused.value.message + refused.value.advice
    assert score_of(row, point).version == 0


def test_two_people_stating_different_things_are_told(choosing: tuple[Assessment, User], person: MakePerson) -> None:
    row, by = choosing
    clerk = person("clerk", Role.SUPERVISION_CLERK, row.region)
    points.save_choice(by=by, score=score_of(row, "1.1.2"), given={"grade": ("优", "")}, version=0)
    with pytest.raises(ConflictError) as conflict:
        points.save_choice(by=clerk, score=score_of(row, "1.1.2"), given={"grade": ("良", "")}, version=0)
    assert (conflict.value.theirs.value, conflict.value.yours) == ("等级：优", "等级：良")
    assert conflict.value.theirs.by == "education"
    same = points.save_choice(by=clerk, score=score_of(row, "1.1.2"), given={"grade": ("优", "")}, version=0)
    assert same.version == 1


def test_the_page_asks_what_the_rules_ask_and_saves_it(choosing: tuple[Assessment, User], signed_in: SignIn) -> None:
    _, by = choosing
    client: Client = signed_in(by)
    page = client.get(ITEM).content.decode()
    for word in ("全年专题研究不少于两次", "choice-item:meetings", "choice-grade", "合格 2 至 2.8 分", "尚未填"):
        assert word in page
    data: dict[str, Any] = {"choice-grade": "合格", "choice-discretion": "2.4", "reason-discretion": "", "version": 0}
    saved = client.post(f"{ITEM}points/1.1.2/choice/", data, headers=HX)
    assert saved.status_code == 200
    shown = saved.content.decode()
    assert "已填" in shown
    assert 'name="version" id="choice-' in shown
    data |= {"reason-discretion": "<b>多数</b>学校已落实", "version": 1}
    assert client.post(f"{ITEM}points/1.1.2/choice/", data, headers=HX).status_code == 200
    page = client.get(f"{ITEM}?tab=history").content.decode()
    assert "&lt;b&gt;多数&lt;/b&gt;学校已落实" in page
    assert "修改测评点 1.1.2 判定" in page
    assert client.post(f"{ITEM}points/1.1.2/choice/", data | {"choice-grade": "优"}, headers=HX).status_code == 409
    assert client.post(f"{ITEM}points/1.1.1/choice/", {"choice-grade": "优"}, headers=HX).status_code == 422


def test_points_given_without_a_reason_hold_the_submission_back(choosing: tuple[Assessment, User]) -> None:
    row, by = choosing
    state(row, by, "1.1.2", {"grade": ("合格", ""), "discretion": ("2.5", "")})
    answer = Answer.objects.get(assessment=row, item="1.1")
    assert any("没有说明理由" in gap and "酌情得分" in gap for gap in missing_for_submission(answer))
    state(row, by, "1.1.2", {"discretion": ("2.5", "多数学校已落实")})
    assert not any("酌情得分" in gap for gap in missing_for_submission(Answer.objects.get(pk=answer.pk)))


def test_what_was_stated_comes_back_from_its_fields(choosing: tuple[Assessment, User]) -> None:
    row, _ = choosing
    for point in ("1.1.1", "1.1.2", "1.2.3", "1.3.2", "5.1"):
        rule = asked(row, point)
        given = {}
        for each in fields_of(rule, {}):
            value = {"options": each.options[-1] if each.options else "", "count": "2", "points": ""}[each.kind]
            given[each.key] = (value, "")
        kept = choice_of(rule, given, {}, "某人")
        again = {each.key: (each.value, each.reason) for each in fields_of(rule, kept)}
        assert choice_of(rule, again, {}, "某人") == kept
        assert choice_words(rule, kept) or point == "1.3.2"


def test_a_text_quotes_what_was_stated_for_its_own_points_only(
    choosing: tuple[Assessment, User], signed_in: SignIn
) -> None:
    row, by = choosing
    answer = Answer.objects.get(assessment=row, item="1.1")
    answers.save_note(by=by, answer=answer, note="校长负责制{{判定.1.1.2}}，师德{{判定.1.2.3}}。", version=0)
    client = signed_in(by)
    page = client.get(ITEM).content.decode()
    assert "「未填报」" in page
    assert "{{判定.1.2.3}}</mark>" in page
    assert '<option value="{{判定.1.1.2}}">' in page
    state(row, by, "1.1.2", {"grade": ("良", "")})
    shown = client.get(ITEM).content.decode()
    assert '<span class="bound bound" title="中小学校党组织领导的校长负责制落实 · 判定">等级：良</span>' in shown
    kept = next(each for each in submission.snapshot(row)["items"] if each["item"] == "1.1")
    assert kept["note"] == "校长负责制等级：良，师德{{判定.1.2.3}}。"
    assert next(each for each in kept["points"] if each["point"] == "1.1.2")["stated"] == "等级：良"


def test_the_worksheet_goes_out_with_the_fields_and_comes_back(choosing: tuple[Assessment, User]) -> None:
    row, by = choosing
    own = list(Answer.objects.filter(assessment=row, item__in=("1.1", "1.2")))
    sent = bulk.worksheet_rows(row, own)
    typed = {
        "等级（优/良/合格/不合格）": ("合格", ""),
        "酌情得分（2 至 2.8 分，须写理由）": ("2.2", "多数学校已落实"),
        "有无所列情形（没有/有）": ("有", ""),
        "处理不及时（每次扣 0.5 至 1 分）": ("2", ""),
        "处理不及时每次扣分（0.5 至 1 分，须写理由）": ("0.5", "晚了三天"),
    }
    lines = [
        FileLine(number, each.key, each.name, *typed.get(each.part, (each.value, each.remark)))
        for number, each in enumerate(sent, start=2)
    ]
    points_line = next(number for number, each in enumerate(sent) if each.part == "自评分" and "校长" in each.name)
    lines[points_line] = replace(lines[points_line], value="2.2")
    plan = bulk.plan(by=by, assessment=row, answers=own, lines=lines)
    assert (plan.errors, len(plan.changes)) == ((), 6)
    assert bulk.save_plan(by=by, assessment=row, changes=list(plan.changes)) == ()
    by_point = {each.point.id: each for each in forecast(row).points}
    assert by_point["1.1.2"].award.points == Decimal("2.2")
    assert by_point["1.2.3"].award.points == 2
    assert score_of(row, "1.1.2").points == Decimal("2.2")
    again = bulk.plan(by=by, assessment=row, answers=own, lines=lines)
    assert (again.changes, again.errors) == ((), ())
    wrong = [replace(each, value="甲") if each.value == "合格" else each for each in lines]
    refused = bulk.plan(by=by, assessment=row, answers=own, lines=wrong)
    assert [error.number for error in refused.errors] == [
        lines.index(each) + 2 for each in lines if each.value == "合格"
    ]
    assert "优、良、合格、不合格" in refused.errors[0].message
