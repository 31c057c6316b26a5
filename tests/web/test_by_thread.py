"""What the thread of a request holds is its own, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation

from dudao.web import by_thread


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold by thread for the length of a test."""
    for module, name in by_thread._HELD:
        monkeypatch.setattr(module, name, getattr(module, name))
    by_thread.hold_by_thread()


@pytest.mark.usefixtures("held")
def test_language_zone_and_prefix_of_one_thread_are_not_those_of_another() -> None:
    def told() -> tuple[str | None, str, str]:
        return translation.get_language(), timezone.get_current_timezone_name(), get_script_prefix()

    before = told()
    with ThreadPoolExecutor(1) as other:
        with translation.override("en"), timezone.override("UTC"):
            set_script_prefix("/here/")
            assert told() == ("en", "UTC", "/here/")
            assert translation.gettext("部门") == "Department"
            assert other.submit(told).result() == before == ("zh-hans", "Asia/Shanghai", "/")
        assert told()[:2] == before[:2]
        other.submit(translation.activate, "en").result()
        assert other.submit(translation.get_language).result() == "en"
    assert translation.get_language() == "zh-hans"


def test_a_django_that_keeps_them_elsewhere_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_thread, "_HELD", ((timezone, "_no_such_name"),))
    with pytest.raises(RuntimeError, match="no longer has"):
        by_thread.hold_by_thread()
