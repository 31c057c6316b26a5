"""The script of the annotated page, run in the browser of the machine when there is one."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dudao.claims.model import ClaimReport, Finding
from dudao.documents.reading import read_document
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.annotated_page import annotated_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TEXT = "一、经费\n\n投入12所，投入13所。\n\n二、学校\n\n运转良好。\n\n三、问题\n\n仍有2所未完成。\n"
# Walks on with N and shows the paragraphs with problems; what came of it is read from the page afterwards.
ACTIONS = """
<script>
document.dispatchEvent(new KeyboardEvent("keydown",{key:"n",bubbles:true}));
document.querySelector('[data-show="prob"]').click();
document.title=[document.querySelector(".fd.sel").id,document.getElementById("at").textContent,
document.querySelectorAll(".fold").length,document.querySelectorAll(".m.sel").length].join("|");
</script>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_keys_and_folding_work_in_the_browser(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    findings = [
        Finding("a", Level.ERROR, Span(TEXT.index(words), TEXT.index(words) + 3), "对不上")
        for words in ("12所", "2所未")
    ]
    html = annotated_page(read_document(path), ClaimReport((), ()), findings)
    page = tmp_path / "page.html"
    page.write_text(html.replace("</body>", ACTIONS + "</body>"), encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
        page.as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert "<title>f2|2 / 2|1|1</title>" in shown
