"""The table of people of school age and of cohorts (适龄人口与巩固), one row a county, year and level."""

from dudao.tables.columns import TableKind
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, YEAR
from dudao.tables.kinds.writing import count, people, text

POPULATION = TableKind(
    name="population",
    title="适龄人口与巩固情况表",
    subject="行",
    key=("year", "region_code", "level"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        text("level", "学段", "教育阶段", required=True),
        people("enrolled", "在校（园）人数", "在校人数", "在校生数", "在园幼儿数"),
        people("population", "适龄人口数", "适龄人口", "年龄组人口"),
        people("entrants", "入学时学生数", "一年级入学人数", "初一在校生数"),
        people("finishing", "毕业年级学生数", "毕业人数", "九年级学生数"),
        people("moved_in", "转入人数", "转入"),
        people("moved_out", "转出人数", "转出"),
        people("died", "死亡人数", "死亡"),
        count("towns", "乡镇数", "乡镇总数", "乡镇个数", unit="个"),
        count("streets", "街道数", "街道总数", "街道个数", unit="个"),
    ),
)
