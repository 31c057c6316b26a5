"""The table of kindergartens (幼儿园): children, teachers, rooms, classes by size."""

from dataclasses import replace

from dudao.tables.columns import Column, ColumnType, TableKind, Timing
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR
from dudao.tables.kinds.writing import amount, count, people, text

KINDERGARTENS = TableKind(
    name="kindergartens",
    title="幼儿园基本情况表",
    subject="所幼儿园",
    key=("year", "school_id"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        replace(SCHOOL_NAME, headings=(*SCHOOL_NAME.headings, "幼儿园名称", "园名", "幼儿园", "园所名称")),
        text("ownership", "办园性质", "办别", "举办者", "办园体制", "性质", "公办民办"),
        text("town", "乡镇（街道）", "所在乡镇", "乡镇", "街道", "乡镇街道", "所属乡镇", "镇街", "所在镇街"),
        text("central", "是否乡镇中心园", "乡镇中心园", "中心园", "公办中心园", "是否中心园", "乡镇中心幼儿园"),
        text("inclusive", "是否普惠", "普惠性", "普惠性民办园", "普惠园"),
        people("children", "在园幼儿数", "在园幼儿", "幼儿数", "在园人数", "在园儿童数", form="教基3111"),
        people("staff", "教职工数", "教职工总数", "教职工", form="教基4148"),
        people("full_time_teachers", "专任教师数", "专任教师", form="教基4159"),
        people("certified_teachers", "持证园长教师数", "持证教师数", "园长专任教师持证人数", form="教基4159"),
        people("heads_and_teachers", "园长和专任教师数", "园长及专任教师数", form="教基4159"),
        amount("outdoor_area", "户外活动场地面积", "室外游戏场地面积", unit="平方米", timing=Timing.POINT),
        amount("activity_area", "活动用房面积", "幼儿活动用房面积", "活动室面积", unit="平方米", timing=Timing.POINT),
        amount("building_area", "园舍建筑面积", "建筑面积", "校舍建筑面积", unit="平方米", timing=Timing.POINT),
        Column("designed_year", "规划设计年份", ("设计年份", "规划年份", "建园年份"), ColumnType.YEAR, low=1900,
        high=2100),
        count("small_classes", "小班数", "小班班数", unit="个", form="教基2105"),
        count("middle_classes", "中班数", "中班班数", unit="个", form="教基2105"),
        count("top_classes", "大班数", "大班班数", unit="个", form="教基2105"),
        count("classes_within_size", "班额达标班数", "达标班数", "班额合格班数", unit="个", form="教基2105"),
        amount("grant", "公用经费财政拨款或补助", "公用经费财政拨款", "财政拨款", "财政补助", "财政补助金额", unit="元",
        timing=Timing.FISCAL_YEAR),
        count("classes", "班数", "班级数", "总班数", unit="个", form="教基2105"),
    ),
)  # fmt: skip
