"""What is paid for each, told with how many and how much: 生均补助180元，惠及学生70万人，补助1.26亿元.

`near_slips` tries the amount and the heads before a mean. A price is told before them as often; where a part of a
sentence tells one price, one number of heads and one sum of money, hardly anything else can be meant, but for a price
of a month, a day or a term, which is paid several times.
"""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage
from dudao.claims.slipped.shapes import MEAN
from dudao.claims.slipped.trials import Trial, plain_amount
from dudao.quantities.model import Kind

REACH = 4
"""How many figures before or behind a price the two others may stand."""
_PERIOD = re.compile(r"月|日|天|学期|餐|季|周")
_HEADS = frozenset({"人", "人次", "台", "套", "平方米", "张", "间"})


def prices_beside(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the only sum of money and the only number of heads that stand with a price in its sentence."""
    one = passage.mentions[place]
    if not one.each or one.quantity.kind is not Kind.MONEY or _PERIOD.search(one.clause + one.tail):
        return
    near = [
        other
        for other in passage.mentions[max(place - REACH, 0) : place + REACH + 1]
        if other is not one and other.sentence == one.sentence and other.depth == one.depth
    ]
    money = [other for other in near if other.quantity.kind is Kind.MONEY]
    heads = [other for other in near if other.family in _HEADS]
    alone = len(money) == len(heads) == 1 and _level(money[0]) and _level(heads[0])
    if alone and money[0].part == heads[0].part == one.part and money[0].quantity.value > one.quantity.value:
        yield MEAN, money[0], heads[0]


def _level(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each
