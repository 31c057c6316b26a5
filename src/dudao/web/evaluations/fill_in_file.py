"""Reads a fill-in worksheet that comes back: its lines, or one sentence that says what is wrong with the whole."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from dudao.documents.archives import open_archive
from dudao.errors import UnreadableInputError
from dudao.reporting.fill_in_sheet import HEADS, SHEET
from dudao.web.evaluations.refusals import InvalidValueError

SIZE_LIMIT = 5 * 1024 * 1024
ROW_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the file: its number as Excel shows it, the key, and what was typed."""

    number: int
    key: str
    name: str
    value: str
    remark: str


def read_fill_in(raw: bytes, name: str) -> list[FileLine]:
    """Return the lines of a worksheet that were filled in.

    Raises:
        InvalidValueError: empty, too large, no xlsx, another table, or columns moved; says which and what to do.
    """
    if not raw:
        raise InvalidValueError(_("“%(name)s”是空文件（0 字节）。") % {"name": name}, advice=_("请检查后重新上传。"))
    if len(raw) > SIZE_LIMIT:
        raise InvalidValueError(
            _("“%(name)s”有 %(n)s MB，超过 %(size_limit)s MB。")
            % {"name": name, "n": f"{len(raw) / 1048576:.0f}", "size_limit": SIZE_LIMIT // 1048576},
            advice=_("请用本页下载的模板填写，不要贴入图片。"),
        )
    rows = _rows(raw, name)
    _check_head([_text(cell) for cell in rows[0]] if rows else [], name)
    if len(rows) > ROW_LIMIT:
        raise InvalidValueError(
            _("“%(name)s”有 %(count)s 行，超过 %(row_limit)s 行。")
            % {"name": name, "count": len(rows), "row_limit": ROW_LIMIT},
            advice=_("请用本页下载的模板填写。"),
        )
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [_text(cell) for cell in row[: len(HEADS)]] + [""] * (len(HEADS) - len(row))
        if any(cells):
            title = " · ".join(part for part in (cells[2], cells[3]) if part)
            lines.append(FileLine(number, cells[0], title, cells[6], cells[7]))
    return lines


def _rows(raw: bytes, name: str) -> list[list[object]]:
    if not raw.startswith(b"PK"):
        raise InvalidValueError(
            _("“%(name)s”不是 xlsx 文件。") % {"name": name}, advice=_("请用本页下载的模板填写，另存为 xlsx 后上传。")
        )
    try:
        open_archive(raw, name)
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        if SHEET not in book.sheet_names:
            raise InvalidValueError(
                _("“%(name)s”中没有“%(sheet)s”工作表。") % {"name": name, "sheet": SHEET},
                advice=_("请用本页下载的模板填写。"),
            )
        found: list[list[object]] = [
            list(row) for row in book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
        ]
    except UnreadableInputError as error:
        raise InvalidValueError(error.message, advice=error.advice) from error
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise InvalidValueError(
            _("“%(name)s”读不出来，可能已损坏或加了密码。") % {"name": name}, advice=_("请用 Excel 另存一份。")
        ) from error
    return found


def _check_head(found: list[str], name: str) -> None:
    """Refuse a table whose columns are not where they were: a figure in the wrong column is worse than none."""
    named = [text for text in found if text]
    if tuple(found[: len(HEADS)]) == HEADS and len(named) == len(HEADS):
        return
    missing = [head for head in HEADS if head not in named]
    if missing:
        words = _("、").join(f"“{head}”" for head in missing)
        raise InvalidValueError(
            _("“%(name)s”第 1 行缺少%(words)s列。") % {"name": name, "words": words},
            advice=_("请重新下载模板，不要删改表头。"),
        )
    moved = [
        _("第 %(place)s 列应为“%(head)s”，现为“%(n)s”")
        % {"place": place, "head": head, "n": found[place - 1] if place <= len(found) else ""}
        for place, head in enumerate(HEADS, start=1)
        if place > len(found) or found[place - 1] != head
    ]
    told = _("；").join(moved[:4]) or _("多出了“%(head)s”列") % {"head": named[-1]}
    raise InvalidValueError(
        _("“%(name)s”的列被移动过：%(told)s。") % {"name": name, "told": told},
        advice=_("请把各列移回原来的位置，或重新下载模板填写。"),
    )


def _text(cell: object) -> str:
    """Return a cell as typed: 45.0 is 45, digits are not rounded, a date is told as a date."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        number = Decimal(repr(cell))
        return f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
