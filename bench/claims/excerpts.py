"""Excerpts of true reports: what a quarter of their sentences leaves out must not turn the rest into errors.

python bench/claims/excerpts.py [--seed 1] [--left-out 0.25] [FOLDER…]

Sentences are left out at chance, but no heading, no sentence with points and no line without a full stop: a total, a
whole or the year before is then no longer told, as in summaries and extracts. What the whole text does not raise and
the excerpt does is printed with its place; nearly all of it is a false alarm. A sentence that took up what was left
out (其余, 上述) may really no longer hold: read what is printed.
"""

import argparse
import random
import re
from pathlib import Path

from dudao.claims.model import Finding
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.issues import Level
from dudao.pipelines.check import check_document

HERE = Path(__file__).parent
FOLDERS = [HERE / name for name in ("annotated", "reports", "true_reports")]
ANNOTATIONS = "\n----"
PER = 20_000
AROUND = 50
_SENTENCE = re.compile(r"[^。]*。|[^。]+$")
_HEADING = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]+[）)、.．]")


def excerpt(text: str, chance: random.Random, share: float) -> str:
    """Return a text without some of its sentences."""
    kept = []
    for paragraph in text.split("\n"):
        sentences = [
            sentence
            for place, sentence in enumerate(_SENTENCE.findall(paragraph))
            if chance.random() >= share
            or "分" in sentence
            or not sentence.endswith("。")
            or (place == 0 and _HEADING.match(sentence))
        ]
        if sentences:
            kept.append("".join(sentences))
    return "\n".join(kept)


def raised(text: str) -> tuple[str, list[Finding]]:
    """Return a text as it is read, and the errors and warnings on its figures."""
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x.txt", sha256="", media="text/plain")
    found = check_document(document).findings
    return document.text, [one for one in found if one.level is not Level.NOTE and one.code.startswith("claims.")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--left-out", type=float, default=0.25, help="which part of the sentences")
    chosen = parser.parse_args()
    characters = alarms = 0
    for number, path in enumerate(path for folder in chosen.folders for path in sorted(folder.glob("*.txt"))):
        text = path.read_text(encoding="utf-8").split(ANNOTATIONS)[0]
        whole, before = raised(text)
        known = {(one.code, whole[one.span.start : one.span.end]) for one in before}
        left, found = raised(excerpt(text, random.Random(chosen.seed * 10_000 + number), chosen.left_out))
        characters += len(left)
        for one in found:
            words = left[one.span.start : one.span.end]
            if (one.code, words) not in known:
                alarms += 1
                lead = left[max(one.span.start - AROUND, 0) : one.span.start]
                print(f"{path.name} {one.code}\n   {lead}【{words}】\n   {one.message}".replace("\r", ""))
    print(f"characters {characters}, alarms {alarms}, per {PER}: {alarms * PER / max(characters, 1):.2f}")


if __name__ == "__main__":
    main()
