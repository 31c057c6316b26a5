"""One document cited by two numbers: 《规划》（衡政发〔2021〕17号） here, 衡政发〔2021〕27号 there.

A title has one number. A number without a title speaks of a document told elsewhere, so where its issuer and year have
one number with a title, and it is another, one of the two is miswritten.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.dates import DOCUMENT_NUMBER
from dudao.quantities.model import Kind

CODE = "claims.contradiction.cited_numbers"
_TITLED = re.compile(r"《(?P<title>[^《》\n]{4,80})》\s*[（(〔\[【]?\s*$")
_ISSUER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,10})\s*$")
_BEFORE = 100
_SPOKEN_OF = re.compile(
    r"(?:对照|按照|依照|根据|落实|执行|依据|遵照|贯彻|参照|以|按|及|和|与|出台|印发|下发|制定|修订|《|》|文件|了|的|经)+"
)
_FILE_BEHIND = re.compile(r"\s*(?:文件?|的?(?:要求|规定|精神|部署|通知))")
_REPEALED = re.compile("废止|修订|代替|替代|原|补充")
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Cited:
    """A number of a document: who issued it and when, its title where it stands before, and where it stands."""

    issuer: str
    year: str
    serial: str
    title: str
    spoken_of: bool
    span: Span


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each number of a document that an earlier place tells otherwise."""
    told = _cited(reading)
    found: list[Finding] = []
    by_title: dict[str, _Cited] = {}
    numbers: dict[tuple[str, str], dict[str, _Cited]] = defaultdict(dict)
    for one in told:
        if one.title:
            numbers[one.issuer, one.year].setdefault(one.serial, one)
            first = by_title.setdefault(one.title, one)
            if (first.issuer, first.year) == (one.issuer, one.year) and first.serial != one.serial:
                found.append(_finding(first, one))
    for one in told:
        known = numbers[one.issuer, one.year]
        if not one.title and one.spoken_of and len(known) == 1 and one.serial not in known:
            (first,) = known.values()
            if first.span.start < one.span.start and not any(_told_besides(one, other) for other in told):
                found.append(_finding(first, one))
    return found


def _told_besides(one: _Cited, other: _Cited) -> bool:
    """Return whether another place tells the same number, so that there are two documents."""
    same = (one.issuer, one.year, one.serial) == (other.issuer, other.year, other.serial)
    return same and one is not other


def _cited(reading: Reading) -> list[_Cited]:
    found: list[_Cited] = []
    for quantity in reading.passage.quantities:
        if quantity.kind is not Kind.DOCUMENT_NUMBER:
            continue
        match = DOCUMENT_NUMBER.match(reading.text, quantity.span.start)
        before = reading.text[max(0, quantity.span.start - _BEFORE) : quantity.span.start]
        issuer = _ISSUER.search(before)
        if match is None or issuer is None or _REPEALED.search(before[-_BEFORE // 4 :]):
            continue
        name = _SPOKEN_OF.split(issuer["issuer"])[-1]
        titled = _TITLED.search(before[: issuer.start()])
        if len(name) > 1 and len(found) < _MOST:
            spoken_of = _FILE_BEHIND.match(reading.text, quantity.span.end) is not None
            title = titled["title"] if titled else ""
            found.append(_Cited(name, match["year"], match["serial"], title, spoken_of, quantity.span))
    return found


def _finding(first: _Cited, later: _Cited) -> Finding:
    name = f"《{first.title}》"
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"{name}的文号前后不同：此处为{later.issuer}〔{later.year}〕{later.serial}号，前文为{first.serial}号。",
        related=(first.span,),
        remedy="请核对原文件，统一文号；确是两份文件的，请写明各自的名称。",
    )
