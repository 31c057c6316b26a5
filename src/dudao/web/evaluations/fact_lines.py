"""The data table of an item: this year's figures beside last year's, and what lies between by the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dudao.scheme.model import FactDeclaration
from dudao.web.evaluations.figures import typed_value
from dudao.web.evaluations.items import Item
from dudao.web.evaluations.models import Assessment, FactValue

_WORDS = {
    "not_fall": ("未下降", "下降"),
    "not_rise": ("未上升", "上升"),
    "rise": ("上升", "未上升"),
    "fall": ("下降", "未下降"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a figure moved, in a word: `arrow` is the direction, `kept` whether the rule is met, None where none asks."""

    word: str
    arrow: str
    kept: bool | None


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of the data table; `last_row` is None where last year's figure is not known at all."""

    row: FactValue
    title: str
    part: str
    last: str
    last_row: FactValue | None
    change: Decimal | None
    rate: Decimal | None
    verdict: Verdict | None
    boolean: bool
    own: bool
    last_open: bool

    @property
    def field(self) -> str:
        """The name of the field of this year's figure."""
        return f"fact-{self.row.pk}"

    @property
    def last_field(self) -> str:
        """The name of the field of last year's figure; of none while there is no row."""
        return f"fact-{self.last_row.pk}" if self.last_row else ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a year-on-year rule asks of a fact: the form it looks at, and what it must do."""

    form: str
    must: str


def fact_lines(
    assessment: Assessment,
    item: Item,
    declared: Mapping[str, FactDeclaration],
    rows: list[FactValue],
    *,
    departments: frozenset[int] | None,
    last_open: bool,
) -> list[FactLine]:
    """Return the data lines of an item, in the order the scheme asks for them.

    Args:
        rows: the facts of the region that the item asks for, of this year and of last year at least.
        departments: whose figures the person may type; None for all of them.
        last_open: whether last year's figures may be typed here, as no round of last year holds them.
    """
    this, last = str(assessment.round.year), str(assessment.round.year - 1)
    by_key = {(row.name, row.part, row.period): row for row in rows}
    asked = _asked(item)
    lines = []
    for name in item.inputs:
        declaration = declared.get(name)
        if declaration is None:
            continue
        for part, part_title in declaration.parts or (("", ""),):
            row = by_key.get((name, part, this))
            if row is None:
                continue
            before = by_key.get((name, part, last))
            new = typed_value(row.value, row.unit, declaration)
            old = typed_value(before.value, before.unit, declaration) if before else None
            change, rate = _change(new, old)
            lines.append(
                FactLine(
                    row=row,
                    title=declaration.title,
                    part=part_title,
                    last=before.value if before else "",
                    last_row=before,
                    change=change,
                    rate=rate,
                    verdict=_verdict(asked.get(name), new, old),
                    boolean=declaration.kind == "boolean",
                    own=departments is None or row.owner_id is None or row.owner_id in departments,
                    last_open=last_open and not _growth(asked.get(name)),
                )
            )
    return lines


def _growth(asked: _Asked | None) -> bool:
    """Return whether the figure speaks of the change itself, so that last year's is not needed."""
    return asked is not None and asked.form != "values"


def _asked(item: Item) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    for point in item.points:
        if point.rule is None or point.rule.kind != "year_on_year":
            continue
        must = str(point.rule.settings.get("must", ""))
        tests: Any = point.rule.settings.get("tests")
        for test in tests if isinstance(tests, list | tuple) else ():
            if isinstance(test, Mapping) and must in _WORDS:
                found.setdefault(str(test.get("fact")), _Asked(str(test.get("form", "values")), must))
    return found


def _change(new: object, old: object) -> tuple[Decimal | None, Decimal | None]:
    if not isinstance(new, Decimal) or not isinstance(old, Decimal) or isinstance(new, bool):
        return None, None
    rate = ((new - old) / abs(old) * 100).quantize(Decimal("0.01")) if old else None
    return new - old, rate


def _verdict(asked: _Asked | None, new: object, old: object) -> Verdict | None:
    """Return how a figure moved by what the facts say; None while they do not say it."""
    if asked is not None and asked.form == "statement":
        if not isinstance(new, bool):
            return None
        kept, broken = _WORDS[asked.must]
        return Verdict(_(kept if new else broken), _arrow_of(asked.must, new), new)
    if isinstance(new, bool) or not isinstance(new, Decimal):
        return None
    if asked is not None and asked.form == "growth":
        difference = new
    elif isinstance(old, Decimal) and not isinstance(old, bool):
        difference = new - old
    else:
        return None
    arrow = "arrow-up" if difference > 0 else "arrow-down" if difference < 0 else "minus"
    if asked is None:
        return Verdict({"arrow-up": _("上升"), "arrow-down": _("下降"), "minus": _("持平")}[arrow], arrow, None)
    met = {
        "not_fall": difference >= 0,
        "not_rise": difference <= 0,
        "rise": difference > 0,
        "fall": difference < 0,
    }[asked.must]
    return Verdict(_(_WORDS[asked.must][0 if met else 1]), arrow, met)


def _arrow_of(must: str, kept: bool) -> str:
    upward = must in {"not_fall", "rise"}
    return "arrow-up" if kept == upward else "arrow-down"
