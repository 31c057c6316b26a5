"""Character recognition of scanned pages and pictures, through the extra `ocr` (RapidOCR)."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from dudao.documents.limits import MAX_PICTURE_PIXELS
from dudao.documents.text_builder import Draft, TextBuilder
from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location

Recogniser = Callable[[Any], Any]
"""Takes a picture as an array of pixels, answers with `boxes` (four corners each) and `txts`."""

INSTALL = '请安装文字识别后再读：pip install "dudao[ocr]"；或提供文字版。'


@dataclass(frozen=True, slots=True)
class _Found:
    """A recognised stretch: where it stands on the page and what it says."""

    top: float
    left: float
    height: float
    text: str


@lru_cache(maxsize=1)
def recogniser() -> Recogniser | None:
    """Return the recognition engine, None when the extra `ocr` is not installed."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    from rapidocr import RapidOCR  # heavy: loads the models

    engine: Recogniser = RapidOCR(params={"Global.log_level": "error"})
    return engine


def read_picture(raw: bytes, file: str) -> Draft:
    """Return the text recognised in a picture.

    Raises:
        UnreadableInputError: recognition is not installed, the picture is damaged or too large, or shows no text.
    """
    read = recogniser()
    if read is None:
        raise UnreadableInputError(f"“{file}”是图片，不是文字。", advice=INSTALL)
    lines = recognised_lines(read, _pixels(raw, file))
    if not lines:
        raise UnreadableInputError(f"“{file}”是图片，里面没有认出文字。", advice="请提供更清晰的扫描件或文字版。")
    builder = TextBuilder()
    for line in lines:
        builder.paragraph(line, page=1)
    builder.issues.append(
        Issue(
            Level.NOTE,
            "documents.recognised_text",
            "文字由图片识别得来，可能有错字错数。",
            Location(file=file),
            remedy="发现问题时请先对照原件。",
        )
    )
    return builder.draft(wrapped=True)


def recognised_lines(read: Recogniser, picture: Any) -> list[str]:
    """Return the lines of a page from top to bottom; stretches side by side are set apart by a space."""
    result = read(picture)
    if result is None or getattr(result, "boxes", None) is None or result.txts is None:
        return []
    found = [
        _Found(
            top=min(corner[1] for corner in box),
            left=min(corner[0] for corner in box),
            height=max(corner[1] for corner in box) - min(corner[1] for corner in box),
            text=text,
        )
        for box, text in zip(result.boxes, result.txts, strict=True)
    ]
    found.sort(key=lambda stretch: stretch.top)
    rows: list[list[_Found]] = []
    for stretch in found:
        if rows and stretch.top - rows[-1][0].top < 0.5 * rows[-1][0].height:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [" ".join(part.text for part in sorted(row, key=lambda part: part.left)) for row in rows]


def _pixels(raw: bytes, file: str) -> Any:
    import numpy  # comes with the extra
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw)) as picture:
            if picture.width * picture.height > MAX_PICTURE_PIXELS:
                raise UnreadableInputError(
                    f"“{file}”有{picture.width}×{picture.height}个像素，超出上限。", advice="请缩小图片后再读。"
                )
            return numpy.asarray(picture.convert("RGB"))[:, :, ::-1]
    except UnreadableInputError:
        raise  # is a ValueError as well
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableInputError(f"“{file}”是图片，但已损坏。", advice="请重新扫描或提供文字版。") from error
