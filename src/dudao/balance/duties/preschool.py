"""学前教育普及普惠: enrolment, inclusive coverage, share of public places, and what rooms and teachers make of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, ratio, total
from dudao.provenance import ClauseSource, SourceStatus

SOURCE = ClauseSource(
    document="县域学前教育普及普惠督导评估办法", number="教督〔2020〕1号", status=SourceStatus.UNCONFIRMED
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreschoolThresholds:
    """What a county must reach, in percent, what one child needs, and yuan a child; None where nothing was in force.

    Kindergartens designed in `designed_from` or later must all have room enough, earlier ones only some.
    """

    gross_enrolment: Number
    inclusive_coverage: Number
    public_share: Number
    classes_within_size: Number
    children_per_teacher: Number
    outdoor_area: Number
    activity_area: Number
    building_area: Number
    designed_from: int | None
    public_grant: Number = None
    private_subsidy: Number = None


@dataclass(frozen=True, slots=True)
class Kindergarten:
    """One kindergarten; `public` and `inclusive` None when not known."""

    name: str
    children: Number
    public: bool | None
    inclusive: bool | None = None
    full_time_teachers: Number = None
    classes: Number = None
    classes_within_size: Number = None
    outdoor_area: Number = None
    activity_area: Number = None
    building_area: Number = None
    designed_year: int | None = None
    certified: Number = None
    heads_and_teachers: Number = None
    grant: Number = None
    town: str = ""
    central: bool | None = None


def preschool(
    place: str,
    period: str,
    kindergartens: Iterable[Kindergarten],
    *,
    population: Number,
    thresholds: PreschoolThresholds,
) -> tuple[Fact, ...]:
    """Return the three rates and the computable rest of the county; a missing figure leaves its rate open.

    Args:
        place: the county.
        period: the school year.
        kindergartens: every kindergarten of the county.
        population: children of three to five years.
        thresholds: what must be reached.
    """
    asked = thresholds
    where = Where(place, period)
    tell = partial(fact, where, source=SOURCE)
    every = list(kindergartens)
    children = total(each.children for each in every)
    sorted_out = all(each.public is not None and (each.public or each.inclusive is not None) for each in every)
    public = total(each.children if each.public else 0 for each in every)
    inclusive = total(each.children if each.public or each.inclusive else 0 for each in every)
    enrolment = ratio(children, population, 100)
    coverage = ratio(inclusive, children, 100) if sorted_out else None
    share = ratio(public, children, 100) if all(each.public is not None for each in every) else None
    teachers = total(each.full_time_teachers for each in every)
    load = ratio(children, teachers)
    sized = ratio(total(each.classes_within_size for each in every), total(each.classes for each in every), 100)
    facts = []
    for name, value, least, method in (
        ("preschool_gross_enrolment", enrolment, asked.gross_enrolment, "在园幼儿数÷3—5岁人口数"),
        ("inclusive_coverage", coverage, asked.inclusive_coverage, "（公办园+普惠性民办园在园幼儿）÷在园幼儿"),
        ("public_kindergarten_share", share, asked.public_share, "公办园在园幼儿÷在园幼儿"),
        ("kindergarten_classes_within_size", sized, asked.classes_within_size, "班额达标班数÷班数"),
    ):
        facts.append(tell(name, value, unit="%", method=method))
        facts.append(
            tell(f"{name}_met", at_least(value, least), method="没有当时的要求" if least is None else f"≥ {least}%")
        )
    few = None if load is None else at_least(asked.children_per_teacher, load)
    facts.append(tell("children_per_teacher", load, unit="人", method="在园幼儿÷专任教师"))
    facts.append(tell("children_per_teacher_met", few, method="每名教师的幼儿数不超过限值"))
    private = (
        total(each.children if not each.public and each.inclusive else 0 for each in every) if sorted_out else None
    )
    for name, count in (
        ("kindergarten_children", children),
        ("public_kindergarten_children", public if share is not None or not children else None),
        ("inclusive_private_children", private),
        ("inclusive_kindergarten_children", inclusive if sorted_out else None),
    ):
        facts.append(tell(name, count, unit="人", method="各园在园幼儿之和"))
    certified = ratio(total(each.certified for each in every), total(each.heads_and_teachers for each in every), 100)
    facts.append(
        tell("kindergarten_certified_share", certified, unit="%", method="持证的园长和专任教师÷园长和专任教师")
    )
    facts.append(_rooms(where, "kindergartens_with_room", every, asked))
    since = asked.designed_from
    dated = since is not None and None not in [each.designed_year for each in every]
    newer = [each for each in every if dated and (each.designed_year or 0) >= (since or 0)]
    older = [each for each in every if dated and (each.designed_year or 0) < (since or 0)]
    facts.append(_rooms(where, "new_kindergartens_with_room", newer, asked))
    facts.append(_rooms(where, "earlier_kindergartens_with_room", older, asked))
    facts += _grants(where, every, asked)
    return tuple(facts)


def _grants(where: Where, every: list[Kindergarten], asked: PreschoolThresholds) -> Iterator[Fact]:
    """Yield what public kindergartens and inclusive private ones were granted for each child, against the least."""
    public = [each for each in every if each.public]
    private = [each for each in every if each.public is False and each.inclusive]
    known = all(each.public is not None and (each.public or each.inclusive is not None) for each in every)
    for name, group, least, words in (
        ("public_kindergarten_grant_per_child", public, asked.public_grant, "公办园公用经费财政拨款÷公办园在园幼儿"),
        ("inclusive_private_subsidy_per_child", private, asked.private_subsidy, "普惠性民办园财政补助÷其在园幼儿"),
    ):
        each = ratio(total(one.grant for one in group), total(one.children for one in group)) if known else None
        met = "没有当时当地的要求" if least is None else f"≥ {least}元"
        yield fact(where, name, each, unit="元", method=words, source=SOURCE)
        yield fact(where, f"{name}_met", at_least(each, least), method=met, source=SOURCE)


def _rooms(where: Where, name: str, every: list[Kindergarten], asked: PreschoolThresholds) -> Fact:
    """Return the share of kindergartens where each child has outdoor, activity and building area enough."""
    verdicts = [_has_room(each, asked) for each in every]
    known = bool(verdicts) and None not in verdicts
    share = ratio(sum(verdict is True for verdict in verdicts), len(verdicts), 100) if known else None
    method = "户外场地、活动用房、园舍建筑生均面积都达标的园数÷园数"
    return fact(where, name, share, unit="%", method=method, source=SOURCE)


def _has_room(each: Kindergarten, asked: PreschoolThresholds) -> bool | None:
    pairs = (
        (each.outdoor_area, asked.outdoor_area),
        (each.activity_area, asked.activity_area),
        (each.building_area, asked.building_area),
    )
    children = exact(each.children)
    if not children:
        return None
    verdicts = [at_least(ratio(area, children), least) for area, least in pairs]
    return False if False in verdicts else None if None in verdicts else True
