"""The demonstration, built once for all fault tests and copied for each of them."""

import shutil
from pathlib import Path

import pytest

from tests.web.live import run


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demonstration") / "home"
    done = run(home, "demonstrate", DUDAO_DEMO="1", DUDAO_DEMO_SERVE="0")
    assert done.returncode == 0, done.stderr[-2000:]
    return home


@pytest.fixture
def home(_built: Path, tmp_path: Path) -> Path:
    """A demonstration to break."""
    return Path(shutil.copytree(_built, tmp_path / "home"))
