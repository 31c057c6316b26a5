"""Two ranks of one thing among the same places and for the same year: 居全市第一 here, 列全市第三位 there."""

import re
from collections import defaultdict
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.context import title_year
from dudao.claims.contradictions.echo_words import WEAK, letters_within, of_one_sort, pairs, plain, within
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place, place_before
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.numerals import read_han

CODE = "claims.contradiction.rankings"
_RANK = re.compile(
    r"(?:全(?P<level>[国省市州])|所[辖属](?=[\d各]))(?P<who>(?:\d{1,3}个)?\d{0,3}(?:各|县|市|区|旗|州|盟|地级|设区|[（）、]){0,9})[中里]?"
    r"(?:均|仅|排名|排在|排|位居|位列|名列|列|居|为|获|取得)*"
    r"(?P<rank>第(?P<number>[1-9]\d?|[一二三四五六七八九十]{1,3})|首位|榜首)[位名]?(?=[，。；、！（）\n的]|$)"
)
_VERB = re.compile(r"(?:均|仅|只|排名|排在|排|位居|位列|名列|列|居|位次|为|在|于|达到[\d.]+[分%]?|是|处于|获|取得)+$")
_CLAUSE = re.compile(r"[，；：（）\n]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_YEAR_WORDS = re.compile(r"(?:19|20)\d\d年度?|今年|本年度?")
_OTHER_YEAR = re.compile(r"[上去前]年|往年|曾|历年|[由从]")
_SEVERAL_YEARS = re.compile(r"连续(?P<years>[二两三四五六七八九]|\d)年")
_BEFORE = re.compile(r"^(?:巩固|保持|珍惜|在|于|其中|全[国省市县区州旗]|[我本][省市县区州旗]|参加|组织的|开展的)+")
_BEHIND = re.compile(r"(?:中|方面|上|稳|位|名|均|已|再次|继续|始终|一直|跃|升至|综合排名)+$")
_AIM = re.compile(r"力争|争取|确保|计划|目标|努力|有望|将")
_KEPT_UP = re.compile(r"(?:巩固|保持|珍惜)[^，。；]*$")
"""巩固全市第四名的成果 tells of the rank there is."""
_RANK_BEFORE = re.compile("第[^，、]{1,4}[位名]、")
"""小学综合排名全市第5位、初中综合排名全市第7位 tells two ranks."""
_STAGE = re.compile("小学|初中|高中")
_SHORTEST = 4
_TELLING = 2
_ALIKE = 0.55
_LETTERS_ALIKE = 0.7
_CONTEST = re.compile("赛|杯|届|组|队|获|取得|奖")
_VALUES = re.compile(r"(?:(?:小学|初中|高中|分别)?(?:为|达到?)?[\d.]+[%分人所]?[、和]?)+$")
_FIGURE_ALONE = re.compile(r"[\d.%分个所人万亿元达到为]+")
_LOOK_BACK = 80
_KEPT = 8
"""More places that tell the rank of one thing add nothing."""


@dataclass(frozen=True, slots=True)
class _Rank:
    """One rank: among which places, of what, for which years, where."""

    among: str
    subject: str
    number: int
    years: frozenset[int]
    span: Span
    words: str


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each thing that ranks differently in two places for one year."""
    reported = title_year(reading.text)
    known: dict[tuple[str, str], list[_Rank]] = defaultdict(list)
    found: list[Finding] = []
    for match in _RANK.finditer(reading.text):
        told = _told(reading, match, int(reported) if reported else 0)
        if told is None:
            continue
        place, rank = told
        ranks = known[place, rank.among]
        if not rank.subject:  # 巩固全市第四名的成果 speaks of the one rank told
            if len(ranks) == 1 and ranks[0].number != rank.number:
                found.append(_finding(ranks[0], rank))
            continue
        earlier = next((one for one in ranks if one.number != rank.number and _are_one(one, rank)), None)
        if earlier is not None:
            found.append(_finding(earlier, rank))
        elif len(ranks) < _KEPT:
            ranks.append(rank)
    return found


def _told(reading: Reading, match: re.Match[str], reported: int) -> tuple[str, _Rank] | None:
    """Return the place and the rank a match tells; None where place, year or thing is in doubt, or it is an aim."""
    sentence = reading.passage.segmentation.sentences.span_at(match.start())
    lead = "".join(reading.text[max(sentence.start, match.start() - _LOOK_BACK) : match.start()].split())
    if reading.chapters.at(match.start()) is Chapter.PLANS and not _KEPT_UP.search(lead):
        return None
    if _AIM.search(lead) or _OTHER_YEAR.search(lead):
        return None
    years = {int(year) for year in _YEAR.findall(lead)} or {reported}
    if len(years) > 1:
        return None
    (year,) = years
    several = _SEVERAL_YEARS.search(lead)
    if several is not None:
        count = _number(several["years"])
        years = {year - back for back in range(count)}
    own = own_place(reading.text)
    place = place_before(reading.text, sentence.start, match.start(), own)
    subject = _subject(lead, own)
    if place == "?" or not (subject or _KEPT_UP.search(lead)):
        return None
    number = _number(match["number"]) if match["number"] else 1
    span = Span(match.start(), match.end())
    among = match["level"] or own[-1:] or "市"
    return "" if place.startswith("全") else place, _Rank(among, subject, number, frozenset(years), span, match[0])


def _are_one(one: _Rank, other: _Rank) -> bool:
    """Return whether two ranks are of one thing and year, as far as the words that name the thing tell."""
    if not one.years & other.years or not of_one_sort(one.subject, one.subject, other.subject, other.subject):
        return False
    names = sorted((plain(one.subject), plain(other.subject)), key=len)
    if names[0] != names[1] and names[1].startswith(names[0]) | names[1].endswith(names[0]):
        return False  # 文科本科上线率 is narrower than 本科上线率, and 毛入园率增幅 another thing than 毛入园率
    left, right = pairs(one.subject), pairs(other.subject)
    if one.subject == other.subject:
        return True
    if any(_CONTEST.search(f"{rank.subject}{rank.words}") for rank in (one, other)):
        return False  # of two contests much alike each has its winner
    low, high = sorted((within(left, right), within(right, left)))
    letters = max(letters_within(one.subject, other.subject), letters_within(other.subject, one.subject))
    alike = high >= _ALIKE or letters >= _LETTERS_ALIKE
    return len((left & right) - WEAK) >= _TELLING and alike and low >= _ALIKE / 2


def _subject(lead: str, own: str) -> str:
    """Return what is ranked: the words of the nearest clause long enough to name it; empty without one."""
    for clause in reversed(_CLAUSE.split(lead)):
        words = _SEVERAL_YEARS.sub("", _YEAR_WORDS.sub("", clause.replace(own, "") if own else clause))
        words = _VERB.sub("", _VALUES.sub("", _RANK_BEFORE.split(words)[-1]))
        named = _BEHIND.sub("", _BEFORE.sub("", words))
        words = words if _STAGE.fullmatch(named) else named
        if len(words) >= _SHORTEST and not _FIGURE_ALONE.fullmatch(words):
            return words
    return ""


def _number(words: str) -> int:
    return int(words) if words.isdigit() else int(read_han(words) or 0)


def _finding(earlier: _Rank, later: _Rank) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"“{later.subject or earlier.subject}”的名次前后两处不同：此处“{later.words}”，前文“{earlier.words}”。",
        related=(earlier.span,),
        remedy="请核对通报，统一名次；年份或范围不同的，请在文中分别注明。",
    )
