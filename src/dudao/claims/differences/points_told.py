"""Points between two percentages told apart by their years alone: “十三五”末为81.4%，到2023年达88.9%，增幅7.5个百分点.

Or the year that it is counted from is told in the sentence behind: 达95.7%，比2021年提高2.3个百分点。2021年为93.4%.
"""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage, Role
from dudao.quantities.model import Kind

_THEN = re.compile(r"末|初|(?:19|20)\d\d年|时")
_REACHED = re.compile(
    r"(?:到|至|截至)?(?:(?:19|20)\d\d年(?:底|末)?|目前|现在)?(?:已)?(?:达到?|为|升至|提高到|上升到|增至)"
)
"""A second percentage with no name of its own is of the same as the first."""
_BY = re.compile(r"(?:增幅|升幅|提升幅度|提高|上升|提升|增长)(?:了|为|达)?")
_SINCE = re.compile(r"(?:比|较)(?P<year>(?:19|20)\d\d)年(?:末|底)?(?:提高|上升|提升|增长|下降|降低)(?:了)?")
_OLDER = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:末|底)?(?:为|是)")


def points_told(passage: Passage) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Yield the later percentage, the earlier one and the points between them."""
    mentions = passage.mentions
    for place in range(1, len(mentions)):
        change = mentions[place]
        if change.quantity.kind is not Kind.PERCENTAGE_POINT or change.role is not Role.CHANGE or change.depth:
            continue
        level = mentions[place - 1]
        if not (_is_level(level) and change.clause_number - level.clause_number == 1):
            continue
        before, behind = mentions[place - 2] if place > 1 else None, mentions[place + 1 : place + 2]
        if before is not None and _is_level(before) and _BY.fullmatch(change.lead) and _follows(before, level):
            yield level, before, change
        elif behind and _told_behind(passage, change, behind[0]):
            yield level, behind[0], change


def _is_level(one: Mention) -> bool:
    plain = one.quantity.upper is None and one.quantity.approximation is None
    return plain and one.quantity.kind is Kind.PERCENT and one.role in (Role.LEVEL, Role.TO) and not one.depth


def _follows(before: Mention, level: Mention) -> bool:
    beside = level.clause_number - before.clause_number == 1 and level.sentence == before.sentence
    return beside and _THEN.search(before.lead) is not None and _REACHED.fullmatch(level.lead) is not None


def _told_behind(passage: Passage, change: Mention, older: Mention) -> bool:
    """Return whether the next sentence tells the year a change is counted from, and nothing stands between."""
    since, then = _SINCE.fullmatch(change.lead), _OLDER.fullmatch(older.lead)
    between = passage.text[change.quantity.span.end : older.quantity.span.start]
    follows = _is_level(older) and older.sentence - change.sentence == 1 and "\n" not in between
    return follows and since is not None and then is not None and since["year"] == then["year"]
