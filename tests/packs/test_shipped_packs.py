"""Every pack that ships is sound, and those with known points carry them as the documents print them."""

from decimal import Decimal

import pytest

from dudao.packs.find import PackEntry, find_packs, load_pack
from dudao.pipelines.check_scheme import check_pack
from dudao.scheme.checks.points import counted_points

PACKS = find_packs()


@pytest.mark.parametrize("entry", PACKS, ids=lambda entry: str(entry.id))
def test_scheme_check_says_nothing_on_a_shipped_pack(entry: PackEntry) -> None:
    assert check_pack(entry.folder).issues == ()


@pytest.mark.parametrize("entry", PACKS, ids=lambda entry: str(entry.id))
def test_every_number_has_its_source_or_is_marked_unconfirmed(entry: PackEntry) -> None:
    for point in load_pack(entry.id).points():
        assert point.source.document
        if point.full_points is not None:
            assert point.source.document or point.source.status == "unconfirmed"


@pytest.mark.parametrize(
    ("scheme_id", "groups"),
    [
        (
            "liaoning-city-2022",
            {"1": [4, 8, 5], "2": [8, 10, 8, 10, 3, 5], "3": [13, 4, 3], "4": [6, 8, 5]},
        ),
        (
            "panjin-county-2023",
            {"1": [5, 8, 15, 4, 10, 6, 15], "2": [14, 8, 5, 4, 6]},
        ),
    ],
)
def test_second_level_points_are_those_of_the_documents(scheme_id: str, groups: dict[str, list[int]]) -> None:
    scheme = load_pack(scheme_id)
    found = {group.id: [child.full_points for child in group.children] for group in scheme.indicators}
    assert found == {key: [Decimal(points) for points in values] for key, values in groups.items()}
    assert counted_points(scheme.indicators) == 100


@pytest.mark.parametrize(
    ("scheme_id", "leaves"),
    [("liaoning-city-2022", 15), ("panjin-county-2023", 31), ("quality-2017", 32), ("preschool-2020", 21)],
)
def test_the_number_of_leaves_is_that_of_the_documents(scheme_id: str, leaves: int) -> None:
    assert sum(1 for _ in load_pack(scheme_id).points()) == leaves


def test_the_parts_of_the_national_standards_have_their_number_of_indicators() -> None:
    assert [len(part.children) for part in load_pack("quality-2017").indicators] == [7, 15, 9, 1]
    assert [len(part.children) for part in load_pack("preschool-2020").indicators] == [3, 11, 6, 1]


def test_ningxia_grades_are_half_open_and_meet() -> None:
    bands = [(band.name, band.low, band.high) for band in load_pack("ningxia-city-2019").grades]
    assert bands == [
        ("优秀", Decimal(90), None),
        ("良好", Decimal(80), Decimal(90)),
        ("合格", Decimal(65), Decimal(80)),
        ("不合格", None, Decimal(65)),
    ]
