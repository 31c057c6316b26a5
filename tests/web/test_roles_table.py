from pathlib import Path

from dudao.web.dashboards.navigation import PLACES
from dudao.web.people.access import Held, Subject
from dudao.web.people.models import ROLE_TITLES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"


def table() -> str:
    head = "| 页面 | " + " | ".join(ROLE_TITLES.values()) + " |"
    lines = [head, "| --- |" + " --- |" * len(ROLE_TITLES)]
    for place in PLACES:
        marks = ["✓" if place.rule(Subject(1, (Held(role, "0001", "990000", 1),))) else "–" for role in ROLE_TITLES]
        lines.append(f"| {place.title} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def test_the_table_of_roles_and_pages_says_what_the_rules_say() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), table()
