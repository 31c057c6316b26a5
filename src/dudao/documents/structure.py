"""Headings and the title, told from what lines say once they are mended."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dudao.documents.headings import SHORTEST, heading_end, marker
from dudao.documents.model import Block, BlockKind, RepairedText
from dudao.provenance import Span

_TITLE_END = re.compile(
    r"(?:报告|自评表|评价表|评分表|得分表|方案|规划|纲要|通知|意见|情况|总结|汇报|公报|要点|概况|办法|决定|说明|措施|清单|材料|表)"
    r"(?:[（(][^（）()]{1,20}[）)])?$"
)
_TITLE_BEFORE = 12  # blocks from the top among which the title is looked for
_TITLE_LENGTH = 60


def place_in_repaired(repaired: RepairedText, origin: int) -> int:
    """Return the first place of the repaired text whose source is at or behind `origin`."""
    if repaired.is_source:
        return min(origin, len(repaired.text))
    run = bisect_left(repaired.origins, origin)
    if run < len(repaired.origins) and repaired.origins[run] == origin:
        return repaired.starts[run]
    run -= 1
    if run < 0:
        return 0
    end = repaired.starts[run + 1] if run + 1 < len(repaired.starts) else len(repaired.text)
    return min(repaired.starts[run] + origin - repaired.origins[run], end)


def structured(blocks: Iterable[Block], repaired: RepairedText) -> tuple[Block, ...]:
    """Return the blocks with headings and title told apart; a run-in heading is split from its paragraph."""
    told: list[Block] = []
    own = repaired.is_source
    for block in blocks:
        start = block.span.start
        if own and (not start or repaired.text[start - 1] == "\n"):
            told.append(block)  # nothing was taken out before a line that begins here
        elif _continues(block, repaired) and told and told[-1].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            # The line goes on with the sentence of the block before: one block.
            told[-1] = replace(told[-1], span=Span(told[-1].span.start, block.span.end))
        else:
            told.append(block)
    told = [
        part
        for block in told
        for part in (_headings(block, repaired) if block.span.end - block.span.start >= SHORTEST else (block,))
    ]
    title = _title(told, repaired)
    if title is not None:
        told[title] = replace(told[title], kind=BlockKind.TITLE, level=0)
    return tuple(told)


def _line(block: Block, repaired: RepairedText) -> tuple[int, str]:
    start = place_in_repaired(repaired, block.span.start)
    return start, repaired.text[start : place_in_repaired(repaired, block.span.end)]


def _continues(block: Block, repaired: RepairedText) -> bool:
    """Return whether the block's line end was taken out before it: it begins within a mended line."""
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    start = place_in_repaired(repaired, block.span.start)
    if start and repaired.text[start - 1] in "\r\n":
        return False
    before = repaired.text[max(0, start - 80) : start].rstrip(" \u3000\t")
    return bool(before) and not before.endswith(("\n", "\r"))


def _headings(block: Block, repaired: RepairedText) -> Iterator[Block]:
    if block.kind is not BlockKind.PARAGRAPH:
        yield block
        return
    start, line = _line(block, repaired)
    level, end = heading_end(line)
    if not level:
        yield block
        return
    if end >= len(line.rstrip()):
        yield replace(block, kind=BlockKind.HEADING, level=level)
        return
    cut = repaired.origin(start + end - 1) + 1
    yield Block(BlockKind.HEADING, Span(block.span.start, cut), level, block.page)
    yield Block(BlockKind.PARAGRAPH, Span(cut, block.span.end), 0, block.page)


def _title(blocks: list[Block], repaired: RepairedText) -> int | None:
    """Return the index of the block that is the title, None when no line looks like one."""
    best = None
    for index, block in enumerate(blocks[:_TITLE_BEFORE]):
        if block.kind is BlockKind.TITLE:
            return None
        if block.kind is not BlockKind.PARAGRAPH:
            break
        line = _line(block, repaired)[1].strip()
        if line.endswith(("：", ":")) or len(line) > _TITLE_LENGTH or "。" in line:
            break
        if best is None and _is_title(line):
            best = index
    return best


def _is_title(line: str) -> bool:
    bare = line.rstrip("”》 ")
    return len(bare) >= 4 and not marker(line)[0] and bool(_TITLE_END.search(bare))
