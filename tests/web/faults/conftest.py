"""A small round that is filled in, built once for all fault tests and copied for each of them."""

import shutil
from pathlib import Path

import pytest

from tests.web.faults.small_round import BUILD, DEMO
from tests.web.live import program, run


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("small-round") / "home"
    done = run(home, "manage", "migrate", "-v", "0", **DEMO)
    assert done.returncode == 0, done.stderr[-2000:]
    program(home, BUILD, **DEMO)
    return home


@pytest.fixture
def home(_built: Path, tmp_path: Path) -> Path:
    """A platform with a round to break."""
    return Path(shutil.copytree(_built, tmp_path / "home"))
