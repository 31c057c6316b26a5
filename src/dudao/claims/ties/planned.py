"""What a report says a plan set, against the plan itself: 完成年度目标4510个 where the plan of the year says 4150个.

Sums that a sentence works out of the miswritten figure are other checks' business; here only the words count: the
figure of the report must be called a plan, and its words must name one thing that the plan sets, and one only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.aims import is_plan
from dudao.claims.contradictions.differences import is_near, is_slip, is_turned
from dudao.claims.contradictions.echo_words import WEAK, names_in, no_other_sort, pairs, plain, within
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.ties.model import FilePlace
from dudao.documents.model import Document
from dudao.quantities.model import Kind, Quantity
from dudao.records import pickled_by_fields

_CALLED_PLANNED = re.compile(
    r"^(?:原|年初)?(?:计划|目标)(?!外)|(?:计划|目标|规划(?:确定|提出|明确|安排)|年初预算|年初(?:确定|安排|下达|提出|制定)?|方案(?:确定|明确|提出|规定|要求|下达)|预算安排)(?:任务|投资|培训|招聘|数|值|总额)?(?:的|为|是)?$"
)
_PLANNED_BEHIND = re.compile(
    r"[\u4e00-\u9fff、]{0,8}?(?:的)?[\u4e00-\u9fff]{0,6}?(?:目标|计划)(?:任务)?(?=[，。；的]|$)"
)
_PLANNING = re.compile(r"原|突破|实际|计划|目标|年初|年度|预算|任务|安排|力争|达到|完成|超出|超过|比|为|的|未|以上|多")
_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA})
_LONGEST = 300
_ALIKE = 0.6
_DONE = re.compile("[成了已]|(?<=[所个间名])[、，]")
_HALF = 0.5
_TELLING = 1
_SURELY = 3
_TIMES = 2
"""What the same words plan otherwise is no more than twice as much."""
_BEFORE = 24
_NOT_ALIKE = (0.0, 0)


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Planned:
    """A figure that a plan sets, or that a report says one set, with the words around it."""

    quantity: Quantity
    words: str
    where: FilePlace


def planned_of(document: Document, reading: Reading, year: str) -> tuple[Planned, ...]:
    """Return the figures that a plan sets for its year, or those that a report calls planned."""
    plan = is_plan(reading.text)
    return tuple(
        as_planned(document, reading, mention)
        for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True)
        if _may_be_planned(reading, mention)
        and (context.period in ("", year) if plan else _is_called_planned(reading, mention, context.chapter))
    )[:_LONGEST]


def as_planned(document: Document, reading: Reading, mention: Mention) -> Planned:
    """Return a figure with the words around it, those of planning and doing left out."""
    return Planned(mention.quantity, _words(reading, mention), _place(document, reading, mention))


def _may_be_planned(reading: Reading, mention: Mention) -> bool:
    quantity = mention.quantity
    told = quantity.kind in _KINDS and quantity.upper is None and mention.role is not Role.CHANGE
    return told and not reading.passage.in_doubt(quantity)


def _is_called_planned(reading: Reading, mention: Mention, chapter: Chapter) -> bool:
    end = mention.quantity.span.end
    if chapter is Chapter.PLANS:
        return False  # what comes next is not what the plan of the year set
    if _CALLED_PLANNED.search(mention.lead):
        return True
    return _PLANNED_BEHIND.match(reading.text[end : end + _BEFORE]) is not None


def _words(reading: Reading, mention: Mention) -> str:
    near = _PLANNING.sub("", mention.lead)
    if len(near) >= len("招聘教师"):
        return f"{near}，{mention.tail}"
    sentence = reading.passage.segmentation.sentences.span(mention.sentence).start
    before = reading.text[max(sentence, mention.quantity.span.start - 2 * _BEFORE) : mention.quantity.span.start]
    return _PLANNING.sub("", f"{before}，{mention.tail}")


def _place(document: Document, reading: Reading, mention: Mention) -> FilePlace:
    span = mention.quantity.span
    start = max(reading.passage.segmentation.sentences.span(mention.sentence).start, span.start - _BEFORE)
    words = reading.text[start : span.end]
    said = "".join(re.split("[，。；\n]", words)[-1].split())
    return FilePlace(document.file, document.repaired.source_span(span), mention.quantity.text, said)


def set_otherwise(plan: Sequence[Planned], told: Sequence[Planned]) -> list[tuple[Planned, Planned]]:
    """Return the figures of a report that a plan sets otherwise, each behind the figure of the plan."""
    found = []
    values = {(one.quantity.unit, one.quantity.value) for one in plan}
    for one in told:
        if (one.quantity.unit, one.quantity.value) in values:
            continue
        meant = alike(plan, one)
        surely = len(meant) == 1 and _named_alike(meant[0], one)
        if len(meant) == 1 and _differ(meant[0].quantity, one.quantity, surely=surely):
            found.append((meant[0], one))
    return found


def alike(plan: Sequence[Planned], told: Planned) -> list[Planned]:
    """Return the figures of a plan around which the words of a report's figure stand best; none where they do not."""
    weighed = [(weight, other) for other in plan if (weight := _alike(other, told)) > _NOT_ALIKE]
    best = max((weight for weight, _ in weighed), default=_NOT_ALIKE)
    return [other for weight, other in weighed if weight == best]


def _alike(plan: Planned, told: Planned) -> tuple[float, int]:
    """Return how alike the words around two figures are, nothing where they do not name one thing."""
    left, right = pairs(plan.words), pairs(told.words)
    shared = _shared(plan, told)
    if plan.quantity.unit == told.quantity.unit and _DONE.sub("", plan.words) == _DONE.sub("", told.words):
        return 1.0, len(plan.words)  # 新建中小学9所, 新建成中小学7所
    if plan.quantity.unit == told.quantity.unit and left and sorted(plain(plan.words)) == sorted(plain(told.words)):
        return 1.0, len(left)  # 新建幼儿园6所, 6所幼儿园建设任务
    if plan.quantity.unit != told.quantity.unit or len(shared) < _TELLING:
        return _NOT_ALIKE
    if not no_other_sort(plan.words, told.words) or names_in(plan.words) != names_in(told.words):
        return _NOT_ALIKE
    covered = within(left, right)
    alike = covered >= _ALIKE or (covered >= _HALF and len(shared) > _TELLING)
    return (covered, len(shared)) if alike else _NOT_ALIKE


def _named_alike(plan: Planned, told: Planned) -> bool:
    """Return whether the words around two figures are those of one thing in all but little."""
    return within(pairs(plan.words), pairs(told.words)) >= _ALIKE or len(_shared(plan, told)) > _SURELY


def _shared(plan: Planned, told: Planned) -> frozenset[str]:
    return (pairs(plan.words) & pairs(told.words)) - WEAK


def _differ(one: Quantity, other: Quantity, *, surely: bool) -> bool:
    if one.interval.meets(other.interval):
        return False
    if is_near(one, other) or is_slip(one, other) or is_turned(one, other):
        return True
    low, high = sorted((one.value, other.value))
    return surely and low > 1 and high <= _TIMES * low
