"""Figures written in Chinese characters, told apart from numerals that are part of words and slogans."""

import re
from decimal import Decimal

from dudao.provenance import Span
from dudao.quantities.approximators import approximation_after, approximation_before, interval_of
from dudao.quantities.durations import LooseDuration, loose_duration_at
from dudao.quantities.model import Approximation, Interval, Kind, Quantity
from dudao.quantities.numerals import HAN_NUMERAL, read_han
from dudao.quantities.scales import SCALES
from dudao.quantities.units import Unit, unit_at
from dudao.quantities.vague import is_counting, more_than_half_at, several_at, size_alone_at

_RUN = re.compile(
    r"(?:[廿卅][一二三四五六七八九]?|[" + HAN_NUMERAL + r"]{1,24})(?:点[零〇一二三四五六七八九]{1,12}[万亿]?)?"
)
_PER = re.compile(
    r"(?P<bottom>百|千|万|[二三四五六七八九十]{1,3})分之(?P<top>[零〇一二两三四五六七八九十百]{1,8}(?:点[零〇一二三四五六七八九]{1,8})?)"
)
_PER_TO = re.compile(
    r" ?(?:至|到|[-—~]{1,2}) ?(?P<top>[二三四五六七八九十百]{1,8}(?:点[零〇一二三四五六七八九]{1,8})?)(?![分个])"
)
_DATE = re.compile(
    r"(?P<year>[一二][九〇零][零〇一二三四五六七八九]{2})年(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十]{1,3})日)?)?"
)
_PAIR = re.compile(r"(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<place>[十百千万]?)")
_LAST_PAIR = re.compile(r"(?P<tens>[二三四五六七八九]?十)(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])")
_PARTS_OF = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
_TENTHS = re.compile(r"[一二两三四五六七八九]成(?P<more>[一二三四五六七八九半])(?=[，。；、,;)）的左以]|$)")
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_ALONE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
_POSITIONAL = re.compile(r"[零〇一二三四五六七八九]{2,}")
_TO = re.compile(r" ?(?:至|到|[-—~]{1,2}) ?(?=[一二两三四五六七八九十])")
_HALF = re.compile(r"一半|半数|半年|半个(?:月|学期|小时)|半小时|半天")
_DOUBLED = re.compile(r"翻(?P<times>[一两二三])番")

# 第三批, 初三, 周六, 之一, “四个意识”, 《三字经》: what stands before a numeral that does not measure.
_NO_FIGURE_AFTER = (
    "第初高周之同统唯专单任逐某数几“\"'‘《〈「『·廿卅同某这那哪每上下新首头当隔小大老星维独统划归合如惟逢点"
)

# Units that Chinese numerals measure in plain prose.
_MEASURING_WORDS = """
元 人 名 位 户 家 所 个 年 个月 天 周 岁 周岁 周年 小时 个小时 分钟 学时 课时 学年 学期 个学期 % 成 倍 亩 平方米
公里 米 县 区 市 镇 乡 村 台 套 座 间 栋 幢 人次 百分点 个百分点 册 辆 处 支 份 篇 场 轮 次 件 轨 千米 平方公里
公顷 工作日 个工作日 美元 学校
"""
_MEASURING = frozenset(_MEASURING_WORDS.split())

# 一 is mostly an article (一所幼儿园, 一名教师); it counts in these units, and behind its noun (民办学校一所).
_ONE_WORDS = "年 小时 个小时 个月 学年 学期 个学期 周岁 岁 倍 百分点 个百分点 个工作日 % 分钟 课时 公里"
_ONE_MEASURING = frozenset(_ONE_WORDS.split())
_ONE_BEHIND_NOUN = frozenset("所名人个家件台座处起次套间")

# What is counted in slogans and summaries, never in statistics.
_ABSTRACT_WORDS = """
方面 层面 维度 层次 阶段 环节 领域 优先 坚持 确保 意识 自信 维护 统筹 转变 关键 重点 只增 不增 不减 不得 严禁
严格 必须 能力 减 提升 结合 原则 目标 中心 基本 一体 定位 体系 关系 特点 到位 融合 步骤 台阶 落实 机制 保障 抓手
平台 文件精神 务必 革命 建设 文明 面向 服务 代表 方向 突破 全面 平衡 一样 字 部分 课堂 字母 主体 倾斜 健全
不放过 不变 高于 办法 一 更加 不准 禁止 必 好 工程 行动 要素 对照 清单 如何 坚定 毫不 聚焦 支柱 支点 问题 原因
要点 步 阵地 抓 强化 问号 标准 难 世界 市场 动力 引擎 大 核心 明确 注重 围绕 共同 精准 相 统一 制度 规范 时代 新
班子 责任 之间 必然 同步 极端
"""
_ABSTRACT = tuple(_ABSTRACT_WORDS.split())
_ABSTRACT_HEADS = frozenset(word[0] for word in _ABSTRACT)
_NAME_BEHIND = re.compile(r"[县市区镇乡山河渠子里桥路街峡湾沟庄屯村](?![级属直内])")
_YEAR_WORDS = ("年一贯", "年制", "年一度", "年级", "年之", "年四季", "年如一日", "年规划", "年计划")


def han_figure_at(text: str, folded: str, start: int) -> tuple[Quantity | None, int]:
    """Return the quantity in Chinese numerals that begins at the position, and where to read on."""
    before = folded[start - 1] if start else ""
    if (
        folded[start] in "百千万二三四五六七八九十"
        and (per := _PER.match(folded, start))
        and (quantity := _per(text, folded, start, per))
    ):
        return quantity, per.end()
    if folded[start] in "一二" and (date := _DATE.match(folded, start)):
        return _date(text, start, date), date.end()
    if before == "翻" and (doubled := _DOUBLED.match(folded, start - 1)):
        value = Decimal({"一": 2, "两": 4, "二": 4, "三": 8}[doubled["times"]])
        end = doubled.end()
        half = value / 40
        span = Span(start - 1, end)
        return Quantity(
            span, text[start - 1 : end], value, Interval(value - half, value + half), "倍", Kind.RATIO, han=True
        ), end
    if (half_word := _HALF.match(folded, start)) and not (before and before in _NO_FIGURE_AFTER + "个"):
        return _half(text, folded, start, half_word), half_word.end()
    if most := more_than_half_at(text, folded, start):
        return most, most.span.end
    if several := several_at(text, folded, start, _MEASURING):
        return several, several.span.end
    run = _RUN.match(folded, start)
    if run is None:
        return None, start + 1
    end = run.end()
    if run[0] in SCALES and (size := size_alone_at(text, folded, start, _MEASURING)):
        return size, size.span.end
    if before and before in _NO_FIGURE_AFTER and not (before == "数" and is_counting(folded, start - 1)):
        return None, end
    return _measured(text, folded, start, run[0])


def _measured(text: str, folded: str, start: int, words: str) -> tuple[Quantity | None, int]:
    run_end = start + len(words)
    if len(words) < 4 and (pair := _PAIR.fullmatch(words)):
        return _between(text, folded, start, run_end, pair)
    if len(words) in (3, 4) and (pair := _LAST_PAIR.fullmatch(words)):
        return _last_pair(text, folded, start, run_end, pair)
    if tenths := _TENTHS.match(folded, start):
        return _tenths(text, folded, start, tenths)
    value = read_han(words)
    if words in _ALONE and folded[run_end : run_end + 1] in ("余", "多"):
        value = _ALONE[words]  # 百余所
    if value is None or (_POSITIONAL.fullmatch(words) and len(words) > 1):
        return None, run_end
    if (separator := _TO.match(folded, run_end)) and (second := _RUN.match(folded, separator.end())):
        high = read_han(second[0])
        unit = unit_at(folded, second.end())
        if high is not None and high > value and unit is not None and unit.written in _MEASURING:
            return _ranged(text, start, second.end() + len(unit.written), value, high, unit), second.end() + 1
    if loose := loose_duration_at(folded, run_end):
        return _loose(text, folded, start, value, loose), loose.end
    end = run_end
    few = folded[end : end + 1] in ("余", "多")
    if few:
        end += 1
        if folded[end : end + 1] in ("万", "亿"):  # 二十多万
            value *= Decimal(10**4) if folded[end] == "万" else Decimal(10**8)
            end += 1
    unit = unit_at(folded, end)
    if unit is None or unit.written not in _MEASURING or not _counts(folded, start, end, words, unit):
        return None, run_end
    end += len(unit.written)
    kind = unit.kind
    approximation = approximation_before(folded, start, kind) or approximation_after(folded, end)
    figure = value * unit.factor
    step = _last_place(value)
    scale = Decimal(10**8) if "亿" in words else Decimal(10**4) if "万" in words else Decimal(1)
    decimals = len(words.partition("点")[2].rstrip("万亿"))
    open_step = step * unit.factor if few else None
    if few:
        approximation = Approximation.OVER
    # 三万 has been rounded to a 万, 一万零一百四十 to nothing
    whole_step = step if step >= 10_000 else Decimal(1)
    fine = scale.scaleb(-decimals) if decimals else whole_step
    rounded = decimals > 0 or fine > 1
    interval = interval_of(
        figure, kind=kind, step=fine * unit.factor, rounded=rounded, approximation=approximation, open_step=open_step
    )
    quantity = Quantity(
        Span(start, end), text[start:end], figure, interval, unit.base, kind, approximation, None, decimals, scale, True
    )
    return quantity, end


def _between(text: str, folded: str, start: int, run_end: int, pair: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return 三四个 and 七八百人 as ranges; two digits that do not follow one another are no figure."""
    place = Decimal(_PLACES[pair["place"]]) if pair["place"] else Decimal(1)
    low, high = read_han(pair["low"]), read_han(pair["high"])
    unit = unit_at(folded, run_end)
    if low is None or high is None or unit is None or unit.written not in _MEASURING:
        return None, run_end
    if high - low != 1 and not (low == 3 and high == 5):
        return None, run_end
    end = run_end + len(unit.written)
    return _ranged(text, start, end, low * place, high * place, unit), end


def _last_pair(text: str, folded: str, start: int, run_end: int, pair: re.Match[str]) -> tuple[Quantity | None, int]:
    """Return 十五六岁 as a range."""
    tens, low, high = read_han(pair["tens"]), read_han(pair["low"]), read_han(pair["high"])
    unit = unit_at(folded, run_end)
    if tens is None or low is None or high is None or unit is None or unit.written not in _MEASURING:
        return None, run_end
    if high - low != 1:
        return None, run_end
    end = run_end + len(unit.written)
    return _ranged(text, start, end, tens + low, tens + high, unit), end


def _tenths(text: str, folded: str, start: int, match: re.Match[str]) -> tuple[Quantity, int]:
    """Return 两成五 as 25 %."""
    more = Decimal(5) if match["more"] == "半" else read_han(match["more"]) or Decimal(0)
    value = (read_han(match[0][0]) or Decimal(0)) * 10 + more
    end = match.end()
    approximation = approximation_before(folded, start, Kind.PERCENT) or approximation_after(folded, end)
    interval = interval_of(value, kind=Kind.PERCENT, step=Decimal(1), rounded=True, approximation=approximation)
    span = Span(start, end)
    return Quantity(span, text[start:end], value, interval, "%", Kind.PERCENT, approximation, han=True), end


def _ranged(text: str, start: int, end: int, low: Decimal, high: Decimal, unit: Unit) -> Quantity:
    value, upper = low * unit.factor, high * unit.factor
    span, interval = Span(start, end), Interval(value, upper)
    return Quantity(span, text[start:end], value, interval, unit.base, unit.kind, upper=upper, han=True)


def _loose(text: str, folded: str, start: int, value: Decimal, loose: LooseDuration) -> Quantity:
    """Return 两年半 as 2.5 years, 三个多月 as three months and some more."""
    figure = value + loose.extra
    approximation = Approximation.OVER if loose.few else approximation_before(folded, start, Kind.DURATION)
    interval = interval_of(
        figure,
        kind=Kind.DURATION,
        step=Decimal(1),
        rounded=False,
        approximation=approximation,
        open_step=Decimal(1) if loose.few else None,
    )
    span = Span(start, loose.end)
    words = text[start : loose.end]
    return Quantity(span, words, figure, interval, loose.unit, Kind.DURATION, approximation, han=True)


def _counts(folded: str, start: int, unit_start: int, words: str, unit: Unit) -> bool:
    """Return whether the numeral counts real things and is no part of a slogan or set phrase."""
    behind = unit_start + len(unit.written)
    if unit.written == "年" and folded.startswith(_YEAR_WORDS, unit_start):
        return False
    if folded[start - 1 : start] == "个" and folded[max(0, start - 6) : start].rfind("第") >= 0:
        return False  # 第十四个五年规划
    if len(words) == 1 and unit.written in "台家元场" and _NAME_BEHIND.match(folded, behind):
        return False  # 五台县, 七台河市, 五家渠, 三元区
    if words == "一":
        if unit.written in _ONE_MEASURING:
            return unit.written != "年" or folded[start - 1 : start] != "的"  # 新的一年
        following = folded[behind : behind + 1]
        return (
            unit.written in _ONE_BEHIND_NOUN
            and start > 0
            and following in ("", ",", "，", "。", ";", ")", "\n", "、")
            and ("\u4e00" <= folded[start - 1] <= "\u9fff")
        )
    if unit.kind is Kind.COUNT and folded[behind : behind + 1] in _ABSTRACT_HEADS:
        return not folded.startswith(_ABSTRACT, behind)
    if unit.kind is Kind.PERCENT and unit.written == "成":
        return read_han(words) is not None and len(words) == 1
    return True


def _last_place(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero (3500 → 100)."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _per(text: str, folded: str, start: int, match: re.Match[str]) -> Quantity | None:
    bottom = _PARTS_OF.get(match["bottom"]) or read_han(match["bottom"])
    top = read_han(match["top"]) if match["top"] != "百" else Decimal(100)
    if not bottom or top is None:
        return None
    end = match.end()
    decimals = len(match["top"].partition("点")[2])
    if bottom in _PARTS_OF.values():
        value, unit, kind = top * 100 / bottom, "%", Kind.PERCENT
        step = Decimal(1).scaleb(-decimals) * 100 / bottom
        if to := _PER_TO.match(folded, end):
            high = read_han(to["top"])
            if high is not None and high > top and unit_at(folded, to.end()) is None:
                return _percent_range(text, start, to.end(), value, high * 100 / bottom, step)
    else:
        value, unit, kind, step = top / bottom, "", Kind.RATIO, Decimal(0)
    approximation = approximation_before(folded, start, kind) or approximation_after(folded, end)
    interval = interval_of(value, kind=kind, step=step, rounded=True, approximation=approximation)
    return Quantity(
        Span(start, end), text[start:end], value, interval, unit, kind, approximation, None, decimals, han=True
    )


def _percent_range(text: str, start: int, end: int, low: Decimal, high: Decimal, step: Decimal) -> Quantity:
    """Return 百分之八十至八十五 as a range."""
    interval = Interval(low - step / 2, high + step / 2)
    return Quantity(Span(start, end), text[start:end], low, interval, "%", Kind.PERCENT, upper=high, han=True)


def _date(text: str, start: int, match: re.Match[str]) -> Quantity:
    value = read_han(match["year"]) or Decimal(0)
    kind = Kind.DATE if match["month"] else Kind.YEAR
    unit = "年月日" if match["day"] else "年月" if match["month"] else "年"
    end = match.end()
    return Quantity(Span(start, end), text[start:end], value, Interval(value, value), unit, kind, han=True)


def _half(text: str, folded: str, start: int, match: re.Match[str]) -> Quantity:
    end = match.end()
    word = match[0]
    if word in ("一半", "半数"):
        value, unit, kind = Decimal(50), "%", Kind.PERCENT
    else:
        unit = word.removeprefix("半")
        value, kind = Decimal("0.5"), Kind.DURATION
    approximation = approximation_before(folded, start, kind) or approximation_after(folded, end)
    interval = interval_of(value, kind=kind, step=Decimal(1), rounded=False, approximation=approximation)
    return Quantity(Span(start, end), text[start:end], value, interval, unit, kind, approximation, han=True)
