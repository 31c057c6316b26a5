"""One event that happens once, told of two years: 2018年通过国家认定 here, 2019年通过国家认定 there."""

import re
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.dated_events"
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年")
_DATE = re.compile(r"(?:已|早在)?(?:于|在)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]半年|[底初末])?")
_MARK = re.compile(r"[，；。！？：\n]")
_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}[、是])")
_OPENED = re.compile(r"(?:建成)?(?:投入使用|投用|启用|交付使用)$")
_BUILT = re.compile(r"(?:建成|竣工|落成|开工建设|开工)$")
_PASSED = re.compile(r"通过[^，。；]{2,20}(?:均衡|普及普惠|普及)[^，。；]{0,16}(?:认定|验收|评估)$")
"""What a county passes once; a school named in the clause before may pass what another one passed last year."""
_NAMED = re.compile(r"(?:学校|小学|中学|高中|幼儿园|校区|分校|中心|基地|大楼|教学楼|场馆|体育馆|图书馆)$")
_NO_NAME = re.compile(
    r"^(?:新建|改扩建|改建|迁建|一批|部分|乡镇|农村|城区|公办|民办|各|所有|多所|该|其|项目|这)|[等、和及与]"
)
_FILL = re.compile(r"顺利|成功|正式|全面|如期|高质量|一次性|高分|率先|已|[我本全][省市县区州旗]")
_AIM = re.compile(r"将|计划|拟|预计|力争|争取|确保|目标|未|尚")
_SHORTEST = 4
_MOST = 400
_REACH = 80


@dataclass(frozen=True, slots=True)
class _Event:
    year: str
    span: Span


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each event told of one year here and of another there."""
    own = own_place(reading.text)
    known: dict[str, _Event] = {}
    found: list[Finding] = []
    for number, match in enumerate(_YEAR.finditer(reading.text)):
        if number == _MOST:
            break
        event = _event(reading, match, own)
        if event is None:
            continue
        name, span = event
        earlier = known.setdefault(name, _Event(match["year"], span))
        if earlier.year != match["year"]:
            found.append(_finding(name, earlier, _Event(match["year"], span)))
    return found


def _event(reading: Reading, match: re.Match[str], own: str) -> tuple[str, Span] | None:
    """Return the event told of a year and where its words stand; None for one that may happen again, or an aim."""
    if reading.chapters.at(match.start()) is Chapter.PLANS:
        return None
    sentence = reading.passage.segmentation.sentences.span_at(match.start())
    begin = max(sentence.start, match.start() - _REACH)
    text = reading.text[begin : min(sentence.end, match.end() + _REACH)]
    at = match.start() - begin
    start = max((one.end() for one in _MARK.finditer(text, 0, at)), default=0)
    ends = [one.start() for one in _MARK.finditer(text, at)] or [len(text)]
    end = ends[0]
    if _DATE.fullmatch(_NUMBERED.sub("", "".join(text[start:end].split()))) and len(ends) > 1:
        end = ends[1]  # 2019年，我县通过……
    words = _NUMBERED.sub("", "".join(text[start:end].split()))
    if _AIM.search(words) or len(_YEAR.findall(words)) > 1:
        return None
    name = _MARK.sub("", _FILL.sub("", _DATE.sub("", words.replace(own, "") if own else words)))
    if any(character.isdigit() for character in name):
        return None
    kept = _name_of(name, own)
    return (kept, Span(begin + start, begin + end)) if kept else None


def _name_of(words: str, own: str) -> str:
    """Return one name for an event that happens once; empty for any other."""
    if _PASSED.match(words):
        return words
    verb = _OPENED.search(words) or _BUILT.search(words)
    if verb is None:
        return ""
    subject = words[: verb.start()]
    if len(subject) < _SHORTEST or not _NAMED.search(subject) or _NO_NAME.search(subject):
        return ""
    if subject[0] in "县区旗" and own and subject[0] != own[-1]:
        return ""  # the school of a county in the report of a city, which has several counties
    return subject + ("投用" if _OPENED.search(words) else verb[0].removesuffix("建设"))


def _finding(name: str, earlier: _Event, later: _Event) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"“{name}”前后两处年份不同：此处为{later.year}年，前文为{earlier.year}年。",
        related=(earlier.span,),
        remedy="请核对文件或验收记录，统一年份；确是两件事的，请写明区别。",
    )
