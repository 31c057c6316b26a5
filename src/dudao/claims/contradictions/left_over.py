"""What is left over of a total, told elsewhere: 隐患327处，已整改319处 leaves 8处, and not 18处未销号."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.echo_words import WEAK, names_in, no_other_sort, pairs
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Quantity

CODE = "claims.contradiction.left_over"
_DONE = r"(?:完成|整改|竣工|完工|销号|办结|解决|化解|整治|改造|消除|拨付|到位|移交|验收|达标)"
_DONE_BEFORE = re.compile(
    rf"(?:已|已经|现已|其中|目前|均|按期|全部|当年|全年|年内)*(?<!限期)(?<!限时)(?<!责令){_DONE}[\u4e00-\u9fff]{{0,4}}$"
)
_TAKEN = re.compile(r"(?:已|共|累计)?(?:压减|注销|取缔|关停|撤销)$")
_KEPT = re.compile(r"(?:保留|现存|剩余)的?$")
"""What is taken away leaves what is kept: 原有1473家，压减1401家, 保留的72家."""
_DONE_BEHIND = re.compile(rf"(?:问题|项目|任务|措施|隐患)?(?:已|已经|均已){_DONE}")
_LEFT_BEFORE = re.compile(r"(?:尚有|仍有|还有|剩余|余下|其余|中[，,]?有)$")
_LEFT_BEHIND = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,6}}?)(?:尚未|还未|仍未|未能?|没有|正在|仍在)(?:全部|完全|按期)?[\u4e00-\u9fff]{{0,4}}?(?P<done>{_DONE})"
)

_NOT_BEGUN = re.compile(r"^(?:[尚仍还]?有?)?(?:尚?未|没有)(?P<deed>开工|启动|动工|实施)(?:的?项目)?$")
"""未开工3个 says itself what is left, whatever has been finished."""
_BEGUN = re.compile(r"已(?:经)?(?P<deed>开工|启动|动工|实施)$")
_NOT_BEGUN_BEHIND = re.compile(r"(?:项目)?(?:尚未|还未|仍未|未|没有)(?P<deed>开工|启动|动工|实施)")
_REST_ALONE = re.compile("(?:尚余|还剩|仅余|剩余|余下|还余|尚剩)")
_UNDONE = re.compile(rf"(?:尚未|仍未|还未|未|没有)(?:全部|完全|按期)?{_DONE}[\u4e00-\u9fff]{{0,4}}?的$")
"""对未完成整改的3条问题挂账督办: what plans have still to do was left over."""
_DEED_DONE = re.compile(r"(?:目前)?已(?:经)?(?P<deed>[\u4e00-\u9fff]{2})")
_PLANNED = re.compile("计划|规划|拟")
_NEGATED = re.compile("未|没有|正在|仍在")
_ALONE = re.compile(r"尚未|还未|仍未|没有|未能")
_ALL_DONE = re.compile(
    rf"[^，。；\d]{{0,10}}，(?:目前)?(?:已)?(?:全部|均已?|都已?|全面)[^，。；\d]{{0,4}}{_DONE}|[^。；\d]{{0,14}}(?:整改|完成|办结|销号|化解)率[^，。；\d]{{0,4}}100%"
)
"""发现问题64个，全部整改到位: nothing is left."""
_KINDS_OF_DONE = re.compile(_DONE)
_BASICALLY = re.compile("基本|力争|确保|计划")
_CLAUSES_APART = 2
_STATED = frozenset({Role.LEVEL})
_TAKEN_ROLES = frozenset({Role.LEVEL, Role.CHANGE})
_MOST = 60
_OF_ONE_NAME = 3
_MOST_BESIDE = 12


@dataclass(frozen=True, slots=True)
class _Work:
    """So many there are, so many of them are done."""

    whole: Mention
    done: Mention
    words: str
    begun: bool = True
    deed: str = ""

    @property
    def left(self) -> Decimal:
        """So many are not done; what is not `begun` is told by its own figure; `deed` is that of a beginning."""
        done = self.done.quantity.value
        return self.whole.quantity.value - done if self.begun else done


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure of what is not done yet that total and done do not leave."""
    lefts = list(_lefts(reading))[:_MOST]
    if not lefts:
        return []
    works = list(_works(reading))[:_MOST]
    found = []
    for mention in lefts:
        of = _nearest([one for one in works if _is_of(reading, one, mention)], mention)
        if len({(one.whole.quantity.value, one.left) for one in of}) > 1 and not _beside(reading, of, mention):
            continue
        if of and all(one.left != mention.quantity.value for one in of):
            found.append(_finding(of[0], mention))
    return found


def _nearest(works: list[_Work], left: Mention) -> list[_Work]:
    """Return the works whose words what is left shares most of: 反馈的问题 are of 反馈问题56个, not of 发现问题."""
    words = pairs(f"{left.lead}，{left.tail}")
    shared = [len(pairs(one.words) & words) for one in works]
    most = max(shared, default=0)
    return [one for one, count in zip(works, shared, strict=True) if count == most] if most >= _OF_ONE_NAME else works


def _works(reading: Reading) -> Iterator[_Work]:
    """Yield what is told of a total and of the part of it that is done."""
    mentions = reading.passage.mentions
    for number, whole in enumerate(mentions):
        if not _counts(whole) or reading.chapters.at(whole.quantity.span.start) is Chapter.PLANS:
            continue
        if _DONE_BEFORE.search(whole.lead):
            continue  # 当场整改658处，限期整改65处，尚有3处未完成: of what was found before
        if (told := _ALL_DONE.match(reading.text, whole.quantity.span.end)) and not _BASICALLY.search(told[0]):
            yield _Work(whole, whole, f"{whole.clause}，{told[0]}")
            continue
        yield from _not_begun(mentions[number + 1 : number + 5], whole)
        for done in mentions[number + 1 : number + 4]:
            near = done.sentence == whole.sentence and done.clause_number - whole.clause_number <= _CLAUSES_APART
            if not near:
                break
            taken = _TAKEN.search(done.lead) is not None
            if (
                not _counts(done, _TAKEN_ROLES if taken else _STATED)
                or done.family != whole.family
                or done.quantity.value > whole.quantity.value
            ):
                continue
            told = _DONE_BEFORE.search(done.lead) or _DONE_BEHIND.match(done.tail) or _does_it(whole, done)
            if told and _NEGATED.search(done.lead):
                break  # 正在整改17个, 未完成3个: what is not done says nothing of what is
            if told and _more_done(mentions[number + 1 : number + 6], whole, done):
                break  # 16个问题中已完成整改11个，基本完成3个: what is left is less than the first leaves
            if taken or told:
                words = f"{whole.clause}，{whole.tail}，{done.lead}，{done.tail}"
                yield _Work(whole, done, words)
                break


def _does_it(whole: Mention, done: Mention) -> re.Match[str] | None:
    """Return whether what was planned of a total is said to be done of a part: 计划撤并65个，已撤并38个."""
    deed = _DEED_DONE.fullmatch(done.lead)
    return deed if deed and _PLANNED.search(whole.clause) and deed["deed"] in whole.clause else None


def _not_begun(near: Sequence[Mention], whole: Mention) -> Iterator[_Work]:
    """Yield what is told of a total and of the part of it that is not begun."""
    for one in near:
        beside = one.sentence == whole.sentence and one.family == whole.family and _counts(one)
        words = f"{whole.clause}，{whole.tail}，{one.lead}"
        if beside and (waiting := _NOT_BEGUN.search(one.lead)):
            yield _Work(whole, one, words, begun=False, deed=waiting["deed"])
        elif beside and (started := _BEGUN.search(one.lead)) and one.quantity.value < whole.quantity.value:
            yield _Work(whole, one, words, deed=started["deed"])


def _more_done(near: Sequence[Mention], whole: Mention, done: Mention) -> bool:
    """Return whether a further part of a work is told as done behind the first one, and beside it."""
    behind = [one for one in near if one.index > done.index and one.sentence == done.sentence]
    further = next((one for one in behind if one.family == whole.family and _counts(one)), None)
    if further is None or "其中" in further.lead or _NEGATED.search(further.lead):
        return False
    told = _DONE_BEFORE.search(further.lead) or _DONE_BEHIND.match(further.tail)
    return bool(told) and done.quantity.value + further.quantity.value <= whole.quantity.value


def _lefts(reading: Reading) -> Iterator[Mention]:
    """Yield the figures of what is not done yet."""
    for mention in reading.passage.mentions:
        if not _counts(mention):
            continue
        behind = _LEFT_BEHIND.match(mention.tail)
        if reading.chapters.at(mention.quantity.span.start) is Chapter.PLANS:
            if _UNDONE.search(mention.lead) or (behind and behind[0].startswith(("未", "尚未"))):
                yield mention  # 力争5个未竣工项目全部交付
            continue
        told = _LEFT_BEFORE.search(mention.lead) or (behind and _ALONE.search(behind[0]))
        kept = _KEPT.search(mention.lead)
        opens = behind and not mention.lead and behind.start() == 0 and behind[0].startswith("未")
        if _REST_ALONE.fullmatch(mention.lead) and not mention.tail:
            yield mention  # 23个大班额，当年消除16个，尚余7个
            continue
        waiting = _NOT_BEGUN_BEHIND.match(mention.tail) and _LEFT_BEFORE.search(mention.lead)
        if ((behind and (told or opens)) or kept or waiting) and not is_past(reading, mention.quantity.span):
            yield mention


def _counts(mention: Mention, roles: frozenset[Role] = _STATED) -> bool:
    quantity = mention.quantity
    exact = quantity.upper is None and quantity.approximation is None
    return exact and mention.amount and mention.role in roles and mention.family is not None and not mention.each


def _is_of(reading: Reading, work: _Work, left: Mention) -> bool:
    """Return whether what is left is of the same work: its total stands beside, or thing and deed are named alike."""
    if work.whole.family != left.family or work.whole.quantity.unit != left.quantity.unit:
        return False
    waiting = _NOT_BEGUN_BEHIND.match(left.tail)
    if (waiting["deed"] if waiting else "") != work.deed:
        return False
    if work.whole.paragraph == left.paragraph:
        return left.index == work.done.index + 1 and left.sentence == work.whole.sentence
    cut = reading.passage.segmentation.sentences.span(left.sentence)
    start = max(cut.start, left.quantity.span.start - 80)
    words = reading.text[start : min(cut.end, left.quantity.span.end + 40)]
    if names_in(words) != names_in(work.words):
        return False
    if _beside(reading, [work], left):
        return bool(pairs(work.words) & pairs(words))  # 项目, with the total of them
    if not no_other_sort(words, work.words):
        return False
    shared = (pairs(work.words) & pairs(f"{left.lead}，{left.tail}")) - WEAK
    if _TAKEN.search(work.done.lead) or _KEPT.search(left.lead):
        kept = _TAKEN.search(work.done.lead) and _KEPT.search(left.lead)
        return bool(kept) and len(shared) >= _OF_ONE_NAME
    deeds = set(_KINDS_OF_DONE.findall(f"{work.done.lead}{work.done.tail}"))
    undone = _LEFT_BEHIND.match(left.tail) or _UNDONE.search(left.lead)
    return bool(shared) and undone is not None and bool(deeds & set(_KINDS_OF_DONE.findall(undone[0])))


def _beside(reading: Reading, works: list[_Work], left: Mention) -> bool:
    """Return whether the total of some work stands in the sentence of what is left."""
    first, last = reading.passage.sentences[left.sentence]
    beside = {_value(one.quantity) for one in reading.passage.mentions[first : min(last, first + _MOST_BESIDE)]}
    return any(_value(work.whole.quantity) in beside for work in works)


def _value(quantity: Quantity) -> tuple[str, Decimal]:
    return quantity.unit, quantity.value


def _finding(work: _Work, left: Mention) -> Finding:
    whole, done, written = work.whole.quantity, work.done.quantity, left.quantity
    rest = format(work.left.normalize(), "f")
    told = f"已{work.deed or '完成'}{done.text}，应余{rest}{written.unit}" if work.begun else f"未开始的{done.text}"
    return Finding(
        CODE,
        Level.WARNING,
        written.span,
        f"前文写{whole.text}中{told}，此处写的是{written.text}。",
        related=(whole.span, done.span),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
