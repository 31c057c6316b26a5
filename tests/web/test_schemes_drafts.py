import io
import re
from dataclasses import dataclass

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from dudao.packs.find import find_pack
from dudao.scheme.edit_pack import read_editable
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import schemes
from dudao.web.evaluations.convert import files_of_pack, scheme_of
from dudao.web.evaluations.draft_tree import tree_lines
from dudao.web.evaluations.models import PublishedScheme
from dudao.web.evaluations.refusals import NotAllowedError, NotPossibleError
from dudao.web.people.models import User
from dudao.web.phrase_book import book, told
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tools.translations import catalogues, compile_catalogue

EDIT = "/schemes/cloud-city-2024/1/edit/"


def table(*rows: tuple[str, ...]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    book.close()
    return buffer.getvalue()


SCHEME = table(
    ("一级指标", "二级指标", "分值", "评分标准", "责任单位"),
    ("一、依法治教", "1.经费投入", "60", "两个只增不减，每降一项扣2分。", "财政局"),
    ("", "2.教师待遇", "约40", "不低于公务员平均工资。", "人社局"),
)


@dataclass(frozen=True, slots=True)
class Drafting:
    province: User
    client: Client

    def row(self, version: int = 1) -> PublishedScheme:
        return PublishedScheme.objects.get(slug="cloud-city-2024", version=version)

    def line(self, key: str) -> str:
        lines = tree_lines(read_editable(self.row().files))
        return next(line.path for line in lines if line.id == key)

    def save(self, key: str, **fields: str) -> tuple[int, str]:
        given = {"id": key, "name": "经费投入", "seen": self.row().content_hash} | fields
        answer = self.client.post(EDIT + f"?line={self.line(key)}", given)
        return answer.status_code, answer.content.decode()

    def change(self, event: str) -> int:
        given = {"event": event, "seen": self.row().content_hash}
        return self.client.post(EDIT + "line/", given).status_code


@pytest.fixture
def drafting(world: World, person: MakePerson, signed_in: SignIn) -> Drafting:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    return Drafting(province, signed_in(province))


def begin(drafting: Drafting, raw: bytes = SCHEME, file_name: str = "方案.xlsx", **fields: str) -> tuple[int, str]:
    given = {"slug": "cloud-city-2024", "region": "990000", "level": "city", "year": "2024", "way": "file"} | fields
    answer = drafting.client.post("/schemes/new/", given | {"file": SimpleUploadedFile(file_name, raw)})
    return answer.status_code, answer.content.decode()


def blank(drafting: Drafting) -> None:
    assert begin(drafting, way="blank", name="示范省2024年评价方案")[0] == 302
    assert drafting.change("group:") == 302
    assert drafting.change("point:0") == 302


def test_a_table_becomes_a_draft_with_its_doubts_to_settle(drafting: Drafting) -> None:
    assert begin(drafting)[0] == 302
    row = drafting.row()
    assert [point.name for point in scheme_of(row).points()] == ["经费投入", "教师待遇"]
    page = drafting.client.get(EDIT).content.decode()
    assert "存疑" in page
    assert "已识别" in page
    assert row.undecided
    assert "/tmp" not in page
    assert drafting.client.get("/schemes/cloud-city-2024/1/publish/").status_code == 200
    assert drafting.client.post("/schemes/cloud-city-2024/1/publish/").status_code == 409
    for line in row.undecided:
        assert drafting.client.post(EDIT + "settle/", {"settled": line}).status_code == 302
        assert drafting.client.post(EDIT + "settle/", {"settled": line}).status_code == 409
    assert drafting.row().undecided == []
    assert Event.objects.filter(action="evaluations.scheme.settle").count() == len(row.undecided)


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "空.docx", "空文件"),
        (b"PK\x03\x04nothing", "坏.docx", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧.doc", "旧"),
        (table(("姓名", "电话")), "通讯录.xlsx", "没有找到指标表"),
        (b"plain words", "说明.txt", "不是 Word、Excel 或 PDF"),
        (b"\x89PNG\r\n\x1a\n", "图.png", "不是可以上传"),
    ],
)
def test_files_that_hold_no_scheme_are_told(drafting: Drafting, raw: bytes, name: str, sentence: str) -> None:
    status, page = begin(drafting, raw, name)
    assert status == 422
    assert sentence in page
    assert "/tmp" not in page
    assert not PublishedScheme.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "方案"}, "不合规则"),
        ({"year": "二四"}, "不像是年份"),
        ({"way": "blank", "name": "", "year": "2024"}, "请填方案名称"),
        ({"way": "blank", "name": "甲", "level": "village"}, "请选择评价对象"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(drafting: Drafting, fields: dict[str, str], sentence: str) -> None:
    status, page = begin(drafting, SCHEME, "方案.xlsx", **fields)
    assert status == 422
    assert sentence in page
    if fields.get("slug") is None:
        assert 'value="cloud-city-2024"' in page


def test_what_an_import_left_undecided_is_told_in_the_language_of_the_page(drafting: Drafting) -> None:
    for path in catalogues():
        compile_catalogue(path)
    book.cache_clear()
    rows = (("一级指标", "二级指标", "分值"), ("党建（20分）", "会议", "5"), ("", "机构", ""), ("保障", "投入", ""))
    assert begin(drafting, table(*rows))[0] == 302
    row = drafting.row()
    assert row.undecided
    with translation.override("en"):
        for sentence in row.undecided:
            said = re.sub("“[^”]*”|投入", "", told(sentence))  # names are data
            assert not re.search(r"[\u4e00-\u9fff]", said), (sentence, said)


def test_a_draft_without_a_name_for_addresses_gets_one_nobody_has(drafting: Drafting) -> None:
    for _ in range(2):
        assert begin(drafting, SCHEME, "方案.xlsx", slug="")[0] == 302
    slugs = set(PublishedScheme.objects.values_list("slug", flat=True))
    assert slugs == {"990000-city-2024", "990000-city-2024-2"}


def test_a_draft_is_written_by_hand_and_published(drafting: Drafting) -> None:
    blank(drafting)
    assert drafting.save("1", name="依法治教", full_points="100")[0] == 302
    status, page = drafting.save(
        "1.1",
        full_points="100",
        requirement="两个只增不减。",
        lead_department="财政局",
        departments="教育局、人社局",
        evidence="决算表｜评价年度\n说明（选交）",
        source_document="示范省评价办法",
        source_clause="第三条",
        confirmed="on",
    )
    assert status == 302, page
    point = next(scheme_of(drafting.row()).points())
    assert (point.lead_department, point.departments) == ("财政局", ("教育局", "人社局"))
    assert [(each.name, each.period, each.required) for each in point.evidence] == [
        ("决算表", "评价年度", True),
        ("说明", "", False),
    ]
    assert (point.source.document, point.source.clause) == ("示范省评价办法", "第三条")
    shown = drafting.client.get(EDIT + f"?line={drafting.line('1.1')}").content.decode()
    assert "决算表｜评价年度" in shown
    dialog = drafting.client.get("/schemes/cloud-city-2024/1/publish/").content.decode()
    assert "全部冻结" in dialog
    assert drafting.client.post("/schemes/cloud-city-2024/1/publish/", {"seen": "old"}).status_code == 409
    assert drafting.client.post("/schemes/cloud-city-2024/1/publish/").status_code == 302
    assert drafting.row().state == "published"


def test_a_shipped_pack_keeps_its_rules_when_a_line_is_edited(world: World, drafting: Drafting) -> None:
    files = files_of_pack(find_pack("liaoning-city-2022"))
    row = schemes.keep_draft(by=drafting.province, region=world.province, files=files)
    before = {point.id: point for point in scheme_of(row).points()}
    lines = tree_lines(read_editable(row.files))
    path = next(line.path for line in lines if line.id == "3.10")
    address = f"/schemes/{row.slug}/{row.version}/edit/?line={path}"
    page = drafting.client.get(address).content.decode()
    assert "spending_per_student_kept" in page
    form = drafting.client.get(address).context["values"]
    given = {key: value for key, value in form.items() if isinstance(value, str)}
    assert drafting.client.post(address, given | {"lead_department": "教育局"}).status_code == 302
    row.refresh_from_db()
    after = {point.id: point for point in scheme_of(row).points()}
    assert after["3.10"].lead_department == "教育局"
    assert after["3.10"].rule == before["3.10"].rule or (
        after["3.10"].rule is not None
        and before["3.10"].rule is not None
        and after["3.10"].rule.settings == before["3.10"].rule.settings
        and after["3.10"].rule.source == before["3.10"].rule.source
    )
    assert {key: point.name for key, point in after.items()} == {key: point.name for key, point in before.items()}
    assert after["3.11"].rule is not None
    assert after["3.11"].rule.settings == before["3.11"].rule.settings if before["3.11"].rule else True


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": ""}, "请填编号"),
        ({"id": "1 1"}, "请填编号"),
        ({"id": "1"}, "已被另一项使用"),
        ({"name": ""}, "请填名称"),
        ({"full_points": "五"}, "不是数字"),
        ({"full_points": "-1"}, "应大于 0"),
        ({"full_points": "NaN"}, "不是数字"),
        ({"parent": "9"}, "没有编号为“9”的上级指标"),
        ({"parent": ""}, "测评点要放在一级指标下面"),
        ({"rule_settings": "fact: x"}, "没有选规则种类"),
        ({"rule_kind": "magic"}, "没有“magic”这种规则"),
        ({"rule_kind": "threshold", "rule_settings": "fact: [\n"}, "行"),
        ({"rule_kind": "threshold", "rule_settings": "fact: x\notherwize: 1\n"}, "第2行"),
        ({"rule_kind": "threshold", "rule_settings": "fact: nothing\nis: true\notherwise: 0"}, "没有声明数据"),
        ({"rule_kind": "threshold", "rule_settings": "- a\n- b"}, "键: 值"),
        ({"requirement": "长" * 20_001}, "超过 20000 字"),
    ],
)
def test_what_cannot_be_is_told_and_the_draft_stays(drafting: Drafting, fields: dict[str, str], sentence: str) -> None:
    blank(drafting)
    before = drafting.row().content_hash
    status, page = drafting.save("1.1", **({"note": "x"} | fields))
    assert status == 422
    assert sentence in page
    assert drafting.row().content_hash == before


def test_a_rule_is_written_once_its_figures_are_declared(drafting: Drafting) -> None:
    blank(drafting)
    head = {"name": "示范省方案", "year": "2024", "level": "city", "region_name": "示范省", "full_points": "100"}
    wrong = drafting.client.post(EDIT, head | {"facts": "- {name: spending"})
    assert wrong.status_code == 422
    assert "spending" in wrong.content.decode()
    facts = "- {name: spending_grew, title: 教育支出增长, unit: '', kind: boolean}\n"
    assert drafting.client.post(EDIT, head | {"facts": facts}).status_code == 302
    settings = "fact: spending_grew\nis: true\notherwise: 0\n"
    status, page = drafting.save("1.1", full_points="100", rule_kind="threshold", rule_settings=settings)
    assert status == 302, page
    point = next(scheme_of(drafting.row()).points())
    assert point.rule is not None
    assert point.rule.settings["fact"] == "spending_grew"
    assert point.inputs == ("spending_grew",), "what a rule needs is asked for without being named twice"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("year", "24"),
        ("level", "village"),
        ("region_name", ""),
        ("full_points", "很多"),
        ("facts", "a: 1"),
    ],
)
def test_the_head_of_a_scheme_is_checked(drafting: Drafting, field: str, value: str) -> None:
    blank(drafting)
    head = {"name": "示范省方案", "year": "2024", "level": "city", "region_name": "示范省", "full_points": "100"}
    assert drafting.client.post(EDIT, head | {field: value}).status_code == 422


def test_lines_are_added_moved_and_taken_out(drafting: Drafting) -> None:
    blank(drafting)
    assert drafting.change("point:0") == 302
    assert drafting.change("group:0") == 302
    assert drafting.change("up:0.1") == 302
    lines = tree_lines(read_editable(drafting.row().files))
    assert [line.id for line in lines] == ["1", "1.2", "1.1", "1.3"]
    assert drafting.save("1.1", parent="1.3")[0] == 302
    lines = tree_lines(read_editable(drafting.row().files))
    assert [(line.id, line.parent) for line in lines] == [("1", ""), ("1.2", "1"), ("1.3", "1"), ("1.1", "1.3")]
    status, page = drafting.save("1.3", name="组", parent="1.3")
    assert status == 422
    assert "它自己下面" in page
    assert drafting.change("remove:0.1") == 302
    assert [line.id for line in tree_lines(read_editable(drafting.row().files))] == ["1", "1.2"]
    for wrong in ("up:7", "remove:0.9.9", "group:x", "dance:0", "point:0.0", ""):
        assert drafting.change(wrong) == 422, wrong


def test_two_people_do_not_overwrite_each_other(drafting: Drafting) -> None:
    blank(drafting)
    seen = drafting.row().content_hash
    assert drafting.save("1", name="依法治教")[0] == 302
    status, page = drafting.save("1.1", name="我的文字", seen=seen)
    assert status == 409
    assert "别人刚刚改过" in page
    assert "我的文字" in page
    assert scheme_of(drafting.row()).indicators[0].name == "依法治教"


def test_a_draft_published_while_somebody_types_is_told(drafting: Drafting) -> None:
    begin(drafting)
    row = drafting.row()
    for line in row.undecided:
        schemes.settle(by=drafting.province, row=row, line=line)
    path = drafting.line("1.1")
    schemes.publish(by=drafting.province, row=drafting.row())
    answer = drafting.client.post(EDIT + f"?line={path}", {"id": "1.1", "name": "x"})
    assert answer.status_code == 409
    assert "已发布，不能修改" in answer.content.decode()


def test_a_correction_is_a_new_version_and_a_withdrawal_has_a_reason(drafting: Drafting, world: World) -> None:
    begin(drafting)
    row = drafting.row()
    for line in row.undecided:
        schemes.settle(by=drafting.province, row=row, line=line)
    schemes.publish(by=drafting.province, row=drafting.row())
    address = "/schemes/cloud-city-2024/1/"
    assert drafting.client.post(address + "new-version/", {"reason": "改"}).status_code == 422
    assert drafting.client.post(address + "new-version/", {"reason": "第二项分值有误"}).status_code == 302
    assert drafting.row(2).state == "draft"
    assert drafting.row(2).reason == "第二项分值有误"
    assert drafting.client.post(address + "new-version/", {"reason": "再来一个版本"}).status_code == 409
    assert drafting.client.post(address + "withdraw/", {"reason": ""}).status_code == 422
    assert drafting.client.post(address + "withdraw/", {"reason": "已由新版本替代"}).status_code == 302
    assert drafting.row().state == "withdrawn"


@pytest.mark.parametrize(
    "role", [Role.SUPERVISION_CLERK, Role.LEADER, Role.REVIEWER, Role.DEPARTMENT_OFFICER, Role.SYSTEM_ADMINISTRATOR]
)
def test_other_roles_write_no_scheme(
    role: Role, drafting: Drafting, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    begin(drafting)
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    client = signed_in(person("somebody", role, world.city, department))
    for address in ("/schemes/new/", EDIT, "/schemes/cloud-city-2024/1/publish/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    for address in (EDIT + "line/", EDIT + "settle/", "/schemes/cloud-city-2024/1/new-version/"):
        assert client.post(address).status_code == 403


def test_another_province_does_not_even_see_the_draft(
    drafting: Drafting, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    begin(drafting)
    stranger = person("stranger", Role.PROVINCIAL_ADMINISTRATOR, world.other_province)
    client = signed_in(stranger)
    for address in ("/schemes/cloud-city-2024/1/", EDIT, "/schemes/cloud-city-2024/1/publish/"):
        assert client.get(address).status_code == 404
    assert client.post(EDIT + "settle/", {"settled": "x"}).status_code == 404
    assert client.post(EDIT + "line/", {"event": "remove:0"}).status_code == 404
    with pytest.raises(NotAllowedError):
        schemes.settle(by=stranger, row=drafting.row(), line=drafting.row().undecided[0])
    with pytest.raises(NotPossibleError):
        schemes.new_version(by=drafting.province, row=drafting.row(), reason="草稿不必另存")


def marked_row(page: str) -> str:
    """Return the row of the original that is marked, as plain text; empty when none is."""
    found = re.search(r'<tr class="on" aria-current="true">(.*?)</tr>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "|", found[1]) if found else ""


def test_the_original_stands_beside_the_tree_with_the_row_of_the_line(drafting: Drafting) -> None:
    begin(drafting)
    page = drafting.client.get(f"{EDIT}?line={drafting.line('1.2')}").content.decode()
    assert "方案.xlsx" in page
    assert "约40" in marked_row(page)
    assert "两个只增不减" in page
    assert "at=0.2#original" in page
    assert "不低于公务员" in marked_row(drafting.client.get(f"{EDIT}?at=0.2").content.decode())
    assert '<tr class="doubt"' in drafting.client.get(EDIT).content.decode()
    for sentence in drafting.row().undecided:
        drafting.client.post(EDIT + "settle/", {"settled": sentence})
    assert '<tr class="doubt"' not in drafting.client.get(EDIT).content.decode()


@pytest.mark.parametrize("asked", ["9", "0.99999", "x.y", "0.-1", "-1", "0.", ".", "9" * 40])
def test_a_row_that_is_not_there_marks_nothing(drafting: Drafting, asked: str) -> None:
    begin(drafting)
    answer = drafting.client.get(EDIT, {"at": asked})
    assert answer.status_code == 200
    assert marked_row(answer.content.decode()) == ""


def test_a_line_keeps_its_row_with_another_number_and_loses_it_when_taken_out(drafting: Drafting) -> None:
    begin(drafting)
    assert drafting.save("1.2", id="1.9", name="教师待遇", full_points="40")[0] == 302
    page = drafting.client.get(f"{EDIT}?line={drafting.line('1.9')}").content.decode()
    assert "教师待遇" in marked_row(page)
    assert drafting.change(f"remove:{drafting.line('1.9')}") == 302
    assert drafting.change(f"point:{drafting.line('1')}") == 302
    assert set(drafting.row().original.places) == {"1", "1.1"}


def test_a_draft_written_by_hand_has_no_original(drafting: Drafting) -> None:
    blank(drafting)
    assert 'id="original"' not in drafting.client.get(EDIT).content.decode()
