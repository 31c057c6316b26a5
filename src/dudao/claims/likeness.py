"""Whether two figures speak of the same kind of thing: units that can be added, names that mean the same."""

import re
from functools import lru_cache

from dudao.claims.mentions import COUNTABLE, Mention


def is_amount(mention: Mention) -> bool:
    """Return whether the figure is an amount of something, not a percentage or ratio."""
    return mention.amount


def is_level(mention: Mention) -> bool:
    """Return whether the figure says how much there is now."""
    return mention.level


def same_unit(left: Mention, right: Mention) -> bool:
    """Return whether two figures can be added or compared: 所 with 家 and 个, 人 with 名; a bare number with either."""
    one, other = left.family, right.family
    if one == other:
        return one is not None
    if one is None or other is None:
        return False
    if {one, other} == _ASKED:
        # Each questionnaire is one person asked: 收回有效问卷1438份，满意的1129人.
        return _QUESTIONNAIRE.search(left.lead if one == "份" else right.lead) is not None
    if one == "":
        return other in COUNTABLE and not _is_index(left)
    return other == "" and one in COUNTABLE and not _is_index(right)


def _is_index(one: Mention) -> bool:
    """Return whether a bare number is no count of anything: 工资之比为1.02."""
    return one.quantity.decimals > 0 and one.quantity.scale == 1


_ASKED = {"份", "人"}
_QUESTIONNAIRE = re.compile(r"问卷|测评[表票]|调查表|^(?:实际|共)?(?:回收|收回)|有效(?:回收)?$")


_PLACES = re.compile(r"[县市区乡镇旗盟州]|街道|园区")
WITHIN = 6
"""How many characters before a figure may name what it counts: 新增学位."""
_WITHIN_SCHOOLS = re.compile(r"教学班|班级|[大超]班额|座位|床位|学位")


def counts_others(left: Mention, right: Mention) -> bool:
    """Return whether two counts are of different things, so that neither is a part of the other: 37个县, 118所."""
    return left.family == right.family and _kind_counted(left) != _kind_counted(right)


def counts_what_is_within(total: Mention, part: Mention) -> bool:
    """Return whether a total counts what schools have many of, and the other the schools: 学位4.2万个, 幼儿园70所."""
    if total.family != part.family or total.quantity.unit not in ("", "个") or part.quantity.unit in ("", "个"):
        return False
    return _WITHIN_SCHOOLS.search(total.lead[-WITHIN:]) is not None


def _kind_counted(one: Mention) -> str:
    """Return what 个 counts where it is no school, problem or project: a place, or what schools have many of."""
    if one.quantity.unit not in ("", "个"):
        return ""
    return "place" if _PLACES.match(one.tail) else "within" if _WITHIN_SCHOOLS.match(one.tail) else ""


_WORDS_KEPT = 8192
"""So many words are kept with what they mean, that thousands of reports need no more memory than one."""
_SOFT = re.compile(
    r"全部|全市|全县|全区|全省|全国|全旗|全州|总人数|总数|总量|总值|总额|总计|合计|总|同期|所有|各级各类|各类|各级|实有|现有|共有|拥有|设有|其中|"
    r"包括|我市|我县|我区|我省|本市|本县|人数|数量|数|规模|目前|年末|年底|本年度|本年|年度|今年|去年|全年|当年|的|了|有|为|达到|达|约|[0-9年月日“”]|已|均|一般|累计|占|以"
)


_PLAN_OF = re.compile(r"(投资|招生|招聘|补充)计划")
"""占年度投资计划的 speaks of what was called 年度计划投资."""
_KINDERGARTEN = re.compile("幼儿园|(?<=[办惠立])园(?!在园)")


@lru_cache(maxsize=_WORDS_KEPT)
def core_noun(words: str) -> str:
    """Return a noun phrase without words for extent, time and counting: 全市幼儿园总数 → 幼儿园."""
    words = (
        _PLAN_OF.sub(r"计划\1", _KINDERGARTEN.sub("幼园", words)).replace("学生", "生").replace("教职员工", "教职工")
    )
    if words.endswith("在园"):
        words += "幼儿"
    return _SOFT.sub("", words)


@lru_cache(maxsize=_WORDS_KEPT)
def likeness(left: str, right: str) -> float:
    """Return how much two noun phrases share, from 0 to 1: characters of the shorter found in order in the longer."""
    one, other = core_noun(left), core_noun(right)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    position, found = 0, 0
    for character in short:
        place = long.find(character, position)
        if place >= 0:
            found += 1
            position = place + 1
    share = found / len(short)
    return share * (0.7 + 0.3 * len(short) / len(long))


_COMPARED = re.compile(
    r"(?:比|较|与|同|跟|和)[^，。；、]{0,12}?(?:上年度?|去年|上一年|前年|年|同期|月|季度?|末|底|初|上学年|年度)"
    r"(?:年初)?(?:同期|同月|末|底|初|预计数?|预算数?|执行数|决算数|实际数?)?(?:相比|比较|相较|之比|数|的)?"
)
_ADVERBS = re.compile(
    r"其中|同比|环比|[春秋]季(?:学期)?|[一二两三四五六七八九十]年半?[间来内]|[一二两三四五]年半|按年|按季|逐年|年均|年平均|一年|[两三四五六七八九十]年|净|累计|又|再|已|并|且|均|分别|依次|共|也|则|仅|只|今年|本年|当年|实际|继续|进一步|"
    r"相比|比上年|上年|^即|也就是|绝对额|幅度|了|约|近|达到?|为|实现|出现|每年|平均|每[生人名位校所园]|的|“|”"
)
_VERBS = re.compile(
    r"加快|放缓|[多少](?:支出|投入|安排|拨付|征收)|[多少高]出|增收|减收|短收|增支|减支|压减率|压缩率|缩减率|多招收|多招|少招收|少招|增加|增长|增幅|增速|增|提高|上升|提升|上涨|攀升|扩大|多|涨幅|升幅|减少|下降|降低|降幅|减幅|下滑|回落|缩减|压减|压缩|下跌|跌幅|缩小|减|少|降|涨|升|额|幅|数|率|量|人数"
)


@lru_cache(maxsize=_WORDS_KEPT)
def own_subject(lead: str) -> str:
    """Return what a change is said of when its own words name it: 其中公办园增加 → 公办园; empty for 比上年增加."""
    return _VERBS.sub("", _ADVERBS.sub("", _COMPARED.sub("", lead)))


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH_DIGIT = re.compile("[０-９]")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")


def year_of(mention: Mention) -> int | None:
    """Return the last year named before the figure in its clause; None without one."""
    return _last_year(mention.clause)


@lru_cache(maxsize=_WORDS_KEPT)
def _last_year(clause: str) -> int | None:
    if _FULL_WIDTH_DIGIT.search(clause):
        clause = clause.translate(_FULL_WIDTH)
    years: list[str] = _YEAR.findall(clause)
    return int(years[-1]) if years else None


_BASE_YEAR = re.compile(r"(?:比|较|与|同)((?:19|20)\d\d)年")


def of_another_year(change: Mention, older: Mention) -> bool:
    """Return whether a change names the year it starts from, and the level tried for it is of another year.

    比重2015年起已过半数，2018年为50.8%，比2010年提高2.2个百分点: the half is not that of 2010.
    """
    base = _BASE_YEAR.search(change.lead)
    own = year_of(older) if base is not None else None
    return base is not None and own is not None and own != int(base[1])


_LAST_YEAR = re.compile(r"(?<![比较与同跟])(?:上年|去年|上一年|前一年)")
_THIS_YEAR = re.compile(r"今年|本年|当年|本学年")


def relative_year_of(mention: Mention) -> int | None:
    """Return -1 for 上年 and 0 for 今年 named before the figure in its clause; None without."""
    if _LAST_YEAR.search(mention.clause):
        return -1
    return 0 if _THIS_YEAR.search(mention.clause) else None
