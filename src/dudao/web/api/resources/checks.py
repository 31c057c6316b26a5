"""Checking a document without keeping anything of it: the findings of `dudao check`."""

import dataclasses
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form
from ninja.files import UploadedFile

from dudao.errors import UnreadableInputError, WrongUseError
from dudao.pipelines.check import check_file
from dudao.pipelines.check_payload import document_payload
from dudao.web.api.bearer import count, token_of
from dudao.web.api.files import only_file
from dudao.web.api.offers import offers, router
from dudao.web.api.shapes.checks import CheckResult
from dudao.web.api.shapes.common import Given
from dudao.web.people.access import reads_content
from dudao.web.people.scopes import Scope
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.inspection import inspect

_offers = partial(offers, "核验")
CHECKS_PER_MINUTE = 20
_SUFFIXES = {
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".html", ".htm", ".md", ".csv"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}


class CheckGiven(Given):
    """How a document is checked."""

    scheme: Annotated[
        str, Field(max_length=80, pattern="^[a-z0-9-]*$", description="内置方案的标识；不写时自动寻找")
    ] = ""


@router.post(
    "/check",
    response=CheckResult,
    operation_id="check_document",
    **_offers(
        Scope.CHECK,
        reads_content,
        "核验文件",
        "上传 docx、pdf、txt、xlsx 或 html，答复与 dudao check --format json 相同。文件不保存。每分钟最多 20 次。",
    ),
)
def check_document(request: HttpRequest, file: File[UploadedFile], given: Form[CheckGiven]) -> CheckResult:
    """Check a document and return what `dudao check` says of it."""
    count(f"api-check:{token_of(request).pk}", CHECKS_PER_MINUTE)
    raw, name = only_file(request, file, settings.CHECK_LIMIT)
    seen = inspect(raw, name, limit=settings.CHECK_LIMIT, scanner=settings.UPLOAD_SCANNER)
    allowed = _SUFFIXES.get(seen.media)
    if allowed is None:
        raise InvalidValueError(
            _("“%(name)s”不能核验。") % {"name": name}, advice=_("可核验 docx、pdf、txt、xlsx 和 html。")
        )
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="dudao-check-") as folder:
        place = Path(folder) / f"upload{suffix if suffix in allowed else allowed[0]}"
        place.write_bytes(seen.content)
        try:
            checked = check_file(place, scheme=given.scheme)
        except (UnreadableInputError, WrongUseError) as unreadable:
            told = unreadable.message.replace(str(place), name)
            raise InvalidValueError(told, advice=unreadable.advice.replace(str(place), name)) from unreadable
    named = dataclasses.replace(checked, document=dataclasses.replace(checked.document, file=name))
    return CheckResult(documents=[document_payload(named)])
