"""The stages of schooling that figures are named by: 学前, 小学, 初中, 高中, 高校."""

import re
from collections.abc import Sequence
from functools import lru_cache

from dudao.claims.mentions import Mention

_STAGES = (
    "幼儿园|在园幼儿|学前|园",
    "教学点",
    "小学",
    "初中|初级中学",
    "九年一贯|九年制|(?<!十二年)一贯制",
    "十二年一贯",
    "普高|普通高中|高级中学|(?<!职业)高中",
    "(?<![高初])中职|职高|职业|(?<![高初其])中专(?![任职业])|职教|技工",
    "特殊教育|特教|特校",
    "专门学校|工读",
    "高校|高等|大学",
    "完全中学|完中",
)
_STAGE = tuple(re.compile(one) for one in _STAGES)
_FIRST = "[幼在学园教小初九一十普高中职技特专工大完]"
"""With what the names of stages begin: most words name none, and are passed over by that."""
_MAY_NAME = re.compile(_FIRST)
_ANY_STAGE = re.compile(f"(?={_FIRST})(?:{'|'.join(f'({one})' for one in _STAGES)})")
MANY_STAGES = 5
"""A list of so many stages, a rare one among them, is one of all schools, however much one wrong digit makes of it."""
RARE = frozenset({1, 8, 9})
"""Stages so small that a list which names one names all."""
NARROWED = re.compile("公办|民办|普惠|农村|乡村|城区|县城|乡镇|寄宿制|小规模|示范|新建|改扩建")
"""普惠性幼儿园（…）在园幼儿14426人 are not all children of the stage."""


def named_by_stage(parts: Sequence[Mention]) -> bool:
    """Return whether every part bears the name of another stage or type of school."""
    return stages_of(parts) is not None


def names_all_stages(parts: Sequence[Mention]) -> bool:
    """Return whether a list goes from stage to stage down to the rare ones, and needs no 其中 to be one of all."""
    stages = stages_of(parts) or []
    return len(stages) >= MANY_STAGES and not RARE.isdisjoint(stages)


def stages_of(parts: Sequence[Mention]) -> list[int] | None:
    """Return the school stages the parts are named by; None when one has none or two share one."""
    found: list[int] = []
    for part in parts:
        stage = stage_of(part)
        if stage is None or stage in found:
            return None
        found.append(stage)
    return found


def stage_of(mention: Mention) -> int | None:
    """Return the number of the stage a figure is told of: by its own noun, else by the last one its part names."""
    stage = _stage(mention.noun)
    return _last_stage(mention.topic) if stage is None else stage


def of_other_stages(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the names of parts are all of stages that its own is not of: 教学点6个，公办园1所."""
    own, others = _stage(total.noun), [_stage(one.noun) for one in parts]
    return own is not None and None not in others and own not in others


def stage_in(words: str) -> int | None:
    """Return the number of the last stage that words name; None where they name none."""
    return _last_stage(words)


@lru_cache(maxsize=4096)
def _stage(noun: str) -> int | None:
    if _MAY_NAME.search(noun) is None:
        return None
    return next((number for number, one in enumerate(_STAGE) if one.search(noun)), None)


@lru_cache(maxsize=4096)
def _last_stage(topic: str) -> int | None:
    named = [found.lastindex for found in _ANY_STAGE.finditer(topic)]
    return named[-1] - 1 if named and named[-1] is not None else None
