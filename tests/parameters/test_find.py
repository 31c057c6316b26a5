from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dudao.errors import WrongUseError
from dudao.parameters.find import regions_above, value_at
from dudao.parameters.load import VALUES, load_parameters, shipped_parameters
from dudao.parameters.model import Parameter
from dudao.provenance import SourceStatus

SMALL = """\
name: guards
title: 保安员
unit: 名
direction: at_least
source: {document: 某文件}
values:
  - {value: 1, since: 2015-01-01, until: 2019-12-31}
  - {value: 2, since: 2020-01-01, last_known: 2022-12-31}
  - {value: 3, region: "210000", region_name: 辽宁省, since: 2020-01-01, last_known: 2022-12-31}
  - value: 4
    region: "211100"
    region_name: 盘锦市
    since: 2021-01-01
    last_known: 2022-12-31
    source: {status: unconfirmed}
"""


def written(tmp_path: Path, text: str = SMALL) -> dict[str, Parameter]:
    (tmp_path / "guards.yaml").write_text(text, encoding="utf-8")
    found, issues = load_parameters(tmp_path)
    assert issues == []
    return found


@pytest.mark.parametrize(
    ("region", "day", "expected"),
    [
        ("211102", date(2022, 6, 30), 4),  # the county has none of its own: its city's
        ("211102", date(2020, 6, 30), 3),  # before the city had one: its province's
        ("330000", date(2020, 6, 30), 2),  # another province: the nation's
        ("211102", date(2019, 12, 31), 1),  # the last day of the former value
        ("211102", date(2014, 12, 31), None),
    ],
)
def test_the_nearest_region_with_a_value_on_that_day_counts(
    tmp_path: Path, region: str, day: date, expected: int | None
) -> None:
    found = value_at("guards", region, day, written(tmp_path))
    assert (found and found.number) == (None if expected is None else Decimal(expected))


def test_a_value_not_seen_since_warns_that_it_may_be_stale(tmp_path: Path) -> None:
    parameters = written(tmp_path)
    known = value_at("guards", "330000", date(2022, 12, 31), parameters)
    later = value_at("guards", "330000", date(2023, 1, 1), parameters)
    assert known is not None
    assert later is not None
    assert known.issues == ()
    assert [issue.code for issue in later.issues] == ["parameters.may_be_stale"]
    assert "2022-12-31" in later.issues[0].message


def test_an_unconfirmed_value_says_so(tmp_path: Path) -> None:
    found = value_at("guards", "211100", date(2022, 1, 1), written(tmp_path))
    assert found is not None
    assert [issue.code for issue in found.issues] == ["parameters.unconfirmed"]


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(WrongUseError) as refused:
        value_at("running_cost_primary_base", "000000", date(2022, 1, 1))
    assert "running_cost_base_primary" in refused.value.advice


def test_a_region_that_is_no_code_is_refused() -> None:
    with pytest.raises(WrongUseError, match="行政区划代码"):
        value_at("running_cost_base_primary", "辽宁", date(2022, 1, 1))


def test_regions_above_lead_to_the_nation() -> None:
    assert regions_above("211102") == ("211102", "211100", "210000", "000000")
    assert regions_above("210000") == ("210000", "000000")
    assert regions_above("000000") == ("000000",)


def test_the_files_that_ship_are_sound_and_every_value_has_a_source() -> None:
    parameters, issues = load_parameters(VALUES)
    assert issues == []
    for parameter in parameters.values():
        assert parameter.values
        for value in parameter.values:
            assert value.source.document or value.source.status is SourceStatus.UNCONFIRMED
            assert value.region_name


@pytest.mark.parametrize(
    ("name", "region", "day", "expected"),
    [
        ("running_cost_base_primary", "000000", date(2021, 9, 1), 650),
        ("running_cost_base_junior", "211102", date(2022, 9, 1), 1050),
        ("running_cost_base_primary", "000000", date(2023, 9, 1), 720),
        ("running_cost_boarding_extra", "000000", date(2023, 9, 1), 300),
        ("running_cost_base_special", "000000", date(2023, 9, 1), 7000),
        ("large_class_from", "210900", date(2022, 6, 30), 56),
        ("oversize_class_from", "210900", date(2022, 6, 30), 66),
        ("fitness_good_rate_target", "000000", date(2023, 1, 1), 50),
        ("public_kindergarten_share", "210300", date(2025, 6, 1), 55),
        ("public_kindergarten_share", "210900", date(2022, 6, 1), 50),
        ("reply_deadline", "500101", date(2022, 6, 1), 5),
        ("review_request_deadline", "370100", date(2022, 6, 1), 15),
    ],
)
def test_values_that_ship(name: str, region: str, day: date, expected: int) -> None:
    found = value_at(name, region, day)
    assert found is not None
    assert found.number == expected


def test_the_unsettled_running_costs_of_2023_are_marked() -> None:
    found = value_at("running_cost_base_primary", "000000", date(2023, 9, 1))
    assert found is not None
    assert [issue.code for issue in found.issues] == ["parameters.unconfirmed"]


def test_a_text_is_no_number() -> None:
    found = value_at("first_lesson_primary", "000000", date(2022, 9, 1))
    assert found is not None
    assert found.value.text == "8:20"
    with pytest.raises(ValueError, match="not a number"):
        _ = found.number


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("direction: at_least", "direction: atleast").replace("until: 2019-12-31", "until: 2020-06-30")
    text = text.replace('region: "210000"', "region: 辽宁").replace("value: 1,", "valeu: 1,")
    (tmp_path / "guards.yaml").write_text(text, encoding="utf-8")
    _, issues = load_parameters(tmp_path)
    assert {issue.code for issue in issues} == {
        "parameters.unknown_value",
        "parameters.unknown_key",
        "parameters.value_missing",
        "parameters.region",
        "parameters.overlap",
    }
    assert all(issue.location.line for issue in issues)


def test_shipped_parameters_are_loaded_once() -> None:
    assert shipped_parameters() is shipped_parameters()
