"""Every relation has its heading in the reference."""

from pathlib import Path

from dudao.claims.registry import RELATIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "relations.md"


def test_every_relation_has_its_heading_with_its_title() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [one.name for one in RELATIONS if f"## `{one.name}` {one.title}\n" not in page]
    assert missing == []
