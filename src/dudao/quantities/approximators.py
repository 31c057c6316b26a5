"""The words around a figure that loosen it, and the interval a loosened figure stands for."""

from decimal import Decimal

from dudao.quantities.model import Approximation, Interval, Kind
from dudao.quantities.units import EXACT_KINDS

_BEFORE_WORDS: dict[Approximation, str] = {
    Approximation.ABOUT: "约 约为 约有 约占 大约 大概 大致 大体 估计 ≈",
    Approximation.NEARLY: "近 将近 接近 几近 逼近",
    Approximation.OVER: "超 超过 超过了 超出了 逾 突破 突破了 高于 多于 大于 > 高过 远超",
    Approximation.AT_LEAST: "不低于 不少于 不小于 不得低于 不得少于 至少 最少 最低 不下 不下于 起码 ≥ 不晚于",
    Approximation.UNDER: "不足 不到 未达 未达到 低于 少于 小于 不满 未满 < 达不到",
    Approximation.AT_MOST: "不超过 不超 不高于 不多于 不大于 不得超过 不得高于 最多 至多 最高 ≤ 不逾 未超过 未超",
}

_AFTER_WORDS: tuple[tuple[str, Approximation], ...] = (
    ("及以上", Approximation.AT_LEAST),
    ("(含)以上", Approximation.AT_LEAST),
    ("以上", Approximation.AT_LEAST),
    ("之上", Approximation.AT_LEAST),
    ("及以下", Approximation.AT_MOST),
    ("(含)以下", Approximation.AT_MOST),
    ("以下", Approximation.AT_MOST),
    ("以内", Approximation.AT_MOST),
    ("之内", Approximation.AT_MOST),
    ("左右", Approximation.ABOUT),
    ("上下", Approximation.ABOUT),
    ("有余", Approximation.OVER),
    ("开外", Approximation.OVER),
    ("之多", Approximation.AT_LEAST),
    ("许", Approximation.ABOUT),
)
AFTER_HEADS = frozenset(word[0] for word, _ in _AFTER_WORDS)
"""The first characters of the words that loosen the figure before them."""
_AFTER_EXCUSES = ("上下学", "上下班", "上下联", "许可", "许多", "左右岸", "上下午", "以内涵")

# 最近3年, 附近2所: 近 that belongs to another word.
_OTHER_NEAR = "最附临靠远邻就亲贴相毗"

ABOUT_WIDTH = Decimal("0.025")


def _by_last_character() -> dict[str, tuple[tuple[str, Approximation], ...]]:
    table: dict[str, list[tuple[str, Approximation]]] = {}
    for approximation, words in _BEFORE_WORDS.items():
        for word in words.split():
            table.setdefault(word[-1], []).append((word, approximation))
    return {last: tuple(sorted(words, key=lambda entry: -len(entry[0]))) for last, words in table.items()}


_BEFORE = _by_last_character()
BEFORE_TAILS = frozenset(_BEFORE)
"""The last characters of the words that loosen the figure behind them."""


def approximation_before(text: str, position: int, kind: Kind) -> Approximation | None:
    """Return what the words that end at the position of a folded text say about the figure that begins there."""
    end = position
    while end > 0 and position - end < 2 and text[end - 1] == " ":
        end -= 1
    if end == 0:
        return None
    for word, approximation in _BEFORE.get(text[end - 1], ()):
        if text.endswith(word, max(0, end - len(word)), end):
            if word == "近" and (kind is Kind.DURATION or (end > 1 and text[end - 2] in _OTHER_NEAR)):
                return None
            return approximation
    return None


def approximation_after(text: str, position: int) -> Approximation | None:
    """Return what the words that begin at the position of a folded text say about the figure that ends there."""
    if text[position : position + 1] == " ":
        position += 1
    if text[position : position + 1] not in AFTER_HEADS:
        return None
    for word, approximation in _AFTER_WORDS:
        if text.startswith(word, position):
            if any(text.startswith(excuse, position) for excuse in _AFTER_EXCUSES):
                return None
            return approximation
    return None


def interval_of(
    value: Decimal,
    *,
    kind: Kind,
    step: Decimal,
    rounded: bool,
    approximation: Approximation | None,
    open_step: Decimal | None = None,
) -> Interval:
    """Return the exact values a written figure may stand for.

    Args:
        value: the figure in its base unit.
        kind: what is measured; whole counts and all scores are exact.
        step: one unit of the last written digit, in the base unit.
        rounded: whether the figure shows decimals or a scale, so that a count too has been rounded.
        approximation: what the words around it say.
        open_step: for 余 and 多 inside the figure, how far it may go (20多万 → 10万); None without.
    """
    half = step / 2
    if kind is Kind.SCORE or (kind in EXACT_KINDS and not rounded):
        half = Decimal(0)
    if open_step is not None:
        return Interval(value, value + open_step)
    match approximation:
        case None:
            return Interval(value - half, value + half)
        case Approximation.ABOUT | Approximation.NEARLY:
            # A rough count of few is rounded to the next one: 平均每年近8所 is 7.67.
            width = max(abs(value) * ABOUT_WIDTH, step / 2)
            return Interval(value - width, value + width)
        case Approximation.OVER | Approximation.AT_LEAST:
            return Interval(value, None)
        case Approximation.UNDER | Approximation.AT_MOST:
            return Interval(None, value)
