import importlib.util
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from dudao.claims.registry import RELATIONS
from dudao.scoring.registry import OUTCOME_RULE_KINDS, RULE_KINDS

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
REFERENCE = REPOSITORY / "docs/reference"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMMANDS = tool("command_reference").all_commands()


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_in_the_reference(name: str, command: object) -> None:
    page = read(REFERENCE / "command-line.md")
    section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
    assert section, f"run python tools/command_reference.py: {name} has no section"
    for option in getattr(command, "params", ()):
        if option.param_type_name == "option" and option.name != "help":
            assert f"`{option.opts[0]}`" in section, f"run python tools/command_reference.py: {name} {option.opts[0]}"


@pytest.mark.parametrize("kind", [*(rule.kind for rule in RULE_KINDS), *(rule.kind for rule in OUTCOME_RULE_KINDS)])
def test_every_scoring_rule_is_in_the_reference(kind: str) -> None:
    assert f"`{kind}`" in read(REFERENCE / "rules.md")


@pytest.mark.parametrize("relation", [relation.name for relation in RELATIONS])
def test_every_relation_is_in_the_reference(relation: str) -> None:
    assert f"`{relation}`" in "".join(read(page) for page in REFERENCE.glob("*.md"))


def finding_codes() -> list[str]:
    text = "".join(read(path) for path in (REPOSITORY / "src/dudao/scoring/sheet_audit").glob("*.py"))
    codes = set(re.findall(r'"([a-z_]+_(?:points|missing|fine|range|scheme|up))"', text))
    codes |= {f"{key}_points_do_not_add_up" for key in ("full", "self")}
    return sorted(codes - {"do_not_add_up", "self_points", "full_points"})


@pytest.mark.parametrize("code", finding_codes())
def test_every_finding_on_score_sheets_is_in_the_reference(code: str) -> None:
    assert f"`score_sheet.{code}`" in read(REFERENCE / "score-sheets.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", read(page)):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / unquote(target)).exists(), f"{target} in {page.name}"


def glossary() -> list[tuple[str, str]]:
    return re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|", read(REPOSITORY / "GLOSSARY.md"), re.MULTILINE)


@pytest.mark.parametrize(("name", "module"), glossary(), ids=[name for name, _ in glossary()])
def test_every_term_of_the_glossary_is_in_its_module(name: str, module: str) -> None:
    path = REPOSITORY / "src" / Path(*module.split("."))
    source = read(path.with_suffix(".py"))
    assert re.search(rf"\b{re.escape(name)}\b", source)


def commands_in(text: str) -> list[str]:
    lines = "".join(re.findall(r"```bash\n(.*?)```", text, re.DOTALL)).splitlines()
    return [words for line in lines if (words := line.partition("#")[0].strip())]


def test_the_two_readmes_have_the_same_commands_links_and_chapters() -> None:
    chinese, english = read(REPOSITORY / "README.md"), read(REPOSITORY / "README.en.md")
    assert commands_in(chinese) == commands_in(english)
    for pattern in (r"\]\((docs/[^)]+)\)", r"^## "):
        assert re.findall(pattern, chinese, re.MULTILINE) == re.findall(pattern, english, re.MULTILINE)


def test_every_page_of_the_documentation_is_reachable_from_its_index() -> None:
    docs = REPOSITORY / "docs"
    reached, waiting = {docs / "index.md"}, [docs / "index.md"]
    while waiting:
        page = waiting.pop()
        for target in re.findall(r"\]\(([^)#\s]+)", read(page)):
            path = (page.parent / unquote(target)).resolve()
            pages = path.glob("*.md") if path.is_dir() else [path]
            new = [one for one in pages if one.suffix == ".md" and docs in one.parents and one not in reached]
            reached.update(new)
            waiting += new
    assert {str(page) for page in docs.rglob("*.md")} == {str(page) for page in reached}
