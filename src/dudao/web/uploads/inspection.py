"""What an uploaded file is, by its content, and what is refused: each with its own sentence, a misleading name too."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.utils.translation import gettext, gettext_noop
from PIL import Image, ImageOps, UnidentifiedImageError

from dudao.web.refusals import InvalidValueError

_MEGABYTE = 1024 * 1024
_OPEN_PACKAGES = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_PROGRAM = re.compile(rb"vbaProject|macroEnabled|macrosheet", re.IGNORECASE)
_OUTSIDE_TEMPLATE = re.compile(
    rb"<(?=[^<>]*/(?:attachedTemplate|frame|oleObject)\b)(?=[^<>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^<>]*Target\s*=\s*[\"'](?:https?:|ftp:|file://[^/]|\\\\))",
    re.IGNORECASE,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACKED_LIMIT = 500 * _MEGABYTE
_RATIO_LIMIT = 200
_PIXEL_LIMIT = 80_000_000
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "TIFF": "image/tiff", "BMP": "image/bmp"}

TITLES = {
    "application/pdf": gettext_noop("PDF"),
    _OPEN_PACKAGES["word/"]: gettext_noop("Word 文档"),
    _OPEN_PACKAGES["xl/"]: gettext_noop("Excel 表格"),
    _OPEN_PACKAGES["ppt/"]: gettext_noop("演示文稿"),
    "application/x-ole-storage": gettext_noop("旧版 Office 文件"),
    "application/rtf": gettext_noop("旧版 Office 文件"),
    "application/xml": gettext_noop("旧版 Office 文件"),
    "text/plain": gettext_noop("文本"),
    "image/png": gettext_noop("图片"),
    "image/jpeg": gettext_noop("图片"),
}

_OLD, _TEXT = "application/x-ole-storage", "text/plain"
_RICH_TEXT, _XML_DOCUMENT = "application/rtf", "application/xml"
"""Documents of old programs that are written as text: Word and WPS often call them .doc all the same."""
_XML_SIGNS = (b'progid="Word.Document"', b"<pkg:package", b"<office:document")
_NAMED = {
    "application/pdf": ("pdf",),
    _OPEN_PACKAGES["word/"]: ("docx",),
    _OPEN_PACKAGES["xl/"]: ("xlsx",),
    _OPEN_PACKAGES["ppt/"]: ("pptx", "ppsx"),
    _OLD: ("doc", "xls", "ppt", "wps", "et", "dps"),
    _RICH_TEXT: ("rtf", "doc", "wps"),
    _XML_DOCUMENT: ("xml", "doc", "wps"),
    _TEXT: ("txt", "csv", "tsv", "md", "htm", "html", "svg", "xml", "json", "yaml", "yml"),
    **dict.fromkeys(_PICTURES.values(), ("jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp")),
}
"""Extensions by what the content is, the usual one first; a picture may be named as any picture: it is drawn anew."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
"""Characters that no text has."""
_EXTENSION = re.compile(r"\.(?=[0-9]*[a-z])([a-z0-9]{1,8})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: the bytes to keep (pictures are drawn anew), their hash, and what they are."""

    content: bytes
    sha256: str
    media: str


def inspect(raw: bytes, name: str, *, limit: int, scanner: str = "") -> Inspected:
    """Return what may be kept of an uploaded file.

    Args:
        raw: the bytes as received.
        name: the name as uploaded: its extension must say what the content is; without one the content decides.
        limit: the largest size in bytes.
        scanner: dotted name of a function `(bytes, str) -> str` that answers a threat's name, empty for none.

    Raises:
        InvalidValueError: empty, too large, of a kind that is not kept, a bomb, with macros, refused by the
            scanner, or named as something else.
    """
    if not raw:
        raise InvalidValueError(
            gettext("“%(name)s”是空文件（0 字节）。") % {"name": name}, advice=gettext("请检查后重新上传。")
        )
    if len(raw) > limit:
        size = f"{len(raw) / _MEGABYTE:.0f} MB"
        raise InvalidValueError(
            gettext("“%(name)s”有 %(size)s，超过上限 %(limit)s MB。")
            % {"name": name, "size": size, "limit": limit // _MEGABYTE},
            advice=gettext("请压缩图片或拆分后上传。"),
        )
    if scanner:
        threat = scan(scanner, raw, name)
        if threat:
            raise InvalidValueError(
                gettext("“%(name)s”未通过安全扫描（%(threat)s）。") % {"name": name, "threat": threat},
                advice=gettext("请联系系统管理员。"),
            )
    media, content = _media_of(raw, name)
    _refuse_misnamed(name, media)
    return Inspected(content, hashlib.sha256(content).hexdigest(), media)


def scan(scanner: str, raw: bytes, name: str) -> str:
    """Return the threat that a scanner, given by its dotted name, finds in a file; empty for none.

    Raises:
        TypeError: it answers something that is no text; whatever else it raises is passed on.
    """
    module, _, function = scanner.rpartition(".")
    found = getattr(import_module(module), function)(raw, name)
    if not isinstance(found, str):
        raise TypeError(f"the scanner answers {type(found).__name__}, no text")
    return found


def _media_of(raw: bytes, name: str) -> tuple[str, bytes]:
    if raw.startswith(b"%PDF-"):
        return _pdf(raw, name)
    if raw.startswith(b"PK\x03\x04"):
        return _package(raw, name), raw
    if raw.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise InvalidValueError(
                gettext("“%(name)s”已加密，打不开。") % {"name": name}, advice=gettext("请去除密码后上传。")
            )
        if b"_VBA_PROJECT" in raw or "_VBA_PROJECT".encode("utf-16-le") in raw:
            raise InvalidValueError(
                gettext("“%(name)s”含有宏，不能上传。") % {"name": name}, advice=gettext("请另存为不含宏的文件后上传。")
            )
        return "application/x-ole-storage", raw
    picture = _picture(raw, name)
    if picture is not None:
        return picture
    if raw.startswith(b"{\\rtf"):
        return _RICH_TEXT, raw
    if _is_text(raw):
        return _XML_DOCUMENT if any(sign in raw[:4096] for sign in _XML_SIGNS) else _TEXT, raw
    kinds = "Word、Excel、PPT、PDF、图片（png、jpg）、txt、csv"
    raise InvalidValueError(
        gettext("“%(name)s”的内容不是可以上传的文件类型。") % {"name": name},
        advice=gettext("可上传：%(kinds)s。") % {"kinds": kinds},
    )


def _refuse_misnamed(name: str, media: str) -> None:
    """Refuse an extension that promises something else: a program as text, a page of a browser as a table.

    A dot before Chinese or digits alone, as in “1.教育经费” or “增长3.5”, begins no extension.
    """
    found = _EXTENSION.search(name.strip())
    if found is None or found[1].lower() in _NAMED[media]:
        return
    known = {each for extensions in _NAMED.values() for each in extensions}
    if found[1].lower() not in known:
        raise InvalidValueError(
            gettext("“%(name)s”的扩展名 .%(extension)s 不在可以上传之列。") % {"name": name, "extension": found[1]},
            advice=gettext("请按文件的内容改名后上传，例如 .%(extension)s。") % {"extension": _NAMED[media][0]},
        )
    raise InvalidValueError(
        gettext("“%(name)s”的内容是%(kind)s，与扩展名 .%(extension)s 不符。")
        % {"name": name, "kind": gettext(TITLES.get(media, TITLES["image/png"])), "extension": found[1]},
        advice=gettext("请用相应的程序打开，另存后上传；内容无误的，把扩展名改为 .%(extension)s。")
        % {"extension": _NAMED[media][0]},
    )


def _pdf(raw: bytes, name: str) -> tuple[str, bytes]:
    if b"/Encrypt" in raw:
        raise InvalidValueError(
            gettext("“%(name)s”已加密，打不开。") % {"name": name}, advice=gettext("请去除密码后上传。")
        )
    if b"/JavaScript" in raw or b"/Launch" in raw:
        raise InvalidValueError(
            gettext("“%(name)s”含有脚本，不能上传。") % {"name": name},
            advice=gettext("请用“打印为 PDF”重新生成后上传。"),
        )
    return "application/pdf", raw


def _package(raw: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error):
        raise InvalidValueError(
            gettext("“%(name)s”已损坏，打不开。") % {"name": name}, advice=gettext("请重新保存后上传。")
        ) from None
    if any(member.flag_bits & 1 for member in members):
        raise InvalidValueError(
            gettext("“%(name)s”已加密，打不开。") % {"name": name}, advice=gettext("请去除密码后上传。")
        )
    unpacked = sum(member.file_size for member in members)
    if len(members) > 10_000 or unpacked > _UNPACKED_LIMIT or unpacked > max(len(raw), 1) * _RATIO_LIMIT:
        raise InvalidValueError(
            gettext("“%(name)s”解压后异常大，不能上传。") % {"name": name}, advice=gettext("请重新保存后上传。")
        )
    if not _is_whole(raw):
        raise InvalidValueError(
            gettext("“%(name)s”已损坏，打不开。") % {"name": name}, advice=gettext("请重新保存后上传。")
        )
    names = [member.filename for member in members]
    if _has_macros(raw, names):
        raise InvalidValueError(
            gettext("“%(name)s”含有宏，不能上传。") % {"name": name}, advice=gettext("请另存为不含宏的文件后上传。")
        )
    for start, media in _OPEN_PACKAGES.items():
        if any(each.startswith(start) for each in names):
            return media
    raise InvalidValueError(
        gettext("“%(name)s”是压缩包，不能上传。") % {"name": name}, advice=gettext("请解压后逐个上传。")
    )


def _has_macros(raw: bytes, names: list[str]) -> bool:
    """Say whether a package has a program in it: by what it declares of its parts, whatever they are called.

    A template from elsewhere counts as well: it is fetched and its macros run when the file is opened.
    """
    if any(each.lower().endswith("vbaproject.bin") or "/macrosheets/" in each.lower() for each in names):
        return True
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for each in names:
            if each == "[Content_Types].xml" and _PROGRAM.search(_plain(archive, each)):
                return True
            if each.endswith(".rels") and _OUTSIDE_TEMPLATE.search(_plain(archive, each)):
                return True
    return False


def _plain(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, without the zeros of UTF-16."""
    with archive.open(name) as part:
        return part.read(_MEGABYTE).replace(b"\x00", b"")


def _is_whole(raw: bytes) -> bool:
    """Say whether every part of a package unpacks to what its checksum says."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError, EOFError, struct.error):
        return False


def _picture(raw: bytes, name: str) -> tuple[str, bytes] | None:
    """Return a picture drawn anew: what was hidden beside the pixels (places, scripts) is gone."""
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(_PICTURES)) as image:
            if image.width * image.height > _PIXEL_LIMIT:
                raise InvalidValueError(
                    gettext("“%(name)s”的像素过多。") % {"name": name}, advice=gettext("请缩小后上传。")
                )
            if getattr(image, "n_frames", 1) > 1 and image.format == "TIFF":
                raise InvalidValueError(
                    gettext("“%(name)s”有多页，按图片保存会丢页。") % {"name": name},
                    advice=gettext("请另存为 PDF 后上传。"),
                )
            image.load()
            kept = "JPEG" if image.format == "JPEG" else "PNG"
            drawn = _on_white(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError):
        return None
    buffer = io.BytesIO()
    drawn.save(buffer, format=kept, **({"quality": 90} if kept == "JPEG" else {"optimize": False}))
    return _PICTURES[kept], buffer.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Return the pixels alone, upright; what was transparent is white, as on paper."""
    if image.mode in {"RGB", "L"}:
        return Image.frombytes(image.mode, image.size, image.tobytes())
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image.convert("RGB")


def _is_text(raw: bytes) -> bool:
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _NO_TEXT.search(text, 0, 20_000) is None
    return False


def safe_name(name: str) -> str:
    """Return a file's name kept as text only: no folders, no control characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(character for character in last if character.isprintable()).strip(". ")
    return plain[:200] or "未命名"


def join_chunks(chunks: Iterable[bytes], *, limit: int, name: str) -> bytes:
    """Return the bytes of an upload, given up as soon as they exceed the limit.

    Raises:
        InvalidValueError: the upload is larger than the limit.
    """
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise InvalidValueError(
                gettext("“%(name)s”超过上限 %(limit)s MB。") % {"name": name, "limit": limit // _MEGABYTE},
                advice=gettext("请压缩图片或拆分后上传。"),
            )
        parts.append(chunk)
    return b"".join(parts)
