"""Rates of grades: 测试20437人，优秀3842人，良好7956人，及格7731人，不及格908人，优良率57.73%，及格率95.56%.

优良率 is that of 优秀 and 良好, 及格率 that of all who passed; only a list that makes the whole says so surely.
"""

import re
from collections.abc import Iterator

from dudao.claims.fractions import share_of, share_of_sum
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.wholes import adds_up

REACH = 8
"""How many figures back the grades and their whole may stand."""
GRADES = 3
"""How many grades a whole is divided into at least."""
_RATE = re.compile(r"(?P<kind>优秀|优良|良好|及格|合格|不及格|不合格)率(?:为|达到|达|是)?")
_FAILED = re.compile(r"不及格|不合格|未达标")
_PASSED = re.compile(r"优秀|良好|及格|合格")


def rate_by_grade(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the rates of grades whose list stands in the sentence before and makes its whole."""
    share = passage.mentions[place]
    said = _RATE.fullmatch(share.lead)
    if said is None or share.role not in (Role.LEVEL, Role.SHARE):
        return
    near = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place]
        if one.sentence == share.sentence and one.level and one.amount and not one.each and one.depth == share.depth
    ]
    grades = [one for one in near if _PASSED.search(one.lead)]
    before = [one for one in near if grades and one.index < grades[0].index]
    whole = before[-1] if before else None
    if whole is None or len(grades) < GRADES or not all(same_unit(one, whole) for one in grades):
        return
    parts = _meant(said["kind"], grades)
    if not parts or whole.slack is None or not adds_up(whole, grades):
        return
    if len(parts) == 1:
        yield from share_of(passage, parts[0], whole, share, STRUCTURAL)
    elif (found := share_of_sum(passage, parts, whole, share, STRUCTURAL)) is not None:
        yield found


def _meant(kind: str, grades: list[Mention]) -> list[Mention]:
    """Return the grades that a rate counts; none where the list does not name them."""
    if kind == "优良":
        chosen = [one for one in grades if "优秀" in one.lead or "良好" in one.lead]
        return chosen if len(chosen) == len("优良") else []
    if kind in ("及格", "合格"):
        return [one for one in grades if _FAILED.search(one.lead) is None] if _has_failed(grades) else []
    chosen = [one for one in grades if kind in one.lead]
    return chosen if len(chosen) == 1 else []


def _has_failed(grades: list[Mention]) -> bool:
    return any(_FAILED.search(one.lead) for one in grades)
