"""Kindergartens in every town (每个乡镇至少一所公办中心园；街道至少一所公办园或普惠性幼儿园)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, exact, fact
from dudao.balance.duties.preschool import SOURCE, Kindergarten

_STREETS = ("街道", "街道办事处", "街道办")


def town_kindergartens(
    place: str, period: str, kindergartens: Iterable[Kindergarten], *, towns: Number, streets: Number
) -> tuple[Fact, ...]:
    """Return how many towns and streets have the kindergarten they must have; nothing where no town is named.

    A town without any kindergarten stands in no list of kindergartens: how many lack one is known only with the
    number of all towns. That one is lacking is known as soon as a town on the list has none.

    Args:
        place: the county.
        period: the school year.
        kindergartens: every kindergarten of the county.
        towns: how many towns (乡、镇) the county has.
        streets: how many streets (街道) it has.
    """
    by_town: dict[str, list[Kindergarten]] = defaultdict(list)
    for each in kindergartens:
        by_town[each.town.strip()].append(each)
    unplaced = bool(by_town.pop("", None))
    if not by_town:
        return ()
    where = Where(place, period)
    rural = {town: _any(map(_central, found)) for town, found in by_town.items() if not town.endswith(_STREETS)}
    urban = {town: _any(map(_open_to_all, found)) for town, found in by_town.items() if town.endswith(_STREETS)}
    return (
        *_covered(where, "townships", "central_kindergarten", "乡镇", "公办中心园", rural, towns, unplaced=unplaced),
        *_covered(where, "streets", "kindergarten", "街道", "公办园或普惠性幼儿园", urban, streets, unplaced=unplaced),
    )


def _central(each: Kindergarten) -> bool | None:
    if each.public is False or each.central is False:
        return False
    return None if each.public is None or each.central is None else True


def _open_to_all(each: Kindergarten) -> bool | None:
    if each.public or each.inclusive:
        return True
    return None if each.public is None or each.inclusive is None else False


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    told = list(verdicts)
    return True if True in told else None if None in told else False


def _covered(
    where: Where,
    units: str,
    what: str,
    unit_words: str,
    what_words: str,
    verdicts: Mapping[str, bool | None],
    number: Number,
    *,
    unplaced: bool,
) -> Iterable[Fact]:
    """Yield how many have one, how many lack one, and whether all have."""
    every = exact(number)
    if not verdicts and not every:
        return
    with_one = sum(verdict is True for verdict in verdicts.values())
    lacking = [town for town, verdict in verdicts.items() if verdict is False and not unplaced]
    sure = None not in verdicts.values() and not unplaced
    unlisted = None if every is None or every < len(verdicts) else every - len(verdicts)
    missing = len(lacking) + unlisted if sure and unlisted is not None else None
    told = f"名单上没有的：{'、'.join(lacking)}" if lacking else f"有{what_words}的{unit_words}数"
    if every is None:
        told += f"；没有填写{unit_words}数，不知道有没有一所园也没有的{unit_words}"
    elif unlisted is None:
        told += f"；填写的{unit_words}数少于名单上的{len(verdicts)}个，请核对"
    yield fact(where, f"{units}_with_{what}", with_one if sure else None, unit="个", method=told, source=SOURCE)
    words = f"{unit_words}数－有{what_words}的{unit_words}数"
    yield fact(where, f"{units}_without_{what}", missing, unit="个", method=words, source=SOURCE)
    met = False if lacking or missing else True if missing == 0 else None
    yield fact(where, f"{units}_without_{what}_met", met, method=f"每个{unit_words}至少一所{what_words}", source=SOURCE)
