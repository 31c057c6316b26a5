"""Dates and document numbers that cannot be are named; those that can be are left alone."""

from typing import Any

import pytest

from dudao.claims.check import check_plain


def codes(text: str) -> list[str]:
    return [one.code for one in check_plain(text).findings]


@pytest.mark.parametrize(
    "text",
    ["截至2022年6月31日。", "2021年2月29日。", "2022年13月1日。", "2023—2021年实施。", "2022年9月至2022年3月开展。"],
)
def test_impossible_dates_and_periods_are_found(text: Any) -> None:
    assert "claims.date" in codes(text)


@pytest.mark.parametrize(
    "text",
    ["截至2022年6月30日。", "2020年2月29日。", "2019—2021年实施。", "2021年9月至2022年3月开展。", "2021-2022学年。"],
)
def test_dates_that_can_be_are_left_alone(text: Any) -> None:
    assert codes(text) == []


def test_a_document_number_later_than_the_report_is_found() -> None:
    assert codes("根据甲政教督〔2023〕5号要求开展自评。\n2022年9月1日\n") == ["claims.date"]
    assert codes("根据甲政教督〔2022〕5号要求开展自评。\n2022年9月1日\n") == []


@pytest.mark.parametrize(
    "number", ["甲政办（2022）5号", "甲政办[2022]5号", "甲政办〔2022〕第5号", "甲政办〔2022〕05号"]
)
def test_the_form_of_document_numbers_is_noted(number: Any) -> None:
    assert codes(f"按照{number}执行。") == ["claims.document_number"]
