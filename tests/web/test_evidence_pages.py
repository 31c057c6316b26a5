from datetime import date

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dudao.web.audit.models import Event
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.periods import asked_period
from dudao.web.evidence.supports import support
from dudao.web.people.models import Department
from dudao.web.uploads.inspection import safe_name
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.evidence_round import ITEM, LIBRARY, EvidenceRound, open_round, received, word


@pytest.fixture
def city(world: World, person: MakePerson) -> EvidenceRound:
    return open_round(world, person)


def upload(client: Client, city: EvidenceRound, *files: tuple[str, bytes], **fields: str) -> str:
    given = {"department": city.world.finance.pk, "secrecy": "internal", **fields}
    bodies = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"{LIBRARY}upload/", given | {"files": bodies}).content.decode()


def test_each_file_of_an_upload_has_its_own_result(city: EvidenceRound, signed_in: SignIn) -> None:
    page = upload(
        signed_in(city.officer),
        city,
        ("通知.docx", word("云财教〔2022〕15号", "关于下达公用经费的通知")),
        ("空.txt", b""),
        ("程序.exe", b"MZ\x90\x00\x03\x00" + bytes(range(256))),
        ("说明.txt", "关于校园安全的说明".encode()),
    )
    assert "4 个文件，已保存 2 个" in page
    assert "空文件" in page
    assert "不是可以上传的文件类型" in page
    assert set(Evidence.objects.values_list("number", flat=True)) == {"云财教〔2022〕15号", ""}
    assert Event.objects.filter(action="evidence.receive").count() == 2


def test_known_content_is_told_and_cited_or_kept_again(city: EvidenceRound, signed_in: SignIn) -> None:
    first = received(city.officer, city.world.finance, "决算页")
    support(by=city.officer, evidence=first, answer=city.answer())
    client = signed_in(city.officer)
    page = upload(client, city, ("再传.txt", "决算页".encode()))
    assert "该文件已于" in page
    assert ITEM in page
    assert Evidence.objects.count() == 1
    token = page.split('name="token" value="')[1].split('"')[0]
    client.post(f"{LIBRARY}keep-again/", {"token": token})
    assert Evidence.objects.count() == 2
    assert client.post(f"{LIBRARY}keep-again/", {"token": token + "x"}).status_code == 422


def test_known_content_of_another_department_is_not_betrayed(city: EvidenceRound, signed_in: SignIn) -> None:
    received(city.colleague, city.world.education, "内部决算页")
    page = upload(signed_in(city.officer), city, ("a.txt", "内部决算页".encode()))
    assert "该文件已于" not in page
    assert Evidence.objects.count() == 2


def test_an_upload_for_another_department_is_refused(city: EvidenceRound, signed_in: SignIn) -> None:
    page = upload(signed_in(city.colleague), city, ("a.txt", b"text"))
    assert "您不能为该部门上传材料" in page
    assert not Evidence.objects.exists()


def test_a_request_that_says_at_its_head_that_it_is_too_large_is_left_unread(
    city: EvidenceRound, signed_in: SignIn, settings: LazySettings
) -> None:
    settings.UPLOAD_REQUEST_LIMIT = 1024 * 1024
    given = {"department": city.world.finance.pk, "secrecy": "internal"}
    body = SimpleUploadedFile("大.txt", b"x" * 3 * 1024 * 1024)
    request = signed_in(city.officer).post(f"{LIBRARY}upload/", given | {"files": body})
    assert request.status_code == 422
    assert "本次上传共 3 MB，超过一次上传的上限 1 MB" in request.content.decode()
    assert request.wsgi_request.META["wsgi.input"].read(1)  # the rest was never asked for
    assert not Evidence.objects.exists()


def test_a_file_too_large_or_too_many_is_left_and_the_others_kept(
    city: EvidenceRound, signed_in: SignIn, settings: LazySettings
) -> None:
    settings.UPLOAD_LIMIT, settings.UPLOAD_COUNT = 200_000, 2
    files = [("一.txt", b"first"), ("大.txt", b"x" * 300_000), ("三.txt", b"third")]
    page = upload(signed_in(city.officer), city, *files)
    assert "“大.txt”超过上限" in page
    assert "一次最多上传 2 个文件，“三.txt”没有接收" in page
    assert Evidence.objects.count() == 1


def test_a_region_keeps_no_more_than_it_may(city: EvidenceRound, signed_in: SignIn, settings: LazySettings) -> None:
    settings.EVIDENCE_REGION_COUNT = 1
    page = upload(signed_in(city.officer), city, ("a.txt", b"one"), ("b.txt", b"two"))
    assert "已达 1 份的上限" in page
    settings.EVIDENCE_REGION_COUNT, settings.EVIDENCE_REGION_LIMIT = 10, 4
    assert "GB 的上限" in upload(signed_in(city.officer), city, ("c.txt", b"three"))
    assert Evidence.objects.count() == 1


def test_a_description_is_changed_and_a_wrong_period_told_at_its_field(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "决算")
    client = signed_in(city.officer)
    given = {"title": "决算表", "number": "云财〔2022〕3号", "issuer": "市财政局", "secrecy": "public"}
    client.post(f"{LIBRARY}{row.pk}/describe/", given | {"effective_from": "2022-01-01", "effective_to": "2022-12-31"})
    row.refresh_from_db()
    assert (row.title, row.effective_to, row.secrecy) == ("决算表", date(2022, 12, 31), "public")
    event = Event.objects.get(action="evidence.describe")
    assert (event.before["title"], event.after["title"]) == ("决算", "决算表")
    wrong = given | {"effective_from": "2022-12-31", "effective_to": "2022-01-01"}
    answer = client.post(f"{LIBRARY}{row.pk}/describe/", wrong)
    assert answer.status_code == 422
    assert "止日早于起日" in answer.content.decode()
    assert signed_in(city.colleague).post(f"{LIBRARY}{row.pk}/describe/", given).status_code == 403


def test_a_newer_file_counts_and_the_earlier_stays_readable(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "第一稿")
    old = row.revisions.get()
    client = signed_in(city.officer)
    client.post(f"{LIBRARY}{row.pk}/revise/", {"file": SimpleUploadedFile("新.txt", "第二稿".encode())})
    assert row.revisions.count() == 2
    assert "第二稿" in client.get(f"{LIBRARY}{row.pk}/").content.decode()
    assert "第一稿" in client.get(f"{LIBRARY}{row.pk}/?revision={old.pk}").content.decode()
    assert client.get(f"{LIBRARY}{row.pk}/files/{old.pk}/").content == "第一稿".encode()
    same = client.post(f"{LIBRARY}{row.pk}/revise/", {"file": SimpleUploadedFile("新.txt", "第二稿".encode())})
    assert same.status_code == 422


def test_a_removal_can_be_taken_back_with_its_links(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "决算")
    support(by=city.officer, evidence=row, answer=city.answer())
    client = signed_in(city.officer)
    assert "撤销" in client.post(f"{LIBRARY}{row.pk}/remove/").content.decode()
    assert client.get(f"{LIBRARY}{row.pk}/").status_code == 404
    assert "决算" in client.get(f"{LIBRARY}?removed=1").content.decode()
    assert signed_in(city.colleague).post(f"{LIBRARY}{row.pk}/restore/").status_code == 404
    client.post(f"{LIBRARY}{row.pk}/restore/")
    assert client.get(f"{LIBRARY}{row.pk}/").status_code == 200
    assert Support.objects.filter(evidence=row).exists()
    assert {"evidence.remove", "evidence.restore"} <= set(Event.objects.values_list("action", flat=True))


def test_evidence_of_a_submitted_item_is_not_removed(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "决算")
    answer = city.answer()
    support(by=city.officer, evidence=row, answer=answer)
    type(answer).objects.filter(pk=answer.pk).update(state="submitted")
    refused = signed_in(city.officer).post(f"{LIBRARY}{row.pk}/remove/")
    assert refused.status_code == 422
    assert "不能删除" in refused.content.decode()


def test_a_download_is_safe_and_leaves_a_trace(city: EvidenceRound, signed_in: SignIn) -> None:
    raw = "<script>alert(1)</script>决算".encode()
    name = '决算"; x=1\r\n.html'
    row = actions.receive(
        by=city.officer, department=city.world.finance, raw=raw, name=name, description=actions.Description()
    )
    revision = row.revisions.get()
    address = f"{LIBRARY}{row.pk}/files/{revision.pk}/"
    answer = signed_in(city.officer).get(address)
    assert answer.content == raw
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert not set('"\r\n ') & set(answer["Content-Disposition"].split("''")[1])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Event.objects.filter(action="evidence.download", object_id=str(row.pk)).count() == 1
    assert signed_in(city.outsider).get(address).status_code == 404
    assert signed_in(city.colleague).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert Event.objects.filter(action="evidence.download").count() == 1
    assert safe_name(name) == revision.name
    assert "&lt;script&gt;" in signed_in(city.officer).get(f"{LIBRARY}{row.pk}/").content.decode()


def test_internal_evidence_is_counted_but_never_named_to_other_departments(
    city: EvidenceRound, signed_in: SignIn
) -> None:
    row = received(city.colleague, city.world.education, "教育局内部材料")
    support(by=city.clerk, evidence=row, answer=city.answer())
    client = signed_in(city.officer)
    part = client.get(f"{LIBRARY}items/{ITEM}/").content.decode()
    assert "内部材料 1 份" in part
    for address in (f"{LIBRARY}items/{ITEM}/", LIBRARY, f"{LIBRARY}coverage/", f"{LIBRARY}?q=内部材料"):
        assert "教育局内部材料" not in client.get(address).content.decode()
    assert client.post(f"{LIBRARY}items/{ITEM}/link/", {"evidence": row.pk}).status_code == 404
    unlink = f"{LIBRARY}items/{ITEM}/unlink/{Support.objects.get().pk}/"
    assert client.post(unlink).status_code == 404
    assert "教育局内部材料" in signed_in(city.clerk).get(LIBRARY).content.decode()


def test_evidence_is_linked_to_a_request_and_unlinked(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "决算表", effective_from=date(2021, 1, 1))
    client = signed_in(city.officer)
    asked = "一般公共预算教育支出决算表"
    before = client.get(f"{LIBRARY}gaps/").content.decode()
    answer = client.post(
        f"{LIBRARY}items/{ITEM}/link/",
        {"evidence": row.pk, "target": f"3.10|{asked}"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "决算表" in answer.content.decode()
    assert asked in before
    assert asked not in client.get(f"{LIBRARY}gaps/").content.decode()
    assert "部分在期内" not in answer.content.decode()  # the request asks for the year before as well
    wrong = client.post(f"{LIBRARY}items/{ITEM}/link/", {"evidence": row.pk, "target": "3.10|没有这种"})
    assert wrong.status_code == 422
    client.post(f"{LIBRARY}items/{ITEM}/unlink/{Support.objects.get().pk}/")
    assert not Support.objects.exists()
    assert {"evidence.support", "evidence.unsupport"} <= set(Event.objects.values_list("action", flat=True))


def test_a_locked_item_takes_no_evidence(city: EvidenceRound, signed_in: SignIn) -> None:
    row = received(city.officer, city.world.finance, "决算表")
    answer = city.answer()
    type(answer).objects.filter(pk=answer.pk).update(state="submitted")
    client = signed_in(city.officer)
    assert client.post(f"{LIBRARY}items/{ITEM}/link/", {"evidence": row.pk}).status_code == 403
    page = client.get(f"{LIBRARY}items/{ITEM}/").content.decode()
    assert "从材料库选" not in page
    upload(client, city, ("a.txt", b"text"), item=ITEM)
    assert Evidence.objects.count() == 1


def test_an_upload_for_an_item_supports_it(city: EvidenceRound, signed_in: SignIn) -> None:
    upload(signed_in(city.officer), city, ("a.txt", b"text"), item=ITEM, target="3.10")
    made = Support.objects.get()
    assert (made.answer.item, made.point) == (ITEM, "3.10")


def test_search_reads_title_number_issuer_and_text(city: EvidenceRound, signed_in: SignIn) -> None:
    received(
        city.officer, city.world.finance, "公用经费按时拨付", title="甲表", number="云财〔2022〕7号", issuer="财政"
    )
    received(city.officer, city.world.finance, "校舍安全", title="乙表")
    client = signed_in(city.officer)
    for words in ("甲", "云财〔2022〕7号", "按时拨付", "财政 公用经费"):
        page = client.get(LIBRARY, {"q": words}).content.decode()
        assert "甲表" in page
        assert "乙表" not in page
    assert "没有符合条件的材料" in client.get(LIBRARY, {"q": "找不到%_"}).content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"standing": "within"}, {"甲"}),
        ({"standing": "unknown"}, {"乙"}),
        ({"mend": "no_number"}, {"乙"}),
        ({"mend": "personal"}, {"乙"}),
        ({"secrecy": "public"}, {"甲"}),
        ({"item": ITEM}, {"甲"}),
        ({"standing": "nonsense", "department": "x", "page": "x", "show": "x"}, {"甲", "乙"}),
    ],
)
def test_facets_narrow_the_list(city: EvidenceRound, signed_in: SignIn, query: dict[str, str], shown: set[str]) -> None:
    first = received(
        city.officer,
        city.world.finance,
        "one",
        title="甲材料",
        number="云财〔2022〕7号",
        secrecy="public",
        effective_from=date(2022, 3, 1),
    )
    received(city.officer, city.world.finance, "张某 13800138000", title="乙材料")
    support(by=city.officer, evidence=first, answer=city.answer())
    page = signed_in(city.officer).get(LIBRARY, query).content.decode()
    assert {each for each in ("甲", "乙") if f"{each}材料" in page} == shown


def test_personal_data_is_warned_of(city: EvidenceRound, signed_in: SignIn) -> None:
    page = upload(signed_in(city.officer), city, ("名册.txt", "张某 11010519491231002X 13800138000".encode()))
    assert "身份证号 1 个、手机号 1 个" in page


def test_the_gap_list_prints(city: EvidenceRound, signed_in: SignIn) -> None:
    page = signed_in(city.clerk).get(f"{LIBRARY}gaps/?print=1").content.decode()
    assert "佐证材料缺口清单" in page
    assert "一般公共预算教育支出决算表" in page
    assert "市财政局" in page


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("评价年度", 2022, 2022),
        ("评价年度与上一年度", 2021, 2022),
        ("上一年度", 2021, 2021),
        ("近三年", 2020, 2022),
        ("2020—2021学年", 2020, 2021),
        ("", 2022, 2022),
        ("长期", 2022, 2022),
    ],
)
def test_the_period_asked_for_is_read_from_its_words(words: str, first: int, last: int) -> None:
    assert asked_period([words], 2022) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize("path", ["", "coverage/", "gaps/", f"items/{ITEM}/", f"items/{ITEM}/?choose"])
def test_the_number_of_queries_does_not_grow(
    city: EvidenceRound, signed_in: SignIn, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(city.clerk)
    for number in range(12):
        row = received(city.officer, city.world.finance, f"材料{number}")
        support(by=city.clerk, evidence=row, answer=city.answer())
    client.get(f"{LIBRARY}{path}")
    with django_assert_max_num_queries(23):
        assert client.get(f"{LIBRARY}{path}").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_the_library_opens_for_those_who_may(
    city: EvidenceRound, person: MakePerson, signed_in: SignIn, role: Role
) -> None:
    department = city.world.finance if role is Role.DEPARTMENT_OFFICER else None
    client = signed_in(person("somebody", role, city.world.city, department))
    own = {Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER, Role.SCHOOL_SUPERVISOR}
    above = {Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER}
    expected = 200 if role in own else 404 if role in above else 403
    assert client.get(LIBRARY).status_code == expected
    assert client.get("/evidence/").status_code == (302 if role in own else 200 if role in above else 403)


def test_a_region_without_departments_says_whose_turn_it_is(city: EvidenceRound, signed_in: SignIn) -> None:
    client, words = signed_in(city.clerk), "请系统管理员先导入部门名单"
    assert words not in client.get(LIBRARY).content.decode()
    Department.objects.update(active=False)
    assert words in client.get(LIBRARY).content.decode()
