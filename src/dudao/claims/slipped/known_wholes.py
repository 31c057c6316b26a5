"""Wholes that everybody in schooling knows, however far before they are told.

大班额 are some of the 班级, children in public kindergartens some of all 在园幼儿, vacant posts some of the 编制, what
is built so far some of 总投资. Where a text tells one such whole and no other, the words need not name it again.
"""

import re
from collections.abc import Iterator

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.slipped.shapes import SHARE
from dudao.claims.slipped.trials import Trial, plain_amount
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind

REACH = 160
"""How many figures back the whole may stand."""
BESIDE = 3
"""How many figures back the part of a share may stand."""
CLAUSES = 2
_CROWDED = re.compile(r"大班额|超班额|超大班|56人(?:及)?以上|超标准班")
_CLASSES = re.compile(r"(?:义务教育(?:阶段)?|中小学|公办)*(?:学校)?(?:教学)?班(?:级)?")
_CARED_FOR = re.compile(r"(?:公办|普惠性?|公办性质)(?:民办)?(?:幼儿)?园?(?:在园)?(?:幼儿|在园)?")
_CHILDREN = re.compile(r"(?:在园)?幼儿|幼园")
_VACANT = re.compile(r"空编|缺编|空岗")
_POSTS = re.compile(r"(?:中小学|公办|幼儿园|教师|教职工|学校|事业)*编制")
_INVESTED = re.compile(r"完成投资")
_TO_INVEST = re.compile(r"(?:概算|估算|计划|规划)?总?投资")
_KNOWN: tuple[tuple[re.Pattern[str], re.Pattern[str], frozenset[str]], ...] = (
    (_CROWDED, _CLASSES, frozenset({"所"})),
    (_CARED_FOR, _CHILDREN, frozenset({"人"})),
    (_VACANT, _POSTS, frozenset({"人"})),
    (_INVESTED, _TO_INVEST, frozenset({"元"})),
)
"""What a part is called, what its whole is called, and what both are counted by."""
_SHARED = re.compile(
    r"(?:占比|比例|比重|[^，。；、]{0,8}率)(?:已?(?:降|升|提高|下降|上升|压减)[到至]|为|达到?|是|仅)?$"
)


def shares_of_known(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the amount beside a share over the one whole of its kind that the text tells before."""
    mentions, one = passage.mentions, passage.mentions[place]
    if one.quantity.kind is not Kind.PERCENT or whole_noun(one)[0]:
        return
    if not (one.role is Role.SHARE or _SHARED.search(one.lead)):
        return
    part = next((each for each in mentions[max(place - BESIDE, 0) : place][::-1] if _level(each)), None)
    if part is None or part.sentence != one.sentence or one.clause_number - part.clause_number > CLAUSES:
        return
    for named, known, families in _KNOWN:
        if part.family not in families or not _tells(named, part):
            continue
        told = [
            each
            for each in mentions[max(place - REACH, 0) : place]
            if _level(each) and same_unit(each, part) and known.fullmatch(core_noun(each.noun)) and each is not part
        ]
        larger = {each.quantity.value: each for each in told if each.quantity.value >= part.quantity.value}
        if len(larger) == 1:
            yield SHARE, part, next(iter(larger.values()))


def _tells(named: re.Pattern[str], part: Mention) -> bool:
    return named.search(part.lead + part.tail) is not None


def _level(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each
