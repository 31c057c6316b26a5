"""Bars of coefficients against their limits as inline SVG, and numbers of balance as people read them."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

MISSING = "—"
_WIDTH = 120


@register.simple_tag
def coefficient_bar(cell: Any, highest: float) -> SafeString:
    """Return a coefficient as a bar with its limit as a line; a word where it cannot be computed.

    Args:
        cell: `level`, `coefficient`, `limit`, `over`.
        highest: the right end of the bar.
    """
    if cell.coefficient is None:
        return format_html('<span class="mut s12">{}</span>', _("无法计算"))
    limit = "" if cell.limit is None else _("，上限 %(limit)s") % {"limit": f"{cell.limit:.2f}"}
    line = SafeString("")
    if cell.limit is not None:
        line = format_html(
            '<line x1="{0}" x2="{0}" y1="0" y2="14" class="k-bad" stroke-width="1.5"/>',
            f"{_WIDTH * cell.limit / highest:.1f}",
        )
    tint = "bad" if cell.over else "pri" if cell.level == "primary" else "jun"
    return format_html(
        '<svg width="{0}" height="14" viewBox="0 0 {0} 14" role="img" aria-label="{1}"><rect y="3" width="{0}" '
        'height="8" class="f-sunk"/><rect y="3" width="{2}" height="8" class="f-{3}"/>{4}</svg>',
        _WIDTH,
        _("差异系数 %(n)s%(limit)s%(over)s")
        % {"n": f"{cell.coefficient:.3f}", "limit": limit, "over": _("，超过上限") if cell.over else ""},
        f"{_WIDTH * cell.coefficient / highest:.1f}",
        tint,
        line,
    )


@register.filter
def rounded(value: Any, decimals: int = 2) -> str:
    """Return a number with thousands marks and so many decimals; — when missing."""
    return MISSING if value is None else f"{float(value):,.{decimals}f}".replace("-", "−")


@register.filter
def percent_of(part: Any, whole: Any) -> str:
    """Return a part of a whole in percent without decimals, rounded down so that only all of it reads 100."""
    return f"{int(float(part) * 100 // float(whole))}%" if whole else MISSING


@register.filter
def at(values: Any, key: Any) -> Any:
    """Return what a mapping or list holds at a key; None where it holds nothing."""
    try:
        return values[key]
    except (KeyError, IndexError, TypeError):
        return None


@register.simple_tag
def verdict_bar(line: Any, width: int = 220) -> SafeString:
    """Return how many counties meet the standard, do not, or cannot be judged, as one bar with its numbers in words."""
    total = (line.met + line.not_met + line.incomplete + line.nothing) or 1
    label = _("达标 %(met)s，未达标 %(not_met)s，数据不全 %(incomplete)s，没有数据 %(nothing)s") % {
        "met": line.met,
        "not_met": line.not_met,
        "incomplete": line.incomplete,
        "nothing": line.nothing,
    }
    met, not_met = line.met / total * width, line.not_met / total * width
    return format_html(
        '<svg width="{0}" height="12" viewBox="0 0 {0} 12" role="img" aria-label="{1}">'
        '<rect width="{0}" height="12" class="f-line"/><rect width="{2}" height="12" class="f-ok"/>'
        '<rect x="{2}" width="{3}" height="12" class="f-bad"/></svg>',
        width,
        label,
        f"{met:.1f}",
        f"{not_met:.1f}",
    )
