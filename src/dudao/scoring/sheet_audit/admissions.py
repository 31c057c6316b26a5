"""Items that keep their points though their own text says that something is not done, or got worse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dudao.issues import Issue, Level
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title

KEEPS = Decimal("0.5")

_CLAUSES = re.compile(r"[^。；;\n]{1,400}")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》")
_DONE_LATER = re.compile(
    r"已(?:经)?(?:全部|全面|按期|如期)?(?:完成)?整改|整改(?:完毕|到位率达?100)|均已|全部(?:整改)?(?:落实|完成|到位|销号)"
)
_SPEAKS_OF_RULES = re.compile(
    r"对[^，,]{0,20}(?:不|未|没有)[^，,]{0,10}的|防止|避免|杜绝|严禁|确保不|不得|严防|若|凡|如果|如有"
)

_RECTIFYING = re.compile(
    r"未(?:能)?(?:全部|完全)?整改(?:到位|完成|落实)?|整改中(?!心)|正?在+整改|整改[^，,。；;]{0,12}(?:还|仍|尚|正)在(?:推进|进行)"
    r"|(?:还|仍|尚)?(?:需要?|须|有待)进一步整改|(?:没有|尚未|还未)(?:全部|完全)?整改"
)
_UNMET = re.compile(
    r"(?:没有|未能?|尚未|还未|仍未|不能)(?:完全|全部|全面|按时|按期|足额)?"
    r"(?:达标|达到[^，,。；;]{0,12}(?:标准|要求|目标)|完成(?:任务|目标|建设)|配齐|配足|开齐|落实到位|拨付到位|足额(?:拨付|落实|征收)|建立)(?!的)"
)
_SHOULD_RISE = re.compile(
    r"生均|教育(?:经费|支出|投入)|公用经费|优良率|合格率|入园率|普惠率|普及率|巩固率|入学率|满意度|公办园占比|覆盖率|达标率"
)
_MUST_NOT_FALL = re.compile(r"生均|教育(?:经费|支出|投入)|公用经费")
_SHOULD_FALL = re.compile(r"近视率|肥胖率|辍学率|大班额|大校额|差异系数|事故|案件")
_OTHER_MEASURE = re.compile(r"幼儿园|学校|教师|人数|学生数|机构")
_TAKEN_OFF = re.compile(r"扣(?:减|除|了)?\d+(?:\.\d+)?分")
_FARTHEST = 40
_AVERTED = re.compile(r"(?:不(?!同)|未|没有|没|无|防止|避免|杜绝|遏制|控制|只增)[^，,。；;]{0,6}$")
_FELL = re.compile(r"(?<![不未])(?:下降|下滑|减少|降低|回落|负增长|降幅)")
_ROSE = re.compile(r"(?<![不未])(?:上升|升高|增加|增长|反弹)")


@dataclass(frozen=True, slots=True)
class _Admission:
    """What the words of an item admit: which kind, and the clause that says it."""

    kind: str
    words: str
    must_not: bool = False


def check_admissions(audited: AuditedSheet) -> list[Issue]:
    """Return a finding for every leaf that keeps half its points or more though its text admits a failing.

    At full marks, and where money for education fell, it is a warning; where points were taken off, a note that
    asks whether they were enough.
    """
    found = []
    for row, full, own in audited.scored_leaves():
        if own < full * KEEPS:
            continue
        for admission in _first_of_each_kind(row.note):
            kept = f"自评满分{points(full)}" if own == full else f"满分{points(full)}，自评{points(own)}"
            message = f"{title(row)}{kept}，说明中却写“{_short(admission.words)}”。"
            # What the words themselves take points for is known: whether enough is all there is to ask.
            weighty = own == full or (admission.must_not and not _TAKEN_OFF.search(admission.words))
            remedy = "请核对得分与说明是否一致。" if own == full else "请核对所扣的分是否足够。"
            found.append(finding(Level.WARNING if weighty else Level.NOTE, admission.kind, row, message, remedy))
    return found


def _first_of_each_kind(note: str) -> Iterator[_Admission]:
    first: dict[str, _Admission] = {}
    for admission in _admissions(note):
        known = first.setdefault(admission.kind, admission)
        # The sentence that takes points off for it may stand behind the one that tells it.
        if _TAKEN_OFF.search(admission.words) and not _TAKEN_OFF.search(known.words):
            first[admission.kind] = admission
    yield from first.values()


def _admissions(note: str) -> Iterator[_Admission]:
    for match in _CLAUSES.finditer(note):
        sentence = _QUOTED.sub(lambda quoted: "口" * len(quoted[0]), match[0])
        if _DONE_LATER.search(sentence) and not re.search(r"未整改|整改中", sentence):
            continue
        if (place := _RECTIFYING.search(sentence)) and not _SPEAKS_OF_RULES.search(sentence[: place.start()]):
            yield _Admission("unfinished_at_kept_points", match[0].strip())
        if (place := _UNMET.search(sentence)) and not _SPEAKS_OF_RULES.search(sentence):
            yield _Admission("unmet_at_kept_points", match[0].strip())
        if worse := _worse(sentence):
            yield _Admission("worse_at_kept_points", match[0].strip(), must_not=worse == "must_not")


def _worse(sentence: str) -> str:
    """Return `must_not` when money for education fell, `worse` for other changes for the worse, else nothing."""
    rises = list(_SHOULD_RISE.finditer(sentence))
    for fell in _FELL.finditer(sentence):
        before = [word for word in rises if word.start() < fell.start()]
        if before and not _subject_between(sentence, before[-1].end(), fell.start()) and not _averted(sentence, fell):
            return "must_not" if _MUST_NOT_FALL.search(before[-1][0]) else "worse"
    falls = list(_SHOULD_FALL.finditer(sentence))
    for rose in _ROSE.finditer(sentence):
        before = [word for word in falls if word.start() < rose.start()]
        if before and not _subject_between(sentence, before[-1].end(), rose.start()) and not _averted(sentence, rose):
            return "worse"
    return ""


def _subject_between(sentence: str, start: int, end: int) -> bool:
    """Return whether another measure stands between, so that the change is not one of the first."""
    words = sentence[start:end]
    return len(words) > _FARTHEST or any(other.search(words) for other in (_SHOULD_FALL, _SHOULD_RISE, _OTHER_MEASURE))


def _averted(sentence: str, change: re.Match[str]) -> bool:
    """Return whether the words say that the change does not happen (只增不减, 防止反弹, 未下降)."""
    return bool(_AVERTED.search(sentence[: change.start()]))


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
