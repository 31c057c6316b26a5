"""Texts made to hurt: words the patterns know, repeated without end; does the work grow with the length alone?

Run `python bench/hostile_fuzz.py [TEXTS] [SEED]`. Each text is a few words repeated up to 30,000 and 60,000 characters;
the whole check of both is timed on the processor. Twice the length should cost about twice the time; the dearest texts
and those that cost far more are printed.
"""

import random
import re
import sys
import time
from types import ModuleType

import dudao.pipelines.check as check
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

LENGTH = 30_000
SUSPICIOUS = 2.9
"""Twice the length costing more than this many times the time is worth a look; 4 would be quadratic work."""
NOTICEABLE = 0.15
MILLION = 1_000_000
DEAREST = 8
MARKS = "，。；：、（）()《》“”〔〕[]：:/%‰-—~～ \n\t0123456789一二三十百千万亿"
FIGURES = [
    "5所",
    "12人",
    "3.4亿元",
    "85%",
    "0.6个百分点",
    "2022年",
    "第3批",
    "1:15",
    "2022年6月30日",
    "〔2021〕19号",
    "（5分，自评4分）",
]


def words_of_patterns() -> list[str]:
    """Return the words that stand literally in any pattern of the packages that read text."""
    found: set[str] = set()
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("dudao.quantities", "dudao.claims", "dudao.documents")):
            for pattern in _patterns(module):
                found.update(re.findall(r"[\u4e00-\u9fff]{1,8}", pattern))
    return sorted(found)


def _patterns(module: ModuleType) -> list[str]:
    values = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    return [value.pattern for value in values if isinstance(value.pattern, str)]


def checked(text: str) -> None:
    draft = read_plain_text(text.encode(), "hostile.txt")
    check.check_document(document_of(draft, file="hostile.txt", sha256="", media="text/plain"))


def seconds(text: str) -> float:
    begin = time.process_time()
    checked(text)
    return time.process_time() - begin


def main() -> None:
    texts = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    checked("全县有学校5所。")
    vocabulary = words_of_patterns()
    dearest: list[tuple[float, float, str]] = []
    for _ in range(texts):
        pieces = []
        for _ in range(draw.randint(1, 5)):
            kind = draw.random()
            pieces.append(draw.choice(vocabulary if kind < 0.5 else FIGURES if kind < 0.75 else list(MARKS)))
        unit = "".join(pieces)
        short, long = (unit * (size // len(unit)) for size in (LENGTH, 2 * LENGTH))
        if not long.strip():
            continue
        one, two = seconds(short), seconds(long)
        if two > NOTICEABLE and two > SUSPICIOUS * one:
            again = min(two, seconds(long)) / max(one, seconds(short))
            if again > SUSPICIOUS:
                print(f"grows {again:.1f} times with twice the length: {unit!r} ({two:.2f} s)", flush=True)
        dearest.append((two, two / max(one, 1e-9), unit))
    print("the dearest of them, a million characters each:")
    for _, growth, unit in sorted(dearest, reverse=True)[:DEAREST]:
        whole = seconds(unit * (MILLION // len(unit)))
        print(f"{whole:6.1f} s, {growth:.1f} times at twice the length: {unit!r}", flush=True)


if __name__ == "__main__":
    main()
