"""Edits to a text and the map that leads from the mended text back to the source."""

from collections.abc import Iterable
from dataclasses import dataclass

from dudao.documents.model import RepairedText


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters `start..end`: by nothing, or by exactly as many others (place by place)."""

    start: int
    end: int
    replacement: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"an edit covers at least one character, not {self.start}..{self.end}")
        if self.replacement and len(self.replacement) != self.end - self.start:
            raise ValueError("a replacement is as long as what it replaces, so that characters correspond")


def untouched(text: str) -> RepairedText:
    """Return the text mapped onto itself."""
    return RepairedText(text, (0,), (0,))


def mend(current: RepairedText, edits: Iterable[Edit]) -> RepairedText:
    """Return the text with the edits carried out; its map leads to the source that `current` came from.

    Edits count characters of `current.text`, come in order and do not overlap. The work is linear in the length
    of the text plus the number of edits and runs.
    """
    pieces: list[str] = []
    kept: list[tuple[int, int]] = []  # stretches of current.text that stay, in place
    position = kept_from = 0
    for edit in edits:
        if edit.start < position:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces.append(current.text[position : edit.start])
        if edit.replacement:
            pieces.append(edit.replacement)
        else:
            if edit.start > kept_from:
                kept.append((kept_from, edit.start))
            kept_from = edit.end
        position = edit.end
    pieces.append(current.text[position:])
    if not position:
        return current
    if len(current.text) > kept_from:
        kept.append((kept_from, len(current.text)))
    starts, origins = _follow(current, kept)
    return RepairedText("".join(pieces), starts, origins)


def _follow(current: RepairedText, kept: list[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the runs of the new text: each kept stretch, split where the runs of `current` change."""
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    run = 0
    last = len(current.starts) - 1
    for start, end in kept:
        while run < last and current.starts[run + 1] <= start:
            run += 1
        position = start
        while position < end:
            stop = end if run == last else min(end, current.starts[run + 1])
            origin = current.origins[run] + position - current.starts[run]
            if not starts or origins[-1] + length - starts[-1] != origin:
                starts.append(length)
                origins.append(origin)
            length += stop - position
            position = stop
            if position < end:
                run += 1
    if not starts:
        return (0,), (0,)
    return tuple(starts), tuple(origins)
