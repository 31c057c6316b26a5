"""Changes between two years named anew: 2022年8935万元、2023年10285万元，2023年比2022年增长15.1%."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.series import all_series
from dudao.quantities.model import Kind

REACH = 12
"""How many figures back the figures of both years may stand."""
_COMPARED = re.compile(r"(?P<later>(?:19|20)\d\d)年(?:[^，。；、\d]{0,8}?)(?:比|较|与|同)(?P<earlier>(?:19|20)\d\d)年")
_OWN_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|末|底)?[^，。；、\d]{0,8}$")
_YEARS = re.compile(r"((?:19|20)\d\d)(?=年|、|和|与|至|—|-|[两三四五]年)")
WORDS = 60
"""How many characters before a row the years it is dealt to may stand."""
_NOT_LEVELS = frozenset({Role.CHANGE, Role.EXCESS, Role.SHARE})


def years_named(passage: Passage) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Yield the levels of both years, the later first, and the change told of them.

    Each year must have one figure only in the sentence of the change and the one before it.
    """
    mentions = passage.mentions
    for place, change in enumerate(mentions):
        said = _COMPARED.search(change.clause) if change.role is Role.CHANGE else None
        if said is None:
            continue
        told = _dealt_to_years(passage, place)
        for one in mentions[max(place - REACH, 0) : place]:
            own = _OWN_YEAR.search(one.lead)
            near = one.paragraph == change.paragraph and change.sentence - one.sentence <= 1
            if own is not None and near and one.role not in _NOT_LEVELS and one.depth <= change.depth:
                told.setdefault(own["year"], []).append(one)
        later, earlier = told.get(said["later"], []), told.get(said["earlier"], [])
        if len(later) == 1 == len(earlier) and same_unit(later[0], earlier[0]) and later[0].each == earlier[0].each:
            alike = same_unit(change, later[0]) or change.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT)
            if alike and said["later"] != said["earlier"]:
                yield later[0], earlier[0], change
                yield from ((later[0], earlier[0], one) for one in _said_on(mentions, place))


def _said_on(mentions: tuple[Mention, ...], place: int) -> Iterator[Mention]:
    """Yield the growth said right behind an increase: 2023年比2022年增加1.71亿元，增长5.72%."""
    change, rate = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    if rate is None or rate.role is not Role.CHANGE or rate.quantity.kind is not Kind.PERCENT or not change.amount:
        return
    if rate.part == change.part and rate.clause_number - change.clause_number == 1 and not own_subject(rate.lead):
        yield rate


def _dealt_to_years(passage: Passage, place: int) -> dict[str, list[Mention]]:
    """Return by year the last row that 分别 deals to as many years: 2022、2023两年经费分别为29.87亿元和31.58亿元."""
    change = passage.mentions[place]
    rows = [row for row in all_series(passage) if row.first < place and place - row.first <= REACH and row.dealt]
    rows = [row for row in rows if row.members[0].sentence == change.sentence and row.members[0].level]
    if not rows:
        return {}
    head = rows[-1].members[0]
    start = passage.segmentation.sentences.starts[head.sentence]
    years = _YEARS.findall(passage.text, max(start, head.quantity.span.start - WORDS), head.quantity.span.start)
    row = rows[-1].members
    if len(years) == len("前后") < len(row) and int(years[1]) - int(years[0]) == len(row) - 1:
        years = [str(int(years[0]) + number) for number in range(len(row))]
    return {year: [one] for year, one in zip(years, row, strict=True)} if len(years) == len(row) else {}
