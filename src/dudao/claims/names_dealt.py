"""The full names of figures that 分别 or 依次 deals to several: 小学、初中专任教师分别为16874人、12068人."""

import re
from functools import lru_cache

_DEALT = re.compile(r"(?:分别|依次|各自)(?:为|是|达到?|有|共有)?$")
_JOINT = re.compile(r"[、，]|和|及(?!以[上下])|与|以及")
_OPENING = re.compile(r"^.*?(?:其中|全[省市州盟县区旗]|我[省市县区]|我州|我旗|20\d\d年(?:末|底)?|年末|目前|现有|，)")
_WHO = re.compile(
    r"(?:全[省市州盟县区旗])?(?:幼儿园|学前(?:教育|阶段)?|普通小学|小学|普通初中|初中|义务教育(?:阶段)?|普通高中|普高|高中|中等职业(?:学校|教育)|中职(?:学校)?|"
    r"特殊教育(?:学校)?|特教|城区|城镇|县城|县镇|镇区|乡镇|乡村|农村|城市|公办(?:园)?|民办(?:园)?|男|女)"
)


@lru_cache(maxsize=1024)
def names_dealt(clause: str) -> tuple[str, ...]:
    """Return the names, in their order, that the words before a row of figures deal it to; empty when they do not say.

    What is counted stands behind the last name and is said of all: 小学专任教师 first in 小学、初中专任教师.
    """
    said = _DEALT.search(clause)
    if said is None:
        return ()
    names = [name for name in _JOINT.split(_OPENING.sub("", clause[: said.start()])) if name]
    if len(names) < len("二者"):
        return ()
    *first, last = names
    who = _WHO.match(last)
    if who is None or not all(_WHO.fullmatch(name) for name in first):
        return ()
    counted = last[who.end() :]
    return (*(f"{name}{counted}" for name in first), last)
