"""The numbers before titles: 第一部分, 一、, （一）, 1., （1）, ①, 1.2 and what they count."""

import re
from dataclasses import dataclass

_HAN = "〇一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_HEADS, _DIGIT_HEADS = _HAN[1:], "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Kind, the characters it may begin with, how it is printed.
_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("part", "第", re.compile(r"第([一二三四五六七八九十]{1,3})(?:部分|章|篇|大?项|类)[、:.\s]*")),
    ("level1", "一", re.compile(r"一级指标\s*([一二三四五六七八九十]{1,3}|\d{1,2})?\s*[、.,:]\s*")),
    ("level2", "二", re.compile(r"二级指标\s*([一二三四五六七八九十]{1,3}|\d{1,2})?\s*[、.,:]\s*")),
    (
        "level3",
        "三测评",
        re.compile(r"(?:三级指标|测评点|评价要点)\s*([一二三四五六七八九十]{1,3}|\d{1,2})?\s*[、.,:]\s*"),
    ),
    ("name", "指评项考", re.compile(r"(?:指标|评价|考核|项目)(?:名称|项目|内容)\s*:\s*")),
    ("han", _HAN_HEADS, re.compile(r"([一二三四五六七八九十]{1,3})\s*[、.,:](?!\d)\s*")),
    ("han_bracket", "(", re.compile(r"\(\s*([一二三四五六七八九十]{1,3})\s*\)[、.,]?\s*")),
    (
        "dotted3",
        _DIGIT_HEADS + _LETTERS,
        re.compile(r"[A-Z]?(\d{1,2}(?:\s?[.-]\s?\d{1,2}){2})(?![\d%])[、.\s]*"),
    ),
    (
        "dotted2",
        _DIGIT_HEADS + _LETTERS,
        re.compile(r"[A-Z]?(\d{1,2}\s?[.-]\s?\d{1,2})(?![\d%])[、.\s]*(?=[^\d\s%个万亿元人所名分年月])"),
    ),
    ("code", "ABCDE", re.compile(r"([A-E]\s?\d{1,2})(?![\d.%-])[、:\s]*")),
    (
        "number",
        _DIGIT_HEADS + _LETTERS + "指 \t",
        re.compile(r"(?:指标|[A-Z])?\s?(\d{1,3})\s*[、.,:](?!\d)\s*"),
    ),
    ("number_bracket", _DIGIT_HEADS + "(", re.compile(r"\(\s*(\d{1,3})\s*\)[、.]?\s*|(\d{1,3})\s*\)\s*")),
    ("circled", _CIRCLED, re.compile(rf"([{_CIRCLED}])\s*")),
    ("glued", _DIGIT_HEADS, re.compile(r"(\d{1,2})\s*(?=[^\d\s.,%个万亿元人所名分年月日周小天时公-])")),
)
_BY_HEAD = {
    head: tuple((kind, pattern) for kind, heads, pattern in _KINDS if head in heads)
    for head in frozenset("".join(heads for _, heads, _ in _KINDS))
}


@dataclass(frozen=True, slots=True)
class Numbering:
    """A printed number: the kind of its style, the numbers it says, and how many characters it takes.

    `numbers` is empty where a style prints none (`二级指标：`).
    """

    kind: str
    numbers: tuple[int, ...]
    length: int

    @property
    def last(self) -> int | None:
        """The number among its siblings; None where none is printed."""
        return self.numbers[-1] if self.numbers else None


def numbering(title: str, *, glued: bool = False) -> Numbering | None:
    """Return the number that begins a title (made `plain` before); None without.

    `glued` also accepts digits that run into the words (`3党建工作情况`), as cells of a table have them.
    """
    for kind, pattern in _BY_HEAD.get(title[:1], ()):
        if kind == "glued" and not glued:
            continue
        if match := pattern.match(title):
            words = next((group for group in match.groups() if group), "")
            if kind == "code":
                kind, words = f"code{words[0]}", words[1:].strip()
            return Numbering("number" if kind == "glued" else kind, _numbers(words), match.end())
    return None


def _numbers(words: str) -> tuple[int, ...]:
    if not words:
        return ()
    if words in _CIRCLED:
        return (_CIRCLED.index(words) + 1,)
    if words[0].isdigit():
        return tuple(int(part) for part in re.split(r"\s?[.-]\s?", words))
    return (_han_number(words),)


def _han_number(words: str) -> int:
    """Return 一 to 九十九 as a number."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return int("".join(str(_HAN.index(character)) for character in words))
    return (_HAN.index(tens) if tens else 1) * 10 + (_HAN.index(ones) if ones else 0)
