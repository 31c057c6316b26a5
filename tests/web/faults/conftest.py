"""A small round that is filled in, built once for all fault tests and copied for each of them."""

import shutil
from pathlib import Path

import pytest

from tests.made_once import made_once
from tests.web.databases import FILE, copied_file
from tests.web.faults.small_round import BUILD, DEMO
from tests.web.live import program


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(home: Path) -> None:
        copied_file(tmp_path_factory, home / FILE)
        program(home, BUILD, **DEMO)

    return made_once(tmp_path_factory, "small-round", build)


@pytest.fixture
def home(_built: Path, tmp_path: Path) -> Path:
    """A platform with a round to break."""
    return Path(shutil.copytree(_built, tmp_path / "home"))
