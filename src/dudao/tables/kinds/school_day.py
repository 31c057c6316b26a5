"""The table of the school day (作业、睡眠、课后服务) and the table of training institutions."""

from dudao.tables.columns import TableKind
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR
from dudao.tables.kinds.writing import amount, flag, people, text

SCHOOL_DAY = TableKind(
    name="school_day",
    title="作业睡眠与课后服务情况表",
    key=("year", "school_id", "grade"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        text("grade", "年级", "年级名称"),
        people("pupils", "在校生数", "学生数", "在校学生数"),
        people("after_school_pupils", "参加课后服务学生数", "课后服务学生数", "参加课后服务人数"),
        flag("after_school_offered", "开展课后服务", "是否开展课后服务"),
        amount("homework_minutes", "每天书面作业时间", "书面作业时长", "作业时间", "每日书面作业总量", unit="分钟"),
        amount("sleep_hours", "平均睡眠时间", "睡眠时间", "每天睡眠时间", unit="小时"),
        text("first_lesson", "上午上课时间", "上课时间", "第一节课时间"),
    ),
)
TRAINING = TableKind(
    name="training",
    title="校外培训机构情况表",
    subject="家机构",
    key=("year", "institution"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        text("institution", "机构名称", "培训机构名称", "名称", required=True),
        text("sort", "培训类别", "机构类别", "培训类型", "类别"),
        flag("licensed", "有办学许可证", "办学许可证", "是否有证"),
        flag("non_profit", "非营利性", "是否非营利", "登记为非营利性"),
        flag("fees_supervised", "预收费全额监管", "预收费监管", "纳入资金监管"),
        flag("in_operation", "正常运营", "是否运营", "在营"),
    ),
)
