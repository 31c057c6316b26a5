"""How what was found looks on a page: its tag with its number, its first words, the bar of verdicts."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dudao.web.document_checks.models import Entry
from dudao.web.states import look
from dudao.web.templatetags.display import icon

register = template.Library()

_HEADLINE = 60
_TINTS = {
    "inconsistent": "bad",
    "contradiction": "bad",
    "error": "bad",
    "warning": "warn",
    "note": "pri",
    "not_checkable": "mute",
    "consistent_if_rounded": "warn",
    "consistent": "ok",
}


@register.simple_tag
def finding_tag(name: str, number: int) -> SafeString:
    """Return the tag of a finding: its number in the text, if it has one, and its verdict in a word."""
    seen = look("finding", name)
    shown = format_html('<span class="no">{}</span>', number) if number else ""
    return format_html('<span class="tag {}">{}{}{}</span>', seen.tint, icon(seen.icon), shown, seen.word)


@register.filter
def headline(entry: Entry) -> str:
    """Return a finding in a few words: what is written, and what was worked out or stands elsewhere."""
    worked = entry.detail.get("worked")
    if worked and worked["fits"]:
        return _("“%(stated)s”，算得 %(fits)s") % {"stated": worked["stated"], "fits": worked["fits"]}
    other = entry.detail.get("other")
    if other:
        return _("“%(here)s”，%(file)s为 %(there)s") % {
            "here": entry.quote,
            "file": other["file"],
            "there": other["text"],
        }
    words = entry.message.split("。")[0].split("；")[0]
    return words if len(words) <= _HEADLINE else f"{words[: _HEADLINE - 1]}…"


@register.filter
def total(counts: Mapping[str, int]) -> int:
    """Return the sum of counts."""
    return sum(counts.values())


@register.simple_tag
def verdict_bar(counts: Mapping[str, int] | None, width: int = 320) -> SafeString:
    """Return how many entries are of each verdict as one bar, the numbers in its label; a dash for none."""
    wanted = [(name, (counts or {}).get(name, 0)) for name in _TINTS]
    known = [(name, count) for name, count in wanted if count]
    if not known:
        return format_html('<span class="mut">—</span>')
    whole = sum(count for _, count in known)
    room = width - 6 * len(known)
    label = _("，").join(f"{look('finding', name).word} {count}" for name, count in known)
    pieces, left = [], 0.0
    for name, count in known:
        share = 5 + room * count / whole
        pieces.append((f"{left:.1f}", f"{share:.1f}", _TINTS[name]))
        left += share + 1
    return format_html(
        '<svg class="vbar" width="{0}" height="10" viewBox="0 0 {0} 10" role="img" aria-label="{1}">{2}</svg>',
        width,
        label,
        format_html_join("", '<rect x="{}" width="{}" height="10" class="f-{}"/>', pieces),
    )
