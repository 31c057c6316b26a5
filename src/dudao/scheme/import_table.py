"""Tables → columns → rows → items → settled points and ids → the draft of a scheme, with what was left undecided."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.issues import Issue, Level, Location
from dudao.provenance import ClauseSource, SourceStatus
from dudao.scheme.model import EvidenceRequest, GovernmentLevel, Indicator, Point, Scheme
from dudao.scheme.table_import.grid import PlainTable
from dudao.scheme.table_import.items import DraftItem
from dudao.scheme.table_import.rows import ReadTables, provisions_in, read_tables
from dudao.scheme.table_import.settle import settle

_LEVELS = (
    (GovernmentLevel.COUNTY, r"县级|县（市|县\(市|县区|区县|县（|县市区|县、|区级"),
    (GovernmentLevel.CITY, r"市级|设区的?市|各市|市（州|市州|州市|地级市|市人民政府"),
    (GovernmentLevel.PROVINCE, r"省级"),
)
_REGION = re.compile(r"([\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|地区|市|盟|县|区|旗))")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年|年度|\D|$)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［（(]20\d{2}[〕\]］）)]\s*\d+\s*号")


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """What the person who imports knows better than the table; empty means: read it off the table."""

    id: str = ""
    name: str = ""
    region: str = ""
    region_name: str = ""
    level: GovernmentLevel | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedScheme:
    """The draft and what a person has to look at; the scheme is None when no table of indicators was found.

    `places` says by id where an indicator or point begins: `sheet` names the table (表1, 表2 … in Word), `row` its row.
    """

    scheme: Scheme | None
    issues: tuple[Issue, ...]
    places: Mapping[str, Location] = field(default_factory=dict)


def import_tables(
    tables: list[PlainTable], *, file: str, surrounding_text: str, wishes: ImportWishes, this_year: int
) -> ImportedScheme:
    """Return the draft of the scheme that the tables of a file print.

    Args:
        tables: all tables of the file, in order.
        file: the name of the file, for issues and as last source of title and year.
        surrounding_text: the text around the tables; its beginning holds title and document number.
        wishes: what is not to be read off the table.
        this_year: the year when none is printed anywhere.
    """
    read = read_tables(tables, file=file)
    full_points = settle(read) if read.items else None
    if not read.items:
        message = "没有找到指标表：没有一张表的表头同时写着指标和分值（或评分标准、责任单位），下面又列着指标。"
        remedy = "请确认表头里有“一级指标”“评价内容”“分值”这样的字样，且表格不是图片。"
        found = Issue(Level.ERROR, "import.no_table", message, Location(file), remedy)
        return ImportedScheme(None, (*read.issues, found))
    for line in provisions_in(surrounding_text):
        read.keep_provision(line, Location(file), where="表外的文字")
    scheme = _scheme(read, full_points, file, surrounding_text, wishes, this_year)
    places = {each.id: each.place for item in read.items for each in item.everything()}
    return ImportedScheme(scheme, tuple(read.issues), places)


def _scheme(
    read: ReadTables, full_points: Decimal | None, file: str, text: str, wishes: ImportWishes, this_year: int
) -> Scheme:
    beginning = text[:600]
    title = wishes.name or _title(read, beginning, file)
    named = f"{title}\n{beginning}"
    year = wishes.year or _year(read, named, file, this_year)
    level = wishes.level or _level(read, named)
    region_name = wishes.region_name or _region_name(read, named)
    region = wishes.region or "draft"
    if not wishes.region or not wishes.id:
        message = "方案编号和地区代号是暂定的，表里没有。"
        remedy = "请在pack.yaml里改成正式的，如 id: liaoning-city-2022、region: liaoning；发布后不再改动。"
        read.undecided("provisional_id", message, Location(file), remedy)
    number = _NUMBER.search(beginning)
    rules = sum(bool(leaf.rules) for item in read.items for leaf in item.leaves())
    if rules:
        message = f"{rules}个测评点的评分标准是文字，放在requirement里，还没有写成可计算的规则。"
        remedy = "按docs/reference/rules.md逐条写成rule；不写规则的测评点取自评得分。"
        read.issues.append(Issue(Level.NOTE, "import.rules_as_text", message, Location(file), remedy))
    source = ClauseSource(
        document=title,
        number=re.sub(r"\s", "", number[0]) if number else "",
        note=f"由“{file}”导入的草稿，待与原件核对。",
        status=SourceStatus.UNCONFIRMED,
    )
    return Scheme(
        id=wishes.id or f"{region}-{level}-{year}",
        name=title,
        region=region,
        region_name=region_name,
        level=level,
        year=year,
        full_points=full_points,
        indicators=tuple(_indicator(item, 1, source) for item in read.items),
        source=source,
        scored=full_points is not None,
        notes=tuple(dict.fromkeys(read.notes)),
    )


def _title(read: ReadTables, beginning: str, file: str) -> str:
    lines = [line.strip() for line in beginning.splitlines() if line.strip()]
    likely = [
        line for line in lines if len(line) <= 60 and re.search(r"评价|评估|督导|考核|指标|方案|细则|职责|自评表", line)
    ]
    title = read.title or next((line for line in likely if "\t" not in line), "")
    if not title:
        title = re.sub(r"\.\w+$", "", re.split(r"[\\/]", file)[-1])
        message = f"没有找到方案名称，暂用文件名“{title}”。"
        read.undecided("title_missing", message, Location(file), "请在pack.yaml里写上方案全称。")
    return re.sub(r"^附件?\s*\d*\s*[:：]?\s*", "", title)


def _year(read: ReadTables, named: str, file: str, this_year: int) -> int:
    found = _YEAR.search(named) or _YEAR.search(re.split(r"[\\/]", file)[-1])
    if found:
        return int(found[1])
    message = f"没有找到评价年度，暂写{this_year}年。"
    read.undecided("year_missing", message, Location(file), "请在pack.yaml里改正year。")
    return this_year


def _level(read: ReadTables, named: str) -> GovernmentLevel:
    both = re.search(r"市县级|市、县|市（县|市、县（市|市州县", named)
    for text in () if both else (named.split("\n", 1)[0], named):
        for level, pattern in _LEVELS:
            if re.search(pattern, text):
                return level
    message = "没有看出评价的是哪一级政府，暂写市级（city）。"
    read.undecided("level_missing", message, Location(read.file), "请在pack.yaml里改正level：province、city或county。")
    return GovernmentLevel.CITY


def _region_name(read: ReadTables, named: str) -> str:
    for match in _REGION.finditer(named):
        name = re.sub(r"^(?:关于|印发|对|附件|年度?|\d)+", "", match[1])
        if len(name) >= 3 and not re.search(r"地市|县市|各|级|对|所在", name):
            return name
    message = "没有找到地区名称，暂写“（待填）”。"
    read.undecided("region_missing", message, Location(read.file), "请在pack.yaml里写上region_name。")
    return "（待填）"


def _indicator(item: DraftItem, level: int, source: ClauseSource) -> Indicator:
    children: list[Indicator | Point] = [
        _indicator(child, level + 1, source) if child.children else _point(child, source) for child in item.children
    ]
    return Indicator(item.id, item.name, level, None if item.bonus else item.points, tuple(children), source)


def _point(item: DraftItem, source: ClauseSource) -> Point:
    requirement = [*item.requirements, *(f"评分标准：{text}" for text in item.rules)]
    return Point(
        id=item.id,
        name=item.name,
        full_points=item.points,
        rule=None,
        source=source,
        evidence=tuple(EvidenceRequest(name) for name in item.evidence),
        lead_department=item.lead,
        departments=tuple(item.departments),
        bonus=item.bonus,
        requirement="\n".join(requirement),
    )
