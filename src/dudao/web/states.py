"""Words, icons and tints of states: the one home of the mapping (a state is never colour alone)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state looks: its word, its icon, and the class of its tint (empty is grey)."""

    word: str
    icon: str
    tint: str


LOOKS: dict[str, dict[str, StateLook]] = {
    "answer": {
        "not_started": StateLook("未开始", "circle-dashed", ""),
        "drafting": StateLook("填报中", "circle-half-2", "pri"),
        "submitted": StateLook("已提交", "circle-check", "okk"),
        "returned": StateLook("退回", "arrow-back-up", "bd"),
        "accepted": StateLook("已接受", "check", "okk"),
        "locked": StateLook("已锁定", "lock", "okk"),
    },
    "assessment": {
        "open": StateLook("填报中", "circle-half-2", "pri"),
        "submitted": StateLook("已报送", "send", "okk"),
        "sent_back": StateLook("上级退回", "arrow-back-up", "bd"),
        "confirmed": StateLook("已确认", "circle-check", "okk"),
    },
    "scheme": {
        "draft": StateLook("草稿", "edit", ""),
        "published": StateLook("已发布", "circle-check", "okk"),
        "withdrawn": StateLook("已停用", "circle-x", ""),
    },
    "table_import": {
        "reading": StateLook("正在读取", "clock", "pri"),
        "ready": StateLook("待确认", "eye", "wrn"),
        "refused": StateLook("不能读取", "circle-x", "bd"),
        "taken": StateLook("已入库", "circle-check", "okk"),
        "dropped": StateLook("已放弃", "x", ""),
    },
    "balance": {
        "met": StateLook("达标", "check", "okk"),
        "not_met": StateLook("未达标", "x", "bd"),
        "incomplete": StateLook("数据不全", "question-mark", "wrn"),
        "nothing": StateLook("没有数据", "minus", ""),
    },
    "computed": {
        "empty": StateLook("尚未填报", "circle-dashed", ""),
        "same": StateLook("一致", "check", "okk"),
        "differs": StateLook("与填报不同", "equal-not", "wrn"),
        "newer": StateLook("数据已更新", "refresh", "wrn"),
        "unknown": StateLook("无法计算", "question-mark", ""),
    },
    "evidence": {
        "within": StateLook("在评价期内", "circle-check", "okk"),
        "partly": StateLook("部分在期内", "alert-triangle", "wrn"),
        "outside": StateLook("不在评价期", "circle-x", "bd"),
        "unknown": StateLook("未填所属期间", "question-mark", "wrn"),
        "replaced": StateLook("已替换", "refresh", ""),
    },
    "finding": {
        "consistent": StateLook("一致", "check", "okk"),
        "consistent_if_rounded": StateLook("仅因四舍五入一致", "check", "wrn"),
        "inconsistent": StateLook("不一致", "equal-not", "bd"),
        "contradiction": StateLook("矛盾", "equal-not", "bd"),
        "not_checkable": StateLook("无法核验", "question-mark", ""),
        "error": StateLook("须处理", "alert-triangle", "bd"),
        "warning": StateLook("提醒", "alert-triangle", "wrn"),
        "note": StateLook("说明", "info-circle", ""),
    },
    "standing": {
        "new": StateLook("新出现", "plus", "pri"),
        "same": StateLook("前稿已有", "history", ""),
        "changed": StateLook("改后仍不符", "edit", "wrn"),
        "reappeared": StateLook("再次出现", "arrow-back-up", "bd"),
        "solved": StateLook("已改正", "check", "okk"),
    },
    "check": {
        "waiting": StateLook("正在核验", "clock", "pri"),
        "done": StateLook("已核验", "circle-check", "okk"),
        "failed": StateLook("未能核验", "circle-x", "bd"),
    },
    "handling": {
        "open": StateLook("待处理", "clock", "wrn"),
        "accepted": StateLook("已采纳", "check", "okk"),
        "dismissed": StateLook("不采纳", "x", ""),
        "passed_on": StateLook("已转交", "arrow-right", "pri"),
    },
    "job": {
        "waiting": StateLook("等待", "clock", ""),
        "running": StateLook("进行中", "circle-half-2", "pri"),
        "cancelling": StateLook("正在取消", "circle-half-2", "wrn"),
        "done": StateLook("已完成", "circle-check", "okk"),
        "failed": StateLook("未成功", "alert-triangle", "bd"),
        "cancelled": StateLook("已取消", "circle-x", ""),
    },
}

ANSWER_MARKS = {"not_started": "○", "drafting": "◐", "submitted": "✓", "returned": "↩", "accepted": "✔", "locked": "■"}
"""The marks of an answer's states in a grid, where a word has no room."""


def look(kind: str, name: str) -> StateLook:
    """Return how a state of a kind looks.

    Raises:
        KeyError: the kind or the state is unknown; a new state needs its word here.
    """
    return LOOKS[kind][name]
