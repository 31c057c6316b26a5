"""The how-to for a closed network names files; whoever unpacks the offline bundle there must find each of them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_bundle_holds_every_file_that_the_how_to_copies() -> None:
    how_to = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bdeploy/[\w.-]+\w", how_to))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
    copied = re.search(r"^cp -r (.+) \"\$folder/\"$", (ROOT / "scripts" / "bundle").read_text(), re.MULTILINE)
    assert copied is not None
    assert {"deploy", "docs"} <= set(copied[1].split())
