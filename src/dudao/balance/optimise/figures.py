"""Ratios, coefficients and misses of a county as the optimiser sees it, in plain Python, to check plans by."""

from dudao.balance.optimise.model import County, Level, Section

_EXACT = 1e-9


def ratio(level: Level, section: Section, place: int) -> float:
    """Return amount ÷ pupils × per of one target of one section."""
    return section.amounts[place] / section.pupils * level.targets[place].per


def coefficient(level: Level, place: int, *, weighted: bool) -> float | None:
    """Return the difference coefficient of one target; None when there is none of the resource."""
    weights = school_weights(level, weighted=weighted)
    values = [ratio(level, section, place) for section in level.sections]
    mean = sum(weight * value for weight, value in zip(weights, values, strict=True))
    if mean <= 0:
        return None
    spread = sum(weight * (value - mean) ** 2 for weight, value in zip(weights, values, strict=True))
    return float(spread**0.5 / mean)


def school_weights(level: Level, *, weighted: bool) -> tuple[float, ...]:
    """Return the weight of each section in mean and deviation; they add up to 1."""
    if not weighted:
        return tuple(1 / len(level.sections) for _ in level.sections)
    pupils = sum(section.pupils for section in level.sections)
    return tuple(section.pupils / pupils for section in level.sections)


def composite(level: Level, *, weighted: bool) -> float | None:
    """Return the mean of the coefficients of all targets; None when one cannot be computed."""
    found = [coefficient(level, place, weighted=weighted) for place in range(len(level.targets))]
    known = [each for each in found if each is not None]
    return sum(known) / len(known) if known and len(known) == len(found) else None


def needed(level: Level, section: Section, place: int, share: float = 1.0) -> float:
    """Return the amount with which a section reaches a share of the threshold of a target; 0 without threshold."""
    target = level.targets[place]
    return 0.0 if target.threshold is None else share * target.threshold * section.pupils / target.per


def reaches(level: Level, section: Section, place: int, share: float = 1.0) -> bool:
    """Return whether a section reaches a share of the threshold; where less is better, stays within it."""
    if level.targets[place].at_most:
        most = needed(level, section, place, 1 / share) if share > 0 else float("inf")
        return level.targets[place].threshold is None or section.amounts[place] <= most + _EXACT * max(1.0, most)
    need = needed(level, section, place, share)
    return section.amounts[place] >= need - _EXACT * max(1.0, need)


def school_meets(level: Level, section: Section) -> bool:
    """Return whether a section meets enough targets and the floor in the others."""
    if level.least_met is None:
        return True
    judged = [place for place, target in enumerate(level.targets) if target.threshold is not None]
    met = sum(reaches(level, section, place) for place in judged)
    return met >= level.least_met and all(reaches(level, section, place, level.floor) for place in judged)


def opened_met(level: Level, section: Section) -> bool:
    """Return whether a section meets what can be asked of its open targets, the closed ones as they are."""
    if level.least_met is None:
        return True
    judged = [place for place, target in enumerate(level.targets) if target.threshold is not None]
    opened = [place for place in judged if level.targets[place].open]
    closed_met = sum(reaches(level, section, place) for place in judged if place not in opened)
    met = sum(reaches(level, section, place) for place in opened)
    floors = all(reaches(level, section, place, level.floor) for place in opened)
    return floors and met >= min(level.least_met - closed_met, len(opened))


def over_limit(county: County, *, weighted: bool) -> list[tuple[str, str, float, float]]:
    """Return (level, indicator, coefficient, limit) of each coefficient of an open target above its limit.

    Where a county has nothing of a resource, its coefficient means nothing and cannot be within a limit: infinite.
    """
    found = []
    for level in county.levels:
        for place, target in enumerate(level.targets):
            value = _or_infinite(coefficient(level, place, weighted=weighted))
            if target.open and target.limit is not None and value > target.limit * (1 + _EXACT):
                found.append((level.id, target.indicator, value, target.limit))
        total = _or_infinite(composite(level, weighted=weighted))
        if level.composite_limit is not None and total > level.composite_limit * (1 + _EXACT):
            found.append((level.id, "composite", total, level.composite_limit))
    return found


def _or_infinite(value: float | None) -> float:
    return float("inf") if value is None else value


def without_any(level: Level) -> list[int]:
    """Return the places of the targets whose coefficient is judged and of which no section has anything."""
    judged = [
        place
        for place, target in enumerate(level.targets)
        if level.composite_limit is not None or (target.open and target.limit is not None)
    ]
    return [place for place in judged if not any(section.amounts[place] for section in level.sections)]
