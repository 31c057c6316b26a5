"""The points printed behind a title: `（5分，自评分4.8分）`, `[5分]`, `（分值5分，自评4.8分）`, `扣0.2分`."""

import re
from dataclasses import dataclass
from decimal import Decimal

# One character for one character, so that places stay where they are.
_PLAIN = str.maketrans("０１２３４５６７８９．（）［］【】｛｝{}，：；　〇／－−", "0123456789.()[][][][],:; 0/--")

NUMBER = r"(\d{1,4}(?:\s?\.\s?\d{1,3})?)"
_OWN = r"(?:本项|该项|此项|本指标|该指标|此指标|我[市县区州旗])?"
FULL_WORDS = r"(?:指标分值|标准分值|标准分|基准分|分值|满分|总分|权重|赋分|配分|应得分|总计|合计|共计|共|计)"
SELF_EVALUATION = r"(?:自查自评|自评自查|自检自查|自我评价|自我评分|自评估?|自查|自测|自检)"
SELF_WORDS = (
    rf"(?:{SELF_EVALUATION}\s{{0,3}}(?:总?得分|总分|评分|打分|赋分|计分|分值|分数|得|分|计)?"
    r"|实际得分|实得分|实得|得分|评分|得)"
)

_HAN = "零一二三四五六七八九"
_WRITTEN_NUMBER = re.compile(
    r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:点([一二三四五六七八九]))?(?=分)"
)
_AND_A_HALF = re.compile(r"(?<![\d.])(\d{1,3})分半")
_SEPARATORS = r"[,;、/\s]+|(?<=\d分)(?=自|实|得|扣|满分)"
_FULL = re.compile(rf"{_OWN}{FULL_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?|{_OWN}{NUMBER}\s{{0,3}}分")
_SELF = re.compile(rf"{_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?")
_DEDUCTION = re.compile(rf"{_OWN}(?:自评|自查)?\s{{0,3}}扣(?:除|减|分)?\s{{0,3}}[:为]?\s{{0,3}}{NUMBER}\s{{0,3}}分?")
_ALL_POINTS = re.compile(rf"{_OWN}(?:自评|自查)?(?:得|为|计)?满分")
_OWN_OF_FULL = re.compile(
    rf"(?:{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}})?{NUMBER}\s{{0,3}}分?\s{{0,3}}/\s{{0,3}}{NUMBER}\s{{0,3}}分?"
)
_NOTHING_DEDUCTED = re.compile(rf"{_OWN}(?:自评|自查)?(?:暂)?(?:不|未|没有|无)扣分")
# What a title with self points in the bracket behind it may print before: `经费保障——15分（自评14分）`.
_FULL_BEFORE = re.compile(
    rf"(?:[,;:、\s]{{1,3}}|[-—–]{{1,4}}|(?<=[\u4e00-\u9fff])(?<![高低升降加减扣约近第为]))({FULL_WORDS}?\s{{0,3}}[:为]?\s{{0,3}}{NUMBER}\s{{0,3}}分)\s{{0,3}}$"
)
# A rule that takes points off prints them below zero: `减分项（-3分，自评-1分）`.
_BELOW_ZERO = re.compile(
    rf"(?:(?:{FULL_WORDS}\s{{0,3}}[:为是]?\s{{0,3}})?-{NUMBER}\s{{0,3}}分,)?\s{{0,3}}{_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}(?:-{NUMBER}|(0))\s{{0,3}}分?"
)
_BRACKET = re.compile(r"\(([^()]{1,60})\)|\[([^\[\]]{1,60})\]")
_BARE_SELF = re.compile(
    rf"[,;:。\s]*({_OWN}(?:{SELF_EVALUATION}[^\d,;。()]{{0,4}}?|得分|得)[:为是]?\s{{0,3}}\d{{1,4}}(?:\.\d{{1,3}})?\s{{0,3}}分)"
)
_BARE_TAIL = re.compile(
    rf"[,;:\s]+({_OWN}(?:指标分值|标准分值|标准分|分值|满分|权重)\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?"
    rf"(?:[,;、\s]*{_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?)?"
    rf"|(?:共计|共|计)?\s{{0,3}}{NUMBER}\s{{0,3}}分[,;、\s]+{_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分"
    rf")\s{{0,3}}[。;]?$"
)

# Unmistakable without anything between it and the title: the spaces there may have been mended away.
_TIGHT_TAIL = re.compile(
    rf"({_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?\s{{0,3}}/\s{{0,3}}{NUMBER}\s{{0,3}}分?"
    rf"|(?:指标分值|标准分值|标准分|分值|满分)\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?"
    rf"[,;、\s]*{_OWN}{SELF_WORDS}\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分)\s{{0,3}}[。;]?$"
)
_LONGEST_TITLE = 200
_SAYS_POINTS = re.compile("[分得扣权总计共评查检测]")
"""Every way to print points holds one of these; most lines hold none."""


def plain(text: str) -> str:
    """Return the text with half-width digits, brackets and separators; the length stays the same."""
    return text.translate(_PLAIN)


def number(text: str) -> Decimal:
    """Return the number that the digits stand for; spaces broken into it are left out."""
    return Decimal(re.sub(r"\s", "", text))


@dataclass(frozen=True, slots=True)
class PrintedPoints:
    """Points as printed at one place; None where nothing is said. `start`/`end` count within the text read."""

    full_points: Decimal | None
    self_points: Decimal | None
    deduction: Decimal | None
    start: int
    end: int

    def own_points(self) -> Decimal | None:
        """Return the self points, from the deduction where only that is printed."""
        if self.self_points is None and self.deduction is not None and self.full_points is not None:
            return self.full_points - self.deduction
        return self.self_points


def understand(words: str) -> PrintedPoints | None:
    """Return the points that the inside of a bracket prints (`5分,自评分4.8分`); None when it says other things."""
    full: Decimal | None = None
    own: Decimal | None = None
    deduction: Decimal | None = None
    words = _AND_A_HALF.sub(r"\1.5分", _WRITTEN_NUMBER.sub(_in_digits, words))
    if (match := _OWN_OF_FULL.fullmatch(words.strip())) and re.search(r"[分得评]", words):
        own, full = number(match[1]), number(match[2])
        return PrintedPoints(full, own, None, 0, len(words)) if own <= full else None
    if "-" in words:
        below = _BELOW_ZERO.fullmatch(words.strip())
        return PrintedPoints(None, -number(below[2] or below[3]), None, 0, len(words)) if below else None
    all_points = False
    for part in re.split(_SEPARATORS, _without_inner_spaces(words).strip(" ,;:。")):
        if match := _DEDUCTION.fullmatch(part):
            deduction = number(match[1])
        elif _NOTHING_DEDUCTED.fullmatch(part):
            deduction = Decimal(0)
        elif _ALL_POINTS.fullmatch(part):
            all_points = True
        elif match := _SELF.fullmatch(part):
            own = number(match[1])
        elif match := _FULL.fullmatch(part):
            if full is not None:
                return None
            full = number(match[1] or match[2])
        else:
            return None
    if all_points and own is None:
        own = full
    if full is None and own is None and deduction is None:
        return None
    return PrintedPoints(full, own, deduction, 0, len(words))


_LAST_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]{4,60})[)\]]\s{0,3}[。;]?\s{0,3}$")


def points_at_end(line: str) -> PrintedPoints | None:
    """Return the points in a bracket that ends the sentences of an item (made `plain` before): 落实到位。(4分,自评4分).

    Both full and self points must be there, so that no other word in brackets is taken for points.
    """
    match = _LAST_BRACKET.search(line, max(0, len(line) - 70))
    points = understand(match["inside"]) if match else None
    if match is None or points is None or points.full_points is None or points.own_points() is None:
        return None
    return PrintedPoints(points.full_points, points.self_points, points.deduction, match.start(), match.end())


def printed_behind(line: str, *, from_: int = 0) -> PrintedPoints | None:
    """Return the points printed behind the title that begins the line (made `plain` before); None without.

    The title ends where the first bracket with points begins; a bracket behind a finished sentence is prose.
    Points without brackets count only with their words (`分值5分 自评4.8分`) at the end of the line.
    """
    if not _SAYS_POINTS.search(line, from_):
        return None
    end = min(len(line), from_ + _LONGEST_TITLE)
    for bracket in _BRACKET.finditer(line, from_, end):
        if _has_sentence(line[from_ : bracket.start()]):
            return None
        points = understand(bracket[1] or bracket[2])
        if points is None:
            continue
        found = PrintedPoints(points.full_points, points.self_points, points.deduction, *bracket.span())
        return _extended(line, _with_full_before(line, found, from_))
    tail = (_BARE_TAIL.search(line, from_) or _TIGHT_TAIL.search(line, from_)) if len(line) <= end else None
    if tail and not _has_sentence(line[from_ : tail.start()]) and (points := understand(tail[1])):
        return PrintedPoints(points.full_points, points.self_points, points.deduction, tail.start(1), tail.end(1))
    return None


def _with_full_before(line: str, points: PrintedPoints, from_: int) -> PrintedPoints:
    """Take in the full points that stand at the end of the title, where the bracket gives the self points alone."""
    if points.full_points is not None or points.self_points is None or points.self_points < 0:
        return points
    before = _FULL_BEFORE.search(line[: points.start], from_)
    full = number(before[2]) if before else None
    if before is None or full is None or full < points.self_points:
        return points
    return PrintedPoints(full, points.self_points, points.deduction, before.start(), points.end)


def _extended(line: str, points: PrintedPoints) -> PrintedPoints:
    """Take in what follows at once: a second bracket, or 自评得分：4.8分."""
    while True:
        following = _BRACKET.match(line, _skip(line, points.end))
        more = understand(following[1] or following[2]) if following else None
        end = following.end() if following else 0
        if more is None:
            bare = _BARE_SELF.match(line, points.end)
            more = understand(bare[1]) if bare else None
            end = bare.end() if bare else 0
        if more is None or (more.full_points is not None and points.full_points is not None):
            return points
        if more.self_points is not None and points.self_points is not None:
            return points
        points = PrintedPoints(
            more.full_points if points.full_points is None else points.full_points,
            more.self_points if points.self_points is None else points.self_points,
            more.deduction if points.deduction is None else points.deduction,
            points.start,
            end,
        )


def _skip(line: str, place: int) -> int:
    while place < len(line) and line[place] in " ,;:。":
        place += 1
    return place


def _has_sentence(words: str) -> bool:
    """Return whether a full stop stands in the words other than at their end."""
    return "。" in words.rstrip(" 。")


def _in_digits(match: re.Match[str]) -> str:
    """Return 十九点五 as 19.5."""
    tens, ten, ones = match[1].rpartition("十")
    whole = (_HAN.index(tens) if tens else 1) * 10 if ten else 0
    whole += _HAN.index(ones) if ones else 0
    return f"{whole}.{_HAN.index(match[2])}" if match[2] else str(whole)


def _without_inner_spaces(words: str) -> str:
    """Take out spaces broken in around digits and 分 (`8 分`, `4 .8分`); those between words stay."""
    words = re.sub(r"(?<=[\d.])\s+(?=[\d.分])", "", words)
    words = re.sub(r"(?<=[:为是分评查得])\s+(?=\d)", "", words)
    return re.sub(r"\s{0,3}:\s{0,3}", ":", words)
