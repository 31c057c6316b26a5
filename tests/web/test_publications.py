from decimal import Decimal
from io import BytesIO

import docx

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import submission
from tests.web.conftest import PASSWORD, OpenedRound, SignIn
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
