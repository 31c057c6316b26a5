"""Every town one central public kindergarten, every street one public or inclusive kindergarten."""

import pytest

from dudao.balance.duties.preschool import Kindergarten
from dudao.balance.duties.town_kindergartens import town_kindergartens

PUBLIC = Kindergarten("甲镇中心幼儿园", 200, True, town="甲镇", central=True)
PRIVATE = Kindergarten("乙乡童星幼儿园", 100, False, True, town="乙乡", central=False)
STREET = Kindergarten("城关普惠园", 100, False, True, town="城关街道", central=False)


def told(kindergartens: list[Kindergarten], *, towns: int | None, streets: int | None = 1) -> dict[str, object]:
    return {
        each.name: each.value
        for each in town_kindergartens("某县", "2024", kindergartens, towns=towns, streets=streets)
    }


def test_a_town_with_only_a_private_kindergarten_lacks_one_and_an_inclusive_one_serves_a_street() -> None:
    assert told([PUBLIC, PRIVATE, STREET], towns=2) == {
        "townships_with_central_kindergarten": 1,
        "townships_without_central_kindergarten": 1,
        "townships_without_central_kindergarten_met": False,
        "streets_with_kindergarten": 1,
        "streets_without_kindergarten": 0,
        "streets_without_kindergarten_met": True,
    }


@pytest.mark.parametrize(
    ("towns", "missing", "met"), [(1, 0, True), (3, 2, False), (None, None, None), (0, None, None)]
)
def test_towns_without_any_kindergarten_are_known_from_the_number_of_towns(
    towns: int | None, missing: int | None, met: bool | None
) -> None:
    """With 0 towns told and one listed the number cannot be right, so that nothing follows from it."""
    found = told([PUBLIC], towns=towns)
    assert found["townships_without_central_kindergarten"] == missing
    assert found["townships_without_central_kindergarten_met"] is met


def test_a_listed_town_without_one_is_enough_to_miss() -> None:
    found = told([PUBLIC, PRIVATE], towns=None)
    assert found["townships_without_central_kindergarten"] is None
    assert found["townships_without_central_kindergarten_met"] is False


def test_a_kindergarten_of_no_town_or_unknown_standing_leaves_it_open() -> None:
    nowhere = Kindergarten("某园", 50, True, central=True)
    assert told([PUBLIC, PRIVATE, nowhere], towns=2)["townships_without_central_kindergarten_met"] is None
    unknown = Kindergarten("丙园", 50, True, town="丙乡")
    assert told([PUBLIC, unknown], towns=2)["townships_without_central_kindergarten_met"] is None


def test_without_any_town_nothing_is_told() -> None:
    assert not told([Kindergarten("某园", 50, True)], towns=3)
