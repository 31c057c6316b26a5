"""Each relation's arithmetic against a plain few-line twin: sentences drawn at random, true, slipped and reordered."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dudao.claims.check import check_plain
from dudao.claims.model import ClaimReport, Verdict

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
FEW = settings(max_examples=120, deadline=None)


def printed(value: Fraction, decimals: int, rounding: str) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding)


def wrong(report: ClaimReport) -> list[str]:
    return [one.message for one in report.claims if one.verdict is Verdict.INCONSISTENT]


def room(written: str) -> tuple[Fraction, Fraction]:
    """Return what a figure printed with decimals may stand for, rounded or cut off; a whole count is what it is."""
    value = Fraction(Decimal(written))
    if "." not in written:
        return value, value
    unit = Fraction(Decimal(1).scaleb(-len(written.partition(".")[2])))
    return value - unit / 2, value + unit


def corners(*figures: str) -> list[tuple[Fraction, ...]]:
    return [tuple(one) for one in product(*(room(figure) for figure in figures))]


counts = st.integers(1000, 90000)


@FEW
@given(whole=counts, numerator=st.integers(1, 99), decimals=st.integers(1, 2), rounding=st.sampled_from(ROUNDINGS))
def test_a_true_share_fits_however_it_is_rounded(whole: int, numerator: int, decimals: int, rounding: str) -> None:
    part = max(whole * numerator // 100, 1)
    share = printed(Fraction(part * 100, whole), decimals, rounding)
    text = f"全县在校学生{whole}人，其中寄宿生{part}人，占{share}%。"
    assert not wrong(check_plain(text))


@FEW
@given(whole=counts, numerator=st.integers(2, 98), shift=st.integers(2, 400), up=st.booleans())
def test_a_share_outside_its_rounding_is_called(whole: int, numerator: int, shift: int, up: bool) -> None:
    part = whole * numerator // 100
    true = printed(Fraction(part * 100, whole), 2, ROUND_HALF_UP)
    stated = true + Decimal(shift if up else -shift) / 100
    assume(0 < stated < 100)
    text = f"寄宿生{part}人，占在校学生{whole}人的{stated}%。"
    assert wrong(check_plain(text))


@FEW
@given(level=st.integers(5000, 900000), delta=st.integers(10, 4000), rises=st.booleans(), shift=st.integers(-300, 300))
def test_growth_agrees_with_its_twin(level: int, delta: int, rises: bool, shift: int) -> None:
    old = level - delta if rises else level + delta
    stated = printed(Fraction(delta * 100, old), 2, ROUND_HALF_UP) + Decimal(shift) / 100
    assume(stated > Decimal("0.05"))
    words = ("增加", "增长") if rises else ("减少", "下降")
    text = f"在校学生{level}人，比上年{words[0]}{delta}人，{words[1]}{stated}%。"
    low, high = room(str(stated))
    twin = low <= Fraction(delta * 100, old) <= high
    assert (not wrong(check_plain(text))) == twin


@FEW
@given(
    parts=st.lists(st.decimals("0.5", "90", places=4), min_size=2, max_size=5),
    decimals=st.integers(1, 2),
    rounding=st.sampled_from((ROUND_HALF_UP, ROUND_DOWN)),
)
def test_a_list_that_adds_up_is_never_called_whatever_the_rounding(
    parts: list[Decimal], decimals: int, rounding: str
) -> None:
    step = Decimal(1).scaleb(-decimals)
    figures = [one.quantize(step, rounding) for one in parts]
    total = sum(parts, Decimal(0)).quantize(step, rounding)
    names = ("教育支出", "科技支出", "文化支出", "卫生支出", "交通支出")
    listed = "、".join(f"{name}{one}亿元" for name, one in zip(names, figures, strict=False))
    assert not wrong(check_plain(f"{listed}，合计{total}亿元。"))


@FEW
@given(parts=st.lists(st.integers(1000, 90000), min_size=2, max_size=5), gap=st.integers(1, 900), up=st.booleans())
def test_a_total_beside_its_parts_is_called(parts: list[int], gap: int, up: bool) -> None:
    total = sum(parts) + (gap if up else -gap)
    assume(total > max(parts))
    names = ("小学生", "初中生", "高中生", "中职生", "特教生")
    listed = "、".join(f"{name}{one}人" for name, one in zip(names, parts, strict=False))
    assert wrong(check_plain(f"{listed}，合计{total}人。"))


@FEW
@given(base=st.integers(1000, 9000), percent=st.integers(20, 180), shift=st.sampled_from([0, 0, 7, -9]))
def test_the_percentage_of_a_base_agrees_with_its_twin(base: int, percent: int, shift: int) -> None:
    part = base * percent // 100
    stated = printed(Fraction(part * 100, base), 1, ROUND_HALF_UP) + shift
    low, high = room(str(stated))
    text = f"新增学位{part}个，完成年度任务{base}个的{stated}%。"
    assert (not wrong(check_plain(text))) == (low <= Fraction(part * 100, base) <= high)


@FEW
@given(pupils=st.integers(3000, 60000), teachers=st.integers(200, 4000), shift=st.sampled_from([0, 0, 5, -5]))
def test_a_ratio_agrees_with_its_twin(pupils: int, teachers: int, shift: int) -> None:
    stated = printed(Fraction(pupils, teachers), 1, ROUND_HALF_UP) + shift
    assume(stated >= 2)
    low, high = room(str(stated))
    text = f"全县在校学生{pupils}人，专任教师{teachers}人，生师比为{stated}:1。"
    half = Fraction(1, 20)
    agrees = low - half <= Fraction(pupils, teachers) <= high
    assert (not wrong(check_plain(text))) == agrees


@FEW
@given(
    olds=st.lists(st.integers(100, 900), min_size=2, max_size=3),
    falls=st.lists(st.integers(1, 90), min_size=3, max_size=3),
    shift=st.sampled_from([0, 0, 3]),
)
def test_rows_that_fall_are_matched_one_to_one(olds: list[int], falls: list[int], shift: int) -> None:
    falls = falls[: len(olds)]
    news = [old - fall for old, fall in zip(olds, falls, strict=True)]
    stated = [falls[0] + shift, *falls[1:]]
    a, b, c = ("、".join(f"{one}个" for one in row) for row in (olds, news, stated))
    text = f"大班额由2015年的{a}分别降至2020年的{b}，分别减少{c}。"
    assert bool(wrong(check_plain(text))) == (shift != 0)


@FEW
@given(old=st.integers(2, 30), new=st.integers(1, 30), shift=st.sampled_from([0, 0, 1]))
def test_a_move_in_a_ranking_agrees_with_its_twin(old: int, new: int, shift: int) -> None:
    assume(new < old)
    text = f"满意度由全市第{old}位升至第{new}位，上升{old - new + shift}位。"
    assert bool(wrong(check_plain(text))) == (shift != 0)


@FEW
@given(whole=st.integers(10, 400), part=st.integers(1, 400))
def test_more_than_half_agrees_with_its_twin(whole: int, part: int) -> None:
    assume(part < whole)
    text = f"全市{whole}所学校中，半数以上（{part}所）建有心理辅导室。"
    assert bool(wrong(check_plain(text))) == (2 * part < whole)


@FEW
@given(
    rows=st.lists(st.tuples(st.integers(100, 9000), st.integers(100, 9000)), min_size=3, max_size=6),
    gap=st.sampled_from([0, 0, 40]),
)
def test_a_table_of_lines_agrees_with_its_twin(rows: list[tuple[int, int]], gap: int) -> None:
    names = ("城关镇", "枫林镇", "石桥镇", "白沙镇", "青山镇", "海棠镇")
    lines = [f"{name} {a} {b}" for name, (a, b) in zip(names, rows, strict=False)]
    first, second = sum(a for a, _ in rows), sum(b for _, b in rows) + gap
    text = "\n".join(("镇名 学生数（人） 藏书数（册）", *lines, f"合计 {first} {second}", ""))
    assert bool(wrong(check_plain(text))) == (gap != 0)


CLAUSES = (
    ("在校学生41876人", "比上年增加1876人", "增长4.69%"),
    ("在校学生41876人", "增长4.69%", "比上年增加1876人"),
)


@pytest.mark.parametrize("change", ["", "8"])
def test_the_order_of_increase_and_growth_does_not_change_the_verdict(change: str) -> None:
    verdicts = set()
    for order in CLAUSES:
        text = "，".join(order) + "。"
        verdicts.add(bool(wrong(check_plain(text.replace("4.69", f"{change or 4}.69")))))
    assert verdicts == {bool(change)}


@FEW
@given(order=st.permutations(["公办园31所", "民办园45所"]), total=st.sampled_from([76, 86]))
def test_the_order_of_parts_does_not_change_the_verdict(order: list[str], total: int) -> None:
    for text in (
        f"全县共有幼儿园{total}所，其中{'，'.join(order)}。",
        f"全县共有幼儿园{total}所（{'、'.join(order)}）。",
    ):
        assert bool(wrong(check_plain(text))) == (total != 76)
