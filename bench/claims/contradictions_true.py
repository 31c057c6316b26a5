"""What is said of contradictions in reports and pairs of reports whose figures hold: every finding is a false alarm.

python bench/claims/contradictions_true.py [FOLDER…] [--pairs]

The texts are the annotated reports, the whole reports and the long true reports beside this file, and those of the
folders named. `--pairs` also holds each report against the others as `dudao check A B` does.
"""

import sys
from itertools import combinations
from pathlib import Path

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.pipelines.tie_documents import TieDocuments

HERE = Path(__file__).parent
FOLDERS = [HERE / name for name in ("annotated", "reports", "true_reports")]
CODES = ("claims.contradiction", "claims.tie")
ANNOTATIONS = "\n----"
PER = 20_000


def check(path: Path) -> CheckedDocument:
    """Return what is found in the text of a file, its annotations left out."""
    text = path.read_text(encoding="utf-8").split(ANNOTATIONS)[0]
    draft = read_plain_text(text.encode(), path.name)
    return check_document(document_of(draft, file=path.name, sha256="", media="text/plain"))


def main() -> None:
    folders = [*FOLDERS, *(Path(one) for one in sys.argv[1:] if not one.startswith("-"))]
    checked = [check(path) for folder in folders for path in sorted(folder.glob("*.txt"))]
    characters = sum(len(one.document.text) for one in checked)
    alarms = 0
    for one in checked:
        for finding in one.findings:
            if finding.code.startswith(CODES):
                alarms += 1
                print(one.document.file, finding.code, finding.message)
    share = alarms * PER / characters
    print(f"reports {len(checked)}, characters {characters}, alarms {alarms}, per {PER}: {share:.2f}")
    if "--pairs" in sys.argv:
        pairs(checked)


def pairs(checked: list[CheckedDocument]) -> None:
    """Print what holding each two reports against each other says."""
    number = alarms = 0
    for left, right in combinations(checked, 2):
        number += 1
        tied = TieDocuments()
        tied.add(left)
        tied.add(right)
        for finding in tied.ties:
            alarms += 1
            print(left.document.file, right.document.file, finding.message)
    print(f"pairs {number}, alarms {alarms}")


if __name__ == "__main__":
    main()
