"""Opens zip containers (docx, xlsx) without trusting what they say about themselves."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from dudao.documents.limits import MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_MATTERS_BYTES
from dudao.errors import UnreadableInputError

BEGINNING = 65536
_DAMAGED = "请向提供单位要一份完整的文件，或用 Word/WPS 打开后另存一份。"


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened container whose sizes were checked."""

    file: str
    entries: zipfile.ZipFile

    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self.entries.namelist())

    def read(self, name: str) -> bytes:
        """Return one part unpacked.

        Raises:
            UnreadableInputError: the part is damaged, encrypted or larger than it says.
        """
        size = self.entries.NameToInfo[name].file_size if name in self.entries.NameToInfo else 0
        content = self.beginning(name, size + 1)
        if len(content) > size:
            raise UnreadableInputError(f"“{self.file}”已损坏，其中的“{name}”比所标的大。", advice=_DAMAGED)
        return content

    def beginning(self, name: str, length: int = BEGINNING) -> bytes:
        """Return the first bytes of one part unpacked.

        Raises:
            UnreadableInputError: the part is damaged or encrypted.
        """
        try:
            with self.entries.open(name) as part:
                return part.read(length)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise UnreadableInputError(f"“{self.file}”已损坏，其中的“{name}”读不出来。", advice=_DAMAGED) from error
        except RuntimeError as error:
            raise UnreadableInputError(f"“{self.file}”加了密码，无法读取。", advice="请先取消密码再读。") from error


def open_archive(raw: bytes, file: str) -> Archive:
    """Return the container, its directory checked against the limits before anything is unpacked.

    Raises:
        UnreadableInputError: truncated, or a zip bomb.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"“{file}”不完整或已损坏（压缩结构读不出来）。", advice=_DAMAGED) from error
    total = 0
    for entry in entries.infolist():
        total += entry.file_size
        swollen = entry.file_size > RATIO_MATTERS_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if total > MAX_UNPACKED_BYTES or swollen:
            raise UnreadableInputError(
                f"“{file}”解开后大得不正常（“{entry.filename}”{entry.file_size / 1048576:.0f} MB），没有读取。",
                advice=f"解开后的上限是{MAX_UNPACKED_BYTES // 1048576} MB；请确认文件来源。",
            )
    return Archive(file, entries)
