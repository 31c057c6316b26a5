"""The table of staff and safety (教职工与安防): guards, certificates, training, exchange, one row a school."""

from dudao.tables.columns import TableKind
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR
from dudao.tables.kinds.writing import flag, people

STAFF = TableKind(
    name="staff",
    title="教职工与安防情况表",
    key=("year", "school_id"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        people("pupils", "在校生数", "学生数", "在校学生数", form="教基3112/3115"),
        people("boarders", "寄宿生数", "住宿生数", "寄宿学生数", form="教基3112/3115"),
        people("staff", "教职工数", "教职工总数", form="教基4149"),
        people("full_time_teachers", "专任教师数", "专任教师", form="教基4149"),
        people("certified_teachers", "持证专任教师数", "持证教师数", "持有教师资格证人数"),
        people("trained_teachers", "完成培训学时教师数", "5年360学时培训完成人数", "完成360学时人数"),
        people("exchange_eligible", "符合交流条件教师数", "应交流教师数", "符合交流轮岗条件教师数"),
        people("exchanged_teachers", "交流轮岗教师数", "实际交流教师数", "交流教师数"),
        people("exchanged_backbone_teachers", "交流轮岗骨干教师数", "其中骨干教师交流数", "交流骨干教师数"),
        people("guards", "专职保安员数", "保安人数", "专职保安数", "保安员数"),
        people("safety_staff", "安全管理人员数", "专兼职安全管理人员数", "安全管理干部数"),
        flag("closed_campus", "封闭化管理", "校园封闭管理"),
        flag("alarm_and_video", "一键报警和视频监控联网", "一键式报警联网", "一键报警"),
        flag("guarded_crossing", "护学岗", "设置护学岗", "护学岗设置"),
    ),
)
