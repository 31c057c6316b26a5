"""Figures told twice in different words, of which one has its digits out of order or one digit off.

Two places that speak of one thing seldom name it alike: 随迁子女在公办学校就读比例93.7% here, 随迁子女11423人，其中
10703人在公办学校就读，占93.7% there. Where the words of each stand among those around the other, and the two values
look like a slip of one another, one of them is taken for the other miswritten. Values that differ otherwise are left
to `same_measure`, which asks for one name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import Context, title_year
from dudao.claims.contradictions.differences import digits_of, fitting, is_digit_off
from dudao.claims.contradictions.facts import TOLD, prose_cells, prose_facts, unit_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.scopes import is_of_some
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity
from dudao.records import pickled_by_fields

CODE = "claims.contradiction.echo"
_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA})
_COEFFICIENT = "系数"
_ROLES = frozenset({Role.LEVEL, Role.TO, Role.SHARE, Role.FROM, Role.PREVIOUS})
_EARLIER = frozenset({Role.FROM, Role.PREVIOUS})
_LEAST_DIGITS = 3
_BEFORE = 90
_BEHIND = 16
_HEADING = 24
_OPENING = 30
"""A short sentence that opens its paragraph (三是高等教育进入普及化阶段。) says what the next one speaks of."""
_OWN_BEHIND = 12
_SHORT_OWN = 4
"""Fewer characters before a figure do not say what it counts."""
_ALIKE = 0.6
_ALIKE_BESIDE = 0.4
_LETTERS_ALIKE = 0.75
_LEAST_SHARED = 2
_APART = 30
_MOST = 12
"""So many figures of the same digits are held against each other, so that the work stays linear."""
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"普通(?=小学|中学)", ""),
        (r"中等职业(?:教育)?学校?|中职学校|职业学校|职业教育学校", "中职"),
        (r"幼儿园|学前教育(?=专任|教师|教职工)", "园"),
        (r"在校学生|在校生|(?<!小)学生", "生"),
        (r"在编教职工|教职员工", "教职工"),
        (r"新增加|新增|增加|净增", "增"),
        (r"公开招聘|新招聘|新补充|招聘|招录|招考|引进|补充", "招"),
        (r"改扩建|改建|扩建|建成|新建|建设", "建"),
        (r"累计投入|共投入|投入|投资|拨付|安排|落实|发放|支出", "投"),
        (r"受益|惠及|享受|覆盖", "惠"),
        (r"教师平均工资|教师年平均工资|教师年均工资", "教师工资"),
        (r"专任教师", "专师"),
        (r"学前教育", "学前"),
        (r"中小学校", "中小学"),
        (r"占比|比例|比重|占", "率"),
        (r"资金|经费", "资"),
    )
)
_EMPTY = re.compile(
    r"全[国省市县区旗州盟]|[我本][省市县区旗州盟]|目前|现有|共有|共计|总计|合计|累计|已有|达到|达|其中|为|的|了|已|均|在|由|从|到|"
    r"现有|现|上年同期|去年同期|上年|去年|同期|分别|依次|中小学|义务教育|各级各类|提高|提升|下降|降|约|近|有|共|总|虽|仅|只|面积|和|及|与|或|等|数|名|人|所|个|元|万|亿|平方米|公里|年度?|月|日|中$|[^\u4e00-\u9fff]"
)
_WEAK_WORDS = """
教育 学校 教师 学生 中小 小学 中学 初中 义务 务教 工作 建设 情况 实施 人员 资金 经费 项目 园园 率率
"""
_WEAK = frozenset(_WEAK_WORDS.split())
_SORTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(words)
    for words in (
        r"小学|初中|高中|中职|职业|技工|幼儿|学前|园|特殊教育|特教|高校|高等|教学点",
        r"公办|民办|普惠",
        r"农村|乡村|城区|城镇|县城|乡镇|本级|市直|县直|区直|牧区|山区",
        r"男|女|骨干|研究生|硕士|本科|专科|高级|中级|在编|编外|非在编|临聘|特岗|寄宿|留守|随迁|残疾|困难|贫困|脱贫|随班|送教",
        r"计划|预算|决算|在建|竣工|开工|缺|空编|超编|退休|调出|减少|压减|未|不足|欠",
        r"收入|支出|结余|结转",
        r"校舍|用地|占地|绿化|运动|宿舍|食堂",
        r"第[一二三四五六七八九十\d]{1,3}(?=[中小幼学高实])",
    )
)
_ONE_SORT = {"幼儿": "学前", "园": "学前", "特教": "特殊教育", "中职": "职业", "高等": "高校"}
_ALL_SCHOOLS = re.compile("中小学校?|义务教育|普通高中(?=高考)")
_MARKS = re.compile("[，。；！？\n]")
_NAMED = re.compile(
    r"(?<![全我本各县市省区])[\u4e00-\u9fff]{2,3}(?:县|(?<![城市县社学小校园地辖])区|(?<![县城])市|旗|镇|(?<!城)乡(?!村)|街道)(?=[\u4e00-\u9fff\d])"
    r"|[\u4e00-\u9fff]{2}(?:中学|小学|幼儿园)(?=[\u4e00-\u9fff]{0,4}\d)"
)
_NO_NAME = re.compile(
    r"[全我本各年到在向对于为中有的所等每]|落实|发放|实施|所有|各个|下辖|城乡|普通|乡镇|农村|公办|民办|普惠|新建|扩建|全部|中心|完全|初级|高级|义务|其中|多个"
)
_SAID_OF_THEM = re.compile("全部|全员|均|都|一律|用于|领取|享受|参加|参与|实现|达到|完成|获")
"""Behind a figure the name of what is counted ends here: 2361名专任教师全部持有教师资格."""
_FLOWS = re.compile("投|新增|增|新建|建|改|招|补|培训|发放|争取|拨|引进|交流|资助|惠|认定|创建|化解|消除|下达")
"""What is done in a year, and adds up over years."""
_WITHOUT = re.compile(r"(?:不含|不包括|不计|未含|扣除|剔除)[^（）()，。；]{0,8}|[（(]含[^（）()，。；]{0,6}")
_RUNNING = re.compile(r"累计|[近前]?[两三四五]年(?:来|间|共)?|以来|“?十[三四五]五”?(?:期间|以来)|历年")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Echo:
    """A figure with the words that say what it is.

    Attributes:
        quantity: the figure; its span counts characters of the repaired text.
        unit, place, period: as in `facts.Fact`; the period is empty where nothing tells it.
        own: the words that name it.
        wide: those words with all that its sentence says before and shortly behind.
        sentence: the number of its sentence.
        beside: the other figures of its sentence, as unit and value.
        some: whether it is told of some schools or one part of the place only.
        running: whether it adds up several years.
        each: whether it is an amount per head or school.
    """

    quantity: Quantity
    unit: str
    place: str
    period: str
    own: str
    wide: str
    sentence: int
    beside: frozenset[tuple[str, Decimal]]
    some: bool
    running: bool
    each: bool


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure that looks like an earlier one of the same thing miswritten."""
    echoes = echoes_of(reading, title_year(reading.text))
    values: dict[tuple[str, Decimal], int] = defaultdict(int)
    for one in echoes:
        values[one.unit, one.quantity.value] += 1
    found: list[Finding] = []
    told: set[int] = set()
    for earlier, later in pairs_of(echoes):
        starts = {earlier.quantity.span.start, later.quantity.span.start}
        apart = later.quantity.span.start - earlier.quantity.span.end >= _APART and earlier.sentence != later.sentence
        settled = min(values[one.unit, one.quantity.value] for one in (earlier, later)) > 1
        if not apart or settled or told & starts or not are_one(earlier, later):
            continue  # what stands in two places with each value is told of two things
        told |= starts
        found.append(_finding(earlier, later))
    return found


def echoes_of(reading: Reading, reported: str) -> list[Echo]:
    """Return the figures of a text that may be held against others, in reading order."""
    key = f"echoes {reported}"
    if key not in reading.worked_out:
        reading.worked_out[key] = list(_echoes_of(reading, reported))
    known: list[Echo] = reading.worked_out[key]
    return known


def _echoes_of(reading: Reading, reported: str) -> Iterator[Echo]:
    measures = {fact.quantity.span.start: fact for fact, _ in prose_facts(reading, reported)}
    contexts: dict[int, Context] = reading.worked_out.get(TOLD, {})
    tables = [table.span for table in reading.tables]
    cells = prose_cells(reading)
    own = own_place(reading.text)
    place = 0
    beside = _figures_of_sentences(reading)
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        span = mention.quantity.span
        while place < len(tables) and tables[place].end <= span.start:
            place += 1
        in_table = place < len(tables) and tables[place].start <= span.start
        if in_table and not any(cell.start <= span.start < cell.end for cell in cells):
            continue
        fact = measures.get(span.start)
        context = contexts.get(span.start, context)
        dated = (bool(context.period) and not context.inherited) or (fact is not None and fact.dated)
        if not _may_echo(reading, context, mention, dated=dated):
            continue
        if fact is not None and fact.aim:
            continue
        if fact is not None and fact.dated:
            context = replace(context, period=fact.period, inherited=False)
        yield _echo(reading, context, mention, fact.measure if fact else "", own, reported, beside)


def _figures_of_sentences(reading: Reading) -> dict[int, frozenset[tuple[str, Decimal]]]:
    """Return the figures of each sentence that two digits at least make unlikely to be met by chance."""
    found: dict[int, set[tuple[str, Decimal]]] = defaultdict(set)
    for mention in reading.passage.mentions:
        if len(digits_of(mention.quantity)) > 1 and mention.quantity.upper is None:
            found[mention.sentence].add((unit_of(mention.quantity), mention.quantity.value))
    return {sentence: frozenset(figures) for sentence, figures in found.items()}


def _may_echo(reading: Reading, context: Context, mention: Mention, *, dated: bool) -> bool:
    quantity = mention.quantity
    told = quantity.kind in _KINDS or (quantity.kind is Kind.OTHER and _COEFFICIENT in mention.clause)
    if not told or mention.role not in _ROLES or quantity.upper is not None:
        return False
    if quantity.approximation is not None or len(_written(quantity)) < _LEAST_DIGITS:
        return False
    if context.place == "?":
        return False
    if context.chapter is Chapter.PLANS:  # 由76.2%提高到80%: a plan begins with what is
        return mention.role is Role.FROM and not reading.passage.in_doubt(quantity)
    if context.aim or (mention.role in _EARLIER and not dated):
        return False
    return not reading.passage.in_doubt(quantity)


def _echo(
    reading: Reading,
    context: Context,
    mention: Mention,
    measure: str,
    own: str,
    reported: str,
    beside: dict[int, frozenset[tuple[str, Decimal]]],
) -> Echo:
    span, text = mention.quantity.span, reading.text
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    heading = reading.chapters.heading_at(span.start)
    name = measure or mention.lead
    if len(_plain(name)) < _SHORT_OWN:
        name = f"{name}{_SAID_OF_THEM.split(mention.tail, maxsplit=1)[0][:_OWN_BEHIND]}"
    before = text[max(sentence.start, span.start - _BEFORE) : span.start]
    line = text.rfind("\n", max(0, sentence.start - _OPENING - 1), sentence.start) + 1
    opening = text[line : sentence.start] if line else ""
    above = heading if len(heading) <= _HEADING else ""
    behind = _MARKS.split(text[span.end : min(sentence.end, span.end + _BEHIND)], maxsplit=1)[0]
    wide = f"{above}，{opening}，{before}，{behind}"
    wide = wide.replace(own, "") if own else wide
    dated = context.period if not context.inherited and context.chapter is not Chapter.PLANS else ""
    return Echo(
        mention.quantity,
        unit_of(mention.quantity),
        "" if context.place.startswith("全") or context.place == own else context.place,
        dated or reported,
        name.replace(own, "") if own else name,
        f"{wide}，{name}",
        mention.sentence,
        beside.get(mention.sentence, frozenset()),
        is_of_some(reading, mention, listed=True),
        not dated and _adds_up(mention, name, before),
        mention.each,
    )


def _adds_up(mention: Mention, name: str, before: str) -> bool:
    """Return whether a figure adds up what was done in several years."""
    flows = mention.quantity.kind is not Kind.PERCENT and _FLOWS.search(f"{mention.lead}{name}")
    return bool(flows) and _RUNNING.search(before) is not None


def pairs_of(echoes: Iterable[Echo]) -> Iterator[tuple[Echo, Echo]]:
    """Yield the pairs whose values look like a slip of one another, the earlier one first."""
    known: dict[tuple[object, ...], list[Echo]] = defaultdict(list)
    for later in echoes:
        seen: set[int] = set()
        for key in slip_keys(later):
            for earlier in known[key]:
                if id(earlier) not in seen and slipped(earlier.quantity, later.quantity):
                    seen.add(id(earlier))
                    yield earlier, later
            if len(known[key]) < _MOST:
                known[key].append(later)


def slip_keys(echo: Echo) -> Sequence[tuple[object, ...]]:
    """Return names that a figure shares with every one that looks like a slip of it."""
    digits = _written(echo.quantity)
    keys: list[tuple[object, ...]] = [(echo.unit, "".join(sorted(digits)))]
    if len(digits) > _LEAST_DIGITS:
        keys.extend((echo.unit, digits[:place], digits[place + 1 :]) for place in range(len(digits)))
    return keys


def slipped(one: Quantity, other: Quantity) -> bool:
    """Return whether two values have the same digits in another order, or differ in one digit of four or more."""
    low, high = sorted((abs(one.value), abs(other.value)))
    if one.interval.meets(other.interval) or low == 0 or high / low >= 10:
        return False
    left, right = _written(one), _written(other)
    if one.scale != other.scale or one.decimals != other.decimals:
        left, right = left.rstrip("0"), right.rstrip("0")
    if left == right:
        return False
    return sorted(left) == sorted(right) or is_digit_off(one, other)


def _written(quantity: Quantity) -> str:
    """Return the digits of a figure as they are written, noughts at the end among them."""
    return format(quantity.value / quantity.scale, f".{quantity.decimals}f").replace(".", "").lstrip("0")


def are_one(one: Echo, other: Echo) -> bool:
    """Return whether the words around two figures speak of one thing, at one time, in one place.

    Words that differ more may still tell one thing where another figure stands beside both.
    """
    if one.unit != other.unit or one.each != other.each or one.place != other.place or not _of_one_sort(one, other):
        return False
    if one.period != other.period and one.period and other.period:
        return False
    if (one.unit, one.quantity.value) in other.beside or (other.unit, other.quantity.value) in one.beside:
        return False  # one sentence tells both values
    names = _names(one)
    if names != _names(other):
        return False
    beside = one.beside & other.beside
    if any(len(format(value.normalize(), "f").replace(".", "").strip("0")) >= _LEAST_DIGITS for _, value in beside):
        return True  # two sentences that share one figure of so many digits tell one thing
    anchored = bool(beside)
    if not (anchored or names) and (one.some != other.some or one.running != other.running):
        return False
    left, right = _pairs(one.own), _pairs(other.own)
    wide_left, wide_right = _pairs(one.wide), _pairs(other.wide)
    telling = ((left & wide_right) | (right & wide_left)) - _WEAK
    alike = min(_within(left, wide_right), _within(right, wide_left))
    named = len(digits_of(one.quantity)) > _LEAST_DIGITS or _sorts(_SORTS[0], one.wide) & _sorts(_SORTS[0], other.wide)
    if left == right and left and named:
        return True
    if anchored or alike == 1:
        return bool(telling) and alike >= _ALIKE_BESIDE
    letters = min(_letters(one.own, other.wide), _letters(other.own, one.wide))
    return len(telling) >= _LEAST_SHARED and (alike >= _ALIKE or letters >= _LETTERS_ALIKE)


def _of_one_sort(one: Echo, other: Echo) -> bool:
    """Return whether neither figure is narrowed to a kind of school or people that the other is not told of."""
    for sort in _SORTS:
        left, right = _sorts(sort, one.own), _sorts(sort, other.own)
        if not left <= _sorts(sort, other.wide) or not right <= _sorts(sort, one.wide):
            return False
    return True


def _sorts(sort: re.Pattern[str], words: str) -> set[str]:
    return {_ONE_SORT.get(one, one) for one in sort.findall(_ALL_SCHOOLS.sub("", words))}


def _names(echo: Echo) -> set[str]:
    """Return the towns and schools named in the sentence of a figure, and what is said not to be counted."""
    named = {match[0] for match in _NAMED.finditer(echo.wide) if not _NO_NAME.search(match[0])}
    return named | set(_WITHOUT.findall(echo.wide))


def _within(own: frozenset[str], wide: frozenset[str]) -> float:
    return len(own & wide) / len(own) if own else 1.0


def _letters(own: str, wide: str) -> float:
    letters, around = set(_plain(own)), set(_plain(wide))
    return len(letters & around) / len(letters) if letters else 1.0


def _plain(words: str) -> str:
    for pattern, instead in _SAME:
        words = pattern.sub(instead, words)
    return _EMPTY.sub("", words)


def _pairs(words: str) -> frozenset[str]:
    plain = _plain(words)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _finding(earlier: Echo, later: Echo) -> Finding:
    right, written = earlier.quantity, later.quantity
    return Finding(
        CODE,
        Level.WARNING,
        Span(written.span.start, written.span.end),
        f"此处为{written.text}，前文同一事项为{right.text}，两个数只差一位数字或数字次序不同，似有一处写错。"
        f"如前文无误，此处应为{fitting(right, written)}。",
        related=(right.span,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
