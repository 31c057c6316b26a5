"""What a rule asks a person, field by field: one home for the form, the worksheet, the history and the bound text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dudao.assessment.answers import ItemState
from dudao.scoring.asked import Asked, AskedCase, AskedRange
from dudao.scoring.rules.checklist import STATE_NAMES
from dudao.scoring.wording import points_text
from dudao.web.evaluations.refusals import InvalidValueError
from dudao.web.templatetags.display import in_points

REASON_LIMIT = 500
MOST_TIMES = 999
NONE_OCCURRED, SOME_OCCURRED = "没有", "有"
_STATES = {word: state.value for state, word in STATE_NAMES.items()}
_WORDS = {state.value: word for state, word in STATE_NAMES.items()}
_EFFECTS = {"deduct": "扣", "award": "得", "points": "即为"}

Given = tuple[str, str]
"""What was typed into a field, and the reason given with it."""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One field.

    Attributes:
        key: its name in forms and worksheets, stable as long as the scheme is.
        title: what is asked.
        kind: `options`, `count` (how often) or `points` (within a range, with a reason).
        options: the words to choose from, for `options`.
        hint: what the answer is worth.
        part: the part of a sum that it belongs to, empty without.
        value: what stands there now, as words; empty when nobody answered.
        reason: the reason that stands there now, for `points`.
        assessor: who gave the points.
    """

    key: str
    title: str
    kind: str
    options: tuple[str, ...] = ()
    hint: str = ""
    part: str = ""
    value: str = ""
    reason: str = ""
    assessor: str = ""
    limits: AskedRange | None = field(default=None, repr=False)

    @property
    def answered(self) -> bool:
        """Return whether somebody stated something here."""
        return bool(self.value)


def fields_of(asked: Asked, choice: Mapping[str, Any]) -> tuple[ChoiceField, ...]:
    """Return the fields of what a rule asks, with what is kept."""
    return tuple(_fields(asked, choice, "", ""))


def _fields(asked: Asked, choice: Mapping[str, Any], before: str, part: str) -> Iterator[ChoiceField]:
    if asked.grades:
        names = tuple(grade.name for grade in asked.grades)
        worth = "，".join(f"{grade.name} {_span(grade.low, grade.high)}" for grade in asked.grades)
        value = str(choice.get("grade", ""))
        yield ChoiceField(f"{before}grade", _("等级"), "options", names, worth, part, value)
    held = dict(choice.get("items") or {})
    for item in asked.items:
        words = tuple(
            word for state, word in STATE_NAMES.items() if item.partial is not None or state is not ItemState.PARTIAL
        )
        worth = in_points(item.points)
        if item.partial is not None:
            worth += _("，部分完成 %(partial)s") % {"partial": in_points(item.partial)}
        value = _WORDS.get(str(held.get(item.id, "")), "")
        yield ChoiceField(f"{before}item:{item.id}", item.name, "options", words, worth, part, value)
    if asked.cases:
        yield from _case_fields(asked.cases, choice, before, part)
    if asked.discretion is not None:
        yield _range_field(f"{before}discretion", _("酌情"), asked.discretion, choice.get("discretion"), part)
    for each in asked.parts:
        inner = dict((choice.get("parts") or {}).get(each.id) or {})
        yield from _fields(each.asked, inner, f"{before}{each.id}/", each.name)


def _case_fields(
    cases: tuple[AskedCase, ...], choice: Mapping[str, Any], before: str, part: str
) -> Iterator[ChoiceField]:
    held = choice.get("cases")
    counts = {str(each["id"]): each for each in held or ()}
    stated = "" if held is None else SOME_OCCURRED if any(int(e.get("count", 1)) for e in held) else NONE_OCCURRED
    options = (NONE_OCCURRED, SOME_OCCURRED)
    asks = _("有无加分事项") if all(case.effect == "award" for case in cases) else _("有无所列情形")
    yield ChoiceField(f"{before}cases", asks, "options", options, part=part, value=stated)
    for case in cases:
        own = counts.get(case.id)
        worth = _("每次%(n)s %(low)s") % {"n": _(_EFFECTS[case.effect]), "low": _span(case.low, case.high)}
        if case.effect == "points":
            worth = _("出现即为 %(low)s") % {"low": _span(case.low, case.high)}
        times = str(int(own.get("count", 1))) if own else ""
        yield ChoiceField(f"{before}count:{case.id}", case.name, "count", hint=worth, part=part, value=times)
        if case.low != case.high:
            limits = AskedRange(_("每次%(n)s分") % {"n": _(_EFFECTS[case.effect])}, case.low, case.high)
            kept = own.get("discretion") if own else None
            yield _range_field(f"{before}points:{case.id}", case.name, limits, kept, part)


def _range_field(key: str, title: str, limits: AskedRange, held: Mapping[str, Any] | None, part: str) -> ChoiceField:
    kept = held or {}
    above = _("大于 0、不超过 ") if limits.above_low else _("%(low)s 至 ") % {"low": points_text(limits.low)}
    return ChoiceField(
        key,
        f"{title}{limits.what}",
        "points",
        hint=_("%(above)s%(high)s，须写理由") % {"above": above, "high": in_points(limits.high)},
        part=part,
        value=str(kept.get("points", "")),
        reason=str(kept.get("reason", "")),
        assessor=str(kept.get("assessor", "")),
        limits=limits,
    )


def _span(low: Decimal, high: Decimal) -> str:
    return (
        in_points(high)
        if low == high
        else _("%(low)s 至 %(high)s") % {"low": points_text(low), "high": in_points(high)}
    )


def choice_of(asked: Asked, given: Mapping[str, Given], held: Mapping[str, Any], assessor: str) -> dict[str, Any]:
    """Return what is to be kept once some fields were typed; fields that are not given stay as they are.

    Args:
        given: key of a field → its text and reason; empty text takes an answer back.
        held: what is kept now.
        assessor: who gives points within a range now.

    Raises:
        InvalidValueError: no such option, no number, out of range, or fields that contradict each other.
    """
    fields = fields_of(asked, held)
    typed = {each.key: (each.value, each.reason) for each in fields}
    strange = [key for key in given if key not in typed]
    if strange:
        raise InvalidValueError(_("规则没有“%(n)s”这一项。") % {"n": strange[0]}, advice=_("请刷新页面后重填。"))
    texts = typed | {key: (value.strip(), reason.strip()) for key, (value, reason) in given.items()}
    by_key = {each.key: each for each in fields}
    for key, (value, reason) in texts.items():
        _check(by_key[key], value, reason)
    return _assembled(asked, texts, by_key, assessor, "")


def _check(asked: ChoiceField, value: str, reason: str) -> None:
    if len(reason) > REASON_LIMIT or "\x00" in reason:
        raise InvalidValueError(
            _("“%(title)s”的理由超过 %(reason_limit)s 字。") % {"title": asked.title, "reason_limit": REASON_LIMIT},
            advice=_("请精简。"),
        )
    if reason and asked.kind != "points":
        raise InvalidValueError(
            _("“%(title)s”不写理由。") % {"title": asked.title}, advice=_("需要说明的，请写入自评说明。")
        )
    if not value:
        return
    if asked.kind == "options":
        if value not in asked.options:
            raise InvalidValueError(
                _("“%(title)s”不能填“%(n)s”。") % {"title": asked.title, "n": value[:20]},
                advice=_("请填%(list)s中的一个。") % {"list": _("、").join(asked.options)},
            )
        return
    if asked.kind == "count":
        if not value.isascii() or not value.isdigit() or int(value) > MOST_TIMES:
            raise InvalidValueError(
                _("“%(title)s”的次数“%(n)s”不对。") % {"title": asked.title, "n": value[:20]},
                advice=_("请填 0 至 %(most_times)s 的整数。") % {"most_times": MOST_TIMES},
            )
        return
    _check_points(asked, value)


def _check_points(asked: ChoiceField, value: str) -> None:
    try:
        points = Decimal(value)
    except InvalidOperation:
        raise InvalidValueError(
            _("“%(title)s”的“%(n)s”不是数字。") % {"title": asked.title, "n": value[:20]},
            advice=_("请填数字，例如 0.5。"),
        ) from None
    limits = asked.limits
    assert limits is not None, "fields of points have limits"
    inside = points.is_finite() and limits.low <= points <= limits.high and not (limits.above_low and not points)
    if not inside or -int(points.as_tuple().exponent) > 3:
        raise InvalidValueError(
            _("“%(title)s”填的是 %(n)s，不在范围之内。") % {"title": asked.title, "n": value[:20]},
            advice=_("%(hint)s，最多 3 位小数。") % {"hint": asked.hint},
        )


def _assembled(
    asked: Asked, texts: Mapping[str, Given], fields: Mapping[str, ChoiceField], assessor: str, before: str
) -> dict[str, Any]:
    choice: dict[str, Any] = {}
    if asked.grades and (grade := texts[f"{before}grade"][0]):
        choice["grade"] = grade
    items = {item.id: _STATES[text] for item in asked.items if (text := texts[f"{before}item:{item.id}"][0])}
    if items:
        choice["items"] = items
    if asked.cases and (cases := _cases(asked.cases, texts, fields, assessor, before)) is not None:
        choice["cases"] = cases
    if asked.discretion is not None:
        key = f"{before}discretion"
        chosen = next((grade for grade in asked.grades if grade.name == choice.get("grade")), None)
        settled = bool(asked.grades) and (chosen is None or chosen.low == chosen.high)
        kept = None if settled else _discretion(fields[key], texts[key], assessor)
        if kept is not None and chosen is not None and not chosen.low <= Decimal(kept["points"]) <= chosen.high:
            raise InvalidValueError(
                _("等级“%(name)s”得 %(low)s，填的是 %(points)s。")
                % {"name": chosen.name, "low": _span(chosen.low, chosen.high), "points": kept["points"]},
                advice=_("请改分数或等级。"),
            )
        if kept is not None:
            choice["discretion"] = kept
    parts = {
        each.id: inner
        for each in asked.parts
        if (inner := _assembled(each.asked, texts, fields, assessor, f"{before}{each.id}/"))
    }
    if parts:
        choice["parts"] = parts
    return choice


def _cases(
    cases: tuple[AskedCase, ...],
    texts: Mapping[str, Given],
    fields: Mapping[str, ChoiceField],
    assessor: str,
    before: str,
) -> list[dict[str, Any]] | None:
    stated = texts[f"{before}cases"][0]
    occurred: list[dict[str, Any]] = []
    for case in cases:
        times = int(texts[f"{before}count:{case.id}"][0] or 0)
        if not times:
            continue
        row: dict[str, Any] = {"id": case.id, "count": times}
        key = f"{before}points:{case.id}"
        if key in fields and (kept := _discretion(fields[key], texts[key], assessor)) is not None:
            row["discretion"] = kept
        occurred.append(row)
    if stated == NONE_OCCURRED and occurred:
        names = "、".join(f"“{case.name}”" for case in cases if any(case.id == row["id"] for row in occurred))
        raise InvalidValueError(
            _("选了“%(none_occurred)s”，但%(names)s填了次数。") % {"none_occurred": NONE_OCCURRED, "names": names},
            advice=_("请清空次数，或改选“%(some_occurred)s”。") % {"some_occurred": SOME_OCCURRED},
        )
    if occurred:
        return occurred
    return [] if stated == NONE_OCCURRED else None


def _discretion(asked: ChoiceField, given: Given, assessor: str) -> dict[str, Any] | None:
    value, reason = given
    if not value:
        return None
    same = (value, reason) == (asked.value, asked.reason) and asked.assessor
    return {"points": value, "reason": reason, "assessor": asked.assessor if same else assessor}


def choice_words(asked: Asked, choice: Mapping[str, Any]) -> str:
    """Return what was stated as a sentence without its full stop; empty when nothing was."""
    told: list[str] = []
    for each in fields_of(asked, choice):
        if not each.answered or (each.kind == "count" and each.value == "0"):
            continue
        if each.key.endswith("cases") and each.value == SOME_OCCURRED:
            continue
        name = f"{each.part} {each.title}".strip()
        if each.kind == "count":
            told.append(
                ngettext("%(name)s %(value)s 次", "%(name)s %(value)s 次", int(each.value))
                % {"name": name, "value": each.value}
            )
        elif each.kind == "points":
            told.append(
                (
                    ngettext("%(name)s %(value)s 分", "%(name)s %(value)s 分", 1 if each.value == "1" else 2)
                    % {"name": name, "value": each.value}
                )
                + (f"（{each.reason}）" if each.reason else "")
            )
        else:
            told.append(f"{name}：{each.value}")
    return "；".join(told)


def without_reason(asked: Asked, choice: Mapping[str, Any]) -> list[str]:
    """Return the titles of points given within a range for which no reason is written."""
    return [each.title for each in fields_of(asked, choice) if each.kind == "points" and each.value and not each.reason]
