"""Which way the measures of a place are told to have moved, by words (较上年下降) or figures (比上年提高0.3个百分点).

What moved is named in the words themselves, or it is the figure right before them: 毛入园率92.6%，较上年略有下降.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dudao.claims.chapters import Chapter
from dudao.claims.context import Context, measure_of
from dudao.claims.contradictions.facts import TOLD, Fact, facts_of, prose_facts
from dudao.claims.contradictions.index_facts import index_facts
from dudao.claims.contradictions.index_names import index_of_label
from dudao.claims.contradictions.measure_keys import key_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.rectified import found_before
from dudao.claims.contradictions.same_measure import own_or_named
from dudao.claims.mentions import Mention, Role
from dudao.provenance import Span
from dudao.records import pickled_by_fields

_TURNED_DOWN = frozenset({"升反降", "增反减"})
_FALLS = frozenset({"下降", "减少", "降低", "下滑", "萎缩", "回落", "走低", "后退"})
_MOVES = r"下降|减少|降低|下滑|萎缩|回落|走低|上升|提高|提升|增长|增加|攀升|走高|回升"
_LAST_YEAR = r"[较比同与](?:上年|去年|上一年)(?:相比|同期)?|同比"
_MOVED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:(?P<year>20\d\d)年)?(?P<name>[\u4e00-\u9fff]{3,18}?)|(?<=，))"
    r"(?:(?P<then>20\d\d)年)?(?:也|均|都|却|已|仍|呈|实现了?|保持了?)?"
    rf"(?:连续(?P<years>[两三四五])年|(?:近?(?P<over>[两三四五])年来)?(?P<always>逐年|持续|连年)|[较比](?P<than>20\d\d)年|{_LAST_YEAR})"
    rf"(?:有所|略有|稍有|小幅|明显|大幅|稳步|不断|呈)*(?P<moved>{_MOVES})(?:趋势|态势)?(?=[，。；、\n]|$)"
    rf"|(?:(?<![\u4e00-\u9fff])(?P<turned>[\u4e00-\u9fff]{{3,18}}?)|(?<=，)(?:{_LAST_YEAR})?)不(?P<not>降反升|减反增|升反降|增反减)"
)
_CHANGED = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?P<name>[\u4e00-\u9fff]{{4,18}}?|[\u4e00-\u9fff]{{2,3}}率)虽?然?(?:{_LAST_YEAR})(?:净|有所|略有)*(?:{_MOVES})了?$"
)
_SINCE = re.compile(rf"(?:{_LAST_YEAR}|增长|增加|下降|减少|提高)")
_NOT_HERE = re.compile(r"部分|个别|有的|少数|某|民办|农村|城区|乡镇|其中|占比|比重")
_NOT_SAID = re.compile(r"力争|确保|争取|计划|目标|如果|若|防止|避免|要求|不得")
_BETWEEN = re.compile(r"[^，。；\d\n]{0,6}，")
_NAMED_BEFORE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,14}?率)(?:仅|只|虽|已|仍|均)*(?:低于|高于|偏[高低]|不高|较[高低]|处于|居于)[^，。；\d\n]{0,12}，"
)
"""义务教育巩固率低于全区平均水平，较上年下降."""
_MARK = re.compile("[，。；]")
_YEAR = re.compile(r"(?<![比较与同和由从自])20\d\d(?=年)")
_COUNTED = {"两": 2, "三": 3, "四": 4, "五": 5}
_UNITS = ("%", "元", "人", "所", "平方米", "册")
_FULL_NAME = 4
_OF_ALL = re.compile(r"(?:国家|九年|义务教育|中小学|青少年|儿童|在校|学?生|体质健康|标准|总体)*")
_RATE = re.compile(r"[\u4e00-\u9fff]{1,3}率")
_MOST = 60
_SHOWN = 30
ALWAYS = 0


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Direction:
    """What is told to have moved, which way (+1 or -1), up to which year and over how many (`ALWAYS` for all told).

    `keys` are the names under which its measure is compared, `measure` what a figure names so; `words` what the text
    says; `each` whether it moved so in each of the years.
    """

    keys: frozenset[str]
    way: int
    year: str
    since: int
    span: Span
    words: str
    by_figure: bool
    each: bool
    measure: str
    heading: str


def directions_of(reading: Reading, reported: str) -> tuple[Direction, ...]:
    """Return which way measures of the whole place are told to have moved; `reported` is the year of the text."""
    return reading.once(
        f"directions {reported}", lambda: (*_by_words(reading, reported), *_by_figures(reading, reported))
    )


def _by_words(reading: Reading, reported: str) -> Iterator[Direction]:
    facts: list[Fact] | None = None
    for number, match in enumerate(_MOVED.finditer(reading.text)):
        if number == _MOST:
            break
        span = Span(*match.span())
        name = match["name"] or match["turned"] or ""
        if _NOT_HERE.search(name) or reading.chapters.at(span.start) is Chapter.PLANS:
            continue
        sentence = reading.passage.segmentation.sentences.span_at(span.start)
        before = reading.text[max(sentence.start, span.start - 120) : span.start]
        if _NOT_SAID.search(_MARK.split(f"{before}{name}")[-1]) or reading.passage.has_torn(span):
            continue
        if facts is None:
            facts = _told_facts(reading, reported)
        named = _YEAR.findall(before)
        year = match["then"] or match["year"] or (named[-1] if named else reported)
        keys = keys_of_name(name, facts) if name else _just_told(reading, span, year, facts)
        if not keys or not year:
            continue
        since = _since(match, year)
        if since < 0:
            continue
        way = -1 if match["moved"] in _FALLS or match["not"] in _TURNED_DOWN else 1
        each = bool(match["always"] or match["years"] or since == 1)
        heading = reading.chapters.heading_at(span.start)
        yield Direction(
            keys, way, year, since, span, match[0], by_figure=False, each=each, measure=name, heading=heading
        )


def _since(match: re.Match[str], year: str) -> int:
    """Return over how many years words speak, `ALWAYS` for all told, below nought for those that make no sense."""
    if match["always"]:
        return _COUNTED[match["over"]] - 1 if match["over"] else ALWAYS  # 三年来 speaks of three figures
    if match["years"]:
        return _COUNTED[match["years"]]
    if match["than"]:
        return (int(year) - int(match["than"])) or -1
    return 1


def _told_facts(reading: Reading, reported: str) -> list[Fact]:
    """Return what the text states of its own place."""
    told = [*facts_of(reading), *index_facts(reading, reported)]
    return [fact for fact in told if not own_or_named(fact.place)]


def keys_of_name(name: str, facts: list[Fact]) -> frozenset[str]:
    """Return the names under which what moved may be compared; a bare rate is that of all pupils."""
    index = index_of_label(name, "")
    if index is not None:
        return frozenset({index.key})
    measure = measure_of(name)
    if _RATE.fullmatch(bare := measure or name):
        known = {(fact.measure.removesuffix(bare), fact.core) for fact in facts if fact.measure.endswith(bare)}
        return frozenset(core for whose, core in known if _OF_ALL.fullmatch(whose))
    if len(measure) < _FULL_NAME:
        return frozenset()
    return frozenset(key_of(measure, unit) for unit in _UNITS)


def _just_told(reading: Reading, span: Span, year: str, facts: list[Fact]) -> frozenset[str]:
    """Return the name of the figure in the clause before: 毛入园率92.6%，较上年略有下降."""
    begin = max(0, span.start - _SHOWN)
    near = [one for one in facts if begin <= one.quantity.span.start < span.start and one.period == year]
    if not near:
        named = _NAMED_BEFORE.search(reading.text, begin, span.start)
        return keys_of_name(named["name"], facts) if named and named.end() == span.start else frozenset()
    last = max(near, key=lambda fact: fact.quantity.span.start)
    follows = _BETWEEN.fullmatch(reading.text, last.quantity.span.end, span.start)
    return frozenset({last.core}) if follows else frozenset()


def _by_figures(reading: Reading, reported: str) -> Iterator[Direction]:
    """Yield by how much measures rose or fell since the year before, as told right behind them or of themselves."""
    mentions = reading.passage.mentions
    places = {mention.index: place for place, mention in enumerate(mentions)}
    contexts: dict[int, Context] = reading.worked_out.get(TOLD, {})
    for fact, mention in prose_facts(reading, reported):
        place = places[mention.index]
        if own_or_named(fact.place) or not fact.period.isdigit() or fact.aim or found_before(reading, mention):
            continue
        if mention.role is Role.TO and place and mentions[place - 1].role is Role.FROM:
            began = mentions[place - 1]
            context = contexts.get(began.quantity.span.start)
            year = context.period if context is not None and not context.inherited else ""
            last = not year or year == str(int(fact.period) - 1)
            if last and began.sentence == mention.sentence and began.quantity.value != mention.quantity.value:
                way = 1 if mention.quantity.value > began.quantity.value else -1
                yield _told(reading, frozenset({fact.core}), way, fact.period, mention, fact.measure)
        elif place + 1 < len(mentions):
            change = mentions[place + 1]
            near = change.sentence == mention.sentence and change.clause_number == mention.clause_number + 1
            if near and change.role is Role.CHANGE and change.direction and _SINCE.match(change.lead):
                yield _told(reading, frozenset({fact.core}), change.direction, fact.period, change, fact.measure)
    for mention in mentions:
        if mention.role is not Role.CHANGE or not mention.direction:
            continue
        changed = _CHANGED.search(mention.lead)
        if changed is None or (found_before(reading, mention) and not changed["year"]):
            continue
        if _NOT_HERE.search(changed["name"]) or _NOT_SAID.search(mention.topic):
            continue
        context = contexts.get(mention.quantity.span.start)
        year = changed["year"] or (context.period if context is not None else "") or reported
        measure = measure_of(changed["name"].removesuffix("虽"))
        if (
            (len(measure) >= _FULL_NAME or _RATE.fullmatch(measure))
            and year.isdigit()
            and context is not None
            and not own_or_named(context.place)
        ):
            short = len(measure) < _FULL_NAME
            facts = _told_facts(reading, reported) if short else []
            keys = keys_of_name(measure, facts) if short else frozenset(key_of(measure, unit) for unit in _UNITS)
            one = _told(reading, keys, mention.direction, year, mention, measure)
            yield replace(one, span=Span(max(0, one.span.start - len(changed[0])), one.span.end))


def _told(reading: Reading, keys: frozenset[str], way: int, year: str, mention: Mention, measure: str) -> Direction:
    words = "".join(f"{mention.clause}{mention.quantity.text}".split())[-_SHOWN:]
    heading = reading.chapters.heading_at(mention.quantity.span.start)
    return Direction(
        keys, way, year, 1, mention.quantity.span, words, by_figure=True, each=True, measure=measure, heading=heading
    )
