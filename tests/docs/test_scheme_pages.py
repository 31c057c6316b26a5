"""Keys, codes and parameters are in their pages."""

import re
from pathlib import Path

import pytest

from dudao.issues import has_errors
from dudao.parameters.load import shipped_parameters
from dudao.pipelines.check_scheme import check_pack
from dudao.scheme.load import SCHEME_KEYS
from dudao.scheme.read_items import INDICATOR_KEYS, POINT_KEYS

REPOSITORY = Path(__file__).resolve().parents[2]
PACKS_PAGE = (REPOSITORY / "docs/reference/packs.md").read_text(encoding="utf-8")
IMPORT_PAGE = (REPOSITORY / "docs/how-to/import-a-scheme.md").read_text(encoding="utf-8")
PARAMETERS_PAGE = (REPOSITORY / "docs/reference/parameters.md").read_text(encoding="utf-8")
ADD_PAGE = (REPOSITORY / "docs/how-to/add-a-scheme.md").read_text(encoding="utf-8")


def codes(folder: str, pattern: str) -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / folder).rglob("*.py"))
    return set(re.findall(pattern, text))


@pytest.mark.parametrize("key", sorted({*SCHEME_KEYS, *INDICATOR_KEYS, *POINT_KEYS}))
def test_every_key_of_a_pack_is_in_its_page(key: str) -> None:
    assert f"`{key}`" in PACKS_PAGE


@pytest.mark.parametrize("code", sorted(codes("src/dudao/scheme/checks", r'"(scheme\.[a-z_]+)"')))
def test_every_check_is_in_its_page(code: str) -> None:
    assert f"`{code}`" in PACKS_PAGE


@pytest.mark.parametrize("name", sorted(codes("src/dudao/scheme/table_import", r'undecided\(\s*"([a-z_]+)"')))
def test_what_an_import_leaves_undecided_is_in_its_page(name: str) -> None:
    assert f"`import.{name}`" in IMPORT_PAGE


@pytest.mark.parametrize("name", sorted(shipped_parameters()))
def test_every_parameter_is_in_its_page(name: str) -> None:
    assert f"`{name}`" in PARAMETERS_PAGE


def test_the_pack_of_the_guide_is_sound_and_its_example_comes_out(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", ADD_PAGE, flags=re.DOTALL)
    (tmp_path / "examples").mkdir()
    (tmp_path / "pack.yaml").write_text(blocks[0], encoding="utf-8")
    (tmp_path / "examples" / "points.yaml").write_text(blocks[1], encoding="utf-8")
    checked = check_pack(tmp_path)
    assert not has_errors(checked.issues), [issue.message for issue in checked.issues]


def test_the_code_of_the_parameters_page_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PARAMETERS_PAGE, flags=re.DOTALL)
    exec(compile(block, "parameters.md", "exec"), {})
