"""Contradictions in wordings that the program was not written for, found and left in peace, by kind.

python bench/claims/contradictions_unseen.py [--show] [FILE]

The texts are `contradictions_unseen.yaml` (its head tells the form) or another file of that form, such as
`contradictions_second.yaml`, carried by three reports of our own. A planted
contradiction counts as found when a finding on contradictions, on differences between files or on a score told twice
is there that the report without it has not; every finding on a report whose words hold is a false alarm.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook

from dudao.pipelines.check import check_file
from dudao.pipelines.tie_documents import TieDocuments

HERE = Path(__file__).parent
TEXTS = HERE / "contradictions_unseen.yaml"
CODES = ("claims.contradiction", "claims.tie", "claims.score_sum", "sheet.")
PLACES = {"市": "宁川市", "县": "甘棠县", "区": "望江区", "州": "洛宁州", "旗": "察布旗"}
TITLE = "{place}人民政府2023年履行教育职责情况自评报告"

CARRIERS = [
    """{title}
按照省政府教育督导委员会办公室要求，我{unit}成立工作专班，逐条逐项开展自查自评。现将有关情况报告如下。
{summary}
一、坚持党对教育工作的全面领导
{unit}委教育工作领导小组全年召开会议4次，{unit}领导带头到学校讲思政课。中小学校党组织领导的校长负责制改革分3批推进。
二、落实教育优先发展
{first}
三、立德树人工作
广泛开展“开学第一课”“清明祭英烈”等主题活动，创建研学实践基地12个，评选新时代好少年60名。
开展校园食品安全专项检查2轮，发现隐患45处，已全部整改。
四、提升治理水平
{second}
校园及周边综合治理由公安、市场监管、文化等9个部门联合开展，排查重点场所138家。
五、存在问题
（一）校园文化建设特色不够鲜明，家校协同育人机制有待健全。
（二）{problem}
六、今后工作
深化教育综合改革，持续补短板、强弱项，努力办好人民满意的教育。
""",
    """{title}
省人民政府教育督导委员会：
现将我{unit}自查自评情况汇报如下，请予审查。{summary}
第一部分 基本做法和成效
1.强化组织领导。{unit}政府常务会议研究教育议题9次，{unit}长到校调研16次，印发配套文件7份。
2.强化保障。{first}
3.深化改革。中考录取计分科目调整方案平稳落地，名校长工作室、名班主任工作室建设有序推进，建成名师工作室33个。
4.规范管理。聘请法治副校长，开展应急疏散演练860场次；查处有偿补课问题线索5条。
第二部分 亮点与经验
{second}
我{unit}教育数字化做法被省级媒体报道6次，相关经验在全省会议上作书面交流。
第三部分 困难和问题
一是教育评价改革还需深化。
二是{problem}
第四部分 下一步工作措施
坚持问题导向，逐项制定整改措施，明确责任单位和完成时限。
""",
    """{title}
根据评价工作安排，{unit}政府高度重视，对照指标认真自查。
{summary}
（一）组织实施情况
印发年度任务清单，确定重点任务25项，由11个部门分工落实。
（二）主要指标情况
{first}
劳动教育实践基地、校外活动中心运行良好，举办{unit}级中小学生艺术展演，参演节目74个。
开展语言文字规范化建设，普通话测试站完成测试3批。
（三）重点任务情况
{second}
（四）问题与不足
◆ 学校管理精细化程度有待提升。
◆ {problem}
（五）整改打算
压实部门责任，{unit}政府督查室按季度调度。
""",
]


def report(entry: dict[str, Any], number: int, other: str, *, clean: bool) -> str:
    """Return the report that holds the first words and the other ones at their place."""
    unit = entry["unit"]
    where = entry.get("where", "results")
    title = entry.get("title_clean", TITLE) if clean else entry.get("title", TITLE)
    return CARRIERS[number % len(CARRIERS)].format(
        title=title.format(place=PLACES[unit]),
        unit=unit,
        first=entry.get("first") or entry["table"],
        second=other if where == "results" else "政务公开、信访办理等工作有序开展。",
        summary=other if where == "summary" else "一年来，教育事业发展总体平稳。",
        problem=other if where == "problems" else "教师培训的针对性不强。",
    )


def files(folder: Path, entry: dict[str, Any], number: int, other: str, *, clean: bool, **more: str) -> Iterator[Path]:
    """Write the report and what is checked beside it; yield the paths in order."""
    place = PLACES[entry["unit"]]
    own = folder / "自评报告.txt"
    others = entry.get("files")
    own.write_text(report(entry, number, "工作成果得到巩固。" if others else other, clean=clean), encoding="utf-8")
    yield own
    for one in others or ():
        path = folder / one["name"].format(place=place)
        text = one["text"].format(place=place, value=other, **more)
        if path.suffix == ".xlsx":
            book = Workbook(write_only=True)
            sheet = book.create_sheet()
            for line in text.strip().split("\n"):
                sheet.append([number_or_text(cell) for cell in line.split("|")])
            book.save(path)
        else:
            path.write_text(f"{path.stem}\n一、总体情况\n{text}\n", encoding="utf-8")
        yield path


def number_or_text(cell: str) -> object:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


def messages(entry: dict[str, Any], number: int, other: str, *, clean: bool, **more: str) -> list[str]:
    """Return what is said of contradictions."""
    tied = TieDocuments()
    with tempfile.TemporaryDirectory() as folder:
        paths = list(files(Path(folder), entry, number, other, clean=clean, **more))
        checked = [tied.add(check_file(path)) for path in paths]
    return [
        f"{finding.code} {finding.message}"
        for one in checked
        for finding in one.findings
        if finding.code.startswith(CODES)
    ]


def main() -> None:
    named = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    show = "--show" in sys.argv
    total: Counter[str] = Counter()
    print(f"{'kind':28}{'planted':>8}{'found':>8}{'near':>8}{'alarms':>8}")
    for kind, entries in yaml.safe_load((named or [TEXTS])[0].read_text(encoding="utf-8")).items():
        row: Counter[str] = Counter()
        for number, entry in enumerate(entries):
            row += tally(placed(kind, entry), number, show=show)
        total += row
        print_row(kind, row)
    print_row("all", total)


def placed(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the place of its second sentence, which follows from its kind where not written."""
    return {"where": "problems", **entry} if kind == "results_against_problems" else entry


def tally(entry: dict[str, Any], number: int, *, show: bool = False) -> Counter[str]:
    """Return how many were planted, found, left and wrongly accused."""
    row: Counter[str] = Counter()
    near = [
        messages(entry, number, other, clean=True, sum=str((entry.get("near_sum") or [""])[0]))
        for other in entry["near"]
    ]
    row["near"] += len(near)
    row["alarms"] += sum(map(len, near))
    for other, said in zip(entry["near"], near, strict=True):
        if said and show:
            print("ALARM", other, said)
    if "second" in entry:
        row["planted"] += 1
        said = messages(entry, number, entry["second"], clean=False, sum=str(entry.get("second_sum", "")))
        row["found"] += bool(said)
        if show:
            print("found" if said else "MISSED", entry["second"], said)
    return row


def print_row(kind: str, row: Counter[str]) -> None:
    print(f"{kind:28}{row['planted']:8}{row['found']:8}{row['near']:8}{row['alarms']:8}")


if __name__ == "__main__":
    main()
