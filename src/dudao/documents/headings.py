"""How headings of official documents are told: 一、（一）1.（1）, 第一章, 第一节."""

import re

_HAN_NUMBER = "[一二三四五六七八九十百〇零]{1,4}"
_DIGITS = "[0-9０-９]{1,2}"
_HAN_HEADS = "一二三四五六七八九十百〇零"
_DIGIT_HEADS = "0123456789０１２３４５６７８９"
_CIRCLED = "①-⑳⑴-⒇"
# Level, the characters it may begin with, how it is printed.
_MARKERS = (
    (1, "第", re.compile(rf"第 ?(?:{_HAN_NUMBER}|{_DIGITS}) ?(?:章|部分|篇)[ 　:：、]?")),
    (2, "第", re.compile(rf"第 ?(?:{_HAN_NUMBER}|{_DIGITS}) ?节[ 　:：、]?")),
    (1, _HAN_HEADS, re.compile(rf"{_HAN_NUMBER} ?[、．.] ?")),
    (2, "（(", re.compile(rf"[（(] ?{_HAN_NUMBER} ?[）)] ?[、．.]?")),
    (
        3,
        _DIGIT_HEADS,
        re.compile(rf"{_DIGITS} ?(?:[．、]|[.](?![0-9])|[.](?=(?:19|20)[0-9]{{2}} ?年)) ?"),
    ),
    (
        4,
        "（(" + "".join(map(chr, (*range(ord("①"), ord("⑳") + 1), *range(ord("⑴"), ord("⒇") + 1)))),
        re.compile(rf"(?:[（(] ?{_DIGITS} ?[）)]|[{_CIRCLED}]) ?[、．.]?"),
    ),
)
_BY_HEAD = {
    head: tuple((level, pattern) for level, heads, pattern in _MARKERS if head in heads)
    for head in frozenset("".join(heads for _, heads, _ in _MARKERS))
}
_OTHER_ITEMS = re.compile(
    r"[一二三四]级指标|测评点|自评(?:得分|总?分)|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,2} +[\u4e00-\u9fff]"
    r"|[一二三四五六七八九十][是要]|第[一二三四五六七八九十][，、,]|——|[●◆■□▪•·○◎※★☆➢]|附件|附：|表[0-9一二三四五六七八九十]|图[0-9]"
)
_SCORE_BEHIND = re.compile(r"[。．.]?[ 　]*[（(][^（()）。]{0,30}分[^（()）。]{0,30}[）)][。．.]?\s*$")
_MEASURE = re.compile(r"[0-9.]+ ?(?:万|亿|%|％|元|人|所|个百分点)")
_RUN_IN = 40
SHORTEST = 3
"""A number, its mark and one character."""
_WHOLE = 60
_SHORT = 30


def marker(line: str) -> tuple[int, int]:
    """Return the level of the number a line begins with and where its title starts; (0, 0) when there is none."""
    stripped = line.lstrip(" \u3000\u00a0\t")
    indent = len(line) - len(stripped)
    for level, pattern in _BY_HEAD.get(stripped[:1], ()):
        if match := pattern.match(stripped):
            return level, indent + match.end()
    return 0, 0


def starts_an_item(line: str) -> bool:
    """Return whether a line begins anew: with a heading's number, a list mark, 一是, 附件."""
    return marker(line)[0] > 0 or bool(_OTHER_ITEMS.match(line.lstrip(" \u3000\u00a0\t")))


def heading_level(line: str) -> int:
    """Return 1 to 4 when the line is or begins with a heading, else 0."""
    return heading_end(line)[0]


def heading_end(line: str) -> tuple[int, int]:
    """Return level and end of the heading a line is or begins with, (0, 0) when it is plain text.

    A heading may run in: （二）发展目标。“十四五”时期…… has the heading up to the first full stop.
    """
    if len(line) < SHORTEST:
        return 0, 0
    level, title = marker(line)
    if not level or not (body := line[title:].rstrip()):
        return 0, 0
    end = title + len(body)
    if score := _SCORE_BEHIND.search(line):
        if score.start() - title <= 2 * _WHOLE:
            return level, end
        return 0, 0
    stop = body.find("。")
    if stop < 0:
        plain = len(body) <= _WHOLE and not body.endswith(("；", ";", "，", "、", "：", ":"))
        measured = level >= 3 and bool(_MEASURE.search(body))
        return (level, end) if plain and not measured else (0, 0)
    first = body[:stop]
    if _MEASURE.search(first) and level >= 2:
        return 0, 0
    if stop == len(body) - 1:
        limit = _WHOLE if level <= 2 else _SHORT
        return (level, end) if len(first) <= limit else (0, 0)
    return (level, title + stop + 1) if len(first) <= _RUN_IN else (0, 0)
