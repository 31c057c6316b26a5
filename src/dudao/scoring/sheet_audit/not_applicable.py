"""Items at full marks whose own text says that the area has nothing to judge (域内无高中)."""

import re

from dudao.issues import Issue, Level
from dudao.scheme.model import NotApplicablePolicy, Point
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title

# What an area may simply not have. 大校额学校, 无证幼儿园 and the like are no institutions but failings.
_INSTITUTION = (
    r"(?:民办|公办|普通|中等|高等|初级|高级|职业|技工|特殊教育|完全|寄宿制|农村|乡村|九年一贯制|义务教育|学前教育|独立|中小学|中小|初中|小学"
    r"|高中|中学|大学|幼儿|学校|院校|高校|幼儿园|教学点|中职|高职|阶段|和|及|或|、)+"
)
_NONE_HERE = re.compile(
    rf"(?:^|[，,。；;\n]|[市县区旗州域内境])(?:内|均|也|尚|暂|目前|现)*"
    rf"(?:没有|无|未设立?|未设置|未开办|不设)(?:任何)?{_INSTITUTION}(?=[，,。；;\n]|$)"
)
_KINDS = re.compile(r"民办|高中|中职|高职|职业|特殊教育|幼儿园|高校|大学|寄宿|完全中学|九年一贯|教学点|高等")
_SAID_SO = re.compile(
    r"不适用|(?:此|该|本)项(?:工作|内容|指标)?不涉及|不涉及(?:此|该|本)(?:项|类)|(?:没有|无)(?:此|该|这)类(?:学校|机构|对象|教育)"
)
_NO_SUCH_CASE = re.compile(r"(?:没有|无|不存在)(?:此|该|这)(?:类|种|项)(?:情况|情形|工作|内容|问题)")
# For these items 没有此类情况 is the good result itself.
_CASES = re.compile(
    r"死亡|事故|上访|信访|违规|违纪|违法|失范|大校额|大班额|欺凌|辍学|收费|拖欠|问题|案件|事件|无证|作弊"
)


def check_not_applicable(audited: AuditedSheet) -> list[Issue]:
    """Return a finding for every leaf at full marks that its own text calls without object."""
    found = []
    for row, full, own in audited.scored_leaves():
        if own < full or not _without_object(row.name, row.note):
            continue
        item = audited.alignment.item_of(row) if audited.alignment else None
        allowed = isinstance(item, Point) and item.not_applicable is NotApplicablePolicy.FULL
        message = f"{title(row)}自评满分{points(full)}，说明中写本地没有这一对象。"
        if allowed:
            remedy = "所对照的方案按不适用计满分；请保留不适用的证明材料。"
        else:
            remedy = "请按方案确认：不适用的项目是计满分、剔除后折算，还是计零分。"
        level = Level.NOTE if allowed else Level.WARNING
        found.append(finding(level, "not_applicable_at_full_points", row, message, remedy))
    return found


def _without_object(name: str, note: str) -> bool:
    """Return whether the note says that what the item's name speaks of does not exist here."""
    if _SAID_SO.search(note):
        return True
    if any(kind in name for missing in _NONE_HERE.finditer(note) for kind in _KINDS.findall(missing[0])):
        return True
    return bool(_NO_SUCH_CASE.search(note)) and not _CASES.search(name)
