"""How long reading takes by length of text, and for 100 copies of a 20-page docx; how much memory one file needs.

Run alone: python bench/documents.py
"""

import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document as NewDocument

from dudao.documents.reading import read_document

SENTENCE = (
    "（一）加大投入。2022年全县一般公共预算教育经费{} 亿元，比上年增加3.84亿元，增长9.48%，"
    "按《办法》（教发〔2022〕{}号）\n\n落实。\n"
)
TRADITIONAL = "{}.新時代教育督導體制機制改革，小學生均公用經費(fèi){}元。\n"
HOSTILE = {
    "括号": "（" * 200,
    "书名号": "《" * 200,
    "空格": " " * 199 + "。",
    "换行": "\n" * 200,
    "制表": "\t" * 199 + "\n",
    "空格断句": "教" + " \n" * 99,
    "数字": "1" * 200,
    "方头括号": "教〔2021" * 40,
    "注音": "教(" * 100,
}


def text_of(size: int, pattern: str) -> str:
    one = pattern.format(44.42, 7)
    return "".join(pattern.format(number % 100, number % 90) for number in range(size // len(one.encode())))


def seconds(path: Path) -> float:
    start = time.perf_counter()
    read_document(path)
    return time.perf_counter() - start


def twenty_pages(path: Path) -> None:
    document = NewDocument()
    for number in range(20):
        document.add_heading(f"第{number}部分", level=1)
        for _ in range(8):
            document.add_paragraph(
                "各级政府优先发展教育事业，足额安排经费44.42亿元，比上年增长9.48%，保障学校运转。" * 2
            )
        table = document.add_table(rows=6, cols=4)
        for cell in table._cells:
            cell.text = "学校12所"
    document.save(str(path))


def peak_memory(path: Path) -> float:
    """Return the peak memory in MB of a fresh process that reads the file."""
    program = (
        "import sys, pathlib, resource; from dudao.documents.reading import read_document as r; "
        "r(pathlib.Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)
    return int(ran.stdout) / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # Memory first: a child's peak begins with that of the process that started it.
        report = place / "report.docx"
        twenty_pages(report)
        print(f"一份 20 页 docx 的内存峰值：{peak_memory(report):.0f} MB")
        path = place / "a.txt"
        path.write_text(text_of(10_000_000, SENTENCE), encoding="utf-8")
        print(f"一份 10 MB 文字的内存峰值：{peak_memory(path):.0f} MB")
        print("文字长度与用时（秒，每 MB）")
        for megabytes in (0.1, 1, 5, 10):
            for name, pattern in (("简体", SENTENCE), ("繁体注音", TRADITIONAL)):
                path = place / "a.txt"
                path.write_text(text_of(int(megabytes * 1e6), pattern), encoding="utf-8")
                took = seconds(path)
                print(f"  {megabytes:>5} MB {name:<6} {took:7.2f}  {took / megabytes:6.3f}")
        print("刁难的 1 MB 文字（秒）")
        for name, piece in HOSTILE.items():
            path = place / "a.txt"
            path.write_text("全县教育，" + piece * (1_000_000 // len(piece.encode())), encoding="utf-8")
            print(f"  {name:<8} {seconds(path):7.2f}")
        start = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            pool.map(seconds, [report] * 100)
        print(f"100 份 20 页 docx（两个进程）：{time.perf_counter() - start:.1f} 秒")


if __name__ == "__main__":
    main()
