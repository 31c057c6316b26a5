"""The same measure, place and period with two values that no rounding joins."""

import re
from collections import defaultdict
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import KEPT_SHORT, Context, title_year
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind, Quantity

CODE = "claims.contradiction.same_measure"
_COMPARABLE = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA, Kind.RATIO})
_FAR = Decimal("1.34")
_UNIT_SLIPS = frozenset({Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000)})
_STATED = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_SCOPES = re.compile(
    r"民办|公办|农村|乡村|城区|城镇|寄宿|集团|特殊教育|特教|职业|中职|高职|高中|初中|小学|中小学|学前|幼儿|义务教育|高等|高校|普惠|市直|直属|县域|城乡"
)
_RATE = re.compile(r"(?:率|占比|比例|比重)$")
# Counts of doings (会议3次, 培训200人, 印发7个文件) may be told of different occasions in the same words.
_DOINGS = re.compile(
    r"会议|培训|活动|检查|督查|排查|组织|开展|举办|召开|印发|制定|出台|下发|发放|查处|整改|参与|参加|选派|招聘|投入|安排|下达|拨付|争取|新增|新建|"
    r"改扩建|改造|建设|打造|培养|选取|推荐|购置|补充|追加|追加|完成|资助|惠及|受益|认定|增加|配套|奖励|补助|报名|录取|收到|接收|同比|按照|通过|利用|用于|"
    r"分别|不足|每|最|超|首|第"
)


def find(reading: Reading) -> list[Finding]:
    """Return a finding for each later value that cannot be the first one; certain where the year is written."""
    reported = title_year(reading.text)
    groups: dict[tuple[str, str, str, str], list[tuple[Context, Mention]]] = defaultdict(list)
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        if is_comparable(reading, context, mention):
            quantity = reading.quantity(context)
            period = context.period or reported
            groups[context.measure, _place(context.place), period, quantity.unit].append((context, mention))
    found: list[Finding] = []
    for (measure, _, period, _), members in groups.items():
        first = members[0][0]
        for context, _mention in members[1:]:
            quantity, earlier = reading.quantity(context), reading.quantity(first)
            if quantity.interval.meets(earlier.interval) or not same_scope(
                first.measure, heading_of(reading, first), heading_of(reading, context)
            ):
                continue
            if quantity.span.start - earlier.span.start < 12:
                continue
            found.append(_finding(measure, period, earlier, quantity, sure=_is_dated(first) and _is_dated(context)))
            break
    return found


def _is_dated(context: Context) -> bool:
    return bool(context.period) and not context.inherited


def _place(place: str) -> str:
    """Return one name for the document's own level, written or not."""
    return "" if place.startswith("全") else place


def is_comparable(reading: Reading, context: Context, mention: Mention) -> bool:
    """Return whether a figure states a fact in words clear enough to be held against another place."""
    quantity = mention.quantity
    if quantity.kind not in _COMPARABLE or quantity.upper is not None or context.role not in _STATED:
        return False
    if not context.measure or context.aim or context.partial or context.place == "?":
        return False
    if context.chapter is Chapter.PLANS or (len(context.measure) < 4 and context.measure not in KEPT_SHORT):
        return False
    if context.measure in KEPT_SHORT and _said_of_some(reading, mention):
        return False
    if _DOINGS.search(context.measure) or len(context.measure) > 24 or mention.each:
        return False
    if not (context.place or (context.period and not context.inherited)):
        return False  # nothing says that the sentence speaks of the whole place and not of one kind of school
    if quantity.kind is Kind.PERCENT and len(context.measure) >= 6 and _RATE.search(context.measure):
        return True
    return _opens_its_sentence(reading, mention) or mention.total or context.measure in KEPT_SHORT


def _said_of_some(reading: Reading, mention: Mention) -> bool:
    """Return whether a short name is said of the schools just counted: 普惠性幼儿园151所，在园幼儿35608人."""
    first, last = reading.passage.sentences[mention.sentence]
    before = [one for one in reading.passage.mentions[first:last] if one.index < mention.index]
    return mention.amount and bool(before) and before[-1].family == "所" and before[-1].noun not in ("幼儿园", "学校")


def _opens_its_sentence(reading: Reading, mention: Mention) -> bool:
    first, _ = reading.passage.sentences[mention.sentence]
    return reading.passage.mentions[first].index == mention.index


def heading_of(reading: Reading, context: Context) -> str:
    """Return the nearest heading above a figure."""
    return reading.chapters.heading_at(reading.quantity(context).span.start)


def same_scope(measure: str, one: str, other: str) -> bool:
    """Return whether neither of two headings narrows the measure to a kind of school it does not name."""
    left, right = set(_SCOPES.findall(one)), set(_SCOPES.findall(other))
    named = set(_SCOPES.findall(measure))
    if "园" in measure or "幼儿" in measure:
        named.add("学前")  # 普惠性幼儿园覆盖率 under a heading 学前教育 is not narrowed by it
    return left == right or (left <= named and right <= named)


def level_of(one: Quantity, other: Quantity, *, sure: bool) -> Level:
    """Return how much a difference weighs: far apart, two figures rather differ in scope than by a slip.

    A value ten, a hundred or ten thousand times the other is a slip of the unit, and no difference of scope.
    """
    low, high = sorted((abs(one.value), abs(other.value)))
    near = low != 0 and (high / low <= _FAR or sorted(_digits(one)) == sorted(_digits(other)))
    if low != 0 and high / low in _UNIT_SLIPS:
        return Level.WARNING
    if not near:
        return Level.NOTE
    return Level.ERROR if sure else Level.WARNING


def _digits(quantity: Quantity) -> str:
    """Return the digits of a value, so that 29 and 92 are seen to be the same digits in another order."""
    return format(quantity.value, "f").replace(".", "").strip("0")


def _finding(measure: str, period: str, earlier: Quantity, later: Quantity, *, sure: bool) -> Finding:
    when = f"（{period.rstrip('~')}）" if period else ""
    return Finding(
        CODE,
        level_of(earlier, later, sure=sure),
        later.span,
        f"“{measure}”{when}前后两处不同：此处为{later.text}，前文为{earlier.text}，四舍五入也不能相合。",
        related=(earlier.span,),
        remedy="请核对原始数据，统一两处数字；如口径不同，请在文中分别注明。",
    )
