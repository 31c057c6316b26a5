"""Words, icons and tints of states: the one home of the mapping (a state is never colour alone)."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state looks: its word, its icon, and the class of its tint (empty is grey)."""

    word: str
    icon: str
    tint: str


LOOKS: dict[str, dict[str, StateLook]] = {
    "answer": {
        "not_started": StateLook(_("未开始"), "circle-dashed", ""),
        "drafting": StateLook(_("填报中"), "circle-half-2", "pri"),
        "submitted": StateLook(_("已提交"), "circle-check", "okk"),
        "returned": StateLook(_("退回"), "arrow-back-up", "bd"),
        "accepted": StateLook(_("已接受"), "check", "okk"),
        "locked": StateLook(_("已锁定"), "lock", "okk"),
    },
    "assessment": {
        "open": StateLook(_("填报中"), "circle-half-2", "pri"),
        "submitted": StateLook(_("已报送"), "send", "okk"),
        "sent_back": StateLook(_("上级退回"), "arrow-back-up", "bd"),
        "confirmed": StateLook(_("已确认"), "circle-check", "okk"),
    },
    "scheme": {
        "draft": StateLook(_("草稿"), "edit", ""),
        "published": StateLook(_("已发布"), "circle-check", "okk"),
        "withdrawn": StateLook(_("已停用"), "circle-x", ""),
    },
    "table_import": {
        "reading": StateLook(_("正在读取"), "clock", "pri"),
        "ready": StateLook(_("待确认"), "eye", "wrn"),
        "refused": StateLook(_("不能读取"), "circle-x", "bd"),
        "taken": StateLook(_("已入库"), "circle-check", "okk"),
        "dropped": StateLook(_("已放弃"), "x", ""),
    },
    "balance": {
        "met": StateLook(_("达标"), "check", "okk"),
        "not_met": StateLook(_("未达标"), "x", "bd"),
        "incomplete": StateLook(_("数据不全"), "question-mark", "wrn"),
        "nothing": StateLook(_("没有数据"), "minus", ""),
    },
    "computed": {
        "empty": StateLook(_("尚未填报"), "circle-dashed", ""),
        "same": StateLook(_("一致"), "check", "okk"),
        "differs": StateLook(_("与填报不同"), "equal-not", "wrn"),
        "newer": StateLook(_("数据已更新"), "refresh", "wrn"),
        "unknown": StateLook(_("无法计算"), "question-mark", ""),
    },
    "evidence": {
        "within": StateLook(_("在评价期内"), "circle-check", "okk"),
        "partly": StateLook(_("部分在期内"), "alert-triangle", "wrn"),
        "outside": StateLook(_("不在评价期"), "circle-x", "bd"),
        "unknown": StateLook(_("未填所属期间"), "question-mark", "wrn"),
        "replaced": StateLook(_("已替换"), "refresh", ""),
    },
    "finding": {
        "consistent": StateLook(_("一致"), "check", "okk"),
        "consistent_if_rounded": StateLook(_("仅因四舍五入一致"), "check", "wrn"),
        "inconsistent": StateLook(_("不一致"), "equal-not", "bd"),
        "contradiction": StateLook(_("矛盾"), "equal-not", "bd"),
        "not_checkable": StateLook(_("无法核验"), "question-mark", ""),
        "error": StateLook(_("须处理"), "alert-triangle", "bd"),
        "warning": StateLook(_("提醒"), "alert-triangle", "wrn"),
        "note": StateLook(_("说明"), "info-circle", ""),
    },
    "standing": {
        "new": StateLook(_("新出现"), "plus", "pri"),
        "same": StateLook(_("前稿已有"), "history", ""),
        "changed": StateLook(_("改后仍不符"), "edit", "wrn"),
        "reappeared": StateLook(_("再次出现"), "arrow-back-up", "bd"),
        "solved": StateLook(_("已改正"), "check", "okk"),
    },
    "check": {
        "waiting": StateLook(_("正在核验"), "clock", "pri"),
        "done": StateLook(_("已核验"), "circle-check", "okk"),
        "failed": StateLook(_("未能核验"), "circle-x", "bd"),
    },
    "handling": {
        "open": StateLook(_("待处理"), "clock", "wrn"),
        "accepted": StateLook(_("已采纳"), "check", "okk"),
        "dismissed": StateLook(_("不采纳"), "x", ""),
        "passed_on": StateLook(_("已转交"), "arrow-right", "pri"),
    },
    "job": {
        "waiting": StateLook(_("等待"), "clock", ""),
        "running": StateLook(_("进行中"), "circle-half-2", "pri"),
        "cancelling": StateLook(_("正在取消"), "circle-half-2", "wrn"),
        "done": StateLook(_("已完成"), "circle-check", "okk"),
        "failed": StateLook(_("未成功"), "alert-triangle", "bd"),
        "cancelled": StateLook(_("已取消"), "circle-x", ""),
    },
}

ANSWER_MARKS = {"not_started": "○", "drafting": "◐", "submitted": "✓", "returned": "↩", "accepted": "✔", "locked": "■"}
"""The marks of an answer's states in a grid, where a word has no room."""


def look(kind: str, name: str) -> StateLook:
    """Return how a state of a kind looks, its word in the language of the page.

    Raises:
        KeyError: the kind or the state is unknown; a new state needs its word here.
    """
    seen = LOOKS[kind][name]
    return replace(seen, word=gettext(seen.word))


def recorded_word(kind: str, name: str) -> str:
    """Return the Chinese word of a state, for documents that leave the platform."""
    return LOOKS[kind][name].word
