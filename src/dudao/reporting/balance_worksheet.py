"""The worksheet by which a person checks a balance computation: live formulas from each school to the verdict."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from dudao.balance.model import CountyResult, LevelResult, SchoolResult
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Direction, Method, ResourceIndicator
from dudao.errors import WrongUseError
from dudao.reporting.balance_words import METHOD_WORDS, exclusion_lines, method_lines
from dudao.reporting.worksheet_styles import Styles

_MOST_COUNTIES = 40
_HEAD = 4
"""Rows above the first school: title, unit line, two heading rows."""
_FIXED = 4
"""Columns before the first indicator: 序号, 学校, 标识码, 学生数."""
_TOLERANCE = "1E-9"


def write_balance_worksheet(
    path: Path, counties: Sequence[CountyResult], standard: BalanceStandard, method: Method
) -> None:
    """Write one sheet for each county and level, one summary and one sheet of method and sources.

    The counties must hold all their schools (computed with detail). Texts from the data are written as texts even
    when they begin like formulas.

    Raises:
        WrongUseError: there are no counties, or more than a workbook can be read with.
    """
    if not counties:
        raise WrongUseError("没有可写入计算表的县区。")
    if len(counties) > _MOST_COUNTIES:
        raise WrongUseError(
            f"共 {len(counties)} 个县区，一本计算表放不下（最多 {_MOST_COUNTIES} 个）。",
            advice="请先用 --region 选出要核对的县区。",
        )
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_calc_mode("auto")
        styles = Styles(book)
        summary = book.add_worksheet("汇总")
        sheets: list[LevelSheet] = []
        for county in counties:
            for level, result in county.levels.items():
                schools = [school for school in county.schools if school.level == level]
                if schools:
                    name = _sheet_name(county, level, single=len(counties) == 1, taken=[each.name for each in sheets])
                    sheets.append(LevelSheet(book, styles, name, county, result, schools, standard, method))
        _write_summary(summary, styles, sheets, standard, method)
        _write_method(book.add_worksheet("方法与来源"), styles, counties, standard, method)


def _sheet_name(county: CountyResult, level: str, *, single: bool, taken: list[str]) -> str:
    year = f"{county.year}" if county.year else ""
    name = f"{LEVEL_NAMES[level]}{year}" if single else f"{county.name or county.region}{LEVEL_NAMES[level]}{year}"
    for sign in "[]:*?/\\'":
        name = name.replace(sign, "")
    name = name[:28] or LEVEL_NAMES[level]
    if name in taken:
        name = f"{name[:24]}_{len(taken)}"
    return name


class LevelSheet:
    """The sheet of one level of one county: schools downward, indicators to the right, the arithmetic below."""

    def __init__(
        self,
        book: Any,
        styles: Styles,
        name: str,
        county: CountyResult,
        result: LevelResult,
        schools: Sequence[SchoolResult],
        standard: BalanceStandard,
        method: Method,
    ) -> None:
        self.name, self.county, self.result, self.schools = name, county, result, schools
        self.standard, self.method, self.styles = standard, method, styles
        self.sheet = book.add_worksheet(name)
        self.first, self.last = _HEAD, _HEAD + len(schools) - 1
        self.by_pupils = all(
            own.denominator is None or own.denominator == school.pupils
            for school in schools
            for own in school.indicators
        )
        self.judged = [place for place, each in enumerate(result.indicators) if each.threshold is not None]
        self.rows = self._rows_below()
        self._write_heading()
        for number, school in enumerate(schools):
            self._write_school(number, school)
        self._write_foot()
        self._set_page()

    def _rows_below(self) -> dict[str, int]:
        names = ["total", "mean"]
        if self.judged:
            names += ["threshold", "floor", "schools_met"]
        names += ["deviation", "coefficient", "limit", "met"]
        return {name: self.last + 1 + place for place, name in enumerate(names)}

    def column(self, place: int, part: int) -> int:
        """Return the column of an indicator's part: 0 amount, 1 denominator, 2 value, 3 weighted square.

        Where every denominator is the number of pupils, that column stands for all of them.
        """
        if not self.by_pupils:
            return _FIXED + 4 * place + part
        return _FIXED - 1 if part == 1 else _FIXED + 3 * place + max(0, part - 1)

    def reference(self, row: str, place: int, part: int = 2) -> str:
        """Return the absolute reference to a row below the schools."""
        cell: str = xl_rowcol_to_cell(self.rows[row], self.column(place, part), row_abs=True, col_abs=True)
        return cell

    def span(self, column: int) -> str:
        """Return the absolute range of a column over the schools."""
        letters = xl_col_to_name(column)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    def _end(self) -> int:
        return self.column(len(self.result.indicators), 0)

    def _write_heading(self) -> None:
        styles, sheet = self.styles, self.sheet
        year = f"{self.county.year}年" if self.county.year else ""
        place = self.county.name or self.county.region
        title = f"{place}{year}{LEVEL_NAMES[self.result.level]}资源配置与差异系数计算表"
        end = self._end() + (2 if self.judged else -1)
        sheet.merge_range(0, 0, 0, end, "", styles.title)
        sheet.write_string(0, 0, title, styles.title)
        sheet.merge_range(1, 0, 1, end, "", styles.unit_line)
        line = f"标准：{self.standard.name}（{self.standard.source.number}）　　方法：{METHOD_WORDS[self.method]}"
        sheet.write_string(1, 0, line, styles.unit_line)
        for column, words in enumerate(("序号", "学校名称", "学校标识码", "学生数n（人）")):
            sheet.merge_range(2, column, 3, column, words, styles.head)
        for number, indicator in enumerate(self.standard.indicators):
            start = self.column(number, 0)
            sheet.merge_range(
                2, start, 2, self.column(number, 3), f"{number + 1}. {indicator.name}（{indicator.unit}）", styles.head
            )
            square = "n(x−X)²" if self.method is Method.WEIGHTED else "(x−X)²"
            for part, words in enumerate(("总量", "分母", "指标值x", square)):
                if part != 1 or not self.by_pupils:
                    sheet.write_string(3, self.column(number, part), words, styles.head)
        if self.judged:
            for offset, words in enumerate(("达标项数", "最低项占标准", "判定")):
                sheet.merge_range(2, self._end() + offset, 3, self._end() + offset, words, styles.head)

    def _write_school(self, number: int, school: SchoolResult) -> None:
        row, sheet, styles = self.first + number, self.sheet, self.styles
        sheet.write_number(row, 0, number + 1, styles.whole)
        sheet.write_string(row, 1, school.school_name, styles.text)
        sheet.write_string(row, 2, school.school_id, styles.text)
        sheet.write_number(row, 3, school.pupils, styles.amount)
        for place, (indicator, own) in enumerate(zip(self.standard.indicators, school.indicators, strict=True)):
            amount, under, value, square = (xl_rowcol_to_cell(row, self.column(place, part)) for part in range(4))
            self._number_or_blank(row, self.column(place, 0), own.numerator)
            if not self.by_pupils:
                self._denominator(row, self.column(place, 1), own.denominator, school.pupils)
            known = f"AND(ISNUMBER({amount}),ISNUMBER({under}))"
            formula = f'=IF({known},IF({under}>0,{amount}*{indicator.per:.15g}/{under},""),"")'
            sheet.write_formula(value, formula, styles.value, _cached(own.value))
            weight = f"$D{row + 1}*" if self.method is Method.WEIGHTED else ""
            mean = self.reference("mean", place)
            result = self.result.indicators[place]
            cached: float | str = ""
            if own.value is not None and result.mean is not None:
                times = school.pupils if self.method is Method.WEIGHTED else 1.0
                cached = times * (own.value - result.mean) ** 2
            formula = f'=IF(AND(ISNUMBER({value}),ISNUMBER({mean})),{weight}({value}-{mean})^2,"")'
            sheet.write_formula(square, formula, styles.square, cached)
        if self.judged:
            self._write_judgement(row, school)

    def _number_or_blank(self, row: int, column: int, number: float | None) -> None:
        if number is None:
            self.sheet.write_string(row, column, "—", self.styles.missing)
        else:
            style = self.styles.amount if number == int(number) else self.styles.fraction
            self.sheet.write_number(row, column, number, style)

    def _denominator(self, row: int, column: int, denominator: float | None, pupils: float) -> None:
        if denominator is not None and denominator == pupils:
            self.sheet.write_formula(row, column, f"=$D{row + 1}", self.styles.amount, pupils)
        else:
            self._number_or_blank(row, column, denominator)

    def _write_judgement(self, row: int, school: SchoolResult) -> None:
        values = {place: xl_rowcol_to_cell(row, self.column(place, 2)) for place in self.judged}
        met = [f"IF(ISNUMBER({cell}),IF({self._reaches(place, cell)},1,0),0)" for place, cell in values.items()]
        count, lowest, verdict = (self._end() + offset for offset in range(3))
        self.sheet.write_formula(row, count, "=" + "+".join(met), self.styles.whole, school.met_count)
        shares = []
        for place, cell in values.items():
            threshold = self.reference("threshold", place)
            at_least = self.standard.indicators[place].direction is Direction.AT_LEAST
            shares.append(f"{cell}/{threshold}" if at_least else f"{threshold}/{cell}")
        complete = ",".join(f"ISNUMBER({cell})" for cell in values.values())
        cached = _lowest_share(school, self.standard)
        self.sheet.write_formula(
            row, lowest, f'=IF(AND({complete}),MIN({",".join(shares)}),"缺数")', self.styles.percent, cached
        )
        rule = self.standard.school_rule
        if rule is None:
            self.sheet.write_string(row, verdict, "—", self.styles.missing)
            return
        count_cell, lowest_cell = xl_rowcol_to_cell(row, count), xl_rowcol_to_cell(row, lowest)
        needed = min(rule.at_least, len(self.judged))
        floor = f",{lowest_cell}>={rule.floor:.15g}*(1-{_TOLERANCE})" if rule.floor is not None else ""
        formula = f'=IF(ISNUMBER({lowest_cell}),IF(AND({count_cell}>={needed}{floor}),"达标","未达标"),"数据不全")'
        words = {"met": "达标", "not_met": "未达标", "incomplete": "数据不全"}[school.verdict.value]
        self.sheet.write_formula(row, verdict, formula, self.styles.centre, words if cached != "缺数" else "数据不全")

    def _reaches(self, place: int, cell: str) -> str:
        threshold = self.reference("threshold", place)
        if self.standard.indicators[place].direction is Direction.AT_LEAST:
            return f"{cell}>={threshold}*(1-{_TOLERANCE})"
        return f"{cell}<={threshold}*(1+{_TOLERANCE})"

    def _write_foot(self) -> None:
        words = {
            "total": "合计",
            "mean": "全县均值X",
            "threshold": "达标值",
            "floor": "余项最低值",
            "schools_met": "达标学校数（所）",
            "deviation": "标准差S",
            "coefficient": "差异系数S÷X",
            "limit": "差异系数限值",
            "met": "差异系数是否达标",
        }
        for name, row in self.rows.items():
            self.sheet.merge_range(row, 0, row, 2, words[name], self.styles.foot_head)
            self.sheet.write_blank(row, 3, None, self.styles.foot)
            for column in range(_FIXED, self._end() + (3 if self.judged else 0)):
                self.sheet.write_blank(row, column, None, self.styles.foot)
        self.sheet.write_formula(
            self.rows["total"], 3, f"=SUM({self.span(3)})", self.styles.foot, sum(s.pupils for s in self.schools)
        )
        for place, indicator in enumerate(self.standard.indicators):
            self._write_foot_of(place, indicator)

    def _write_foot_of(self, place: int, indicator: ResourceIndicator) -> None:
        result, styles, sheet = self.result.indicators[place], self.styles, self.sheet
        amounts, unders, values, squares = (self.span(self.column(place, part)) for part in range(4))
        own = [each.indicators[place] for each in self.schools]

        def put(row: str, formula: str, style: Any, cached: float | str | None, part: int = 2) -> None:
            sheet.write_formula(self.rows[row], self.column(place, part), formula, style, _cached(cached))

        put("total", f"=SUM({amounts})", styles.foot, sum(each.numerator or 0.0 for each in own), 0)
        if not self.by_pupils:
            under_total = sum(each.denominator or 0.0 for each in own)
            put("total", f"=SUM({unders})", styles.foot, under_total, 1)
        top, under = self.reference("total", place, 0), self.reference("total", place, 1)
        complete = f"COUNT({values})=ROWS({values})"
        mean = f"{top}*{indicator.per:.15g}/{under}" if self.method is Method.WEIGHTED else f"AVERAGE({values})"
        put(
            "mean",
            f'=IF({complete},{mean},"缺数")',
            styles.foot_value,
            result.mean if result.mean is not None else "缺数",
        )
        mean_cell = self.reference("mean", place)
        count = f"SUM({self.span(3)})" if self.method is Method.WEIGHTED else f"COUNT({values})"
        total_square = None if result.deviation is None else result.deviation**2 * self._weight()
        put("total", f"=SUM({squares})", styles.square, total_square, 3)
        deviation = f'=IF(ISNUMBER({mean_cell}),SQRT({self.reference("total", place, 3)}/{count}),"缺数")'
        put("deviation", deviation, styles.foot_value, result.deviation if result.deviation is not None else "缺数")
        ratio = f'IF({mean_cell}>0,{self.reference("deviation", place)}/{mean_cell},"无法计算")'
        coefficient = f'=IF(ISNUMBER({mean_cell}),{ratio},"缺数")'
        cached = result.coefficient if result.coefficient is not None else "缺数"
        put("coefficient", coefficient, styles.foot_coefficient, cached)
        if result.threshold is not None:
            sheet.write_number(self.rows["threshold"], self.column(place, 2), result.threshold, styles.foot_value)
            self._write_floor(place, indicator, result.threshold)
            tests = f"{values}>={self.reference('threshold', place)}*(1-{_TOLERANCE})"
            if indicator.direction is Direction.AT_MOST:
                tests = f"{values}<={self.reference('threshold', place)}*(1+{_TOLERANCE})"
            put("schools_met", f"=SUMPRODUCT(ISNUMBER({values})*({tests}))", styles.foot, float(result.schools_met))
        if result.limit is not None:
            sheet.write_number(self.rows["limit"], self.column(place, 2), result.limit, styles.foot_limit)
            cell, limit = self.reference("coefficient", place), self.reference("limit", place)
            met = "是" if result.met else "无法判断" if result.met is None else "否"
            put(
                "met",
                f'=IF(ISNUMBER({cell}),IF({cell}<={limit}*(1+{_TOLERANCE}),"是","否"),"无法判断")',
                styles.foot_centre,
                met,
            )
            over = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}>{limit})", "format": styles.failing}
            sheet.conditional_format(
                self.rows["coefficient"], self.column(place, 2), self.rows["coefficient"], self.column(place, 2), over
            )
        self._shade(place, indicator)

    def _width(self, place: int, part: int) -> float:
        """Return a width in which the largest number of a column can be read."""
        own = [each.indicators[place] for each in self.schools]
        result = self.result.indicators[place]
        largest = {
            0: sum(each.numerator or 0.0 for each in own),
            1: sum(each.denominator or 0.0 for each in own),
            2: max((each.value or 0.0 for each in own), default=0.0),
            3: (result.deviation or 0.0) ** 2 * self._weight(),
        }[part]
        return float(max(6.5, len(f"{largest:,.0f}") + {0: 3.0, 1: 1.5, 2: 4.5, 3: 4.0}[part]))

    def _weight(self) -> float:
        return sum(each.pupils for each in self.schools) if self.method is Method.WEIGHTED else float(len(self.schools))

    def _write_floor(self, place: int, indicator: ResourceIndicator, threshold: float) -> None:
        rule = self.standard.school_rule
        if rule is None or rule.floor is None:
            return
        sign, floor = (
            ("*", threshold * rule.floor)
            if indicator.direction is Direction.AT_LEAST
            else ("/", threshold / rule.floor)
        )
        formula = f"={self.reference('threshold', place)}{sign}{rule.floor:.15g}"
        self.sheet.write_formula(self.rows["floor"], self.column(place, 2), formula, self.styles.foot_value, floor)

    def _shade(self, place: int, indicator: ResourceIndicator) -> None:
        if place not in self.judged:
            return
        column = self.column(place, 2)
        cell = xl_rowcol_to_cell(self.first, column)
        criteria = f"=AND(ISNUMBER({cell}),NOT({self._reaches(place, cell)}))"
        rule = {"type": "formula", "criteria": criteria, "format": self.styles.failing}
        self.sheet.conditional_format(self.first, column, self.last, column, rule)

    def _set_page(self) -> None:
        sheet = self.sheet
        end = self._end() + (2 if self.judged else -1)
        if self.judged:
            bad = {"type": "cell", "criteria": "==", "value": '"未达标"', "format": self.styles.failing}
            sheet.conditional_format(self.first, end, self.last, end, bad)
        sheet.freeze_panes(_HEAD, 2)
        sheet.set_landscape()
        sheet.set_paper(8 if end > 16 else 9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, _HEAD - 1)
        sheet.print_area(0, 0, self.rows["met"], end)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L填表人：　　　　审核人：　　　　单位负责人（签字）：&R第 &P 页 共 &N 页")
        sheet.set_row(0, 30)
        sheet.set_row(2, 44)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 12)
        sheet.set_column(3, 3, 8)
        for place in range(len(self.result.indicators)):
            for part in (0, 2, 3) if self.by_pupils else (0, 1, 2, 3):
                sheet.set_column(self.column(place, part), self.column(place, part), self._width(place, part))
        if self.judged:
            sheet.set_column(self._end(), self._end() + 2, 8)


def _cached(value: float | str | None) -> float | str:
    return "" if value is None else value


def _lowest_share(school: SchoolResult, standard: BalanceStandard) -> float | str:
    shares = []
    for indicator, own in zip(standard.indicators, school.indicators, strict=True):
        if own.threshold is None:
            continue
        if own.value is None:
            return "缺数"
        at_least = indicator.direction is Direction.AT_LEAST
        shares.append(own.value / own.threshold if at_least else own.threshold / own.value)
    return min(shares) if shares else ""


def _write_summary(
    sheet: Any, styles: Styles, sheets: Sequence[LevelSheet], standard: BalanceStandard, method: Method
) -> None:
    sheet.merge_range(0, 0, 0, 9, "", styles.title)
    sheet.write_string(0, 0, f"{standard.name}资源配置指标汇总表", styles.title)
    sheet.merge_range(1, 0, 1, 9, f"方法：{METHOD_WORDS[method]}", styles.unit_line)
    heads = ("县区", "学段", "指标", "单位", "达标值", "全县均值", "差异系数", "限值", "差异系数达标", "达标学校数")
    for column, words in enumerate(heads):
        sheet.write_string(2, column, words, styles.head)
    row = 3
    for level in sheets:
        start = row
        for place, indicator in enumerate(standard.indicators):
            result = level.result.indicators[place]
            sheet.write_string(row, 0, level.county.name or level.county.region, styles.text)
            sheet.write_string(row, 1, LEVEL_NAMES[level.result.level], styles.centre)
            sheet.write_string(row, 2, indicator.name, styles.text)
            sheet.write_string(row, 3, indicator.unit, styles.centre)
            for column, name, style, cached in (
                (4, "threshold", styles.value, result.threshold),
                (5, "mean", styles.value, result.mean),
                (6, "coefficient", styles.coefficient, result.coefficient),
                (7, "limit", styles.limit, result.limit),
                (8, "met", styles.centre, {True: "是", False: "否", None: "无法判断"}[result.met]),
                (9, "schools_met", styles.whole, float(result.schools_met)),
            ):
                needs_threshold = name in ("threshold", "schools_met")
                absent = (
                    result.threshold is None if needs_threshold else result.limit is None and name in ("limit", "met")
                )
                if absent:
                    sheet.write_string(row, column, "—", styles.missing)
                else:
                    formula = f"='{level.name}'!{level.reference(name, place)}"
                    sheet.write_formula(row, column, formula, style, cached if cached is not None else "缺数")
            row += 1
        composite = level.result.composite
        sheet.merge_range(
            row, 0, row, 5, f"{LEVEL_NAMES[level.result.level]}综合差异系数（各项差异系数的平均数）", styles.foot_head
        )
        formula = f'=IF(COUNT(G{start + 1}:G{row})=ROWS(G{start + 1}:G{row}),AVERAGE(G{start + 1}:G{row}),"缺数")'
        sheet.write_formula(row, 6, formula, styles.foot_coefficient, composite if composite is not None else "缺数")
        limit = level.result.composite_limit
        if limit is None:
            sheet.write_string(row, 7, "仅供参考", styles.foot_centre)
            sheet.write_blank(row, 8, None, styles.foot)
        else:
            sheet.write_number(row, 7, limit, styles.foot_limit)
            met = "无法判断" if composite is None else "是" if composite <= limit else "否"
            judged = f'=IF(ISNUMBER(G{row + 1}),IF(G{row + 1}<=H{row + 1}*(1+{_TOLERANCE}),"是","否"),"无法判断")'
            sheet.write_formula(row, 8, judged, styles.foot_centre, met)
        sheet.write_blank(row, 9, None, styles.foot)
        row += 1
    sheet.conditional_format(
        3, 8, max(3, row - 1), 8, {"type": "cell", "criteria": "==", "value": '"否"', "format": styles.failing}
    )
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer("&R第 &P 页 共 &N 页")
    sheet.set_row(0, 30)
    for column, width in enumerate((14, 7, 40, 8, 10, 12, 11, 9, 13, 12)):
        sheet.set_column(column, column, width)


def _write_method(
    sheet: Any, styles: Styles, counties: Sequence[CountyResult], standard: BalanceStandard, method: Method
) -> None:
    sheet.set_column(0, 0, 110)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "计算方法与来源", styles.title)
    for row, line in enumerate((*method_lines(standard, method), *exclusion_lines(counties))):
        sheet.write_string(row + 1, 0, line, styles.note)
