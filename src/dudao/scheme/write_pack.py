"""A scheme as the files of a pack, in the form people write them; what is read back is the same scheme."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from dudao.provenance import ClauseSource, SourceStatus
from dudao.scheme.model import Indicator, Point, Scheme

Value = str | Decimal | bool | Sequence["Value"] | Mapping[str, "Value"]
"""What a pack file holds: a text is written plain or quoted as needed, unless it says how (`Plain`, `Quoted`)."""

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff“”《》〔〕（）][A-Za-z0-9\u4e00-\u9fff“”《》〔〕（）、，。；：_/+ -]*")
_RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "~"}


def pack_files(scheme: Scheme) -> dict[str, str]:
    """Return the files of the pack by their path in its folder: `pack.yaml` and one for each first-level indicator."""
    files = {"pack.yaml": mapping_text(_head(scheme))}
    for position, indicator in enumerate(scheme.indicators, start=1):
        name = re.sub(r"[^A-Za-z0-9-]+", "-", indicator.id).strip("-") or str(position)
        files[f"indicators/{position:02d}-{name}.yaml"] = mapping_text(_indicator(indicator, scheme.source))
    return files


def _head(scheme: Scheme) -> dict[str, Value]:
    head: dict[str, Value] = {
        "id": scheme.id,
        "name": scheme.name,
        "region": scheme.region,
        "region_name": scheme.region_name,
        "level": str(scheme.level),
        "year": Decimal(scheme.year),
    }
    if scheme.full_points is not None:
        head["full_points"] = scheme.full_points
    if scheme.step is not None:
        head["step"] = str(scheme.step)
    if not scheme.scored:
        head["scored"] = False
    head["source"] = _source(scheme.source, ClauseSource())
    if scheme.notes:
        head["notes"] = list(scheme.notes)
    return head


def _source(source: ClauseSource, inherited: ClauseSource) -> dict[str, Value]:
    written: dict[str, Value] = {}
    for key in ("document", "number", "note"):
        value = getattr(source, key)
        if value and value != getattr(inherited, key):
            written[key] = value
    for key in ("clause", "quote"):
        if getattr(source, key):
            written[key] = getattr(source, key)
    if source.status is not inherited.status or (source.status is SourceStatus.UNCONFIRMED and "document" in written):
        written["status"] = str(source.status)
    return written


def _indicator(indicator: Indicator, above: ClauseSource) -> dict[str, Value]:
    written = _start(indicator, above)
    written["items"] = [
        _indicator(child, indicator.source) if isinstance(child, Indicator) else _point(child, indicator.source)
        for child in indicator.children
    ]
    return written


def _start(item: Indicator | Point, above: ClauseSource) -> dict[str, Value]:
    written: dict[str, Value] = {"id": Quoted(item.id), "name": item.name}
    if item.full_points is not None:
        written["full_points"] = item.full_points
    source = _source(item.source, above)
    if source:
        written["source"] = source
    return written


def _point(point: Point, above: ClauseSource) -> dict[str, Value]:
    written = _start(point, above)
    if point.bonus:
        written["bonus"] = True
    if point.provisional:
        written["provisional"] = True
    if point.requirement:
        written["requirement"] = point.requirement
    if point.lead_department:
        written["lead_department"] = point.lead_department
    if point.departments:
        written["departments"] = list(point.departments)
    if point.evidence:
        written["evidence"] = [asked.name for asked in point.evidence]
    return written


class Quoted(str):
    """A text that is always written in quotes, as ids are."""

    __slots__ = ()


class Plain(str):
    """A scalar that stood without quotes in a file and is written back as it stood: a number, true, a bare word."""

    __slots__ = ()


def mapping_text(mapping: Mapping[str, Value]) -> str:
    """Return a mapping as YAML text, as packs are written."""
    return "\n".join(_lines(mapping)) + "\n"


def _lines(mapping: Mapping[str, Value]) -> Iterable[str]:
    for key, value in mapping.items():
        if not value and not isinstance(value, str | Decimal | bool):
            yield f"{key}: {'{}' if isinstance(value, Mapping) else '[]'}"
        elif isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(value))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{key}:"
            for item in value:
                yield from (f"  {line}" for line in _item_lines(item))
        else:
            yield f"{key}: {_scalar(value)}"


def _item_lines(item: Value) -> Iterable[str]:
    if isinstance(item, str | Decimal | bool):
        yield f"- {_scalar(item)}"
        return
    if isinstance(item, Mapping):
        lines = list(_lines(item)) or ["{}"]
    else:
        lines = [line for each in item for line in _item_lines(each)] or ["[]"]
    yield f"- {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def _scalar(value: str | Decimal | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Plain) and "\n" not in value and " #" not in value and ": " not in value:
        return value
    plain = not isinstance(value, Quoted) and _PLAIN.fullmatch(value) and value == value.strip()
    if plain and value.lower() not in _RESERVED and ": " not in value and " #" not in value:
        return value
    # Every JSON text is a YAML text in double quotes, except for a few control characters that packs never need.
    return json.dumps(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", "", value), ensure_ascii=False)
