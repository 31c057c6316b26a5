"""Small bars of the home page as inline SVG."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dudao.web.templatetags.display import icon, points

register = template.Library()


def _stacked(parts: list[tuple[float, str]], whole: float, width: int, label: str) -> SafeString:
    at, shapes = 0.0, []
    for value, tint in parts:
        wide = min(value / whole * width, width - at) if whole else 0.0
        if wide > 0:
            shapes.append((f"{at:.1f}", f"{wide:.1f}", tint))
            at += wide
    drawn = format_html_join("", '<rect x="{}" width="{}" height="8" class="f-{}"/>', shapes)
    return format_html(
        '<svg width="{0}" height="8" viewBox="0 0 {0} 8" role="img" aria-label="{1}">'
        '<rect width="{0}" height="8" class="f-line"/>{2}</svg>',
        width,
        label,
        drawn,
    )


@register.simple_tag
def bars(whole: int, done: int, drafting: int, returned: int) -> SafeString:
    """Return how many items are handed in, under way and sent back."""
    label = _("已提交 %(done)s，填报中 %(drafting)s，退回 %(returned)s，共 %(whole)s") % {
        "done": done,
        "drafting": drafting,
        "returned": returned,
        "whole": whole,
    }
    return _stacked([(done, "pri"), (drafting, "prisoft"), (returned, "bad")], whole, 180, label)


@register.simple_tag
def loss_bar(deducted: Decimal, at_risk: Decimal, full: Decimal | None) -> SafeString:
    """Return what was taken off and what the forecast takes off beyond it, of the full points."""
    whole = float(full or 0) or float(deducted + at_risk)
    label = _("自评已扣 %(deducted)s，预测再扣 %(at_risk)s") % {
        "deducted": points(deducted),
        "at_risk": points(at_risk),
    }
    return _stacked([(float(deducted), "mute"), (float(at_risk), "warn")], whole, 116, label)


@register.simple_tag
def department_bar(row: Any) -> SafeString:
    """Return how far a department is with the items it leads."""
    return bars(len(row.leads), row.done, row.count("drafting"), row.count("returned"))


@register.simple_tag
def department_returned(row: Any) -> SafeString:
    """Return a tag with the number of items sent back, nothing without any."""
    count = row.count("returned")
    return (
        format_html('<span class="tag bd">{}{} {}</span>', icon("arrow-back-up"), _("退回"), count)
        if count
        else SafeString("")
    )
