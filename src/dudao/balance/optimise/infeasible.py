"""Why no plan exists: schools out of reach, totals too small, requirements whose giving up would help."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from dudao.balance.optimise.figures import needed, reaches, without_any
from dudao.balance.optimise.model import County, Freedom, Level, Reason, Section

_SECONDS_EACH = 5.0
Feasible = Callable[[County, Freedom, float], bool | None]


def explain_infeasible(county: County, freedom: Freedom, feasible: Feasible) -> tuple[Reason, ...]:
    """Return the requirements that stand in the way.

    First what counting alone shows (one school, one total), then each requirement that could be given up alone
    so that a plan exists. When neither finds anything, several requirements conflict and that is said.
    """
    reasons = [*_nothing_there(county, freedom), *_schools_out_of_reach(county, freedom)]
    reasons += _totals_too_small(county, freedom)
    for reason, eased, freer in _relaxations(county, freedom):
        if feasible(eased, freer, _SECONDS_EACH):
            reasons.append(reason)
    if not any(reason.relaxed for reason in reasons):
        reasons.append(Reason("several", "只放宽其中任何一项都不够，须同时放宽两项以上的要求或限制。"))
    return tuple(reasons)


def _nothing_there(county: County, freedom: Freedom) -> Iterator[Reason]:
    for level in county.levels:
        for place in without_any(level):
            target = level.targets[place]
            may_come = freedom.hiring if target.people else freedom.building
            if not (target.open and may_come):
                why = "不在本次调整之列" if not target.open else "不许增加"
                yield Reason(
                    "nothing_there",
                    f"全县{level.name}的{target.resource_name}都为 0，“{target.name}”的差异系数没有意义，而它{why}。",
                )


def _schools_out_of_reach(county: County, freedom: Freedom) -> Iterator[Reason]:
    for level in county.levels:
        if level.least_met is None:
            continue
        for section in level.sections:
            opened = [p for p, t in enumerate(level.targets) if t.open and t.threshold is not None]
            most = {place: _most(level, section, place, freedom) for place in opened}
            for place in opened:
                least = needed(level, section, place, level.floor)
                if most[place] < least - 1e-9 * max(1.0, least):
                    target = level.targets[place]
                    yield Reason(
                        "school_below_floor",
                        f"{section.name}的{target.resource_name}最多只能到 {most[place]:g}，"
                        f"而“{target.name}”达到标准的 {level.floor:.0%} 需要 {least:.2f}。",
                    )
            judged = [place for place, target in enumerate(level.targets) if target.threshold is not None]
            closed = sum(reaches(level, section, place) for place in judged if place not in opened)
            can = sum(most[place] >= needed(level, section, place) * (1 - 1e-9) for place in opened)
            if can < min(level.least_met - closed, len(opened)):
                yield Reason(
                    "school_too_few_met",
                    f"{section.name}在所给限制内最多有 {can + closed} 项指标能达标，少于要求的 {level.least_met} 项。",
                )


def _most(level: Level, section: Section, place: int, freedom: Freedom) -> float:
    target, bound = level.targets[place], freedom.bound(section.school, level.targets[place].resource)
    limitless = float("inf")
    if not target.people:
        added = limitless if bound.most_added is None else bound.most_added
        return section.amounts[place] + (added * section.shares[place] if freedom.building else 0.0)
    hired = (limitless if bound.most_added is None else bound.most_added) if freedom.hiring else 0.0
    moved = 0.0
    if freedom.moves:
        others = sum(each.amounts[place] for each in level.sections if each is not section)
        moved = others if bound.most_in is None else min(others, bound.most_in)
    return section.amounts[place] + hired + moved


def _totals_too_small(county: County, freedom: Freedom) -> Iterator[Reason]:
    if freedom.hiring:
        return
    for level in county.levels:
        for place, target in enumerate(level.targets):
            if level.least_met is None or not target.people or not target.open or target.threshold is None:
                continue
            there = sum(section.amounts[place] for section in level.sections)
            least = sum(-(-needed(level, each, place, level.floor) // 1) for each in level.sections)
            if there < least:
                yield Reason(
                    "too_few_in_county",
                    f"全县{level.name}{target.resource_name}共 {there:g} 人，各校“{target.name}”都达到标准的 "
                    f"{level.floor:.0%} 至少需要 {least:g} 人，缺 {least - there:g} 人，只靠县内调配不够。",
                )


def _relaxations(county: County, freedom: Freedom) -> Iterator[tuple[Reason, County, Freedom]]:
    def freed(code: str, words: str, **changes: object) -> tuple[Reason, County, Freedom]:
        return Reason(code, f"若{words}，就有可行的办法。", relaxed=True), county, replace(freedom, **changes)  # type: ignore[arg-type]

    if not freedom.hiring:
        yield freed("no_hiring", "允许新增教师", hiring=True)
    if not freedom.moves:
        yield freed("no_moves", "允许教师在县内调配", moves=True)
    if not freedom.building:
        yield freed("no_building", "允许添置校舍、场地和设备", building=True)
    if freedom.bounds or freedom.every_school:
        yield freed("bounds", "取消各校增减数量的限制", bounds={}, every_school={})
    if freedom.forbidden:
        yield freed("forbidden", "取消不许调配的学校组合", forbidden=frozenset())
    for number, level in enumerate(county.levels):
        for place, target in enumerate(level.targets):
            if not target.open:
                continue
            changed = {"threshold": None} if target.threshold is not None and level.least_met is not None else {}
            if changed:
                fewer = None if level.least_met is None else max(0, level.least_met - 1)
                eased = _with_target(county, number, place, changed, least_met=fewer)
                words = f"若不要求{level.name}各校“{target.name}”达到 {target.threshold:g}，就有可行的办法。"
                yield Reason(f"threshold:{level.id}:{target.indicator}", words, relaxed=True), eased, freedom
            if target.limit is not None:
                eased = _with_target(county, number, place, {"limit": None}, least_met=level.least_met)
                words = f"若不要求{level.name}“{target.name}”差异系数不超过 {target.limit:g}，就有可行的办法。"
                yield Reason(f"coefficient:{level.id}:{target.indicator}", words, relaxed=True), eased, freedom
        if level.composite_limit is not None:
            levels = list(county.levels)
            levels[number] = replace(level, composite_limit=None)
            words = f"若不要求{level.name}综合差异系数不超过 {level.composite_limit:g}，就有可行的办法。"
            yield Reason(f"composite:{level.id}", words, relaxed=True), replace(county, levels=tuple(levels)), freedom


def _with_target(county: County, number: int, place: int, changes: dict[str, None], *, least_met: int | None) -> County:
    level = county.levels[number]
    targets = list(level.targets)
    targets[place] = replace(targets[place], **changes)  # type: ignore[arg-type] # the two changes are both to None
    levels = list(county.levels)
    levels[number] = replace(level, targets=tuple(targets), least_met=least_met)
    return replace(county, levels=tuple(levels))
