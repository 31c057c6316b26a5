"""What results state in the very words that problems deny.

无“小学化”现象 here, 存在“小学化”倾向 there; 同工同酬 here, 未做到同工同酬 there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.subjects import CHOSEN, CLAUSE, SOFTENED
from dudao.provenance import Span

_ABSENT = re.compile(
    r"(?<![有从并绝])(?:无(?![论法人线锡数声障息偿名])|没有(?:出现|发现|发生)?|不存在|未发现|未出现|未发生|杜绝了?)[“\"‘]?"
    r"(?P<thing>[\u4e00-\u9fff]{2,10}?)[”\"’]?(?:等?(?:现象|问题|情况|行为|倾向|苗头))?$"
)
_PRESENT = (
    r"(?:存在|仍有|出现|发现|发生|时有|尚有|被?[评认确]定?为)[^，。；\n]{{0,10}}{thing}(?!的?(?:风险|隐患|整改|治理|防控|苗头))"
    r"|{thing}[”\"’]?(?:现象|问题|倾向|行为)?(?:仍然?|依然|还|时有|较)(?:存在|发生|突出|多|普遍)"
    r"|{thing}[”\"’]?被(?:查处|通报|处理|举报)"
)
_DENIED = re.compile(
    r"(?:未能?|没有|没能|尚未)(?:完全|全部|真正|全面|严格|有效|普遍)?(?:做到|实现|落实|达到|执行|实行|推行)[“\"‘]?"
    r"(?P<thing>[\u4e00-\u9fff、]{3,16})"
)
_TRAILING = re.compile(r"(?:的?(?:规定|要求|政策|制度|目标|标准|措施|工作|现象|问题))+$")
_EMPTY = re.compile(
    r"^(?:国家|省|市|省定|规定|相应|有关|上级|预期|既定|文件|全覆盖|全部|标准化|规范化|有效|衔接|配套|到位)+$"
)
_ALL = re.compile(r"全覆盖|覆盖全|所有|全部|均|都|全面|100%|普遍|一律|做到|落实了|实现了|严格")
_OF_SOME = re.compile(
    r"^\d+个县(?!.*(?:全部|均|都))|(?:其中|中[，,]?已?有|^[，,]?有)\d+[个所](?![^，。；]{0,12}(?:均|全部|都))"
)
"""9个县中，其中7个实现…… is said of some."""
_QUOTES = re.compile(r"[“”‘’\"（）()《》]")
_LONGEST = 600
_MOST = 120
_SHORTEST = 3
_SHORTEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class _Said:
    span: Span
    words: str


def denied_pairs(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield clauses of results and of problems of which one says what the other denies, with the words they share."""
    praised, admitted = list(_clauses(results)), [one for one in _clauses(problems) if not is_past(reading, one.span)]
    yield from _absent(praised, admitted)
    yield from _not_so(praised, admitted)


def _clauses(sentences: list[tuple[int, str]]) -> Iterator[_Said]:
    for start, words in sentences:
        for match in CLAUSE.finditer(words[:_LONGEST]):
            yield _Said(Span(start + match.start(), start + match.end()), match[0])


def _absent(praised: list[_Said], admitted: list[_Said]) -> Iterator[tuple[Span, Span, str]]:
    """Yield what is said not to occur and admitted to occur."""
    claims = [(one, match["thing"]) for one in praised if (match := _ABSENT.search(one.words.rstrip()))]
    for one, thing in claims[:_MOST]:
        if len(thing) < _SHORTEST or SOFTENED.search(one.words):
            continue
        present = re.compile(_PRESENT.format(thing=f'[“"‘]?{re.escape(thing)}'))
        for other in admitted:
            if thing in other.words and present.search(other.words):
                yield one.span, other.span, thing
                break


def _not_so(praised: list[_Said], admitted: list[_Said]) -> Iterator[tuple[Span, Span, str]]:
    """Yield what is said to be so for all, or plainly at the end of a clause, and admitted not to be so."""
    denials = [(one, match["thing"]) for one in admitted for match in _DENIED.finditer(one.words)][:_MOST]
    for other, denied in denials:
        thing = _TRAILING.sub("", denied)
        if len(thing) < _SHORTEST_PHRASE or _EMPTY.match(thing):
            continue
        for one in praised:
            words = _QUOTES.sub("", one.words).rstrip()
            place = words.find(thing)
            if place < 0 or SOFTENED.search(words) or _DENIED.search(words) or _OF_SOME.search(words):
                continue
            if set(CHOSEN.findall(other.words)) - set(CHOSEN.findall(words)):
                continue
            if words.endswith(thing) or _ALL.search(words):
                yield one.span, other.span, thing
                break
