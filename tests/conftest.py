import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dudao.cli.app import run

# A busy machine is no failure: how long one example takes says nothing about the code.
# Without a clock no loaded machine fails a property; in CI the examples are the same at every run, so that a change
# is blamed only for what it did. New examples are searched for on developers' machines.
settings.register_profile(
    "dudao",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("dudao")

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Follow every line only in the tests of the packages whose coverage is asked for: it makes a test twice as long.

    The choice holds until a test of the other kind comes.
    """
    plugin = item.config.pluginmanager.getplugin("_cov")
    measuring = getattr(plugin, "cov_controller", None)
    if measuring is None or not measuring.cov_source:
        return
    wanted = f"dudao.{item.path.relative_to(TESTS).parts[0]}" in measuring.cov_source
    if wanted and not measuring.started:
        measuring.resume()
    elif measuring.started and not wanted:
        measuring.pause()


def _shared(folder: str) -> Path:
    place = Path(os.environ.get("DUDAO_SHARED", REPOSITORY.parent / "shared")) / folder
    if not place.is_dir():
        pytest.skip(f"the real documents are not here ({place}); set DUDAO_SHARED to their folder")
    return place


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real documents."""
    return _shared("seeds")


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of the documents annotated by hand."""
    return _shared("gold")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one command line ended."""

    code: int
    stdout: str
    stderr: str


RunDudao = Callable[..., Outcome]


@pytest.fixture
def run_dudao(capsys: pytest.CaptureFixture[str]) -> RunDudao:
    """Run a command line in this process: `run_dudao("check", path, "--format", "json")`."""

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Outcome(int(code), out, err)

    return call
