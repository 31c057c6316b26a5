"""The words that name a figure: those before it, what is counted behind it, and what it is that grew."""

import re

from dudao.claims.contradictions.echo_words import plain
from dudao.claims.likeness import own_subject
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind

_BEFORE = 90
_OWN_BEHIND = 12
_SHORT_OWN = 4
"""Fewer characters before a figure do not say what it counts."""
_SAID_OF_THEM = re.compile(
    "全部|全员|均|都|一律|用于|领取|享受|参加|参与|实现|达到|完成|获|^(?:有所)?(?:[提升]高?[到至为]|[降减][低少]?[到至为]|[压缩]减[到至为]|增加|增长|提高|减少|下降)"
)
"""Behind a figure the name of what is counted ends here: 2361名专任教师全部持有教师资格."""
_WHO_DO = re.compile(
    r"(?:参与|参加|享受|获得?|领取|实现|达到)[^，。；的]{1,8}的[\u4e00-\u9fff]{2,6}?(?=主要|大多|集中|[仍均都已尚未有在中]|$)"
)
"""Behind a figure those counted may be named by what they do: 134名参与交流的骨干教师主要在城区."""
_OF_ALL = re.compile(r"占全[省市县区旗州盟](?:现有)?$")
_COUNTED = re.compile(
    r"[\u4e00-\u9fff“”]{0,12}?(?:学校|幼儿园|教学点|机构|食堂|项目|集团|校车|乡镇|村|基地|工作室|教学班|督学|寄宿生|托管班|任务|保障资金|专项资金|补助资金)"
)
"""What is counted where it is a thing that reports count, so that what it does is left out: 52所高中阶段学校实行."""
_RATE_ITSELF = re.compile(r"率(?:均|都|已|达到?|为|是)*$")
"""压减率95.2% is no growth of something, but a rate as any other."""
_BEFORE_BRACKET = 6
_MANNER = re.compile(r"^(?:通过|采取|利用)[^，。；]{2,24}?(?:方式|形式|途径|渠道)")
"""How a thing was done says nothing of what was counted: 通过公招、特岗等方式补充教师."""
_AIMED = re.compile(r"^(?:[一二三四五六七八九十]是|力争|确保|争取|努力|推动|促进|使|将|把)+(?=[\u4e00-\u9fff]{4})")
_NAMED_BEHIND = 3
_OF_RATE = re.compile(r"的(?P<rate>[\u4e00-\u9fff“”]{2,16}?(?:率|占比|比例|比重|满意度|差异系数))")
_OBJECT_BEHIND = re.compile("[对向给与使让把将]$")
_CARRIED_OVER = 14
_CHANGED = "增减"
_FELL = re.compile(r"(?:^|[，；])[\u4e00-\u9fff]{4,8}(?:减少|下降)了?$")
"""在园幼儿减少4158人 tells a fall since last year without saying so."""
_SINCE_LAST_YEAR = re.compile(r"(?:[比较][上去]年(?:同期)?|同比)(?:净)?(?:增加|增长|减少|下降)了?$")
_JOINS = re.compile(r"[，。；：、和及与\d\n]")
_FIGURE = re.compile(r"[\d.]+[万亿]?(?:平方米|人次|[\u4e00-\u9fff%])$")
"""交流轮岗教师437人，比2023年的412人: what the clause before counts, without its own figure."""
_BASE = re.compile(r"(?P<base>[\u4e00-\u9fff]{2,12}?)(?:总数)?的$")
"""占全县653名骨干教师的18.4%: what a share is of is counted behind the figure."""
_NO_NOUN = re.compile(r"^(?:以上|以下|左右|[增减提下上降升达占比较高低偏])")
_SHORTEST_NOUN = 3
_OPENED = re.compile(r"[年期]初(?!中)")
_LINE = re.compile(r"(?P<line>[1-7]\d\d)分(?:及)?$")
_ABOVE = re.compile(r"(?:及)?以[上下]")


def name_of(text: str, measure: str, mention: Mention) -> str:
    """Return the words that name a figure; where few stand before it, with what is counted behind it."""
    name = measure or mention.lead
    if _OF_ALL.search(mention.lead) and (base := _BASE.match(mention.tail)):
        return base["base"]
    if _OBJECT_BEHIND.search(mention.lead):
        name = ""  # 市场监管局对892个学校食堂
    if (of := _OF_RATE.match(mention.tail)) and not plain(mention.lead):
        return of["rate"]  # 66.3%的本科录取率在全市处于中游
    name = _AIMED.sub("", _MANNER.sub("", name))
    counted = _COUNTED.match(mention.tail)
    if counted and len(plain(counted[0])) >= _NAMED_BEHIND and "其中" not in mention.lead:
        return counted[0]  # 县领导包联27个在建项目
    if "）" in mention.lead[:_BEFORE_BRACKET] and "（" not in mention.lead:
        # 城区（3个区）公办园占比: the figure in the brackets must not hide what stands before them
        bracket = text.rfind("（", max(0, mention.quantity.span.start - _BEFORE), mention.quantity.span.start)
        name = f"{text[max(0, bracket - _BEFORE_BRACKET) : max(0, bracket)]}{name}"
    if not plain(name) and not counted and len(plain(_NO_NOUN.split(mention.tail)[0])) < _SHORTEST_NOUN:
        # 享受乡村教师生活补助，月人均420元: the clause before says of what
        comma = text.rfind("，", max(0, mention.quantity.span.start - _BEFORE), mention.quantity.span.start)
        said = _FIGURE.sub("", text[max(0, comma - _CARRIED_OVER) : max(0, comma)])
        said = _JOINS.split(said)[-1]
        name = f"{'' if said.endswith('中') else said}{name}"
    if _ABOVE.match(mention.lead) and (
        line := _LINE.search(text[: mention.quantity.span.start - len(mention.lead)][-5:])
    ):
        name = f"{in_words(line['line'])}分{name}"
    if opened := _OPENED.match(mention.lead):
        name = f"{opened[0]}{name}"
    if len(plain(name)) >= _SHORT_OWN:
        return name
    if counted is None and (relative := _WHO_DO.match(text, mention.quantity.span.end)):
        return f"{name}{relative[0]}"
    behind = counted[0] if counted else _SAID_OF_THEM.split(mention.tail, maxsplit=1)[0][:_OWN_BEHIND]
    return f"{name}{behind}"


def in_words(digits: str) -> str:
    """Return digits as the characters that stand for them, which a name may hold: 六零零分以上."""
    return "".join("零一二三四五六七八九"[int(one)] for one in digits)


def is_rate(mention: Mention) -> bool:
    """Return whether a change is a rate by its own name: 压减率95.2%."""
    return _RATE_ITSELF.search(mention.lead) is not None


def changed_unit(unit: str) -> str:
    """Return the unit of what figures of a unit rose or fell by, which is never held against how much there is."""
    return unit + _CHANGED


def since_last_year(mention: Mention) -> bool:
    """Return whether a change tells by how much something counted rose or fell since last year: 比上年减少3147人."""
    counted = mention.role is Role.CHANGE and mention.quantity.kind in (Kind.COUNT, Kind.MONEY)
    since = _SINCE_LAST_YEAR.search(mention.lead) or _FELL.search(mention.lead)
    return counted and not mention.each and since is not None


class Grown:
    """Tells what a change is said of: itself, or the amount before it in its sentence."""

    def __init__(self) -> None:
        self._amount: tuple[int, str] = (-1, "")

    def subject_of(self, mention: Mention, measure: str) -> str:
        """Return what grew by how much per cent or since last year, 教育支出增长; empty for all other figures."""
        if mention.role is not Role.CHANGE:
            if mention.level and mention.amount:
                self._amount = (mention.sentence, measure or mention.lead)
            return ""
        if (mention.quantity.kind is not Kind.PERCENT or is_rate(mention)) and not since_last_year(mention):
            return ""
        named = own_subject(mention.lead)
        sentence, amount = self._amount
        named = named or (amount if sentence == mention.sentence else "")
        return f"{named}{'增长' if mention.direction > 0 else '下降'}" if named else ""
