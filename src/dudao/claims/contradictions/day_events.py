"""One event told of two days or months: 6月16日反馈督导意见 here, 6月26日反馈的督导意见 there.

Where only months are told (2021年3月印发《创建方案》, 2021年5月印发的《创建方案》) the event must be one that happens
once.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice

from dudao.claims.context import title_year
from dudao.claims.contradictions.echo_words import names_in, pairs, within
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place
from dudao.issues import Level
from dudao.provenance import Span
from dudao.records import pickled_by_fields

CODE = "claims.contradiction.dated_events"
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d.\-—–~～至])(?P<month>1[0-2]|[1-9])月"
    r"(?:(?P<day>3[01]|[12]\d|[1-9])日|份|(?![\d\-—–~～至到、起底末前初份]|以来|[上中下]旬))"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_VERBS = {
    "印发": "印发",
    "出台": "印发",
    "下发": "印发",
    "反馈": "反馈",
    "启用": "启用",
    "投用": "启用",
    "投入使用": "启用",
    "承办": "承办",
    "举办": "承办",
    "通过": "通过",
    "揭牌": "揭牌",
    "挂牌": "揭牌",
    "成立": "成立",
    "批复": "批复",
    "签订": "签订",
    "签署": "签订",
    "开工": "开工",
    "竣工": "竣工",
    "完成": "完成",
    "结束": "完成",
    "启动": "启动",
    "施行": "施行",
    "召开": "召开",
}
_VERB = re.compile("|".join(_VERBS))
_END = re.compile("[，。；！？\n]")
_TITLE = re.compile("《([^《》\n]{2,60})》")
_FILL = re.compile(r"正式|书面|顺利|成功|联合|全面|专门|的|了")
_AIM = re.compile(r"将|计划|拟|预计|力争|争取|确保|前(?=完成)")
_REACH = 50
_BEFORE = 40
_MOST = 120
_ALIKE = 0.75
_LEAST = 2
_ONCE = frozenset({"印发", "启用", "通过", "揭牌", "成立", "批复", "开工", "竣工", "施行"})
"""What happens once to one thing, so that two months of it are one too many."""
_ASSESSED = re.compile("验收|评估|认定|复核|督导|核查")
_OF_BUILDINGS = frozenset({"启用", "开工", "竣工", "揭牌"})
"""What is done once to a school with a name of its own, whatever else the sentences say."""
_BUILDING = re.compile(
    r"(?:^|[、，。；：的和及将])(?P<name>(?!(?:全|各|新建|所有|部分|[省市县区]级|农村|乡镇|中心|公办|民办|一批|多所|\d))[\u4e00-\u9fff]{2,6}(?:小学|中学|学校|幼儿园|高中|校区))"
)


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Event:
    """What was done to what, and when; `day` is empty where only the month is told, `date` is what is written."""

    year: str
    month: str
    day: str
    date: str
    verb: str
    object: str
    before: str
    paragraph: int
    span: Span


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each event told of one day or month here and of another one there."""
    known: dict[str, list[Event]] = defaultdict(list)
    found = []
    for event in events_of(reading, title_year(reading.text)):
        for earlier in known[event.verb]:
            if earlier.paragraph != event.paragraph and are_apart(earlier, event):
                found.append(_finding(earlier, event))
                break
        else:
            known[event.verb].append(event)
    return found


def events_of(reading: Reading, reported: str) -> list[Event]:
    """Return what a text tells to have happened on a day or in a month; `reported` is the year of the text."""
    dates = islice(_DATE.finditer(reading.text), _MOST)
    found = [event for match in dates if (event := _event(reading, match, reported)) is not None]
    own = own_place(reading.text)
    if not own:
        return found
    return [replace(one, object=one.object.replace(own, ""), before=one.before.replace(own, "")) for one in found]


def are_apart(one: Event, other: Event) -> bool:
    """Return whether two places tell one event of dates that cannot both be true."""
    if one.verb != other.verb or (one.month == other.month and (not one.day or not other.day or one.day == other.day)):
        return False
    if not (one.day and other.day) and not (_happens_once(one) and _happens_once(other)):
        return False
    return _are_one(one, other)


def _happens_once(event: Event) -> bool:
    if event.verb == "印发":
        return bool(_TITLE.search(event.object))
    if event.verb == "通过":
        return _ASSESSED.search(event.object) is not None
    return event.verb in _ONCE


def _event(reading: Reading, match: re.Match[str], reported: str) -> Event | None:
    cut = reading.passage.segmentation
    sentence = cut.sentences.span_at(match.start())
    words = reading.text[match.end() : min(sentence.end, match.end() + _REACH)].removeprefix("，")
    behind = _END.split(words, maxsplit=1)[0]
    verb = _VERB.search(behind)
    if verb is None or _AIM.search(behind):
        return None
    before = reading.text[max(sentence.start, match.start() - _BEFORE) : match.start()]
    subject = _FILL.sub("", behind[: verb.start()])
    thing = _FILL.sub("", behind[verb.end() :])
    if len(thing) < 2 * _LEAST:
        thing = f"{''.join(_END.split(before)[-2:])}{subject}{thing}"  # 接受省级评估验收，于10月18日通过
    paragraph = cut.paragraphs.span_at(match.start()).start
    told = [year for year in _YEAR.findall(before) if year <= reported]  # what is planned dates nothing
    year = match["year"] or (told[-1] if told else reported)
    kind = _VERBS[verb[0]]
    day, date = match["day"] or "", reading.text[match.start("month") : match.end()]
    span = Span(*match.span())
    return Event(year, match["month"], day, date, kind, thing, f"{before}{subject}", paragraph, span)


def _are_one(one: Event, other: Event) -> bool:
    """Return whether two deeds of one kind were done to one thing, in one place and year."""
    if one.year != other.year or names_in(f"{one.before}，{one.object}") != names_in(f"{other.before}，{other.object}"):
        return False
    titles = [_TITLE.findall(event.object) for event in (one, other)]
    if titles[0] and titles[1] and titles[0] != titles[1]:
        return False
    left, right = pairs(one.object), pairs(other.object)
    if min(len(left), len(right)) < _LEAST:
        return False
    if one.verb in _OF_BUILDINGS and set(_BUILDING.findall(one.before)) & set(_BUILDING.findall(other.before)):
        return True
    low, high = sorted((within(left, right), within(right, left)))
    return high >= _ALIKE and low >= _ALIKE / 2


def _finding(earlier: Event, later: Event) -> Finding:
    thing = later.object.strip("《》“”")
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"“{thing}”前后两处日期不同：此处为{later.date}，前文为{earlier.date}。",
        related=(earlier.span,),
        remedy="请核对文件或验收记录，统一日期；确是两件事的，请写明区别。",
    )
