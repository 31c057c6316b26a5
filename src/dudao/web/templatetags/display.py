"""How values look on a page: the one home of icons, numbers, dates, states and small graphics."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from dudao.scoring.registry import RULE_KINDS
from dudao.web.people.models import ROLE_TITLES
from dudao.web.phrase_book import told
from dudao.web.quick_templates import CONSTANT
from dudao.web.requests import current_origin
from dudao.web.states import ANSWER_MARKS, StateLook, look

register = template.Library()

MISSING = "—"
_MINUS = "−"
_MANY = 4  # regions of one role that are listed one by one
_ROLES = {role.value: title for role, title in ROLE_TITLES.items()}


@register.simple_tag
@cache  # a page has a hundred of them, of a few dozen kinds
def icon(name: str, classes: str = "") -> SafeString:
    """Return an icon of the sprite; decoration only, so hidden from screen readers."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("vendor/icons.svg"), name
    )


setattr(icon, CONSTANT, True)


@register.simple_tag
def request_number() -> str:
    """Return the name of the request under way, by which its lines in the log are found."""
    return current_origin().request_id


@register.filter
def translated(words: Any) -> str:
    """Return words of a model's choices, of the core or of the trail in the language of the page."""
    if not words:
        return ""
    text = str(words)
    said = _(text)
    return told(said) if said == text else said


@register.filter
def figure(value: Any, decimals: int | None = None) -> str:
    """Return a number with thousands marks, digits as kept unless `decimals` is given; — when missing."""
    if value is None or value == "":
        return MISSING
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,f}"
    return text.replace("-", _MINUS)


@register.filter
def points(value: Any) -> str:
    """Return points without idle zeros: 4, 9.8, 14.65; — when not given."""
    return MISSING if value is None or value == "" else _points(value)


@register.filter
def in_points(value: Any) -> str:
    """Return points with their unit, which another language says in one word for one and in another for more."""
    said = points(value)
    return ngettext("%(n)s 分", "%(n)s 分", 1 if said == "1" else 2) % {"n": said}


@lru_cache(maxsize=4096, typed=True)  # a page has hundreds, of few values
def _points(value: Any) -> str:
    number = Decimal(str(value)).normalize()
    return f"{number:f}".replace("-", _MINUS) if number else "0"


@register.filter
def plain_points(value: Any) -> str:
    """Return points as an input holds them: empty when not given."""
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


@register.filter
def reach(award: Any) -> str:
    """Return the points that the data allow: 4, or 2～4 while data are missing; — without points."""
    if award.low == award.high:
        return points(award.high)
    return _("%(low)s～%(high)s") % {"low": points(award.low), "high": points(award.high)}


@register.filter
def signed(value: Any) -> str:
    """Return a difference with its sign: +2.56, −157; — when missing."""
    if value is None or value == "":
        return MISSING
    number = Decimal(str(value))
    mark = "+" if number > 0 else ""
    return mark + f"{number:,f}".replace("-", _MINUS)


@register.filter
def day(value: Any) -> str:
    """Return a date as people read it: 今天, 8 月 31 日, in other years 2022-08-31; — when missing."""
    if not value:
        return MISSING
    moment = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if not isinstance(moment, date):
        return str(value)
    return _day(moment, timezone.localdate(), get_language())


@lru_cache(maxsize=2048)
def _day(moment: date, today: date, language: str | None) -> str:
    """Return a date as it is read today in a language, which is the one that is active."""
    if moment == today:
        return _("今天")
    if moment.year == today.year:
        return dateformat.format(moment, _("n 月 j 日"))
    return moment.isoformat()


@register.filter
def moment(value: Any) -> str:
    """Return a point of time: 今天 10:26, 8 月 18 日 09:48, 2022-08-31 10:00."""
    if not isinstance(value, datetime):
        return day(value)
    here = timezone.localtime(value)
    return f"{day(here.date())} {here:%H:%M}"


@register.simple_tag
def state(kind: str, name: str) -> SafeString:
    """Return the tag of a state: icon, word and tint."""
    return _state(str(kind), str(name), get_language())


@cache  # a list has a state in every row; there are a few dozen
def _state(kind: str, name: str, language: str | None) -> SafeString:
    """Return the tag in a language, which is the one that is active."""
    seen: StateLook = look(kind, name)
    return format_html('<span class="tag {}">{}{}</span>', seen.tint, icon(seen.icon), seen.word)


@register.simple_tag
def state_word(kind: str, name: str) -> str:
    """Return the word of a state alone."""
    return look(kind, name).word


@register.simple_tag
def state_icon(kind: str, name: str) -> SafeString:
    """Return the icon of a state alone, with its word for screen readers and on hover."""
    return _state_icon(str(kind), str(name), get_language())


@cache
def _state_icon(kind: str, name: str, language: str | None) -> SafeString:
    seen: StateLook = look(kind, name)
    return format_html(
        '<span class="ico {}" title="{}">{}<span class="vh">{}</span></span>',
        {"okk": "ok", "bd": "bad", "wrn": "warn"}.get(seen.tint, "mut"),
        seen.word,
        icon(seen.icon),
        seen.word,
    )


_CHANGES = {
    "added": gettext_noop("新增"),
    "removed": gettext_noop("删除"),
    "reweighted": gettext_noop("改分"),
    "reworded": gettext_noop("改文字"),
    "moved": gettext_noop("移动"),
    "rule_changed": gettext_noop("改规则"),
    "renumbered": gettext_noop("改编号"),
}


@register.simple_tag
def change_word(kind: str) -> str:
    """Return the word for a change between two schemes."""
    return _(_CHANGES[str(kind)])


@register.simple_tag
def bar(value: Any, whole: Any, label: str, width: int = 180, tint: str = "pri") -> SafeString:
    """Return a bar `value` of `whole` as inline SVG; `label` says it in words for screen readers."""
    total = float(whole or 0)
    part = min(max(float(value or 0), 0.0), total) / total * width if total else 0.0
    return format_html(
        '<svg width="{0}" height="8" viewBox="0 0 {0} 8" role="img" aria-label="{1}">'
        '<rect width="{0}" height="8" rx="2" class="f-line"/><rect width="{2}" height="8" rx="2" class="f-{3}"/></svg>',
        width,
        label,
        f"{part:.1f}",
        tint,
    )


@register.simple_tag
def state_bar(counts: dict[str, int], width: int = 180) -> SafeString:
    """Return how many items are done, under way and returned as one bar, the numbers in its label."""
    total = counts["all"] or 1
    done, drafting, returned = (counts[name] / total * width for name in ("done", "drafting", "returned"))
    label = _("已提交 %(done)s，填报中 %(drafting)s，退回 %(returned)s，共 %(all)s 项") % {
        "done": counts["done"],
        "drafting": counts["drafting"],
        "returned": counts["returned"],
        "all": counts["all"],
    }
    return format_html(
        '<svg width="{0}" height="8" viewBox="0 0 {0} 8" role="img" aria-label="{1}">'
        '<rect width="{0}" height="8" class="f-line"/><rect width="{2}" height="8" class="f-pri"/>'
        '<rect x="{2}" width="{3}" height="8" class="f-prisoft"/>'
        '<rect x="{4}" width="{5}" height="8" class="f-bad"/></svg>',
        width,
        label,
        f"{done:.1f}",
        f"{drafting:.1f}",
        f"{done + drafting:.1f}",
        f"{returned:.1f}",
    )


@register.simple_tag
def state_mark(name: str) -> SafeString:
    """Return the mark of an answer's state for grids, with its word for screen readers."""
    return format_html('{}<span class="vh">{}</span>', ANSWER_MARKS[name], look("answer", name).word)


@register.simple_tag
def forecast_bar(low: Any, high: Any, own: Any, full: Any) -> SafeString:
    """Return the bar of a forecast: sure points filled, possible ones tinted, the self points as a mark above."""
    whole, width = float(full or 0) or 1.0, 182.0

    def place(value: Any) -> float:
        return min(max(float(value or 0), 0.0), whole) / whole * width

    sure, possible = place(low), place(high)
    short = own is not None and Decimal(str(own)) > Decimal(str(high))
    said = points(low) if low == high else _("%(low)s 至 %(high)s") % {"low": points(low), "high": points(high)}
    label = (_("满分 %(full)s，预测 %(said)s") % {"full": points(full), "said": said}) + (
        _("，自评 %(own)s") % {"own": points(own)} if own is not None else ""
    )
    drawn = format_html(
        '<svg width="200" height="44" viewBox="0 0 200 44" role="img" aria-label="{}">'
        '<rect x="9" y="18" width="182" height="8" rx="2" class="f-line"/>'
        '<rect x="9" y="18" width="{}" height="8" rx="2" class="f-prisoft"/>'
        '<rect x="9" y="18" width="{}" height="8" rx="2" class="f-{}"/>',
        label,
        f"{possible:.1f}",
        f"{sure:.1f}",
        "warn" if short else "pri",
    )
    if own is not None:
        at = 9 + place(own)
        drawn += format_html(
            '<line x1="{0}" x2="{0}" y1="14" y2="30" stroke-width="2" class="k-pri"/>'
            '<text x="{1}" y="10" text-anchor="middle">{2}</text>',
            f"{at:.1f}",
            f"{min(max(at, 24.0), 176.0):.1f}",
            _("自评 %(own)s") % {"own": points(own)},
        )
    end = 9 + (sure + possible) / 2 if low != high else 9 + sure
    drawn += format_html(
        '<text x="{}" y="42" text-anchor="middle">{}</text></svg>',
        f"{min(max(end, 24.0), 160.0):.1f}",
        _("预测 %(said)s") % {"said": said},
    )
    return drawn


@register.simple_tag
def figure_options(choices: Any) -> SafeString:
    """Return the figures that a text can be given as options of a list; an item has dozens, of many years."""
    return SafeString(
        "".join([f'<option value="{key}">{title}：{value}</option>' for key, title, value in _figures(choices)])
    )


@register.simple_tag
def figure_tokens(choices: Any) -> SafeString:
    """Return how the figures are written in a text, as a list."""
    return SafeString(
        "".join([f"<li><code>{key}</code> {title}：{value}</li>" for key, title, value in _figures(choices)])
    )


def _figures(choices: Any) -> Iterator[tuple[str, str, str]]:
    """Yield how each is written, called and valued, escaped: there is no end of them on a page, and all are texts."""
    for each in choices:
        yield escape(each.written), escape(told(each.title)), escape(told(each.value))


_RULE_TITLES = {kind.kind: kind.title for kind in RULE_KINDS}


@register.simple_tag
def rule_title(kind: str) -> str:
    """Return the name of a kind of rule, the kind itself when it is unknown."""
    return translated(_RULE_TITLES.get(kind, kind))


FIELDS = {
    "note": gettext_noop("自评说明"),
    "points": gettext_noop("自评分"),
    "choice": gettext_noop("判定"),
    "not_applicable": gettext_noop("不适用"),
    "reason": gettext_noop("理由"),
    "value": gettext_noop("数值"),
    "unit": gettext_noop("单位"),
    "source": gettext_noop("来源"),
    "state": gettext_noop("状态"),
    "version": gettext_noop("版次"),
    "content_hash": gettext_noop("内容校验码"),
    "starts": gettext_noop("开始"),
    "due": gettext_noop("截止"),
    "ends": gettext_noop("止"),
    "closed_at": gettext_noop("结束时间"),
    "comment": gettext_noop("意见编号"),
    "text": gettext_noop("内容"),
    "username": gettext_noop("账号"),
    "name": gettext_noop("名称"),
    "email": gettext_noop("邮箱"),
    "phone": gettext_noop("电话"),
    "active": gettext_noop("在用"),
    "role": gettext_noop("角色"),
    "region": gettext_noop("地区"),
    "regions": gettext_noop("地区"),
    "department": gettext_noop("部门"),
    "position": gettext_noop("排序"),
    "short_name": gettext_noop("简称"),
    "scheme": gettext_noop("方案"),
    "figures": gettext_noop("数据"),
    "changes": gettext_noop("改动"),
    "lead": gettext_noop("牵头"),
    "title": gettext_noop("标题"),
    "number": gettext_noop("文号"),
    "issuer": gettext_noop("发文单位"),
    "effective_from": gettext_noop("所属期起"),
    "effective_to": gettext_noop("所属期止"),
    "secrecy": gettext_noop("密级"),
    "kind": gettext_noop("种类"),
    "attempts": gettext_noop("做了几次"),
    "sha256": gettext_noop("校验码"),
    "key": gettext_noop("处所"),
    "shared": gettext_noop("公开"),
    "snapshot": gettext_noop("快照"),
    "asked": gettext_noop("要求"),
    "method": gettext_noop("算式"),
    "snapshots": gettext_noop("快照"),
    "rows": gettext_noop("行数"),
    "errors": gettext_noop("错误"),
    "warnings": gettext_noop("提醒"),
    "frame": gettext_noop("数据校验码"),
    "assigned": gettext_noop("列名对应"),
    "refusal": gettext_noop("原因"),
    "size": gettext_noop("字节数"),
    "in_use": gettext_noop("现用"),
    "mail": gettext_noop("邮件"),
    "digest_at": gettext_noop("汇总时间"),
    "quiet": gettext_noop("免打扰"),
    "muted": gettext_noop("不提醒"),
    "answer": gettext_noop("填报编号"),
    "point": gettext_noop("测评点"),
    "request": gettext_noop("所需材料"),
    "none": gettext_noop("不承担"),
    "help": gettext_noop("配合"),
    "scopes": gettext_noop("范围"),
    "expires_at": gettext_noop("到期"),
    "code": gettext_noop("代码"),
    "parent": gettext_noop("上级地区"),
}
"""The fields that events of the trail name."""


_AREAS = {
    "evaluations.answer": gettext_noop("填报"),
    "evaluations.fact": gettext_noop("数据"),
    "evaluations.bulk": gettext_noop("批量填报"),
    "evaluations.duty": gettext_noop("分工"),
    "evaluations.round": gettext_noop("评价任务"),
    "evaluations.deadline": gettext_noop("期限"),
    "evaluations.assessment": gettext_noop("报送"),
    "evaluations.scheme": gettext_noop("评价方案"),
    "evidence": gettext_noop("佐证材料"),
    "document_checks": gettext_noop("报告核验"),
    "publications": gettext_noop("文件输出"),
    "background": gettext_noop("后台任务"),
    "schools": gettext_noop("学校数据"),
}


@register.filter
def action_area(action: str) -> str:
    """Return in words what part of the work an action belongs to."""
    return _(next((word for start, word in _AREAS.items() if action.startswith(start)), gettext_noop("其他")))


@register.filter
def grants_told(grants: Any) -> list[tuple[str, Any]]:
    """Return roles as lines of words with one grant each; a role without dates over many regions is one line."""
    lines: list[tuple[str, Any]] = []
    wide: dict[str, list[Any]] = {}
    for grant in grants:
        if grant.department_id is None and not grant.starts and not grant.ends:
            wide.setdefault(grant.role, []).append(grant)
        else:
            where = f"{grant.region} · {grant.department}" if grant.department else f"{grant.region}"
            lines.append((f"{_(grant.get_role_display())} · {where}", grant))
    for held in wide.values():
        title = _(held[0].get_role_display())
        if len(held) > _MANY:
            told = _("%(title)s · %(region)s等 %(n)s 个地区") % {
                "title": title,
                "region": held[0].region,
                "n": len(held),
            }
            lines.append((told, held[0]))
        else:
            lines += [(f"{title} · {each.region}", each) for each in held]
    return lines


@register.filter
def changes(event: Any) -> list[tuple[str, str, str]]:
    """Return the fields that an event of the trail names with their values before and after, in words."""
    names = dict.fromkeys([*event.before, *event.after])
    kind = {"answer": "answer", "assessment": "assessment"}.get(event.object_type, "")
    return [
        (
            translated(FIELDS.get(name, name)),
            _told(name, event.before.get(name), kind),
            _told(name, event.after.get(name), kind),
        )
        for name in names
    ]


def _told(name: str, value: Any, kind: str) -> str:
    if name == "state" and kind and isinstance(value, str) and value:
        return look(kind, value).word
    if name == "role" and isinstance(value, str):
        return translated(_ROLES.get(value, value))
    return _shown(value)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
