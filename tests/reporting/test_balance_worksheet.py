import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from lxml import etree

from dudao.balance.compute import compute_balance
from dudao.balance.result import BalanceResult
from dudao.balance.standard import Method
from dudao.errors import WrongUseError
from dudao.pipelines.balance_standards import load_standard
from dudao.reporting.balance_worksheet import write_balance_worksheet
from dudao.tables.generate import NationSize, generate_schools

Recalculate = Callable[[Path], Path]


def one_county(*, blank: bool = False, name: str = "") -> pl.DataFrame:
    frame = pl.concat(generate_schools(NationSize(schools=24, counties=1, seed=5)))
    if blank:
        first = frame["school_id"][0]
        hole = pl.when(pl.col("school_id") == first).then(None).otherwise(pl.col("sports_area")).alias("sports_area")
        frame = frame.with_columns(hole)
    if name:
        frame = frame.with_columns(pl.lit(name).alias("school_name"))
    return frame.fill_null(0) if not blank else frame


def computed(frame: pl.DataFrame, standard: str, method: Method) -> BalanceResult:
    return compute_balance(frame, load_standard(standard), method=method)


def write(result: BalanceResult, path: Path) -> Path:
    write_balance_worksheet(path, result.counties, result.standard, result.method)
    return path


@pytest.fixture
def recalculate(tmp_path: Path) -> Recalculate:
    """Strip every cached value, so that what LibreOffice shows is what its own arithmetic found."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def run(path: Path) -> Path:
        bare = tmp_path / "bare.xlsx"
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
            for item in source.infolist():
                content = source.read(item)
                if item.filename.startswith("xl/worksheets/sheet"):
                    content = _without_cached_values(content)
                target.writestr(item, content)
        out = tmp_path / "out"
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(bare)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out / "bare.xlsx"

    return run


def _without_cached_values(sheet: bytes) -> bytes:
    root = etree.fromstring(sheet)
    space = {"m": root.nsmap[None]}
    for cell in root.iterfind(".//m:c", space):
        if cell.find("m:f", space) is not None:
            for value in cell.findall("m:v", space):
                cell.remove(value)
            cell.attrib.pop("t", "")
    return etree.tostring(root)


def cells(path: Path) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book
    }


@pytest.mark.parametrize(
    ("standard", "method", "blank"),
    [
        ("quality-2017", Method.WEIGHTED, True),
        ("quality-2017", Method.UNWEIGHTED, False),
        ("basic-2012", Method.WEIGHTED, False),
    ],
)
def test_what_libreoffice_recalculates_equals_what_was_computed(
    tmp_path: Path, recalculate: Recalculate, standard: str, method: Method, blank: bool
) -> None:
    result = computed(one_county(blank=blank), standard, method)
    path = write(result, tmp_path / "sheet.xlsx")
    ours, theirs = cells(path), cells(recalculate(path))
    assert ours.keys() == theirs.keys()
    numbers = 0
    for sheet, expected in ours.items():
        for place, value in expected.items():
            found = theirs[sheet].get(place)
            if isinstance(value, int | float):
                assert found == pytest.approx(value, rel=1e-9, abs=1e-9), f"{sheet}!{place}"
                numbers += 1
            elif value != "":
                assert found == value, f"{sheet}!{place}"
    assert numbers > 300


def test_ratios_means_and_coefficients_are_formulas(tmp_path: Path) -> None:
    result = computed(one_county(), "quality-2017", Method.WEIGHTED)
    book = openpyxl.load_workbook(write(result, tmp_path / "sheet.xlsx"))
    sheet = book["小学2024"]
    words = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for name in ("全县均值X", "标准差S", "差异系数S÷X", "差异系数是否达标", "达标学校数（所）"):
        assert str(sheet.cell(words[name], 6).value).startswith("=")
    assert str(sheet.cell(5, 6).value).startswith("=IF(")
    assert sheet.freeze_panes == "C5"
    assert book.sheetnames == ["汇总", "小学2024", "初中2024", "方法与来源"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    result = computed(one_county(name=name), "quality-2017", Method.WEIGHTED)
    book = openpyxl.load_workbook(write(result, tmp_path / "sheet.xlsx"))
    cell = book["小学2024"]["B5"]
    assert cell.value == name
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet2.xml"))
    [node] = sheet.iterfind(".//{*}c[@r='B5']")
    assert node.get("t") == "s"


def test_no_county_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError):
        write_balance_worksheet(tmp_path / "x.xlsx", (), load_standard("quality-2017"), Method.WEIGHTED)
