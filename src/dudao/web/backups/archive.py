"""The form of a backup: a zip of rows as JSON lines, files by their hash, and a manifest of what must be in it.

rows/<app.model>.jsonl    one row a line: the values of its columns in the order the manifest names them
files/<store>/<sha256>    the contents, not compressed again
manifest.json             written last: program, moment, migrations, and count and checksum of every table
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dudao.errors import UnreadableInputError

FORMAT = 1
REGION_FORMAT = 2
"""Of a backup of one region, which older programs would take for a whole one."""
MANIFEST = "manifest.json"
_KEY = re.compile(r"[0-9a-f]{64}")
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class TableRecord:
    """What a backup holds of a table: its columns, how many rows, and their checksum (hexadecimal)."""

    model: str
    columns: tuple[str, ...]
    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a backup: the store it belongs to, its hash, its size in bytes."""

    store: str
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What must be in a backup.

    `region` is the code of the region that it is limited to, empty for all. `migrations` names, by app, those that
    the database had applied; `missing` the files that rows name and that no store had when the backup was made, as
    `store/key`.
    """

    format: int
    program: str
    at: str
    database: str
    migrations: Mapping[str, tuple[str, ...]]
    tables: tuple[TableRecord, ...]
    files: tuple[FileRecord, ...]
    missing: tuple[str, ...]
    region: str = ""

    def to_json(self) -> str:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


class RowSum:
    """A checksum of rows that does not depend on their order, which databases sort differently."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Count a row, given as its line without the line end."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest(), "big")) % _MODULUS

    @property
    def checksum(self) -> str:
        """Return the checksum of the rows so far."""
        return f"{self._sum:064x}"


class Archive:
    """A backup opened for reading.

    Raises:
        UnreadableInputError: the file is no backup, is cut off, or is of a newer program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest = _manifest(json.loads(self._zip.read(MANIFEST)))
        except FileNotFoundError:
            raise UnreadableInputError(f"没有文件 {path}。", advice="请检查路径。") from None
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableInputError(
                f"{path} 不是完整的备份（{_reason(error)}）。", advice="请换一份备份；传输中断的文件请重新拷贝。"
            ) from error
        if self.manifest.format > REGION_FORMAT:
            raise UnreadableInputError(f"{path} 由更新的程序写成。", advice="请先升级本机的程序，再恢复。")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def lines(self, table: TableRecord) -> Iterator[bytes]:
        """Yield the rows of a table, without line ends.

        Raises:
            UnreadableInputError: the rows are damaged or not there.
        """
        name = f"rows/{table.model}.jsonl"
        try:
            with self._zip.open(name) as stream:
                for line in stream:
                    yield line.rstrip(b"\n")
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError) as error:
            raise self._damaged(name) from error

    def content(self, file: FileRecord) -> bytes:
        """Return the content of a file, proved by its hash.

        Raises:
            UnreadableInputError: it is damaged or not there.
        """
        name = f"files/{file.store}/{file.key}"
        try:
            content = self._zip.read(name)
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError) as error:
            raise self._damaged(name) from error
        if hashlib.sha256(content).hexdigest() != file.key:
            raise self._damaged(name)
        return content

    def _damaged(self, name: str) -> UnreadableInputError:
        return UnreadableInputError(f"{self.path} 中的 {name} 已损坏，不能恢复。", advice="请换一份备份。")


def _reason(error: Exception) -> str:
    return "缺少清单" if isinstance(error, KeyError) else "内容残缺或不是备份的格式"


def _manifest(found: dict[str, Any]) -> Manifest:
    files = tuple(FileRecord(str(each["store"]), str(each["key"]), int(each["size"])) for each in found["files"])
    for file in files:
        if not _KEY.fullmatch(file.key) or "/" in file.store or ".." in file.store:
            raise ValueError(file.key)
    return Manifest(
        format=int(found["format"]),
        program=str(found["program"]),
        at=str(found["at"]),
        database=str(found["database"]),
        migrations={app: tuple(names) for app, names in found["migrations"].items()},
        tables=tuple(
            TableRecord(each["model"], tuple(each["columns"]), int(each["rows"]), each["checksum"])
            for each in found["tables"]
        ),
        files=files,
        missing=tuple(found["missing"]),
        region=str(found.get("region", "")),
    )
