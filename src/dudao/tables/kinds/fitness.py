"""The table of fitness and health tests (体质健康), one row a school and level."""

from dudao.tables.columns import TableKind, Timing
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR
from dudao.tables.kinds.writing import people, text

FITNESS = TableKind(
    name="fitness",
    title="学生体质健康情况表",
    key=("year", "school_id", "level"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        text("level", "学段", "学段名称"),
        people("pupils", "应测人数", "在校生数", "学生数"),
        people("tested", "体质测试人数", "实测人数", "测试人数", "参测人数", timing=Timing.SCHOOL_YEAR),
        people("excellent", "优秀人数", "优秀", timing=Timing.SCHOOL_YEAR),
        people("good", "良好人数", "良好", timing=Timing.SCHOOL_YEAR),
        people("passed", "及格人数", "及格", timing=Timing.SCHOOL_YEAR),
        people("failed", "不及格人数", "不及格", timing=Timing.SCHOOL_YEAR),
        people("eyes_tested", "视力检查人数", "视力监测人数", "视力筛查人数", timing=Timing.SCHOOL_YEAR),
        people("myopic", "近视人数", "视力不良人数", "筛查性近视人数", timing=Timing.SCHOOL_YEAR),
        people("weighed", "体重检查人数", "身高体重检查人数", timing=Timing.SCHOOL_YEAR),
        people("obese", "肥胖人数", "肥胖", timing=Timing.SCHOOL_YEAR),
    ),
)
