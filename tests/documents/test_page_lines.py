"""Which lines of a printed page go on in the next."""

import pytest

from dudao.documents.page_lines import PageLine


def line(text: str, *, room: float, indent: float = 0.0, full: bool = False) -> PageLine:
    made = PageLine(text)
    made.room, made.indent, made.full = room, indent, full
    return made


@pytest.mark.parametrize(
    ("before", "room", "full", "after", "indent", "goes_on"),
    [
        ("各级政府足额安排经费保障学校运转", 0.4, False, "和教师待遇。", 0.0, True),
        ("各级政府足额安排经费保障学校运转", 5.0, False, "和教师待遇。", 0.0, False),
        ("小学、初中、高中分别为", 6.5, True, "32.1%、66.4%、78.5%。", 0.0, True),
        ("小学、初中、高中分别为", 6.5, False, "32.1%、66.4%、78.5%。", 0.0, False),  # where nothing is indented
        ("小学、初中、高中分别为", 6.5, True, "32.1%、66.4%、78.5%。", 2.0, False),
        ("小学、初中、高中分别为32.1%、66.4%、78.5%。", 6.5, True, "全县学校", 0.0, False),
        ("各乡镇、县直各有关部门：", 9.0, True, "现将有关事项通知如下", 0.0, False),
    ],
)
def test_a_line_goes_on(before: str, room: float, full: bool, after: str, indent: float, goes_on: bool) -> None:
    assert line(before, room=room, full=full).goes_on_in(line(after, room=0.0, indent=indent)) is goes_on
