import pytest

from dudao.errors import UnreadableInputError
from dudao.packs.find import find_packs
from dudao.scheme.compare import compare_schemes, side_by_side
from dudao.scheme.edit_pack import EditablePack, Entry, files_of, read_editable
from dudao.scheme.load import load_scheme
from dudao.scheme.model import Scheme
from dudao.scheme.write_pack import Plain, Quoted


def written(files: dict[str, str], folder: object) -> Scheme:
    from pathlib import Path

    root = Path(str(folder))
    for name, text in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    scheme, issues = load_scheme(root)
    assert scheme is not None
    assert [issue for issue in issues if issue.code.startswith("yaml.")] == []
    return scheme


@pytest.mark.parametrize("pack", find_packs(), ids=lambda pack: pack.id)
def test_a_shipped_pack_comes_out_as_it_went_in(pack: object, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(pack.folder)  # type: ignore[attr-defined]  # a catalogue entry
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
        if path.relative_to(folder).parts[0] in {"pack.yaml", "facts.yaml", "indicators"}
    }
    before, _ = load_scheme(folder)
    again = written(files_of(read_editable(files)), tmp_path)
    assert before is not None
    assert compare_schemes(before, again).changes == ()
    for old, new in zip(before.points(), again.points(), strict=True):
        assert (old.id, old.inputs, old.evidence, old.source, old.step) == (
            new.id,
            new.inputs,
            new.evidence,
            new.source,
            new.step,
        )
    assert [(fact.name, fact.title, fact.unit, fact.parts) for fact in before.facts] == [
        (fact.name, fact.title, fact.unit, fact.parts) for fact in again.facts
    ]
    assert [(rule.kind, rule.settings) for rule in before.outcome_rules] == [
        (rule.kind, rule.settings) for rule in again.outcome_rules
    ]
    assert len(before.grades) == len(again.grades)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "#注",
        "a: b",
        "- x",
        "1:20",
        '“引号”与"双引号"',
        "第一行\n第二行\n",
        "2.10",
        "yes",
        "null",
        "[1]",
        "{",
        "*a",
    ],
)
def test_any_text_survives_in_any_place(text: str) -> None:
    item: dict[str, Entry] = {
        "id": Quoted("1.1"),
        "name": text,
        "evidence": [text, {"name": text, "required": Plain("false")}],
    }
    pack = EditablePack({"id": Plain("x"), "notes": [text]}, [{"id": Quoted("1"), "name": text, "items": [item]}])
    again = read_editable(files_of(pack))
    below = again.indicators[0]["items"]
    assert isinstance(below, list)
    first = below[0]
    assert isinstance(first, dict)
    assert first["name"] == text
    assert first["evidence"] == item["evidence"]
    assert again.head["notes"] == [text]


def test_nested_and_empty_lists_survive() -> None:
    rule: Entry = {"kind": Plain("rank"), "bands": [[Plain("1"), Plain("2")], []], "none": {}, "also": [{"a": []}]}
    pack = EditablePack({"id": Plain("x")}, [{"id": Quoted("1"), "items": [{"id": Quoted("1.1"), "rule": rule}]}])
    below = read_editable(files_of(pack)).indicators[0]["items"]
    assert isinstance(below, list)
    assert below == [{"id": "1.1", "rule": rule}]


@pytest.mark.parametrize("files", [{}, {"pack.yaml": "a: ["}, {"pack.yaml": "- 1"}, {"pack.yaml": "indicators: [1]"}])
def test_what_is_no_pack_is_told(files: dict[str, str]) -> None:
    with pytest.raises(UnreadableInputError):
        read_editable(files)


def test_items_stand_beside_their_counterparts() -> None:
    packs = {pack.id: pack.folder for pack in find_packs()}
    old, _ = load_scheme(packs["liaoning-city-2021"])
    new, _ = load_scheme(packs["liaoning-city-2022"])
    assert old is not None
    assert new is not None
    pairs = side_by_side(old, new)
    assert sum(one is not None for one, _other in pairs) == len(list(old.points())) + len(list(old.groups()))
    assert sum(other is not None for _one, other in pairs) == len(list(new.points())) + len(list(new.groups()))
