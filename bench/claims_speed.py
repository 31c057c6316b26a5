"""How fast claims are read: characters per second of the claims step, seconds of the whole check, also when hostile.

Run `python bench/claims_speed.py`; the reports are those of `../shared` (or `DUDAO_SHARED`) when present, else a
paragraph written here; the dense ones are those of `claims/annotated`, which have a figure every thirteen characters.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from dudao.claims.check import settle
from dudao.claims.mention_reading import read_passage
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.quantities.reading import read_quantities

SHARED = Path(os.environ.get("DUDAO_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
PARAGRAPH = (
    "全县现有各级各类学校156所，其中小学98所、初中35所、高中8所、幼儿园15所。在校学生52340人，比上年增加1230人，增长2.41%。"
    "教育支出8.56亿元，占一般公共预算支出41.2亿元的20.8%。专任教师3120人，生师比16.8:1。\n"
)
CHAPTERS = (
    "一、主要成效\n全县义务教育学校均配备专职保安，全部建成标准化食堂，生均公用经费足额拨付，大班额全部消除。"
    "全县小学56所，在校生23410人，专任教师1520人，比上年增加30人。\n"
    "二、存在问题\n12所学校未配备专职保安，3所学校食堂尚未建成，仍有5个大班额未消除，部分学校公用经费拨付不及时。"
    "全县小学54所，在校生23140人。\n"
)
SIZE = 1_000_000

HOSTILE = {
    "figures": "1人" * (SIZE // 2),
    "figures and 、": "12所、" * (SIZE // 4),
    "shares": "占3%，" * (SIZE // 4),
    "growth": "增加3人，增长5%，" * (SIZE // 9),
    "其中": "其中5所，" * (SIZE // 5),
    "unclosed （": "（5所" * (SIZE // 3),
    "closed （）": "（5所）" * (SIZE // 4),
    "nested （": ("（" * 50 + "5所" + "）" * 50) * (SIZE // 102),
    "合计": "5所，合计5所，" * (SIZE // 8),
    "约为": "约为" * (SIZE // 2) + "5所",
    "names": "第一中学、" * (SIZE // 5) + "5所",
    "分别": "甲、乙分别占3%、4%，" * (SIZE // 12),
    "digits": "9" * SIZE,
    "one sentence": "由5所增加到6所，" * (SIZE // 8),
    "lines": "5\n" * (SIZE // 2),
    "standards": "均高于全国8%、9%的平均水平，" * (SIZE // 15),
    "zeros": "0所，" * (SIZE // 3),
    "open totals": "逾3.4亿元通过" * (SIZE // 8),
    "dashes": "1-" * (SIZE // 2),
    "equal": "全市12个部门。" * (SIZE // 8),
    "pupils": "在校生5123人，" * (SIZE // 9),
    "two chapters": CHAPTERS * (SIZE // len(CHAPTERS)),
    "opened wholes": "在总投入经费中，甲5元、乙6元、丙7元，分别占3%、4%、5%，" * (SIZE // 35),
}


def measured(texts: Sequence[str]) -> tuple[float, float, float, int, int]:
    """Return processor seconds for the figures, for the claims, for the whole check, and how many of each there are."""
    read = claims = whole = 0.0
    figures = found = 0
    for text in texts:
        begin = time.process_time()
        quantities = read_quantities(text)
        at_claims = time.process_time()
        found += len(settle(read_passage(text, quantities)))
        done = time.process_time()
        read += at_claims - begin
        claims += done - at_claims
        figures += len(quantities)
        del quantities
        begin = time.process_time()
        draft = read_plain_text(text.encode(), "text.txt")
        check_document(document_of(draft, file="text.txt", sha256="", media="text/plain"))
        whole += time.process_time() - begin
    return read, claims, whole, figures, found


def reports() -> dict[str, list[str]]:
    """Return texts by how densely they are written; each is read once, so that nothing known of one helps another."""
    seeds = sorted((SHARED / "seeds").glob("*.txt")) + sorted((SHARED / "gold" / "reports").glob("*.txt"))
    annotated = sorted((Path(__file__).resolve().parent / "claims" / "annotated").glob("*.txt"))
    dense = [path.read_text(encoding="utf-8").partition("\n----\n")[0] for path in annotated]
    return {"reports": [path.read_text(encoding="utf-8") for path in seeds] or [PARAGRAPH], "dense reports": dense}


def main() -> None:
    head = f"{'text':20}{'characters':>12}{'figures':>9}{'read s':>9}{'claims s':>9}{'chars/s':>12}"
    print(f"{head}{'figures/s':>11}{'check s':>9}{'claims':>8}")
    measured([PARAGRAPH])
    hostile = {name: [text] for name, text in HOSTILE.items()}
    for name, texts in {**reports(), "dense paragraphs": [PARAGRAPH * 2000], **hostile}.items():
        reading, claims, whole, figures, found = measured(texts)
        size = sum(map(len, texts))
        speeds = f"{size / claims:12,.0f}{figures / claims:11,.0f}"
        print(f"{name:20}{size:12}{figures:9}{reading:9.2f}{claims:9.2f}{speeds}{whole:9.2f}{found:8}", flush=True)


if __name__ == "__main__":
    main()
