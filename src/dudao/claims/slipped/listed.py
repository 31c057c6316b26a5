"""Shares that take up one part of a list, follow a list that is complete, or have their whole in a parenthesis.

招生4836人，其中普通高中3264人、中职1572人，普通高中占67.5%: the list says what the whole is, the words which part.
督办单31份，其中县直部门12份、乡镇19份，按期办结29份，办结率93.5%: the list is over, and the rate is of its head.
参与学生168943人，参与率95.8%（义务教育在校生176258人）: the parenthesis right behind a share tells its whole.
"""

from collections.abc import Iterator

from dudao.claims.likeness import core_noun, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.rate_names import OVER_ALL, name_of_rate, takes_up
from dudao.claims.slipped.shapes import SHARE
from dudao.claims.slipped.trials import Trial, plain_amount
from dudao.claims.wholes import head_of_closed_list, whole_noun
from dudao.quantities.model import Kind

CLAUSES = 2
"""How many clauses may stand between a complete list and what is told of its head."""
OPENED = 1
"""How many characters stand between a share and what the parenthesis behind it tells."""
NAME = 2


def shares_of_listed(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the part and the whole of a share that a list or a parenthesis beside it tells."""
    one = passage.mentions[place]
    if one.quantity.kind is not Kind.PERCENT or not place:
        return
    for search in (_noted_behind, _part_of_list, _behind_list):
        found = search(passage, place)
        if found is not None:
            yield found
            return


def _noted_behind(passage: Passage, place: int) -> Trial | None:
    """Return 参与学生168943人，参与率95.8%（义务教育在校生176258人）."""
    mentions, one = passage.mentions, passage.mentions[place]
    whole = mentions[place + 1] if place + 1 < len(mentions) else None
    if whole is None or whole.depth != one.depth + 1 or whole.parenthesis - one.quantity.span.end != OPENED:
        return None
    further = mentions[place + 2] if place + 2 < len(mentions) else None
    before = [each for each in mentions[max(place - 2, 0) : place][::-1] if each.quantity.kind is not Kind.PERCENT]
    if len(before) > 1 and before[0].role is Role.CHANGE and before[0].clause_number > before[1].clause_number:
        del before[0]  # 本科上线1136人，比上年增加74人，上线率55.5%（报考2048人）
    part = before[0] if before else None
    alone = further is None or further.parenthesis != whole.parenthesis
    if part is None or not alone or not (_level(part) and _level(whole) and same_unit(part, whole)):
        return None
    reach = 1 if part.index == one.index - 1 else CLAUSES
    beside = part.sentence == one.sentence and one.clause_number - part.clause_number <= reach
    return (
        (SHARE, part, whole)
        if beside and part.depth == one.depth and part.quantity.value < whole.quantity.value
        else None
    )


def _part_of_list(passage: Passage, place: int) -> Trial | None:
    """Return 16条问题中已整改到位11条，基本整改到位3条，正在整改2条，整改到位率68.8%: the one part that is named."""
    mentions, one = passage.mentions, passage.mentions[place]
    last = mentions[place - 1]
    head = head_of_closed_list(mentions, place - 1)
    if head is None or last.sentence != one.sentence or one.clause_number - last.clause_number > 1:
        return None
    if whole_noun(one)[0] or OVER_ALL.match(one.lead) or not _level(head):
        return None
    parts = [
        each for each in mentions[place - 6 if place > 6 else 0 : place] if each.index > head.index and _level(each)
    ]
    stem = name_of_rate(one)
    rated = [each for each in mentions[place - 6 if place > 6 else 0 : place] if each.quantity.kind is Kind.PERCENT]
    if stem is not None and any(each.index > parts[0].index for each in rated if parts):
        return None  # 上级支付4471万元，支付率92.0%；县级支付1015万元，支付率83.5%: each part has its own
    if stem is not None:
        named = [each for each in parts if takes_up(stem, each)]
        exact = [each for each in named if stem in each.lead + each.tail]
        named = exact[:1] or named
    else:
        subject = core_noun(own_subject(one.lead.partition("占")[0]))
        named = [each for each in parts if len(subject) >= NAME and core_noun(each.noun) == subject]
    return (SHARE, named[0], head) if len(named) == 1 else None


def _behind_list(passage: Passage, place: int) -> Trial | None:
    """Return 督办单31份，其中县直12份、乡镇19份，按期办结29份，办结率93.5%: the head of the list before the part."""
    mentions, one, part = passage.mentions, passage.mentions[place], passage.mentions[place - 1]
    last = mentions[place - 2] if place > 1 else None
    if last is None or not _level(part) or last.sentence != one.sentence or part.depth != one.depth:
        return None
    if one.clause_number - part.clause_number > 1 or not 0 < part.clause_number - last.clause_number <= CLAUSES:
        return None
    head = head_of_closed_list(mentions, place - 2)
    if head is None or not _level(head) or not same_unit(head, part) or head.quantity.value <= part.quantity.value:
        return None
    stem = name_of_rate(one)
    said = stem is not None and not OVER_ALL.match(one.lead) and takes_up(stem, part)
    return (SHARE, part, head) if said and head_is_outermost(mentions, place - 2, head) else None


def head_is_outermost(mentions: tuple[Mention, ...], last: int, head: Mention) -> bool:
    """Return whether no larger amount of its unit stands before the head of a list in the sentence."""
    return not any(
        each.sentence == head.sentence and each.index < head.index and same_unit(each, head) and _level(each)
        for each in mentions[max(last - 8, 0) : last]
    )


def _level(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each and one.role in (Role.LEVEL, Role.TO)
