"""How well and how fast figures are read: the corpus, the gold documents, characters per second."""

import json
import os
import time
from decimal import Decimal
from pathlib import Path

import yaml

from dudao.quantities.reading import read_quantities

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DUDAO_SHARED", ROOT.parent / "shared"))
HOSTILE = ["1", "一", "1,", "1,111", "1.", "1-", "2020年-", "〔2021〕", "百分之", "3万2千", " ", "1:"]


def corpus_pass_rate() -> tuple[int, int]:
    corpus = yaml.safe_load((ROOT / "tests/quantities/corpus.yaml").read_text(encoding="utf-8"))
    good = total = 0
    for entry in corpus["means"]:
        for text in entry["texts"]:
            quantities = read_quantities(text)
            meant = entry["is"]
            total += 1
            good += (
                len(quantities) == 1
                and quantities[0].kind == meant["kind"]
                and quantities[0].value == Decimal(meant.get("value", quantities[0].value))
                and quantities[0].unit == meant.get("unit", quantities[0].unit)
            )
    for text in corpus["must_not_match"]:
        total += 1
        good += not read_quantities(text)
    for entry in corpus["several"]:
        total += 1
        good += [quantity.value for quantity in read_quantities(entry["text"])] == [Decimal(v) for v in entry["are"]]
    return good, total


def gold() -> tuple[int, int, int]:
    """Return figures found as annotated (place, text, value), figures read too many, figures missed."""
    right = extra = missed = 0
    for name, folder in (("quantities-seeds", "seeds"), ("quantities-reports", "gold/reports")):
        entries: dict[str, list[dict[str, object]]] = {}
        for line in (SHARED / f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            entries.setdefault(str(entry["file"]), []).append(entry)
        for file, wanted in entries.items():
            text = (SHARED / folder / file).read_text(encoding="utf-8")
            read = {(q.span.start, q.text, float(q.value)) for q in read_quantities(text)}
            meant = {(e["start"], str(e["written"]).rstrip(","), e["value"]) for e in wanted}
            right += len(read & meant)
            extra += len(read - meant)
            missed += len(meant - read)
    return right, extra, missed


def speed(text: str) -> float:
    start = time.process_time()
    read_quantities(text)
    return len(text) / (time.process_time() - start)


def main() -> None:
    good, total = corpus_pass_rate()
    print(f"corpus     {good} of {total} ways read as meant ({good / total:.1%})")
    if (SHARED / "gold").is_dir():
        right, extra, missed = gold()
        print(
            f"gold       precision {right / (right + extra):.2%}, recall {right / (right + missed):.2%} "
            f"of {right + missed}"
        )
        seeds = "".join(path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))) * 10
        print(f"seeds      {speed(seeds):>12,.0f} characters per second")
    else:
        print(f"gold       skipped: no folder {SHARED / 'gold'}")
    for unit in HOSTILE:
        text = unit * (1_000_000 // len(unit))
        print(f"hostile    {len(text) / speed(text):>6.2f} s for 1,000,000 characters of {unit!r}")


if __name__ == "__main__":
    main()
