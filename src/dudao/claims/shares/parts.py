"""What a share is said of: the figure before it, behind it, or before what it rose from."""

import re
from collections.abc import Iterator

from dudao.claims.fractions import (
    share_of,
)
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.wholes import (
    INNER_REACH,
    NAMED,
)

VERB = 2
"""How many characters say what a share counts and an amount lacks: 未实现, 实现比例."""
SHORT = 3
"""A subject so short may be that of a part further back: 专职214名，兼职72名，专职占比74.8%."""
PART_REACH = 4
"""How many figures back the part may stand."""
_DIGIT = re.compile(r"\d")
_PROPORTION = re.compile(r"(?:所占|占)?(?:比例|比重|占比)(?:为|达到|达|是)*$")
_REQUIRED = frozenset({"项", "条", "类"})
_THAT_IS = re.compile(r"[，、（(]?(?:即|计|也就是|为|有)(?:约)?\s*")
_AMONG_ALL = re.compile(r"在(?:全部|全[省市县区州]|所有|总计)(?:的)?$")
_TAKES = re.compile(r"中[，,]?占(?:比)?(?:为|到|了|约)?$")
"""覆盖1386个班，在全部1412个班中占98.2%."""
_NEW = re.compile(r"新增|净增|新[进招聘建]|增加")
_OR_MORE = re.compile(r"及?以[上下](?:[^，。；、占\d]{0,6})的")


def told_behind(passage: Passage, place: int) -> bool:
    """Return whether the part is told behind its share: 骨干教师占交流总数的30.1%，即126名."""
    if place + 1 >= len(passage.mentions):
        return False
    share, part = passage.mentions[place], passage.mentions[place + 1]
    between = passage.text[share.quantity.span.end : part.quantity.span.start]
    return part.amount and _THAT_IS.fullmatch(between) is not None and not passage.mentions[place - 1].base


def part_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the share of a part told behind it in one of the amounts before it; only when it fits."""
    mentions, share, part = passage.mentions, passage.mentions[place], passage.mentions[place + 1]
    tried = 0
    for other in range(place - 1, max(place - 1 - 2 * PART_REACH, -1), -1):
        whole = mentions[other]
        usable = whole.amount and whole.level and not whole.each and same_unit(whole, part)
        if whole.sentence < share.sentence - 1 or tried > (PART_REACH if share.quantity.decimals else 0):
            return
        if usable and whole.quantity.value > part.quantity.value:
            tried += 1
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def part_before(passage: Passage, place: int, whole: Mention) -> Iterator[Proposal]:
    """Yield 教育支出占一般公共预算支出257.4亿元的19.37% where the part stands a sentence earlier; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    if share.quantity.decimals == 0:
        return
    for other in range(place - 2, max(place - 2 - 2 * PART_REACH, -1), -1):
        part = mentions[other]
        if part.paragraph != share.paragraph or part.sentence < share.sentence - 1:
            return
        if is_level(part) and is_amount(part) and same_unit(part, whole) and not part.each:
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def part_or_list(passage: Passage, part: Mention, head: Mention, whole: Mention, share: Mention) -> Mention:
    """Return what a share behind a list is said of: the whole list, unless only its last part fits."""
    of_part = next(share_of(passage, part, whole, share, WEAK), None)
    of_head = next(share_of(passage, head, whole, share, WEAK), None)
    return part if of_part is not None and of_head is None else head


def explicit_whole(passage: Passage, place: int) -> int | None:
    """Return the figure between 占 and the share: 占总数113369人的3.12%."""
    mentions, share = passage.mentions, passage.mentions[place]
    if place == 0:
        return None
    whole = mentions[place - 1]
    if whole.sentence != share.sentence or not is_amount(whole) or whole.clause_number != share.clause_number:
        return None
    between = passage.words_between(whole, share).lstrip()
    if _AMONG_ALL.search(whole.lead) and _TAKES.search(share.clause):
        return place - 1
    if "占" in whole.clause[-20:] and whole.base and "占" not in whole.lead:
        return place - 1
    if "占" in whole.lead and (between.startswith(("的", "之", "总")) or not between or "占" in whole.lead[-20:]):
        return place - 1
    return None


def part_of_share(mentions: tuple[Mention, ...], place: int, explicit: int | None) -> int | None:
    """Return the amount the share is said of: the nearest one before it at the same or an outer depth."""
    share = mentions[place]
    subject = subject_of(share)
    first = explicit if explicit is not None else place
    steps = 0
    for other in range(first - 1, max(first - 1 - INNER_REACH, -1), -1):
        part = mentions[other]
        if part.sentence != share.sentence or steps >= PART_REACH:
            return None
        if part.depth > share.depth:
            continue
        # 完成8.97亿元，为预算的97.7%，比上年8.49亿元增加0.48亿元，增长5.7%，占…: changes are told of the part itself.
        steps += part.role not in (Role.CHANGE, Role.PREVIOUS)
        if not is_amount(part) or part.each or part.quantity.upper is not None:
            continue
        if _OR_MORE.match(part.tail):
            # 6道题中答对5道以上的占63.7%: what they are told by, and not how many they are.
            return None
        if part.role in (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS):
            continue
        if _names_next(mentions, other) or _denied(part, share):
            continue
        if subject and _NEW.match(part.lead) and not _NEW.search(share.lead):
            # 新增高级教师143人，年末高级教师占专任教师的13.5%: all there are, and not those who are new.
            return None
        if subject and "民办" in part.noun and "民办" not in subject:
            # 其中普惠性民办园51所，普惠性幼儿园占比94.4%: the public ones count too.
            return None
        begun = bool(part.noun) and subject.startswith(part.noun)  # 男918人、女1675人，女教师占64.6%
        if subject and not begun and likeness(subject, part.noun) < NAMED and subject not in part.noun:
            if first - other <= 1 and len(subject) <= SHORT:
                continue
            return None
        if not begun and _of_a_row(mentions, other) and _named_otherwise(share, part):
            return None
        return other
    return None


def _denied(part: Mention, share: Mention) -> bool:
    """Return whether a share is said of what an amount lacks: 6个实现，1个未实现，实现比例85.7%."""
    words = part.tail[1 : 1 + VERB]
    return part.tail.startswith(("未", "不")) and len(words) == VERB and share.lead.startswith(words)


def _of_a_row(mentions: tuple[Mention, ...], place: int) -> bool:
    """Return whether a figure goes on a row: 58个、136个和27个; 一级园19所、二级园58所、准办园2所."""
    one, before = mentions[place], mentions[place - 1] if place else None
    return before is not None and before.clause_number == one.clause_number and same_unit(before, one)


def _named_otherwise(share: Mention, part: Mention) -> bool:
    """Return whether a share behind a row is said of something its last figure is not called: 等级园比例98.1%."""
    words = own_subject(core_noun(_PROPORTION.sub("", share.clause.partition("占")[0])))
    return len(words) >= 2 and _DIGIT.search(words) is None and words not in core_noun(part.noun)


def _names_next(mentions: tuple[Mention, ...], place: int) -> bool:
    """Return whether a figure right behind another only says what that one has: 14所7项指标全部达标，占60.9%."""
    one, before = mentions[place], mentions[place - 1] if place else None
    if before is None or one.lead or one.quantity.unit not in _REQUIRED:
        return False
    beside = before.quantity.span.end == one.quantity.span.start
    return beside and before.amount and before.level and before.quantity.unit != one.quantity.unit


def subject_of(share: Mention) -> str:
    """Return what the share is said of when its own clause names it: 公办园在园幼儿占比53%; empty else."""
    before, said, _ = share.lead.partition("占")
    if not said:
        return ""
    words = own_subject(core_noun(before))
    return words if len(words) >= 2 else ""
