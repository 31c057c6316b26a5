from decimal import Decimal
from io import BytesIO

import docx

from dudao.web.audit.models import Event
from dudao.web.document_checks.models import Report
from dudao.web.evaluations.actions import submission
from dudao.web.evaluations.models import Answer
from dudao.web.people.models import Grant
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, OpenedRound, SignIn, World
from tests.web.test_self_evaluation import fill_everything

ADDRESS = "/2022/990100/duty/outputs/"


def total_of(content: bytes) -> str:
    text: str = docx.Document(BytesIO(content)).tables[0].rows[-1].cells[3].text
    return text


def test_a_draft_says_that_it_is_one(opened: OpenedRound, signed_in: SignIn) -> None:
    answer = signed_in(opened.clerk).get(f"{ADDRESS}report-docx/")
    assert answer.status_code == 200
    assert "征求意见稿" in "\n".join(each.text for each in docx.Document(BytesIO(answer.content)).paragraphs)
    assert Event.objects.filter(action="publications.download").count() == 1


def test_what_was_submitted_prints_as_it_was(opened: OpenedRound, signed_in: SignIn) -> None:
    fill_everything(opened)
    submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    content = signed_in(opened.clerk).get(f"{ADDRESS}sheet-docx/?version=1").content
    assert Decimal(total_of(content)) == 15
    assert signed_in(opened.province).get(f"{ADDRESS}sheet-xlsx/").status_code == 200


def test_nobody_else_downloads(opened: OpenedRound, signed_in: SignIn) -> None:
    assert signed_in(opened.officer).get(f"{ADDRESS}sheet-docx/").status_code == 403
    assert signed_in(opened.other_officer).get(f"{ADDRESS}sheet-docx/").status_code == 403
    assert signed_in(opened.province).get(f"{ADDRESS}sheet-docx/").status_code == 404
    assert signed_in(opened.clerk).get(f"{ADDRESS}other/").status_code == 404


def test_the_page_lists_the_draft_and_every_submission(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    before = client.get(ADDRESS).content.decode()
    assert "没有提交" in before
    assert "version=1" not in before
    fill_everything(opened)
    submission.submit_assessment(by=opened.clerk, assessment=opened.assessment, password=PASSWORD)
    after = client.get(ADDRESS).content.decode()
    assert "第 1 次报送" in after
    assert after.count("version=1") == 3
    assert signed_in(opened.province).get(ADDRESS).status_code == 200
    assert signed_in(opened.officer).get(ADDRESS).status_code == 403


def test_who_is_an_officer_here_and_leads_elsewhere_reads_no_whole(
    opened: OpenedRound, signed_in: SignIn, world: World
) -> None:
    Grant.objects.create(user=opened.officer, role=Role.LEADER, region=world.other_city)
    client = signed_in(opened.officer)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}report-docx/").status_code == 404


def test_the_report_to_be_handed_out_is_read_back(opened: OpenedRound, signed_in: SignIn) -> None:
    wrong = "2022年全市一般公共预算教育支出34.92亿元，比2021年的32.36亿元增长8.91%。"
    Answer.objects.filter(assessment=opened.assessment, item="3.10").update(note=wrong)
    client = signed_in(opened.clerk)
    checked = client.post(f"{ADDRESS}check/", {"version": "draft"}, follow=True)
    assert "7.91%" in checked.content.decode()
    Answer.objects.filter(assessment=opened.assessment, item="3.10").update(note=wrong.replace("8.91", "7.91"))
    again = client.post(f"{ADDRESS}check/", {"version": "draft"}, follow=True)
    assert "已改正 1" in again.content.decode()
    assert Report.objects.count() == 1
    assert signed_in(opened.province).post(f"{ADDRESS}check/").status_code in {403, 404}
