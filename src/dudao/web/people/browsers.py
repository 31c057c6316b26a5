"""The browser and the system that a device tells of itself, in the words by which people know them."""

import re

_BROWSERS: tuple[tuple[str, str], ...] = (
    (r"MicroMessenger/(\d+)", "WeChat"),
    (r"DingTalk/(\d+)", "DingTalk"),
    (r"QQBrowser/(\d+)", "QQ"),
    (r"360SE|360EE|QIHU", "360"),
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"OPR/(\d+)", "Opera"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox"),
    (r"(?:Chrome|CriOS)/(\d+)", "Chrome"),
    (r"Version/(\d+)[\d.]* (?:Mobile/\S+ )?Safari", "Safari"),
    (r"Trident/|MSIE ", "Internet Explorer"),
)
"""What browsers write of themselves, the narrower first: nearly all of them also name Chrome and Safari."""
_SYSTEMS: tuple[tuple[str, str], ...] = (
    (r"OpenHarmony|HarmonyOS", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)
_LONGEST = 60


def browser_name(told: str) -> str:
    """Return 'Edge 140 · Windows' for what a browser tells of itself, and the beginning of that where it is unknown."""
    browser = next(((name, match) for words, name in _BROWSERS if (match := re.search(words, told))), None)
    if browser is None:
        return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    name, match = browser
    version = match[1] if match.re.groups else ""
    system = next((system for words, system in _SYSTEMS if re.search(words, told)), "")
    return " · ".join(part for part in (f"{name} {version}".strip(), system) if part)
