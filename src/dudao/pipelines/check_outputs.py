"""The files that `dudao check` can write besides its answer: annotated pages, commented copies, a table."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from dudao.documents.reading import STANDARD_INPUT
from dudao.errors import WrongUseError
from dudao.pipelines.check import CheckedDocument
from dudao.quantities.decimals import decimal_text
from dudao.reporting.claims_table import CheckedReport, claims_csv, claims_table, counted

AUTHOR = "督导核验"


@dataclass(slots=True)
class CheckOutputs:
    """Where to write what; None leaves a kind out. With several reports the page and the copy name folders.

    `uncommented` collects the reports that are no docx and so could not be given comments.
    """

    page: Path | None = None
    commented: Path | None = None
    table: Path | None = None
    several: bool = False
    uncommented: list[str] = field(default_factory=list)
    _counted: list[CheckedReport] = field(default_factory=list)
    _taken: set[Path] = field(default_factory=set)

    def check_places(self, inputs: list[Path]) -> None:
        """Refuse before any work is done: a report must not be overwritten, a folder must be one.

        Raises:
            WrongUseError: an output is one of the inputs, cannot be a folder, or lies where nothing can be written.
        """
        read = {path.resolve() for path in inputs}
        for place in (self.page, self.commented, self.table):
            if place is not None and place.resolve() in read:
                raise WrongUseError(f"输出“{place}”就是要核验的文件，会被覆盖。", advice="请换一个文件名。")
        for place in (self.page, self.commented, self.table):
            folder = place is not None and (place.is_dir() or (self.several and place is not self.table))
            if place is not None and not _can_be_written(place if folder else place.parent):
                raise _unwritable(place)
        for place in (self.page, self.commented):
            if place is not None and self.several and place.exists() and not place.is_dir():
                raise WrongUseError(f"核验多个文件时，“{place}”应是文件夹。", advice="请给出一个文件夹。")

    def add(self, checked: CheckedDocument) -> None:
        """Write the page and the copy of one report, and count it for the table."""
        made: list[tuple[Path, bytes]] = []
        if self.commented is not None and (copy := self._copy(checked)) is not None:
            made.append((self._place(self.commented, checked, ".docx"), copy))
        if self.page is not None:
            made.append((self._place(self.page, checked, ".html"), _page(checked).encode()))
        for place, content in made:
            _write(place, content)
        if self.table is not None:
            file = checked.document.file
            one = counted(file, checked.report, checked.findings, dismissed=len(checked.dismissed))
            self._counted.append(one)

    def finish(self) -> None:
        """Write the table over all reports."""
        if self.table is not None:
            _write(self.table, claims_csv(claims_table(self._counted)))

    def _copy(self, checked: CheckedDocument) -> bytes | None:
        """Return the commented copy; among several reports one that is no docx goes without."""
        try:
            return _commented(checked)
        except WrongUseError:
            if not self.several:
                raise
            self.uncommented.append(checked.document.file)
            return None

    def _place(self, wanted: Path, checked: CheckedDocument, suffix: str) -> Path:
        """Return the file to write: the one named, or one in the folder named that is not taken yet."""
        if not self.several and not wanted.is_dir():
            return wanted
        stem = Path(checked.document.file).stem
        number, place = 1, wanted / f"{stem}.核验{suffix}"
        while place in self._taken:
            number += 1
            place = wanted / f"{stem}.核验{number}{suffix}"
        self._taken.add(place)
        return place


def _page(checked: CheckedDocument) -> str:
    from dudao.reporting.annotated_page import annotated_page

    dismissed = [(finding, f"{one.reason}（{one.by}，{one.at[:10]}）") for finding, one in checked.dismissed]
    return annotated_page(
        checked.document, checked.report, checked.findings, dismissed=dismissed, summary=_summary(checked)
    )


def _summary(checked: CheckedDocument) -> list[str]:
    if checked.sheet is None:
        return ["没有自评表"]
    full, own = (decimal_text(points) or "未印" for points in (checked.sheet.full_points, checked.sheet.self_points))
    return [f"自评表 {len(checked.sheet.rows)} 项，满分 {full}，自评 {own}"]


def _commented(checked: CheckedDocument) -> bytes:
    from dudao.reporting.commented_docx import commented_docx

    path = Path(checked.document.file)
    if checked.document.file == STANDARD_INPUT:
        raise WrongUseError("标准输入不能加批注。", advice="请给出 docx 文件。")
    return commented_docx(path.read_bytes(), path.name, checked.findings, author=AUTHOR, text=checked.document.text)


def _write(place: Path, content: bytes) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        raise _unwritable(place) from error


def _can_be_written(folder: Path) -> bool:
    """Return whether files can be put into a folder that exists or is still to be made."""
    nearest = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    return not nearest.is_dir() or os.access(nearest, os.W_OK | os.X_OK)


def _unwritable(place: Path) -> WrongUseError:
    return WrongUseError(f"“{place}”写不进去。", advice="请检查文件夹是否存在、是否有权限，或换一个位置。")
