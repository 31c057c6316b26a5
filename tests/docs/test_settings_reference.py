from pathlib import Path

from tests.docs.test_documentation import tool

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_reference_of_the_settings_is_what_the_program_reads() -> None:
    page = (REPOSITORY / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert page == tool("settings_reference").written(), "run python tools/settings_reference.py"


def test_every_metric_is_explained(db: None) -> None:
    from dudao.web.measures import REGISTRY
    from dudao.web.operation import gauges

    assert gauges

    page = (REPOSITORY / "docs/how-to/operate.md").read_text(encoding="utf-8")
    named = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("dudao_")}
    assert named
    assert {name for name in named if f"`{name}" not in page} == set()
