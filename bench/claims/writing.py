"""A text under construction that remembers where each figure of each claim stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class WrittenClaim:
    """What the generator knows of a claim: type, operands by place, whether it holds, what was planted."""

    type: str
    operands: Mapping[str, tuple[int, int]]
    holds: bool
    planted: str = ""


@dataclass(slots=True)
class Writer:
    """Collects text and claims; offsets count characters of the joined text."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    claims: list[WrittenClaim] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append text that asserts nothing."""
        self.parts.append(text)
        self.length += len(text)

    def fill(self, template: str, figures: Mapping[str, str]) -> dict[str, tuple[int, int]]:
        """Append a template with its figures put in; return where each stands."""
        places: dict[str, tuple[int, int]] = {}
        last = 0
        for match in _PLACE.finditer(template):
            self.add(template[last : match.start()])
            text = figures[match[1]]
            places.setdefault(match[1], (self.length, self.length + len(text)))
            self.add(text)
            last = match.end()
        self.add(template[last:])
        return places

    @property
    def text(self) -> str:
        """The text written so far."""
        return "".join(self.parts)
