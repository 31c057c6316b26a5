"""Rows dealt to as many names right behind an amount: 学生86654人，幼儿园、小学、初中依次为17236人、38914人、30504人.

Nothing is left over where each name has its figure: such a row divides the amount it stands behind. Where the names are
years, or as many as the words of the total count (三年、四所学校), it does so however few its digits are.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from dudao.claims.completeness import OPEN_LIST
from dudao.claims.mentions import TOPIC_LIMIT, Mention, Passage
from dudao.claims.series import all_series, names_before
from dudao.claims.slipped.trials import plain_amount

FEWEST = 3
BETWEEN = 80
"""How many characters may stand between an amount and the row: the names."""
_YEAR = re.compile(r"(?:19|20)\d\d年")
_COUNTED = re.compile(r"(?P<count>[两二三四五六七八九])(?:年|所|类|级|批|期|个(?!百分点))")
_COUNTS = "一二三四五六七八九"
_BORNE = re.compile(r"(?:分担|承担|负担|投入|安排)(?:资金|经费)?$")
"""中央、省、市、县分担51852万元、17284万元、5185万元和12099万元: as good as 分别."""
_NAMES = re.compile(r"[、，]|和|及|与")
_NO_PARTS = re.compile(r"比|较|增|减|升|降|均|率|达标|其中|最|每|含|占|应|计划|目标|需")
"""Words between an amount and a row that tell something else of the names."""


def dealt_parts(passage: Passage) -> Iterator[tuple[Mention, list[Mention], bool]]:
    """Yield each amount with the row right behind it, and whether the row must divide it however few the digits."""
    for row in all_series(passage):
        total = passage.mentions[row.first - 1] if row.first else None
        head = row.members[0]
        dealt = row.dealt or _BORNE.search(head.lead) is not None
        if total is None or not dealt or len(row) < FEWEST or head.each or not (head.level and head.amount):
            continue
        beside = total.sentence == head.sentence and head.clause_number - total.clause_number == 1
        usable = plain_amount(total) and total.level and not total.each and total.depth == head.depth
        if not (beside and usable) or total.quantity.unit != head.quantity.unit:
            continue
        words = passage.text[total.quantity.span.end : head.quantity.span.start][:BETWEEN]
        behind = passage.text[total.quantity.span.end : row.members[-1].quantity.span.end][: BETWEEN + TOPIC_LIMIT]
        names = names_before(words.lstrip("，, ")) if row.dealt else _NAMES.split(_BORNE.sub("", words.lstrip("，, ")))
        if len(names) != len(row) or _NO_PARTS.search(words) or OPEN_LIST.search(behind):
            continue
        if any(left.quantity.unit != right.quantity.unit for left, right in pairwise(row.members)):
            continue
        counted = _COUNTED.search(total.clause)
        as_many = counted is not None and _COUNTS.index(counted["count"].replace("两", "二")) + 1 == len(row)
        yield total, [*row.members], as_many or all(_YEAR.search(name) for name in names)
