"""What the words around a figure make of it: a level, a change, a share, an earlier value, a total, a mean.

Every figure that measures something becomes one `Mention`; the relations read mentions and never the raw text, so
that one choice of words is understood by all of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dudao.claims.names_dealt import names_dealt
from dudao.claims.sentences import Segmentation, segment
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity


class Role(StrEnum):
    """What a figure is in its sentence."""

    LEVEL = "level"
    CHANGE = "change"
    FROM = "from"
    TO = "to"
    PREVIOUS = "previous"
    SHARE = "share"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure with the words that belong to it.

    Attributes:
        index: its number among the quantities of the text.
        quantity: the figure.
        role: what it is in its sentence.
        direction: +1 for an increase or excess, -1 for a decrease or shortfall, 0 otherwise.
        lead: the words before it up to the nearest mark or figure, gaps and parentheses taken out.
        tail: the words behind it up to the nearest mark or figure.
        clause: the words before it up to the nearest comma, other figures included.
        noun: the words that name what is counted, cleaned of verbs; behind the figure when none stand before.
        sentence, part, clause_number, paragraph: where it stands.
        depth: how many parentheses enclose it; `parenthesis` is the start of the innermost, -1 without.
        total: whether the words call it a total; `summing` whether they say it was added up (合计).
        each: whether it is an amount per head, school or class.
        amount: whether it is an amount of something, not a percentage or ratio.
        level: whether it says how much there is, not by how much it changed.
        family: the unit, one name for all units that can be added (所, 家, 个); None for a range.
        slack: how far the true value may lie from the written one; None when that is open.
        topic: the words of its part of the sentence (；to ；) before it, at most 60 characters, figures included.
        base: whether it is but what a percentage behind it is taken of: 年初预算27.9亿元的102.0%.
    """

    index: int
    quantity: Quantity
    role: Role
    direction: int
    lead: str
    tail: str
    clause: str
    noun: str
    sentence: int
    part: int
    clause_number: int
    paragraph: int
    depth: int
    parenthesis: int
    total: bool
    summing: bool
    each: bool
    amount: bool
    level: bool
    family: str | None
    slack: Decimal | None
    topic: str
    base: bool


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A text as the relations read it; `sentences[i]` are the mentions of sentence i, as (first, last + 1).

    `torn` are the places of figures that conversion tore apart (2 ,436万元: no mention) or left in doubt (3O所).
    `readings` tell, by the number of a figure in doubt, what else it may be; around those of which that cannot be told
    no claim can be called wrong.
    """

    text: str
    segmentation: Segmentation
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]
    torn: tuple[int, ...] = ()
    readings: Mapping[int, tuple[Quantity, ...]] = field(default_factory=dict)
    unread: tuple[int, ...] = ()

    def has_torn(self, span: Span) -> bool:
        """Return whether a figure torn apart stands in a span, from its first sentence to the end of its last part."""
        return self._stands_in(self.torn, span)

    def has_unread(self, span: Span) -> bool:
        """Return the same for figures of which nobody can tell what else they may be."""
        return self._stands_in(self.unread, span)

    def _stands_in(self, places: tuple[int, ...], span: Span) -> bool:
        if not places:
            return False
        cut = self.segmentation
        place = bisect_left(places, cut.sentences.span_at(span.start).start)
        return place < len(places) and places[place] < cut.parts.span_at(max(span.end - 1, 0)).end

    def in_doubt(self, quantity: Quantity) -> bool:
        """Return whether a figure was torn apart or is read in doubt."""
        place = bisect_left(self.torn, quantity.span.start)
        return place < len(self.torn) and self.torn[place] < quantity.span.end

    def words_between(self, left: Mention, right: Mention) -> str:
        """Return the text between two mentions, at most 60 characters of it."""
        start = left.quantity.span.end
        return self.text[start : min(right.quantity.span.start, start + 60)]


MENTIONS_LIMIT = 25_000
"""Figures beyond so many are not read for claims; a report of 20 pages has some 500."""
LEAD_LIMIT = 40
NOTE_LIMIT = 160
"""A parenthesis so long between a name and its figure is passed over: 财政性教育经费（主要包括…）为103.28亿元."""
TAIL_LIMIT = 24
TOPIC_LIMIT = 60
CELL_REACH = 80
CLAUSE_LIMIT = 90
_WORDS_KEPT = 8192
"""The same few words stand before most figures; what they say is worked out once."""
_MEASURES = frozenset(
    {
        Kind.MONEY,
        Kind.COUNT,
        Kind.PERCENT,
        Kind.PERCENTAGE_POINT,
        Kind.RATIO,
        Kind.AREA,
        Kind.SCORE,
        Kind.OTHER,
    }
)

_UP = (
    "增加率|增长率|增高|长高|增多|多招收|多招|多(?:支出|投入|安排|拨付|征收)|增加|增长|增幅|增速|增|提高|上升|提升|上涨|攀升|扩大|净增|多出|多|涨幅|升幅|提幅|涨|升|上浮|增收|增支|"
    "增量|递增"
)
_DOWN = (
    "减收|短收|减支|压减率|压减比例|压缩比例|减少比例|压缩率|缩减率|减少率|下降率|少招收|少招|少(?:支出|投入|安排|征收)|减少|下降|降低|降幅|减幅|下滑|回落|缩减|压减|压缩|下跌|跌幅|"
    "缩小|缩短|减轻|减小|负增长|递减|减|少|降|跌"
)
_FILL = (
    r"(?:了|又|约为|约|大约|近|将近|接近|超过|超|逾|突破|高达|多达|达到|达|为|是|均|各|分别|依次|只有|仅|共|也|已|"
    r"幅度|幅|数|额|量|值|：|:|\s)*+"
)
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_FILL}$")
_MORE_THAN = re.compile(
    r"(?:比|较|同)(?:(?:19|20)\d\d年|上年|去年|上学年|上一年|前年|同期|年初|上期)[^，。；、]{0,6}?"
    rf"(?:(?P<up>多)|(?P<down>少))[^，。；、到至达为\d]{{1,3}}?{_FILL}$"
)
"""比上年少收507人, 较去年多聘12名: any verb behind 多 or 少 makes a change."""
_NOT_CHANGE = re.compile(r"(?:至少|最少|不少|许多|最多|不多|大多|众多|差不多|多达|新增|少年|减至)(?:约|了|达|为|近)*+$")
_NAMED_CHANGE = re.compile(r"(?:质量|能力|素质|品质|内涵|条件|环境|水平|信息化|均衡)(?:提升|提高|扩大|增强)$")
"""Names of works and programmes that sound like changes: 职业教育质量提升4100万元."""
_TO = re.compile(
    rf"(?:{_UP}|{_DOWN}|调整|[上下]?调|提|拉|跃|发展|扩建|恢复|改|变|优化|跃升|拓展|延长|缩短|收窄|扩充|扩)(?:到了?|至|为|成|达到)"
    r"(?:(?:19|20)\d\d年(?:底|末|初)?的?)?(?:目前|现在|今年|当前)?的?"
    r"(?:(?:小学|初中|高中|普通高中|中职|幼儿园|特教|公办园|民办园)生?均?)?(?:了|约|近|每.|\s)*+$"
)
_WEAK_TO = re.compile(r"(?:幅|速|量|率|额)(?:度)?为$")
_BARE_TO = re.compile(r"(?:^|[^达直])(?:到|至)(?:\d{4}年)?(?:底|末|的)*(?:约|近|了)*+$")
_STARTS_FROM = re.compile(r"(?:由|从)(?:(?:19|20)\d\d年(?:底|末|初)?|上年|去年|原来|最初|年初)?的?$")
_FROM = re.compile(r"(?:由|从|自)(?:[^，。；：、]{0,24})$")
_PREVIOUS = re.compile(
    r"(?:(?:比|较|与|同|和|跟|相比)[^，。；]{0,14}?)?"
    r"(?:上年|去年|上一年|前一年|上年度|上学年|上一学年|前年|上期|年初|建市初|[^，。；]{0,4}基期|(?:[两三四五六七八十]|\d)年前"
    r"|(?:比|较|与|同|跟)[^，。；]{0,10}?(?:年(?:度|底|末|初)?|\d月(?:底|末|份|初)?|五[”’]?(?:时期|期间|末)))(?:同期|同月|年末|年底|末|底|初)?"
    r"(?:预算|决算|执行|完成|实际)?(?:数|额|水平)?"
    r"(?:(?:这一|该|此|同一)(?:比例|比重|占比|比率|指标|数字|数据|数))?(?:的|为|是|仅|只有|仅有|分别|依次|各|：)*+$"
)
_COMPARED_WITH = re.compile(
    r"(?:比|较|与|高于|低于|超出|超过|高出|达到)[^，。；、]{0,20}(?:年|年度|年末|年底|同期|标准|目标|目标值|基期|水平|平均|要求|定额)$"
)
"""Words that say what the figure in the parenthesis behind them is: 较上年（64.5%）提升11.8个百分点."""
_ROUGH_SHARE = re.compile(
    r"占[^，。；、]{0,16}?(?:[一二三四五六七八九两]成|分之[一二三四]|半数|一半)(?:以上|以下|左右|多|强|弱)?$"
)
"""占三成以上（32.4%）: the parenthesis gives the share to the digit."""
_THAN_THEN = re.compile(r"(?:比(?![例重率值])|较|同|与)[^，。；、\d]{1,12}?的?$")
_CHANGED_NEXT = re.compile(r"(?:净|又|再|共|已)?(?:提高|提升|上升|增加|增长|下降|降低|减少|回落|压减|压缩)")
_NO_TIME = re.compile(r"标准|要求|目标|平均|规定|计划|预算|水平|[省市县国]定|核定|应|[县区市省校园镇乡]的?$")
"""What a standard, a plan or another place has is no earlier value."""
_BUDGET_OF_YEAR = re.compile(r"^(?!.*[比较与同跟]).*年初(?:预算|计划|目标|核定)(?:数|额)?(?:的|为|是|仅|共|：)*$")
"""年初预算120万元，实际支出113.4万元: the budget of the year is no figure of an earlier one."""
_LEADS_TO = re.compile(r"[^，。；、]{0,10}(?:到|至|为|成)")
_SHARE = re.compile(
    r"(?:占[^，。；]*|占比(?:率|重)?|比例|比重|份额)(?:的|为|达到|达|是|约为|约|近|超过|超|高达|已|仅|均|也|分别|依次|到|比|：|:|\s)*+$"
)
_SHARE_CLAUSE = re.compile(r"占(?:比|到|了|全|总|同期|[^，。；领据地位用有优先]{0,40})")
_EXCESS = re.compile(
    r"(?:(?P<up>高于|高出|超出|超过|高过|超(?![市级大编前声])|多于|优于|(?<![提增拔普职最])高(?![到至中等级职考校一二三质龄新层标水素效品原压端铁速]))"
    r"|(?P<down>低于|(?<![降最])低(?![到至保收年幼段龄碳压效])|少于|不及|落后于?|低出))"
    r"(?P<what>[^，。；：、]{0,24}?)(?:约|近|了|达|分别|依次|各)*+$"
)
_EACH = re.compile(
    r"人均|生均|师均|校均|园均|班均|户均|[次件场项亩村镇家台床册]均|每生|每人|每名|每位|每校|每所|每班|每园|平均每|套均|每个|每百|每万|每千|每十万|平均班额|均达到每|[折约]合每|每百名|车均|每辆|平均工资|平均年?收入"
)
_BY_MEAN = re.compile(r"均[^，。；、]{2,20}(?:达标|不足|偏[低小]|超标|合格|符合(?:标准|要求))的[^，。；、]{1,8}$")
"""生均占地面积不达标的学校共26所: the mean only says which schools are counted."""
_TOTAL = re.compile(
    r"合计|总计|共计|合起来|加起来|总数|总量|总额|总值|总人数|总收入|总支出|总投入|总投资|总面积|总规模|总学位|总共|共有|累计|总|共|一共|小计|全部|规模"
)
_SUMMING = re.compile(
    r"(?:合计|总计|共计|总共|一共|小计|合为|合起来|加起来|[两二三四五六七八]项(?:合计|相加|之和|共)?|之和|加总|总额|累计|收入总量|共|总收入|总支出)[^，。；]{0,10}$"
)
_PARENTHESES = re.compile(r"[（(\[【〔][^（）()]*[）)\]】〕]")
_OPENED = re.compile(r"[（(\[【〔]")
_CLOSED = ("）", ")")
_DIGIT = re.compile(r"[\d０-９]")
_HEAD_VERBS = re.compile(
    r"(?:约为|约|近|将近|接近|超过|超|逾|突破|高达|多达|达到|达|共计|总计|合计|累计|共有|现有|拥有|设有|共|有|为|是|仅|只|已|均|各|分别|依次|就|的|了|计|"
    r"完成|实现|安排|投入资金|下达|拨付|增加到|提高到|增长到|增至|降至|升至|提高至|提升至|提升到|减少到|下降到|下降至|减少至|增加至|到|至|建成|在|：|:|，|“|”|\s)++$"
)
_OWNER = re.compile(r"^[^，。；、]{1,10}?(?:现有|共有|拥有|设有|建有)(?=[^，。；、]{2})")
_NOUN_PREFIX = re.compile(
    r"^(?:其中|另有|另外|还有|以及|包括|包含|含|和|与|及(?!格)|并|且|现有|共有|有|全市|全县|全区|全省|全国|我市|我县|我区|我省|目前|截至|截止|年末|年底|今年|当年|全年|"
    r"\d{2,4}年(?:底|末|初)?|\d{1,2}月(?:底|末|份)?|\d{1,2}日|\d{4}[-—–至]\d{4}学年|：|:|，|的|“|”)++"
)
_AMONG_NAMED = re.compile(r"(?P<noun>[^中]{2,8})(?<![高初集其])中(?![等小学心央职考级高国有]|专(?!任|职|业)).")
"""15项指标中达标13项: what the first figure counts is 指标."""
_RANK = re.compile(r"位次|名次|排名|排位|前移|后移|上升|下降|提升|跃升|进位|晋升|下滑|跌|升|降")
_OF_TASK = re.compile(r"(?:[^，。；、\d的]{0,4}?(?:任务|目标|计划|预算|指标)(?:数|值|任务)?)(?=的)")
"""完成规划确定的25所建设任务的68%: a percentage of what was planned."""
TASK_LIMIT = 12
_OF_IT = re.compile(r"(?:约|近|将近|超过|超|\s)*+")
_PERCENT = re.compile(
    r"[\d０-９.．]{1,8}\s?(?:[%％﹪]|倍)|百分之|[一二两三四五六七八九]成|[一二三四五六七八九十]分之|\d{1,2}/\d"
)
_NOTE_OPENS = frozenset("[［〔【")
_NOTE_CLOSES = frozenset("]］〕】")
_PLACES = frozenset({"位", "名"})
_ORDERED = frozenset("前后末")
_GAP_MARKS = frozenset({" ", "\u00a0", ",", "，", ".", "．"})
_RUNNING = re.compile(r"[，。；：]|(?<!\d)[,;:]|[,;:](?!\d)")
_TORN_BEFORE = re.compile(r"\d(?:[ \u00a0]+[,，.．]?|[,，.．][ \u00a0]+)[ \u00a0]*$")
_UNIT_ON_NEXT_LINE = re.compile(r"[ \u3000\t]*\n[ \u3000\t]*(?:[万亿]|[元人名所个%％](?=[，。；、）]))")
"""减少6.35 / 万人: a line that was cut parts the figure from what it counts."""
_LINE_STARTS = ("", "\n")
_TORN_BEHIND = re.compile(r"[ \u00a0]+[,，.．]?[ \u00a0]*\d|[,，.．][ \u00a0]+\d")
_YEAR_AFTER_YEAR = re.compile(r"\s?[，,、；]\s?(?:19|20)\d\d年")
_SINCE_THEN = re.compile(r"(?:19|20)\d\d年(?:度|底|末|初)?(?:同期)?(?:的|为|是|仅)*+$")
_ROW = re.compile(r"\s?[、，和及与]\s?")
_AMONG_THOSE = re.compile(r"[（(][^（）()\d]{1,10}[）)](?=[^，。；：、]{0,6}(?:中|里))")
"""122个县（市、区）中有103个: the parenthesis belongs to the name of the whole."""
_TAIL_STOP = re.compile(r"[，。；：！？、（）()\n,;“”《》]|和|及|与|的(?!学)|，")


def read_passage(
    text: str,
    quantities: Sequence[Quantity],
    doubtful: Sequence[int] = (),
    readings: Mapping[int, tuple[Quantity, ...]] | None = None,
) -> Passage:
    """Return the text with its figures and what the words around each figure make of it.

    `doubtful` are places of figures that the repair of the text left in doubt, `readings` what else those may be.
    """
    segmentation = segment(text)
    reader = _MentionReader(text, segmentation, quantities)
    found = reader.read()
    ranges: list[tuple[int, int]] = []
    position = 0
    for number in range(len(segmentation.sentences)):
        first = position
        while position < len(found) and found[position].sentence == number:
            position += 1
        ranges.append((first, position))
    known = readings or {}
    told = {place for index in known for place in range(quantities[index].span.start, quantities[index].span.end)}
    return Passage(
        text,
        segmentation,
        tuple(quantities),
        tuple(found),
        tuple(ranges),
        tuple(sorted({*reader.torn, *doubtful})),
        known,
        tuple(sorted({*reader.torn, *(place for place in doubtful if place not in told)})),
    )


class _MentionReader:
    """Walks over the figures of one text once, with the boundaries on both sides of each."""

    def __init__(self, text: str, segmentation: Segmentation, quantities: Sequence[Quantity]) -> None:
        self.text = text
        self.cut = segmentation
        self.quantities = quantities
        self.parentheses = segmentation.parentheses
        self.opened = [one.span.start for one in segmentation.parentheses]
        self.around: dict[int, tuple[int, int, int]] = {}
        self.torn: list[int] = []
        self.dated = {one.span.end for one in quantities if one.kind in (Kind.YEAR, Kind.DATE)}
        told = (i for i, one in enumerate(quantities) if one.kind in _MEASURES and not self._is_place(one))
        measuring = [i for i in told if self._is_whole(quantities[i])]
        self.measuring = measuring[:MENTIONS_LIMIT]

    def _is_place(self, quantity: Quantity) -> bool:
        """Return whether a figure counts places of an order and no persons: 居前五位的依次为."""
        before = self.text[quantity.span.start - 1 : quantity.span.start]
        return quantity.unit in _PLACES and before in _ORDERED

    def _is_whole(self, quantity: Quantity) -> bool:
        """Return whether a figure is neither the mark of a footnote (4862人[1]) nor what a gap tore off (7 6所)."""
        start, end = quantity.span.start, quantity.span.end
        gap = self.text[start - 1 : start] in _GAP_MARKS
        if gap and self._ends_date(start):
            return True
        behind = not quantity.unit and (
            _TORN_BEHIND.match(self.text, end)
            or (self.text[start - 1 : start] not in _LINE_STARTS and _UNIT_ON_NEXT_LINE.match(self.text, end))
        )
        if gap and self._is_cell(start, end):
            return False
        if behind or (gap and _TORN_BEFORE.search(self.text[max(start - 5, 0) : start])):
            self.torn.append(start)
            return False
        if quantity.unit or quantity.decimals or end - start > 2 or start == 0:
            return True
        return not (self.text[start - 1] in _NOTE_OPENS and self.text[end : end + 1] in _NOTE_CLOSES)

    def _is_cell(self, start: int, end: int) -> bool:
        """Return whether a figure stands between gaps in a line without marks, as in a table printed as text."""
        first = max(self.text.rfind("\n", max(start - CELL_REACH, 0), start), start - CELL_REACH, 0)
        last = self.text.find("\n", end, end + CELL_REACH)
        line = self.text[first : last if last >= 0 else end + CELL_REACH]
        behind = self.text[end : end + 1]
        return (not behind or behind.isspace()) and _RUNNING.search(line) is None

    def _ends_date(self, start: int) -> bool:
        """Return whether a year or date ends right before the gap in front of a figure: 2023-08-09 18:47."""
        end = len(self.text[max(start - 4, 0) : start].rstrip()) + max(start - 4, 0)
        return any(end - back in self.dated for back in (0, 1))

    def read(self) -> list[Mention]:
        """Return the mentions in reading order."""
        found: list[Mention] = []
        previous_end = 0
        row = 0
        for place, index in enumerate(self.measuring):
            quantity = self.quantities[index]
            after = self.measuring[place + 1] if place + 1 < len(self.measuring) else None
            following = self.quantities[after].span.start if after is not None else len(self.text)
            one = self._mention(index, quantity, previous_end, following)
            if not (found and self._continues(found[-1], one)):
                _name_row(found, row)
                row = len(found)
            if row < len(found):
                before = found[-1]
                one = replace(one, each=before.each, noun=one.noun or before.noun)
                if before.role in _SAID_OF_ROW and one.role is not before.role and _ROW.fullmatch(one.lead or "、"):
                    # 分别减少1243万元、876万元和305万元: the word is said of the whole row.
                    one = replace(one, role=before.role, direction=before.direction, level=False)
            elif (found and self._of_earlier_year(found[-1], one)) or _compared_from(one):
                one = replace(one, role=Role.PREVIOUS, level=False)
            found.append(one)
            previous_end = quantity.span.end
        _name_row(found, row)
        return [self._settled(one, found, place) for place, one in enumerate(found)]

    def _continues(self, before: Mention, one: Mention) -> bool:
        """Return whether a figure goes on a row of figures: 人均支出分别为1194元、1260元."""
        left, right = before.quantity, one.quantity
        if left.unit != right.unit or before.sentence != one.sentence or right.span.start - left.span.end > 3:
            return False
        return _ROW.fullmatch(self.text, left.span.end, right.span.start) is not None

    def _of_earlier_year(self, before: Mention, one: Mention) -> bool:
        """Return whether a parenthesis right behind a figure gives that of another year: 94.6%（2015年为86.3%）."""
        left, right = before.quantity, one.quantity
        if one.role is not Role.LEVEL or one.parenthesis < 0 or left.unit != right.unit:
            return False
        opened = one.parenthesis - 1
        if _YEAR_AFTER_YEAR.match(self.text, right.span.end):
            # 342人（2021年96人，2022年112人，2023年134人）: the years of a list.
            return False
        return left.span.end == opened and _SINCE_THEN.fullmatch(one.lead) is not None

    def _settled(self, one: Mention, found: list[Mention], place: int) -> Mention:
        """Return the mention, a level again when 从 or 由 before it leads to nothing: 从基金调入1.2亿元."""
        if one.role is not Role.FROM:
            return one
        for steps, other in enumerate(found[place + 1 : place + 9]):
            if other.sentence != one.sentence or (steps >= 2 and other.clause_number != one.clause_number):
                break
            if other.role is Role.TO:
                return one
        behind = self.text[one.quantity.span.end : one.quantity.span.end + 20]
        if _LEADS_TO.match(behind):
            return one
        return replace(one, role=Role.LEVEL, level=True)

    def _mention(self, index: int, quantity: Quantity, previous_end: int, following: int) -> Mention:
        start, end = quantity.span.start, quantity.span.end
        depth, opened, closed = self._enclosing(start)
        clauses, items, parts = self.cut.clauses.starts, self.cut.items.starts, self.cut.parts.starts
        clause_number, part = bisect_right(clauses, start) - 1, bisect_right(parts, start) - 1
        floor = self._floor(clauses, clause_number, opened)
        item_floor = max(self._floor(items, bisect_right(items, start) - 1, opened), min(previous_end, start))
        raw_lead = self.text[self._lead_from(item_floor, start) : start]
        lead = _plain(raw_lead).lstrip("）)")
        clause = _plain(self.text[max(floor, start - CLAUSE_LIMIT) : start])
        if raw_lead.endswith(_CLOSED) and _OPENED.search(raw_lead) is None and not _DIGIT.search(clause[-LEAD_LIMIT:]):
            # 小规模学校（100人以下）57所: a note with a figure of its own stands between a name and its figure.
            lead = clause[-LEAD_LIMIT:]
        limit = min(following, end + TAIL_LIMIT, closed if closed >= 0 else len(self.text))
        tail = self.text[end:limit]
        if "（" in tail or "(" in tail:
            tail = _AMONG_THOSE.sub("", tail)
        if stop := _TAIL_STOP.search(tail):
            tail = tail[: stop.start()] + ("的" if stop[0].startswith("的") else "")
        tail = "".join(tail.split())
        if opened >= 0 and quantity.kind is Kind.PERCENT and self.text[opened:start].strip() == "":
            item = bisect_right(items, opened - 1) - 1
            before = _plain(self.text[max(opened - 1 - LEAD_LIMIT, self._floor(items, item, -1)) : opened - 1])
            if _COMPARED_WITH.search(before) or _ROUGH_SHARE.search(before):
                lead = clause = before
        said = _said(lead)
        role, direction = _role(quantity.kind, lead, clause if quantity.kind in _SAID_OF_CLAUSE else "")
        noun = _noun(lead, tail, role)
        if opened >= 0 and self.text[opened:start].strip() == "":
            item = bisect_right(items, opened - 1) - 1
            outer = self.text[max(opened - 1 - LEAD_LIMIT, self._floor(items, item, -1), 0) : opened - 1]
            noun = noun or _noun(_plain(outer), "", role)
        return Mention(
            index=index,
            quantity=quantity,
            role=role,
            direction=direction,
            lead=lead,
            tail=tail,
            clause=clause,
            noun=noun,
            sentence=self.cut.sentences.index_at(start),
            part=part,
            clause_number=clause_number,
            paragraph=self.cut.paragraphs.index_at(start),
            depth=depth,
            parenthesis=opened,
            total=said.total,
            summing=said.summing,
            each=said.each or "/" in quantity.unit,
            amount=quantity.kind in _AMOUNTS,
            level=role in _LEVELS,
            family=None if quantity.unit == "位" and _RANK.search(lead) else _family(quantity, lead),
            slack=_slack(quantity),
            topic=self.text[max(self._floor(parts, part, opened), start - TOPIC_LIMIT) : start],
            base=quantity.kind in _AMOUNTS and self._is_base(end, following),
        )

    def _lead_from(self, floor: int, start: int) -> int:
        """Return where the words before a figure begin; a long note in parentheses behind the name does not count."""
        first = max(floor, start - LEAD_LIMIT)
        closed = self.text.find("）", first, start)
        if closed >= 0:
            _, opened, _ = self._enclosing(closed - 1)
            if 0 <= opened < first and closed - opened <= NOTE_LIMIT:
                return max(floor, opened - 1 - LEAD_LIMIT)
        return first

    def _is_base(self, end: int, following: int) -> bool:
        """Return whether a percentage of the figure that ends here follows at once: 1500个的108%."""
        task = _OF_TASK.match(self.text, end, end + TASK_LIMIT)
        if task is not None:
            end = task.end()
        if following - end > 6 or not self.text.startswith("的", end):
            return False
        digits = _OF_IT.match(self.text, end + 1)
        return digits is not None and digits.end() == following and self._percent_at(following)

    def _percent_at(self, start: int) -> bool:
        """Return whether the percentage of some measuring figure begins at a place."""
        return _PERCENT.match(self.text, start) is not None

    def _enclosing(self, position: int) -> tuple[int, int, int]:
        """Return depth, start and end of the innermost parenthesis around a position; -1 without."""
        if not self.opened:
            return 0, -1, -1
        known = self.around.get(position)
        if known is not None:
            return known
        found = 0, -1, -1
        place = bisect_right(self.opened, position) - 1
        for one in self.parentheses[max(place - 5, 0) : place + 1][::-1]:
            if one.span.start <= position < one.span.end:
                found = one.depth, one.span.start, one.span.end
                break
        self.around[position] = found
        return found

    def _floor(self, starts: tuple[int, ...], number: int, opened: int) -> int:
        """Return where a stretch begins, told by its number; marks inside closed parentheses do not count."""
        start = starts[number]
        if not self.opened:
            return start
        for _ in range(4):
            if start == 0:
                break
            _, inner, _ = self._enclosing(start - 1)
            if inner < 0 or inner == opened or inner < opened:
                break
            start = starts[bisect_right(starts, inner - 1) - 1]
        return max(start, opened)


_SAID_OF_ROW = frozenset({Role.CHANGE, Role.EXCESS})


def _name_row(found: list[Mention], first: int) -> None:
    """Give the figures from a place on, which stand in a row, the names that 分别 deals them to."""
    if len(found) - first < 2 or not found[first].level:
        return
    names = names_dealt(found[first].clause)
    if len(names) == len(found) - first:
        found[first:] = [replace(one, noun=name) for one, name in zip(found[first:], names, strict=True)]


class _Said(NamedTuple):
    """What the words before a figure call it: a total, one that was added up, an amount per head or school."""

    total: bool
    summing: bool
    each: bool


@lru_cache(maxsize=_WORDS_KEPT)
def _said(lead: str) -> _Said:
    return _Said(
        bool(_TOTAL.search(lead)),
        bool(_SUMMING.search(lead)),
        bool(_EACH.search(lead)) and not lead.endswith("的") and not _BY_MEAN.search(lead),
    )


def _plain(text: str) -> str:
    """Return words without parentheses and gaps."""
    if _OPENED.search(text) is not None:
        text = _PARENTHESES.sub("", text)
    return "".join(text.split())


_AMOUNTS = frozenset({Kind.MONEY, Kind.COUNT, Kind.AREA, Kind.OTHER, Kind.SCORE})
_LEVELS = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_INSTITUTIONS = frozenset({"所", "家", "个", "个班", "处", "园", "校", "座", "学校"})
_PEOPLE = frozenset({"人", "名", "位", "师生"})
_NOTHING = Decimal(0)
COUNTABLE = frozenset({"所", "人"})
"""The families a bare number may belong to."""


_POSTS = re.compile(r"编制(?!类)|空编|缺编|超编|满编|岗位")


def _family(quantity: Quantity, lead: str) -> str | None:
    """Return the name of the units this one can be added to."""
    if quantity.upper is not None:
        return None
    if quantity.unit in _INSTITUTIONS:
        # A post is filled by a person: 编制5260个，实有5021人.
        return "人" if quantity.unit == "个" and _POSTS.search(lead) else "所"
    return "人" if quantity.unit in _PEOPLE else quantity.unit


def _slack(quantity: Quantity) -> Decimal | None:
    """Return how far the true value may lie from the written one, cut off or rounded."""
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None:
        return None
    if low == quantity.value == high:
        return _NOTHING
    return max(high - quantity.value, quantity.value - low) * 2


_RELATIVE = (Kind.PERCENT, Kind.PERCENTAGE_POINT)
_SAID_OF_CLAUSE = frozenset({*_RELATIVE, Kind.RATIO})


@lru_cache(maxsize=_WORDS_KEPT)
def _role(kind: Kind, lead: str, clause: str) -> tuple[Role, int]:
    """Return what a figure is in its sentence, and the direction when it is a change.

    `clause` is needed for the kinds of `_SAID_OF_CLAUSE` only, and empty for all others.
    """
    ending = lead[-24:]
    if _TO.search(ending) and not _WEAK_TO.search(ending):
        return Role.TO, 0
    change = _CHANGE.search(ending) or _MORE_THAN.search(ending)
    named = kind not in _SAID_OF_CLAUSE and _NAMED_CHANGE.search(ending)
    if change and not _NOT_CHANGE.search(ending) and not named:
        return Role.CHANGE, 1 if change["up"] else -1
    if kind is Kind.PERCENTAGE_POINT:
        direction = -1 if re.search("低|降|少|减", ending) else 1
        return Role.CHANGE if not _EXCESS.search(ending) else Role.EXCESS, direction
    if ending.endswith("同比") and kind not in _SAID_OF_CLAUSE:
        # 同比5.24亿元增支0.62亿元: what it was a year before.
        return Role.PREVIOUS, 0
    if _PREVIOUS.search(ending) and not _BUDGET_OF_YEAR.search(ending) and not _STARTS_FROM.search(ending):
        return Role.PREVIOUS, 0
    excess = _EXCESS.search(clause[-40:]) if kind in (*_RELATIVE, Kind.RATIO) else None
    if excess and not excess["what"]:
        excess = None if kind is Kind.PERCENT else excess
    if excess:
        return Role.EXCESS, 1 if excess["up"] else -1
    if _STARTS_FROM.search(ending):
        return Role.FROM, 0
    if kind is Kind.PERCENT and _SHARE.search(clause[-60:]):
        return Role.SHARE, 0
    if _BARE_TO.search(ending):
        return Role.TO, 0
    if _FROM.search(ending):
        return Role.FROM, 0
    return Role.LEVEL, 0


def _compared_from(one: Mention) -> bool:
    """Return whether what a figure is compared with is changed by the next: 较反馈时的66.9%提高6.7个百分点."""
    if one.role is not Role.LEVEL or not _CHANGED_NEXT.match(one.tail):
        return False
    return _THAN_THEN.match(one.lead) is not None and _NO_TIME.search(one.lead) is None


@lru_cache(maxsize=_WORDS_KEPT)
def _noun(lead: str, tail: str, role: Role) -> str:
    """Return the words that name what a figure counts."""
    if role is Role.CHANGE:
        return ""
    words = _HEAD_VERBS.sub("", _NOUN_PREFIX.sub("", _OWNER.sub("", lead)))
    if len(words) >= 2 or not tail:
        return words[-24:]
    if (among := _AMONG_NAMED.match(tail)) is not None:
        return among["noun"]
    return tail.removesuffix("中")[:14]


def span_of(passage: Passage, indexes: Sequence[int]) -> Span:
    """Return the stretch from the first to the last of some figures."""
    spans = [passage.quantities[i].span for i in indexes]
    return Span(min(one.start for one in spans), max(one.end for one in spans))
