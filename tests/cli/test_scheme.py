"""`dudao scheme`: what it prints is what its schemas say, and bad input ends with a sentence and its exit code."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dudao.packs.find import SHIPPED, find_packs
from tests.scheme.layouts import Sheet, write_docx

RunDudao = Callable[..., Any]
SCHEMAS = Path(__file__).resolve().parents[2] / "docs/reference/schema"
LIAONING = SHIPPED / "liaoning" / "2022"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of a shipped pack, to be damaged."""
    return shutil.copytree(LIAONING, tmp_path / "copy")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        ["一级指标", "二级指标", "评分标准", "责任单位"],
        ["一、领导（20分）", "1.会议（20分）", "少一次扣1分", "教育局"],
        ["二、保障（80分）", "2.投入（50分）", "下降不得分", "财政局"],
        ["", "3.工资（30分）", "", "人社局"],
        ["总分", "", "100", ""],
    ]
    return write_docx(tmp_path / "table.docx", Sheet(rows, [(2, 0, 3, 0)], "江北市2024年县区政府评价指标"))


def damage(pack: Path, old: str, new: str, file: str = "1-dang-de-lingdao") -> None:
    place = pack / "indicators" / f"{file}.yaml"
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_list_is_what_the_schema_says(run_dudao: RunDudao) -> None:
    shown = run_dudao("scheme", "list", "--format", "json")
    assert shown.code == 0
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-list"))
    assert [entry["id"] for entry in payload["schemes"]] == [entry.id for entry in find_packs()]
    liaoning = next(entry for entry in payload["schemes"] if entry["id"] == "liaoning-city-2022")
    assert (liaoning["full_points"], liaoning["points"], liaoning["indicators"]) == ("100", 15, 4)


def test_list_for_people_names_every_scheme(run_dudao: RunDudao) -> None:
    shown = run_dudao("scheme", "list")
    assert shown.code == 0
    for entry in find_packs():
        assert entry.id in shown.stdout


@pytest.mark.parametrize("scheme_id", [entry.id for entry in find_packs()])
def test_show_is_what_the_schema_says(run_dudao: RunDudao, scheme_id: str) -> None:
    shown = run_dudao("scheme", "show", scheme_id, "--format", "json")
    assert shown.code == 0
    jsonschema.validate(json.loads(shown.stdout), schema("scheme-show"))
    for_people = run_dudao("scheme", "show", scheme_id)
    assert for_people.code == 0
    assert "出处" in for_people.stdout


def test_check_says_nothing_on_the_packs_that_ship(run_dudao: RunDudao) -> None:
    shown = run_dudao("scheme", "check", "--format", "json")
    assert shown.code == 0
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-check"))
    assert payload == {"issues": []}


def test_check_takes_ids_paths_and_folders_of_packs(run_dudao: RunDudao, pack: Path) -> None:
    assert run_dudao("scheme", "check", "liaoning-city-2022", pack, pack.parent).code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("full_points: 17", "full_points: 18", "scheme.points_do_not_add_up"),
        ('id: "1.2"', 'id: "1.1"', "scheme.duplicate_id"),
        ('id: "1.2"', "id: 1.2", "pack.id_not_quoted"),
        ("name: 党建工作情况", "nmae: 党建工作情况", "pack.unknown_key"),
        ("lead_department: 教育局", "inputs: [no_such_fact]", "scheme.unknown_fact"),
        (
            "lead_department: 教育局",
            'rule: {kind: threshold, fact: no_such_fact, at_least: "1", otherwise: "0"}',
            "scoring.",
        ),
    ],
)
def test_a_wrong_pack_ends_with_findings(run_dudao: RunDudao, pack: Path, old: str, new: str, code: str) -> None:
    damage(pack, old, new)
    shown = run_dudao("scheme", "check", pack, "--format", "json")
    assert shown.code == 1
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-check"))
    found = [issue for issue in payload["issues"] if issue["code"].startswith(code)]
    assert found
    assert all(issue["location"]["line"] for issue in found)
    for_people = run_dudao("scheme", "check", pack)
    assert for_people.code == 1
    assert "建议" in for_people.stdout


@pytest.mark.parametrize("content", ["a: &a [*a, *a]\nb: [*a]", "id: [", "", "\x00\x01", "- !!python/none x"])
def test_a_file_that_is_no_pack_at_all_cannot_be_read(run_dudao: RunDudao, tmp_path: Path, content: str) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text(content, encoding="utf-8")
    shown = run_dudao("scheme", "check", file, "--format", "json")
    assert shown.code == 3
    assert json.loads(shown.stdout)["issues"]
    used = run_dudao("scheme", "show", file)
    assert used.code == 3
    assert used.stderr.startswith("错误：")


def test_an_unsound_pack_is_not_used(run_dudao: RunDudao, pack: Path) -> None:
    damage(pack, 'id: "1.2"', "id: 1.2")
    shown = run_dudao("scheme", "show", pack)
    assert shown.code == 3
    assert "第14行" in shown.stderr
    assert "dudao scheme check" in shown.stderr


def test_an_unknown_id_cannot_be_used_and_offers_the_nearest(run_dudao: RunDudao) -> None:
    for arguments in (("show",), ("check",), ("compare", "panjin-county-2023")):
        shown = run_dudao("scheme", *arguments, "liaoning-city-2202")
        assert shown.code == 3
        assert "liaoning-city-2022" in shown.stderr


def test_a_rule_on_an_unknown_fact_is_a_finding_of_check_and_stops_every_use(
    run_dudao: RunDudao, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(SHIPPED / "shifan" / "2024", pack)
    items = pack / "indicators" / "2-baozhang.yaml"
    items.write_text(
        items.read_text(encoding="utf-8").replace("fact: running_cost_on_time,", "fact: on_time,"), "utf-8"
    )
    checked = run_dudao("scheme", "check", pack, "--format", "json")
    assert checked.code == 1
    assert "scoring.unknown_fact" in {issue["code"] for issue in json.loads(checked.stdout)["issues"]}
    report = tmp_path / "报告.txt"
    report.write_text("一、党的领导（20分，自评19分）\n二、投入（80分，自评78分）\n", encoding="utf-8")
    for arguments in (
        ("scheme", "show", pack),
        ("scheme", "compare", pack, "shifan-city-2024"),
        ("check", report, "--scheme", pack),
        ("score", report, "--scheme", pack),
    ):
        used = run_dudao(*arguments)
        assert used.code == 3
        assert "on_time" in used.stderr
        assert used.stdout == ""


def test_a_path_that_is_not_there_cannot_be_read(run_dudao: RunDudao, tmp_path: Path) -> None:
    assert run_dudao("scheme", "check", tmp_path / "nowhere.yaml").code == 3
    assert run_dudao("scheme", "check", tmp_path).code == 3


def test_compare_is_what_the_schema_says(run_dudao: RunDudao, pack: Path) -> None:
    damage(pack, "full_points: 5", "full_points: 6")
    damage(pack, "full_points: 17", "full_points: 18")
    head = pack / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("full_points: 100", "full_points: 101"), encoding="utf-8")
    shown = run_dudao("scheme", "compare", "liaoning-city-2022", pack, "--format", "json")
    assert shown.code == 0
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-compare"))
    assert [(each["kind"], each["new"]["id"], each["new"]["full_points"]) for each in payload["changes"]] == [
        ("reweighted", "1", "18"),
        ("reweighted", "1.3", "6"),
    ]
    for_people = run_dudao("scheme", "compare", "liaoning-city-2022", pack)
    assert "分值调整" in for_people.stdout


def test_import_shows_a_draft_and_writes_nothing_without_being_told(run_dudao: RunDudao, table: Path) -> None:
    shown = run_dudao("scheme", "import", table, "--format", "json")
    assert shown.code == 0
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-import"))
    assert payload["written"] == []
    assert [point["id"] for group in payload["scheme"]["items"] for point in group["items"]] == ["1.1", "2.2", "2.3"]
    assert list(table.parent.iterdir()) == [table]


def test_what_import_writes_passes_check(run_dudao: RunDudao, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shown = run_dudao("scheme", "import", table, "--out", out, "--id", "jiangbei-county-2024", "--region", "jiangbei")
    assert shown.code == 0
    assert run_dudao("scheme", "check", out, "--format", "json").stdout.strip() == '{\n  "issues": []\n}'
    assert "jiangbei-county-2024" in run_dudao("scheme", "list", "--packs", out).stdout
    again = run_dudao("scheme", "import", table, "--out", out)
    assert again.code == 2
    assert "不是空文件夹" in again.stderr


def test_import_refuses_what_it_cannot_read(run_dudao: RunDudao, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    out = tmp_path / "out"
    assert run_dudao("scheme", "import", broken, "--out", out).code == 3
    assert run_dudao("scheme", "import", tmp_path / "nowhere.docx", "--out", out).code == 3
    assert not out.exists()


def test_import_with_a_wrong_level_is_wrong_use(run_dudao: RunDudao, table: Path) -> None:
    shown = run_dudao("scheme", "import", table, "--level", "town")
    assert shown.code == 2
    assert "county" in shown.stderr


def test_packs_of_the_environment_are_listed(run_dudao: RunDudao, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = pack / "pack.yaml"
    text = head.read_text(encoding="utf-8").replace("id: liaoning-city-2022", "id: own-2022")
    head.write_text(text, encoding="utf-8")
    monkeypatch.setenv("DUDAO_PACKS", str(pack.parent))
    assert "own-2022" in run_dudao("scheme", "list").stdout


def test_a_renumbered_copy_of_a_shipped_pack_is_warned_about(run_dudao: RunDudao, pack: Path) -> None:
    damage(pack, 'id: "1.2"', 'id: "1.4"')
    shown = run_dudao("scheme", "check", pack, "--format", "json")
    payload = json.loads(shown.stdout)
    assert [issue["code"] for issue in payload["issues"]] == ["scheme.renumbered"]
    assert "由1.2改成了1.4" in payload["issues"][0]["message"]
    assert shown.code == 0
    assert run_dudao("scheme", "check", "liaoning-city-2022", "--packs", pack, "--format", "json").code == 0


def test_folders_that_cannot_be_read_and_pipes_do_no_harm(run_dudao: RunDudao, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "pack.yaml").mkdir()
    assert run_dudao("scheme", "check", tmp_path).code == 3
    assert run_dudao("scheme", "list", "--packs", tmp_path).code == 0


def test_a_pack_that_cannot_be_read_does_not_hide_the_others(run_dudao: RunDudao, pack: Path) -> None:
    (pack / "pack.yaml").write_text("id: [", encoding="utf-8")
    shown = run_dudao("scheme", "list", "--packs", pack, "--format", "json")
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, schema("scheme-list"))
    assert shown.code == 1
    assert [entry["id"] for entry in payload["schemes"]] == [entry.id for entry in find_packs()]
    assert [issue["code"] for issue in payload["issues"]] == ["yaml.syntax"]
    assert "读不了" in run_dudao("scheme", "list", "--packs", pack).stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [('id: "1.2"', 'id: "1.1"', "用了两次"), ("full_points: 17", "full_points: 18", "加起来是17分")],
)
def test_a_pack_that_contradicts_itself_is_not_used(
    run_dudao: RunDudao, pack: Path, old: str, new: str, said: str
) -> None:
    damage(pack, old, new)
    for command in (("show", pack), ("compare", "liaoning-city-2022", pack)):
        shown = run_dudao("scheme", *command)
        assert shown.code == 3
        assert said in shown.stderr
