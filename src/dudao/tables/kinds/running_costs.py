"""The table of running costs issued to each school (公用经费拨付), one row a school and fiscal year."""

from dudao.tables.columns import Column, ColumnType, TableKind, with_sections
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, SCHOOLS, YEAR
from dudao.tables.kinds.writing import amount, flag, people

RUNNING_COSTS = TableKind(
    name="running_costs",
    title="学校公用经费拨付表",
    key=("year", "school_id"),
    columns=(
        Column("year", "年份", YEAR.headings, ColumnType.YEAR, low=1980, high=2100),
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        SCHOOLS.column("school_type"),
        *with_sections(people("pupils", "在校生数", "在校学生数", "学生数", "学籍学生数", "核定学生数")),
        people("boarders", "寄宿生数", "寄宿学生数", "住宿生数"),
        amount(
            "issued",
            "公用经费下达额",
            "下达金额",
            "公用经费拨付额",
            "拨付公用经费",
            "下达公用经费",
            "公用经费",
            "拨付金额",
        ),
        flag("counts_as_small", "按100人核定", "村小或教学点", "不足100人按100人核定"),
    ),
)
