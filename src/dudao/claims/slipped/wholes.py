"""One whole that a slip keeps from being that of several shares: 9,847人…2,163人，占21.1%…1,748人，占17.1%.

One share alone says little about a whole that is told sentences before. Several that all fit one number, a digit away
from an amount that is told, say which number was meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dudao.claims.arithmetic import percent, step
from dudao.claims.fractions import has_own_share
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.nearby.announced import announced
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, shown, text_of
from dudao.claims.series import SERIES_LIMIT
from dudao.claims.slipped.standing import NAME, Standing
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.slips import KINDS_OF_SLIP, corrected, digits_of, slipped_within
from dudao.quantities.model import Kind

REACH = 120
"""How many figures back the whole may stand."""
TOGETHER = 60
"""Within how many figures the shares of one whole are told."""
AT_LEAST = 2
SHARES_LIMIT = 400
"""So many shares of one text that nothing explains are looked at."""
CHANCE = 20.0
"""Chance must bring an amount so near to what the shares ask for so many times too seldom."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A part with its share and what its whole must be: anything from `low` to `high`, in base units."""

    place: int
    part: Mention
    share: Mention
    low: float
    high: float


def slipped_wholes(passage: Passage, standing: Standing) -> Iterator[Proposal]:
    """Yield the first share of each whole that one slip keeps from being the whole of all the shares told of it."""
    shares = [*_open_shares(passage, standing)]
    first = 0
    done: set[int] = set()
    while first < len(shares):
        group = [one for one in shares[first:] if one.place - shares[first].place <= TOGETHER]
        group = [one for one in group if same_unit(one.part, group[0].part) and one.share.index not in done]
        found = _whole(passage, group, standing) if len(group) >= AT_LEAST else None
        if found is not None:
            whole, meant, fitting = found
            done.update(one.share.index for one in fitting)
            proposal = _proposed(passage, whole, fitting[0], meant)
            if proposal is not None:
                yield proposal
        first += 1


def _open_shares(passage: Passage, standing: Standing) -> Iterator[_Share]:
    mentions = passage.mentions
    told = 0
    for place, share in enumerate(mentions):
        figure = share.quantity
        plain = figure.kind is Kind.PERCENT and figure.upper is None and figure.approximation is None
        if not plain or not 0 < figure.value < 100 or share.index in standing.stated or announced(share) != "share":
            continue
        part = _part(passage, place)
        if part is None or part.index in standing.wrong:
            continue
        told += 1
        if told > SHARES_LIMIT:
            return
        half = float(step(figure)) / 2
        value = float(part.quantity.value) * 100
        yield _Share(place, part, share, value / (float(figure.value) + half), value / (float(figure.value) - half))


def _part(passage: Passage, place: int) -> Mention | None:
    """Return the amount right before a share, or the one at its place in the row before a row of shares."""
    mentions, share = passage.mentions, passage.mentions[place]
    first = place
    while first and mentions[first - 1].quantity.kind is Kind.PERCENT:
        if mentions[first - 1].sentence != share.sentence:
            break
        first -= 1
        if place - first >= SERIES_LIMIT:
            return None
    last = place
    while last + 1 < len(mentions) and mentions[last + 1].quantity.kind is Kind.PERCENT:
        if last - place >= SERIES_LIMIT or mentions[last + 1].clause_number != share.clause_number:
            break
        last += 1
    part = mentions[place - (last - first + 1)] if place - (last - first + 1) >= 0 else None
    if part is None or part.sentence != share.sentence or part.depth > share.depth:
        return None
    near = mentions[first].clause_number - mentions[first - 1].clause_number <= 1
    return part if near and plain_amount(part) and part.level and not part.each else None


def _whole(passage: Passage, group: list[_Share], standing: Standing) -> tuple[Mention, float, list[_Share]] | None:
    """Return the amount told before, what it should be and the shares that agree; None where chance may be at work."""
    tried = 0
    for whole in passage.mentions[max(group[0].place - REACH, 0) : group[0].place][::-1]:
        if not (plain_amount(whole) and whole.level and same_unit(whole, group[0].part)) or whole.each:
            continue
        if whole.index in standing.confirmed or whole.index in standing.wrong:
            continue
        if any(whole.quantity.value <= one.part.quantity.value for one in group):
            continue  # the part itself, told before, or what is too small for it
        if has_own_share(passage, whole, group[0].part):
            continue  # one of those beside the part
        tried += 1
        digits = digits_of(whole.quantity)
        if digits is None:
            continue
        unit = float(digits.unit)
        for one in group[:AT_LEAST]:
            number = slipped_within(digits.number, one.low / unit, one.high / unit)
            if number is None:
                continue
            meant = number * unit
            fitting = [other for other in group if other.low <= meant <= other.high]
            # What the shares ask for is plain; some amount may come within a digit of it by chance.
            chance = tried * KINDS_OF_SLIP * len(str(digits.number)) / number
            if len(fitting) >= AT_LEAST and chance * CHANCE <= 1:
                return whole, meant, fitting
    return None


def _proposed(passage: Passage, whole: Mention, one: _Share, meant: float) -> Proposal | None:
    spoken = f"{text_of(one.part)}÷{text_of(whole)}×100%"
    wording = Wording(NAME, ClaimType.SHARE, "share = part / whole", spoken)
    operands = {"part": one.part, "whole": whole}
    found = propose(
        passage, wording, ("share", one.share), operands, lambda values: percent(values[0], values[1]), STRUCTURAL
    )
    if found is None or found.holds:
        return None
    digits = digits_of(whole.quantity)
    if digits is None:
        return None
    right = corrected(whole.quantity, round(meant / float(digits.unit)), digits.unit)
    said = shown(right.value, whole.quantity, more=0)
    return replace(found, slip=f"若“{text_of(whole)}”为“{said}”之误，几处占比都正好相符")
