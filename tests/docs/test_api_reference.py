from pathlib import Path

from tests.docs.test_documentation import tool

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_reference_of_the_api_is_what_the_program_says() -> None:
    page = (REPOSITORY / "docs/reference/api.md").read_text(encoding="utf-8")
    assert page == tool("api_reference").written(), "run python tools/api_reference.py"
