"""The API: what it reads and writes is what the pages read and write, and everything refused says why."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dudao.web.audit.models import Event
from dudao.web.evaluations.models import Answer, Assessment, Duty, FactValue
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import Department, User
from dudao.workflow.machine import Role
from tests.web.api_client import ApiClient, client_of
from tests.web.conftest import ITEM, MakePerson, OpenedRound, SignIn, World
from tests.web.evidence_round import word

SCHEMA = Path(__file__).resolve().parents[2] / "docs/reference/schema/check.json"


@pytest.fixture(autouse=True)
def _no_requests_yet() -> None:
    cache.clear()


@pytest.fixture
def clerk(opened: OpenedRound) -> ApiClient:
    return client_of(opened.clerk)


def base(opened: OpenedRound) -> str:
    return f"/assessments/{opened.assessment.pk}"


def item(opened: OpenedRound) -> str:
    return f"{base(opened)}/items/{ITEM}"


def test_a_clerk_reads_the_whole_of_the_own_assessment(opened: OpenedRound, clerk: ApiClient) -> None:
    listed = clerk.get("/assessments").json()
    assert [row["id"] for row in listed["results"]] == [opened.assessment.pk]
    whole = clerk.get(base(opened)).json()
    items = clerk.get(f"{base(opened)}/items?limit=200").json()
    assert whole["items"] == items["count"] == opened.assessment.answers.count()
    assert whole["total"]["self_points"] is None
    one = clerk.get(item(opened)).json()
    assert one["item"] == ITEM
    assert one["points"][0]["rule"]
    assert one["events"] == []
    assert {fact["items"][0] for fact in one["facts"]} <= {row["item"] for row in items["results"]}


def test_a_scheme_is_told_with_its_rules_in_words(opened: OpenedRound, clerk: ApiClient) -> None:
    row = clerk.get("/schemes").json()["results"][0]
    tree = clerk.get(f"/schemes/{row['slug']}/{row['version']}").json()
    points: list[dict[str, Any]] = []

    def walk(indicators: list[dict[str, Any]]) -> None:
        for each in indicators:
            points.extend(each["points"])
            walk(each["indicators"])

    walk(tree["indicators"])
    assert len(points) == 15
    assert all(point["source"]["document"] for point in points)
    assert any("分" in point["rule"] for point in points)


def test_rounds_and_progress_are_those_of_the_pages(world: World, opened: OpenedRound, clerk: ApiClient) -> None:
    row = clerk.get("/rounds").json()["results"][0]
    assert row["stages"][0]["due"] == "2022-08-18"
    assert clerk.get(f"/rounds/{row['id']}").json() == row
    above = client_of(opened.province).get(f"/rounds/{row['id']}/progress").json()["results"][0]
    assert above["code"] == world.city.code
    assert {cell["self_points"] for cell in above["cells"]} == {None}
    every = clerk.get(f"{base(opened)}/progress").json()
    assert every["count"] == Department.objects.filter(region=world.city).count()


def test_an_officer_reads_the_items_of_the_own_department_alone(opened: OpenedRound, world: World) -> None:
    officer = client_of(opened.officer)
    led = set(Duty.objects.filter(department=world.finance).values_list("item", flat=True))
    listed = officer.get(f"{base(opened)}/items?limit=200").json()
    assert {row["item"] for row in listed["results"]} == led
    other = Answer.objects.filter(assessment=opened.assessment).exclude(item__in=led).values_list("item", flat=True)[0]
    for path in (f"/items/{other}", f"/items/{other}/note"):
        assert officer.get(base(opened) + path).status_code == 404
    named = {fact["name"] for fact in officer.get(f"{base(opened)}/facts?limit=200").json()["results"]}
    assert named < set(FactValue.objects.filter(region=world.city).values_list("name", flat=True))
    assert officer.get(f"{base(opened)}/progress").json()["count"] == 1


def test_a_neighbour_finds_nothing(opened: OpenedRound) -> None:
    neighbour = client_of(opened.other_officer)
    assert neighbour.get("/assessments").json()["results"] == []
    for path in ("", "/items", f"/items/{ITEM}", "/facts", "/progress", "/evidence", "/worksheet"):
        assert neighbour.get(base(opened) + path).status_code == 404, path


def test_the_level_above_sees_nothing_of_a_draft(opened: OpenedRound) -> None:
    province = client_of(opened.province)
    assert province.get("/assessments").json()["count"] == 0
    assert province.get(base(opened)).status_code == 404


def test_a_note_is_saved_on_top_of_a_version(opened: OpenedRound, clerk: ApiClient) -> None:
    note = f"{item(opened)}/note"
    read = clerk.get(note)
    assert clerk.put(note, {"note": "一般公共预算教育支出增长。"}).status_code == 428
    saved = clerk.put(note, {"note": "一般公共预算教育支出增长。"}, If_Match=read["ETag"])
    assert (saved.status_code, saved["ETag"]) == (200, '"1"')
    assert saved.json()["version"] == 1
    assert opened.answer().note == "一般公共预算教育支出增长。"
    event = Event.objects.filter(action="evaluations.answer.note").latest("sequence")
    assert event.actor == "clerk"
    assert event.request_id == saved["X-Request-ID"]


def test_the_weak_tag_of_a_proxy_that_compresses_names_the_version_as_well(
    opened: OpenedRound, clerk: ApiClient
) -> None:
    note = f"{item(opened)}/note"
    weak = f"W/{clerk.get(note)['ETag']}"
    assert clerk.put(note, {"note": "按时拨付。"}, If_Match=weak).status_code == 200
    refused = clerk.put(note, {"note": "另一句。"}, If_Match=weak)
    assert (refused.status_code, opened.answer().note) == (412, "按时拨付。")


def test_a_stale_version_overwrites_nothing_and_tells_what_stands_there(opened: OpenedRound, clerk: ApiClient) -> None:
    note = f"{item(opened)}/note"
    stale = clerk.get(note)["ETag"]
    client_of(opened.officer).put(note, {"note": "财政局写的。"}, If_Match=stale)
    refused = clerk.put(note, {"note": "督导室写的。"}, If_Match=stale)
    assert refused.status_code == 412
    problem = refused.json()
    assert problem["current"]["value"] == "财政局写的。"
    assert problem["current"]["version"] == 1
    assert refused["ETag"] == '"1"'
    assert opened.answer().note == "财政局写的。"


def test_points_and_figures_are_saved_with_their_source(opened: OpenedRound, clerk: ApiClient) -> None:
    one = clerk.get(item(opened)).json()
    point = one["points"][0]
    saved = clerk.put(
        f"{item(opened)}/points/{point['point']}", {"points": point["full_points"]}, If_Match=f'"{point["version"]}"'
    )
    assert saved.json()["self_points"] == point["full_points"]
    fact = next(each for each in one["facts"] if each["period"] == "2022")
    address = f"{item(opened)}/facts/{fact['id']}"
    given = {"value": "34.92", "source": "2022 年决算表 第 3 行"}
    saved = clerk.put(address, given, If_Match=clerk.get(address)["ETag"])
    assert saved.status_code == 200, saved.content
    assert (saved.json()["value"], saved.json()["source"]) == ("34.92", "2022 年决算表 第 3 行")
    assert saved.json()["unit"] == fact["unit"]
    wrong = clerk.put(address, {"value": "很多"}, If_Match=saved["ETag"])
    assert wrong.status_code == 422
    assert "不是数字" in wrong.json()["detail"]


def test_what_a_rule_asks_of_people_is_stated_on_top_of_a_version(choosing: tuple[Assessment, User]) -> None:
    assessment, by = choosing
    api = client_of(by)
    address = f"/assessments/{assessment.pk}/items/1.1/points/1.1.2"
    read = api.get(address)
    asked = {choice["key"]: choice for choice in read.json()["choices"]}
    assert asked["grade"]["options"] == ["优", "良", "合格", "不合格"]
    good = {"choices": [{"key": "grade", "value": "良"}]}
    saved = api.put(f"{address}/choices", good, If_Match=read["ETag"])
    assert saved.status_code == 200, saved.content
    assert {choice["key"]: choice["value"] for choice in saved.json()["choices"]}["grade"] == "良"
    assert saved.json()["forecast"] == "3.2"
    stale = {"choices": [{"key": "grade", "value": "优"}]}
    assert api.put(f"{address}/choices", stale, If_Match=read["ETag"]).status_code == 412
    unknown = {"choices": [{"key": "no-such", "value": "有"}]}
    assert api.put(f"{address}/choices", unknown, If_Match=saved["ETag"]).status_code == 422


def test_an_item_goes_its_way_through_events(opened: OpenedRound, clerk: ApiClient) -> None:
    incomplete = clerk.post(f"{item(opened)}/events", {"event": "submit"})
    assert incomplete.status_code in {403, 409}
    one = clerk.get(item(opened)).json()
    clerk.put(f"{item(opened)}/note", {"note": "已按规定落实。"}, If_Match='"0"')
    for point in one["points"]:
        if point["full_points"] is not None:
            clerk.put(f"{item(opened)}/points/{point['point']}", {"points": "0"}, If_Match='"0"')
    submitted = clerk.post(f"{item(opened)}/events", {"event": "submit"})
    assert submitted.json()["state"] == "submitted", submitted.content
    assert "return" in submitted.json()["events"]
    assert clerk.post(f"{item(opened)}/events", {"event": "return"}).status_code == 422
    returned = clerk.post(f"{item(opened)}/events", {"event": "return", "reason": "请补充依据"})
    assert returned.json()["return_reason"] == "请补充依据"


def test_a_write_with_a_key_is_made_once(opened: OpenedRound, clerk: ApiClient) -> None:
    note = f"{item(opened)}/note"
    first = clerk.put(note, {"note": "第一次"}, If_Match='"0"', Idempotency_Key="a-1")
    again = clerk.put(note, {"note": "第一次"}, If_Match='"0"', Idempotency_Key="a-1")
    assert (first.status_code, first.content, first["ETag"]) == (again.status_code, again.content, again["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert Event.objects.filter(action="evaluations.answer.note").count() == 1
    other = clerk.put(note, {"note": "另一段"}, If_Match='"1"', Idempotency_Key="a-1")
    assert other.status_code == 422
    assert "a-1" in other.json()["detail"]
    assert (
        client_of(opened.officer).put(note, {"note": "他人"}, If_Match='"1"', Idempotency_Key="a-1").status_code == 200
    )


def test_what_was_refused_may_be_asked_again_with_the_same_key(opened: OpenedRound, clerk: ApiClient) -> None:
    events = f"{item(opened)}/events"
    assert clerk.post(events, {"event": "accept"}, Idempotency_Key="k").status_code == 403
    assert clerk.post(events, {"event": "accept"}, Idempotency_Key="k").status_code == 403
    assert clerk.post(events, {"event": "accept"}, Idempotency_Key="坏键").status_code == 422


def test_evidence_is_uploaded_listed_and_downloaded(opened: OpenedRound, world: World) -> None:
    officer = client_of(opened.officer)
    departments = officer.get(f"{base(opened)}/evidence/departments").json()
    assert [each["id"] for each in departments] == [world.finance.pk]
    content = word("关于教育经费的报告", "云财教〔2022〕5号")
    fields = {
        "file": SimpleUploadedFile("报告.docx", content),
        "department": world.finance.pk,
        "effective_from": "2022-01-01",
        "effective_to": "2022-12-31",
        "item": ITEM,
    }
    made = officer.send(f"{base(opened)}/evidence", fields, Idempotency_Key="upload-1")
    assert made.status_code == 201, made.content
    again = officer.send(
        f"{base(opened)}/evidence",
        fields | {"file": SimpleUploadedFile("报告.docx", content)},
        Idempotency_Key="upload-1",
    )
    assert again.json() == made.json()
    assert Evidence.objects.count() == 1
    assert made.json()["items"] == [ITEM]
    assert made.json()["standing"] == "within"
    piece = made["Location"].removeprefix("/api/v1")
    assert officer.get(piece).json() == made.json()
    file = made.json()["files"][0]
    taken = officer.get(f"{piece}/files/{file['id']}")
    assert taken.content == content
    assert "sandbox" in taken["Content-Security-Policy"]
    assert taken["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(action="evidence.download").count() == 1
    found = officer.get(f"{base(opened)}/evidence?words=云财教&standing=within").json()
    assert found["count"] == 1
    assert client_of(opened.other_officer).get(f"{piece}/files/{file['id']}").status_code == 404


def test_a_file_that_cannot_be_kept_says_why(opened: OpenedRound, world: World, settings: LazySettings) -> None:
    officer = client_of(opened.officer)
    address = f"{base(opened)}/evidence"
    refused = officer.send(
        address, {"file": SimpleUploadedFile("a.exe", b"MZ\x00\x01"), "department": world.finance.pk}
    )
    assert refused.status_code == 422
    assert officer.send(address, {"department": world.finance.pk}).json()["errors"][0]["place"] == "file.file"
    other = officer.send(address, {"file": SimpleUploadedFile("a.txt", b"a"), "department": world.education.pk})
    assert other.status_code == 404
    settings.UPLOAD_LIMIT = 10
    large = officer.send(address, {"file": SimpleUploadedFile("a.txt", b"a" * 11), "department": world.finance.pk})
    assert large.status_code in {413, 422}
    assert not Evidence.objects.exists()


def test_a_worksheet_is_tried_then_saved_whole(opened: OpenedRound) -> None:
    import openpyxl

    officer = client_of(opened.officer)
    sheet = officer.get(f"{base(opened)}/worksheet")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    row = next(line for line in page.iter_rows(min_row=2) if str(line[0].value).startswith("数"))
    row[6].value = "12.5"

    def upload(trial: bool) -> Any:
        buffer = io.BytesIO()
        book.save(buffer)
        file = SimpleUploadedFile("填报.xlsx", buffer.getvalue())
        return officer.send(f"{base(opened)}/worksheet", {"file": file, "trial": "true" if trial else "false"})

    assert heads
    tried = upload(True).json()
    assert (tried["saved"], len(tried["changes"]), tried["errors"]) == (False, 1, [])
    assert not FactValue.objects.filter(value="12.5").exists()
    assert upload(False).json()["saved"] is True
    assert FactValue.objects.filter(value="12.5").count() == 1
    row[6].value = "许多"
    refused = upload(False)
    assert refused.status_code == 422
    assert "不是数字" in refused.json()["errors"][0]["message"]


def test_a_document_is_checked_as_the_command_checks_it(opened: OpenedRound, clerk: ApiClient) -> None:
    text = (
        "全市小学在校生 1200 人，其中男生 700 人，女生 400 人。教育支出 44.42 亿元，比上年增加 3.84 亿元，增长 19.46%。"
    )
    checked = clerk.send("/check", {"file": SimpleUploadedFile("报告.txt", text.encode())})
    assert checked.status_code == 200, checked.content
    content = checked.json()
    jsonschema.validate(content, json.loads(SCHEMA.read_text(encoding="utf-8")))
    document = content["documents"][0]
    assert document["file"] == "报告.txt"
    assert any(finding["code"] == "claims.inconsistent" for finding in document["findings"])


def test_what_cannot_be_checked_says_why(opened: OpenedRound, clerk: ApiClient, settings: LazySettings) -> None:
    for name, content in (("a.docx", b"PK\x03\x04 broken"), ("a.bin", b"\x00\x01\x02"), ("a.txt", b"")):
        refused = clerk.send("/check", {"file": SimpleUploadedFile(name, content)})
        assert refused.status_code == 422, name
        assert "/tmp" not in refused.json()["detail"]
    unknown = clerk.send("/check", {"file": SimpleUploadedFile("a.txt", b"1"), "scheme": "no-such"})
    assert unknown.status_code == 422
    settings.CHECK_LIMIT = 1
    assert clerk.send("/check", {"file": SimpleUploadedFile("a.txt", b"12")}).status_code == 413


def test_the_trail_tells_as_much_as_its_page(opened: OpenedRound, clerk: ApiClient) -> None:
    clerk.put(f"{item(opened)}/note", {"note": "草稿里的话"}, If_Match='"0"')
    own = clerk.get("/audit?action=evaluations.answer").json()["results"][0]
    assert own["after"] == {"note": "草稿里的话"}
    above = client_of(opened.province).get("/audit?action=evaluations.answer").json()["results"][0]
    assert (above["readable"], above["after"]) == (False, {})
    assert "草稿里的话" not in client_of(opened.province).get("/audit").content.decode()
    assert Event.objects.filter(action="audit.read").exists()
    first = clerk.get("/audit?limit=1").json()
    assert clerk.get(f"/audit?limit=1&before={first['before']}").json()["results"][0]["sequence"] < first["before"]


def test_people_are_told_to_administrators_within_their_reach(world: World, person: MakePerson) -> None:
    head = person("head", Role.SYSTEM_ADMINISTRATOR, world.province)
    person("near", Role.LEADER, world.city)
    person("far", Role.LEADER, world.other_city)
    told = client_of(head).get("/people").json()["results"]
    assert {each["username"] for each in told} == {"head", "near"}
    assert client_of(head).get("/people?active=false").json()["count"] == 0
    assert client_of(head).get("/regions?under=990100").json()["count"] == 2
    assert client_of(head).get("/regions?under=980100").status_code == 404


PROBLEMS = [
    ("GET", "/nothing", None, 404),
    ("GET", "/", None, 404),
    ("DELETE", "/me", None, 405),
    ("GET", "/assessments/x", None, 422),
    ("GET", "/regions?limit=0", None, 422),
    ("GET", "/regions?limit=1000", None, 422),
    ("GET", "/regions?under=%00", None, 404),
    ("GET", "/schemes/none/1", None, 404),
    ("PUT", "/assessments/1/items/1/note", {"note": 1}, 422),
    ("PUT", "/assessments/1/items/1/note", {"note": "a", "not": "b"}, 422),
    ("PUT", "/assessments/1/items/1/note", {"note": "\x00"}, 422),
    ("PUT", "/assessments/1/items/1/note", {"note": "a" * 20001}, 422),
]


@pytest.mark.parametrize(("method", "path", "content", "status"), PROBLEMS)
def test_everything_refused_is_told_as_a_problem(
    method: str, path: str, content: Any, status: int, clerk: ApiClient
) -> None:
    refused = clerk.request(method, path, content, If_Match='"0"')
    assert refused.status_code == status, refused.content
    assert refused["Content-Type"] == "application/problem+json"
    problem = refused.json()
    assert problem["status"] == status
    assert problem["request_id"] == refused["X-Request-ID"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in problem["detail"])
    if status == 405:
        assert "GET" in refused["Allow"]


def test_a_body_that_is_none_or_too_large_is_refused(clerk: ApiClient, settings: LazySettings) -> None:
    headers = {"Authorization": f"Bearer {clerk.secret}", "If-Match": '"0"'}
    address = "/api/v1/assessments/1/items/1/note"
    client = Client(raise_request_exception=False)
    broken = client.put(address, b"{", content_type="application/json", headers=headers)
    assert (broken.status_code, broken["Content-Type"]) == (400, "application/problem+json")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    large = client.put(address, b'{"note": "0123456789"}', content_type="application/json", headers=headers)
    assert (large.status_code, large["Content-Type"]) == (413, "application/problem+json")


def test_a_failure_says_nothing_of_what_failed(clerk: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("dudao.web.api.resources.people.search_people", fail)
    monkeypatch.setattr("dudao.web.api.resources.rounds.visible_rounds", fail)
    failed = clerk.get("/rounds")
    assert (failed.status_code, failed["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in failed.content.decode()


def test_a_host_that_is_not_ours_is_told_as_a_problem(clerk: ApiClient) -> None:
    refused = Client(raise_request_exception=False).get("/api/v1/me", headers={"Host": "elsewhere.example"})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")


def test_lists_ask_the_same_number_of_questions_however_long(
    opened: OpenedRound, world: World, clerk: ApiClient
) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(path).status_code == 200
        return len(captured)

    paths = [f"{base(opened)}{path}" for path in ("/items", "/facts", "/progress", f"/items/{ITEM}")]
    for path in paths:
        asked(path)  # what is noted or remembered from the first request on
    few = [asked(f"{path}?limit=1") for path in paths]
    for number in range(5):
        Department.objects.create(region=world.city, name=f"市第{number}局")
    assert [asked(f"{path}?limit=200") for path in paths] == few


def test_the_documentation_is_drawn_for_people(opened: OpenedRound, signed_in: SignIn) -> None:
    page = signed_in(opened.clerk).get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("save_note", "/api/v1/assessments/{key}/items/{item}/note", "If-Match", "problem-version-conflict"):
        assert words in text
    assert Client().get("/api/docs/").status_code == 302
    assert Client().get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
