"""The tables of an imported file as they are shown beside the draft: merged cells, blanks, a window on long tables."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dudao.issues import Location
from dudao.scheme.table_import.grid import PlainTable, TableCell, table_of_rows
from dudao.web.evaluations.draft_tree import Line
from dudao.web.evaluations.models import SchemeOriginal
from dudao.web.evaluations.originals import OriginalRow, original_of, original_page


def line(key: str, path: str) -> Line:
    return Line(path, 0, False, key, key, "", "", False, "")


def kept(tables: Sequence[PlainTable], places: dict[str, tuple[str, int]]) -> SchemeOriginal:
    found = {key: Location("表.docx", sheet=sheet, row=row) for key, (sheet, row) in places.items()}
    original = original_of("表.docx", tables, found, {})
    return SchemeOriginal(file_name="表.docx", tables=original.tables, places=original.places, doubts=original.doubts)


def covered(rows: Sequence[OriginalRow]) -> list[int]:
    """Return how many places each row fills, cells from above included, as a browser lays them out."""
    counts = [0] * len(rows)
    for number, row in enumerate(rows):
        for _text, tall, wide in row.cells:
            for place in range(number, number + tall):
                counts[place] += wide
    return counts


def test_a_merged_cell_is_one_cell_over_its_rows() -> None:
    cells = (TableCell("一", 0, 0, 2, 1), TableCell("甲", 0, 1), TableCell("乙", 1, 1), TableCell("合计", 2, 0, 1, 2))
    page = original_page(kept([PlainTable(3, 2, cells, "表1")], {"1": ("表1", 1)}), [line("1", "0")], (), "0", "")
    assert page is not None
    assert [row.cells for row in page.rows] == [[("一", 2, 1), ("甲", 1, 1)], [("乙", 1, 1)], [("合计", 1, 2)]]
    assert [(row.number, row.path, row.chosen) for row in page.rows] == [(1, "0", True), (2, "", False), (3, "", False)]


def test_a_long_table_is_shown_around_the_row_with_the_cells_that_began_above() -> None:
    cells = (TableCell("一级", 0, 0, 1000, 1), *(TableCell(f"第{row}行", row, 1) for row in range(1000)))
    page = original_page(kept([PlainTable(1000, 2, cells, "表1")], {"1": ("表1", 501)}), [line("1", "0")], (), "0", "")
    assert page is not None
    assert page.hidden == (420, 280)
    assert page.rows[0].cells == [("一级", 300, 1), ("第420行", 1, 1)]
    assert [row.number for row in page.rows if row.chosen] == [501]


def test_the_table_of_the_line_is_shown_and_tables_without_indicators_are_left_out() -> None:
    tables = [table_of_rows([["说明"]], "表1"), table_of_rows([["甲"]], "表2"), table_of_rows([["乙"]], "表3")]
    original = kept(tables, {"1": ("表2", 1), "2": ("表3", 1)})
    page = original_page(original, [line("1", "0"), line("2", "1")], (), "1", "")
    assert page is not None
    assert (page.name, page.tables) == ("表3", [(1, "表2"), (2, "表3")])
    first = original_page(original, [], (), "", "0")
    assert first is not None
    assert first.name == "表2"


def test_a_file_of_which_no_place_is_known_is_not_shown() -> None:
    assert original_page(kept([table_of_rows([["甲"]], "表1")], {}), [], (), "", "") is None


@given(st.data())
def test_every_row_fills_all_columns_whatever_is_merged(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 5))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for _ in range(data.draw(st.integers(0, 12))):
        if not free:
            break
        row, column = data.draw(st.sampled_from(sorted(free)))
        tall, wide = data.draw(st.integers(1, rows - row)), data.draw(st.integers(1, columns - column))
        own = {(row + down, column + right) for down in range(tall) for right in range(wide)}
        if own <= free:
            free -= own
            cells.append(TableCell("字", row, column, tall, wide))
        else:
            free.discard((row, column))
    shown = original_page(kept([PlainTable(rows, columns, tuple(cells), "表1")], {"1": ("表1", 1)}), [], (), "", "")
    assert shown is not None
    assert covered(shown.rows) == [columns] * rows
