"""The first-run tour: a few words for each role on where its work is done, until the person puts them away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dudao.web.dashboards.navigation import PLACES
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role

PREFERENCE = "tour"
DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is about, two or three sentences, and the page it speaks of (empty for the workbench)."""

    title: str
    text: str
    url_name: str = ""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in the language of the page; `url` is empty where there is no page of its own to open."""

    title: str
    text: str
    url: str
    place: str


_HELP = Step(
    gettext_noop("消息和帮助"),
    gettext_noop("右上角的铃是消息，问号是本页的说明。这份导览可以在“帮助”里重看。"),
    "help:contents",
)
_BALANCE = Step(
    gettext_noop("看均衡监测"),
    gettext_noop("各县区的差异系数、限值和达标学校都在“均衡监测”里，每个数都能看到怎样算出来。"),
    "schools:balance_start",
)
STEPS: dict[Role, tuple[Step, ...]] = {
    Role.DEPARTMENT_OFFICER: (
        Step(gettext_noop("从工作台开始"), gettext_noop("要填的项目、退回的理由和截止日期都在这里，先办排在前面的。")),
        Step(
            gettext_noop("填数据和自评分"),
            gettext_noop(
                "点“继续填报”逐项填写。去年的数据就在旁边；填一个数，当即看到按规则得几分、在哪里失分。随填随存，不必另按保存。"
            ),
        ),
        Step(
            gettext_noop("上传佐证材料"),
            gettext_noop("上传时写明材料的所属期间；一份材料可以用于几项。涉密文件不得上传。"),
            "evidence:start",
        ),
        Step(
            gettext_noop("提交审核"),
            gettext_noop("一项填完，点“提交审核”交给督导室。退回时理由显示在最上面，改好再提交。"),
        ),
        _HELP,
    ),
    Role.SUPERVISION_CLERK: (
        Step(
            gettext_noop("从工作台开始"),
            gettext_noop(
                "上面一行是自评得分、系统预测和进度，下面是待处理的事和会在哪里失分；本级没有自评时，这里是所辖各地的进度。"
            ),
        ),
        Step(
            gettext_noop("推进评价任务"),
            gettext_noop("看各部门填到哪里，催办，接受或退回；汇总后报送上级。报送以后不能再改，更正须由上级退回。"),
            "evaluations:tasks",
        ),
        Step(
            gettext_noop("核验报告"),
            gettext_noop("把报告传到“报告核验”，系统逐处重算数字，指出前后矛盾，并附上算式。"),
        ),
        Step(
            gettext_noop("导入学校数据"),
            gettext_noop("导入学校数据表，问题一次列全，确认后才入库；“均衡监测”据此计算差异系数和达标学校。"),
            "schools:imports_start",
        ),
        Step(
            gettext_noop("生成自评表和自评报告"),
            gettext_noop("“文件输出”生成 Word 和 Excel，其中的数字取自数据，不必另行录入。"),
        ),
        _HELP,
    ),
    Role.LEADER: (
        Step(
            gettext_noop("从工作台开始"),
            gettext_noop("这里列出可能失分的项目、责任部门和可以挽回的分数，逾期的部门也在这里。"),
        ),
        Step(gettext_noop("打印阅示单"), gettext_noop("点“打印阅示单”得到一张 A4 纸，便于传阅和开会。")),
        Step(
            gettext_noop("看进度和依据"),
            gettext_noop("“评价任务”里有各项的进度、得分和依据。只能查看，不会误改。"),
            "evaluations:tasks",
        ),
        _BALANCE,
        _HELP,
    ),
    Role.PROVINCIAL_ADMINISTRATOR: (
        Step(gettext_noop("从工作台开始"), gettext_noop("这里是各地区的进度、报送情况和逾期情况。")),
        Step(
            gettext_noop("准备评价方案"),
            gettext_noop("导入或编写方案，检查通过后发布。发布后不能修改，需要改动时另存为新版本。"),
            "evaluations:schemes",
        ),
        Step(
            gettext_noop("下发评价任务"),
            gettext_noop("选定方案、年度、地区和各阶段的截止日期后下发，期限可以带理由延长。"),
            "evaluations:tasks",
        ),
        Step(
            gettext_noop("接收报送"),
            gettext_noop("报送来的自评列在工作台上，可以确认，或写明理由退回。"),
        ),
        _BALANCE,
        _HELP,
    ),
    Role.REVIEWER: (
        Step(gettext_noop("从工作台开始"), gettext_noop("这里列出已经报送、可以复核的自评。")),
        Step(
            gettext_noop("逐项查看"),
            gettext_noop("每一项有自评说明、佐证材料、按数据算出的得分和差异；没有报送的内容看不到。"),
            "evaluations:tasks",
        ),
        _BALANCE,
        _HELP,
    ),
    Role.SCHOOL_SUPERVISOR: (
        Step(gettext_noop("从工作台开始"), gettext_noop("您负责的地区、正在进行的任务和最近的材料都在这里。")),
        Step(
            gettext_noop("上传佐证材料"),
            gettext_noop("上传时写明材料的所属期间；一份材料可以用于几项。涉密文件不得上传。"),
            "evidence:start",
        ),
        _BALANCE,
        _HELP,
    ),
    Role.SYSTEM_ADMINISTRATOR: (
        Step(gettext_noop("从工作台开始"), gettext_noop("人员、登录和后台任务的近况在这里；评价内容对您不可见。")),
        Step(
            gettext_noop("建立人员和角色"),
            gettext_noop("新建用户，发出邀请，按地区和部门授予角色；可以从 Excel 成批导入。"),
            "people:people",
        ),
        Step(
            gettext_noop("核对地区和部门"),
            gettext_noop("地区来自国家标准代码，部门由各地区自己维护。"),
            "people:regions",
        ),
        Step(
            gettext_noop("查审计日志"),
            gettext_noop("每次写入都有记录，可以随时核验有没有被改动。"),
            "dashboards:audit",
        ),
        _HELP,
    ),
}


def shown_to(holder: Subject, role: Role, preferences: dict[str, object]) -> list[ShownStep]:
    """Return the tour of a role; empty for somebody who put it away. No step leads to a page that is refused."""
    return [] if preferences.get(PREFERENCE) == DONE else list(_shown(holder, role))


def _shown(holder: Subject, role: Role) -> Iterator[ShownStep]:
    places = {place.url_name: place for place in PLACES}
    for step in STEPS[role]:
        place = places.get(step.url_name)
        if place is not None and not place.rule(holder):
            continue
        url = reverse(step.url_name) if step.url_name else ""
        yield ShownStep(_(step.title), _(step.text), url, _(place.title) if place is not None else _("帮助"))
