"""Writes dist/督导用户手册.docx from the documentation, and a pdf of it where LibreOffice is installed."""

from pathlib import Path

from dudao.documents.office import converted
from dudao.errors import DudaoError
from dudao.reporting.user_manual import TITLE, user_manual

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
MANUAL = REPOSITORY / "dist" / f"{TITLE}.docx"


def main() -> None:
    """Write the manual."""
    MANUAL.parent.mkdir(exist_ok=True)
    user_manual(DOCS).save(str(MANUAL))
    print(f"已写好 {MANUAL.relative_to(REPOSITORY)}。目录的页码在打开时更新。")
    try:
        printed = converted(MANUAL.read_bytes(), ".docx", "pdf")
    except DudaoError as missing:
        print(f"没有写 pdf：{missing.message}{missing.advice}")
        return
    MANUAL.with_suffix(".pdf").write_bytes(printed)
    print(f"已写好 {MANUAL.with_suffix('.pdf').relative_to(REPOSITORY)}。")


if __name__ == "__main__":
    main()
