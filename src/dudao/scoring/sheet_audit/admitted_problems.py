"""Problems of the chapter 存在问题 whose item kept its points."""

import re
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow
from dudao.issues import Issue, Level
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title

KEEPS = Decimal("0.9")
_FEWEST_CHARACTERS = 4
_FEWEST_IN_NOTE = 6
_LONGEST_NOTE = 2000
_FEWEST_IN_SENTENCE = 3
_SENTENCE = re.compile(r"[。；;\n]")
_TAKEN_OFF = re.compile(r"扣(?:减|除|了)?\d+(?:\.\d+)?分")

# Words that stand in nearly every title and tell nothing about which item is meant.
_COMMON = re.compile(
    r"义务教育|教育|学校|学生|中小学|工作|情况|建设|发展|落实|问题|整改|管理|推进|加强|进一步|提升|水平|政府|存在|部分|我[市县区]|不够|完成|全面"
)


def check_admitted_problems(audited: AuditedSheet) -> list[Issue]:
    """Return a warning for every item that keeps nine tenths of its points though the report admits its problem."""
    found = []
    for problem in audited.problems:
        row = _item_of(problem.words, audited)
        if row is None or row.full_points is None or row.self_points is None:
            continue
        if row.full_points <= 0 or row.self_points < row.full_points * KEEPS:
            continue
        if _taken_off_for(problem.words, row.note[:_LONGEST_NOTE]):
            continue
        said = problem.words if len(problem.words) <= 40 else problem.words[:39] + "…"
        own = f"{points(row.self_points)}（满分{points(row.full_points)}）"
        message = f"“存在问题”中写“{said}”，对应的{title(row)}自评{own}。"
        remedy = "请核对这一项是否应当扣分，或在说明中写明不扣分的理由。"
        found.append(finding(Level.WARNING, "admitted_problem_kept_points", row, message, remedy, problem.span))
    return found


def _taken_off_for(problem: str, note: str) -> bool:
    """Return whether a sentence of the item's note takes points off for the problem: 大班额23个，扣1分."""
    sentences = (words for words in _SENTENCE.split(note) if _TAKEN_OFF.search(words))
    return any(_weight(_longest_common(problem, words)) >= _FEWEST_IN_SENTENCE for words in sentences)


def _item_of(problem: str, audited: AuditedSheet) -> ScoreRow | None:
    """Return the row whose name has most in common with the problem; its note helps where names are equal."""
    best: ScoreRow | None = None
    most = 0.0
    for row in audited.sheet.rows:
        name = _weight(_longest_common(problem, row.name))
        note = _weight(_longest_common(problem, row.note[:_LONGEST_NOTE]))
        if name < _FEWEST_CHARACTERS and note < _FEWEST_IN_NOTE:
            continue
        strength = name + 0.5 * note
        if strength > most or (strength == most and best is not None and row.level > best.level):
            best, most = row, strength
    return best


def _weight(words: str) -> int:
    """Return how many characters remain without the words that every title has."""
    return len(_COMMON.sub("", words))


def _longest_common(one: str, other: str) -> str:
    """Return the longest stretch of characters that both have."""
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best
