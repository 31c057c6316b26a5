"""Numerals as written: Arabic digits with separators and scales, and numbers in Chinese characters."""

import re
from decimal import Decimal

# One to one, so that places in the folded text are places in the original: full-width forms, the traditional
# forms of the characters that carry numbers and units, and the dashes of ranges.
FOLDED = str.maketrans(
    "０１２３４５６７８９％．：／∕╱＋－（）［］＜＞"
    "個萬億兩歲週圓餘約縣區項節點間條門場總畝頃釐層幾數過於達將續輛臺戶屆學時號團組種類處隊檔張業鐘級課冊顆馬機㎡"
    "○◯０" + "\u00a0\u3000\u2002\u2003\u2009",
    "0123456789%.:///+-()[]<>"
    "个万亿两岁周元余约县区项节点间条门场总亩顷厘层几数过于达将续辆台户届学时号团组种类处队档张业钟级课册颗马机㎡"
    "〇〇0" + "     ",
)

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}

_POSITIONAL = re.compile(r"[零〇一二三四五六七八九]{2,}")

TENS = {"廿": "二十", "卅": "三十"}
HAN_NUMERAL = "零〇一二两三四五六七八九十百千万亿"


def read_han(text: str) -> Decimal | None:
    """Return the value of a number in Chinese characters, None when the characters do not form one.

    Reads 三千五百, 二十二点四, 二〇三五, 一万零五十, 两亿三千万, 一百二 (120); a lone 万, 亿, 千 or 百 is no number.
    """
    if text and text[0] in TENS:
        return read_han(TENS[text[0]] + text[1:])
    whole, point, fraction = text.partition("点")
    if point and fraction[-1:] in SCALES:  # 三点五亿
        number = read_han(text[:-1])
        return None if number is None else number * SCALES[text[-1]]
    if point and (not fraction or any(mark not in DIGITS for mark in fraction)):
        return None
    value = _read_whole(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(str(DIGITS[mark]) for mark in fraction))


def _read_whole(text: str) -> Decimal | None:
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(DIGITS[mark]) for mark in text))
    total = Decimal(0)
    section = 0
    digit: int | None = None
    place = 10_000
    last_scale = Decimal(10**12)
    zero = False
    for mark in text:
        if mark in DIGITS:
            if digit:
                return None
            digit = DIGITS[mark]
            zero = zero or digit == 0
        elif mark in PLACES:
            if PLACES[mark] >= place or (not digit and not (mark == "十" and section == 0)):
                return None
            place = PLACES[mark]
            section += (digit or 1) * place
            digit, zero = None, False
        elif mark in SCALES:
            scale = SCALES[mark]
            section += digit or 0
            if section == 0 and not (mark == "亿" and total):
                return None
            if mark == "亿" and last_scale == SCALES["万"]:  # 三万亿
                total = (total + section) * scale
            elif scale >= last_scale:
                return None
            else:
                total += section * scale
            section, digit, place, last_scale, zero = 0, None, 10_000, scale, False
        else:
            return None
    if digit:
        # 一百二 is 120, 三千五 is 3500, 一万五 is 15000; 一百零二 is 102
        if not zero and place != 10_000 and place > 10:
            digit *= place // 10
        elif not zero and place == 10_000 and total and section == 0:
            digit *= int(last_scale) // 10
        section += digit
    elif digit is None and not text:
        return None
    return total + section


def write_han(value: int) -> str:
    """Return a whole number from 0 to 99,999,999 in Chinese characters (3500 → 三千五百).

    Raises:
        ValueError: the number is negative or too large.
    """
    if not 0 <= value < 10**8:
        raise ValueError(f"{value} lies outside 0..99999999")
    if value == 0:
        return "零"
    upper, lower = divmod(value, 10_000)
    words = ""
    if upper:
        words = _write_section(upper) + "万"
        if 0 < lower < 1000:
            words += "零"
    if lower:
        words += _write_section(lower)
    return words.removeprefix("一") if words.startswith("一十") else words


def _write_section(value: int) -> str:
    words = ""
    gap = False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            words += ("零" if gap and words else "") + "〇一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return words
