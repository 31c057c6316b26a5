"""How two figures make a result, and how many of those nearby may be tried before chance makes one fit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dudao.claims.arithmetic import Formula, step
from dudao.claims.formulas import fallen, grown, minus, quotient, risen, share_in_percent, shrunk
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import WEAK, Proposal, Wording, propose, text_of
from dudao.quantities.model import Kind

NAME = "near_fits"
REACH = 30
"""How many figures back the operands may stand."""
KEPT = 12
"""How many operands of a kind are tried."""
AHEAD = 2
"""How many figures behind the result, in its own sentence, an operand may stand."""
PARAGRAPHS = 4
"""In how many paragraphs before, headings among them, the operands may stand."""
CHANCE = 8.0
"""What is tried must be so many times too little to fit once by chance."""
PERCENTS = 50.0
"""Over how many points the percentages are spread that figures make by chance."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How two figures make a result: the type of the claim, its formula, their names in it, how it is spoken."""

    type: ClaimType
    formula: str
    names: tuple[str, str]
    spoken: str
    compute: Formula

    def proposed(
        self, passage: Passage, one: Mention, figures: tuple[Mention, Mention], strength: int, *, derived: bool
    ) -> Proposal | None:
        """Return the claim that a figure is what the rule makes of two others, given in the order of their names."""
        spoken = self.spoken.format(*map(text_of, figures))
        wording = Wording(NAME, self.type, self.formula, spoken)
        operands = dict(zip(self.names, figures, strict=True))
        stated = self.formula.partition(" ")[0]
        found = propose(passage, wording, (stated, one), operands, self.compute, strength, derived=derived)
        if found is None or strength > WEAK or one.quantity.kind is not Kind.PERCENTAGE_POINT:
            return found
        # 1.6个百分点 beside 93.4% and 91.7%: points that only stand near must fit as they are written.
        return None if found.claim.verdict is Verdict.CONSISTENT_IF_ROUNDED else found


DIFFERENCE = Rule(ClaimType.DIFFERENCE, "diff = a - b", ("a", "b"), "{0}－{1}", minus)
EXCESS = Rule(ClaimType.EXCEEDS_STANDARD, "diff = a - b", ("a", "b"), "{0}－{1}", minus)
SHARE = Rule(ClaimType.SHARE, "share = part / whole", ("part", "whole"), "{0}÷{1}×100%", share_in_percent)
RATIO = Rule(ClaimType.RATIO, "ratio = b / a", ("b", "a"), "{0}÷{1}", quotient)
MEAN_OF = Rule(ClaimType.PER_CAPITA, "per = total / n", ("total", "n"), "{0}÷{1}", quotient)
GROWTH = Rule(ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", ("new", "old"), "（{0}÷{1}－1）×100%", grown)
SHRINKAGE = Rule(ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", ("new", "old"), "（1－{0}÷{1}）×100%", shrunk)
RISE = Rule(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level - delta)",
    ("level", "delta"),
    "{1}÷（{0}－{1}）×100%",
    risen,
)
FALL = Rule(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level + delta)",
    ("level", "delta"),
    "{1}÷（{0}＋{1}）×100%",
    fallen,
)

Trial = tuple[float, Rule, Mention, Mention]
"""About what a rule makes of two figures; most trials miss by far, so nothing is worded before one comes near."""


def near_figures(passage: Passage, place: int, wanted: Callable[[Mention], bool], limit: int = KEPT) -> list[Mention]:
    """Return the figures near a result that may be its operands: those before, the nearest first, then those behind."""
    mentions, one = passage.mentions, passage.mentions[place]
    found: list[Mention] = []
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        candidate = mentions[other]
        if one.paragraph - candidate.paragraph > PARAGRAPHS or len(found) >= limit:
            break
        if wanted(candidate):
            found.append(candidate)
    behind = mentions[place + 1 : place + 1 + AHEAD]
    return [*found, *(other for other in behind if other.sentence == one.sentence and wanted(other))]


def is_operand(one: Mention) -> bool:
    """Return whether a figure may be what a result is made of: an amount that stands for itself."""
    # An open amount (56人以上) fits whatever is tried.
    usable = one.slack is not None and one.quantity.value > 0 and one.family is not None
    return usable and one.amount and one.role not in (Role.CHANGE, Role.EXCESS)


def room_of(one: Mention) -> float:
    """Return one unit of the last digit written."""
    return float(step(one.quantity))


def _chance(one: Mention) -> float:
    """Return how likely one trial fits by chance."""
    if one.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
        return room_of(one) / PERCENTS
    return room_of(one) / float(one.quantity.value)


def tried(passage: Passage, one: Mention, trials: Iterator[Trial], *, derived: bool) -> Iterator[Proposal]:
    """Yield the first trial that fits, as long as chance would not have made one fit."""
    value, chance = float(one.quantity.value), _chance(one)
    room = max(room_of(one), value / 200) * 1.01
    for number, (made, rule, first, second) in enumerate(trials, 1):
        if number * chance * CHANCE > 1 and number > 1:
            return
        if abs(made - value) <= room:
            found = rule.proposed(passage, one, (first, second), WEAK, derived=derived)
            if found is not None:
                yield found
                return


def pairs_of(near: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of figures that can be compared, those nearest to the result first; the larger stands first."""
    for later in range(1, len(near)):
        for earlier in range(later):
            one, other = near[earlier], near[later]
            if comparable(one, other) and one.quantity.value != other.quantity.value:
                yield (one, other) if one.quantity.value > other.quantity.value else (other, one)


def comparable(one: Mention, other: Mention) -> bool:
    """Return whether two amounts count the same: both per head or not, or of one size as pay is however it is named."""
    if not same_unit(one, other):
        return False
    return one.each == other.each or other.quantity.value / 8 < one.quantity.value < other.quantity.value * 8
