"""The names of rates and what they say of: 办结率 takes up 办结, 配备率 is of what is 实有."""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention

PURE_RATE = re.compile(
    r"^(?:[^，。；、]{0,8}?的?)(?P<stem>[^，。；、的]{2,6}?)(?:完成)?(?:率|(?<=满意)度|进度|(?<![占总])比例)(?:为|达到|达|是|约|近|超过|高|已|还|仅|只|有|均|：|:)*$"
)
OVER_ALL = re.compile(r"(?:目前|截至目前)?(?:总体|整体|综合|累计|总的?)(?!投资)")
"""限期整改47个，已完成44个，总体整改率97.9%: the rate is taken of more than the two counts beside it."""
DENIED = re.compile(r"不|未|无|非(?!遗)|暂缓|暂停|缓期|逾期")
_SAID_AS = (
    ("配备", "实有|实配|现有|已配|配备|配齐|在岗"),
    ("到岗", "到岗|在岗|实到"),
    ("报到", "报到|到校|实到"),
    ("计提", "计提|提取"),
    ("入学", "安置|就读|在校|在读|入学"),
    ("入园", "在园|入园"),
    ("使用", "在编|已用|使用"),
    ("满编", "在编|实有|在岗"),
    ("去向落实", "就业(?:和|与|及|、)升学|升学(?:和|与|及|、)就业|落实去向|去向"),
    ("支付", "支付|拨付|支出"),
    ("支出", "支出|支付"),
    ("满意", "满意"),
    ("持证", "持有|持证|资格证|取得"),
    ("有效", "有效"),
    ("参与", "参加|参与"),
    ("覆盖", "覆盖|开展|建立|建成|设立|配备|实现"),
    ("移交", "移交"),
    ("升学", "升入|升学|考入|考取"),
    ("销号", "销号|完成"),
    ("整改", "整改|完成|改[完掉好到正]|解决|销号"),
    ("完工", "竣工|完成|完工"),
    ("完成", "完成|建成|竣工|完工|达到"),
    ("建成", "建成|完成|竣工"),
    ("合格", "合格|达标|符合"),
    ("达标", "达标|合格|符合"),
    ("到位", "到位|拨付|下达"),
    ("执行", "支出|支付|执行"),
)
"""Rates whose part is told in other words."""
OF_MEAN_POPULATION = re.compile(r"(?:出生|死亡|[结离]婚|自然增长|[婴产]妇?儿?死亡)率")
"""Rates of the mean population of a year, which no text tells beside them."""
_OF_AGE = re.compile(r"适龄|周岁|儿童|少年|人口|幼儿(?!园)|毕业")


def of_the_same(prefix: str, stem: str, part: Mention, whole: Mention) -> bool:
    """Return whether what a rate is said of is what was counted: no 高中阶段毛入学率 from two counts of pupils."""
    words = part.lead + part.tail[:8] + whole.lead + whole.tail[:8]
    if stem.endswith(("入学", "入园")) and not _OF_AGE.search(whole.lead + whole.tail[:8]):
        return False
    named = prefix.rstrip("的")
    return len(named) < 2 or any(named[place : place + 2] in words for place in range(len(named) - 1))


def names_of_part(stem: str) -> Iterator[str]:
    """Yield patterns of the words that tell the part of a rate: 开展, 建立 for 覆盖率, and its own name first."""
    yield re.escape(stem[-2:])
    yield from (said for rate, said in _SAID_AS if stem.endswith(rate))


def name_of_rate(share: Mention) -> str | None:
    """Return what a rate is the rate of, without 率 and what stands before: 达标 for 校舍达标率; None for no rate."""
    match = PURE_RATE.search(share.lead)
    return match["stem"] if match is not None else None


def is_rate_of(share: Mention, part: Mention) -> bool:
    """Return whether a rate takes up a word of an amount: 完工率 of 已完工29个."""
    match = PURE_RATE.search(share.lead)
    return match is not None and not OVER_ALL.match(share.lead) and takes_up(match["stem"], part)


def takes_up(stem: str, part: Mention) -> bool:
    """Return whether the words of a part hold what a rate is the rate of: 安置 for 入学率, 在编 for 使用率."""
    # 其中对接本地纺织、石化等主导产业的专业49个，对接率76.6%: a list within a name
    named = part.lead if any(map(str.isdecimal, part.clause)) else part.clause
    words = named + part.tail[:12]
    if DENIED.search(words) and not DENIED.search(stem):
        return False
    if stem[-2:] + "率" in words or stem[-2:] + "度" in words:
        # 满意度指标2项，满意度96.4%: what the rate itself is counted by is not what it is the rate of.
        return False
    if stem[-2:] in words or stem[:2] in words or set(words).issuperset(stem[-2:]):
        return True
    return any(stem.endswith(rate) and re.search(said, words) for rate, said in _SAID_AS)
