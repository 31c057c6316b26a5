"""A count that a later paragraph takes up as known: 查看学校136所 here, 在查看的138所学校中 there.

Words like 的, 中, 用好 say that the figure was told before, so it tells nothing anew. Where all that is told in those
words has one other value, and nothing told in them has this one, one of the two is wrong, however they differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dudao.claims.chapters import Chapter
from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import digits_of_value, is_turned
from dudao.claims.contradictions.echo_words import SORTS, WEAK, names_in, pairs, plain, sorts
from dudao.claims.contradictions.echoes import GROWN, Echo, all_echoes, echoes_and_aims
from dudao.claims.contradictions.facts import unit_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.retold import told_otherwise
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.quantities.model import Kind

CODE = "claims.contradiction.taken_up"
_KNOWN_BEFORE = re.compile(
    r"(?P<deed>[\u4e00-\u9fff“”]{2,14})的(?P<noun>[\u4e00-\u9fff]{0,8})$"
    r"|(?P<rest>剩余|余下|其余|尚未整改|未整改)(?:的)?$"
    r"|(?:用[好足]|盘活|办好|管好|依托|巩固|发挥好?|优化)(?:现有|全[市县区旗州])?(?P<used>[\u4e00-\u9fff]{0,6})$"
)
_AMONG = re.compile(r"(?P<noun>[\u4e00-\u9fff“”]{0,16}?)(?:(?<![初高集])[中里](?![小学央心职等层高])[，,]?)")
_NOUN_BEHIND = re.compile(
    r"(?P<noun>(?:(?:参与|参加|享受|获得|通过|完成|承担)[\u4e00-\u9fff“”]{1,6}的)?[\u4e00-\u9fff“”]{2,12}?)(?=的?(?:示范(?=[作引带辐效性])|辐射|带动|引领|作用)|主要|大多|多为|集中|分布|[仍均都已尚还未有的在要与对以后因由需仅只为是不可能缺偏较过]|没有|反映|要于"
    r"|成果|基础上|多[在数为]|平均|办学|运转|力量|作用|难以|辐射|带动|受益|倒排|实行|返回|优化|质量|进行|开展|服务期|使用|功能|布局|逐[步所个]|流失|年龄|一年|住进|整改|涉及|所需|应用|建设水平|运行|$)"
)
_WORK_OF = re.compile("的?(?:示范(?=[作引带辐效性])|辐射|带动|引领|作用)")
"""16所示范校的带动作用不明显 speaks of all there are."""
_IN_USE = re.compile(
    r"(?:用[好足]|盘活|办好|管好|依托|发挥好)(?:现有|全[市县区旗州])?(?:[\d.]+[\u4e00-\u9fff]{2,10}[、和及与])*[\u4e00-\u9fff]{0,6}$"
)
_WHOLE_TAIL = re.compile(r"(?P<noun>[\u4e00-\u9fff“”]{2,10}?)(?=[，。；、和及与]|的(?:作用|优势|效益|功能|资源))")
_TAIL = re.compile(r"[^，。；、：（）()\d\n]{0,24}")
_REST = ("剩余", "余下", "其余", "现有", "已有")
_LED_BY = re.compile(
    r"^(?:\d{0,4}年)?(?:[对把让使将]|在(?!建)|继续|充分|切实|进一步|全力|加快|抓紧|推进|确保|推动|用足|[用管办]好|盘活|依托|巩固|发挥好?|优化)+"
)
_SOME = re.compile(r"其中|部分|个别|有的|少数|多数|某|该|抽[查测样]|试点|新增|另有|其他|各|每")
_TELLS_ANEW = re.compile(
    r"上年|去年|往年|拟|计划|力争|目标|再|每|要求|按照|规定|标准|以上|以下|不足|超过|低于|高于"
    r"|(?:新|达到|实现|共)(?![\u4e00-\u9fff]{0,8}的[\u4e00-\u9fff]{0,8}$)"
)
_OF_THE_REST = re.compile(r"(?:剩余|余下|其余|未整改)的?$")
_IS_LEFT = re.compile(r"剩余|余下|其余|[还尚仍]有|未|没有|[降减][低少]?[为至到]")
_NUMBERED = re.compile("^[一二三四五六七八九十]是")
JOINT = "|"
"""Parts the deed by which a count is known from what is counted."""
_COUNTED_PLACES = re.compile("^(?:乡镇|街道|镇街|县区|县|区|乡|镇)的")
"""抽查8个乡镇的26所学校: the towns are counted before, they narrow no school."""
_CHECKED = "抽查"
"""Of the schools that were looked at so many are taken up: 抽查26所学校, 被抽查的28所学校中."""
_WITH_ALL = re.compile("^[与同]$")
_HANDLED = re.compile(r"^(?:[一二三四五六七八九十]是)?(?:[对把将在]|对照|围绕|针对|聚焦)$")
_NEW_TEACHERS = re.compile(r"(?<![\u4e00-\u9fff])新(?:进|任)?教师$")
"""327名新教师中 are those that were taken on: 招聘教师327名."""
_LOOKED_AT = re.compile("被?(?P<deed>抽查|抽测|查看|走访)的?")
_STAGE_ALONE = re.compile("幼儿园|小学|初中|普通高中|教学点|中职学校|中等职业学校")
_FUNCTION = re.compile(r"剩余|余下|其余|尚|仍|还|的|现有|全部|所有|这|上述")
_NEGATION = re.compile(r"没有|尚未|还未|仍未|未能")
_LEAST, _TIMES = 2, 2
_WITHIN = 0.65
_PARTLY = 0.5
"""A figure of that value around which so many of the words stand may be the one taken up."""
_RUNNING = re.compile(r"累计|[近前]?[两三四五]年(?:来|间|共)?|以来|历年")
_BEGAN = re.compile("[由从]|(?:减少|压减|下降|降低?)[到至为]")
_OF_ALL = re.compile("教师|教职工|学生|在校|学校")
_STAGE = re.compile("义务教育|基础教育|高中阶段")
_HEAD = 2
_DEED = 3
_BEFORE = 60
_HELD = 80
"""So many figures of one unit that are taken up are held against those told, so that the work stays bounded."""
_OF_ONE_UNIT = 400
_EARLIER = frozenset({Role.FROM, Role.PREVIOUS})
_STATED = frozenset({Role.LEVEL, Role.TO, Role.CHANGE, Role.SHARE})


@dataclass(frozen=True, slots=True)
class _Taken:
    """A count taken up as known, the words by which it is, and all that its sentence says around it."""

    mention: Mention
    name: str
    wide: str
    place: str
    running: bool


@dataclass(frozen=True, slots=True)
class _Told:
    echo: Echo
    mention: Mention
    around: frozenset[str]


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each count taken up as known whose words are told with one other value."""
    taken = list(islice(_taken(reading), _HELD))
    if not taken:
        return []
    by_unit: dict[str, list[_Told]] = defaultdict(list)
    mentions = {one.quantity.span.start: one for one in reading.passage.mentions}
    for echo in all_echoes(reading, title_year(reading.text)):
        mention = mentions.get(echo.quantity.span.start)
        known = by_unit[echo.unit]
        if mention is None or echo.unit in ("%", GROWN) or len(known) >= _OF_ONE_UNIT:
            continue
        if not known or known[-1].mention is not mention:
            known.append(_Told(echo, mention, pairs(_words_around(reading, mention)) | pairs(echo.own)))
    found: list[Finding] = []
    for later in taken:
        earlier = _told_otherwise(later, by_unit[unit_of(later.mention.quantity)])
        if earlier is not None:
            found.append(told_otherwise(CODE, earlier.echo.quantity, later.mention.quantity))
    return found


def _taken(reading: Reading) -> Iterator[_Taken]:
    """Yield the counts of a text that it takes up as known."""
    echoes = {one.quantity.span.start: one for one in echoes_and_aims(reading, title_year(reading.text))}
    for mention in reading.passage.mentions:
        name = known_by(reading, mention)
        if not name or reading.passage.in_doubt(mention.quantity):
            continue
        echo = echoes.get(mention.quantity.span.start)
        wide = echo.wide if echo else _words_around(reading, mention)
        running = _RUNNING.search(f"{mention.topic}{mention.lead}") is not None
        yield _Taken(mention, name, wide, echo.place if echo else "", running)


def known_by(reading: Reading, mention: Mention) -> str:
    """Return the words by which a count is taken up as known; empty where it may be told anew."""
    quantity = mention.quantity
    if quantity.kind is not Kind.COUNT or quantity.upper is not None or mention.each or mention.depth:
        return ""
    if quantity.approximation is not None or quantity.value < _LEAST or mention.role not in _STATED:
        return ""
    if _SOME.search(mention.lead) or _TELLS_ANEW.search(mention.lead):
        return ""
    match = _TAIL.match(reading.text, quantity.span.end)
    tail = match[0] if match else ""
    behind = "" if (match := _NOUN_BEHIND.match(tail)) is None else match["noun"]
    lead = _LED_BY.sub("", _NUMBERED.sub("", mention.lead))
    before = _KNOWN_BEFORE.search(mention.lead)
    deed = _LED_BY.sub("", before["deed"] or "") if before else ""
    if deed.endswith(_REST):
        deed = ""
    among = _AMONG.match(tail)
    if among is not None:
        words = f"{deed}{JOINT}{before['noun'] or ''}" if before else lead
        name = f"{words}{among['noun']}"
    elif before is not None:
        if before["noun"] or not (behind or before["used"]):
            return ""  # 全部达标的县34个 tells anew
        name = f"{deed}{JOINT}{before['used'] or ''}{behind}"
    elif thing := _in_hand(reading, mention):
        name = thing
    elif behind and not lead and _WORK_OF.match(tail, len(behind)):
        name = behind
    elif behind and ((not lead and _opens(reading, mention)) or _is_handled(reading, mention)):
        name = behind.replace("的", JOINT)  # 134名参与交流的骨干教师
    else:
        return ""
    name = _NEW_TEACHERS.sub("招聘教师", name)
    return _FUNCTION.sub("", _LOOKED_AT.sub(rf"\g<deed>{JOINT}", _NEGATION.sub("未", name)))


def words_of(name: str) -> frozenset[str]:
    """Return the pairs of characters of a name, those of the deed and those of what is counted each by themselves."""
    apart = frozenset[str]().union(*(pairs(one) for one in name.split(JOINT)))
    return apart if apart - WEAK else pairs(name)  # 招 of 新招聘 is no pair


def _in_hand(reading: Reading, mention: Mention) -> str:
    """Return what is counted behind a figure where plans make use of all there are: 管好用好26片球场和189间功能室."""
    start = reading.passage.segmentation.sentences.span(mention.sentence).start
    before = reading.text[max(start, mention.quantity.span.start - _BEFORE) : mention.quantity.span.start]
    used = _IN_USE.search(before)
    thing = _WHOLE_TAIL.match(reading.text, mention.quantity.span.end)
    return thing["noun"] if used and thing else ""


def _is_handled(reading: Reading, mention: Mention) -> bool:
    """Return whether problems or plans do something with all there are: 对412名督学开展轮训, 在14个工作室基础上."""
    chapter = reading.chapters.at(mention.quantity.span.start)
    if chapter is Chapter.PROBLEMS and _WITH_ALL.match(mention.lead):
        return True  # 与27家企业的合作不够深入
    return chapter is Chapter.PLANS and _HANDLED.search(mention.lead) is not None


def _opens(reading: Reading, mention: Mention) -> bool:
    """Return whether a figure begins a sentence of a chapter of problems: 231名空编中……, 6起违规收费问题反映出……."""
    if reading.chapters.at(mention.quantity.span.start) is not Chapter.PROBLEMS:
        return False
    before = reading.text[max(0, mention.quantity.span.start - 3) : mention.quantity.span.start]
    return before[-1:] in "。；\n" or before[-1:].isspace() or _NUMBERED.search(before[-2:]) is not None


def _words_around(reading: Reading, mention: Mention) -> str:
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    start = max(sentence.start, mention.quantity.span.start - _BEFORE)
    before = reading.text[start : mention.quantity.span.start]
    return _NEGATION.sub("未", f"{before}，{mention.tail}")


def _told_otherwise(later: _Taken, told: Sequence[_Told]) -> _Told | None:
    """Return the one figure that tells what a later one takes up with another value; None without, or for several."""
    own = words_of(later.name)
    stage = plain(later.name) if _STAGE_ALONE.fullmatch(later.name) else ""
    if not own - WEAK and not stage:
        return None
    candidates = list(_all_of_stage(later, stage, told) if stage else _candidates(later, own, told))
    form = plain(later.name)
    candidates = [one for one in candidates if form in _named(one)] or candidates
    if _OF_THE_REST.search(later.mention.lead):
        candidates = [one for one in candidates if _IS_LEFT.search(f"{one.mention.lead}，{one.mention.tail}")]
    values = {one.echo.quantity.value for one in candidates}
    if len(values) > 1 and 2 * max(values) == sum(values):  # 督学412名，其中州级63名、县级349名
        values = {max(values)}
        candidates = [one for one in candidates if one.echo.quantity.value in values]
    if len(values) != 1:
        return None
    earlier = candidates[-1]
    right, written = earlier.echo.quantity, later.mention.quantity
    if right.span.start > written.span.start or right.interval.meets(written.interval):
        return None
    if any(len(own & one.around) >= _PARTLY * len(own) for one in _twins(later, told)):
        return None
    low, high = sorted((right.value, written.value))
    near = high <= _TIMES * low or is_turned(right, written)
    alike = near or _drops_a_digit(digits_of_value(low), digits_of_value(high))
    return earlier if low >= _LEAST and alike else None


def _drops_a_digit(short: str, long: str) -> bool:
    """Return whether one figure is another without its first or last digit: 7, 17."""
    return len(long) == len(short) + 1 and (long.startswith(short) or long.endswith(short))


def _twins(later: _Taken, told: Sequence[_Told]) -> Iterator[_Told]:
    """Yield the figures of that value in other paragraphs."""
    value = later.mention.quantity.value
    for one in told:
        if one.echo.quantity.value == value and one.mention.paragraph != later.mention.paragraph:
            yield one


def _candidates(later: _Taken, own: frozenset[str], told: Sequence[_Told]) -> Iterator[_Told]:
    """Yield the figures of other paragraphs around which the words stand that take up the later one."""
    form = plain(later.name)
    for one in told:
        if one.mention.paragraph == later.mention.paragraph or one.mention.role in _EARLIER:
            continue
        if len(own & one.around) < _WITHIN * len(own) or not (own & one.around) - WEAK:
            continue
        some = one.echo.some and not (_CHECKED in later.name and _CHECKED in one.mention.lead + one.mention.clause)
        if some or one.echo.place not in ("", later.place) or one.echo.each:
            continue
        before = _BEGAN.split(one.mention.clause)[0] if one.mention.role is Role.TO else one.mention.lead
        before = _COUNTED_PLACES.sub("", before)
        named = tuple(plain(_NEGATION.sub("未", words)) for words in (before, one.mention.tail, one.echo.own))
        if not (_beside(form, named) if len(form) <= _HEAD else _names(form, named)):
            continue
        if names_in(before) - names_in(later.wide) or names_in(later.mention.lead) - names_in(one.echo.wide):
            continue
        if any(not sorts(sort, before) <= sorts(sort, f"{later.wide}{later.name}") for sort in SORTS):
            continue
        of_all = _OF_ALL.search(later.name) and not _STAGE.search(f"{later.mention.lead}{later.name}")
        if of_all and _STAGE.search(before):
            continue  # 义务教育专任教师31846人 are not all 专任教师
        if one.echo.running or not later.running:
            yield one


def _all_of_stage(later: _Taken, stage: str, told: Sequence[_Told]) -> Iterator[_Told]:
    """Yield the figures of other paragraphs that count all schools of a kind: 幼儿园139所, 149所幼儿园中."""
    for one in told:
        echo = one.echo
        if plain(echo.own) != stage or echo.some or echo.running or echo.place or echo.each or echo.aim:
            continue
        if one.mention.paragraph != later.mention.paragraph and not names_in(echo.wide):
            yield one


def _named(one: _Told) -> str:
    """Return the words right around a figure in one form."""
    return plain(f"{one.mention.lead}，{one.mention.tail}")


def _beside(form: str, named: Sequence[str]) -> bool:
    """Return whether a short name stands right before or behind a figure."""
    before, behind, own = named
    return before.endswith(form) or behind.startswith(form) or own == form


def _names(form: str, named: Sequence[str]) -> bool:
    """Return whether the thing counted, or the deed by which it is known, stands right around a figure."""
    deed = form[:_HEAD] if form[:_HEAD] not in WEAK else form[:_DEED]
    return any(form[-_HEAD:] in words or deed in words for words in named)
