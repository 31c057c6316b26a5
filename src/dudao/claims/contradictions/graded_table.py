"""What a notice tells of the grades and scores that its own table gives each place: 优秀3个，即甲、乙、丙."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.documents.model import Cell, Table
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.graded_table"
_GRADE_HEAD = re.compile(r"(?:评价|评定|考核|评估)?(?:等次|等级|结果|档次)")
_SCORE_HEAD = re.compile(r"(?:评价|评定|考核|评估|综合|最终|总)?(?:得分|总分|分数|成绩)(?:（分）)?")
_GRADES = ("优秀", "良好", "合格", "不合格", "基本合格", "较好", "一般", "较差")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,12}")
_TOTAL = re.compile(r"合计|总计|平均|全[省市州]|均值")
_FEWEST = 3
_COUNTED = re.compile(
    r"(?<![\u4e00-\u9fff]不)(?<!基本)(?P<grade>优秀|良好|合格|较好|一般|较差)(?:等次|等级|档次)?(?:的)?(?:县（市、区）|县|区|市)?(?:有|为|共)?"
    r"(?P<count>\d{1,2})个(?:县（市、区）|县区|县|区|市|旗)?(?:[，、（]?(?:即|为|是|分别为|分别是|：)(?P<names>[\u4e00-\u9fff、和]{2,120}))?"
)
_BEST = re.compile(r"(?P<which>最高|最低|平均)(?:得?分|成绩)(?:为|是)?(?P<score>\d{1,4}(?:\.\d{1,3})?)分")
_OTHER_YEAR = re.compile(r"上年|去年|往年|(?:19|20)\d\d年(?=[^，。；]{0,12}$)")
_GRADED = re.compile(r"等次|评价结果|评定为|考核结果|评为|评价等级|总体评价")
_LOOK_BACK = 60
_SPLIT = re.compile("[、和]")


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    grade: str
    score: Decimal | None
    span: Span
    scored: Span


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each count of a grade, place of a grade, best, worst or mean score unlike the one table."""
    graded = [rows for table in reading.tables if (rows := _rows(table))]
    if len(graded) != 1:
        return []
    (rows,) = graded
    inside = [table.span for table in reading.tables]
    found = [*_of_grades(reading, rows), *_of_scores(reading, rows)]
    return [one for one in found if not any(span.start <= one.span.start < span.end for span in inside)]


def _rows(table: Table) -> list[_Row]:
    """Return the places of a table with grade or score; none for a table without one column of either."""
    by_row: dict[int, dict[int, Cell]] = defaultdict(dict)
    for cell in table.cells:
        by_row[cell.row][cell.column] = cell
    heads = {_plain(cell.text): cell.column for cell in by_row[0].values()}
    grades = [column for words, column in heads.items() if _GRADE_HEAD.fullmatch(words)]
    scores = [column for words, column in heads.items() if _SCORE_HEAD.fullmatch(words)]
    if len(grades) > 1 or len(scores) > 1 or not grades:
        return []
    found = []
    for number, cells in by_row.items():
        grade = _plain(cells[grades[0]].text) if grades[0] in cells else ""
        score = _plain(cells[scores[0]].text).removesuffix("分") if scores and scores[0] in cells else ""
        first = next((one for _, one in sorted(cells.items()) if _PLACE.fullmatch(_plain(one.text))), None)
        if not number or first is None or grade not in _GRADES or _TOTAL.search(first.text):
            continue
        value = Decimal(score) if _NUMBER.fullmatch(score) else None
        own = cells[grades[0]].span
        at = cells[scores[0]].span if value is not None else own
        found.append(_Row(_plain(first.text), grade, value, own, at))
    return found if len(found) >= _FEWEST and len({one.place for one in found}) == len(found) else []


def _of_grades(reading: Reading, rows: list[_Row]) -> Iterator[Finding]:
    grades = {one.place: one for one in rows}
    for match in _COUNTED.finditer(reading.text):
        start = reading.passage.segmentation.sentences.span_at(match.start()).start
        before = reading.text[max(start, match.start() - _LOOK_BACK) : match.start()]
        if not _GRADED.search(before + match["grade"] + "等次" * ("等次" in match[0])) or _OTHER_YEAR.search(before):
            continue
        told = [one for one in rows if one.grade == match["grade"]]
        if int(match["count"]) != len(told):
            span = Span(*match.span("count"))
            yield _finding(
                span, [one.span for one in rows], f"此处写“{match['grade']}”{match['count']}个，表中有{len(told)}个。"
            )
        for name in _SPLIT.split(match["names"] or ""):
            row = grades.get(name)
            if row is not None and row.grade != match["grade"]:
                at = match.start("names") + match["names"].index(name)
                span = Span(at, at + len(name))
                yield _finding(span, [row.span], f"此处把{name}列为“{match['grade']}”，表中为“{row.grade}”。")


def _of_scores(reading: Reading, rows: list[_Row]) -> Iterator[Finding]:
    scores = [one for one in rows if one.score is not None]
    values = [one.score for one in scores if one.score is not None]
    if len(scores) != len(rows):
        return
    told = {
        "最高": max(values),
        "最低": min(values),
        "平均": sum(values, Decimal(0)) / len(values),
    }
    for match in _BEST.finditer(reading.text):
        start = reading.passage.segmentation.sentences.span_at(match.start()).start
        if _OTHER_YEAR.search(reading.text[max(start, match.start() - _LOOK_BACK) : match.start()]):
            continue
        written, right = Decimal(match["score"]), told[match["which"]]
        exact = right.quantize(written, ROUND_HALF_UP)
        low, high = min(values), max(values)
        if exact == written or not low / 2 <= written <= high * 2:
            continue
        if match["which"] == "平均" and abs(right - written) * 2 <= Decimal(10) ** int(
            str(written.as_tuple().exponent)
        ):
            continue
        which = [one.scored for one in rows if match["which"] == "平均" or one.score == right]
        span = Span(*match.span("score"))
        yield _finding(span, which, f"此处写{match['which']}分{written}分，由表中各行得{exact}分。")


def _plain(words: str) -> str:
    return "".join(words.split())


def _finding(span: Span, cells: list[Span], words: str) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        span,
        words,
        related=tuple(cells),
        remedy="请核对原始数据，统一正文与表格。",
    )
