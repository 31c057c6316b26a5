"""A report as text files keep it: wide and traditional characters, what scans confuse, broken lines, encodings."""

import random
import re
from collections.abc import Callable

import opencc

NARROW = dict(zip("，：；（）％．", ",:;()%.", strict=True))


def full_width(text: str, _: random.Random) -> bytes:
    """Every sign of ASCII in its wide form, the commas and points of figures too."""
    wide = {ord(one): ord(one) + 0xFEE0 for one in map(chr, range(0x21, 0x7F))}
    return text.translate(wide).encode()


def half_width(text: str, _: random.Random) -> bytes:
    """The punctuation of Chinese in ASCII, with the gap behind it that a typist leaves."""
    return re.sub(
        r"([,:;])(?![\n\d])", r"\1 ", text.translate({ord(wide): narrow for wide, narrow in NARROW.items()})
    ).encode()


def traditional(table: str) -> Callable[[str, random.Random], bytes]:
    """Return a writer of traditional characters after one of the tables of OpenCC."""
    return lambda text, _: opencc.OpenCC(table).convert(text).encode()


def gaps(text: str, chance: random.Random) -> bytes:
    """Gaps within figures, before and behind points, commas, signs and units, as a scan reads wide type."""
    out = []
    for place, one in enumerate(text):
        following = text[place + 1 : place + 2]
        near = one.isdigit() or following.isdigit() or one in "，、；％%"
        out.append(
            f"{one} " if near and following not in {"", "\n"} and one != "\n" and chance.random() < 0.15 else one
        )
    return "".join(out).encode()


def letters(text: str, chance: random.Random) -> bytes:
    """Noughts and ones read as the letters and signs that look like them, in figures of two digits or more."""

    def read(match: re.Match[str]) -> str:
        like = {"0": "OoО〇", "1": "lI|丨"}
        return "".join(
            chance.choice(like[one]) if one in like and chance.random() < 0.25 else one for one in match.group()
        )

    return re.sub(r"\d[\d,.]*\d", read, text).encode()


def signs(text: str, chance: random.Random) -> bytes:
    """Points and commas read as others that look like them: no digit is lost, and no point becomes a comma."""
    text = re.sub(r"(?<=\d)\.(?=\d)", lambda _: chance.choice([".", "．", "·", " .", ". "]), text)
    text = re.sub(r"(?<=\d),(?=\d{3})", lambda _: chance.choice([",", "，", " ,", ", ", "'"]), text)
    others = {
        "，": [",", " , ", "，"],
        "%": ["％", " %", "% "],
        "（": ["(", "（"],
        "）": [")", "）"],
        "、": ["、", "､"],
    }
    text = "".join(chance.choice(others[one]) if one in others else one for one in text)
    return re.sub(r"万元|亿元|平方米", lambda match: chance.choice([match[0], " ".join(match[0])]), text).encode()


def commas_for_points(text: str, chance: random.Random) -> bytes:
    """Points of figures read as commas or lost: other numbers stand there now, and nothing may be sure of them."""
    return re.sub(
        r"(?<=\d)\.(?=\d)", lambda match: chance.choice([",", "，", " "]) if chance.random() < 0.5 else ".", text
    ).encode()


def broken_lines(text: str, _: random.Random) -> bytes:
    """A new line after every 29 characters, within figures too."""
    return "\n".join(
        line[place : place + 29] for line in text.split("\n") for place in range(0, max(len(line), 1), 29)
    ).encode()


def wrapped(width: int) -> Callable[[str, random.Random], bytes]:
    """Return a writer of lines of so many characters, as copied from a page: figures whole, paragraphs indented."""

    def write(text: str, _: random.Random) -> bytes:
        return "\n".join(printed for line in text.split("\n") for printed in _printed(line.strip(), width)).encode()

    return write


def _printed(line: str, width: int) -> list[str]:
    lines, room = ["\u3000\u3000" if len(line) > width else ""], width - 2.0
    for word in re.findall(r"[0-9A-Za-z.,%]+|.", line):
        size = sum(0.5 if sign.isascii() else 1.0 for sign in word)
        if size > room and word not in "，。、；：）”》":
            lines.append("")
            room = float(width)
        lines[-1] += word
        room -= size
    return lines


def scanned(text: str, chance: random.Random) -> bytes:
    """Gaps, signs and broken lines together, with the numbers of pages between."""
    worn = gaps(signs(text, chance).decode(), chance).decode()
    lines = broken_lines(worn, chance).decode().split("\n")
    pages = [lines[place : place + 24] for place in range(0, len(lines), 24)]
    return "\n".join("\n".join([*page, f"— {number} —"]) for number, page in enumerate(pages, 1)).encode()


def encoded(name: str) -> Callable[[str, random.Random], bytes]:
    """Return a writer in an encoding; what it cannot write is left out."""
    return lambda text, _: text.encode(name, "ignore")


TEXT: dict[str, Callable[[str, random.Random], bytes]] = {
    "full width": full_width,
    "half width": half_width,
    "traditional": traditional("s2t"),
    "traditional tw": traditional("s2twp"),
    "traditional hk": traditional("s2hk"),
    "gaps": gaps,
    "letters for digits": letters,
    "signs": signs,
    "commas for points": commas_for_points,
    "broken lines": broken_lines,
    "wrapped 28": wrapped(28),
    "wrapped 39": wrapped(39),
    "scanned": scanned,
    "gb18030": encoded("gb18030"),
    "utf-16": encoded("utf-16"),
    "big5": lambda text, _: opencc.OpenCC("s2tw").convert(text).encode("big5hkscs", "ignore"),
}
