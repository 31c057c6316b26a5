"""Workbooks of invented schools as a statistics bureau hands them over, for tests of school data."""

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import openpyxl

HEADINGS = (
    "学校标识码", "学校名称", "县区", "办学类型", "城乡类型", "在校生数", "专任教师数", "高于规定学历教师数",
    "县级以上骨干教师数", "体育艺术专任教师数", "教学及辅助用房面积（平方米）", "体育运动场馆面积（平方米）",
    "教学仪器设备资产值（万元）", "网络多媒体教室数",
)  # fmt: skip

Row = list[Any]


def school(number: int, county: str = "临河县", changed: Mapping[str, Any] = MappingProxyType({})) -> Row:
    """Return a primary school that meets every threshold of the 2017 standard, but for what is changed."""
    pupils = 400 + 100 * number
    row: dict[str, Any] = {
        "学校标识码": f"2199{number:06d}",
        "学校名称": f"{county}第{number}小学",
        "县区": county,
        "办学类型": "小学",
        "城乡类型": "镇中心区" if number % 2 else "村庄",
        "在校生数": pupils,
        "专任教师数": round(pupils * 0.065),
        "高于规定学历教师数": round(pupils * 0.06),
        "县级以上骨干教师数": round(pupils * 0.02),
        "体育艺术专任教师数": round(pupils * 0.015),
        "教学及辅助用房面积（平方米）": pupils * 6,
        "体育运动场馆面积（平方米）": pupils * 9,
        "教学仪器设备资产值（万元）": pupils * 0.3,
        "网络多媒体教室数": round(pupils * 0.03),
    }
    row |= changed
    return [row[heading] for heading in HEADINGS]


def workbook(rows: Sequence[Row], headings: Sequence[str] = HEADINGS, sheet: str = "学校基本情况") -> bytes:
    """Return an xlsx with one sheet of schools."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(list(headings))
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
