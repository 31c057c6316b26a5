"""Draws docs/images/check.svg from the real output of `dudao check` on an example report."""

import html
import re
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from dudao.cli import check_page
from dudao.pipelines.check import check_file

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = Path("examples/阜新市2022年自评表.xlsx")
PICTURE = REPOSITORY / "docs/images/check.svg"


def main() -> None:
    """Write the picture; it names no font that would have to be fetched."""
    console = Console(record=True, width=92, force_terminal=True, color_system="truecolor", highlight=False)
    setattr(check_page, "results_console", lambda: console)  # noqa: B010 - the page draws on the console it is given here
    check_page.print_document(check_file(EXAMPLE))
    svg = console.export_svg(title=f"dudao check {EXAMPLE}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "Noto Sans Mono CJK SC")
    svg = re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>', _as_wide_as_its_cells, svg)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8")


def _as_wide_as_its_cells(match: re.Match[str]) -> str:
    """Give a stretch of text two cells for each Chinese character, where one was counted."""
    words = html.unescape(match[3])
    length = float(match[1]) * cell_len(words) / max(len(words), 1)
    return f'textLength="{length:.1f}"{match[2]}>{match[3]}</text>'


if __name__ == "__main__":
    main()
