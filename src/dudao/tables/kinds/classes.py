"""The table of classes (班额): one row a class, or a row a school and grade with the number of classes."""

from dudao.tables.columns import TableKind
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR
from dudao.tables.kinds.writing import count, people, text

CLASSES = TableKind(
    name="classes",
    title="班额情况表",
    subject="个班",
    key=("year", "school_id", "grade", "class_name"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        text("level", "学段", "学段名称", "办学层次"),
        text("grade", "年级", "年级名称", required=True),
        text("class_name", "班级", "班级名称", "班号", "班别"),
        count("classes", "班数", "班级数", unit="个", form="教基2106/2107"),
        people("pupils", "班额", "学生数", "在校生数", "人数", "班级人数", "学生人数", form="教基2106/2107"),
    ),
)
