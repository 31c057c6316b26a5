"""People see in the list of their devices which browser it was, not the line that it sends."""

import pytest

from dudao.web.people.browsers import browser_name

_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (_CHROME, "Chrome 140 · Windows"),
        (f"{_CHROME} Edg/140.0.0.0", "Edge 140 · Windows"),
        (f"{_CHROME} QIHU 360SE", "360 · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128 · Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari 18 · iOS",
        ),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer · Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
        ("x" * 90, "x" * 59 + "…"),
    ],
)
def test_a_browser_is_named_as_people_know_it(told: str, name: str) -> None:
    assert browser_name(told) == name
