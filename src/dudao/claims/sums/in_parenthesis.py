"""Lists of parts in the parenthesis behind their total, and parentheses that hold something else."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.sums.lists import VIEWED_WHO
from dudao.claims.sums.proposing import shortfall

TIME_REACH = 8
"""How many characters before a parenthesis a year may begin."""
OPENS_WITHIN = 12
"""How many characters behind a total the parenthesis with its parts may open."""
_OWN_SHARE = re.compile(r"，占[^，。；：]{0,12}?[\d.]+%$")
"""87个，占6.98%（小学52个，初中35个）: the share belongs to the total."""
_LOOSE = re.compile(r"其中|含|包括|包含|主要|如|另|同比|比|较|占")
_TIME = re.compile(r"(?:(?:19|20)\d\d年(?:度|底|末|初)?|上年度?|去年|前年|同期|年初)$")
_STANDARD = re.compile(r"(?:标准|要求|目标|规定|水平|定额|基准|均值|平均数?)(?:值|线)?\s*$")
_SENTENCE_MARK = re.compile(r"[，。；：]")
_AMONG = re.compile(r"^其中[，：]")


def is_all_list(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a parenthesis holds nothing but its parts, name and figure: （中心校14所，村小57所）."""
    start = parts[0].parenthesis
    behind = passage.text[parts[-1].quantity.span.end : parts[-1].quantity.span.end + 2]
    gap = _OWN_SHARE.sub("", passage.text[total.quantity.span.end : start - 1])
    if not total.quantity.unit or len(gap) > OPENS_WITHIN or _SENTENCE_MARK.search(gap):
        return False
    if told_first(passage, parts):
        return False
    if not behind.startswith(("）", ")")) or _LOOSE.search(passage.text, start, parts[0].quantity.span.start):
        return False
    if any(not one.noun or one.noun == one.tail for one in parts):
        return False
    first = bisect_left(passage.mentions, parts[0].index, key=lambda one: one.index)
    return passage.mentions[first : first + len(parts)] == tuple(parts)


def told_first(passage: Passage, parts: Sequence[Mention]) -> bool:
    """Return whether a parenthesis tells something else before its list: 6所（分两部，单元为小学42个、初中21个）."""
    before = passage.text[parts[0].parenthesis : parts[0].quantity.span.start]
    return _SENTENCE_MARK.search(VIEWED_WHO.sub("", _AMONG.sub("", before))) is not None


def of_change(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether a parenthesis divides the change told right before it: 52所，增加4所（新建小学3所、初中1所）."""
    change = passage.mentions[place + 1]
    opens = change.role is Role.CHANGE and change.amount and run[0].parenthesis - change.quantity.span.end <= 1
    return (
        opens
        and same_unit(change, run[0])
        and abs(shortfall(change, run)) < abs(shortfall(passage.mentions[place], run))
    )


def in_two_rows(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether a parenthesis behind a row tells another of as many: 1100元、1350元（国家基准650元、850元）."""
    mentions, length = passage.mentions, len(run)
    row = mentions[max(place - length + 1, 0) : place + 1]
    joints = [passage.text[left.quantity.span.end : right.quantity.span.start] for left, right in pairwise(row)]
    bare = all(one.lead in ("", "和", "及", "与") for one in (*row[1:], *run[1:]))
    return len(row) == length and bare and all(len(joint) <= 1 for joint in joints)


def of_standard(passage: Passage, total: Mention, run: Sequence[Mention]) -> bool:
    """Return whether a parenthesis says what a standard is: 普通高中3000元，分别为省定标准（600元、…、1500元）的2倍."""
    between = passage.text[total.quantity.span.end : max(run[0].parenthesis - 1, total.quantity.span.end)]
    return _STANDARD.search(between[-LEAD_LIMIT:]) is not None


def of_another_time(passage: Passage, run: Sequence[Mention]) -> bool:
    """Return whether a parenthesis stands behind another time: 16950元，比2021年（小学12141元、初中16333元）增长."""
    opens = run[0].parenthesis - 1
    return _TIME.search(passage.text, max(opens - TIME_REACH, 0), max(opens, 0)) is not None
