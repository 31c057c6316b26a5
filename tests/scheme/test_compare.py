from dataclasses import replace
from decimal import Decimal

from dudao.packs.find import load_pack
from dudao.scheme.compare import ChangeKind, compare_schemes, plain_name
from dudao.scheme.model import Indicator, Point, Scheme

LIAONING = load_pack("liaoning-city-2022")


def changed(scheme: Scheme, identifier: str, **fields: object) -> Scheme:
    """The scheme with one item changed; `fields` empty takes it out."""

    def walk(items: tuple[Indicator | Point, ...]) -> tuple[Indicator | Point, ...]:
        kept: list[Indicator | Point] = []
        for item in items:
            if item.id == identifier:
                if fields:
                    kept.append(replace(item, **fields))  # type: ignore[arg-type]  # test keywords
            elif isinstance(item, Indicator):
                kept.append(replace(item, children=walk(item.children)))
            else:
                kept.append(item)
        return tuple(kept)

    return replace(scheme, indicators=walk(scheme.indicators))  # type: ignore[arg-type]  # indicators stay indicators


def kinds(old: Scheme, new: Scheme) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, (change.new or change.old).id) for change in compare_schemes(old, new).changes]  # type: ignore[union-attr]  # one side is there


def test_a_scheme_against_itself_has_no_change() -> None:
    comparison = compare_schemes(LIAONING, LIAONING)
    assert comparison.changes == ()
    assert comparison.unchanged == 19


def test_a_new_weight_is_told() -> None:
    new = changed(LIAONING, "3.11", full_points=Decimal(5))
    assert kinds(LIAONING, new) == [(ChangeKind.REWEIGHTED, "3.11")]


def test_a_new_wording_is_told_also_with_a_new_number() -> None:
    new = changed(LIAONING, "3.11", name="义务教育教师工资待遇保障情况", id="3.9")
    assert kinds(LIAONING, new) == [(ChangeKind.REWORDED, "3.9"), (ChangeKind.RENUMBERED, "3.9")]
    assert kinds(LIAONING, replace(new, id="liaoning-city-2023")) == [(ChangeKind.REWORDED, "3.9")]


def test_an_item_taken_out_and_its_reverse() -> None:
    new = changed(LIAONING, "4.15")
    assert kinds(LIAONING, new) == [(ChangeKind.REMOVED, "4.15")]
    assert kinds(new, LIAONING) == [(ChangeKind.ADDED, "4.15")]


def test_a_new_year_number_and_quotes_alone_are_no_new_wording() -> None:
    assert plain_name("2022年幼儿园办园行为督导评估发现问题") == plain_name("2023年幼儿园办园行为督导评估发现问题")
    assert plain_name("“双减”工作落实情况") == plain_name("双减工作落实情况")
    new = changed(LIAONING, "2.7", name="双减工作落实情况")
    assert kinds(LIAONING, new) == []


def test_an_item_that_moved_is_not_removed_and_added() -> None:
    moved = next(point for point in LIAONING.points() if point.id == "2.8")
    without = changed(LIAONING, "2.8")
    third = next(group for group in without.indicators if group.id == "3")
    new = changed(without, "3", children=(*third.children, moved))
    assert kinds(LIAONING, new) == [(ChangeKind.MOVED, "2.8")]


def test_a_changed_rule_is_told() -> None:
    new = changed(LIAONING, "2.8", rule=None)
    assert kinds(LIAONING, new) == [(ChangeKind.RULE_CHANGED, "2.8")]


def test_two_real_schemes_keep_what_they_share() -> None:
    comparison = compare_schemes(LIAONING, load_pack("panjin-county-2023"))
    pairs = {change.old.name: change.new.name for change in comparison.changes if change.old and change.new}
    assert pairs["教育经费保障情况"] == "教育经费保障情况"
    assert pairs["师德师风建设情况"] == "师德师风建设情况"
    assert "落实学校疫情防控“四方责任”情况" not in pairs
