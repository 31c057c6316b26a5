"""Dates that cannot be: 6月31日, a period that ends before it starts, a document number later than the report.

Also the printed form of document numbers (发文字号): 〔2021〕19号, with hexagonal brackets, without 第 and without a
leading zero, as GB/T 9704 has it.
"""

import re
from collections.abc import Iterator
from datetime import date

from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日")
_PERIOD = re.compile(
    r"(?P<y1>(?:19|20)\d\d) ?年? ?(?:(?P<m1>\d{1,2}) ?月)? ?[-–—~～至到]{1,2} ?"
    r"(?P<y2>(?:19|20)\d\d) ?年(?! ?度? ?[以之]?前)"
    r" ?(?:(?P<m2>\d{1,2}) ?月)?"
)
_NUMBER = re.compile(
    r"(?P<agency>[一-鿿]{2,12})(?P<open>[〔\[［【（(]) ?(?P<year>(?:19|20)\d\d) ?(?P<close>[〕\]］】）)])"
    r" ?(?P<first>第)? ?(?P<serial>\d{1,4}) ?号"
)
_OWN_LINE = re.compile(r"^[ \u3000\t]*((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日[ \u3000\t]*$", re.MULTILINE)


def check_dates(text: str) -> Iterator[Finding]:
    """Yield the dates, periods and document numbers of a text that cannot be as they are written."""
    yield from _impossible(text)
    yield from _backwards(text)
    report = report_date(text)
    for match in _NUMBER.finditer(text):
        yield from _number(match, report)


def report_date(text: str) -> date | None:
    """Return the date a report bears: the last one that stands on a line of its own."""
    found = None
    for match in _OWN_LINE.finditer(text):
        try:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return found


def _impossible(text: str) -> Iterator[Finding]:
    for match in _DATE.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        span = Span(match.start(), match.end())
        if not 1 <= month <= 12:
            yield _finding(span, f"“{match[0]}”不是日期：没有{month}月。")
        elif not 1 <= day <= _DAYS[month]:
            yield _finding(span, f"“{match[0]}”不是日期：{month}月没有{day}日。")
        elif month == 2 and day == 29 and match["year"] and not _leap(int(match["year"])):
            yield _finding(span, f"“{match[0]}”不是日期：{match['year']}年不是闰年，2月只有28日。")


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _backwards(text: str) -> Iterator[Finding]:
    for match in _PERIOD.finditer(text):
        start = (int(match["y1"]), int(match["m1"] or 0))
        end = (int(match["y2"]), int(match["m2"] or (12 if match["m1"] else 0)))
        if end < start:
            span = Span(match.start(), match.end())
            yield _finding(span, f"“{match[0]}”的结束早于开始，请核对起止时间。")


def _number(match: re.Match[str], report: date | None) -> Iterator[Finding]:
    span = Span(match.start("open"), match.end())
    if report is not None and int(match["year"]) > report.year:
        yield _finding(
            Span(match.start(), match.end()),
            f"文号“{match[0]}”的年份晚于本文落款日期（{report.year}年{report.month}月{report.day}日），请核对。",
        )
    wrong = []
    if match["open"] + match["close"] != "〔〕":
        wrong.append("年份应使用六角括号〔〕")
    if match["first"]:
        wrong.append("序号前不加“第”字")
    if match["serial"].startswith("0"):
        wrong.append("序号不编虚位（不写01）")
    if wrong:
        message = f"发文字号“{match[0]}”写法不规范：{'，'.join(wrong)}。"
        yield Finding("claims.document_number", Level.NOTE, span, message, remedy="按GB/T 9704的格式书写。")


def _finding(span: Span, message: str) -> Finding:
    return Finding("claims.date", Level.ERROR, span, message, remedy="请按原文件或原始记录改正。")
