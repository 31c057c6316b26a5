"""A figure against a standard: 16477.24元，超出省定12000元标准37.3%; 比850元的标准高61.75元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import Formula, growth, point, scale, subtract
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

REACH = 4
"""How many figures back the measured figure may stand."""
_OVER = ("超出", "超过", "高于", "高出", "超", "高", "多")
_UNDER = ("低于", "不足", "低", "少于", "少", "差")
_STANDARD = ("标准", "定额", "基准", "平均", "目标", "要求", "规定", "底线", "水平")

_COMPARED = re.compile(r"(?P<over>高于|超过|超出|多于|大于)|低于|少于|小于")
_AGAINST = re.compile(
    r"(?:(?P<over>高于|高出|超过|超出|多于|优于)|低于|少于|小于)[^，。；：、\d]{0,10}"
    r"(?:标准|定额|基准|平均|目标|目标值|要求|规定|底线|水平)(?:值|数|线)?$"
)
_CLOSES = re.compile(r"\s*[）)]\s*(?:约|近|了)?\s*")
"""低于标准（33平方米）1.6平方米: the standard stands in a parenthesis."""
_THEN_BY = re.compile(r"，(?:仍|还|已)?(?:高出|超出|高|低|多|少|相差|差)(?:了|约)?\s*")
"""仍高于省定目标46%，高出2.6个百分点: the comparison first, then by how much."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure exceeds or misses a standard by so much or so many per cent."""
    mentions = passage.mentions
    for place in range(1, len(mentions)):
        by, standard = mentions[place], mentions[place - 1]
        if standard.sentence != by.sentence or by.clause_number - standard.clause_number > 1:
            continue
        found = _worded(passage, standard, by)
        if found is None:
            continue
        rises, strength = found
        measured = _measured(mentions, place - 1)
        if measured is not None:
            proposal = _propose(passage, measured, standard, by, rises, strength)
            if proposal is not None:
                yield proposal


def _worded(passage: Passage, standard: Mention, by: Mention) -> tuple[bool, int] | None:
    """Return whether 超出…标准x or 比…标准高x is said, upward or downward."""
    before, between = standard.lead, passage.words_between(standard, by)
    if _THEN_BY.fullmatch(between) and (said := _COMPARED.search(before)) is not None:
        return said["over"] is not None, EXPLICIT
    if standard.depth > by.depth:
        opened = passage.text[max(standard.parenthesis - 21, 0) : standard.parenthesis - 1]
        against = _AGAINST.search(opened) if _CLOSES.fullmatch(between) else None
        return (against["over"] is not None, EXPLICIT) if against is not None else None
    if "，" in between or "。" in between or len(between) > 24:
        return None
    if between.strip() in ("、", "和", "及", "与"):
        return None
    tail = between.rstrip("了约近达 ")
    if tail.endswith(_OVER) or tail.endswith(_UNDER):
        if not before.startswith(("比", "较", "与")) and "比" not in before and "较" not in before:
            return None
        return tail.endswith(_OVER), EXPLICIT
    if not _named(passage, standard, by):
        return None
    if any(word in before for word in _OVER[:5]):
        return True, EXPLICIT if any(word in between for word in _STANDARD) else STRUCTURAL
    if any(word in before for word in _UNDER[:2]):
        return False, EXPLICIT if any(word in between for word in _STANDARD) else STRUCTURAL
    return None


def _named(passage: Passage, standard: Mention, by: Mention) -> bool:
    """Return whether the figure compared with is called a standard, target or average."""
    words = (standard.lead or standard.noun) + passage.words_between(standard, by)
    return any(word in words for word in _STANDARD)


def _measured(mentions: tuple[Mention, ...], standard_place: int) -> Mention | None:
    standard = mentions[standard_place]
    for other in range(standard_place - 1, max(standard_place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != standard.sentence:
            return None
        units = {one.quantity.unit.partition("/")[0], standard.quantity.unit.partition("/")[0]}
        if is_level(one) and one.role is not Role.PREVIOUS and (same_unit(one, standard) or len(units) == 1):
            return one
    return None


def _propose(
    passage: Passage, measured: Mention, standard: Mention, by: Mention, rises: bool, strength: int
) -> Proposal | None:
    if standard.quantity.decimals == 0 and standard.quantity.approximation is None and _named(passage, standard, by):
        # A standard is what it says: 80% is no rounded figure.
        exact = Interval(standard.quantity.value, standard.quantity.value)
        standard = replace(standard, quantity=replace(standard.quantity, interval=exact))
    operands = {"a": measured, "std": standard}
    a, b = text_of(measured), text_of(standard)
    effect = "影响是否达标的结论"
    kind = by.quantity.kind
    if kind is Kind.PERCENT and measured.quantity.kind is not Kind.PERCENT:
        spoken = f"（{a}÷{b}－1）×100%" if rises else f"（1－{a}÷{b}）×100%"
        wording = Wording("above_standard", ClaimType.EXCEEDS_STANDARD, "rate = a / std - 1", spoken, effect)
        return propose(passage, wording, ("rate", by), operands, _rate(rises, Decimal(1)), strength)
    if kind is Kind.RATIO and by.quantity.unit == "倍":
        wording = Wording("above_standard", ClaimType.EXCEEDS_STANDARD, "rate = a / std - 1", f"{a}÷{b}－1", effect)
        return propose(passage, wording, ("rate", by), operands, _rate(rises, Decimal("0.01")), strength)
    points = kind in (Kind.PERCENTAGE_POINT, Kind.PERCENT) and measured.quantity.kind is Kind.PERCENT
    if points or (is_amount(by) and by.quantity.unit == standard.quantity.unit.partition("/")[0]):
        spoken = f"{a}－{b}" if rises else f"{b}－{a}"
        named = _named(passage, standard, by)
        kind_of_claim = ClaimType.EXCEEDS_STANDARD if named else ClaimType.DIFFERENCE
        wording = Wording("above_standard", kind_of_claim, "diff = a - std", spoken, effect if named else "")
        return propose(passage, wording, ("diff", by), operands, _difference(rises), strength, derived=False)
    return None


def _rate(rises: bool, factor: Decimal) -> Formula:
    def formula(values: Sequence[Interval]) -> Interval:
        result = growth(values[0], values[1])
        return scale(result if rises else subtract(point(Decimal(0)), result), factor)

    return formula


def _difference(rises: bool) -> Formula:
    def formula(values: Sequence[Interval]) -> Interval:
        return subtract(values[0], values[1]) if rises else subtract(values[1], values[0])

    return formula
