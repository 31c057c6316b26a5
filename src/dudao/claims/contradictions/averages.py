"""What is said to lie above an average in one place and below it in another: 优良率高于全市平均, 低于全市平均."""

import re
from itertools import combinations

from dudao.claims.contradictions.echo_words import pairs
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.results_against_problems import compatible
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.trend"
_SAID = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,16}?)(?:仅|只有|虽|已|也|均|达到?|为|是)*(?:[\d.]+%?[元人分]?)?[，,]?"
    r"(?:(?:比上年|较上年)[^，。；\n]{0,14}，)?(?:但|仍|均|也|明显|略|还)*(?P<side>高于|超过|优于|低于|不及)(?P<whose>全[国省市州盟县区旗])平均"
)
_MARK = re.compile(r"(?:高于|超过|优于|低于|不及)全[国省市州盟县区旗]平均")
_ABOVE = frozenset({"高于", "超过", "优于"})
_OF_SOME = re.compile(r"部分|个别|有的|少数|民办|农村|城区|乡镇")
_HEAD = 3
_MOST = 30


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each measure told to lie on both sides of one average."""
    if len(_MARK.findall(reading.text)) < len("两处"):
        return []
    said = [
        match
        for match in _SAID.finditer(reading.text)
        if not _OF_SOME.search(match["name"]) and not is_past(reading, Span(*match.span()))
    ][:_MOST]
    found: list[Finding] = []
    for first, second in combinations(said, 2):
        apart = (first["side"] in _ABOVE) != (second["side"] in _ABOVE) and first["whose"] == second["whose"]
        if apart and _are_one(first["name"], second["name"]) and "\n" in reading.text[first.end() : second.start()]:
            found.append(_finding(first, second))
    return found


def _are_one(name: str, other: str) -> bool:
    """Return whether one name ends as the other and holds all its words."""
    left, right = pairs(name), pairs(other)
    held = left <= right or right <= left
    return name[-_HEAD:] == other[-_HEAD:] and held and compatible(name, other)


def _finding(first: re.Match[str], second: re.Match[str]) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        Span(*second.span()),
        f"此处称“{second[0]}”，前文却写“{first[0]}”，两处说法相反。",
        related=(Span(*first.span()),),
        remedy="请核对数字，统一两处的说法；说的不是同一范围的，请写明。",
    )
