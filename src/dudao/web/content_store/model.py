"""What a place for files offers: written once, whole or not at all, named by the hash of the content."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a store: its key, its size in bytes, when it was last touched (seconds of the epoch).

    `half` marks what a killed write left behind; its key names the leftover and no content.
    """

    key: str
    size: int
    touched: float
    half: bool = False


class ContentStore(Protocol):
    """Files by the SHA-256 of their content (64 hexadecimal digits)."""

    def keep(self, content: bytes, key: str) -> None:
        """Write a content under its hash; one that is there already is only touched."""
        ...

    def read(self, key: str) -> bytes:
        """Return a content.

        Raises:
            FileNotFoundError: nothing is kept under the key.
        """
        ...

    def has(self, key: str) -> bool:
        """Return whether something is kept under the key."""
        ...

    def remove(self, key: str) -> None:
        """Remove a content or a leftover; one that is gone already is no error."""
        ...

    def kept(self) -> Iterator[Kept]:
        """Yield everything in the store in the order of the keys, leftovers of killed writes included."""
        ...
