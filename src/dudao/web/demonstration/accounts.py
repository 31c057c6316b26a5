"""The people of the demonstration: one of every role, and what each is there to be looked at as."""

from dataclasses import dataclass

from dudao.web.demonstration.password import PASSWORD
from dudao.web.people.actions import invitations
from dudao.web.people.actions.accounts import create_person
from dudao.web.people.actions.first_administrator import make_first_administrator
from dudao.web.people.actions.grants import NewGrant
from dudao.web.people.models import Department, Region, User
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account: who it is, where, and the department of an officer."""

    username: str
    title: str
    role: Role
    region: str
    department: str = ""


ACCOUNTS = (
    Account("caizheng", "云州市财政局 部门填报员（今年的经费还空着）", Role.DEPARTMENT_OFFICER, "990100", "市财政局"),
    Account("jiaoyu", "云州市教育局 部门填报员", Role.DEPARTMENT_OFFICER, "990100", "市教育局"),
    Account("yunzhou", "云州市 督导室科员（退回、接受、汇总、报送）", Role.SUPERVISION_CLERK, "990100"),
    Account("linhe", "临河县 督导室科员（学校数据导入，有一份待确认）", Role.SUPERVISION_CLERK, "990101"),
    Account("lingdao", "云州市 政府领导（只读）", Role.LEADER, "990100"),
    Account("duxue", "云州市 责任督学", Role.SCHOOL_SUPERVISOR, "990100"),
    Account("shifan", "示范省 省级管理员（发布方案、下发任务、接收报送）", Role.PROVINCIAL_ADMINISTRATOR, "990000"),
    Account("fuhe", "示范省 复核人员（只看报送来的）", Role.REVIEWER, "990000"),
    Account("fuxin", "阜新市 督导室科员（2022年填报中，有退回）", Role.SUPERVISION_CLERK, "210900"),
    Account("anshan", "鞍山市 督导室科员（2021年已确认，2022年未开始）", Role.SUPERVISION_CLERK, "210300"),
    Account("liaoning", "辽宁省 省级管理员", Role.PROVINCIAL_ADMINISTRATOR, "210000"),
    Account("shuangtaizi", "双台子区 督导室科员（2023年已报送）", Role.SUPERVISION_CLERK, "211102"),
    Account("panjin", "盘锦市 方案管理员", Role.PROVINCIAL_ADMINISTRATOR, "211100"),
    Account("yangquan", "阳泉市 督导室科员（2021年被上级退回）", Role.SUPERVISION_CLERK, "140300"),
    Account("shanxi", "山西省 省级管理员", Role.PROVINCIAL_ADMINISTRATOR, "140000"),
    Account("admin", "系统管理员（人员与审计，看不到评价内容）", Role.SYSTEM_ADMINISTRATOR, "990000"),
)


_REASON = "建立演示平台"


def first_administrator() -> User:
    """Make the system administrator of the demonstration, the way an empty installation gets its first one."""
    account = next(each for each in ACCOUNTS if each.role is Role.SYSTEM_ADMINISTRATOR)
    name, email = account.title.split("（")[0], f"{account.username}@dudao.example"
    made = make_first_administrator(username=account.username, name=name, email=email)
    return invitations.accept(secret=made.secret, password=PASSWORD)


def add_people(administrator: User) -> dict[str, User]:
    """Let the administrator make the other accounts and invite the people; return all by user name.

    Everybody accepts with the one printed password.
    """
    people = {administrator.username: administrator}
    for account in ACCOUNTS:
        if account.username in people:
            continue
        region = Region.objects.get(code=account.region)
        department = Department.objects.get(region=region, name=account.department) if account.department else None
        user = create_person(
            by=administrator,
            username=account.username,
            name=account.title.split("（")[0],
            email=f"{account.username}@dudao.example",
            role=NewGrant(account.role, region, department),
            reason=_REASON,
        )
        _, secret = invitations.invite(by=administrator, user=user, reason=_REASON)
        people[account.username] = invitations.accept(secret=secret, password=PASSWORD)
    return people
