"""How the bytes of a text file become characters."""

import codecs
import re
from dataclasses import dataclass

from dudao.errors import UnreadableInputError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN_OR_PUNCTUATION = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e“”‘’—…·\s\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `cut_bytes` are the bytes behind each U+FFFD that decoding put in, with its place."""

    text: str
    encoding: str
    cut_bytes: tuple[tuple[int, bytes], ...] = ()


def decode(raw: bytes, file: str) -> Decoded:
    """Return the text of the bytes: UTF-8 with or without mark, UTF-16, GB18030, Big5.

    A file that is UTF-8 but for a few damaged places (a character cut in two) is read as UTF-8, U+FFFD standing
    for what cannot be read.

    Raises:
        UnreadableInputError: the bytes are no text in any of these encodings.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _lenient(raw, encoding)
    if utf16 := _utf16_without_mark(raw):
        return _lenient(raw, utf16)
    if len(_CONTROL.findall(raw[:65536])) > len(raw[:65536]) // 200:
        raise UnreadableInputError(
            f"“{file}”的内容不是文字，也不是能识别的文档格式。",
            advice="请确认文件没有损坏，或另存为 docx、pdf、txt 后再读。",
        )
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    damaged_utf8 = _lenient(raw, "utf-8")
    if len(damaged_utf8.cut_bytes) <= max(3, len(damaged_utf8.text) // 100):
        # Chinese in GB 18030 decodes to U+FFFD nearly everywhere, so few of them are slips in a UTF-8 file.
        return damaged_utf8
    chinese = _gb18030(raw)
    traditional = _big5(raw, chinese)
    if traditional is not None:
        return Decoded(traditional, "cp950")
    if chinese is not None:
        return Decoded(chinese, "gb18030")
    best = _lenient(raw, "gb18030")
    if len(best.cut_bytes) > max(3, len(best.text) // 100):
        raise UnreadableInputError(
            f"“{file}”的文字编码无法识别（试过 UTF-8、UTF-16、GB18030、Big5）。",
            advice="请用“另存为”选 UTF-8 编码后再读。",
        )
    return best


def _gb18030(raw: bytes) -> str | None:
    """Return the text when the bytes are GB18030 and read like Chinese."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    sample = text[:20000]
    common = len(_HAN_OR_PUNCTUATION.findall(sample))
    return text if common >= 0.9 * len(sample) else None


def _big5(raw: bytes, as_gb18030: str | None) -> str | None:
    """Return the text when the bytes make common characters in Big5 and rare ones, or none, in GB18030.

    Most bytes are valid in both, so what tells them apart is whether the characters are those that people write.
    """
    if as_gb18030 is not None and _common(as_gb18030, "gb2312", _GB_COMMON) >= 0.7:
        return None
    try:
        text = raw.decode("cp950")
    except UnicodeDecodeError:
        return None
    return text if _common(text, "cp950", _BIG5_COMMON) >= 0.9 else None


_GB_COMMON = frozenset({0xA1, 0xA2, 0xA3, *range(0xB0, 0xD8)})
_BIG5_COMMON = frozenset({0xA1, 0xA2, 0xA3, *range(0xA4, 0xC7)})
"""First bytes of punctuation and of the frequent half of the characters."""


def _common(text: str, encoding: str, leading: frozenset[int]) -> float:
    """Return the share of common characters among those of the beginning that are not ASCII."""
    wide = [character for character in text[:4000] if ord(character) > 0x7F]
    written = [character.encode(encoding, errors="ignore") for character in wide]
    return sum(bool(one) and one[0] in leading for one in written) / len(wide) if wide else 0.0


def _utf16_without_mark(raw: bytes) -> str | None:
    """Return the byte order when every second byte is often zero, as in UTF-16 text with digits and line ends."""
    sample = raw[:4096]
    if len(sample) < 4 or b"\x00" not in sample or len(raw) % 2:
        return None
    for encoding, byte in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = sample[byte::2].count(0)
        others = sample[1 - byte :: 2].count(0)
        if zeros > 2 * others:
            try:
                text = raw[: len(sample) // 2 * 2].decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_HAN_OR_PUNCTUATION.findall(text)) >= 0.95 * len(text):
                return encoding
    return None


def _lenient(raw: bytes, encoding: str) -> Decoded:
    """Return the text with U+FFFD for unreadable bytes, and the bytes behind each."""
    lost: list[bytes] = []

    def note(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        lost.append(error.object[error.start : error.end])
        return "\ue0ff\ufffd", error.end

    # The private mark tells our U+FFFD from one that the file itself contains.
    codecs.register_error("dudao.note", note)
    marked = raw.decode(encoding, errors="dudao.note")
    if not lost:
        return Decoded(marked, encoding)
    pieces = marked.split("\ue0ff\ufffd")
    if len(pieces) != len(lost) + 1:
        return Decoded(raw.decode(encoding, errors="replace"), encoding)
    cut: list[tuple[int, bytes]] = []
    position = 0
    for piece, missing in zip(pieces, lost, strict=False):
        position += len(piece)
        cut.append((position, missing))
        position += 1
    return Decoded("\ufffd".join(pieces), encoding, tuple(cut))
