"""Files of duties → facts → an assessment: the path of `dudao balance duties`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dudao.assessment.facts import Fact
from dudao.errors import WrongUseError
from dudao.issues import Issue
from dudao.packs.find import load_pack, user_folders
from dudao.pipelines.balance_standards import load_standard
from dudao.pipelines.duties.assessment_file import write_assessment, written
from dudao.pipelines.duties.balance_of_schools import balance_of
from dudao.pipelines.duties.compute import DutyFacts, duty_facts
from dudao.pipelines.duties.recognise import named_table, read_tables
from dudao.pipelines.duties.scheme_names import fitted_to
from dudao.reporting.balance_words import source_words


@dataclass(frozen=True, slots=True)
class DutiesRequest:
    """What was asked on the command line."""

    tables: tuple[str, ...]
    region: str = ""
    year: int | None = None
    standard: str = "quality-2017"
    scheme: str = ""
    facts: Path | None = None


@dataclass(frozen=True, slots=True)
class DutiesResult:
    """The facts, under the names of a scheme when one was asked for, and what was written."""

    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    names: Mapping[str, str]
    kinds: tuple[str, ...]
    unused: tuple[str, ...] = ()
    written: str = ""


def run_duties(asked: DutiesRequest) -> DutiesResult:
    """Return the facts of the files; write them as an assessment when asked.

    Raises:
        UnreadableInputError: a file cannot be read as a table.
        WrongUseError: the request does not say which region or scheme is meant.
    """
    if asked.facts is not None and not asked.scheme:
        raise WrongUseError("--facts 要写明供哪个方案评分。", advice="请加 --scheme，如 --scheme panjin-county-2023。")
    tables = [table for text in asked.tables for table in read_tables(named_table(text))]
    code = asked.region if len(asked.region) == 6 and not asked.region.endswith("00") else ""
    computed = duty_facts(tables, year=asked.year, region=code)
    city = asked.region if asked.region.endswith("00") else ""
    balance = balance_of(tables, load_standard(asked.standard), city=city)
    every = DutyFacts((*computed.facts, *_placed(balance, computed, asked)), computed.issues, computed.names)
    kinds = tuple(dict.fromkeys(table.kind.name for table in tables))
    if not asked.scheme:
        return DutiesResult(every.facts, every.issues, every.names, kinds)
    scheme = load_pack(asked.scheme, user_folders())
    fitted = fitted_to(scheme, every.facts)
    said = ""
    if asked.facts is not None:
        region, members = _region(asked, every)
        year = asked.year or max((int(fact.period) for fact in fitted.facts if fact.period.isdigit()), default=0)
        if not year:
            raise WrongUseError("表里没有年份，不知道评价年度。", advice="请用 --year 写明，如 --year 2023。")
        name = every.names.get(region, "")
        count = write_assessment(
            asked.facts, scheme, fitted.facts, region=region, name=name, year=year, members=members
        )
        said = f"已写出 {asked.facts}：{count} 个数据，供方案 {scheme.id} 评分；"
        said += f"方案用不到的 {len(fitted.unused)} 种没有写入。"
    return DutiesResult(fitted.facts, every.issues, every.names, kinds, fitted.unused, said)


def _placed(facts: tuple[Fact, ...], computed: DutyFacts, asked: DutiesRequest) -> tuple[Fact, ...]:
    """Return facts of the balance under the places and years of the others."""
    codes = {name: place for place, name in computed.names.items()}
    county = asked.region if asked.region and not asked.region.endswith("00") else ""
    year = "" if asked.year is None else str(asked.year)
    return tuple(
        replace(
            fact,
            place=(county if county and not fact.place.isdigit() else codes.get(fact.place, fact.place)),
            period=fact.period or year,
        )
        for fact in facts
    )


def _region(asked: DutiesRequest, computed: DutyFacts) -> tuple[str, dict[str, str]]:
    """Return the assessed region and the counties below it."""
    places = computed.places()
    if asked.region and asked.region not in places:
        stem = asked.region.rstrip("0") if asked.region.isdigit() else asked.region
        stem = stem if len(stem) % 2 == 0 else f"{stem}0"
        below = {place: computed.names.get(place, "") for place in places if asked.region and place.startswith(stem)}
        named = [place for place, name in computed.names.items() if name == asked.region]
        if named:
            return named[0], {}
        if not below:
            raise WrongUseError(f"表里没有地区“{asked.region}”。", advice=f"表里有：{'、'.join(places[:20])}。")
        return asked.region, below
    if asked.region:
        return asked.region, {}
    if len(places) != 1:
        raise WrongUseError(f"表里有{len(places)}个地区。", advice=f"请用 --region 写明：{'、'.join(places[:20])}。")
    return places[0], {}


def duties_payload(result: DutiesResult) -> dict[str, object]:
    """Return the facts as the JSON of the command line."""
    return {
        "tables": list(result.kinds),
        "facts": [_fact(fact, result.names) for fact in result.facts],
        "unused": list(result.unused),
        "written": result.written,
    }


def _fact(fact: Fact, names: Mapping[str, str]) -> dict[str, object]:
    value = float(fact.value) if isinstance(fact.value, Decimal) else fact.value
    return {
        "name": fact.name,
        "region": fact.place,
        "region_name": names.get(fact.place, ""),
        "period": fact.period,
        "part": fact.part,
        "value": value,
        "unit": fact.unit,
        "written": "" if fact.value is None else written(fact),
        "method": fact.source.method,
        "note": fact.source.note,
        "source": "" if fact.source.clause is None else source_words(fact.source.clause),
    }
