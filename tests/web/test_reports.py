"""Reports checked in the platform: from the upload to the decision, and from one version to the next."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dudao.web.audit.models import Event
from dudao.web.background.worker import run_all
from dudao.web.demonstration.files import pdf_file
from dudao.web.document_checks.actions import decisions, draft_findings, reports
from dudao.web.document_checks.checking import takes_long
from dudao.web.document_checks.models import Entry, Handling, Report, Version
from dudao.web.document_checks.notes import checked_text
from dudao.web.document_checks.queries import change_of, former, solved_entries
from dudao.web.evaluations.actions import answers
from dudao.web.evaluations.models import FactValue
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.evidence.models import StoredFile
from tests.web.checked_reports import CLASSES, FINE, LIST, OTHER, RIGHT, TITLE, WRONG, upload, word
from tests.web.conftest import OpenedRound, SignIn


def received(opened: OpenedRound, *lines: str, **given: object) -> Version:
    raw = word([TITLE, *lines])
    return reports.receive(by=opened.clerk, assessment=opened.assessment, raw=raw, name="报告.docx", **given)  # type: ignore[arg-type]


def report_of(version: Version) -> Report:
    return Report.objects.select_related("assessment__region", "assessment__round__scheme", "current").get(
        pk=version.report_id
    )


def finding(version: Version, words: str) -> Entry:
    return next(entry for entry in version.entries.filter(number__gt=0) if words in entry.message)


def test_an_uploaded_report_shows_its_errors_with_formula_interval_and_what_would_fit(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    client = signed_in(opened.clerk)
    sent = client.post(LIST, {"file": upload([TITLE, "一、教育经费", WRONG, FINE])})
    assert sent.status_code == 302
    shown = client.get(sent["Location"]).content.decode()
    assert "7.8789% ～ 7.9431%" in shown
    assert "<del>8.91%</del>" in shown
    assert "<ins>7.91%</ins>" in shown
    assert 'class="m b"' in shown
    assert 'class="m g"' in shown
    assert "34.915亿元 ～ 34.925亿元" in shown
    listed = client.get(LIST).content.decode()
    assert "已核验" in listed
    assert Event.objects.get(action="document_checks.report.receive").region == "990100"
    assert Report.objects.get().counts["open"] == 1


def test_filters_stand_in_the_address(opened: OpenedRound, signed_in: SignIn) -> None:
    version = received(opened, WRONG, "没有数字的一段话。" * 5, OTHER, FINE)
    client = signed_in(opened.clerk)
    page = f"{LIST}{version.report_id}/"
    folded = client.get(f"{page}?show=problems&finding=2").content.decode()
    assert "略去" in folded
    assert 'data-asked="2" data-handled="" data-open' in folded
    whole = client.get(f"{page}?only=consistent").content.decode()
    assert 'id="c' in whole
    assert client.get(f"{page}?only=<script>&show=x&finding=%20&part=99999999&version=1").status_code == 200
    assert client.get(f"{page}?finding=%00").status_code == 400
    assert client.get(f"{page}?version=7").status_code == 404
    assert client.get(f"{page}parts/0/").status_code == 200
    assert client.get(f"{page}parts/9/").status_code == 404
    printed = client.get(f"{page}?print=1").content.decode()
    assert "核验意见" in printed
    assert "增长8.91%" in printed


def test_a_finding_is_accepted_set_aside_with_a_reason_passed_on_and_opened_again(opened: OpenedRound) -> None:
    version = received(opened, WRONG, OTHER)
    report, key = report_of(version), finding(version, "8.91").key
    with pytest.raises(InvalidValueError):
        decisions.decide(by=opened.clerk, report=report, key=key, state="dismissed", reason="不")
    with pytest.raises(InvalidValueError):
        decisions.decide(by=opened.clerk, report=report, key=key, state="passed_on")
    with pytest.raises(InvalidValueError):
        decisions.decide(by=opened.clerk, report=report, key=key, state="burn")
    with pytest.raises(NotPossibleError):
        decisions.decide(by=opened.clerk, report=report, key="gone", state="accepted")
    with pytest.raises(NotAllowedError):
        decisions.decide(by=opened.officer, report=report, key=key, state="accepted")
    finance = opened.officer.grants.get().department
    for state, reason, to in (
        ("accepted", "", None),
        ("dismissed", "口径不同，见统计公报", None),
        ("passed_on", "请核对", finance),
    ):
        decisions.decide(by=opened.clerk, report=report, key=key, state=state, reason=reason, department=to)
        assert report_of(version).counts[state] == 1
        assert Handling.objects.get().state == state
        told = Event.objects.get(action=f"document_checks.report.{state}")
        assert told.reason == reason
    decisions.decide(by=opened.clerk, report=report, key=key, state="open")
    assert not Handling.objects.exists()
    assert report_of(version).counts["open"] == 2


def test_a_decision_by_htmx_answers_with_the_card_and_the_counts(opened: OpenedRound, signed_in: SignIn) -> None:
    version = received(opened, WRONG, OTHER)
    entry = finding(version, "8.91")
    client = signed_in(opened.clerk)
    address = f"{LIST}{version.report_id}/decide/{entry.key}/"
    answer = client.post(address, {"state": "accepted", "finding": entry.place}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert f'id="{entry.place}"' in text
    assert 'id="chips"' in text
    assert "已处理 1 / 2" in text
    refused = client.post(address, {"state": "dismissed", "reason": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert client.post(address, {"state": "open"}).status_code == 302


def test_the_next_version_tells_what_was_solved_and_keeps_decisions(opened: OpenedRound, signed_in: SignIn) -> None:
    first = received(opened, WRONG, OTHER, FINE)
    report, kept = report_of(first), finding(first, "440人")
    decisions.decide(by=opened.clerk, report=report, key=kept.key, state="dismissed", reason="以学籍系统为准。")
    client = signed_in(opened.clerk)
    address = f"{LIST}{report.pk}/versions/"
    assert client.post(address, {"file": upload([TITLE, WRONG, OTHER, FINE], "报告.docx")}).status_code in {302, 422}
    sent = client.post(address, {"file": upload([TITLE, "新加的一段，没有数字。", RIGHT, OTHER, FINE])})
    assert sent.status_code == 302
    second = report.versions.first()
    assert second is not None
    before = former(second)
    change = change_of(second, before)
    assert change is not None
    assert (change.solved, change.same, change.new) == (1, 1, 0)
    assert "8.91" in solved_entries(second, before).get().message
    shown = client.get(f"{LIST}{report.pk}/").content.decode()
    assert "已改正 1" in shown
    again = report_of(second)
    assert (again.counts["open"], again.counts["dismissed"], again.counts["solved"]) == (0, 1, 1)
    compared = client.get(f"{address}?version={second.number}").content.decode()
    assert "增长8.91%" in compared


def test_an_error_that_comes_back_and_one_whose_figures_changed_are_told_apart(opened: OpenedRound) -> None:
    report = report_of(received(opened, WRONG, OTHER))

    def standing(*lines: str) -> dict[str, str]:
        made = reports.add_version(by=opened.clerk, report=report, raw=word([TITLE, *lines]), name="再改.docx")
        return {entry.code + entry.sentence: entry.standing for entry in made.entries.filter(number__gt=0)}

    assert set(standing(RIGHT, OTHER).values()) == {"same"}
    assert sorted(standing(WRONG, OTHER).values()) == ["reappeared", "same"]
    assert sorted(standing(WRONG, OTHER.replace("440", "540")).values()) == ["changed", "same"]
    latest = report.versions.first()
    assert latest is not None
    assert not solved_entries(latest, former(latest)).exists()


def test_the_same_file_is_no_new_version(opened: OpenedRound) -> None:
    raw = word([TITLE, WRONG])
    made = reports.receive(by=opened.clerk, assessment=opened.assessment, raw=raw, name="报告.docx")
    with pytest.raises(InvalidValueError, match="内容相同"):
        reports.add_version(by=opened.clerk, report=report_of(made), raw=raw, name="另一个名字.docx")
    assert StoredFile.objects.count() == 1


def test_figures_that_differ_from_those_filled_in_name_both_places(opened: OpenedRound, signed_in: SignIn) -> None:
    fact = FactValue.objects.get(region=opened.assessment.region, name="compulsory_large_classes", period="2022")
    FactValue.objects.filter(pk=fact.pk).update(value="4", unit="个")
    version = received(opened, CLASSES)
    entry = version.entries.get(code="claims.tie")
    assert entry.look == "contradiction"
    assert entry.detail["other"]["text"] == "4个"
    assert entry.detail["other"]["item"]
    shown = signed_in(opened.clerk).get(f"{LIST}{version.report_id}/").content.decode()
    assert f"/self/{entry.detail['other']['item']}/" in shown
    FactValue.objects.filter(pk=fact.pk).update(value="7")
    reports.check_again(by=opened.clerk, version=version)
    assert not version.entries.filter(code="claims.tie").exists()


def test_a_dismissed_difference_is_open_again_when_the_figure_filled_in_changes(opened: OpenedRound) -> None:
    facts = FactValue.objects.filter(region=opened.assessment.region, name="compulsory_large_classes", period="2022")
    facts.update(value="4", unit="个")
    version = received(opened, CLASSES)
    report, entry = report_of(version), version.entries.get(code="claims.tie")
    decisions.decide(by=opened.clerk, report=report, key=entry.key, state="dismissed", reason="统计时点不同。")
    facts.update(value="5")
    reports.check_again(by=opened.clerk, version=version)
    assert report_of(version).counts == {"open": 1, "accepted": 0, "dismissed": 0, "passed_on": 0, "solved": 0}


def test_the_report_of_the_year_before_is_held_against_this_one(opened: OpenedRound) -> None:
    year = opened.assessment.round
    type(year).objects.filter(pk=year.pk).update(year=2021)
    last = "2021年全市体质健康优良率45.2%。"
    received(opened, last, shared=True)
    type(year).objects.filter(pk=year.pk).update(year=2022)
    old = Report.objects.get()
    other = type(opened.assessment.round).objects.create(
        scheme=year.scheme, region=year.region, year=2021, slug="duty", title="去年", opened_by=opened.province
    )
    Report.objects.filter(pk=old.pk).update(
        assessment=type(opened.assessment).objects.create(round=other, region=opened.assessment.region)
    )
    version = received(opened, "2021年全市体质健康优良率46.2%，2022年全市体质健康优良率46.8%。")
    entry = version.entries.get(code="claims.tie")
    assert entry.detail["other"]["text"] == "45.2%"
    assert "2021年度" in entry.detail["other"]["file"]
    assert len(version.summary["references"]) == 2


def test_what_was_set_aside_in_the_draft_is_set_aside_in_the_report(opened: OpenedRound) -> None:
    answers.save_note(by=opened.clerk, answer=opened.answer(), note=WRONG, version=0)
    (line,) = checked_text(WRONG, {}).findings
    handle = draft_findings.handle
    handle(by=opened.clerk, answer=opened.answer(), key=line.key, quote="", state="dismissed", reason="决算调整所致")
    version = received(opened, WRONG)
    taken = Handling.objects.get(report=version.report_id)
    assert (taken.key, taken.reason) == (line.key, "决算调整所致")
    assert report_of(version).counts["dismissed"] == 1


def test_exports_hold_what_was_found_and_decided(opened: OpenedRound, signed_in: SignIn) -> None:
    version = received(opened, WRONG, OTHER, "=1+1这一行以等号开头，没有算出2022年比2021年的10人增加3人达到12人。")
    report = report_of(version)
    key = finding(version, "440人").key
    decisions.decide(by=opened.clerk, report=report, key=key, state="dismissed", reason="以学籍系统为准。")
    client = signed_in(opened.clerk)
    base = f"{LIST}{version.report_id}/exports/"
    page = client.get(f"{base}html/")
    assert page["Content-Disposition"].startswith("attachment")
    assert "sandbox" in page["Content-Security-Policy"]
    html = page.content.decode()
    assert "7.8789% ～ 7.9431%" in html
    assert "以学籍系统为准" in html
    assert "https://" not in html
    with zipfile.ZipFile(io.BytesIO(client.get(f"{base}docx/").content)) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "7.91%" in comments
    assert "440人" not in comments
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}xlsx/").content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("以学籍系统为准" in cell for cell in cells)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert client.get(f"{base}original/").content == word_of(version)
    assert client.get(f"{base}exe/").status_code == 404
    assert Event.objects.filter(action="document_checks.report.download").count() == 4


def word_of(version: Version) -> bytes:
    from dudao.web.evidence.storage import content_of

    return content_of(version.file_id)


def test_a_text_has_no_copy_with_comments(opened: OpenedRound, signed_in: SignIn) -> None:
    made = reports.receive(
        by=opened.clerk, assessment=opened.assessment, raw=f"{TITLE}\n{WRONG}".encode(), name="报告.txt"
    )
    refused = signed_in(opened.clerk).get(f"{LIST}{made.report_id}/exports/docx/")
    assert refused.status_code == 409
    assert "不是 docx" in refused.content.decode()


def hostile() -> dict[str, bytes]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    deep = io.BytesIO()
    with zipfile.ZipFile(deep, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, format="PNG")
    return {
        "空.docx": b"",
        "炸弹.docx": bomb.getvalue(),
        "实体.docx": deep.getvalue(),
        "半截.docx": word(["一段"])[:900],
        "程序.docx": b"MZ" + bytes(range(256)) * 8,
        "加密.pdf": b"%PDF-1.4\n/Encrypt",
        "空白.txt": "\n \u3000\n".encode(),
    }


@pytest.mark.parametrize("name", sorted(hostile()))
def test_hostile_and_broken_files_are_refused_with_a_sentence_and_leave_nothing(
    name: str, opened: OpenedRound, signed_in: SignIn
) -> None:
    answer = signed_in(opened.clerk).post(LIST, {"file": SimpleUploadedFile(name, hostile()[name])})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Event.objects.filter(action__startswith="document_checks").exists()


def test_nothing_chosen_is_told(opened: OpenedRound, signed_in: SignIn) -> None:
    answer = signed_in(opened.clerk).post(LIST, {})
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_the_text_of_a_report_is_shown_as_text(opened: OpenedRound, signed_in: SignIn) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    version = received(opened, evil + WRONG, title=f"{evil}报告")
    client = signed_in(opened.clerk)
    for address in ("", "?show=problems", "?print=1", "versions/", "findings/f1/", "parts/0/"):
        text = client.get(f"{LIST}{version.report_id}/{address}", headers={"HX-Request": "true"}).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_pages_cost_the_same_however_much_was_found(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def report_with(findings: int) -> Version:
        wrong = (WRONG.replace("34.92", f"{34 + step}.92") for step in range(findings))
        return received(opened, *wrong, *[FINE] * 2 * findings, title=f"有{findings}处")

    few, many = report_with(80), report_with(200)  # both with a next page of the list
    assert many.leaves.count() > few.leaves.count() > 1
    pages = ("", "?show=problems", "?only=all", "?print=1", "versions/")
    for address in pages:
        cost(f"{LIST}{few.report_id}/{address}")
    assert [cost(f"{LIST}{few.report_id}/{page}") for page in pages] == [
        cost(f"{LIST}{many.report_id}/{page}") for page in pages
    ]
    listed = cost(LIST)
    for _ in range(3):
        received(opened, FINE, title=f"又一份{_}")
    assert cost(LIST) == listed


def test_removed_reports_come_back_until_their_time_is_over(
    opened: OpenedRound, signed_in: SignIn, settings: object
) -> None:
    version = received(opened, WRONG)
    report = report_of(version)
    decisions.decide(by=opened.clerk, report=report, key=finding(version, "8.91").key, state="accepted")
    client = signed_in(opened.clerk)
    base = f"{LIST}{report.pk}/"
    assert client.post(f"{base}remove/").status_code == 302
    assert client.get(base).status_code == 404
    assert report.title in client.get(f"{LIST}?removed=1").content.decode()
    assert client.post(f"{base}restore/").status_code == 302
    assert client.get(base).status_code == 200
    client.post(f"{base}remove/")
    call_command("checks_prune", stdout=io.StringIO())
    assert Report.objects.exists()
    Report.objects.update(removed_at=timezone.now() - timedelta(days=366))
    call_command("checks_prune", "--dry-run", stdout=io.StringIO())
    assert Report.objects.exists()
    call_command("checks_prune", stdout=io.StringIO())
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
    assert Event.objects.filter(action="document_checks.report.forget").count() == 1


def test_a_long_report_is_checked_in_the_background_and_shown_part_by_part(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    lines = [TITLE, *(f"{FINE}第{number}段。" for number in range(4000)), WRONG]
    text = "\n".join(lines).encode()
    assert len(text) > 350_000
    client = signed_in(opened.clerk)
    sent = client.post(LIST, {"file": SimpleUploadedFile("长.txt", text)})
    page = sent["Location"]
    waiting = client.get(page).content.decode()
    assert "正在核验" in waiting
    assert "job-progress" in waiting
    assert run_all() == 1
    version = Version.objects.get()
    assert version.state == "done"
    shown = client.get(page).content.decode()
    assert len(shown) < 120_000
    assert shown.count('class="leaf wait"') > 5
    assert "8.91" in shown
    last = version.leaves.count() - 1
    assert "8.91" in client.get(f"{page}parts/{last}/").content.decode()
    folded = client.get(f"{page}?show=problems").content.decode()
    assert "部分没有发现" in folded


def test_a_scanned_pdf_is_for_the_background_and_one_with_text_is_not() -> None:
    picture = io.BytesIO()
    Image.new("L", (600, 800), "white").save(picture, format="PDF")
    assert takes_long("application/pdf", picture.getvalue())
    assert not takes_long("application/pdf", pdf_file(TITLE, (WRONG, FINE)))
    assert not takes_long("application/pdf", b"%PDF-1.4 broken")


def test_a_long_file_that_cannot_be_read_says_so_on_its_page(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    sent = client.post(LIST, {"file": SimpleUploadedFile("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)})
    assert sent.status_code == 302
    assert run_all() == 1
    version = Version.objects.get()
    assert version.state == "failed"
    assert version.problem in client.get(sent["Location"]).content.decode()
    mended = client.post(f"{sent['Location']}versions/", {"file": upload([TITLE, FINE])})
    assert mended.status_code == 302
    assert Report.objects.get().current.number == 2  # type: ignore[union-attr]


SENTENCES = st.lists(st.sampled_from((WRONG, RIGHT, OTHER, FINE, "没有数字。", CLASSES)), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts=st.lists(SENTENCES, min_size=2, max_size=4))
def test_whatever_is_edited_counts_add_up_and_nothing_is_lost(opened: OpenedRound, drafts: list[list[str]]) -> None:
    Report.objects.all().delete()
    version = received(opened, *drafts[0])
    report = report_of(version)
    seen: set[str] = set(version.entries.filter(number__gt=0).values_list("key", flat=True))
    for number, lines in enumerate(drafts[1:], start=2):
        raw = word([TITLE, *lines, f"第{number}次修改。"])
        made = reports.add_version(by=opened.clerk, report=report, raw=raw, name="改.docx")
        before = former(made)
        assert before is not None
        change = change_of(made, before)
        assert change is not None
        found = made.entries.filter(number__gt=0)
        keys = set(found.values_list("key", flat=True))
        last = set(before.entries.filter(number__gt=0).values_list("key", flat=True))
        assert change.same + change.changed + change.new + change.reappeared == found.count()
        assert set(found.filter(standing="same").values_list("key", flat=True)) == keys & last
        assert set(found.filter(standing="reappeared").values_list("key", flat=True)) == (keys & seen) - last
        gone = set(solved_entries(made, before).values_list("key", flat=True))
        assert gone <= last - keys
        counts = report_of(made).counts
        assert counts["open"] == found.count()
        seen |= keys
