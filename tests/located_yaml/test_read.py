from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.located_yaml.nodes import YamlMap, YamlNode, YamlText, plain
from dudao.located_yaml.read import MAXIMUM_BYTES, read_yaml, read_yaml_file


def codes(text: str) -> list[str]:
    return [issue.code for issue in read_yaml(text, file="pack.yaml")[1]]


def test_every_value_knows_its_line() -> None:
    node, issues = read_yaml("id: a\npoints:\n  - name: 甲\n    full_points: 4\n", file="pack.yaml")
    assert issues == []
    assert isinstance(node, YamlMap)
    lines: dict[str, int | None] = {}

    def walk(node: YamlNode) -> None:
        if isinstance(node, YamlText):
            lines[node.text] = node.location.line
        for child in node.entries.values() if isinstance(node, YamlMap) else getattr(node, "items", ()):
            walk(child)

    walk(node)
    assert lines == {"a": 1, "甲": 3, "4": 4}
    assert node.places["points"].line == 2


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2.10", Decimal("2.10")),
        ('"2.10"', "2.10"),
        ("0.1", Decimal("0.1")),
        ("1_000", Decimal(1000)),
        ("true", True),
        ("no", "no"),
        ("on", "on"),
        ("1:20", "1:20"),
        ("2022-06-30", "2022-06-30"),
        ("~", None),
        ("", None),
        ("0x1f", "0x1f"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        ("120.4亿元", "120.4亿元"),
    ],
)
def test_scalars_are_read_as_written(written: str, value: object) -> None:
    node, issues = read_yaml(f"key: {written}\n")
    assert issues == []
    assert node is not None
    assert plain(node) == {"key": value}


def test_keys_stay_text() -> None:
    node, _ = read_yaml("2021: 1\n2022: 2\n")
    assert node is not None
    assert plain(node) == {"2021": Decimal(1), "2022": Decimal(2)}


EXPLODING = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
)


def test_anchors_that_explode_are_one_clear_issue() -> None:
    node, issues = read_yaml(EXPLODING, file="pack.yaml")
    assert node is None
    assert [issue.code for issue in issues] == ["yaml.anchor"]
    assert issues[0].location.line == 1
    assert "锚点" in issues[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: !!python/object:os.system x", "yaml.tag"),
        ("a: !custom {b: 1}", "yaml.tag"),
        ("base: {a: 1}\nb:\n  <<: {c: 1}", "yaml.merge_key"),
        ("a: b: c", "yaml.syntax"),
        ("a: 'x", "yaml.syntax"),
        ("a:\n\tb: 1", "yaml.syntax"),
        ("a: 1\n  b: 2\n c: 3", "yaml.syntax"),
        ("\x00", "yaml.syntax"),
        ("", "yaml.empty"),
        ("# 只有注释\n", "yaml.empty"),
        ("--- a\n--- b\n", "yaml.several_documents"),
        ("? [a, b]\n: c", "yaml.key_not_text"),
        ("[" * 2000, "yaml.too_complex"),
        ("{a: " * 2000, "yaml.too_complex"),
        ("- " * 2000 + "x", "yaml.too_complex"),
    ],
)
def test_what_a_pack_must_not_hold_is_refused(text: str, code: str) -> None:
    node, issues = read_yaml(text, file="pack.yaml")
    assert node is None
    assert [issue.code for issue in issues][-1] == code
    assert all(issue.message for issue in issues)


def test_duplicate_keys_are_all_told_with_the_first_place() -> None:
    node, issues = read_yaml("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n", file="pack.yaml")
    assert [(issue.code, issue.location.line) for issue in issues] == [
        ("yaml.duplicate_key", 3),
        ("yaml.duplicate_key", 4),
    ]
    assert "第1行" in issues[0].message
    assert node is not None
    assert plain(node) == {"a": Decimal(1), "b": Decimal(2), "c": {"d": Decimal(1)}}


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_bytes(b"#" * (MAXIMUM_BYTES + 1))
    node, issues = read_yaml_file(file)
    assert node is None
    assert [issue.code for issue in issues] == ["yaml.too_large"]


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_bytes(b"id: a\nname: " + "方案".encode("gb18030"))
    node, issues = read_yaml_file(file)
    assert node is None
    assert (issues[0].code, issues[0].location.line) == ("yaml.encoding", 2)
    assert "UTF-8" in issues[0].remedy


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("id: a\n", encoding="utf-8-sig")
    node, issues = read_yaml_file(file)
    assert issues == []
    assert node is not None
    assert plain(node) == {"id": "a"}


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    node, issues = read_yaml(text, file="pack.yaml")
    assert node is not None or issues


@given(st.lists(st.sampled_from(list("&*!<>[]{}:-?|\"'#%@` \n\tab12")), max_size=60).map("".join))
def test_no_mixture_of_marks_raises(text: str) -> None:
    node, issues = read_yaml(text, file="pack.yaml")
    assert node is not None or issues
