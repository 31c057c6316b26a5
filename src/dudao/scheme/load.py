"""From a pack to a scheme: a folder (`pack.yaml`, `indicators/*.yaml`, perhaps `facts.yaml`) or one file with all.

Every problem is collected with its line; a scheme comes back as soon as its head can be read, so that the checks
of `scheme/checks/` can say what else is wrong.
"""

from pathlib import Path

from dudao.errors import UnreadableInputError
from dudao.issues import Issue, Level, Location
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlList, YamlNode
from dudao.located_yaml.read import read_yaml_file
from dudao.located_yaml.sources import read_source
from dudao.provenance import ClauseSource
from dudao.scheme.model import FactDeclaration, GovernmentLevel, GradeBand, Indicator, Scheme, ScoringRule
from dudao.scheme.read_items import Above, read_identifier, read_item
from dudao.scheme.read_rule import read_rule

HEAD = "pack.yaml"

SCHEME_KEYS = (
    "id",
    "name",
    "region",
    "region_name",
    "level",
    "year",
    "full_points",
    "step",
    "scored",
    "source",
    "notes",
    "facts",
    "grades",
    "outcome_rules",
    "indicators",
)
FIRST_YEAR, LAST_YEAR = 1985, 2100

REQUIRED = (
    ("name", "名称"),
    ("region", "地区代号，如 liaoning"),
    ("region_name", "地区名称"),
    ("level", "评价对象：province、city 或 county"),
    ("year", "年度"),
)
FACT_KEYS = ("name", "title", "unit", "kind", "dimension", "parts", "source")
GRADE_KEYS = ("name", "low", "high", "source")


def load_scheme(path: Path) -> tuple[Scheme | None, list[Issue]]:
    """Return the scheme of a pack and what is wrong with how it is written; None when its head cannot be read.

    Raises:
        UnreadableInputError: there is no such file or folder, or the folder holds no `pack.yaml`.
    """
    head = path / HEAD if path.is_dir() else path
    if not head.exists():
        where = f"文件夹“{path}”里没有{HEAD}。" if path.is_dir() else f"找不到“{path}”。"
        raise UnreadableInputError(where, advice=f"请给出方案包的文件夹（里面有{HEAD}）或单个方案文件。")
    node, issues = read_yaml_file(head)
    if node is None:
        return None, issues
    fields = Fields(node, known=SCHEME_KEYS, what="方案", issues=issues)
    source = read_source(fields.node("source"), what="方案", issues=issues)
    indicators = _indicators(fields, path, source, issues)
    facts = [_fact(entry, issues) for entry in [*fields.items("facts"), *_facts_file(path, issues)]]
    identifier = read_identifier(fields, "方案编号，如 liaoning-city-2022")
    absent = [key for key, meaning in REQUIRED if not fields.require(key, meaning)]
    level, year = fields.choice("level", GovernmentLevel), fields.whole_number("year")
    grades = tuple(grade for entry in fields.items("grades") if (grade := _grade(entry, source, issues)))
    outcome_rules = tuple(rule for entry in fields.items("outcome_rules") if (rule := _outcome(entry, source, issues)))
    full_points, step = fields.number("full_points"), fields.number("step")
    scored, notes = fields.boolean("scored", True), fields.texts("notes")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        fields.error("year", f"年度“{year}”不像是年份。", fields.place("year"), "请写四位年份，如2024。")
        year = None
    if identifier is None or absent or level is None or year is None:
        return None, issues
    scheme = Scheme(
        id=identifier,
        name=fields.text("name"),
        region=fields.text("region"),
        region_name=fields.text("region_name"),
        level=level,
        year=year,
        full_points=full_points,
        indicators=indicators,
        source=source,
        facts=tuple(fact for fact in facts if fact),
        grades=grades,
        outcome_rules=outcome_rules,
        step=step,
        scored=scored,
        notes=notes,
        location=Location(str(head), 1),
        places=dict(fields.places),
    )
    return scheme, issues


def _indicators(fields: Fields, path: Path, source: ClauseSource, issues: list[Issue]) -> tuple[Indicator, ...]:
    entries = [*fields.items("indicators"), *_indicator_files(path, issues)]
    indicators = []
    for entry in entries:
        indicator = read_item(entry, above=Above(0, source), issues=issues)
        if isinstance(indicator, Indicator):
            indicators.append(indicator)
    return tuple(indicators)


def _indicator_files(path: Path, issues: list[Issue]) -> list[YamlNode]:
    folder = path / "indicators"
    if not folder.is_dir():
        return []
    nodes: list[YamlNode] = []
    for file in sorted(folder.iterdir()):
        if file.suffix != ".yaml":
            if not file.name.startswith("."):
                message = f"indicators文件夹里的“{file.name}”没有读：只读扩展名为.yaml的文件。"
                remedy = "请改成.yaml，或移出这个文件夹。"
                issues.append(Issue(Level.WARNING, "pack.file_not_read", message, Location(str(file)), remedy))
            continue
        node, found = read_yaml_file(file)
        issues.extend(found)
        if isinstance(node, YamlList):
            nodes.extend(node.items)
        elif node is not None:
            nodes.append(node)
    return nodes


def _facts_file(path: Path, issues: list[Issue]) -> list[YamlNode]:
    file = path / "facts.yaml"
    if not file.is_file():
        return []
    node, found = read_yaml_file(file)
    issues.extend(found)
    if isinstance(node, YamlList):
        return list(node.items)
    if node is not None:
        message = "facts.yaml应是一个列表，每项声明一个数据项。"
        issues.append(Issue(Level.ERROR, "pack.wrong_type", message, node.location, "请让每项以“- ”开头。"))
    return []


def _fact(node: YamlNode, issues: list[Issue]) -> FactDeclaration | None:
    fields = Fields(node, known=FACT_KEYS, what="数据项", issues=issues)
    named = fields.require("name", "代号，如 education_spending") and fields.require("title", "中文名称")
    parts_node, parts = fields.node("parts"), []
    if parts_node is not None:
        names = Fields(parts_node, known=None, what=f"数据项{fields.text('name')}的分项", issues=issues)
        parts = [(key, names.text(key)) for key in names.names()]
    if not named:
        return None
    return FactDeclaration(
        name=fields.text("name"),
        title=fields.text("title"),
        unit=fields.text("unit"),
        kind=fields.text("kind", "number"),
        dimension=fields.text("dimension"),
        source=fields.text("source"),
        location=fields.location,
        parts=tuple(parts),
    )


def _grade(node: YamlNode, source: ClauseSource, issues: list[Issue]) -> GradeBand | None:
    fields = Fields(node, known=GRADE_KEYS, what="等次", issues=issues)
    own = read_source(fields.node("source"), what="等次", issues=issues, inherited=source)
    low, high = fields.number("low"), fields.number("high")
    if not fields.require("name", "等次名称"):
        return None
    return GradeBand(fields.text("name"), low, high, own, fields.location)


def _outcome(node: YamlNode, source: ClauseSource, issues: list[Issue]) -> ScoringRule | None:
    return read_rule(node, what="总评", issues=issues, inherited=source)
