"""The look as the design asks for: readable in both themes, understood by the oldest browser, nothing inline."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "dudao" / "web"
SHEETS = sorted((WEB / "static").glob("*.css"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
TEXT, CONTROL = 4.5, 3.0
PAIRS = (
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in ("bg", "surface", "surface-2", "sunken")),
    *((name, "surface", TEXT) for name in ("primary", "primary-strong", "ok", "warn", "bad", "rev", "mute")),
    *((name, f"{name}-soft", TEXT) for name in ("ok", "warn", "bad", "rev", "mute")),
    ("primary-strong", "primary-soft", TEXT),
    ("ink", "primary-soft", TEXT),
    ("ink-2", "primary-soft", TEXT),
    *(("ink", f"{name}-soft", TEXT) for name in ("ok", "warn", "bad", "rev")),
    ("line-strong", "surface", CONTROL),
    ("line-strong", "surface-2", CONTROL),
)
# nesting, colours and layouts that came after Chromium 109
TOO_NEW = (r"light-dark\(", r"color-mix\(", r"oklch\(", r"oklab\(", r"\bsubgrid\b", r"@container style", r"@scope\b")


def tokens(theme: str) -> dict[str, str]:
    style = (WEB / "static" / "dudao.css").read_text(encoding="utf-8")
    named: dict[str, str] = {}
    blocks = re.findall(r"(:root|\[data-bs-theme=dark\])\{(.*?)\n\}", style, flags=re.DOTALL)
    for selector, block in blocks:
        if selector == ":root" or theme == "dark":
            named |= dict(re.findall(r"--dd-([a-z0-9-]+):(#[0-9A-Fa-f]{6})", block))
    return named


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_controls_can_be_told_from_their_ground(theme: str, ink: str, ground: str, least: float) -> None:
    named = tokens(theme)
    assert contrast(named[ink], named[ground]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_white_text_is_readable_on_filled_buttons_and_the_top_bar(theme: str) -> None:
    named = tokens(theme)
    assert contrast("#FFFFFF", named["fill"]) >= TEXT
    assert contrast("#FFFFFF", named["top"]) >= TEXT


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_speak_as_the_oldest_browser_does(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    for word in TOO_NEW:
        assert not re.search(word, rules), word
    depth = 0
    for piece in re.findall(r"@media[^{]*\{|[{}]", rules):
        depth += 1 if piece.endswith("{") and not piece.startswith("@") else -1 if piece == "}" and depth else 0
        assert depth <= 1, "nested rules"
    assert "url(http" not in rules
    assert "@import" not in rules


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_ask_no_other_host_and_run_no_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"https?://|\beval\(|new Function|document\.write", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_style_and_no_script_of_their_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|javascript:", text)
    for opening in re.findall(r"<script[^>]*>", text):
        assert " src=" in opening or 'type="application/json"' in opening


def test_the_pictures_of_a_county_follow_the_theme() -> None:
    drawn = (WEB.parent / "reporting" / "balance_chart_svg.py").read_text(encoding="utf-8")
    style = (WEB / "static" / "schools.css").read_text(encoding="utf-8")
    for colour in set(re.findall(r"#[0-9A-F]{6}\b", drawn)):
        assert re.search(rf'\.chart \[(fill|stroke)="{colour}"\]', style), colour


def test_the_dark_theme_is_for_screens_alone() -> None:
    style = (WEB / "static" / "dudao.css").read_text(encoding="utf-8")
    assert "@media screen{\n[data-bs-theme=dark]{" in style


def test_sheets_that_meet_on_the_page_of_an_item_do_not_undo_each_other() -> None:
    """Its parts bring sheets of their own, behind that of the page: what they lay out anew is another thing."""
    laid_out: dict[str, dict[str, str]] = {}
    for sheet in ("self.css", "evidence.css", "schools.css"):
        text = re.sub(r"/\*.*?\*/", "", (WEB / "static" / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
        screen = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", screen):
            display = re.search(r"(?:^|;)display:([a-z-]+)", body)
            for one in selectors.split(","):
                if re.fullmatch(r"\s*\.[\w-]+\s*", one):
                    laid_out.setdefault(one.strip(), {})[sheet] = display[1] if display else ""
    clashes = {
        name: ways
        for name, ways in laid_out.items()
        if "self.css" in ways and any(way not in {"", ways["self.css"]} for way in ways.values())
    }
    assert clashes == {}
