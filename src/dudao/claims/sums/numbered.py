"""Parts that are told a paragraph each, numbered from one on: 总收入24.6亿元。/（一）财政拨款20亿元。/（二）事业收入….

The total stands in the paragraph before the first. That the first amounts of all paragraphs make it is told where it
hardly is by chance; that they should is said by 其中： at its end, or by the last part, which is that of all others.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import step
from dudao.claims.completeness import OPEN_LIST, names_rest
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, digits_written
from dudao.claims.slips import KINDS_OF_SLIP, one_slip_away
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.wholes import adds_up

FEWEST = 3
MOST = 12
HEAD = 60
"""How many characters at the end of the paragraph of the total may announce its parts."""
RARE = 20
"""So many times rarer than the slips there are must chance be that brings parts within one slip of a total."""
RARE_OF_ALL = 4
"""The same where the last part is that of all others."""
_HAN = "一二三四五六七八九十"
_NUMBERED = re.compile(
    r"[ \t\u3000]*(?:(?P<open>[（(])?(?P<han>[一二三四五六七八九十])(?(open)[）)]|、)"
    r"|(?P<wrapped>[（(])?(?P<digits>\d{1,2})(?(wrapped)[）)]|[、.．](?!\d)))"
)
_ANNOUNCED = re.compile(r"其中[：:]?\s*$")


def numbered_parts(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of numbered paragraphs that make an amount of the paragraph before them."""
    firsts = _firsts(passage)
    numbers = {paragraph: _number(passage, paragraph) for paragraph in firsts}
    for paragraph, own in numbers.items():
        if own is None or own[1] != 1:
            continue
        parts: list[Mention] = []
        following = paragraph
        while len(parts) < MOST and numbers.get(following) == (own[0], len(parts) + 1):
            parts.append(firsts[following])
            following += 1
        goes_on = _number(passage, following)
        whole = goes_on is None or goes_on[0] != own[0] or goes_on[1] == 1
        if len(parts) >= FEWEST and whole and all(same_unit(one, parts[0]) for one in parts):
            yield from _of_head(passage, paragraph, parts)


def _firsts(passage: Passage) -> dict[int, Mention]:
    """Return the first figure of every paragraph that is an exact amount."""
    found: dict[int, Mention] = {}
    seen: set[int] = set()
    for one in passage.mentions:
        if one.paragraph in seen:
            continue
        seen.add(one.paragraph)
        if _plain(one):
            found[one.paragraph] = one
    return found


def _plain(one: Mention) -> bool:
    exact = (
        one.role is Role.LEVEL and one.level and one.amount and not one.each and not one.base and one.slack is not None
    )
    return exact and one.family is not None and not one.depth


def _number(passage: Passage, paragraph: int) -> tuple[str, int] | None:
    """Return how a paragraph is numbered and by which number; None for one without."""
    paragraphs = passage.segmentation.paragraphs
    if paragraph >= len(paragraphs):
        return None
    found = _NUMBERED.match(passage.text, paragraphs.starts[paragraph])
    if found is None:
        return None
    if found["han"]:
        return f"{found['open'] or ''}han", _HAN.index(found["han"]) + 1
    return f"{found['wrapped'] or ''}digits", int(found["digits"])


def _of_head(passage: Passage, paragraph: int, parts: Sequence[Mention]) -> Iterator[Proposal]:
    head = paragraph - 1
    if head < 0:
        return
    span = passage.segmentation.paragraphs.span(head)
    above = [one for one in _of_paragraph(passage, parts[0], head) if _plain(one) and same_unit(one, parts[0])]
    ending = passage.text[max(span.start, span.end - HEAD) : span.end]
    words = "；".join((ending, *(one.lead for one in parts)))
    if not above or OPEN_LIST.search(words):
        return
    announced = _ANNOUNCED.search(ending) is not None
    closed = names_rest(parts)
    for total in above:
        if adds_up(total, parts) and (announced or closed or surely(total, parts, len(above) * len(parts))):
            yield from sum_of(passage, total, parts, EXPLICIT if announced or closed else STRUCTURAL)
            return
    if len(above) > 1 or not (announced or closed):
        return
    rare = RARE_OF_ALL if closed else RARE
    figures = [one.quantity for one in parts]
    if _tells(above[0], parts, rare) and one_slip_away(above[0].quantity, figures, rounded=True):
        yield from sum_of(passage, above[0], parts, EXPLICIT)


def _of_paragraph(passage: Passage, first: Mention, paragraph: int) -> list[Mention]:
    """Return the last figures of the paragraph before a figure, the first one first."""
    place = bisect_left(passage.mentions, first.index, key=lambda one: one.index)
    return [one for one in passage.mentions[max(place - MOST, 0) : place] if one.paragraph == paragraph]


def _tells(total: Mention, parts: Sequence[Mention], rare: int) -> bool:
    """Return whether chance hardly brings the parts within one slip of the total."""
    digits = sum(digits_written(one.quantity) for one in (total, *parts))
    return digits * KINDS_OF_SLIP * rare * step(total.quantity) <= total.quantity.value
