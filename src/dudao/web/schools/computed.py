"""The figures of an item beside what the school tables compute for them: the same, another, newer, unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from dudao.assessment.facts import Fact
from dudao.pipelines.duties.scheme_names import fitted_to
from dudao.scheme.model import FactDeclaration
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.figures import FigureError, scale_to_base, typed_value
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, FactValue
from dudao.web.prepared import prepared
from dudao.web.schools.facts import core_fact
from dudao.web.schools.models import ComputedFact, Snapshot, TakenFact

_DECIMALS = Decimal("0.000001")
_UNIT_DECIMALS = Decimal("0.0001")
_PERCENT_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ComputedLine:
    """One figure of an item that the tables speak of.

    Attributes:
        row: the figure of the answer.
        value: what the tables compute, as it would be typed in `unit`; empty where it cannot be computed.
        standing: `empty` (nothing filled in), `same`, `differs` (somebody typed another value), `newer` (it was
            taken over, and the tables say something else by now), `unknown` (cannot be computed).
        taken: how it was taken over, None when it was not.
    """

    row: FactValue
    title: str
    part: str
    value: str
    unit: str
    computed_name: str
    method: str
    source: str
    snapshots: tuple[Snapshot, ...]
    standing: str
    taken: TakenFact | None

    @property
    def may_be_taken(self) -> bool:
        """Return whether taking it over would change the figure."""
        return self.standing in {"empty", "differs", "newer"}


def computed_lines(answer: Answer, only: int | None = None) -> list[ComputedLine]:
    """Return what the tables compute for the figures of an item, in the order the item asks for them.

    Args:
        answer: the answer with its assessment, round, scheme and region.
        only: the key of one figure; None for all.
    """
    assessment = answer.assessment
    scheme = scheme_of(assessment.round.scheme)
    item = next((each for each in items_of(scheme) if each.id == answer.item), None)
    if item is None:
        return []
    period = str(assessment.round.year)
    computed = _computed(assessment.region_id, period)
    if not computed:
        return []
    by_key = {(each.name, each.part): each for each in computed}
    facts = tuple(map(core_fact, computed))
    offered = _by_declared(fitted_to(scheme, facts).facts, facts)
    declared = {each.name: each for each in scheme.facts}
    rows = FactValue.objects.filter(region_id=assessment.region_id, period=period, name__in=item.inputs)
    rows = rows.select_related("taken_from_tables__by", "owner")
    if only is not None:
        rows = rows.filter(pk=only)
    snapshots = {
        row.pk: row for row in Snapshot.objects.filter(pk__in={key for each in computed for key in each.snapshots})
    }
    order = {name: place for place, name in enumerate(item.inputs)}
    lines = []
    for row in sorted(rows, key=lambda each: (order[each.name], each.pk)):
        found = offered.get((row.name, row.part))
        if found is None:
            continue
        fitted, original = found
        declaration = declared[row.name]
        written = _written(fitted, row, declaration)
        if written is None:
            continue
        source = by_key[original.name, original.part]
        taken = getattr(row, "taken_from_tables", None)
        lines.append(
            ComputedLine(
                row=row,
                title=declaration.title,
                part=dict(declaration.parts).get(row.part, row.part),
                value=written,
                unit=row.unit or declaration.unit,
                computed_name=original.name,
                method=source.method,
                source=source.source,
                snapshots=tuple(snapshots[key] for key in source.snapshots if key in snapshots),
                standing=_standing(row, written, declaration, taken),
                taken=taken,
            )
        )
    return lines


@prepared
def _computed(region_id: int, period: str) -> QuerySet[ComputedFact]:
    return ComputedFact.objects.filter(region_id=region_id, period=period)


def _by_declared(fitted: Iterable[Fact], facts: Iterable[Fact]) -> Mapping[tuple[str, str], tuple[Fact, Fact]]:
    """Return by declared name and part the fitted fact and the computed one it stands for."""
    originals = list(facts)
    found: dict[tuple[str, str], tuple[Fact, Fact]] = {}
    for fact in fitted:
        # fitting renames a fact and its part and leaves its value and its source as they are
        original = next(each for each in originals if each.source is fact.source)
        found.setdefault((fact.name, fact.part), (fact, original))
    return found


def _written(fact: Fact, row: FactValue, declaration: FactDeclaration) -> str | None:
    """Return a computed value as it would be typed; empty where missing, None where it is of another kind."""
    value = fact.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"  # as it is typed, in whatever language the page is
    if isinstance(value, str):
        return value if declaration.kind == "text" else None
    unit = row.unit or declaration.unit
    try:
        value = value * scale_to_base(fact.unit or declaration.unit, declaration.unit)
        value = value / scale_to_base(unit, declaration.unit)
    except FigureError:
        return None
    if declaration.kind == "count" and value != value.to_integral_value():
        return None
    return _plain(value.quantize(_PERCENT_DECIMALS if unit == "%" else _UNIT_DECIMALS if unit else _DECIMALS))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _standing(row: FactValue, written: str, declaration: FactDeclaration, taken: TakenFact | None) -> str:
    if not written:
        return "unknown"
    if not row.value.strip():
        return "empty"
    if _agree(row, written, declaration):
        return "same"
    return "newer" if taken is not None and taken.version == row.version else "differs"


def _agree(row: FactValue, written: str, declaration: FactDeclaration) -> bool:
    """Return whether a typed figure says the same: a number may be rounded to the decimals it is written with."""
    typed = typed_value(row.value, row.unit, declaration)
    other = typed_value(written, row.unit or declaration.unit, declaration)
    if isinstance(typed, Decimal) and isinstance(other, Decimal) and not isinstance(typed, bool):
        digits = row.value.strip().rstrip("%")
        decimals = len(digits.partition(".")[2])
        step = Decimal(1).scaleb(-decimals) * scale_to_base(row.unit or declaration.unit, declaration.unit)
        return abs(typed - other) <= step / 2
    return typed == other
