"""Which figures behind a total may be its parts: how far a list goes on, and what opens it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from dudao.claims.completeness import names_rest
from dudao.claims.divisions import divides, outcomes_divide
from dudao.claims.items import in_other_item
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.series import all_series, starts_series
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import named_by_stage
from dudao.claims.sums.lists import (
    LEFT_OVER,
    LOOKED_AT,
    PARTS_LIMIT,
    SHARE_COLON,
    VIEWED_WHO,
    names_next,
    opens_list,
    told_like,
    top_parts,
)
from dudao.claims.sums.proposing import shortfall
from dudao.claims.wholes import adds_up, whole_noun
from dudao.quantities.model import Kind

SECOND_TOLD = 4
"""By a fourth at most a list may miss a total that is divided once more behind it."""
AGAIN = 3
"""How many characters the name of a whole has that is known when it comes back."""
KIND = 2
"""So many characters at the end of a name tell what is counted: 幼儿, 教师."""
ROWS_AHEAD = 6
"""How many rows of dealt figures a list may reach into."""
SENTENCES_AHEAD = 2
"""In how many following sentences the parts may stand when 其中 opens the next one."""
_AGAIN = re.compile(r"^(?:目前|现|截至目前|至今|这|上述|该|此)?$")
_NOT_COUNTED = re.compile(r"\s*[（(]?(?:不计|不算|不单独计|不列入|不含在内|未计入|(?:已|均|都)?(?:计入|并入|归入))")
"""教学点46个不计校数: told among the parts, but none of them."""
_OPENING = re.compile(
    r"\s*(?:其中|包括|分[^，。；、\d]{1,6}看|按[^，。；]{1,8}(?:分|看|划分|统计)[，：]|从[^，。；]{1,6}看)"
)
_ENDS_OPEN = re.compile(r"[，,]?其中[：:]?\s*")
_OUTSIDE = re.compile(r"(?:以外|之外|除外|外的|此外)")
_OF_PLACE = re.compile(
    r"(?:其中)?(?P<place>城区|[市县区州]直|[市县区州]本级|(?![全我本各该])[\u4e00-\u9fff]{2,3}?[县区市旗镇乡])"
)
_YEARS_DEALT = re.compile(r"(?:19|20)\d\d年(?:度|底|末)?[、和及与至](?:19|20)\d\d年[^，。；\d]{0,12}(?:分别|依次)")
_DEALT = re.compile(r"分别|依次")
_SEVERAL_YEARS = re.compile(r"[两二三四五六]年|累计|期间|以来|时期|(?<!公)共|总")
_RUN_BY = re.compile(r"公办|民办")
"""Two parts of one whole that are told apart are not both 公办 without another name."""
_SINCE_THEN = re.compile(r"目前|截至|截止|现已|至今|已")
_OTHER_MATTER = re.compile(
    r"回收|收回|惠及|受益|覆盖|参加|参与|(?<!未)通过|现已|已经|已达|已配|配备|建成|累计|获评|评为|认定|创建|新建|改造"
)


_ALL_SCHOOLS = re.compile(r"各级各类|各类学校")
_WORKS_WORD = re.compile("新建|改造")
_WORKS = re.compile(r"(?:其中)?[：:]?(?:新建|改建|扩建|改扩建|续建|维修|改造)")


def whole_list(passage: Passage, total: Mention, run: list[Mention]) -> list[Mention]:
    """Return the parts of one list: those of its first sentence, up to where other things are told of."""
    top = top_parts(run)
    first = [one for one in top if one.sentence == run[0].sentence]
    if len(first) == 1 and len(top) > 1 and top[1].sentence == run[0].sentence + 1:
        first = top[:2]
    for place, one in enumerate(first):
        if place >= 2 and _SINCE_THEN.match(one.lead) and outcomes_divide(total, first[:place]):
            # 318处，立行立改276处，限期整改42处，目前已销号311处: what was done since is counted anew.
            return first[:place]
        # 新建学校4所、改扩建11所、维修改造8所: kinds of works are no other matter.
        kinds = _WORKS.match(first[0].lead) and _WORKS.match(one.lead)
        other = _OTHER_MATTER.search(_paid_works(one)) and not kinds
        if place and (other or (one.summing and not names_rest([one]))):
            return first[:place]
        if place and one.role is Role.TO and first[0].role is Role.LEVEL:
            return first[:place]  # 其中音体美教师74人；音体美教师缺额由132人减至58人
        further = one.part != first[place - 1].part
        if place >= 2 and further and first[1].part == first[0].part and not _stages_go_on(total, first[: place + 1]):
            return first[:place]
        if place and _shared_in(passage, first[:place], one):
            # 从业人员5126人中，教学人员3874人，持证3619人，占教学人员的93.4%: of those told before, and no part beside.
            return first[:place]
        own = total.quantity.unit
        beside = place >= 2 and first[0].sentence == total.sentence and one.quantity.unit != own
        if beside and all(each.quantity.unit == own for each in first[:place]):
            return first[:place]  # 改扩建学校17所，其中新建5所，改扩建12所，新增学位6420个
        if place >= 2 and _of_other_things(total, first[:place], one):
            # 幼儿18520人，其中城区11020人，农村幼儿7500人，教职工2170人: no children any more.
            return first[:place]
        if place >= 2 and _closed(passage, total, first[:place], one):
            return min(first[:place], first, key=lambda parts: abs(shortfall(total, parts)))
        if place >= 2 and LEFT_OVER.match(first[place - 1].lead):
            # 106个县中，增长的98个，其余8个下降，下降超过2%的3个: behind the rest nothing is left to tell.
            return first[:place]
        if place == 1 and one.part != first[0].part and len(first) > 2 and first[2].part == one.part:
            if total.quantity.kind is Kind.MONEY and divides(total, first[:2]):
                return first[:2]
            return first[:1]  # 其中应届2870人；本科上线1462人，一本上线518人
    return first


def _of_other_things(total: Mention, parts: Sequence[Mention], one: Mention) -> bool:
    """Return whether the names of parts end as that of the whole they divide, and the one of a figure does not."""
    ending = total.noun[-KIND:]
    named = len(ending) == KIND and all(part.noun.endswith(ending) for part in parts)
    return named and len(one.noun) > KIND and not one.noun.endswith(ending) and divides(total, parts)


def _stages_go_on(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether all schools are told by stage across ；: 普通高中4所、特教1所；初中19所、小学87所."""
    return (
        _ALL_SCHOOLS.search(total.noun) is not None
        and named_by_stage(parts)
        and len(parts) == len({one.noun for one in parts})
    )


def _paid_works(one: Mention) -> str:
    """Return the words before a figure, of money without the works it pays for: 校舍改造工程投资8831万元."""
    return _WORKS_WORD.sub("", one.lead) if one.quantity.kind is Kind.MONEY else one.lead


def undivided(total: Mention, parts: list[Mention]) -> list[Mention]:
    """Return parts up to one that those behind it make: 214个村中，1000人以上的87个，单独设园52个，联办35个."""
    for number, part in enumerate(parts[:-2]):
        if adds_up(part, parts[number + 1 :]) and not adds_up(total, parts):
            return parts[: number + 1]
    return parts


def divided_first(total: Mention, parts: list[Mention]) -> list[Mention]:
    """Return the first parts where their names divide the total: 中央4841万元；地方8403万元，各项税收7884万元.

    Of what is counted ； must stand behind them: 在职173人，退休75人；其他人员12人.
    """
    money = total.quantity.kind is Kind.MONEY
    for end in range(2, len(parts)) if not divides(total, parts) else ():
        apart = money or parts[end].part != parts[end - 1].part == parts[0].part
        if apart and divides(total, parts[:end]) and not adds_up(total, parts):
            return parts[:end]
    return parts


def of_others(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts make so much more than an amount that they must be of others, which no slip explains."""
    far_over = -shortfall(total, parts) * SECOND_TOLD > total.quantity.value and not divides(total, parts)
    return far_over and not one_slip_away(total.quantity, [one.quantity for one in parts])


def _shared_in(passage: Passage, before: Sequence[Mention], one: Mention) -> bool:
    """Return whether the share right behind a figure says that it is one of a part told before it."""
    behind = bisect_left(passage.mentions, one.index + 1, key=lambda each: each.index)
    share = passage.mentions[behind] if behind < len(passage.mentions) else None
    if share is None or share.role is not Role.SHARE or share.clause_number - one.clause_number > 1:
        return False
    noun = whole_noun(share)[1]
    return noun != "" and any(core_noun(part.noun) == noun for part in before)


def _closed(passage: Passage, total: Mention, parts: list[Mention], following: Mention) -> bool:
    """Return whether a list has ended before a figure: its marks change from 、 to ，, or the whole is named again."""
    before, last = parts[-2:]
    again = len(total.noun) >= AGAIN and following.noun.startswith(total.noun)
    marks = passage.text.startswith("、", before.quantity.span.end) and passage.text.startswith(
        ("，", ",", "；", ";"), last.quantity.span.end
    )
    return again or (marks and not names_rest([following]))


def run_behind(passage: Passage, place: int, *, inside: bool) -> tuple[list[Mention], bool]:
    """Return the amounts behind a total that may be its parts, and whether 其中 or the like announces them.

    With `inside`, the parts stand in the parenthesis that opens behind the total before any other level.
    """
    mentions, total = passage.mentions, passage.mentions[place]
    depth = total.depth + 1 if inside else total.depth
    run: list[Mention] = []
    unmarked: list[Mention] = []
    marked = inside
    allowed = total.sentence
    for other in range(place + 1, min(place + 1 + 3 * PARTS_LIMIT, len(mentions))):
        one = mentions[other]
        if one.sentence > allowed:
            opens = _opens_sentence(passage, one) or _opened_above(passage, total, one)
            goes_on = marked and bool(run) and one.quantity.unit == total.quantity.unit
            if not _carries_on(total, one, allowed, opens=opens, marked=marked, goes_on=goes_on):
                break
            if opens and not marked:
                larger = bool(run) and same_unit(one, total) and one.quantity.value > total.quantity.value
                if (larger or not _heads_sentence(passage, place)) and _viewed(passage, one):
                    # 项目46个，已完工29个，在建12个。分类别看…: what is looked at by its parts is the whole.
                    # 11个市中，5个高于均值，6个低于均值。分县看，20个县…: nor is a larger figure a part.
                    break
                unmarked, run = run, []
            marked = marked or opens
            allowed = one.sentence
        if one.depth < depth and (run or inside) and one.level and one.role is not Role.SHARE:
            break
        if one.depth != depth or not one.level:
            continue
        if not run and not marked:
            if _viewed_within(passage, total, one) and not _heads_sentence(passage, place):
                break
            marked = opens_list(passage, total, one)
        if not one.amount or not same_unit(one, total) or one.each or one.base:
            continue
        if run and one.slack is None and one.sentence != run[-1].sentence:
            # 美术缺48人。三是100人以下的学校37所: what is open to one side would make any total.
            break
        if _NOT_COUNTED.match(passage.text, one.quantity.span.end) or names_next(mentions, other):
            continue
        if run and one.quantity.value == run[-1].quantity.value and _AGAIN.search(one.lead):
            # 限期整改47个，目前47个限期整改问题已完成44个: what was told last is taken up again.
            break
        if run and _done_of_due(run[-1], one):
            continue
        if run and _told_otherwise(passage, run[-1], one):
            # 园区97个，其中公办园38所63个园区: the count that is told of the whole alone.
            if one.quantity.unit == total.quantity.unit:
                run[-1] = one
            continue
        if run and SHARE_COLON.match(passage.text, run[-1].quantity.span.end, one.quantity.span.start):
            # 3126名，其中不在岗146名，占4.67%：借调62名: what follows is what the part is made of.
            break
        if one.part != total.part and in_other_item(passage, total, one):
            break
        if (
            run
            and one.part != run[-1].part
            and (_of_another_scope(run, one) or told_like(total, run, one) or _beside_total(total, run, one))
        ):
            break
        beside = marked and one.clause_number - (run[-1] if run else total).clause_number <= 1
        beside = beside or (marked and not run and _opens_sentence(passage, one))
        apart = one.part != total.part or not (run or marked)
        if one.quantity.value >= total.quantity.value and apart and not beside and not _rest_by_name(total, run, one):
            break
        run.append(one)
        if len(run) >= PARTS_LIMIT:
            break
    return (run, marked) if len(run) >= 2 or not unmarked else (unmarked, inside)


def _rest_by_name(total: Mention, run: Sequence[Mention], one: Mention) -> bool:
    """Return whether a figure larger than its whole is what those before leave: 中央…，增长…；地方…."""
    return bool(run) and divides(total, [*run, one])


_DUE = re.compile(r"(?:其中)?[，]?(?:应|需|计划|拟)")
_DONE = re.compile(r"(?:目前|现|均|都)*(?:已|实际|实[有配建])")


def _done_of_due(before: Mention, one: Mention) -> bool:
    """Return whether a figure is what was done of the one before: 应建立9846所，已建立9712所."""
    due, done = _DUE.match(before.lead), _DONE.match(one.lead)
    return bool(due and done) and one.part == before.part and one.quantity.value <= before.quantity.value


def _told_otherwise(passage: Passage, before: Mention, one: Mention) -> bool:
    """Return whether a figure counts what the one right before it counts, by another unit: 38所63个园区."""
    between = passage.text[before.quantity.span.end : one.quantity.span.start]
    return between in ("", "、") and before.quantity.unit != one.quantity.unit


def _of_another_scope(run: Sequence[Mention], one: Mention) -> bool:
    """Return whether a figure behind ； is of what lies outside, or of a kind that a part bears already.

    县城规划区幼儿园34所，其中公办15所；城区以外公办园33所: no part of the 34.
    """
    if _OUTSIDE.search(one.lead):
        return True
    kind = _RUN_BY.search(one.lead)
    return kind is not None and all(_RUN_BY.findall(other.lead) == [kind[0]] for other in run)


def _beside_total(total: Mention, run: Sequence[Mention], one: Mention) -> bool:
    """Return whether a figure behind ； ends its name as the total does, and no part does.

    中部片区36.92，其中人员经费24.58；西部片区21.46: beside the total, and no part of it.
    """
    own, other = core_noun(total.noun)[-2:], core_noun(one.noun)[-2:]
    named = len(own) == 2 and own == other and "其中" not in one.lead
    # 71所：幼儿园29所；小学24所；…；特教学校1所: parts that stand behind ； themselves go on.
    together = all(part.part == total.part for part in run)
    return named and together and not any(core_noun(part.noun).endswith(own) for part in run)


def _carries_on(total: Mention, one: Mention, allowed: int, *, opens: bool, marked: bool, goes_on: bool) -> bool:
    """Return whether the parts of a total may go on in the sentence of a figure."""
    if one.sentence - total.sentence > SENTENCES_AHEAD or (one.paragraph != total.paragraph and not opens):
        return False
    return (goes_on and one.sentence == allowed + 1) or (opens and not marked)


def _opens_sentence(passage: Passage, first: Mention) -> bool:
    """Return whether the sentence of a figure begins with 其中 or the like."""
    start = passage.segmentation.sentences.starts[first.sentence]
    return bool(_OPENING.match(passage.text, start, first.quantity.span.start))


def _opened_above(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether 其中 ends the paragraph of a total, and the list begins a new one."""
    start = passage.segmentation.sentences.starts[first.sentence]
    return (
        start > total.quantity.span.end
        and _ENDS_OPEN.fullmatch(passage.text, total.quantity.span.end, start) is not None
    )


def _viewed(passage: Passage, first: Mention) -> bool:
    """Return whether the sentence of a figure looks at a whole by its parts."""
    return LOOKED_AT.match(passage.text, passage.segmentation.sentences.starts[first.sentence]) is not None


def _viewed_within(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether a whole is looked at by its parts between two figures: 12所；按学段分，小学9所."""
    start = max(total.quantity.span.end, first.quantity.span.start - LEAD_LIMIT)
    viewed = VIEWED_WHO.search(passage.text, start, first.quantity.span.start)
    return viewed is not None and not (viewed["who"] and core_noun(viewed["who"]) == core_noun(total.noun))


def _heads_sentence(passage: Passage, place: int) -> bool:
    """Return whether no amount of its unit stands before a figure in its sentence."""
    total = passage.mentions[place]
    for one in passage.mentions[max(place - PARTS_LIMIT, 0) : place][::-1]:
        if one.sentence != total.sentence:
            break
        if one.level and same_unit(one, total):
            return False
    return True


def selections(total: Mention, run: list[Mention]) -> Iterator[list[Mention]]:
    """Yield the choices of parts worth trying, the most natural first."""
    top = top_parts(run)
    yield top
    if len(top) < len(run):
        yield run
    named = [one for one in run if _same_thing(total, one)]
    if len(named) < len(run):
        yield named


def _same_thing(total: Mention, part: Mention) -> bool:
    """Return whether the name of a part ends like the name of the total: 中学专任教师 of 专任教师."""
    ending = core_noun(total.noun)[-2:]
    return len(ending) == 2 and ending in part.noun


def of_other_places(total: Mention, run: Sequence[Mention]) -> bool:
    """Return whether parts behind ； are of places beside that of the total: 城区68400人；凌河县、大石县分别为…."""
    own, others = _OF_PLACE.match(total.lead), _OF_PLACE.match(run[0].lead)
    return run[0].part != total.part and own is not None and others is not None and own["place"] != others["place"]


def of_other_years(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether other years follow a figure of one year: 1402人，2022年、2023年分别为1286人、1341人."""
    start = max(total.quantity.span.end, first.quantity.span.start - LEAD_LIMIT)
    dealt = _YEARS_DEALT.search(passage.text, start, first.quantity.span.start)
    return dealt is not None and _SEVERAL_YEARS.search(total.clause) is None


def within_row(passage: Passage, place: int, first: Mention) -> bool:
    """Return whether a figure is one of a row that is dealt out: 6个、8个、12个，新建4个: none of 12."""
    total = passage.mentions[place]
    if _DEALT.search(total.lead) and starts_series(passage, place):
        return total.part == first.part and first.clause_number - total.clause_number <= 1
    return not total.lead and not total.total and "其中" not in first.lead and starts_series(passage, place)


def cuts_row(passage: Passage, parts: Sequence[Mention]) -> bool:
    """Return whether parts are some of a row that 分别 deals out, and not all: 11个，三年分别为7个、6个、5个."""
    chosen = {one.index for one in parts}
    rows = all_series(passage)
    first = bisect_right(rows, parts[0].index, key=lambda row: row.members[0].index) - 1
    for row in rows[max(first, 0) : max(first, 0) + ROWS_AHEAD]:
        members = {one.index for one in row.members}
        if row.dealt and len(row) > 2 and chosen & members and not members <= chosen:
            return True
    return False


def made_before(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether a list of a later sentence makes an amount told before the one that stands nearest.

    反馈问题46个。…已整改38个，正在推进8个。分类别看，…11个、9个、8个、12个、6个: the classes are of the 46.
    """
    total = passage.mentions[place]
    before = passage.mentions[max(place - PARTS_LIMIT, 0) : place]
    alike = (one for one in before if one.level and one.amount and same_unit(one, total) and not one.each)
    return not adds_up(total, parts) and any(adds_up(one, parts) for one in alike)
