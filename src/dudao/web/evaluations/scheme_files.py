"""From an uploaded Word or Excel file to the draft of a scheme, with what a person has to settle."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from dudao.errors import DudaoError, UnreadableInputError
from dudao.issues import Level
from dudao.pipelines.import_scheme import import_scheme
from dudao.scheme.import_table import ImportWishes
from dudao.scheme.model import Scheme
from dudao.web.evaluations.originals import Original, original_of
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.inspection import Inspected

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/rtf": ".doc",
    "application/xml": ".doc",
}
_WORDS = (
    ("（scored: false）", "（方案信息里的“只有结构，不计分”）"),
    ("补上分值后请删去这一行，写上总分", "补上分值后请去掉这个勾，写上满分"),
    ("grades和outcome_rules（veto、cap、downgrade）", "等次和等次规则"),
    ("outcome_rules（veto、cap、downgrade）", "等次规则"),
    ("full_points", "分值"),
    ("region_name", "地区名称"),
    ("requirement", "评价要求"),
    ("level：province、city或county", "评价对象"),
    ("year", "年度"),
    ("pack.yaml", "方案信息"),
    ("notes", "方案备注"),
)
_OLD_SUFFIXES = (".doc", ".xls", ".wps", ".et")


@dataclass(frozen=True, slots=True)
class UploadedScheme:
    """What was recognised in a file: the scheme, its files, each thing left undecided in one sentence, the original."""

    scheme: Scheme
    files: dict[str, str]
    undecided: tuple[str, ...]
    original: Original


def recognise(inspected: Inspected, name: str, *, wishes: ImportWishes, this_year: int) -> UploadedScheme:
    """Return the draft that a file holds.

    Raises:
        InvalidValueError: the file cannot be read, or no table of indicators is in it.
    """
    suffix = _SUFFIXES.get(inspected.media, "")
    if inspected.media == "application/x-ole-storage":
        suffix = next((each for each in _OLD_SUFFIXES if name.lower().endswith(each)), ".doc")
    if not suffix:
        raise InvalidValueError(
            _("“%(name)s”不是 Word、Excel 或 PDF 文件。") % {"name": name}, advice=_("请上传含有指标表的文件。")
        )
    with tempfile.TemporaryDirectory(prefix="dudao-scheme-") as folder:
        place = Path(folder) / f"{Path(name).stem[:80] or 'scheme'}{suffix}"
        place.write_bytes(inspected.content)
        try:
            draft = import_scheme(place, wishes=wishes, this_year=this_year)
        except UnreadableInputError as unreadable:
            raise _told(unreadable, place, name) from unreadable
        undecided = {
            _in_words_of_the_form(f"{issue.message}{issue.remedy}".replace(str(place), name)): issue.location
            for issue in reversed(draft.issues)
            if issue.code.startswith("import.") and issue.level is Level.WARNING
        }
        sentences = tuple(reversed(undecided))
        return UploadedScheme(
            draft.scheme, draft.files, sentences, original_of(name, draft.tables, draft.places, undecided)
        )


def _in_words_of_the_form(text: str) -> str:
    """Return what an import says with the names of fields in place of the keys of pack files."""
    for key, word in _WORDS:
        text = text.replace(key, word)
    return text


def _told(error: DudaoError, place: Path, name: str) -> InvalidValueError:
    return InvalidValueError(error.message.replace(str(place), name), advice=error.advice.replace(str(place), name))
