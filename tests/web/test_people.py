import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from dudao.web.audit.models import Event
from dudao.web.people.access import subject_of
from dudao.web.people.actions import accounts, departments, districts, grants, invitations
from dudao.web.people.actions.grants import NewGrant
from dudao.web.people.models import Department, Grant, Invitation, Region, User
from dudao.web.people.queries import visible_people
from dudao.web.people.regions import RegionCode, add_regions
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, MakePerson, SignIn, World

WHY = "岗位调整需要"


@pytest.fixture
def admin(world: World, person: MakePerson) -> User:
    return person("admin", Role.SYSTEM_ADMINISTRATOR, world.province)


@pytest.fixture
def provincial(world: World, person: MakePerson) -> User:
    return person("provincial", Role.PROVINCIAL_ADMINISTRATOR, world.province)


def last_event() -> Event:
    return Event.objects.order_by("-sequence")[0]


def test_an_administrator_makes_an_account_with_a_role(world: World, provincial: User) -> None:
    made = accounts.create_person(
        by=provincial,
        username="wang",
        name="王某",
        role=NewGrant(Role.DEPARTMENT_OFFICER, world.city, world.finance),
        reason=WHY,
    )
    assert not made.has_usable_password()
    assert subject_of(made).departments() == {world.finance.pk}
    assert [event.action for event in Event.objects.order_by("sequence")] == ["people.create", "people.give_role"]
    assert last_event().region == world.city.code
    assert last_event().reason == WHY


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR])
def test_a_provincial_administrator_gives_no_role_above_the_own(role: Role, world: World, provincial: User) -> None:
    with pytest.raises(NotAllowedError):
        accounts.create_person(by=provincial, username="wang", name="王某", role=NewGrant(role, world.city), reason=WHY)
    assert not User.objects.filter(username="wang").exists()


def test_nobody_gives_roles_outside_of_the_own_subtree(world: World, provincial: User, admin: User) -> None:
    for by in (provincial, admin):
        with pytest.raises(NotAllowedError):
            accounts.create_person(
                by=by,
                username="wang",
                name="王某",
                role=NewGrant(Role.LEADER, world.other_city),
                reason=WHY,
            )


def test_own_rights_cannot_be_raised(world: World, provincial: User, admin: User) -> None:
    for by in (provincial, admin):
        with pytest.raises(NotAllowedError):
            grants.give_role(by=by, user=by, new=NewGrant(Role.LEADER, world.city), reason=WHY)


@pytest.mark.parametrize("role", [role for role in Role if "administrator" not in role])
def test_other_roles_manage_nobody(
    role: Role, world: World, person: MakePerson, provincial: User, signed_in: SignIn
) -> None:
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    somebody = person("somebody", role, world.city, department)
    other = person("other", Role.LEADER, world.city)
    assert not visible_people(subject_of(somebody)).exists()
    with pytest.raises(NotAllowedError):
        accounts.set_active(by=somebody, user=other, active=False, reason=WHY)
    client = signed_in(somebody)
    assert client.get(reverse("people:people")).status_code == 403
    assert client.get(reverse("people:regions")).status_code == 403
    assert client.post(reverse("people:set_active", args=[other.pk]), {"reason": WHY}).status_code == 403


def test_an_account_with_a_role_elsewhere_is_not_to_be_taken_over(
    world: World, person: MakePerson, provincial: User, signed_in: SignIn
) -> None:
    both = person("both", Role.LEADER, world.city)
    Grant.objects.create(user=both, role=Role.LEADER, region=world.other_city)
    with pytest.raises(NotAllowedError):
        invitations.invite(by=provincial, user=both, reason=WHY)
    page = signed_in(provincial).get(reverse("people:person", args=[both.pk])).content.decode()
    assert "东屏市" not in page
    assert "另有管理范围以外的角色" in page


def test_a_system_administrator_is_not_managed_by_a_provincial_one(provincial: User, admin: User) -> None:
    with pytest.raises(NotAllowedError):
        accounts.set_active(by=provincial, user=admin, active=False, reason=WHY)


def test_the_last_system_administrator_stays(world: World, person: MakePerson, admin: User) -> None:
    second = person("second", Role.SYSTEM_ADMINISTRATOR, world.province)
    grants.end_role(by=admin, grant=second.grants.get(), reason=WHY)
    third = person("third", Role.SYSTEM_ADMINISTRATOR, world.province)
    accounts.set_active(by=third, user=admin, active=False, reason=WHY)
    helper = person("helper", Role.SYSTEM_ADMINISTRATOR, world.province)
    Grant.objects.filter(user=helper).update(ends=timezone.localdate() + timedelta(days=3))
    for attempt in (
        lambda: accounts.set_active(by=helper, user=third, active=False, reason=WHY),
        lambda: grants.end_role(by=helper, grant=third.grants.get(), reason=WHY),
        lambda: grants.give_role(
            by=helper,
            user=third,
            new=NewGrant(Role.SYSTEM_ADMINISTRATOR, world.province, ends=timezone.localdate() + timedelta(days=9)),
            reason=WHY,
        ),
    ):
        with pytest.raises(NotPossibleError):
            attempt()
    third.refresh_from_db()
    assert third.is_active
    assert third.grants.get().ends is None


def test_a_role_is_kept_once_also_without_a_department(world: World, person: MakePerson) -> None:
    user = person("twice", Role.SUPERVISION_CLERK, world.city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=user, role=Role.SUPERVISION_CLERK, region=world.city)
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    Grant.objects.create(user=officer, role=Role.DEPARTMENT_OFFICER, region=world.city, department=world.education)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=officer, role=Role.DEPARTMENT_OFFICER, region=world.city, department=world.finance)


def test_a_delegation_ends_by_itself(world: World, person: MakePerson, provincial: User) -> None:
    leader = person("leader", Role.LEADER, world.city)
    today = timezone.localdate()
    grants.give_role(
        by=provincial,
        user=leader,
        new=NewGrant(Role.SUPERVISION_CLERK, world.city, starts=today, ends=today + timedelta(days=7)),
        reason=WHY,
    )
    assert Role.SUPERVISION_CLERK in subject_of(leader, today).roles
    assert Role.SUPERVISION_CLERK not in subject_of(leader, today + timedelta(days=8)).roles


def test_a_role_taken_back_holds_no_more_and_stays_on_record(
    world: World, person: MakePerson, provincial: User
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    grants.end_role(by=provincial, grant=leader.grants.get(), reason=WHY)
    assert subject_of(leader).held == ()
    assert leader.grants.count() == 1
    assert leader in visible_people(subject_of(provincial))


@pytest.mark.parametrize(
    ("username", "sentence"),
    [("a", "不合规则"), ("Leader", "已被使用"), ("带 空格", "不合规则"), ("<script>", "不合规则")],
)
def test_an_account_name_that_cannot_be_used_is_told(
    username: str, sentence: str, world: World, person: MakePerson, provincial: User
) -> None:
    person("leader", Role.LEADER, world.city)
    with pytest.raises(InvalidValueError, match=sentence):
        accounts.create_person(
            by=provincial, username=username, name="王某", role=NewGrant(Role.LEADER, world.city), reason=WHY
        )


def test_every_change_asks_a_reason(world: World, person: MakePerson, provincial: User) -> None:
    leader = person("leader", Role.LEADER, world.city)
    events = Event.objects.count()
    with pytest.raises(InvalidValueError, match="理由"):
        accounts.set_active(by=provincial, user=leader, active=False, reason="  无 ")
    with pytest.raises(InvalidValueError, match="理由"):
        departments.add_department(by=provincial, region=world.city, name="市审计局", reason="")
    assert Event.objects.count() == events


def test_an_invitation_works_once_and_keeps_only_a_hash(
    world: World, person: MakePerson, provincial: User, signed_in: SignIn
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    page = signed_in(provincial).post(reverse("people:invite", args=[leader.pk]), {"reason": WHY}).content.decode()
    found = re.search(r"/invitation/#([\w-]+)", page)
    assert found
    secret = found[1]
    assert secret not in Invitation.objects.get().secret_hash
    assert not Event.objects.filter(summary__contains=secret).exists()
    address, visitor = reverse("people:invitation"), Client()
    assert visitor.get(address).status_code == 200
    for code in (secret, f"https://dudao.example{address}#{secret}"):
        asked = visitor.post(address, {"secret": code})
        assert asked.status_code == 200
        assert leader.username in asked.content.decode()
    weak = visitor.post(address, {"secret": secret, "new_password1": "12345", "new_password2": "12345"})
    assert weak.status_code == 422
    password = "quiet-river-stone-7"
    strong = {"secret": secret, "new_password1": password, "new_password2": password}
    assert visitor.post(address, strong).status_code == 302
    assert visitor.post(address, strong).status_code == 404
    leader.refresh_from_db()
    assert leader.check_password("quiet-river-stone-7")


def test_no_address_that_a_server_sees_holds_the_secret_of_an_invitation(
    world: World, person: MakePerson, provincial: User
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    _made, secret = invitations.invite(by=provincial, user=leader, reason=WHY)
    assert urlsplit(invitations.address_of(secret))[2:] == ("/invitation/", "", secret)
    earlier = Client().get(f"/invitation/{secret}/")
    assert (earlier.status_code, earlier.headers["Location"]) == (302, f"/invitation/#{secret}")


def test_an_invitation_that_expired_is_gone(world: World, person: MakePerson, provincial: User) -> None:
    leader = person("leader", Role.LEADER, world.city)
    made, secret = invitations.invite(by=provincial, user=leader, reason=WHY)
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert Client().post(reverse("people:invitation"), {"secret": secret}).status_code == 404
    with pytest.raises(NotPossibleError):
        invitations.accept(secret=secret, password="quiet-river-stone-7")


def test_an_invitation_is_mailed_where_mail_is_configured(
    world: World, person: MakePerson, provincial: User, settings: object
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    assert not invitations.mail_invitation(user=leader, link="http://x/", expires="明天")
    settings.MAIL_CONFIGURED = True  # type: ignore[attr-defined]  # the fixture sets what it is given
    assert invitations.mail_invitation(user=leader, link="http://x/", expires="明天")
    assert "http://x/" in str(mail.outbox[0].body)


def test_a_closed_account_is_out_at_once(world: World, person: MakePerson, provincial: User) -> None:
    leader = person("leader", Role.LEADER, world.city)
    client = Client()
    client.post("/login/", {"username": "leader", "password": PASSWORD})
    assert client.get("/").status_code == 200
    accounts.set_active(by=provincial, user=leader, active=False, reason=WHY)
    assert client.get("/").status_code == 302
    assert not leader.devices.exists()


def test_departments_are_added_renamed_and_closed(world: World, provincial: User) -> None:
    made = departments.add_department(by=provincial, region=world.city, name=" 市 审计局 ", reason=WHY)
    assert (made.name, made.position) == ("市审计局", 3)
    with pytest.raises(InvalidValueError, match="已有部门"):
        departments.add_department(by=provincial, region=world.city, name="市审计局", reason=WHY)
    departments.change_department(
        by=provincial, department=made, name="市审计办", short_name="", position=1, active=False, reason=WHY
    )
    made.refresh_from_db()
    assert (made.name, made.active) == ("市审计办", False)
    assert last_event().before["name"] == "市审计局"


def test_a_district_is_added_below_its_city(world: World, provincial: User) -> None:
    made = districts.add_district(by=provincial, parent=world.city, code="990171", name="云州高新区", reason=WHY)
    made.refresh_from_db()
    assert made.path[:-4] == Region.objects.get(pk=world.city.pk).path
    assert subject_of(provincial).roles_at(made.path) == {Role.PROVINCIAL_ADMINISTRATOR}
    for code in ("990171", "980199", "99", "９９０１７２"):
        with pytest.raises(InvalidValueError):
            districts.add_district(by=provincial, parent=world.city, code=code, name="别区", reason=WHY)
    with pytest.raises(NotAllowedError):
        districts.add_district(by=provincial, parent=world.other_city, code="980171", name="别区", reason=WHY)


@pytest.mark.django_db
def test_regions_are_loaded_once_and_later_ones_find_their_place() -> None:
    first = [RegionCode("990000", "甲省", "province", ""), RegionCode("990100", "乙市", "city", "990000")]
    assert add_regions(first) == 2
    assert add_regions([*first, RegionCode("990101", "丙区", "county", "990100")]) == 1
    assert add_regions(first) == 0
    assert Region.objects.find_problems() == ([], [], [], [], [])
    assert Region.objects.get(code="990101").path.startswith(Region.objects.get(code="990100").path)


@pytest.mark.django_db
def test_former_codes_keep_their_dates() -> None:
    from dudao.web.people.regions import dated_regions

    rows = {row.code: row for row in dated_regions()}
    assert rows["310230"].name == "崇明县"
    assert rows["310230"].valid_to is not None
    assert rows["310000"].valid_to is None
    assert all(row.parent in rows for row in rows.values() if row.parent)


def sheet(*rows: list[str]) -> SimpleUploadedFile:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("people.xlsx", out.getvalue())


HEAD = ["姓名", "账号", "邮箱", "电话", "角色", "地区", "部门", "起", "止"]


def test_people_are_imported_after_a_preview(world: World, provincial: User, signed_in: SignIn) -> None:
    client = signed_in(provincial)
    rows = [["王某", "wang", "", "", "部门填报员", "990100", "市财政局", "", ""]]
    page = client.post(reverse("people:run_import", args=["people"]), {"file": sheet(HEAD, *rows)})
    assert page.status_code == 200
    assert not User.objects.filter(username="wang").exists()
    kept = page.context["kept"]
    done = client.post(reverse("people:run_import", args=["people"]), {"rows": kept, "reason": WHY})
    assert done.status_code == 200
    assert User.objects.get(username="wang").grants.get().department == world.finance
    assert "/invitation/" in done.content.decode()
    again = client.post(reverse("people:run_import", args=["people"]), {"rows": kept, "reason": WHY})
    assert again.status_code == 422


def test_errors_of_an_import_name_their_rows(world: World, provincial: User, signed_in: SignIn) -> None:
    rows = [
        ["王某", "wang", "", "", "部门填报员", "990100", "市财政局", "", ""],
        ["", "li", "", "", "部门填报员", "990100", "市财政局", "", ""],
        ["李某", "WANG", "", "", "局长", "990100", "", "", ""],
        ["赵某", "zhao", "", "", "政府领导", "980100", "", "", ""],
        ["钱某", "qian", "", "", "系统管理员", "990100", "", "", ""],
        ["孙某", "sunn", "不是地址", "", "部门填报员", "990100", "市财务局", "", "四十五"],
    ]
    page = signed_in(provincial).post(reverse("people:run_import", args=["people"]), {"file": sheet(HEAD, *rows)})
    assert page.status_code == 422
    text = page.content.decode()
    assert "5 行有错误" in text
    for sentence in (
        "请填写姓名",
        "没有角色“局长”",
        "与第 2 行重复",
        "没有地区“980100”",
        "不能在云州市授予",
        "没有部门“市财务局”",
        "邮箱“不是地址”不是有效的地址",  # all that is wrong with a row, not the first alone
        "“四十五”不是日期",
    ):
        assert sentence in text, sentence
    assert not User.objects.filter(username="wang").exists()


def test_moved_columns_are_found_and_told(world: World, provincial: User, signed_in: SignIn) -> None:
    head = ["备注", "账号", "姓名", "地区", "角色"]
    page = signed_in(provincial).post(
        reverse("people:run_import", args=["people"]),
        {"file": sheet(["人员名单"], head, ["", "wang", "王某", "云州市", "政府领导"])},
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "列的顺序与模板不同" in text
    assert "没有用到的列：备注" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "0 字节"), (b"%PDF-1.4 x", "与扩展名 .xlsx 不符"), (b"PK\x03\x04broken", "people.xlsx")],
)
def test_a_file_that_is_no_sheet_is_told(
    content: bytes, sentence: str, world: World, provincial: User, signed_in: SignIn
) -> None:
    upload = SimpleUploadedFile("people.xlsx", content)
    page = signed_in(provincial).post(reverse("people:run_import", args=["people"]), {"file": upload})
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_departments_are_imported(world: World, provincial: User, signed_in: SignIn) -> None:
    client = signed_in(provincial)
    rows = sheet(["地区", "部门名称", "简称", "排序"], ["云州市", "市审计局", "审计", "7"])
    page = client.post(reverse("people:run_import", args=["departments"]), {"file": rows})
    client.post(reverse("people:run_import", args=["departments"]), {"rows": page.context["kept"], "reason": WHY})
    assert Department.objects.get(name="市审计局").position == 7


def test_pages_of_people_ask_the_same_number_of_questions(
    world: World, person: MakePerson, provincial: User, signed_in: SignIn, django_assert_max_num_queries: object
) -> None:
    client = signed_in(provincial)
    for number in range(30):
        person(f"leader{number}", Role.LEADER, world.city)
    for address in (
        reverse("people:people"),
        reverse("people:region", args=["990100"]),
        reverse("people:person", args=[User.objects.get(username="leader3").pk]),
    ):
        with django_assert_max_num_queries(16):  # type: ignore[operator]  # a fixture of pytest-django
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["users/", "users/new/", "regions/", "regions/990100/", "imports/"])
def test_pages_open_for_administrators(path: str, world: World, provincial: User, signed_in: SignIn) -> None:
    assert signed_in(provincial).get("/admin/" + path).status_code == 200


def test_what_lies_outside_is_not_found(world: World, person: MakePerson, provincial: User, signed_in: SignIn) -> None:
    stranger = person("stranger", Role.LEADER, world.other_city)
    client = signed_in(provincial)
    assert client.get(reverse("people:person", args=[stranger.pk])).status_code == 404
    assert client.get(reverse("people:region", args=["980100"])).status_code == 404
    posted = client.post(reverse("people:set_active", args=[stranger.pk]), {"reason": WHY, "active": "0"})
    assert posted.status_code == 404
    assert "东屏" not in client.get(reverse("people:region_options"), {"region": "东"}).content.decode()


def test_a_person_page_works_through_its_forms(
    world: World, person: MakePerson, provincial: User, signed_in: SignIn
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    client = signed_in(provincial)
    given = {"grant-role": "reviewer", "grant-region": "临河县", "grant-reason": WHY}
    assert client.post(reverse("people:give_role", args=[leader.pk]), given).status_code == 302
    assert subject_of(leader).roles == {Role.LEADER, Role.REVIEWER}
    wrong = client.post(reverse("people:give_role", args=[leader.pk]), {**given, "grant-region": "东屏市"})
    assert wrong.status_code == 422
    assert "没有地区“东屏市”" in wrong.content.decode()
    changed = {"details-name": "张某", "details-email": "", "details-phone": "", "details-reason": WHY}
    assert client.post(reverse("people:change_person", args=[leader.pk]), changed).status_code == 302
    leader.refresh_from_db()
    assert leader.name == "张某"
    grant = leader.grants.get(role="reviewer")
    assert client.post(reverse("people:end_role", args=[leader.pk, grant.pk]), {"reason": WHY}).status_code == 302
    assert subject_of(leader).roles == {Role.LEADER}
