"""Rows dealt to just as many as their total counts: 其余五项共扣4.2分，依次为1.5分、1分、0.8分、0.4分、0.5分."""

import re
from collections.abc import Sequence

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.series import row_at

_COUNTED = re.compile(
    r"(?P<count>[两二三四五六七八九]|\d)(?:项|类|校|县|区|地|级|批|期|年|者|所|个[^，。；、\d]{1,6}?)"
    r"[^，。；、\d均]{0,6}?(?:(?<!公)共|合计|总计|累计)[^，。；、\d均]{0,8}$"
)
_IN_TURN = re.compile(r"(?:分别|依次)[^，。；、\d]{0,4}")
_COUNTS = "零一二三四五六七八九"


def dealt_to_counted(passage: Passage, place: int) -> Sequence[Mention]:
    """Return the row right behind a total that names as many as the total counts; empty without."""
    total = passage.mentions[place]
    said = _COUNTED.search(total.clause)
    row = row_at(passage, place + 1) if said is not None and place + 1 < len(passage.mentions) else ()
    if said is None or not row or not _IN_TURN.fullmatch(row[0].lead):
        return ()
    count = int(said["count"]) if said["count"].isdecimal() else _COUNTS.index(said["count"].replace("两", "二"))
    alike = all(one.level and one.amount and same_unit(one, total) and not one.each for one in (total, *row))
    beside = row[0].clause_number - total.clause_number == 1 and row[0].depth == total.depth
    return row if alike and beside and count == len(row) else ()
