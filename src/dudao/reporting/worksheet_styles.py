"""The cell formats of the worksheets, as forms of offices have them: 宋体, thin borders, failing cells shaded."""

from typing import Any


class Styles:
    """Formats made once for a workbook; XlsxWriter numbers them in the order they are made."""

    def __init__(self, book: Any) -> None:
        body = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
        foot = {**body, "bold": True, "bg_color": "#F3F5F8"}

        def style(base: dict[str, Any], **more: Any) -> Any:
            return book.add_format({**base, **more})

        self.title = style({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        self.unit_line = style({"font_name": "宋体", "font_size": 10, "align": "right", "valign": "vcenter"})
        self.head = style(body, bold=True, align="center", text_wrap=True, bg_color="#EDF1F5")
        self.text = style(body, align="left", text_wrap=True)
        self.centre = style(body, align="center")
        self.missing = style(body, align="right", font_color="#5B6878")
        self.whole = style(body, num_format="0")
        self.amount = style(body, num_format="#,##0")
        self.fraction = style(body, num_format="#,##0.00")
        self.value = style(body, num_format="#,##0.00")
        self.square = style(body, num_format="#,##0.00")
        self.percent = style(body, num_format="0.0%")
        self.coefficient = style(body, num_format="0.000")
        self.limit = style(body, num_format="0.00")
        self.foot = style(foot, num_format="#,##0")
        self.foot_head = style(foot, align="center")
        self.foot_centre = style(foot, align="center")
        self.foot_value = style(foot, num_format="#,##0.00")
        self.foot_coefficient = style(foot, num_format="0.000")
        self.foot_limit = style(foot, num_format="0.00")
        self.note = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})
        self.failing = book.add_format({"bg_color": "#F0BEB9", "bold": True, "font_color": "#7A1712"})
