"""What the words of one file say against those of another: a figure miswritten, a thing done that was found undone.

Figures under one name are `tie_out`'s; here two files of one place and year speak of one thing in different words.
Only the files last added are kept with their words: a set is held against each other, thousands of reports are not.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dudao.claims.chapters import Chapter, Chapters
from dudao.claims.context import title_year
from dudao.claims.contradictions import bounds, coverage_with_exception, results_against_problems, retold
from dudao.claims.contradictions.aims import is_plan
from dudao.claims.contradictions.differences import fitting
from dudao.claims.contradictions.echo_names import changed_unit
from dudao.claims.contradictions.echo_pairs import are_one, share_words
from dudao.claims.contradictions.echo_slips import slip_keys, slipped
from dudao.claims.contradictions.echoes import (
    GROWN,
    Echo,
    echoes_and_aims,
    table_echoes,
)
from dudao.claims.contradictions.opposite_changes import turned
from dudao.claims.contradictions.rare_words import BEHIND, Rarity
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mention_reading import read_passage
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place
from dudao.claims.ties.few_again import few_apart
from dudao.claims.ties.figures import clause_of
from dudao.claims.ties.found_again import found_of, misquoted, quoted_of
from dudao.claims.ties.model import FilePlace, TieFinding
from dudao.claims.ties.plan_reached import falls_short, reached_of
from dudao.claims.ties.planned import Planned, planned_of, set_otherwise
from dudao.claims.ties.told_before import Before, befores_of, left_otherwise
from dudao.claims.ties.told_events import (
    TieDirection,
    TieEvent,
    dated_otherwise,
    moved_otherwise,
    tie_directions,
    tie_events,
)
from dudao.documents.model import Document
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities
from dudao.records import pickled_by_fields

CODE = "claims.tie"
_MUCH_THE_SAME = "说法相近，似为同一事项"
_FILES_APART = 100_000
KEPT_FILES = 8
"""So many files of words are kept; each further file is held against all of them."""
_SCHOOL_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d) ?[-—–~～至] ?(?:19|20)\d\d ?学年")
_TITLE = 120
_RISEN = re.compile(r"由[^，。；]{0,30}\d[^，。；\d]{0,4}(?:提高|增加|增长|提升|上升|下降|降低|减少|压减|降)[到至为]，")
_FINDS = re.compile(r"反馈|意见书|督导意见|督[导查]通报|评[估价]意见")
_FOUND = re.compile(r"反馈|核查|指出|督导组|评估组|针对|查出")
"""Words by which a report of rectification tells what others found."""
_DONE_SINCE = re.compile(r"已|补[充齐]|新|招|投入|建|完成|整改|化解|消除|到位")
_WAY = re.compile("(?:增长|增加|上升|提高|下降|减少|降低)了?$")
_WAY_REACH = 4
_CHANGED_UNIT = changed_unit("")
_LONGEST = 400
_SENTENCES = 150
_KINDS: tuple[Callable[[Reading], list[Finding]], ...] = (
    results_against_problems.find,
    coverage_with_exception.find,
    bounds.find,
)


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a file: its words, and where they stand in the document's own text."""

    words: str
    span: Span


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieEcho:
    """A figure of a file with the words around it, see `echoes.Echo`."""

    echo: Echo
    where: FilePlace


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class TieWords:
    """What the words of one file say: of which place and year, its figures, what it praises and what it admits.

    The figures of a `plan` may be aims or the state of the year before: only those that look miswritten are told.
    What a file that `mends` says is done was found undone before, by one that `finds` what is wrong.
    """

    file: str
    place: str
    year: str
    echoes: tuple[TieEcho, ...] = ()
    results: tuple[Sentence, ...] = ()
    problems: tuple[Sentence, ...] = ()
    plan: bool = False
    planned: tuple[Planned, ...] = ()
    mends: bool = False
    finds: bool = False
    quoted: tuple[Planned, ...] = ()
    found: tuple[Planned, ...] = ()
    events: tuple[TieEvent, ...] = ()
    directions: tuple[TieDirection, ...] = ()
    befores: tuple[Before, ...] = ()
    reached: tuple[tuple[Planned, Decimal, Decimal], ...] = ()


def tie_words(document: Document, reading: Reading) -> TieWords | None:
    """Return what the words of a document say, None where it names no place: two counties are never compared."""
    name = Path(document.file).stem
    own = own_place(reading.text) or own_place(name)
    year = title_year(reading.text) or title_year(name) or _school_year(reading.text)
    if not own:
        return None
    source = document.repaired.source_span
    found = [
        TieEcho(
            one,
            FilePlace(
                document.file,
                source(_with_way(reading.text, one)),
                one.quantity.text,
                clause_of(reading.text, one.quantity.span) if one.sentence >= 0 else f"{one.own}{one.quantity.text}",
            ),
        )
        for one in (*echoes_and_aims(reading, year), *table_echoes(reading, year))
        if not one.aim or not one.refers
    ]
    results = sorted([*reading.sentences_of(Chapter.RESULTS), *reading.sentences_of(Chapter.OTHER)])
    problems = reading.sentences_of(Chapter.PROBLEMS)
    plan = is_plan(reading.text)
    mends = _mends(reading.text)
    finds = _FINDS.search(_title(reading.text)) is not None and not mends
    told, admitted = _sentences(results, source), _sentences(problems, source)
    return TieWords(
        document.file,
        own,
        year,
        tuple(found),
        told,
        admitted,
        plan,
        planned_of(document, reading, year),
        mends,
        finds,
        quoted_of(document, reading) if mends else (),
        found_of(document, reading) if finds else (),
        tie_events(document, reading, year),
        tie_directions(document, reading, year),
        befores_of(document, reading, year),
        () if plan else reached_of(document, reading),
    )


def _with_way(text: str, echo: Echo) -> Span:
    """Return where a figure stands, with the word that says which way it moved where it is a change."""
    span = echo.quantity.span
    way = _WAY.search(text[max(0, span.start - _WAY_REACH) : span.start]) if echo.unit.endswith(_CHANGED_UNIT) else None
    return Span(span.start - len(way[0]), span.end) if way else span


def _mends(text: str) -> bool:
    """Return whether a document tells how problems were mended: what it says is done was undone before."""
    return "整改" in _title(text)


def _title(text: str) -> str:
    return text.lstrip()[:_TITLE].split("\n")[0]


def _tells_what_was_found(echo: Echo) -> bool:
    return _FOUND.search(echo.wide) is not None and _DONE_SINCE.search(echo.near) is None


def _as_found(file: TieWords, other: TieWords) -> tuple[TieEcho, ...]:
    """Return the figures of a file; those by which it tells what another one found are of the year of that one."""
    if not (file.mends and other.finds):
        return file.echoes
    return tuple(
        replace(one, echo=replace(one.echo, period=other.year)) if _tells_what_was_found(one.echo) else one
        for one in file.echoes
    )


def _school_year(text: str) -> str:
    """Return the year in which the school year begins that the title of a document names; empty for none."""
    match = _SCHOOL_YEAR.search(text.lstrip()[:_TITLE].split("\n")[0])
    return match["year"] if match else ""


def _sentences(told: list[tuple[int, str]], source: Callable[[Span], Span]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(words[:_LONGEST], source(Span(start, start + min(len(words), _LONGEST))))
        for start, words in told[:_SENTENCES]
        if words.strip()
    )


class ToldAgain:
    """Holds each file against the few before it that are of the same place."""

    def __init__(self) -> None:
        self._files: deque[TieWords] = deque(maxlen=KEPT_FILES)

    def add(self, words: TieWords | None) -> list[TieFinding]:
        """Return where the words of a further file speak against those of the files before, and remember them."""
        if words is None:
            return []
        found: list[TieFinding] = []
        for earlier in self._files:
            if earlier.place == words.place and earlier.file != words.file:
                found.extend(_echoed(earlier, words))
                found.extend(_happened_otherwise(earlier, words))
                found.extend(_misquoted(earlier, words, found))
                found.extend(_changed_otherwise(earlier, words, found))
                found.extend(_few_digits(earlier, words, found))
                if earlier.year == words.year:
                    if not self._mended_between(earlier, words):
                        found.extend(_spoken_against(earlier, words))
                    found.extend(_set_otherwise(earlier, words))
        self._files.append(words)
        return found

    def _mended_between(self, earlier: TieWords, later: TieWords) -> bool:
        """Return whether a third file tells how what one file found was mended, before the other one told of it."""
        finds = earlier if earlier.finds else later if later.finds else None
        other = later if finds is earlier else earlier
        mended = any(one.mends and one.place == later.place for one in self._files)
        return finds is not None and not other.mends and mended


def _echoed(earlier: TieWords, later: TieWords) -> Iterator[TieFinding]:
    """Yield the figures of a file that look like one of the other file miswritten."""
    told = _as_found(earlier, later), _as_found(later, earlier)
    values = [{_value(one) for one in echoes} for echoes in told]
    known: dict[tuple[object, ...], list[TieEcho]] = {}
    words: dict[tuple[object, ...], list[TieEcho]] = {}
    for one in told[0]:
        for key in slip_keys(one.echo.unit, one.echo.quantity):
            known.setdefault(key, []).append(one)
        for key in retold.keys_of(one.echo):
            words.setdefault(key, []).append(one)
    rarity = _rarity_of(*told)
    for one in told[1]:
        if _value(one) in values[0]:
            continue  # the other file has this value too
        if one.echo.unit == GROWN:
            if not (earlier.plan or later.plan) and (again := _retold(one, words, values[1])) is not None:
                yield _of_figures(again, one, later, _MUCH_THE_SAME)
            continue
        for other in (place for key in slip_keys(one.echo.unit, one.echo.quantity) for place in known.get(key, ())):
            same_time = one.echo.period == other.echo.period != ""
            if _value(other) in values[1] or not same_time or not slipped(other.echo.quantity, one.echo.quantity):
                continue
            if are_one(other.echo, one.echo) or share_words(other.echo, one.echo, rarity):
                yield _of_figures(other, one, later, "似为同一事项，两个数只差一位数字或数字次序不同")
                break
        else:
            stated = not (earlier.plan or later.plan or one.echo.aim)
            if stated and (again := _retold(one, words, values[1])) is not None:
                yield _of_figures(again, one, later, _MUCH_THE_SAME)


def _few_digits(earlier: TieWords, later: TieWords, told: Sequence[TieFinding]) -> list[TieFinding]:
    """Return the figures of few digits that two files of one year tell of one thing with different values."""
    if earlier.plan or later.plan or earlier.year != later.year:
        return []
    echoes = [_as_found(earlier, later), _as_found(later, earlier)]
    where = {id(one.echo): one for file in echoes for one in file}
    spans = {span for one in told for span in (one.first.span, one.second.span)}
    return [
        _of_figures(where[id(one)], where[id(other)], later, _MUCH_THE_SAME)
        for one, other in few_apart(
            [one.echo for one in echoes[0]], [one.echo for one in echoes[1]], _rarity_of(*echoes)
        )
        if not {where[id(one)].where.span, where[id(other)].where.span} & spans
    ]


def _rarity_of(*files: Sequence[TieEcho]) -> Rarity:
    return Rarity(
        (number * _FILES_APART + one.echo.sentence, one.echo.near)
        for number, echoes in enumerate(files)
        for one in echoes
    )


def _retold(
    one: TieEcho, earlier: dict[tuple[object, ...], list[TieEcho]], told: set[tuple[str, Decimal]]
) -> TieEcho | None:
    """Return the figure of the earlier file that the words of this one tell with another value; None for several."""
    echo = one.echo
    if _RISEN.search(echo.wide):
        return None  # what it rose to may be of a later day than the year of the file
    alike = {
        other.where.span: other
        for key in retold.keys_of(echo)
        for other in earlier.get(key, ())
        if other.echo.period == echo.period != "" and not other.echo.aim and retold.may_be_one(other.echo, echo)
    }
    found = [other for other in alike.values() if retold.told_alike(other.echo, echo, echo.period)]
    if len({other.echo.quantity.value for other in found}) != 1 or not retold.comparable(found[0].echo, echo):
        return None
    return None if _value(found[0]) in told else found[0]


def _value(one: TieEcho) -> tuple[str, Decimal]:
    return one.echo.unit, one.echo.quantity.value


def _of_figures(first: TieEcho, second: TieEcho, later: TieWords, why: str) -> TieFinding:
    figures = first.echo.quantity, second.echo.quantity
    return _of_two(*figures, (first.where, second.where), later, second.echo.period, why)


def _of_two(
    right: Quantity, written: Quantity, places: tuple[FilePlace, FilePlace], later: TieWords, period: str, why: str
) -> TieFinding:
    first, second = places
    one, other = Path(first.file).name, Path(second.file).name
    return TieFinding(
        CODE,
        Level.WARNING,
        second.words,
        later.place,
        period,
        first,
        second,
        f"{one}写“{first.words}”，{other}写“{second.words}”，{why}。如以{one}为准，此处应为{fitting(right, written)}。",
        "请核对原始数据，统一两份文件的数字；确是两件事的，请写明区别。",
    )


def _changed_otherwise(earlier: TieWords, later: TieWords, told: Sequence[TieFinding]) -> list[TieFinding]:
    """Return the changes that one file tells the other way, and those that last year's figures do not bear out."""
    spans = {span for one in told for span in (one.first.span, one.second.span)}
    places = [{id(one.echo): one.where for one in file.echoes} for file in (earlier, later)]
    found = [
        _of_places(places[0][id(one)], places[1][id(other)], later, "同一数量的增减，方向相反")
        for one, other in turned([one.echo for one in earlier.echoes], [one.echo for one in later.echoes])
    ]
    for source, report in ((earlier, later), (later, earlier)):
        dated = source.year == report.year and not any(one.plan or one.mends for one in (source, report))
        if not (_is_next_year(source, report) or dated):
            continue
        where = {id(one.echo): one.where for one in source.echoes}
        values = {_value(one) for one in report.echoes}
        for echo, before in left_otherwise([one.echo for one in source.echoes], report.befores, values):
            if not any(span.overlaps(before.where.span) for span in spans):
                places_told = (where[id(echo)], before.where)
                first, second = places_told if source is earlier else places_told[::-1]
                found.append(
                    _of_places(first, second, later, f"由增减数算出上年为{before.echo.quantity.text}，与上年文件不符")
                )
    return found


def _happened_otherwise(earlier: TieWords, later: TieWords) -> Iterator[TieFinding]:
    """Yield what two files date, or let rise and fall, in ways that cannot both be true."""
    for event, dated in dated_otherwise(earlier.events, later.events):
        yield _of_places(event.where, dated.where, later, "说的似为同一件事，日期不同")
    for moved, other in moved_otherwise(earlier.directions, later.directions):
        yield _of_places(moved.where, other.where, later, "同一指标同一时期，方向相反")


def _of_places(first: FilePlace, second: FilePlace, later: TieWords, why: str) -> TieFinding:
    one, other = Path(first.file).name, Path(second.file).name
    return TieFinding(
        CODE,
        Level.WARNING,
        second.words,
        later.place,
        later.year,
        first,
        second,
        f"{one}写“{first.words}”，{other}写“{second.words}”，{why}。",
        "请核对文件和各年数字，统一两份文件的说法；说的不是同一件事、同一范围的，请写明区别。",
    )


def _set_otherwise(earlier: TieWords, later: TieWords) -> Iterator[TieFinding]:
    """Yield the figures that one file says were planned and the plan itself sets otherwise."""
    if earlier.plan == later.plan:
        return
    plan, report = (earlier, later) if earlier.plan else (later, earlier)
    for aim, told in set_otherwise(plan.planned, report.planned):
        first, second = (aim, told) if plan is earlier else (told, aim)
        yield _of_two(first.quantity, second.quantity, (first.where, second.where), later, later.year, _MUCH_THE_SAME)
    for aim, told in falls_short(plan.planned, report.reached):
        first, second = (aim, told) if plan is earlier else (told, aim)
        yield _of_places(first.where, second.where, later, "后者称完成了计划，与计划数不合")


def _misquoted(earlier: TieWords, later: TieWords, told: Sequence[TieFinding]) -> list[TieFinding]:
    """Return the figures that a file quotes otherwise than the one that told them: the opinion, last year's report."""
    spans = {span for one in told for span in (one.first.span, one.second.span)}
    found = []
    for source, report in ((earlier, later), (later, earlier)):
        pairs = misquoted(source.found, report.quoted) if source.finds and report.mends else []
        if not pairs and _is_next_year(source, report):
            pairs = misquoted(
                [one for one in map(_as_told, source.echoes) if one is not None],
                [figure for one in report.echoes if one.echo.period == source.year and (figure := _as_told(one))],
            )
        for right, quoted in pairs:
            if not {right.where.span, quoted.where.span} & spans:
                first, second = (right, quoted) if source is earlier else (quoted, right)
                places = first.where, second.where
                found.append(_of_two(first.quantity, second.quantity, places, later, later.year, _MUCH_THE_SAME))
    return found


def _is_next_year(source: TieWords, report: TieWords) -> bool:
    """Return whether a report is of the year after another one, and neither plans or mends."""
    apart = source.year.isdigit() and report.year.isdigit() and int(report.year) - int(source.year) == 1
    return apart and not any(one.plan or one.mends or one.finds for one in (source, report))


def _as_told(one: TieEcho) -> Planned | None:
    """Return a figure of the whole place with the words around it; None for one of some schools or several years."""
    echo = one.echo
    if echo.some or echo.place or echo.running or echo.aim or echo.unit == GROWN:
        return None
    return Planned(echo.quantity, echo.near.replace(BEHIND, "，"), one.where)


def _spoken_against(earlier: TieWords, later: TieWords) -> Iterator[TieFinding]:
    """Yield what one file says is done in full and the other admits is not."""
    for praising, admitting in ((earlier, later), (later, earlier)):
        if praising.results and admitting.problems and not praising.mends:
            yield from _against(praising, admitting, later)


def _against(praising: TieWords, admitting: TieWords, later: TieWords) -> Iterator[TieFinding]:
    """Yield the findings on the results of one file read together with the problems of the other."""
    title = f"{praising.place}{praising.year}年报告\n" if praising.year else f"{praising.place}报告\n"
    parts, starts, position = [title], [], len(title)
    for sentence in (*praising.results, *admitting.problems):
        starts.append(position)
        words = sentence.words.replace("\n", " ") + "\n"
        parts.append(words)
        position += len(words)
    begin = starts[len(praising.results)]
    text = "".join(parts)
    chapters = Chapters((0, begin), (Chapter.RESULTS, Chapter.PROBLEMS), ("", ""))
    reading = Reading(text, read_passage(text, read_quantities(text)), (), chapters)
    sentences = (*praising.results, *admitting.problems)
    for kind in _KINDS:
        for finding in kind(reading):
            spans = sorted((finding.span, *finding.related))
            if len(spans) < 2 or not spans[0].start < begin <= spans[-1].start:
                continue
            said, admitted = (
                _place(file, sentences, starts, text, span)
                for file, span in ((praising, spans[0]), (admitting, spans[-1]))
            )
            yield _of_words(said, admitted, later)


def _place(file: TieWords, sentences: Sequence[Sentence], starts: list[int], text: str, span: Span) -> FilePlace:
    """Return where a stretch of the two files read together stands in its own file."""
    number = max(place for place, start in enumerate(starts) if start <= span.start)
    sentence = sentences[number]
    offset = span.start - starts[number]
    start = min(sentence.span.start + offset, max(sentence.span.end - 1, sentence.span.start))
    end = max(start + 1, min(start + len(span), sentence.span.end))
    words = "".join(text[span.start : span.end].split())
    return FilePlace(file.file, Span(start, end), words, words)


def _of_words(said: FilePlace, admitted: FilePlace, later: TieWords) -> TieFinding:
    last = said if said.file == later.file else admitted
    first = admitted if last is said else said
    one, other = Path(said.file).name, Path(admitted.file).name
    return TieFinding(
        CODE,
        Level.WARNING,
        last.words,
        later.place,
        later.year,
        first,
        last,
        f"{one}称“{said.words}”，{other}的问题部分却写“{admitted.words}”，两份文件说法相反。",
        "请核实情况：如只是部分学校的问题，请在称全部做到的一处写明范围。",
    )
