"""What is missing to what is due, or beyond it: 应配1200人，实有1100人，缺100人."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add, subtract
from dudao.claims.differences.aims import REACH
from dudao.claims.differences.apart import DISTANT
from dudao.claims.differences.claim import less
from dudao.claims.likeness import core_noun, is_amount, is_level, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.stage_names import stage_of
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Interval

DUE_REACH = 12
SMALLEST = 10
"""A smaller shortage fits too many pairs by chance."""
FILLED_REACH = 12
"""How many figures back a shortage may stand that was filled since."""
SUBJECT = 2
"""How many characters name what a shortage is said of."""
DUE = re.compile(
    r"上报|申报|应(?:配|有|当|建|设|到|拨|支|列|达|缴|发|收|交|计|提|安排|投入)|需(?:要|求)?|概算|估算|总投资|核(?:定|编)|编制|计划|规划|定编|额定|要求|设计|容量|(?<!公共)(?<!基金)(?<!经营)预算(?![内外])|测算"
)
"""一般公共预算收入总计 names an account, and no plan."""
_PRESENT = re.compile(
    r"实(?:有|际|配|到|建|支|拨|列|达|缴|发|收|测|提)|可用财力|落实|现有|(?<![应需该少缺])配(?:备|有)(?!标准|要求)|在岗|在编|在职|已(?:有|配|聘|建|拨|完成)|到位|完成|决算|执行数|支出"
)
LACK = re.compile(
    r"(?:缺额|缺口|缺编|空编|[尚还仍结]欠|尚缺|还缺|仍缺|缺少|短缺|缺|差额|尚差|还差|差|不足|欠缺|少(?:[列支拨提发缴核报]|安排|投入|计提|征收|配备|配)|[欠漏][列支拨提发缴付配]|虚报|短收|结余|节余|剩余|空余|余)(?:为|达|约|了)*$"
)
_POSTS_DUE = re.compile(
    r"(?:教师|教职工)?(?:核定|总|共有)?(?:教师|教职工)?编制(?:总?数)?(?:为|共)?|(?:教师|教职工)?核(?:定|编)(?:总?数)?"
)
_IN_POST = re.compile(r"在编|在岗|在职|实有|现有")
_FILLS = re.compile(r"补充|招聘|引进|新聘|录用|调入|交流|走教|支教|选调|解决")
_MORE = re.compile(r"追加|调增|新增|另|加上|上年结[余转]")
_AHEAD = re.compile(r"[：:，（(][^，。；]{0,20}")
SURPLUS = re.compile(r"(?:超编|超员|超容|超载|超配|多列|超出|富余|超(?:计划|预算|任务|目标)?)(?:为|达|约|了)*$")
_OWN_SHORTAGE = re.compile(r"(?:现|尚|还|仍|共|合计|总|计|有|实际|应)*(?:缺|差|欠|超|余|空|少|多)[^，。；、]{0,3}$")
_STAFF = re.compile(r"教师|教职工|人员|编制")
_DEALT_OUT = re.compile(r"分别|依次|其中|各")
_HOLDS = re.compile(r"含|包括|其中")


def shortage(passage: Passage, place: int, *, near_only: bool = False) -> Iterator[Proposal]:
    """Yield 应配1200人，实有1100人，缺100人: what is due, what there is, and what is missing or too much."""
    mentions, by = passage.mentions, passage.mentions[place]
    if by.tail.startswith("的") or (
        by.summing and any(LACK.search(one.lead) for one in mentions[max(place - REACH, 0) : place])
    ):
        # 空编58名的学校 is said of some; 初中超拨15万元，合计欠拨55万元 is a sum.
        return
    if _divides_before(mentions, place):
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == by.sentence
        and is_level(one)
        and is_amount(one)
        # 高级岗位核定612个 counts posts, and so does 空余75个, which does not say so.
        and (same_unit(one, by) or one.quantity.unit == by.quantity.unit)
    ]
    due = next((one for one in reversed(near) if DUE.search(one.lead)), None) or _total_due(passage, place, near)
    # 每5所学校配备1名，应配55名，尚缺31名: what each should have is not what there is.
    having = (one for one in reversed(near) if _PRESENT.search(one.lead) and "每" not in one.clause)
    present = next((one for one in having if one is not due), None)
    if due is not None and present is not None:
        present = _part_due(near, due, present)
        settled = any(_settles(one, due, present) for one in mentions[max(place - REACH, 0) : place])
        if _of_another(by, due, present, settled=settled) or _added(near, due, present):
            return
    if present is None and due is not None and (there := _opening(passage, due, place)) is not None:
        yield from less(passage, by, due, there, STRUCTURAL)
        return
    if due is None or present is None:
        known = None if near_only else due or present
        if known is not None and by.quantity.value >= SMALLEST:
            yield from _shortage_afar(passage, place, known, due_known=due is not None)
        return
    surplus = bool(SURPLUS.search(by.lead))
    high, low = (present, due) if surplus else (due, present)
    dues, presents = _with_siblings(passage, due), _with_siblings(passage, present)
    if len(dues) > 1 or len(presents) > 1:
        yield from _of_all(passage, by, *((presents, dues) if surplus else (dues, presents)))
        return
    if (within := _held_within(passage, present)) is not None:
        yield from _without_those(passage, by, due, present, within) if not surplus else ()
        yield from less(passage, by, high, low, WEAK)
        return
    yield from less(passage, by, high, low, EXPLICIT)


_BARELY_DUE = re.compile(
    r"(?:(?:按照?|依据|根据)[^，。；、\d]{0,14}?)?(?:测算|核定|计算|折算)?(?:共|总共)?(?:应|需)(?:要|有|配|配备|配齐|设)*(?:为|达)?"
)


def _opening(passage: Passage, due: Mention, place: int) -> Mention | None:
    """Return what opens the sentence of 音体美教师273人，其中…，按方案应配438人，尚缺165人: all there are of them.

    Between it and what is due stand its own parts at most.
    """
    by = passage.mentions[place]
    begins = passage.sentences[by.sentence][0]
    near = [one for one in passage.mentions[max(begins, place - DUE_REACH) : place] if same_unit(one, by)]
    if not near:
        return None
    first, *parts = near
    beside = parts and parts[-1] is due and by.clause_number - due.clause_number == 1 and by.depth == first.depth
    if not beside or _BARELY_DUE.fullmatch(due.lead) is None or not LACK.search(by.lead):
        return None
    own = parts[:-1]
    divided = not own or (own[0].lead.startswith("其中") and adds_up(first, own))
    return first if divided and "其中" not in first.lead and first.depth == due.depth else None


def _divides_before(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether a figure opens a parenthesis that divides the one before: 仍缺60人（分别缺18人、27人）."""
    by, before = mentions[place], mentions[place - 1] if place else None
    if before is None or by.depth <= before.depth or by.parenthesis - before.quantity.span.end > 1:
        return False
    return _DEALT_OUT.search(by.lead) is not None and same_unit(by, before)


def _part_due(near: list[Mention], due: Mention, present: Mention) -> Mention:
    """Return the part that is due more, if one stands between: 在编21380人，其中音体美2614人，应配2873人，缺259人."""
    between = [one for one in near if present.index < one.index < due.index]
    return between[-1] if between and "其中" in between[-1].lead else present


def _with_siblings(passage: Passage, first: Mention) -> list[Mention]:
    """Return a figure and those listed with it behind 、 by name: 应有音乐教室32间、美术教室32间."""
    place = bisect_left(passage.mentions, first.index, key=lambda one: one.index)
    row = [first]
    for one in passage.mentions[place + 1 : place + REACH]:
        joined = passage.text.startswith("、", row[-1].quantity.span.end) and one.lead and one.depth == first.depth
        if not (joined and one.level and same_unit(one, first) and not DUE.search(one.lead)):
            break
        row.append(one)
    return row


def _of_all(passage: Passage, by: Mention, high: list[Mention], low: list[Mention]) -> Iterator[Proposal]:
    """Yield what all that is due leaves when all there is are taken away; only where as many of both are listed."""
    if len(high) != len(low):
        return
    over = {f"a{number}": one for number, one in enumerate(high, 1)}
    under = {f"b{number}": one for number, one in enumerate(low, 1)}
    spoken = "＋".join(text_of(one) for one in high) + "－" + "－".join(text_of(one) for one in low)
    formula = f"diff = {' + '.join(over)} - {' - '.join(under)}"
    wording = Wording("difference", ClaimType.DIFFERENCE, formula, spoken)

    def taken(values: Sequence[Interval]) -> Interval:
        return subtract(add(values[: len(high)]), add(values[len(high) :]))

    found = propose(passage, wording, ("diff", by), over | under, taken, STRUCTURAL, derived=False)
    if found is not None:
        yield found


def _held_within(passage: Passage, present: Mention) -> Mention | None:
    """Return the figure that a parenthesis right behind another one says is in it: 在岗2207名（含临聘312名）."""
    place = bisect_left(passage.mentions, present.index, key=lambda one: one.index) + 1
    inner = passage.mentions[place] if place < len(passage.mentions) else None
    if inner is None or inner.depth != present.depth + 1 or not (inner.level and same_unit(inner, present)):
        return None
    opens = inner.parenthesis - present.quantity.span.end <= 1 and _HOLDS.match(inner.lead)
    return inner if opens else None


def _without_those(
    passage: Passage, by: Mention, due: Mention, present: Mention, within: Mention
) -> Iterator[Proposal]:
    """Yield 核编2418名，在岗2207名（含临聘312名），缺编523名: those who hold no post are no less lacking."""
    spoken = f"{text_of(due)}－（{text_of(present)}－{text_of(within)}）"
    wording = Wording("difference", ClaimType.DIFFERENCE, "diff = a - (b - c)", spoken)
    operands = {"a": due, "b": present, "c": within}
    found = propose(passage, wording, ("diff", by), operands, _minus_others, WEAK, derived=False)
    if found is not None:
        yield found


def _minus_others(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], subtract(values[1], values[2]))


def _total_due(passage: Passage, place: int, near: list[Mention]) -> Mention | None:
    """Return what opens the sentence before a shortage: 编制总量5162名，其中…。实有在编人员4978名，空编184名."""
    mentions, by = passage.mentions, passage.mentions[place]
    if len(near) != 1 or not _PRESENT.search(near[0].lead):
        return None
    for one in mentions[max(place - DUE_REACH, 0) : place]:
        if one.sentence == by.sentence - 1 and one.paragraph == by.paragraph:
            usable = is_level(one) and is_amount(one) and same_unit(one, by) and DUE.search(one.lead) and one.total
            return one if usable else None
    return None


def said_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 缺口58人：按班级测算应配412人，实有354人: the shortage first, then what it is the difference of."""
    mentions, by = passage.mentions, passage.mentions[place]
    behind = [one for one in mentions[place + 1 : place + 3] if one.part == by.part and one.depth >= by.depth]
    if len(behind) < 2 or not all(is_level(one) and is_amount(one) and same_unit(one, by) for one in behind):
        return
    due = next((one for one in behind if DUE.search(one.lead)), None)
    present = next((one for one in behind if _PRESENT.search(one.lead) and one is not due), None)
    opens = _AHEAD.fullmatch(passage.words_between(by, behind[0])) is not None
    if due is None or present is None or not opens:
        return
    high, low = (present, due) if SURPLUS.search(by.lead) else (due, present)
    yield from less(passage, by, high, low, EXPLICIT)


def due_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 在编教师4821名，缺编439名，核定编制5260名: what there is, what is lacking, and last the posts there are."""
    if not 0 < place < len(passage.mentions) - 1:
        return
    present, by, due = passage.mentions[place - 1 : place + 2]
    row = all(
        right.clause_number - left.clause_number == 1 and right.part == left.part and right.depth == left.depth
        for left, right in ((present, by), (by, due))
    )
    named = _POSTS_DUE.fullmatch(due.lead) is not None and _IN_POST.search(present.lead) is not None
    plain = all(is_level(one) and is_amount(one) and same_unit(one, by) for one in (present, due))
    if row and named and plain and not DUE.search(present.lead) and due.quantity.value > by.quantity.value:
        high, low = (present, due) if SURPLUS.search(by.lead) else (due, present)
        yield from less(passage, by, high, low, STRUCTURAL)


def filled(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 共缺教师94名，招聘补充41名、交流补充26名，缺口缩小到27名: what lacked, less what was filled since.

    A figure that adds up what was filled (三项补充175名) stands for those it adds up.
    """
    mentions, by = passage.mentions, passage.mentions[place]
    filled: list[Mention] = []
    for one in mentions[max(place - FILLED_REACH, 0) : place][::-1]:
        if one.paragraph != by.paragraph or not (one.amount and same_unit(one, by)):
            break
        if _FILLS.search(one.lead) and one.level and not LACK.search(one.lead):
            filled.append(one)
            continue
        lacked = passage.text[passage.segmentation.sentences.starts[one.sentence] : one.quantity.span.start]
        if filled and one.level and one.total and "缺" in lacked:
            parts = [one for one in filled if one.summing][:1] or filled[::-1]
            names = {f"f{number}": part for number, part in enumerate(parts, 1)}
            spoken = "－".join(text_of(part) for part in (one, *parts))
            wording = Wording("difference", ClaimType.DIFFERENCE, "left = lack - " + " - ".join(names), spoken)
            operands = {"lack": one} | names
            found = propose(passage, wording, ("left", by), operands, _less_all, STRUCTURAL, derived=False)
            if found is not None:
                yield found
        return


def _less_all(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], add(values[1:]))


def _added(near: list[Mention], due: Mention, present: Mention) -> bool:
    """Return whether more was added to what was due: 预算3200万元，追加460万元，实际支出3558万元."""
    between = (one for one in near if due.index < one.index < present.index)
    return any(_MORE.search(one.lead) for one in between)


def _settles(one: Mention, due: Mention, present: Mention) -> bool:
    """Return whether a shortage told before is just what lies between the two: 编制3876名，在编3714名，空编162名."""
    between = one.index > max(due.index, present.index) and one.sentence == present.sentence and same_unit(one, due)
    return between and one.quantity.value == abs(due.quantity.value - present.quantity.value)


def _of_another(by: Mention, due: Mention, present: Mention, *, settled: bool) -> bool:
    """Return whether a shortage is that of a part or of other things: 缺324名，其中小学缺187名；音体美教师缺96名.

    Behind a shortage that the two settle, another one with a name of its own is of other things.
    """
    subject = core_noun(own_subject(_OWN_SHORTAGE.sub("", by.lead)))
    if "其中" in by.lead or (settled and by.part != due.part):
        return True  # 编制5172名，在编4986人，少186名；14所超编，共超213名；其余学校共缺399名: those of some schools
    apart = by.part not in (due.part, present.part) or stage_of(by) is not None or settled
    return apart and len(subject) >= SUBJECT and subject not in due.clause + present.clause


def _shortage_afar(passage: Passage, place: int, known: Mention, *, due_known: bool) -> Iterator[Proposal]:
    """Yield 应配教师6940名，尚缺125名 where 教职工6815人 stands far before; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    surplus = bool(SURPLUS.search(by.lead))
    more = due_known == surplus
    wanted = known.quantity.value + by.quantity.value if more else known.quantity.value - by.quantity.value
    kind = core_noun(known.noun)[-1:]
    for other in range(place - 1, max(place - 1 - DISTANT, -1), -1):
        one = mentions[other]
        if one.quantity.value != wanted or not is_level(one) or not same_unit(one, known) or one is known:
            continue
        if _STAFF.search(one.noun) or (kind and core_noun(one.noun)[-1:] == kind):
            high, low = (one, known) if one.quantity.value > known.quantity.value else (known, one)
            yield from less(passage, by, high, low, WEAK)
            return
