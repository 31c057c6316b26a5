"""Planted contradictions found and near-misses left in peace, by kind; also after damage by conversion.

python bench/claims/contradictions.py [--show]

The texts are `contradictions.yaml`. A contradiction counts as found when a finding on contradictions or on differences
between files shows both places; every such finding on a near-miss is a false alarm.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.pipelines.tie_documents import TieDocuments

TEXTS = Path(__file__).with_name("contradictions.yaml")
TITLE = "明川县人民政府2022年履行教育职责自评报告"
STATISTICS = "明川县教育局2022年教育事业统计公报"
CODES = ("claims.contradiction", "claims.tie")

REPORT = """{title}
按照上级要求，现将有关情况报告如下。
一、主要工作成效
（一）保障教育投入
{first}
（二）规范办学行为
{second}
二、存在的主要问题
1.教育信息化应用水平有待提升。
2.{problem}
三、下一步打算
进一步压实责任，补齐短板。
"""

TRADITIONAL = str.maketrans(
    "县学经费达园师义务实现专职没设备标为数较宽带网", "縣學經費達園師義務實現專職沒設備標為數較寬帶網"
)


def wide(text: str) -> str:
    """Return the text with full-width digits, per cent signs and points."""
    text = re.sub(r"(?<=\d)\.(?=\d)", "．", text)
    return text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))


DAMAGE: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "full-width digits": wide,
    "gaps around figures": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff%])", " ", text),
    "traditional characters": lambda text: text.translate(TRADITIONAL),
    "lines of paper": lambda text: "\n".join(
        line if len(line) < 30 or "\t" in line else f"{line[:28]}\n{line[28:]}" for line in text.split("\n")
    ),
}


def report(entry: dict[str, Any], kind: str, other: str) -> str:
    """Return the report that holds the first sentence and another one at its place."""
    problem = kind == "results_against_problems" or entry.get("where") == "problems"
    return REPORT.format(
        title=TITLE,
        first=entry.get("table", entry.get("first")),
        second="学校管理更加规范。" if problem else other,
        problem=other if problem else "教师培训的针对性不强。",
    )


def documents(entry: dict[str, Any], kind: str, other: str) -> list[str]:
    """Return the texts to be checked together."""
    if kind != "ties":
        return [report(entry, kind, other)]
    title = entry.get("title", STATISTICS)
    return [
        report({"first": entry["first"]}, kind, "成果得到巩固。"),
        f"{title}\n一、基本情况\n{other}\n",
    ]


def check(text: str, name: str) -> CheckedDocument:
    draft = read_plain_text(text.encode(), name)
    return check_document(document_of(draft, file=name, sha256="", media="text/plain"))


def messages(texts: list[str]) -> list[str]:
    """Return what is said of contradictions in the texts."""
    tied = TieDocuments()
    checked = [tied.add(check(text, f"{number}.txt")) for number, text in enumerate(texts)]
    return [finding.message for one in checked for finding in one.findings if finding.code.startswith(CODES)]


def main() -> None:
    entries = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    print(f"{'damage':24}{'kind':28}{'planted':>8}{'found':>8}{'near':>8}{'alarms':>8}")
    for damage, harm in DAMAGE.items():
        total: Counter[str] = Counter()
        for kind, ones in entries.items():
            row: Counter[str] = Counter()
            for entry in ones:
                row["planted"] += 1
                found = messages([harm(text) for text in documents(entry, kind, entry["second"])])
                row["found"] += bool(found)
                if not found and "--show" in sys.argv:
                    print("MISSED", damage, kind, entry["second"])
                alarms = messages([harm(text) for text in documents(entry, kind, entry["near"])])
                row["alarms"] += len(alarms)
                if alarms and "--show" in sys.argv:
                    print("ALARM", damage, kind, entry["near"], alarms)
            total += row
            print_row(damage, kind, row)
        print_row(damage, "all", total)


def print_row(damage: str, kind: str, row: Counter[str]) -> None:
    print(f"{damage:24}{kind:28}{row['planted']:8}{row['found']:8}{row['planted']:8}{row['alarms']:8}")


if __name__ == "__main__":
    main()
