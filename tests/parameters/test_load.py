"""What is wrong with a file of parameters is told at its place, all at once."""

from pathlib import Path

import pytest

from dudao.parameters.load import load_parameters

HEAD = "name: guards\ntitle: 保安员\nunit: 名\ndirection: at_least\nsource: {document: 某文件}\n"


def codes(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "guards.yaml").write_text(text, encoding="utf-8")
    _, issues = load_parameters(tmp_path)
    assert all(issue.location.file for issue in issues)
    return [issue.code for issue in issues]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{since: 2020-01-01, last_known: 2022-12-31}", "parameters.value_missing"),
        ("{value: 1, region: 辽宁, since: 2020-01-01, last_known: 2022-12-31}", "parameters.region"),
        ("{value: 1, since: 2020-01-01}", "parameters.end_missing"),
        ("{value: 1, since: 2020-01-01, until: 2019-12-31}", "parameters.dates"),
        ("{value: 1, since: 去年, last_known: 2022-12-31}", "parameters.not_a_day"),
    ],
)
def test_a_value_that_cannot_be_is_told(tmp_path: Path, value: str, code: str) -> None:
    assert code in codes(tmp_path, f"{HEAD}values:\n  - {value}\n")


def test_a_value_without_a_document_is_told_unless_it_is_unconfirmed(tmp_path: Path) -> None:
    head = HEAD.replace("source: {document: 某文件}\n", "")
    value = "values:\n  - {value: 1, since: 2020-01-01, last_known: 2022-12-31}\n"
    assert "parameters.source_missing" in codes(tmp_path, head + value)
    assert codes(tmp_path, head + "source: {status: unconfirmed}\n" + value) == []


def test_values_that_overlap_are_told_but_not_those_of_another_region(tmp_path: Path) -> None:
    first = "values:\n  - {value: 1, since: 2015-01-01, last_known: 2022-12-31}\n"
    again = "  - {value: 2, since: 2020-01-01, last_known: 2022-12-31}\n"
    elsewhere = '  - {value: 2, region: "210000", since: 2020-01-01, last_known: 2022-12-31}\n'
    assert codes(tmp_path, HEAD + first + again) == ["parameters.overlap"]
    assert codes(tmp_path, HEAD + first + elsewhere) == []


def test_a_parameter_written_twice_is_told_and_the_first_kept(tmp_path: Path) -> None:
    text = HEAD + "values:\n  - {value: 1, since: 2015-01-01, last_known: 2022-12-31}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text.replace("value: 1", "value: 9"), encoding="utf-8")
    found, issues = load_parameters(tmp_path)
    assert [issue.code for issue in issues] == ["parameters.duplicate"]
    assert found["guards"].values[0].number == 1


def test_a_parameter_without_name_or_use_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: 保安员\nvalues: []\n", encoding="utf-8")
    found, issues = load_parameters(tmp_path)
    assert found == {}
    assert len(issues) >= 2
