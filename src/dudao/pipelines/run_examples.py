"""The worked examples of a pack: each is scored as an assessment of its own and held against what it expects.

An example names a point, gives facts (and an answer, peers, members), and expects points with their reason:

    - name: 三年中有一年下降，不得分
      point: "2.1.3"
      given: {education_spending: {2021: 120.4亿元, 2022: 118.9亿元, 2023: 125.0亿元}}
      expect: {points: "0", because: 2022 年比 2021 年减少 1.5 亿元}

With `total` instead of `point` it tries the rules on the whole and expects a `grade`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact
from dudao.assessment.fit import fit
from dudao.assessment.model import Assessment, Place
from dudao.assessment.read_answers import read_answer
from dudao.assessment.read_facts import FactReader
from dudao.issues import Issue, Level, Location
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlList, YamlNode
from dudao.located_yaml.read import read_yaml_file
from dudao.scheme.model import Scheme
from dudao.scoring.award import Standing
from dudao.scoring.engine import ReadScheme, judge_total, score
from dudao.scoring.wording import points_text

EXAMPLE_KEYS = ("name", "point", "total", "year", "given", "answer", "peers", "members", "expect")
EXPECT_KEYS = ("points", "low", "high", "because", "missing", "win_back", "standing", "grade")
HERE = Place("here", "本地")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an example expects; None or empty is not looked at."""

    points: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    win_back: tuple[str, ...] = ()
    standing: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example; `point` is empty when `total` is given."""

    name: str
    point: str
    total: Decimal | None
    assessment: Assessment
    expect: Expectation
    location: Location

    def loses(self, full: Decimal | None) -> bool:
        """Return whether the example shows points lost, or a requirement not met where no points are printed."""
        if full is None:
            return self.expect.standing == Standing.NOT_MET
        most = self.expect.points if self.expect.points is not None else self.expect.high
        return most is not None and most < full

    def earns(self, full: Decimal | None) -> bool:
        """Return whether the example shows the full points, or the requirement met."""
        return self.expect.standing == Standing.MET if full is None else self.expect.points == full


def load_examples(folder: Path, scheme: Scheme) -> tuple[list[Example], list[Issue]]:
    """Return the examples below `examples/` of a pack's folder, and what is wrong with how they are written."""
    examples: list[Example] = []
    issues: list[Issue] = []
    for file in sorted((folder / "examples").glob("*.yaml")):
        node, found = read_yaml_file(file)
        issues += found
        if isinstance(node, YamlList):
            for entry in node.items:
                examples += _example(entry, scheme, issues)
        elif node is not None:
            message = "示例文件应是一个列表，每项是一个示例。"
            issues.append(Issue(Level.ERROR, "example.wrong_type", message, node.location, "请让每项以“- ”开头"))
    return examples, issues


def run_example(scheme: ReadScheme, example: Example) -> list[str]:
    """Return in what the outcome differs from what the example expects; nothing when it holds."""
    assessment, misfits = fit(example.assessment, scheme.scheme)
    problems = [f"{issue.message}{issue.remedy}" for issue in misfits if issue.level is not Level.NOTE]
    if example.total is not None:
        outcomes, grade = judge_total(scheme, assessment, example.total)
        steps = [step for outcome in outcomes for step in (outcome.name, *outcome.steps) if outcome.holds]
        gaps = [gap.sentence for outcome in outcomes for gap in outcome.missing]
        if example.expect.grade != (grade or "未定"):
            problems.append(f"等次应为{example.expect.grade}，算得{grade or '未定'}")
        return problems + _absent("理由", example.expect.because, steps) + _absent("缺少", example.expect.missing, gaps)
    found = next(each for each in score(scheme, assessment).points if each.point.id == example.point)
    award, expect = found.award, example.expect
    for label, wanted, got in (
        ("得分", expect.points, award.points),
        ("最低分", expect.low, award.low),
        ("最高分", expect.high, award.high),
    ):
        if wanted is not None and wanted != got:
            problems.append(f"{label}应为 {points_text(wanted)}，算得 {'未知' if got is None else points_text(got)}")
    if expect.points is None and expect.high is not None and award.points is not None:
        problems.append(f"应为未知，算得 {points_text(award.points)}")
    if expect.standing and expect.standing != award.standing:
        problems.append(f"状态应为 {expect.standing}，实为 {award.standing}")
    problems += _absent("理由", expect.because, award.steps)
    problems += _absent("缺少", expect.missing, [gap.sentence for gap in award.missing])
    return problems + _absent("挽回", expect.win_back, [change.sentence for change in award.improvements])


def _absent(what: str, wanted: Sequence[str], told: Sequence[str]) -> list[str]:
    together = _tight("；".join(told))
    return [f"{what}里应有“{text}”，实为“{'；'.join(told)}”" for text in wanted if _tight(text) not in together]


def _tight(text: str) -> str:
    return "".join(text.split())


def _example(node: YamlNode, scheme: Scheme, issues: list[Issue]) -> list[Example]:
    fields = Fields(node, known=EXAMPLE_KEYS, what="示例", issues=issues, prefix="example")
    if not (fields.require("name", "一句话说明") and fields.require("expect", "应得的分和理由")):
        return []
    name, point, total = fields.text("name"), fields.text("point"), fields.number("total")
    if bool(point) == (total is not None):
        fields.error("point_or_total", f"示例“{name}”应写 point 或 total 中的一个。", fields.location)
        return []
    if point and point not in {each.id for each in scheme.points()}:
        fields.error("unknown_point", f"示例“{name}”：方案没有测评点“{point}”。", fields.place("point"))
        return []
    year = fields.whole_number("year") or scheme.year
    facts = FactReader(HERE.id, year, issues).read(fields.node("given"))
    places: dict[str, tuple[Place, ...]] = {}
    for role in ("peers", "members"):
        below = fields.node(role)
        places[role], more = _places(below, role, year, issues) if below is not None else ((), [])
        facts += more
    given = fields.node("answer")
    answers: dict[str, Answer] = {}
    if given is not None:
        answers[point] = read_answer(given, point, issues)
    assessment = Assessment(HERE, scheme.id, year, tuple(facts), answers, places["peers"], places["members"])
    expect_node = fields.node("expect")
    expect = _expectation(expect_node, issues) if expect_node is not None else Expectation()
    return [Example(name, point, total, assessment, expect, fields.location)]


def _places(node: YamlNode, role: str, year: int, issues: list[Issue]) -> tuple[tuple[Place, ...], list[Fact]]:
    """Return the places of a mapping from name to facts."""
    fields = Fields(node, known=None, what=f"示例的 {role}", issues=issues, prefix="example")
    facts: list[Fact] = []
    for name in fields.names():
        facts += FactReader(name, year, issues).read(fields.node(name))
    return tuple(Place(name, name) for name in fields.names()), facts


def _expectation(node: YamlNode, issues: list[Issue]) -> Expectation:
    fields = Fields(node, known=EXPECT_KEYS, what="示例的 expect", issues=issues, prefix="example")
    if not any(fields.has(key) for key in ("points", "low", "high", "standing", "grade")):
        fields.error("nothing_expected", "expect 里应写 points、low/high、standing 或 grade。", fields.location)
    return Expectation(
        points=fields.number("points"),
        low=fields.number("low"),
        high=fields.number("high"),
        because=fields.texts("because"),
        missing=fields.texts("missing"),
        win_back=fields.texts("win_back"),
        standing=fields.text("standing"),
        grade=fields.text("grade"),
    )
