"""One maker per relation: draws true values, prints them, and knows the formula that ties them together."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from claims import phrasings, subjects
from claims.drawn import Drawn
from claims.figures import Figure, count, percent, printed


def growth(random: Random) -> Drawn:
    """level, delta, growth in one sentence; money or heads."""
    up = random.random() < 0.7
    rate = Decimal(str(round(random.uniform(0.4, 28), 3)))
    template = random.choice(phrasings.GROWTH_UP if up else phrasings.GROWTH_DOWN)
    sign = 1 if up else -1
    decimals = random.choice((1, 2, 2))
    if random.random() < 0.5:
        what, scale, places, low, high = random.choice(subjects.MONEY)
        level = Decimal(str(round(random.uniform(low, high), 0)))
        change = level - level / (1 + sign * rate / 100)
        figures = {
            "level": printed(level, "元", scale=scale, decimals=places),
            "delta": printed(abs(change), "元", scale=scale, decimals=places),
        }
        unit = scale + "元"
    else:
        what, unit, small, big = random.choice(subjects.HEADS)
        number = random.randint(small, big)
        moved = max(1, int(number * rate / 100))
        before = number - sign * moved
        figures = {"level": count(number, unit), "delta": count(moved, unit)}
        rate = Decimal(moved) / Decimal(before) * 100
    if figures["delta"].value == 0 or rate < Decimal("0.05"):
        return growth(random)
    level_value, delta_value = figures["level"].value, figures["delta"].value
    rate = delta_value / (level_value - sign * delta_value) * 100
    figures["growth"] = percent(rate, decimals)
    return Drawn(
        "level_delta_growth",
        template.replace("⟨what⟩", what),
        figures,
        {"level": unit, "delta": unit, "growth": "%"},
        "growth",
        lambda v: v["delta"] / (v["level"] - sign * v["delta"]) * 100,
    )


def change(random: Random) -> Drawn:
    """old, new, growth."""
    up = random.random() < 0.75
    template = random.choice(phrasings.CHANGE_UP if up else phrasings.CHANGE_DOWN)
    factor = 1 + Decimal(str(round(random.uniform(0.01, 0.4), 4))) * (1 if up else -1)
    what, scale, places, low, high = random.choice(subjects.MONEY)
    old = Decimal(str(round(random.uniform(low, high), 0)))
    unit = scale + "元"
    if random.random() < 0.4:
        what, scale, places, unit = random.choice(subjects.PER_STUDENT), "", 2, "元"
        old = Decimal(str(round(random.uniform(800, 20000), 2)))
    figures = {
        "old": printed(old, "元", scale=scale, decimals=places),
        "new": printed(old * factor, "元", scale=scale, decimals=places),
    }
    rate = abs(figures["new"].value / figures["old"].value - 1) * 100
    figures["growth"] = percent(rate, 2)
    sign = 1 if up else -1
    return Drawn(
        "two_level_change",
        template.replace("⟨what⟩", what),
        figures,
        {"old": unit, "new": unit, "growth": "%"},
        "growth",
        lambda v: (v["new"] / v["old"] - 1) * 100 * sign,
    )


def points(random: Random) -> Drawn:
    """Two rates and their difference, in points or (a common slip of wording) in percent."""
    up = random.random() < 0.75
    template = random.choice(phrasings.POINTS_UP if up else phrasings.POINTS_DOWN)
    decimals = random.choice((1, 2))
    low = Decimal(str(round(random.uniform(35, 80), decimals)))
    step = Decimal(str(round(random.uniform(0.5, 18), decimals)))
    old, new = (low, low + step) if up else (low + step, low)
    unit = random.choice(("个百分点", "个百分点", "个百分点", "%"))
    sign = 1 if up else -1
    figures = {"old": percent(old, decimals), "new": percent(new, decimals), "diff": percent(step, decimals, unit)}
    return Drawn(
        "difference|two_level_change",
        template.replace("⟨rate⟩", random.choice(subjects.RATES)),
        figures,
        {"old": "%", "new": "%", "diff": unit},
        "diff",
        lambda v: sign * (v["new"] - v["old"]),
    )


def difference(random: Random) -> Drawn:
    """Two levels and their difference."""
    template = random.choice(phrasings.DIFFERENCE)
    what, unit, small, big = random.choice(subjects.HEADS)
    old = random.randint(small, big)
    step = random.randint(3, max(4, old // 5))
    figures = {"old": count(old, unit), "new": count(old + step, unit), "diff": count(step, unit)}
    return Drawn(
        "difference|two_level_change",
        template.replace("⟨what⟩", what),
        figures,
        dict.fromkeys(figures, unit),
        "diff",
        lambda v: v["new"] - v["old"],
    )


def share(random: Random) -> Drawn:
    """A part of a whole in percent."""
    template = random.choice(phrasings.SHARE)
    whole_name, part_name, unit, small, big = random.choice(subjects.SHARES)
    whole = random.randint(small, big)
    part = random.randint(max(1, whole // 20), whole - 1)
    decimals = random.choice((1, 2, 2))
    exact = Decimal(part) / Decimal(whole) * 100
    figures = {"whole": count(whole, unit), "part": count(part, unit), "share": percent(exact, decimals)}
    return Drawn(
        "share",
        template.replace("⟨whole⟩", whole_name).replace("⟨part⟩", part_name),
        figures,
        {"whole": unit, "part": unit, "share": "%"},
        "share",
        lambda v: v["part"] / v["whole"] * 100,
    )


def total(random: Random) -> Drawn:
    """A whole and its parts, the whole first."""
    whole_name, unit, part_names, small, big = random.choice(subjects.WHOLES)
    weights = [random.uniform(0.2, 1) for _ in part_names]
    whole = random.randint(small, big)
    parts = [max(1, int(whole * weight / sum(weights))) for weight in weights]
    figures = {"total": count(sum(parts), unit)}
    join = random.choice(("、", "，", "；"))
    shape = random.choice(("{name}{figure}", "{name}{figure}", "{name}为{figure}", "{name}有{figure}"))
    pieces = []
    for index, (name, part) in enumerate(zip(part_names, parts, strict=True), 1):
        figures[f"p{index}"] = count(part, unit)
        pieces.append(shape.format(name=name, figure=f"{{p{index}}}"))
    head = random.choice(phrasings.SUM_HEAD).replace("⟨whole⟩", whole_name)
    return Drawn("sum", head + join.join(pieces) + "。", figures, dict.fromkeys(figures, unit), "total", _sum_of_parts)


def money_total(random: Random) -> Drawn:
    """Amounts and their sum at the end."""
    names = random.choice(subjects.PROJECTS)
    scale, places = random.choice((("万", 0), ("万", 2), ("亿", 2)))
    unit = scale + "元"
    top = 9e9 if scale == "亿" else 5e7
    amounts = [
        printed(Decimal(str(round(random.uniform(top / 50, top), 0))), "元", scale=scale, decimals=places)
        for _ in names
    ]
    figures = {f"p{index}": amount for index, amount in enumerate(amounts, 1)}
    whole = sum((amount.value for amount in amounts), Decimal(0))
    figures["total"] = printed(whole, "元", scale=scale, decimals=places)
    pieces = [f"{name}{{p{index}}}" for index, name in enumerate(names, 1)]
    template = "⟨year⟩年安排" + "，".join(pieces) + random.choice(phrasings.SUM_TAIL)
    return Drawn("sum", template, figures, dict.fromkeys(figures, unit), "total", _sum_of_parts)


def per_capita(random: Random) -> Drawn:
    """Amount, heads, amount per head."""
    template = random.choice(phrasings.PER_CAPITA).replace("⟨pupils⟩", random.choice(("小学生", "初中学生", "在校生")))
    heads = random.randint(1200, 60000)
    amount = Decimal(str(round(heads * random.uniform(700, 2200), 2)))
    figures = {"heads": count(heads, "人")}
    unit = "元"
    if random.random() < 0.5:
        figures["amount"] = printed(amount, "元", decimals=2, separators=random.random() < 0.5)
    else:
        figures["amount"] = printed(amount, "元", scale="万", decimals=2)
        unit = "万元"
    per_unit = random.choice(("元", "元/生", "元/人"))
    figures["per"] = printed(figures["amount"].value / heads, per_unit, decimals=2)
    return Drawn(
        "per_capita",
        template,
        figures,
        {"heads": "人", "amount": unit, "per": per_unit},
        "per",
        lambda v: v["amount"] / v["heads"],
    )


def exceeds(random: Random) -> Drawn:
    """A value that exceeds a standard by a rate."""
    template = random.choice(phrasings.EXCEEDS_RATE).replace("⟨per_student⟩", random.choice(subjects.PER_STUDENT))
    standard = Decimal(random.choice((650, 720, 850, 940, 1050, 1200, 12000)))
    actual = (standard * Decimal(str(round(random.uniform(1.02, 1.6), 4)))).quantize(Decimal("0.01"))
    figures = {
        "actual": printed(actual, "元", decimals=2),
        "standard": printed(standard, "元", exact=True),
        "rate": percent((actual / standard - 1) * 100, 1),
    }
    return Drawn(
        "exceeds_standard",
        template,
        figures,
        {"actual": "元", "standard": "元", "rate": "%"},
        "rate",
        lambda v: (v["actual"] / v["standard"] - 1) * 100,
    )


def meets(random: Random) -> Drawn:
    """A value said to be at or above a standard."""
    template = random.choice(phrasings.EXCEEDS_PLAIN)
    if "⟨rate⟩" in template:
        template = template.replace("⟨rate⟩", random.choice(subjects.RATES))
        standard, unit = Decimal(random.choice((80, 85, 90, 95))), "%"
        actual = percent(standard + Decimal(str(round(random.uniform(0.2, 4.5), 2))), 2)
        limit = percent(standard, 0)
    else:
        template = template.replace("⟨per_student⟩", random.choice(subjects.PER_STUDENT))
        standard, unit = Decimal(random.choice((650, 720, 850, 940, 1050))), "元"
        actual = printed(standard * Decimal(str(round(random.uniform(1.02, 1.5), 4))), "元", decimals=2)
        limit = printed(standard, "元", exact=True)
    return Drawn(
        "exceeds_standard|threshold|other",
        template,
        {"actual": actual, "standard": limit},
        {"actual": unit, "standard": unit},
        "actual",
        lambda v: v["standard"],
        "at_least",
    )


def ratio(random: Random) -> Drawn:
    """Teachers to pupils."""
    template = random.choice(phrasings.RATIO)
    teachers = random.randint(300, 9000)
    pupils = int(teachers * random.uniform(9, 19))
    unit = random.choice((":", "："))
    exact = printed(Decimal(pupils) / teachers, "", decimals=random.choice((1, 2)))
    figures = {
        "teachers": count(teachers, "人"),
        "pupils": count(pupils, "人"),
        "ratio": Figure(f"1{unit}{exact.text}", exact.value, exact.low, exact.high),
    }
    return Drawn(
        "ratio", template, figures, {"teachers": "人", "pupils": "人"}, "ratio", lambda v: v["pupils"] / v["teachers"]
    )


def multiple(random: Random) -> Drawn:
    """How many times as much."""
    template = random.choice(phrasings.MULTIPLE)
    what, unit, small, big = random.choice(subjects.HEADS)
    old = random.randint(small, big)
    new = int(old * random.uniform(1.3, 4.2))
    figures = {
        "old": count(old, unit),
        "new": count(new, unit),
        "times": printed(Decimal(new) / old, "倍", decimals=random.choice((1, 2))),
    }
    return Drawn(
        "ratio|two_level_change",
        template.replace("⟨what⟩", what),
        figures,
        {"old": unit, "new": unit, "times": "倍"},
        "times",
        lambda v: v["new"] / v["old"],
    )


def _sum_of_parts(values: Mapping[str, Decimal]) -> Decimal:
    return sum((value for name, value in values.items() if name.startswith("p")), Decimal(0))


MAKERS = (
    growth,
    change,
    points,
    difference,
    share,
    total,
    money_total,
    per_capita,
    exceeds,
    meets,
    ratio,
    multiple,
)
