"""Which amounts a total names as its parts: 正高级18人、副高级563人……正高级和副高级教师合计581人."""

import re
from collections.abc import Sequence

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage

REACH = 16
"""How many figures back the named amounts may stand."""
NAME = 2
"""How many characters a name has at least."""

_NAMED = re.compile(
    r"^(?:其中)?(?P<names>[^，。；：\d]{2,20}(?:和|与|及|以及)[^，。；：、\d]{2,12}?)"
    r"(?:[两二三四]者|[两二三四]项)?(?:合计|共计|总计|合在一起|相加|之和)(?:为|有|达|约)*$"
)
_SHARED = re.compile(r"(?P<name>[^，。；：、\d]{2,8}?)(?:[两二三四]者|[两二三四]项)?(?:合计|共计|总计)(?:为|有|达|约)*")
_MARK = re.compile(r"、|以及|和|与|及")
_OF = re.compile(r"(?:教师|教职工|学生|学校|幼儿|人员|资金|支出|经费|人数)$")


def named_parts(passage: Passage, place: int) -> list[Mention] | None:
    """Return the amounts that the words of the total at a place name one by one; None where they name none."""
    total = passage.mentions[place]
    said = _NAMED.match(total.lead)
    if said is None:
        return _sharing_name(passage, place)
    names = [_OF.sub("", name) for name in _MARK.split(said["names"])]
    return _bearers(passage.mentions[max(place - REACH, 0) : place], total, names)


def _sharing_name(passage: Passage, place: int) -> list[Mention] | None:
    """Return the amounts right before a total that end with its name: 省优质园24所、市优质园29所，优质园合计53所."""
    total = passage.mentions[place]
    said = _SHARED.fullmatch(total.lead)
    if said is None:
        return None
    found: list[Mention] = []
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        beside = (found[-1] if found else total).clause_number - one.clause_number <= 1
        alike = one.level and same_unit(one, total) and one.depth == total.depth and one.sentence == total.sentence
        if not (alike and beside) or not (one.noun.endswith(said["name"]) and one.noun != said["name"]):
            break
        found.append(one)
    return found[::-1] if len(found) >= NAME and len({one.noun for one in found}) == len(found) else None


def _bearers(before: Sequence[Mention], total: Mention, names: Sequence[str]) -> list[Mention] | None:
    """Return the one amount that bears each name, in this sentence or the one before; None where that is not plain."""
    usable = [
        one
        for one in before
        if one.level
        and same_unit(one, total)
        and not one.each
        and one.depth == total.depth
        and total.sentence - one.sentence <= 1
    ]
    found: list[Mention] = []
    for name in names:
        bearing = [one for one in usable if _OF.sub("", one.noun) == name]
        if len(name) < NAME or len(bearing) != 1 or bearing[0] in found:
            return None
        found.append(bearing[0])
    return sorted(found, key=lambda one: one.index) if len(found) >= NAME else None
