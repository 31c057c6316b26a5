"""What a report of rectification quotes of the opinion it answers: 针对空编252名的问题 here, 空编252名 there.

Such a figure is none of the report's own: the opinion must have it. Where the opinion has one figure in those words and
it is another one, either the report misquotes it or speaks of something that was not found.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from dudao.claims.contradictions.differences import digits_of, is_near, is_slip, is_turned
from dudao.claims.contradictions.echo_slips import slipped
from dudao.claims.contradictions.echo_words import SORTS, WEAK, names_in, no_other_sort, pairs, plain, sorts, within
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.ties.model import FilePlace
from dudao.claims.ties.planned import Planned
from dudao.documents.model import Document
from dudao.quantities.model import Kind

_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA, Kind.SCORE})
_QUOTES = re.compile(r"针对|反馈|指出|督导组|评估组|查看|抽查|综合得分")
_UNDONE = re.compile(
    r"(?:未|没有|不足|缺|拖欠|欠|少|滞[留拨]|截留|挤占|超|长期|借调|借用|低于|仍有|达不到)[\u4e00-\u9fff]{0,12}的$"
)
_GAP = re.compile(r"补[足齐](?:了)?(?:(?:19|20)\d\d年)?[\u4e00-\u9fff]{0,6}(?:缺口|缺额|欠[款账])(?:的)?$")
_TITLE_OF_PROBLEM = re.compile(r"关于[“\"][^“”\"\n]{2,40}[”\"](?:的)?问题。$")
_ALL_MENDED = re.compile(
    r"[^，。；\d]{0,20}?(?:(?:已于[^，。；]{0,12}?(?:前|日|月|底)?)?(?:全部|全额|悉数|均已?|都已?)|已经?|完成整改)[^，。；\d]{0,4}"
    r"(?:补发|发放|拆除|配齐|返[回岗校]|整改|兑现|拨付|消除|清退|补齐|完成|到位|配备|纳入|安装|化解|偿还|规范|列入|$)"
)
_IN_FULL = re.compile(r"[^，。；\d]{0,20}?(?:全部|全额|悉数)")
_ABOUT = re.compile(r"关于[^，。；：\d\n]{2,30}$|关于$")
_PROBLEM_BEHIND = re.compile(r"[^，。；：\n]{0,20}?的?问题")
_PART_MENDED = re.compile(
    r"[\u4e00-\u9fff“”]{2,20}?(?:中|已|当年|目前)*(?:消除|化解|整改|完成|建成|清退|返岗|归还|配备)[^，。；\d]{0,4}\d"
)
"""27个初中大班额消除24个: so many were found of which so many are mended."""
_WITH_MONEY = re.compile(r"(?P<whose>[^，。；\d]{0,10})[\d.]+[万亿]?元(?P<behind>[^，。；\d]{2,20})")
"""23家机构186.3万元预收费已全部纳入监管."""
_ITEMS = re.compile("、")
_HANDLED = re.compile(r"(?:^|[、.．])对$")
_SOME_OF_THEM = re.compile("中[，,]|.{0,2}其中")
_SINCE = re.compile(r"已于?|全部|均|都|完成整改")
_OF_NOW = re.compile(r"已|现|新|补充|招|投入|完成|整改(?!前)|达到|提高到|[降减][低少]?[到至为]|今年|截至")
_CHANGED = re.compile(r"比上年|较上年|同比|提高|增加")
_CLAUSES = re.compile(r"[，。；！？\n]")
_BEHIND = re.compile(r"[^，。；！？\d\n]{0,14}")
_PIECES = re.compile(r"[\d.的，、]+[笔所个名人处栋项万亿元]*")
_LONGEST = 300
_BEFORE = 40
_SHORT = 4
_ALIKE = 0.6
_MARGIN = 0.15
_OTHER_STAGE = 0.2
"""A part told of 小学 is less like what is quoted of no kind than the whole."""
_TELLING = 1
_RARE, _RARE_PAIRS = 2, 2
"""So many pairs of characters around at most so many figures of the opinion tell what is meant."""
_FEW = 20
"""So small a count of schools or towns may be quoted as nearly twice as many."""


def quoted_of(document: Document, reading: Reading) -> tuple[Planned, ...]:
    """Return the figures by which a report of rectification tells what was found."""
    return tuple(
        islice((_figure(document, reading, one) for one in _may_be_told(reading) if _quotes(reading, one)), _LONGEST)
    )


def found_of(document: Document, reading: Reading) -> tuple[Planned, ...]:
    """Return the figures of an opinion of supervision."""
    return tuple(islice((_figure(document, reading, one) for one in _may_be_told(reading)), _LONGEST))


def _may_be_told(reading: Reading) -> list[Mention]:
    return [
        one
        for one in reading.passage.mentions
        if one.quantity.kind in _KINDS
        and one.quantity.upper is None
        and one.quantity.approximation is None
        and not reading.passage.in_doubt(one.quantity)
    ]


def _quotes(reading: Reading, mention: Mention) -> bool:
    """Return whether a figure tells what was found, not what was done about it."""
    if mention.role is Role.FROM:
        return True
    if mention.role is Role.CHANGE or (mention.role is Role.LEVEL and _CHANGED.search(mention.lead)):
        return _told_as_found(reading, mention)
    if mention.role in (Role.TO, Role.PREVIOUS):
        return False
    before = reading.text[max(0, mention.quantity.span.start - len(mention.lead) - 2) : mention.quantity.span.start]
    if _GAP.search(mention.lead) or (not mention.lead and _TITLE_OF_PROBLEM.search(_line_before(reading, mention))):
        return True  # 关于“乡镇中心园滞后”问题。3个乡镇……
    about = reading.text[max(0, mention.quantity.span.start - _BEFORE) : mention.quantity.span.start]
    if _ABOUT.search(about) and _PROBLEM_BEHIND.match(reading.text, mention.quantity.span.end):
        return True  # 关于教师编制空缺216名的问题
    if _UNDONE.search(mention.lead) and _IN_FULL.match(reading.text, mention.quantity.span.end):
        return True  # 已将滞拨的1327万元全额拨付
    if _OF_NOW.search(mention.lead) or _SOME_OF_THEM.match(before):
        return False  # 43名借调教师中，41名已返回
    if (
        _UNDONE.search(mention.lead)
        or _HANDLED.search(mention.lead)
        or _ALL_MENDED.match(reading.text, mention.quantity.span.end)
        or _PART_MENDED.match(reading.text, mention.quantity.span.end)
        or (
            (money := _WITH_MONEY.match(reading.text, mention.quantity.span.end))
            and _ALL_MENDED.match(reading.text, money.start("behind"))
        )
    ):
        return True
    return _told_as_found(reading, mention)


def _told_as_found(reading: Reading, mention: Mention) -> bool:
    """Return whether the words before a figure in its sentence tell of the opinion, and none since of what is done."""
    start = reading.passage.segmentation.sentences.span(mention.sentence).start
    before = reading.text[max(start, mention.quantity.span.start - 2 * _BEFORE) : mention.quantity.span.start]
    quotes = list(_QUOTES.finditer(before))
    return bool(quotes) and not _OF_NOW.search(before[quotes[-1].end() :])


def _line_before(reading: Reading, mention: Mention) -> str:
    """Return what stands before a figure in its line."""
    start = mention.quantity.span.start
    return reading.text[reading.text.rfind("\n", 0, start) + 1 : start]


def _figure(document: Document, reading: Reading, mention: Mention) -> Planned:
    span = mention.quantity.span
    start = max(reading.passage.segmentation.sentences.span(mention.sentence).start, span.start - _BEFORE)
    clauses = _CLAUSES.split(reading.text[start : span.start])
    matched = _BEHIND.match(reading.text, span.end)
    behind = matched[0] if matched else ""
    if money := _WITH_MONEY.match(reading.text, span.end):
        behind = f"{money['whose']}{money['behind']}"
    near = clauses[-1]
    if len(plain(f"{near}{_SINCE.split(behind)[0]}")) < _SHORT and len(clauses) > 1:
        # 27个初中大班额消除24个，小学11个: of what is told before
        before = SORTS[0].sub("", clauses[-2]) if SORTS[0].search(near) else clauses[-2]
        near = f"{before}，{near}"
    if "其中" in clauses[-1] and len(clauses) > 1:  # 大班额37个，其中小学25个、初中12个
        near, behind = f"{clauses[-2]}，{_ITEMS.split(clauses[-1])[-1].replace('其中', '')}", ""
    words = f"{near}，{_SINCE.split(behind)[0]}"
    said = "".join(f"{clauses[-1]}{mention.quantity.text}".split())
    return Planned(
        mention.quantity,
        words,
        FilePlace(document.file, document.repaired.source_span(span), mention.quantity.text, said),
    )


def misquoted(found: Sequence[Planned], quoted: Sequence[Planned]) -> list[tuple[Planned, Planned]]:
    """Return the figures that a report quotes otherwise, each behind the figure of the opinion."""
    values = {(one.quantity.unit, one.quantity.value) for one in found}
    held = Counter(pair for one in found for pair in _pairs_of(one.words))
    told = []
    for one in quoted:
        if (one.quantity.unit, one.quantity.value) in values:
            continue
        alike = sorted(((_alike(other, one, held), place) for place, other in enumerate(found)), reverse=True)
        if not alike or alike[0][0] < _ALIKE:
            continue
        best = [found[place] for weight, place in alike if weight > alike[0][0] - _MARGIN]
        if len({other.quantity.value for other in best}) == 1 and _differ(best[0], one):
            told.append((best[0], one))
    return told


def _alike(found: Planned, quoted: Planned, held: Mapping[str, int]) -> float:
    """Return how much of the words around one figure stands around the other, 0 where they name two things."""
    if found.quantity.unit != quoted.quantity.unit:
        return 0.0
    left, right = _pairs_of(found.words), _pairs_of(quoted.words)
    shared = (left & right) - WEAK
    if len(shared) < _TELLING:
        return 0.0
    if not no_other_sort(found.words, quoted.words) or names_in(found.words) != names_in(quoted.words):
        return 0.0
    alike = max(within(left, right), within(right, left))
    itself = _pairs_of(found.words.rstrip("，").rsplit("，", 1)[-1])
    turned = is_slip(found.quantity, quoted.quantity) and len(digits_of(found.quantity)) > _SHORT - 1
    if sum(held[pair] <= _RARE for pair in shared & itself) >= _RARE_PAIRS - turned:
        # 代课教师: it says it of little else
        alike = max(alike, _ALIKE)
    one_stage = sorts(SORTS[0], found.words) == sorts(SORTS[0], quoted.words)
    return alike if one_stage else alike - _OTHER_STAGE


def _pairs_of(words: str) -> frozenset[str]:
    """Return the pairs of characters of words, none across a figure or 的: 滞留的2笔专项资金."""
    return frozenset[str]().union(*(pairs(one) for one in _PIECES.split(words)))


def _differ(one: Planned, other: Planned) -> bool:
    left, right = one.quantity, other.quantity
    if left.interval.meets(right.interval):
        return False
    low, high = sorted((left.value, right.value))
    few = left.unit != "%" and high < _FEW and high <= 2 * low
    return few or is_near(left, right) or is_slip(left, right) or is_turned(left, right) or slipped(left, right)
