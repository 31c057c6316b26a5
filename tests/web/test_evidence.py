import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from django.conf import settings
from PIL import Image

from dudao.web.audit.models import Event
from dudao.web.document_checks.checking import takes_long
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence
from dudao.web.evidence.queries import standing
from dudao.web.evidence.storage import MissingContentError, content_of
from dudao.web.uploads.inspection import inspect, safe_name
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World

LIMIT = 1024 * 1024


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def package(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "word_in_answer"),
    [
        (b"", "空文件"),
        (b"x" * (LIMIT + 1), "超过上限"),
        (package(word__document=b"x", word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "宏"),
        (package(word__document=b"0" * (LIMIT * 10)), "异常大"),
        (package(readme=b"x"), "压缩包"),
        (b"PK\x03\x04broken", "损坏"),
        (b"%PDF-1.7 ... /Encrypt 1 0 R", "加密"),
        (b"%PDF-1.7 /JavaScript", "脚本"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)), "不是可以上传的"),
    ],
)
def test_what_must_not_be_kept_is_refused_with_its_sentence(raw: bytes, word_in_answer: str) -> None:
    with pytest.raises(InvalidValueError, match=word_in_answer):
        inspect(raw, "材料.docx", limit=LIMIT)


_TYPES = '<Types><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
_LINK = (
    '<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    '{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", _TYPES.encode()),
        ("[Content_Types].xml", _TYPES.encode("utf-16")),
        ("xl/macrosheets/sheet1.xml", b"<x/>"),
        ("word/_rels/settings.xml.rels", _LINK.format(kind="attachedTemplate", target="https://x.example/t").encode()),
        ("word/_rels/settings.xml.rels", _LINK.format(kind="attachedTemplate", target="\\\\host\\t").encode()),
        ("word/_rels/document.xml.rels", _LINK.format(kind="oleObject", target="http://x.example/t").encode()),
    ],
)
def test_a_program_is_found_whatever_its_part_is_called(part: str, content: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr(part, content)
    with pytest.raises(InvalidValueError, match="含有宏"):
        inspect(buffer.getvalue(), "a.docx", limit=LIMIT)


def test_a_link_in_the_text_is_no_program() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/_rels/document.xml.rels", _LINK.format(kind="hyperlink", target="https://x.example/"))
    assert inspect(buffer.getvalue(), "a.docx", limit=LIMIT).media.endswith("wordprocessingml.document")


def test_looking_for_programs_takes_no_longer_for_hostile_parts() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/_rels/a.rels", "<" * 500_000)
        archive.writestr("word/_rels/b.rels", "</attachedTemplate" * 30_000)
    began = time.process_time()
    inspect(buffer.getvalue(), "a.docx", limit=LIMIT)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "raw", [b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", b"<html><script>"]
)
def test_what_could_run_in_a_browser_is_text(raw: bytes) -> None:
    assert inspect(raw, "a.svg", limit=LIMIT).media == "text/plain"


def test_the_kind_is_told_by_content_not_by_name() -> None:
    for name in ("x.docx", "x.DOCX", "1.关于教育经费的通知", "增长3.5", "x", ".docx"):
        assert inspect(word("通知"), name, limit=LIMIT).media.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (word("通知"), "x.pdf", "内容是Word 文档，与扩展名 .pdf 不符"),
        (b"<table><tr><td>1</td></tr></table>", "x.xls", "内容是文本，与扩展名 .xls 不符"),
        (b"%PDF-1.4 \xe6\x96\x87", "x.docx", "内容是PDF，与扩展名 .docx 不符"),
        (b"del /q *.*", "x.bat", "扩展名 .bat 不在可以上传之列"),
        (b"alert(1)", "x.pdf.js", "扩展名 .js 不在可以上传之列"),
    ],
)
def test_a_name_that_promises_something_else_is_refused(raw: bytes, name: str, words: str) -> None:
    with pytest.raises(InvalidValueError, match=re.escape(words)):
        inspect(raw, name, limit=LIMIT)


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (b"{\\rtf1\\ansi \xcf\xf2 12}", "application/rtf"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "application/xml"),
    ],
)
@pytest.mark.parametrize("name", ["报告.doc", "报告.wps", "报告"])
def test_an_old_document_written_as_text_is_what_it_is_called(raw: bytes, media: str, name: str) -> None:
    assert inspect(raw, name, limit=LIMIT).media == media
    assert takes_long(media, raw)  # LibreOffice is not waited for in the page
    with pytest.raises(InvalidValueError, match=r"旧版 Office 文件，与扩展名 \.txt 不符"):
        inspect(raw, "报告.txt", limit=LIMIT)


def test_a_picture_may_be_named_as_any_picture() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(buffer, "PNG")
    assert inspect(buffer.getvalue(), "x.jpg", limit=LIMIT).media == "image/png"


def test_a_picture_is_drawn_anew_without_what_hides_beside_it() -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (20, 10), "red").save(buffer, "JPEG", exif=exif)
    kept = inspect(buffer.getvalue() + b"<script>", "a.jpg", limit=LIMIT)
    assert b"secret place" not in kept.content
    assert b"<script>" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (20, 10)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\表.xlsx", "表.xlsx"), ("\x00", "未命名"), ("..", "未命名")],
)
def test_a_name_is_kept_as_text_only(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_an_upload_is_kept_by_content_with_number_and_trail(world: World, person: MakePerson) -> None:
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    raw = word("云财教〔2022〕15号", "关于下达公用经费的通知", "各学校：")
    row = actions.receive(
        by=officer, department=world.finance, raw=raw, name="通知.docx", description=actions.Description()
    )
    assert row.number == "云财教〔2022〕15号"
    revision = row.revisions.get()
    assert content_of(revision.file_id) == raw
    assert Event.objects.get(action="evidence.receive").object_id == str(row.pk)
    actions.revise(by=officer, evidence=row, raw=word("第二稿"), name="通知2.docx")
    assert row.revisions.count() == 2


def test_a_changed_file_is_not_handed_out(world: World, person: MakePerson) -> None:
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    row = actions.receive(
        by=officer, department=world.finance, raw=word("一"), name="a.docx", description=actions.Description()
    )
    digest = row.revisions.get().file_id
    next(Path(settings.FILES_ROOT).rglob(digest)).write_bytes(b"other")
    with pytest.raises(MissingContentError, match="校验码"):
        content_of(digest)


def test_nobody_uploads_for_another_department(world: World, person: MakePerson) -> None:
    colleague = person("colleague", Role.DEPARTMENT_OFFICER, world.city, world.education)
    with pytest.raises(NotAllowedError):
        actions.receive(
            by=colleague, department=world.finance, raw=word("x"), name="a.docx", description=actions.Description()
        )
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_the_effective_period_is_judged_against_the_year() -> None:
    from datetime import date

    year = (date(2022, 1, 1), date(2022, 12, 31))
    assert standing(Evidence(), *year) == "unknown"
    assert standing(Evidence(effective_from=date(2022, 3, 1), effective_to=date(2022, 6, 30)), *year) == "within"
    assert standing(Evidence(effective_from=date(2021, 3, 1), effective_to=date(2022, 6, 30)), *year) == "partly"
    assert standing(Evidence(effective_from=date(2021, 3, 1), effective_to=date(2021, 6, 30)), *year) == "outside"
