"""Figures as people type them: digits kept as written, read once into the base unit of the declaration."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from dudao.errors import DudaoError
from dudao.scheme.model import FactDeclaration

_YES = frozenset({"是", "达标", "有", "yes", "true", "1"})
_NO = frozenset({"否", "未达标", "无", "没有", "no", "false", "0"})
_SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "千": Decimal(10) ** 3, "百万": Decimal(10) ** 6}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")


class FigureError(DudaoError, ValueError):
    """What was typed is no figure of the kind that is asked for."""


def typed_value(text: str, unit: str, declaration: FactDeclaration | None) -> Decimal | bool | str | None:
    """Return what was typed as the engine reads it; None when nothing readable was typed.

    Args:
        text: the digits as typed, e.g. `34.92` or `是`.
        unit: the unit they are in, e.g. `亿元` where the declaration asks for 元.
        declaration: what is asked; None for a fact the scheme does not declare.
    """
    try:
        return read_value(text, unit, declaration)
    except FigureError:
        return None


def read_value(text: str, unit: str, declaration: FactDeclaration | None) -> Decimal | bool | str | None:
    """Return what was typed as the engine reads it; None when the field is empty.

    Raises:
        FigureError: the text is no figure (or no 是/否) of the declared kind; says what to type.
    """
    plain = text.strip()
    if not plain or plain in {"—", "-", "/"}:
        return None
    kind = declaration.kind if declaration else "number"
    title = declaration.title if declaration else "数据"
    if kind == "boolean":
        word = plain.lower()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise FigureError(
            _("%(title)s“%(text)s”不是“是”或“否”。") % {"title": title, "text": text}, advice=_("请填“是”或“否”。")
        )
    if kind == "text":
        return plain
    digits = plain.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
    percent = digits.endswith("%") and unit == "%"
    try:
        number = Decimal(digits.removesuffix("%") if percent else digits)
    except InvalidOperation:
        example = "45" if kind == "count" else "34.92"
        raise FigureError(
            _("%(title)s“%(text)s”不是数字。") % {"title": title, "text": text},
            advice=_("请填数字，例如 %(example)s，不带单位。") % {"example": example},
        ) from None
    if not number.is_finite():
        raise FigureError(_("%(title)s“%(text)s”不是数字。") % {"title": title, "text": text}, advice=_("请填数字。"))
    if kind == "count" and unit == (declaration.unit if declaration else unit) and number != number.to_integral_value():
        raise FigureError(_("%(title)s“%(text)s”应为整数。") % {"title": title, "text": text}, advice=_("请填整数。"))
    return number * scale_to_base(unit, declaration.unit if declaration else unit)


def scale_to_base(unit: str, base: str) -> Decimal:
    """Return the factor from a written unit to the base unit: 亿元 → 元 is 10^8; 1 when they are the same.

    Raises:
        FigureError: the unit is no scale of the base unit.
    """
    if unit == base:
        return Decimal(1)
    for scale, factor in _SCALES.items():
        if unit == scale + base:
            return factor
        if base == scale + unit:
            return 1 / factor
    raise FigureError(
        _("单位“%(unit)s”不能换算成“%(base)s”。") % {"unit": unit, "base": base},
        advice=_("请按“%(base)s”填写。") % {"base": base},
    )
