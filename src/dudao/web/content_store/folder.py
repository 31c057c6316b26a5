"""Files in a local folder, two levels of folders by their hash."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dudao.web.content_store.model import Kept

_INCOMING = ".incoming-"


class FolderStore:
    """A store in a folder of the server, readable by its account only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place_of(self, key: str) -> Path:
        """Return where a content lies."""
        return self.root / key[:2] / key[2:4] / key

    def keep(self, content: bytes, key: str) -> None:
        """Write a content to its place; a content that is there already is left alone.

        It is written beside its place, flushed to the disk and then moved, so a killed process leaves no half file.
        """
        target = self.place_of(key)
        if target.exists():
            os.utime(target)  # fresh again, so that pruning leaves it to the row that is about to name it
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_INCOMING)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, 0o600)
            os.replace(name, target)
            _flush(target.parent)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def read(self, key: str) -> bytes:
        """Return a content.

        Raises:
            FileNotFoundError: nothing is kept under the key.
        """
        return self.place_of(key).read_bytes()

    def has(self, key: str) -> bool:
        """Return whether something is kept under the key."""
        return self.place_of(key).exists()

    def remove(self, key: str) -> None:
        """Remove a content or a leftover."""
        place = self.root / key if key.count("/") else self.place_of(key)
        place.unlink(missing_ok=True)

    def kept(self) -> Iterator[Kept]:
        """Yield every file below the root; the key of a leftover is its path below the root."""
        for path in sorted(self.root.glob("??/??/*")):
            try:
                seen = path.stat()
            except FileNotFoundError:  # finished or removed since the folder was listed
                continue
            half = path.name.startswith(_INCOMING)
            key = path.relative_to(self.root).as_posix() if half else path.name
            yield Kept(key, seen.st_size, seen.st_mtime, half)


def _flush(folder: Path) -> None:
    """Flush a folder, so that a file moved into it survives a power cut as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
