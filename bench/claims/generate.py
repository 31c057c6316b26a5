"""Reports in our own words with known claims, some of them with planted errors, in several styles."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from claims import phrasings, subjects
from claims.drawn import Drawn, feasible
from claims.figures import Figure, count, misprint
from claims.makers import MAKERS
from claims.makers_further import FURTHER
from claims.writing import Writer, WrittenClaim

STYLES = ("narrative", "scored", "spaced", "full_width")


@dataclass(frozen=True, slots=True)
class Report:
    """A generated report: its text and every claim written into it."""

    style: str
    text: str
    claims: tuple[WrittenClaim, ...]


def generate(seed: int, *, claims: int = 30, planted_share: float = 0.25) -> Report:
    """Return one report; the same seed gives the same characters."""
    random = Random(seed)
    style = STYLES[seed % len(STYLES)]
    writer = Writer()
    place, year = random.choice(subjects.PLACES), random.randint(2017, 2024)
    writer.add(f"{place}人民政府关于{year}年度履行教育职责情况的自评报告\n\n")
    if style == "scored":
        _scored_body(random, writer, place, year, claims, planted_share)
    else:
        for number in range(1, 5):
            writer.add(f"{'一二三四'[number - 1]}、{random.choice(subjects.SECTIONS)}\n")
            _body(random, writer, place, year, claims // 4, planted_share)
    text, kept = writer.text, tuple(writer.claims)
    if style == "spaced":
        text, kept = _rewrite(text, kept, _spaced)
    elif style == "full_width":
        text, kept = _rewrite(text, kept, _full_width)
    return Report(style, text, kept)


def _body(random: Random, writer: Writer, place: str, year: int, claims: int, planted_share: float) -> None:
    for _ in range(claims):
        writer.add(_dressed(random, random.choice(phrasings.FILLER), place, year))
        _write(random, writer, random.choice(MAKERS + FURTHER)(random), place, year, planted_share)
        if random.random() < 0.3:
            writer.add("\n")
        if random.random() < 0.12:
            _named_schools(random, writer, place, planted_share)
    writer.add("\n")


def _dressed(random: Random, template: str, place: str, year: int) -> str:
    return (
        template.replace("⟨place⟩", place)
        .replace("⟨agency⟩", random.choice(subjects.AGENCIES))
        .replace("⟨year⟩", str(year))
        .replace("⟨before⟩", str(year - 1))
        .replace("⟨per_student⟩", random.choice(subjects.PER_STUDENT))
        .replace("⟨pupils⟩", "在校生")
    )


def _write(random: Random, writer: Writer, drawn: Drawn, place: str, year: int, planted_share: float) -> None:
    figures, planted = dict(drawn.figures), ""
    if random.random() < planted_share:
        corrupted = _corrupt(random, drawn)
        if corrupted is not None:
            figures, planted = corrupted, "misprint"
    texts = {name: figure.text for name, figure in figures.items()}
    places = writer.fill(_dressed(random, drawn.template, place, year), texts)
    writer.claims.append(WrittenClaim(drawn.type, places, not planted, planted))


def _corrupt(random: Random, drawn: Drawn) -> dict[str, Figure] | None:
    """Return the figures with one misprinted so that no rounding excuses it; None when none could be found."""
    for _ in range(60):
        name = random.choice(list(drawn.figures))
        figure = drawn.figures[name]
        if name not in drawn.units:
            continue
        unit = drawn.units[name]
        text = misprint(random, figure, unit)
        try:
            number = Decimal(text.removesuffix(unit).replace(",", ""))
        except ArithmeticError:
            continue
        old = Decimal(figure.text.removesuffix(unit).replace(",", ""))
        if number == old or number == 0:
            continue
        factor = figure.value / old if old else Decimal(1)
        lost = max(_decimals(figure.text) - _decimals(text), 0)
        doubt = (figure.high - figure.low) / 2 * 10**lost  # a decimal lost leaves the figure coarser
        value = number * factor
        changed = dict(drawn.figures) | {name: Figure(text, value, value - doubt * 2, value + doubt * 2)}
        if not feasible(drawn, changed):
            return changed
    return None


def _decimals(text: str) -> int:
    """Return how many digits stand behind the point."""
    _, _, behind = text.partition(".")
    return sum(character.isdigit() for character in behind)


def _named_schools(random: Random, writer: Writer, place: str, planted_share: float) -> None:
    names = random.sample(subjects.SCHOOL_NAMES, random.randint(3, 5))
    wrong = random.random() < planted_share
    figure = count(len(names) + (1 if wrong else 0), "所")
    text = f"{random.choice(('遴选', '选取', '确定'))}{'、'.join(names)}{{n}}学校开展试点。"
    places = writer.fill(text, {"n": figure.text})
    writer.claims.append(WrittenClaim("other|sum", places, not wrong, "count" if wrong else ""))


def _scored_body(random: Random, writer: Writer, place: str, year: int, claims: int, planted_share: float) -> None:
    """Points behind titles: section → items → leaves, each level adding up unless one is planted."""
    for section in range(1, 3):
        layout = [[random.randint(1, 5) for _ in range(random.randint(2, 4))] for _ in range(random.randint(2, 4))]
        earned = [
            [Decimal(full) - random.choice((0, 0, 0, Decimal("0.2"), Decimal("0.5"))) for full in item]
            for item in layout
        ]
        full_total, self_total = sum(map(sum, layout)), sum((sum(item, Decimal(0)) for item in earned), Decimal(0))
        wrong = random.random() < planted_share
        shown = self_total + (Decimal("0.3") if wrong else 0)
        head = f"（{'一二'[section - 1]}）{random.choice(subjects.SECTIONS)}（{{full}}，自评得分{{self}}）\n"
        top = writer.fill(head, {"full": f"{full_total}分", "self": f"{_plain(shown)}分"})
        parts: dict[str, tuple[int, int]] = {"total": top["self"]}
        for number, (fulls, points) in enumerate(zip(layout, earned, strict=True), 1):
            places = writer.fill(
                f"{number}.{random.choice(subjects.SECTIONS)}情况。（{{full}}，自评分{{self}}）\n",
                {"full": f"{sum(fulls)}分", "self": f"{_plain(sum(points, Decimal(0)))}分"},
            )
            parts[f"p{number}"] = places["self"]
            inner = {"total": places["self"]}
            for leaf, (full, point) in enumerate(zip(fulls, points, strict=True), 1):
                place_of = writer.fill(
                    f"（{leaf}）{random.choice(subjects.LEAVES)}。（{{full}}，自评分{{self}}）\n",
                    {"full": f"{full}分", "self": f"{_plain(point)}分"},
                )
                inner[f"p{leaf}"] = place_of["self"]
                _body(random, writer, place, year, max(1, claims // 18), planted_share)
            writer.claims.append(WrittenClaim("score_sum", inner, True))
        writer.claims.append(WrittenClaim("score_sum", parts, not wrong, "score" if wrong else ""))


def _plain(points: Decimal) -> str:
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rewrite(
    text: str, claims: tuple[WrittenClaim, ...], change: Callable[[str, int], str]
) -> tuple[str, tuple[WrittenClaim, ...]]:
    """Apply a character-wise change and move every operand with it."""
    pieces, starts, length = [], [], 0
    for index in range(len(text)):
        piece = change(text, index)
        starts.append(length)
        pieces.append(piece)
        length += len(piece)
    starts.append(length)
    moved = tuple(
        WrittenClaim(
            claim.type,
            {name: (starts[start], starts[end - 1] + 1) for name, (start, end) in claim.operands.items()},
            claim.holds,
            claim.planted,
        )
        for claim in claims
    )
    return "".join(pieces), moved


def _spaced(text: str, index: int) -> str:
    """Put the spaces that conversion from pdf leaves between digits and Chinese characters."""
    here, following = text[index], text[index + 1 : index + 2]
    if not following:
        return here
    meets = (here.isascii() and here.isdigit() and "\u4e00" <= following <= "\u9fff") or (
        "\u4e00" <= here <= "\u9fff" and following.isascii() and following.isdigit()
    )
    return here + " " if meets else here


def _full_width(text: str, index: int) -> str:
    """Write digits, points and per cent signs full width, as older typing does."""
    here = text[index]
    if here.isascii() and (here.isdigit() or here == "%"):
        return chr(ord(here) + 0xFEE0)
    if here == "." and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit():
        return "．"
    return here
