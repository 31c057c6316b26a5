"""Values of cells as a sheet shows them."""

import datetime

import pytest

from dudao.documents.workbook import CellValue, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (False, "否"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (38.62, "38.62"),
        (datetime.datetime(2024, 3, 1), "2024-03-01"),
        (datetime.datetime(2024, 3, 1, 8, 30), "2024-03-01 08:30:00"),
        (datetime.date(2024, 3, 1), "2024-03-01"),
        (datetime.time(8, 30), "08:30:00"),
        ("教育局\r\n财政局\t ", "教育局\n财政局"),
    ],
)
def test_a_value_is_shown_as_people_read_it(value: CellValue, text: str) -> None:
    assert shown(value, None) == text
