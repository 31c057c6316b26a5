"""From an assessment file to an assessment, every problem with its file and line."""

from pathlib import Path

from dudao.assessment.model import Assessment, Place
from dudao.assessment.read_answers import read_answers
from dudao.assessment.read_facts import FactReader
from dudao.errors import UnreadableInputError
from dudao.issues import Issue
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlNode
from dudao.located_yaml.read import read_yaml_file

ASSESSMENT_KEYS = ("scheme", "region", "region_name", "year", "facts", "answers", "peers", "members", "notes")
PLACE_KEYS = ("id", "name", "facts")


def load_assessment(path: Path) -> tuple[Assessment | None, list[Issue]]:
    """Return the assessment of a file and what is wrong with it; None when its head cannot be read.

    Raises:
        UnreadableInputError: there is no such file.
    """
    if not path.is_file():
        what = "是文件夹，不是文件" if path.is_dir() else "不存在"
        raise UnreadableInputError(f"“{path}”{what}。", advice="请给出评价数据文件（.yaml）。")
    node, issues = read_yaml_file(path)
    return (None, issues) if node is None else read_assessment(node, issues)


def read_assessment(node: YamlNode, issues: list[Issue]) -> tuple[Assessment | None, list[Issue]]:
    """Return the assessment written at a node; `issues` is extended and returned."""
    fields = Fields(node, known=ASSESSMENT_KEYS, what="评价数据", issues=issues, prefix="assessment")
    complete = [
        fields.require("scheme", "方案编号，如 liaoning-city-2022"),
        fields.require("region", "地区代码，如 210900"),
        fields.require("year", "评价年度，如 2022"),
    ]
    year = fields.whole_number("year")
    if not all(complete) or year is None:
        return None, issues
    if not 1949 <= year <= 2200:
        fields.error("wrong_year", f"评价年度“{year}”不像年份。", fields.place("year"), "请写四位年份，如 2022")
        return None, issues
    region = Place(fields.text("region"), fields.text("region_name"))
    reader = FactReader(region.id, year, issues)
    facts = reader.read(fields.node("facts"))
    places: dict[str, list[Place]] = {"peers": [], "members": []}
    seen = {region.id}
    for key, found in places.items():
        for entry in fields.items(key):
            below = Fields(entry, known=PLACE_KEYS, what=f"{key} 里的地区", issues=issues, prefix="assessment")
            if not below.require("id", "地区或学校的代码"):
                continue
            place = Place(below.text("id"), below.text("name"))
            if place.id in seen:
                message = f"代码“{place.id}”写了两次。"
                below.error("duplicate_place", message, below.place("id"), "每个地区只写一次，本地不写进 peers")
                continue
            seen.add(place.id)
            found.append(place)
            facts += FactReader(place.id, year, issues).read(below.node("facts"))
    return Assessment(
        region=region,
        scheme=fields.text("scheme"),
        year=year,
        facts=tuple(facts),
        answers=read_answers(fields.node("answers"), issues),
        peers=tuple(places["peers"]),
        members=tuple(places["members"]),
    ), issues
