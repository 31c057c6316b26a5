"""Shares whose part and whole stand at fixed places: 为计划的95.9%; 97.1%，即380名中369名; 75%（应到40，实到30）."""

import re

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.wholes import adds_up

LISTED = 10
"""How many figures back the head of a list may stand."""
_OF_PLAN = re.compile(
    r"^(?:(?:仅|只|已)?完成|为|是|占|达到?|相当于)(?:年度|(?P<first>年初)|全年|序时|(?P<changed>调整后?的?|变动后的?))?(?P<whole>计划|任务|预算|目标)(?:任务|数)?的(?:约|近)?$"
)
_NAMES_BOTH = re.compile(
    r"(?P<part>[^，。；：、\d占]{3,20})占(?P<whole>[^，。；：、\d占]{3,24}?)(?:总[额量数])?的(?:比例|比重)?(?:为|达到?|是|约)*$"
)
_WHO_TAKES = re.compile(r"(?P<who>[^，。；：、\d占]{2,12})占(?:比)?(?:为|达到?|约)?")
_CARRIED_OUT = re.compile(r"(?:仅|只|已)?完成(?:了|计划)?(?:约|近)?")
_REALLY = re.compile(r"实[际到有招聘]")
_PLANNED = re.compile(r"(?P<whole>计划|任务|目标)")
"""计划招聘30人，实际到岗26人，完成86.7%."""
_NAME_OF_RATE = re.compile(r"(?P<stem>[^，。；：、\d]{2})率(?:为|达到?|是|约)?$")
_DUE = re.compile(r"应|报考|报名|参考|参加|参[测检评]|适龄|毕业|计划|核定|总|全[市县区校]")
_CHANGED = re.compile(r"调整|变动|调增|调减|追加")
_IN_THOSE = re.compile(r"[^，]{0,10}?(?<![高初集其])中(?![等小学心央职]|专(?!任|职|业))")


def of_plan(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 计划补充1500名，实际补充1438名，为计划的95.9%."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _OF_PLAN.search(share.lead)
    if place < 2:
        return None
    whole, part = mentions[place - 2 : place]
    if said is None and _CARRIED_OUT.fullmatch(share.lead) and _REALLY.match(part.lead):
        said = _PLANNED.search(whole.lead)
    if said is None:
        return None
    beside = share.clause_number - part.clause_number == 1 and part.clause_number - whole.clause_number == 1
    usable = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (whole, part))
    named = said["whole"] in whole.lead and said["whole"] not in part.lead
    named = named and not _of_other_state(said, whole)
    return (part, whole) if beside and usable and named and same_unit(part, whole) else None


def _of_other_state(said: re.Match[str], whole: Mention) -> bool:
    """Return whether what was planned at first is meant where it was changed, or what was changed where it was not.

    调整预算为96955万元。全年支出93216万元，为年初预算的107.9%: of what was planned at the beginning of the year.
    """
    known = said.groupdict()
    changed = _CHANGED.search(whole.lead) is not None
    return (bool(known.get("first")) and changed) or (bool(known.get("changed")) and not changed)


def counted_behind(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 残疾儿童入学率97.1%，即380名中已入学369名."""
    mentions, share = passage.mentions, passage.mentions[place]
    pair = mentions[place + 1 : place + 3]
    if len(pair) < 2 or not same_unit(*pair) or any(one.sentence != share.sentence or not one.amount for one in pair):
        return None
    whole, part = pair
    said = whole.lead in ("即", "也就是") and _IN_THOSE.match(whole.tail) is not None
    beside = whole.clause_number - share.clause_number == 1 and part.clause_number - whole.clause_number <= 1
    return (part, whole) if said and beside and share.role in (Role.SHARE, Role.LEVEL) else None


def rated_behind(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 上线率50.59%（报考2048人，上线1036人）: both stand in the parenthesis behind the rate.

    What is due or took part is the whole, and the other bears the name of the rate or says that it is real.
    """
    share, pair = passage.mentions[place], passage.mentions[place + 1 : place + 3]
    stem = _NAME_OF_RATE.search(share.lead)
    if stem is None or len(pair) < 2 or not same_unit(*pair):
        return None
    inside = all(
        one.parenthesis == share.quantity.span.end + 1 and one.level and one.amount and not one.each for one in pair
    )
    closed = passage.text[pair[1].quantity.span.end : pair[1].quantity.span.end + 1] in ("）", ")")
    part, whole = sorted(pair, key=lambda one: one.quantity.value)
    due = _DUE.match(whole.lead) is not None and _DUE.match(part.lead) is None
    named = whole is pair[0] and stem["stem"] in part.lead and stem["stem"] not in whole.lead
    due = due or named  # 办结率95.6%（督办事项114件，办结109件）
    real = stem["stem"] in part.lead or _REALLY.match(part.lead) is not None
    return (part, whole) if inside and closed and due and real else None


def named_behind(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 教育支出占预算支出的19.5%，其中预算支出45.6亿元，教育支出8.9亿元, by their names."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _NAMES_BOTH.search(share.lead)
    if said is None:
        return None
    behind = [one for one in mentions[place + 1 : place + 4] if one.sentence <= share.sentence + 1]
    usable = [one for one in behind if one.level and one.amount and not one.each and one.depth == share.depth]
    whole = [one for one in usable if one.noun == said["whole"]]
    part = [one for one in usable if one.noun in (said["part"], said["part"].removeprefix("财政")) and one not in whole]
    if len(whole) != 1 or len(part) != 1 or not same_unit(part[0], whole[0]):
        return None
    return part[0], whole[0]


def of_closed_list_by_name(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 督学126名，其中专职32名、兼职94名，专职督学占25.4%: an item of its own list."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _WHO_TAKES.fullmatch(share.lead)
    if said is None or share.role is not Role.SHARE:
        return None
    listed: list[Mention] = []
    for one in mentions[max(place - LISTED, 0) : place][::-1]:
        if one.sentence != share.sentence or one.depth != share.depth or not (one.level and one.amount) or one.each:
            return None
        if len(listed) > 1 and adds_up(one, listed):
            named = [part for part in listed if part.noun and said["who"] == part.noun + _behind(said["who"], part)]
            belongs = len(named) == 1 and one.noun.endswith(_behind(said["who"], named[0]))
            return (named[0], one) if belongs else None
        if listed and not same_unit(one, listed[0]):
            return None
        listed.append(one)
    return None


def _behind(who: str, part: Mention) -> str:
    return who.removeprefix(part.noun)


def two_in_parenthesis(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 城关街道（18个问题整改17个，94.4%）: all that a parenthesis holds."""
    mentions, share = passage.mentions, passage.mentions[place]
    inside = [one for one in mentions[max(place - 3, 0) : place + 2] if one.parenthesis == share.parenthesis >= 0]
    if len(inside) != 3 or inside[2] is not share:
        return None
    whole, part, _ = inside
    usable = all(one.level and one.amount and not one.each for one in (whole, part)) and same_unit(whole, part)
    beside = part.clause_number == whole.clause_number and share.clause_number - part.clause_number == 1
    named = part.lead.startswith(whole.tail[:2]) if whole.tail else False
    return (part, whole) if usable and beside and named and part.quantity.value <= whole.quantity.value else None
