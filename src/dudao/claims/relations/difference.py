"""What one figure has more than another: 应配1200人，实有1100人，缺100人; 小学270所，比初中多177所."""

import re
from collections.abc import Iterator

from dudao.claims.differences.aims import against_plan, short_of_target
from dudao.claims.differences.apart import apart
from dudao.claims.differences.audited import audited
from dudao.claims.differences.budgets import SAVED, THAN_BUDGET, from_budget, saved_of_plan
from dudao.claims.differences.claim import less
from dudao.claims.differences.compared import (
    ABOVE,
    ITSELF,
    by_subject,
    compared_with_named,
    earlier_year,
    of_two_joined,
    other_behind,
    pair_behind,
    right_behind,
)
from dudao.claims.differences.flows import OFFSET, WENT, balance_of_totals, net, net_before
from dudao.claims.differences.left_over import LEFT_OVER, STILL, done_away, left_over, not_yet, still_undone
from dudao.claims.differences.shortages import LACK, SURPLUS, due_behind, filled, said_before, shortage
from dudao.claims.likeness import is_amount
from dudao.claims.mentions import Passage, Role
from dudao.claims.proposals import (
    STRUCTURAL,
    Proposal,
)
from dudao.quantities.model import Kind

_STILL_LACKS = re.compile(
    r"(?:还|仍|尚|现)缺(?:编|口)?(?:为|约)?$|缺口(?:已)?(?:缩小|减少|下降|降|压缩)(?:到|至|为)(?:约)?$"
)
_UNDONE = re.compile(r"(?:其余|剩余|目前|仍|还|尚)*未(?P<what>[^，。；、\d未]{2})的?")
_NET = re.compile(
    r"(?:三年|两年|五年|全年|[^，。；、\d]{0,4})净(?:增加?|减少?|流[入出]|[转调][入出])(?:了|约|教师|人员|学生|编制)*"
)
_LESS = re.compile(r"(?:还|尚|仍)?(?:短?少)")
_SHORT = re.compile(
    r"^(?:的?[^，。；：、\d]{0,4}(?:标准|规定|要求|目标|定额)(?:值|线)?)?(?:仍|还|尚|有|相)*(?:差|低|不足|差距)(?:距)?(?:为|达|约|了)*$"
)
_APART = re.compile(
    r"(?:[二两]者|高低|首尾|每[月年人生学期]{1,2}|最[高大多](?:分|值|的)?[与和]最[低小少](?:分|值|的)?)?(?:相差|差距|之差|差额)(?:为|达|约)*"
)
_BARELY_MORE = re.compile(r"(?:高出|高|多出|多)(?:约)?")
_MORE_THAN = re.compile(r"(?:比|较)[^，。；、\d]{2,12}?(?P<word>高出?|多出?|低|少)(?:了|约)*$")
_BALANCE = re.compile(r"结转下年|净结余|年终结余|滚存结余|收支相抵|收支差额|结余")
_STANDARD = re.compile(r"(?:的)?(?:标准|定额|要求|水平|基准)")
_NORM = re.compile(r"省定|国定|国家|规定|标准|要求|定额|限额")
_COMPARED = re.compile(r"比(?P<other>[^，。；、\d]{1,14}?)(?P<word>多|少|高|低)(?:了|出|约)*+$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure is the difference of two others."""
    for place, by in enumerate(passage.mentions):
        if by.quantity.upper is not None:
            continue
        if _APART.fullmatch(by.lead):
            yield from apart(passage, place)
            continue
        if _SHORT.search(by.lead) and (by.amount or by.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT)):
            yield from short_of_target(passage, place)
        if by.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
            yield from against_plan(passage, place)
            yield from by_subject(passage, place)
        if not is_amount(by):
            continue
        if _STILL_LACKS.search(by.lead):
            left = [*filled(passage, place)]
            yield from left
            if left:
                continue
        yield from other_behind(passage, place)
        yield from audited(passage, place)
        if not by.lead:
            yield from right_behind(passage, place)
        if (than := THAN_BUDGET.fullmatch(by.lead)) is not None:
            yield from from_budget(passage, place, than)
        elif SAVED.fullmatch(by.lead):
            yield from saved_of_plan(passage, place)
        if OFFSET.search(by.topic) and _BALANCE.search(by.lead):
            yield from balance_of_totals(passage, place)
        elif STILL.fullmatch(by.lead) and (undone_yet := [*still_undone(passage, place)]):
            yield from undone_yet
        elif _LESS.fullmatch(by.lead):
            yield from shortage(passage, place, near_only=True)
        elif LACK.search(by.lead) or SURPLUS.search(by.lead):
            found = [*shortage(passage, place), *said_before(passage, place)] or [*due_behind(passage, place)]
            yield from found or left_over(passage, place)
        elif (than := _MORE_THAN.search(by.lead)) is not None and pair_behind(passage, place):
            first, second = passage.mentions[place + 1 : place + 3]
            high, low = (first, second) if than["word"][0] in "高多" else (second, first)
            yield from less(passage, by, high, low, STRUCTURAL)
        elif ITSELF.match(by.lead):
            yield from by_subject(passage, place)
        elif _BARELY_MORE.fullmatch(by.lead):
            yield from of_two_joined(passage, place)
        elif LEFT_OVER.match(by.lead):
            undone = _UNDONE.fullmatch(by.lead)
            yield from [*left_over(passage, place)] or (not_yet(passage, place, undone["what"]) if undone else ())
        elif _NET.fullmatch(by.lead):
            yield from net(passage, place)
        elif match := _COMPARED.search(by.lead) or ABOVE.search(by.lead):
            if _STANDARD.match(by.tail) or _NORM.search(match["other"]):
                continue
            yield from compared_with_named(passage, place, match)
        elif WENT.search(by.lead) and by.level:
            yield from net_before(passage, place)
        elif _BALANCE.search(by.clause):
            yield from balance_of_totals(passage, place)
        elif by.role is Role.CHANGE:
            yield from [*earlier_year(passage, place)] or done_away(passage, place)
