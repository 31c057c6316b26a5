"""Makers of what reports say over several figures: rows of years, dealt shares, fractions, products, parts of parts."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from claims import phrasings, subjects
from claims.drawn import Drawn
from claims.figures import count, percent, printed


def yearly_growth(random: Random) -> Drawn:
    """Amounts of successive years and their yearly growth."""
    years = random.randint(3, 5)
    amounts = [Decimal(str(round(random.uniform(2, 9), 2)))]
    for _ in range(years - 1):
        amounts.append((amounts[-1] * Decimal(str(round(random.uniform(1.02, 1.2), 3)))).quantize(Decimal("0.01")))
    last = random.randint(2019, 2024)
    row = "、".join(f"{amount}亿元" for amount in amounts[1:-1])
    figures = {
        "old": printed(amounts[0] * 10**8, "元", scale="亿", decimals=2),
        "new": printed(amounts[-1] * 10**8, "元", scale="亿", decimals=2),
    }

    def rate(values: Mapping[str, Decimal]) -> Decimal:
        return (Decimal(float(values["new"] / values["old"]) ** (1 / (years - 1))) - 1) * 100

    figures["rate"] = percent(rate({name: figure.value for name, figure in figures.items()}), 1)
    template = random.choice(phrasings.YEARLY_GROWTH).replace("⟨years⟩", f"{last - years + 1}—{last}年")
    return Drawn(
        "two_level_change",
        template.replace("⟨row⟩", row),
        figures,
        {"old": "亿元", "new": "亿元", "rate": "%"},
        "rate",
        rate,
    )


def fraction(random: Random) -> Drawn:
    """A share with its fraction behind it."""
    whole = random.randint(200, 3000)
    part = random.randint(whole // 4, whole - 1)
    figures = {
        "part": count(part, ""),
        "whole": count(whole, ""),
        "share": percent(Decimal(part) / whole * 100, random.choice((1, 2))),
    }
    template = random.choice(phrasings.FRACTION)
    return Drawn("share", template, figures, {"part": "", "whole": "", "share": "%"}, "share", _percent)


def dealt_share(random: Random) -> Drawn:
    """Two parts that make a whole, and what share each is; the second is the claim."""
    whole = random.randint(900, 90000)
    part = random.randint(whole // 4, whole * 3 // 4)
    first = percent(Decimal(whole - part) / whole * 100, 2).text
    template = random.choice(phrasings.DEALT_SHARE).replace("⟨rest⟩", f"{whole - part}人").replace("⟨first⟩", first)
    figures = {"part": count(part, "人"), "whole": count(whole, "人"), "share": percent(Decimal(part) / whole * 100, 2)}
    return Drawn("share", template, figures, {"share": "%"}, "share", _percent)


def above_in_parenthesis(random: Random) -> Drawn:
    """A rate above a standard given in a parenthesis, by so many points."""
    standard = Decimal(random.choice((80, 85, 90)))
    actual = standard + Decimal(str(round(random.uniform(0.4, 9.5), 2)))
    figures = {
        "actual": percent(actual, 2),
        "standard": printed(standard, "%", exact=True),
        "by": percent(actual - standard, 2, "个百分点"),
    }
    template = random.choice(phrasings.ABOVE_IN_PARENTHESIS).replace("⟨rate⟩", random.choice(subjects.RATES))
    return Drawn(
        "exceeds_standard|difference",
        template,
        figures,
        {"actual": "%", "by": "个百分点"},
        "by",
        lambda v: v["actual"] - v["standard"],
    )


def product(random: Random) -> Drawn:
    """Heads, an amount per head, and the sum paid."""
    heads, price = random.randint(300, 60000), random.choice((300, 500, 625, 850, 1000, 1250, 2000))
    figures = {
        "heads": count(heads, "人"),
        "per": printed(Decimal(price), "元", exact=True),
        "total": printed(Decimal(heads) * price, "元", scale="万", decimals=2),
    }
    units = {"heads": "人", "per": "元", "total": "万元"}
    template = random.choice(phrasings.PRODUCT)
    return Drawn("per_capita", template, figures, units, "total", lambda v: v["heads"] * v["per"])


def nested(random: Random) -> Drawn:
    """A whole with two parts, one of which has parts of its own in a parenthesis."""
    public, private = random.randint(20, 300), random.randint(20, 300)
    inner = random.randint(5, public - 5)
    template = (
        random.choice(phrasings.NESTED).replace("⟨inner⟩", f"{inner}所").replace("⟨outer⟩", f"{public - inner}所")
    )
    figures = {"total": count(public + private, "所"), "p1": count(public, "所"), "p2": count(private, "所")}
    return Drawn("sum", template, figures, {"total": "所", "p2": "所"}, "total", lambda v: v["p1"] + v["p2"])


def _percent(values: Mapping[str, Decimal]) -> Decimal:
    return values["part"] / values["whole"] * 100


FURTHER = (yearly_growth, fraction, dealt_share, above_in_parenthesis, product, nested)
