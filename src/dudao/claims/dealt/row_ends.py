"""What is said of the ends of a row of years: 2020年至2024年依次为…42018人、41207人，较上年减少811人，下降1.9%."""

import re
from collections.abc import Iterator

from dudao.claims.formulas import grown, minus, shrunk
from dudao.claims.likeness import own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.relations.compound_growth import YEARLY
from dudao.claims.series import Series, starts_series
from dudao.quantities.model import Kind

AT_LEAST = 3
"""How many years a row has at least that one speaks of its ends."""
BEHIND = 4
"""How many figures behind the row may speak of them."""
YEARS_REACH = 200
_YEARS = re.compile(r"(?:19|20)\d\d年?\s?[、，和至到—–-]{1,2}\s?(?:19|20)\d\d年?|[近前后三四五六][三四五六]?年[来内]?")
_LAST_YEAR = re.compile(r"(?:比|较|同)上(?:一)?(?:学)?年|同比")
_ALL_YEARS = re.compile(
    r"[两三四五六]年[来间]?[^，。；、\d]{0,4}(?:净|累计|共|总)?(?:增|减|提高|下降|上升)|累计(?:净)?(?:增|减)|净增|净减"
)


def row_ends(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield the change from the year before the last, or from the first year, to the last one of a row."""
    head, last = row.members[0], row.members[-1]
    if not (row.dealt and len(row) >= AT_LEAST and head.amount and head.level) or head.each:
        return
    before = head.quantity.span.start
    start = max(passage.segmentation.sentences.span(head.sentence).start, before - YEARS_REACH)
    if _YEARS.search(passage.text, start, before) is None:
        return
    base: Mention | None = None
    behind = row.first + len(row)
    for place, one in enumerate(passage.mentions[behind : behind + BEHIND], behind):
        if starts_series(passage, place):
            # 同比分别增长4.2%、6.3%、5.5%: one for each year, read elsewhere.
            return
        if one.sentence != last.sentence or one.part != last.part or one.role is not Role.CHANGE:
            return
        if YEARLY.search(one.lead) or (own_subject(one.lead) and not _ALL_YEARS.match(one.lead)):
            return
        if _LAST_YEAR.search(one.clause):
            base = row.members[-2]
        elif _ALL_YEARS.search(one.lead):
            base = head
        if base is None:
            return
        found = _change(passage, one, last, base)
        if found is not None:
            yield found


def _change(passage: Passage, one: Mention, new: Mention, old: Mention) -> Proposal | None:
    high, low = (new, old) if one.direction >= 0 else (old, new)
    if one.amount and same_unit(one, new):
        wording = Wording("dealt_lists", ClaimType.DIFFERENCE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        return propose(passage, wording, ("diff", one), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
    if one.quantity.kind is not Kind.PERCENT or one.quantity.upper is not None:
        return None
    rises = one.direction >= 0
    spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%" if rises else f"（1－{text_of(new)}÷{text_of(old)}）×100%"
    wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
    operands = {"new": new, "old": old}
    return propose(passage, wording, ("growth", one), operands, grown if rises else shrunk, STRUCTURAL)
