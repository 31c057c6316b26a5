"""Who reads a report, who decides, who notes: the table of roles and pages, walked."""

from datetime import date

import pytest

from dudao.web.audit.models import Event
from dudao.web.document_checks.actions import decisions, reports
from dudao.web.document_checks.models import Entry, Note, Report
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, PointScore
from dudao.web.notices.models import Notice
from dudao.web.people.models import Grant
from dudao.workflow.machine import Role
from tests.web.checked_reports import FINE, LIST, OTHER, TITLE, WRONG, upload, word
from tests.web.conftest import MakePerson, OpenedRound, SignIn, World


@pytest.fixture
def report(opened: OpenedRound) -> Report:
    raw = word([TITLE, "一、教育经费", WRONG, "二、学生", OTHER, "三、学前", FINE])
    made = reports.receive(by=opened.clerk, assessment=opened.assessment, raw=raw, name="送审文本.docx", shared=True)
    return Report.objects.select_related("assessment__region", "current").get(pk=made.report_id)


def entry(report: Report, words: str) -> Entry:
    return next(row for row in Entry.objects.filter(version=report.current, number__gt=0) if words in row.message)


def hand_over(opened: OpenedRound) -> None:
    PointScore.objects.filter(answer__assessment=opened.assessment).update(points=1)
    Answer.objects.filter(assessment=opened.assessment).update(state="locked")
    Assessment.objects.filter(pk=opened.assessment.pk).update(state="submitted", version=1)


def test_the_level_above_reads_shared_reports_once_they_are_handed_over(
    opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    reviewer = person("reviewer", Role.REVIEWER, world.province)
    page = f"{LIST}{report.pk}/"
    for client in (signed_in(reviewer), signed_in(opened.province)):
        assert client.get(page).status_code == 404
    hand_over(opened)
    for client in (signed_in(reviewer), signed_in(opened.province)):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "不采纳…" not in shown.content.decode()
        assert client.get(f"{page}exports/html/").status_code == 200
        key = entry(report, "8.91").key
        assert client.post(f"{page}decide/{key}/", {"state": "accepted"}).status_code == 403
        assert client.post(f"{page}remove/").status_code == 403
        assert client.post(f"{page}share/", {"shared": "0"}).status_code == 403
        assert client.post(f"{page}check-again/").status_code == 403
        assert client.post(LIST, {"file": upload([TITLE])}).status_code == 403
    reports.share(by=opened.clerk, report=report, shared=False)
    assert signed_in(reviewer).get(page).status_code == 404
    assert report.title not in signed_in(reviewer).get(LIST).content.decode()


def test_notes_of_the_review_are_for_the_level_above_alone(
    opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    reviewer = person("reviewer", Role.REVIEWER, world.province)
    hand_over(opened)
    one = entry(report, "8.91")
    above, own = signed_in(reviewer), signed_in(opened.clerk)
    address = f"{LIST}{report.pk}/note/{one.key}/"
    assert above.post(address, {"text": "实地核查时问财政局"}).status_code == 302
    page = f"{LIST}{report.pk}/?finding={one.number}"
    assert "实地核查时问财政局" in above.get(page).content.decode()
    assert "实地核查时问财政局" in signed_in(opened.province).get(page).content.decode()
    for where in (page, f"{LIST}{report.pk}/versions/", "/audit/"):
        assert "实地核查时问财政局" not in own.get(where).content.decode()
    assert "复核笔记" not in own.get("/audit/").content.decode()
    assert Event.objects.get(action="document_checks.report.note").region == "990000"
    assert own.post(address, {"text": "也写一句"}).status_code == 403
    assert signed_in(opened.province).post(address, {"text": "也写一句"}).status_code == 403
    above.post(address, {"text": ""})
    assert not Note.objects.exists()


def test_a_department_reads_what_was_passed_to_it_and_nothing_else(
    opened: OpenedRound, report: Report, signed_in: SignIn, world: World
) -> None:
    client = signed_in(opened.officer)
    page = f"{LIST}{report.pk}/"
    assert client.get(page).status_code == 404
    one, other = entry(report, "8.91"), entry(report, "440人")
    decisions.decide(
        by=opened.clerk, report=report, key=one.key, state="passed_on", reason="请核对决算", department=world.finance
    )
    shown = client.get(page).content.decode()
    assert "增长8.91%" in shown.replace("</a>", "").replace("<sup>1</sup>", "") or "8.91%" in shown
    assert "请核对决算" in shown
    told = Notice.objects.get(person=opened.officer, kind="finding_passed_on")
    assert client.get(told.address).status_code == 200
    assert not Notice.objects.filter(kind="finding_passed_on").exclude(person=opened.officer).exists()
    for hidden in ("10140", "5232", "440人"):
        assert hidden not in shown
        assert hidden not in client.get(f"{page}?show=all&only=all").content.decode()
        assert hidden not in client.get(f"{page}parts/0/").content.decode()
        assert hidden not in client.get(f"{page}?print=1").content.decode()
    assert client.get(f"{page}findings/{other.place}/").status_code == 404
    assert client.get(f"{page}findings/{one.place}/", headers={"HX-Request": "true"}).status_code == 200
    for place in ("exports/html/", "exports/docx/", "exports/xlsx/", "exports/original/", "versions/"):
        assert client.get(page + place).status_code == 404
    assert client.post(f"{page}decide/{one.key}/", {"state": "accepted"}).status_code == 403
    decisions.decide(by=opened.clerk, report=report, key=one.key, state="open")
    assert client.get(page).status_code == 404


def test_leaders_read_and_change_nothing(
    opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    client = signed_in(person("leader", Role.LEADER, world.city))
    page = f"{LIST}{report.pk}/"
    assert client.get(page).status_code == 200
    assert "上传要核验的报告" not in client.get(LIST).content.decode()
    assert client.post(f"{page}decide/{entry(report, '8.91').key}/", {"state": "accepted"}).status_code == 403
    assert client.post(f"{page}versions/", {"file": upload([TITLE])}).status_code == 403
    assert client.post(f"{page}restore/").status_code == 404


@pytest.mark.parametrize("role", [Role.SCHOOL_SUPERVISOR, Role.SYSTEM_ADMINISTRATOR])
def test_roles_without_the_page_are_refused(
    role: Role, opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    client = signed_in(person("someone", role, world.city))
    for address in (LIST, f"{LIST}{report.pk}/", f"{LIST}draft/", f"{LIST}{report.pk}/exports/html/"):
        assert client.get(address).status_code == 403


def test_neighbours_learn_nothing(
    opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    neighbour = person("neighbour clerk", Role.SUPERVISION_CLERK, world.other_city)
    ended = person("was clerk", Role.SUPERVISION_CLERK, world.city)
    Grant.objects.filter(user=ended).update(ends=date(2020, 1, 1))
    page = f"{LIST}{report.pk}/"
    assert signed_in(neighbour).get(page).status_code == 404
    assert signed_in(neighbour).post(f"{page}remove/").status_code == 404
    assert signed_in(ended).get(page).status_code == 403
    foreign = world.other_finance
    key = entry(report, "8.91").key
    refused = signed_in(opened.clerk).post(f"{page}decide/{key}/", {"state": "passed_on", "department": foreign.pk})
    assert refused.status_code == 422


def test_reviewers_see_the_findings_beside_the_item_after_submission(
    opened: OpenedRound, report: Report, person: MakePerson, signed_in: SignIn, world: World
) -> None:
    item = "/2022/990100/duty/self/3.10/"
    Answer.objects.filter(assessment=opened.assessment, item="3.10").update(note=WRONG)
    client = signed_in(person("reviewer", Role.REVIEWER, world.province))
    assert client.get(item).status_code == 404
    hand_over(opened)
    shown = client.get(item).content.decode()
    assert "7.8789%至7.9431%" in shown
    assert "报告中的发现" not in shown
    item_of_report = opened.answer("3.10")
    name = next(each.name for each in items_of(scheme_of(opened.assessment.round.scheme)) if each.id == "3.10")
    raw = word([TITLE, f"（一）{name}", OTHER])
    made = reports.receive(by=opened.clerk, assessment=item_of_report.assessment, raw=raw, name="内部稿.docx")
    assert "报告中的发现" not in client.get(item).content.decode()
    reports.share(by=opened.clerk, report=made.report, shared=True)
    assert "440人" in client.get(item).content.decode()
    assert "不采纳…" not in shown
