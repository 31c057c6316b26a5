"""The table of finance by year and level (教育经费): one row a county, year and level."""

from dudao.tables.columns import Column, ColumnType, TableKind, Timing
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, YEAR
from dudao.tables.kinds.writing import amount, people, text

FINANCE = TableKind(
    name="finance",
    title="教育经费情况表",
    subject="行",
    key=("year", "region_code", "level"),
    columns=(
        Column("year", "年份", YEAR.headings, ColumnType.YEAR, low=1980, high=2100, required=True),
        REGION_CODE,
        REGION_NAME,
        text("level", "学段", "教育阶段", "学校类型", "类别"),
        people("pupils", "在校学生数", "学生数", "在校生数", "年平均学生数"),
        amount("budget_education_spending", "一般公共预算教育支出", "一般公共预算教育经费", "公共财政教育支出"),
        amount("education_appropriation", "教育财政拨款", "财政教育拨款", "一般公共预算教育拨款"),
        amount("regular_revenue", "财政经常性收入", "地方财政经常性收入"),
        amount("running_cost", "公用经费支出", "一般公共预算公用经费支出", "公用经费"),
        amount("teacher_pay", "教师工资福利支出", "教师工资总额", "教师工资支出"),
        people("teachers", "教师平均人数", "教师人数", "专任教师数"),
    ),
)
PAY = TableKind(
    name="pay",
    title="教师与公务员平均工资收入表",
    subject="行",
    key=("year", "region_code"),
    columns=(
        Column("year", "年份", YEAR.headings, ColumnType.YEAR, low=1980, high=2100, required=True),
        REGION_CODE,
        REGION_NAME,
        amount("teacher_pay_total", "义务教育教师年工资收入总额", "教师年工资总额", "教师工资收入总额"),
        people("teachers", "义务教育教师平均人数", "教师平均人数", "教师人数", timing=Timing.FISCAL_YEAR),
        amount("civil_servant_pay_total", "公务员年工资收入总额", "公务员工资总额", "公务员工资收入总额"),
        people("civil_servants", "公务员平均人数", "公务员人数", timing=Timing.FISCAL_YEAR),
        amount("teacher_mean_pay", "教师平均工资收入", "义务教育教师平均工资收入", "教师年平均工资收入"),
        amount("civil_servant_mean_pay", "公务员平均工资收入", "当地公务员平均工资收入", "公务员年平均工资收入"),
    ),
)
