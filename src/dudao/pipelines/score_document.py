"""From a report or score sheet to an assessment: self points and notes as printed, laid beside the scheme that fits.

The figures of the text are not taken for facts: which fact a figure states is for the office to say.
"""

from pathlib import Path

from dudao.assessment.answers import Answer
from dudao.assessment.model import Assessment, Place
from dudao.documents.reading import read_document
from dudao.documents.score_sheet import ScoreRow
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location
from dudao.pipelines.score_sheet import alignment_of
from dudao.scheme.model import Point, Scheme
from dudao.scoring.sheet_alignment import SheetAlignment

ASSESSMENT_SUFFIXES = frozenset({".yaml", ".yml"})


def is_document(path: Path) -> bool:
    """Return whether a file is to be read as a report or score sheet, not as an assessment file."""
    return path.suffix.lower() not in ASSESSMENT_SUFFIXES


def assessment_of_document(path: Path, scheme_id: str = "") -> tuple[Assessment, Scheme, list[Issue]]:
    """Return what the score sheet of a document answers, the scheme it answers, and what could not be placed.

    Raises:
        UnreadableInputError: the file cannot be read, has no score sheet, or no scheme fits it; or there is no
            sound pack with the id asked for.
    """
    document = read_document(path)
    sheet = read_score_sheet(document)
    if sheet is None:
        advice = "请给出带自评分的报告或自评表，或按 docs/how-to/score.md 写评价数据文件（.yaml）。"
        raise UnreadableInputError(f"“{path}”里没有读到自评表。", advice=advice)
    alignment = alignment_of(sheet, scheme_id)
    if alignment is None:
        advice = "请用 --scheme 指明方案；dudao scheme list 列出全部方案。"
        raise UnreadableInputError(f"没有方案与“{path}”的自评表相合。", advice=advice)
    scheme = alignment.scheme
    issues = _without_place(path, alignment, sheet.rows)
    answers = {
        pair.item.id: Answer(
            pair.item.id,
            self_points=pair.row.self_points,
            note=pair.row.note,
            location=Location(str(path), span=pair.row.span),
        )
        for pair in alignment.pairs
        if isinstance(pair.item, Point)
    }
    return Assessment(Place(path.stem), scheme.id, scheme.year, answers=answers), scheme, issues


def _without_place(path: Path, alignment: SheetAlignment, rows: tuple[ScoreRow, ...]) -> list[Issue]:
    """Return a warning for every scored row that is no item of the scheme, so that none is lost silently."""
    parents = {row.parent for row in rows}
    return [
        Issue(
            Level.WARNING,
            "score.row_not_in_scheme",
            f"自评表的“{row.name}”在方案“{alignment.scheme.name}”里没有对应的项，自评 {row.self_points} 分没有计入。",
            Location(str(path), span=row.span),
            "请核对名称，或用 --scheme 另指方案",
        )
        for row in rows
        if row.id not in parents and row.self_points is not None and alignment.item_of(row) is None
    ]
