"""Which figure a part is a part of: the list that holds it, the name behind 占, the name its own name ends with."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, judge
from dudao.claims.likeness import core_noun, counts_others, is_amount, is_level, likeness, same_unit
from dudao.claims.mention_words import slack_of
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.places_named import is_place_name
from dudao.claims.proposals import STRUCTURAL, WEAK
from dudao.claims.slips import share_one_slip_away
from dudao.documents.headings import heading_level
from dudao.quantities.model import Kind

INNER_REACH = 20
"""How many figures back the part may stand when a parenthesis with figures lies between."""
AMONG_REACH = 16
"""How many figures back the whole may stand that 中 names."""
WHOLE_REACH = 150
"""How many figures back the whole may stand."""
PUPILS = "生"
"""What is left of 学生总数 as a bare noun."""
NAME_BEHIND = 2
"""How long the word is that says behind a count what those do: 4136人参考."""
NAMED_FAR = 400
"""How many figures back it may stand that bears the very name told behind 占."""
TOLD = 4
"""How many characters a name has that means the same figure when it comes back."""
OPENING = 60
"""How many characters of a paragraph tell whether it begins with a heading."""
NAMED = 0.72
"""How alike the words behind 占 and the name of the whole must be."""
_OF = re.compile(
    r"占(?:到(?!位|账|岗|校|期)|了|比)?(?P<noun>[^，。；：]*?)的?(?:比例|比重|百分比|份额)?"
    r"(?:为|达到|达|是|约|近|超过|超|高达|已|仅|均|也|到|：|:)*+$"
)
_OF_TOTAL = re.compile(r"占(?:其|全部)?总(?:数|量|人数|额)的?$")
_SAID_OF = re.compile(
    r"(?:其中)?(?:仅|只)?(?:在|已|有|实际|实有|其|达到|通过|建成|完成|参加|接受|具有|实现|取得|获|属|就读|办结|整改)"
)
_SPENT_ON = re.compile(r"(?:其中)?(?:主要)?(?:用于|投向|投入到|支持)")
"""两级共投入44亿元，用于寄宿制学校建设的有19.8亿元，占45%."""
_ALL_OF = re.compile(r"全[省市县区州旗盟]")
_CHOSEN = re.compile(r"[^，。；、\d]{0,6}(?:抽查|抽取|检查|走访|参评)")
_FOUND = re.compile(
    r"^(?:共|累计)?(?:(?:排查|自查|抽查|检查|督查|复查)?(?:发现|查出|查实|反馈|梳理|收集|收到|接到|办理|受理)|排查)(?:出|到)?(?:各类|各种)?"
)
"""共发现问题196个: the name of what was found."""
_AMONG = re.compile(
    r"(?:在)?(?P<whole>[^，。；：、]{2,12}?)(?:(?<![高初])中|里|当中|之中)(?![等小学心央职]|专(?!任|职|业))"
)
_AMONG_CLAUSE = re.compile(r"(?P<whole>[^，。；：、\d]{2,12})(?:当中|之中|中|里)[，,：:]")
_OF_STAGES = re.compile(r"^(?:义务教育(?:阶段)?|中小学)(?=专任教师|教师|教职工)")
"""义务教育专任教师16208人…音体美专任教师2117人，占13.1%: the part need not name the stages again."""
_PLACE = re.compile(r"全[国省市州盟县区旗]")
_LEVEL_OF = re.compile(r"[省市县区州旗]级|[省市县区州旗]?本级|地方|各级|[省市县区州旗]")


def whole_noun(share: Mention) -> tuple[str, str]:
    """Return the words between 占 and the share, as written and as a bare noun; empty when they name nothing."""
    match = _OF.search(share.lead) or _OF.search(share.clause)
    words = match["noun"] if match else ""
    noun = core_noun(words)
    return (words, noun) if len(noun) >= 2 or noun == PUPILS else ("", "")


def enclosing_list(passage: Passage, part_place: int) -> Mention | None:
    """Return the total whose list holds the part: the figure before 其中, or before the parenthesis."""
    mentions = passage.mentions
    part = mentions[part_place]
    named = part.quantity.value
    for other in range(part_place - 1, max(part_place - 24, -1), -1):
        whole = mentions[other]
        if whole.sentence != part.sentence:
            return None
        if not (is_level(whole) and is_amount(whole) and same_unit(whole, part)) or whole.each:
            continue
        if counts_others(whole, part):
            continue
        shared = mentions[other + 1].role is Role.SHARE and whole.depth == part.depth
        if whole.quantity.value <= part.quantity.value:
            named += whole.quantity.value if shared else 0
            continue
        if whole.depth < part.depth:
            return whole
        if whole.depth > part.depth:
            continue
        if whole.tail.endswith(("中", "里")):
            return whole
        if not shared and _closes(mentions, other, part_place):
            continue
        opened = _opened(passage, whole, part)
        if opened and "其中" not in whole.clause[-20:]:
            # Parts with shares of their own may lie between; together they leave room for this one.
            return whole if named <= whole.quantity.value * Decimal("1.01") else None
        if not opened and not shared:
            return None
        named += whole.quantity.value if shared else 0
    return None


def _closes(mentions: tuple[Mention, ...], sibling: int, part_place: int) -> bool:
    """Return whether a larger amount is the other part of a whole: 9846万元，其中基础性6892万元，奖励性2954万元."""
    if sibling == 0 or sibling != part_place - 1 or not mentions[sibling].lead.startswith("其中"):
        return False
    whole, pair = mentions[sibling - 1], [mentions[sibling], mentions[part_place]]
    beside = pair[0].clause_number - whole.clause_number == 1 and pair[1].clause_number - pair[0].clause_number <= 1
    return beside and whole.level and same_unit(whole, pair[0]) and adds_up(whole, pair)


def adds_up(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the total can be the sum of the parts, rounding granted."""
    stated = total.quantity
    gap = abs(stated.value - sum(one.quantity.value for one in parts))
    if not gap and stated.approximation is None:
        return True
    rooms = [slack_of(stated), *(slack_of(one.quantity) for one in parts)]
    if None not in rooms and gap > sum(room for room in rooms if room):
        return False  # no rounding reaches so far: most figures that stand together are no sums
    return judge(total.quantity, add, [one.quantity for one in parts], derived=False).holds


def head_of_closed_list(mentions: Sequence[Mention], last: int) -> Mention | None:
    """Return the amount that a list up to a figure makes in full: 76所，其中小学49所、初中27所; None without one.

    What is said behind such a list is said of all of it as easily as of its last part.
    """
    parts: list[Mention] = []
    for one in mentions[max(last - INNER_REACH, 0) : last + 1][::-1]:
        if one.sentence != mentions[last].sentence:
            return None
        if not (is_level(one) and is_amount(one) and same_unit(one, mentions[last])):
            continue
        if one.depth <= mentions[last].depth and len(parts) > 1 and adds_up(one, parts):
            return one
        if one.each:
            continue  # 人均8.92万元，其中基本工资4.61万元、绩效4.31万元: the head may be of each
        parts.append(one)
    return None


def _opened(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether 其中 or a colon stands between a whole and its part."""
    start, end = whole.quantity.span.end, part.quantity.span.start
    if passage.text.startswith(("：", ":"), start):
        return True
    opening = passage.text.rfind("其中", start, end)
    if opening < 0:
        return False
    # 41个县，涉及学校118所，其中超过3000人的26所；…37个县: the list is of the schools, and has ended.
    first = bisect_left(passage.mentions, opening, key=lambda one: one.quantity.span.start)
    heads = (one for one in reversed(passage.mentions[:first]) if one.depth == part.depth and is_level(one))
    head = next(heads, whole)
    other = counts_others(head, part) or not same_unit(head, part)
    return not (other and passage.text.find("；", opening, end) >= 0)


def named_otherwise(passage: Passage, part: Mention, whole: Mention) -> bool:
    """Return whether the words before a part name what it is a part of, and a figure told before is not of that name.

    总收入28470万元。总成本中，人员经费20113万元，占72%: the costs are told nowhere.
    """
    begin = passage.segmentation.clauses.span(part.clause_number).start
    before = passage.segmentation.clauses.span_at(max(begin - 1, 0))
    match = _AMONG.match(part.lead) or _AMONG_CLAUSE.match(passage.text, before.start, before.end)
    if match is None:
        return False
    name = core_noun(match["whole"])
    if len(match["whole"]) > TOLD and match["whole"][:TOLD] in whole.clause:
        return False  # 共挤占挪用公用经费1.15亿元。…挤占挪用的资金中，用于人员6513.51万元: by the verb of the whole
    return len(name) >= len("成本") and not one_in_other(name, whole.noun) and likeness(name, whole.noun) < NAMED


def named_among(passage: Passage, part_place: int) -> Mention | None:
    """Return the whole that the part's own words name: 专任教师3364人。专任教师中本科及以上学历2485人，占73.87%."""
    mentions = passage.mentions
    name = of_those(passage, part_place)
    for other in range(part_place - 1, max(part_place - AMONG_REACH, -1), -1):
        whole = mentions[other]
        amount = is_level(whole) and is_amount(whole) and same_unit(whole, mentions[part_place])
        near = whole.paragraph == mentions[part_place].paragraph
        if amount and near and len(name) >= 2 and core_noun(whole.noun) == name:
            return whole
    return None


def of_those(passage: Passage, part_place: int) -> str:
    """Return the bare name of the whole that a part's own words give: 学生中，随迁子女58236人; empty without."""
    part = passage.mentions[part_place]
    begin = passage.segmentation.clauses.span(part.clause_number).start
    before = passage.segmentation.clauses.span_at(max(begin - 1, 0))
    match = _AMONG.match(part.lead) or _AMONG_CLAUSE.match(passage.text, before.start, before.end)
    return core_noun(match["whole"]) if match is not None else ""


def general_before(mentions: tuple[Mention, ...], part_place: int) -> Mention | None:
    """Return the amount named just before whose name ends the part's name: 在园幼儿5232人。公办园在园幼儿2616人."""
    part = mentions[part_place]
    for other in range(part_place - 1, max(part_place - 4, -1), -1):
        whole = mentions[other]
        if whole.sentence < part.sentence - 1:
            return None
        if is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each:
            name, own = _OF_STAGES.sub("", core_noun(whole.noun)), core_noun(part.noun)
            if len(name) >= 2 and own.endswith(name) and len(own) > len(name):
                return whole
    return None


def far_generals(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
    """Return the amounts whose name ends the part's name, nearest first: 在园幼儿14236人 of 公办园在园幼儿7530人."""
    part = mentions[part_place]
    own = core_noun(part.noun)
    found: list[Mention] = []
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        if is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each:
            name = core_noun(whole.noun)
            if len(name) >= 2 and own.endswith(name) and len(own) > len(name):
                found.append(whole)
    return found


def told_again(whole: Mention, between: Iterable[Mention]) -> bool:
    """Return whether a whole is told once more before what may be its parts, which are then those of that telling."""
    name = core_noun(whole.noun)
    again = (core_noun(one.noun) for one in between if one.level and one.amount and same_unit(one, whole))
    return any(min(len(name), len(one)) >= TOLD and (name.endswith(one) or one.endswith(name)) for one in again)


def of_previous(whole: Mention, part: Mention, share: Mention) -> bool:
    """Return whether clause follows clause: 随迁子女2356人，在公办学校就读2280人，占96.8%."""
    in_order = part.clause_number - whole.clause_number == 1 and share.clause_number - part.clause_number == 1
    amounts = is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each
    if not (in_order and amounts):
        return False
    if _OF_TOTAL.search(share.lead) and whole.depth == part.depth:
        return True
    if whole.quantity.value <= part.quantity.value:
        return False
    headed = (whole.total or "现有" in whole.lead) and len(whole.noun) >= 2 and whole.noun[-2:] == part.noun[-2:]
    spent = whole.total and whole.quantity.kind is Kind.MONEY and _SPENT_ON.match(part.lead) is not None
    return headed or spent or bool(_SAID_OF.match(part.lead))


def opens_sentence(passage: Passage, part_place: int) -> Mention | None:
    """Return the total that opens the sentence of a part: 共发现问题196个，比上次减少58个；现场整改112个，占57.1%."""
    part = passage.mentions[part_place]
    first, _ = passage.sentences[part.sentence]
    for whole in passage.mentions[first : min(part_place, first + INNER_REACH)]:
        if is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each:
            larger = whole.depth == part.depth == 0 and whole.quantity.value > part.quantity.value
            among = whole.tail.endswith(("中", "里")) or _ALL_OF.match(whole.lead) is not None
            heads = (
                larger
                and not stands_beside(passage, whole, part)
                and (whole.total or among or _CHOSEN.match(whole.lead) is not None)
            )
            return whole if heads and whole.quantity.unit == part.quantity.unit else None
    return None


def stands_beside(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether two amounts have a share each, one beside the other: 规模41个县，占42.7%；班额37个县，占38.5%."""
    place = bisect_left(passage.mentions, one.index, key=lambda each: each.index)
    shared = place + 1 < len(passage.mentions) and passage.mentions[place + 1].role is Role.SHARE
    return shared and one.part != other.part and not _opened(passage, one, other)


def larger_in_sentence(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
    """Return the amounts of the sentence before a part that it can be a part of."""
    part = mentions[part_place]
    found: list[Mention] = []
    for whole in reversed(mentions[max(part_place - INNER_REACH, 0) : part_place]):
        if whole.sentence != part.sentence:
            break
        alike = is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each
        if alike and whole.quantity.value > part.quantity.value:
            found.append(whole)
    return found


_GRAND = re.compile(r"总?[值额量数]$")
_PLACE_ENDS = tuple("省市县区州旗盟")
NAMED_BY = 2
"""So many characters name an amount: 出口."""
PERCENT = 100
_SOME_KIND = re.compile("公办|民办|普惠")
"""普惠性幼儿园88所，在园幼儿12371人: not all children, though the figure is called so."""


def named_wholes(passage: Passage, part_place: int, place: int, words: str, noun: str) -> Iterator[tuple[Mention, int]]:
    """Yield the figures whose name is like the words behind 占, nearest first, then those that only may be."""
    mentions = passage.mentions
    part = mentions[part_place]
    exact: list[Mention] = []
    alike: list[Mention] = []
    others: list[Mention] = []
    reach = range(max(part_place - WHOLE_REACH, 0), min(place + 6, len(mentions)))
    for other in sorted(reach, key=lambda number: (number > part_place, abs(part_place - number))):
        whole = mentions[other]
        if other == part_place or not is_level(whole) or not is_amount(whole) or whole.each:
            continue
        if not same_unit(whole, part) or counts_others(whole, part):
            continue
        took_part = whole.quantity.kind is Kind.COUNT and len(whole.tail) == NAME_BEHIND and noun == whole.tail
        # 选派1583名教师交流轮岗，…占交流总人数的22.2%: the one whole of the sentence that the words behind it name.
        opens = whole.sentence == part.sentence and whole.family == "人" and len(noun) == NAME_BEHIND
        took_part = took_part or (opens and noun in whole.tail and "总" in words)
        if took_part or noun in (core_noun(whole.noun), _FOUND.sub("", core_noun(whole.noun))):
            exact.append(whole)
        elif whole.quantity.value >= part.quantity.value:
            likely = likeness(noun, whole.noun) >= NAMED or (
                len(core_noun(whole.noun)) >= 2 and one_in_other(noun, whole.noun)
            )
            likely = likely and not is_half_of(noun, whole)
            (alike if likely else others).append(whole)
    if not exact:
        far = mentions[max(part_place - NAMED_FAR, 0) : reach.start][::-1]
        exact = [one for one in far if noun in one.noun and _bears(one, noun, part)]
    for whole in (*exact, *alike, *(others[:12] if re.search("总|全部|全", words) else ())):
        yield whole, WEAK
    near = bool(exact) and part.paragraph - exact[0].paragraph <= 1
    # 在园幼儿13246人…。公办园在园幼儿7618人，占在园幼儿总数的57.51%；普惠园…，在园幼儿12371人: what follows is smaller.
    before = [one for one in exact if one.index < part.index]
    if len(before) == 1 and all(one.quantity.value <= before[0].quantity.value for one in exact):
        exact = before
    else:
        exact = [one for one in exact if one.index < part.index or not _SOME_KIND.search(one.topic)]
    if mentions[place].quantity.value < PERCENT and alike:
        # 山西出口565.7亿元，第三季度出口249.9亿元。机电产品出口430亿元，占全省出口的76%: the one that can hold it.
        exact = [one for one in exact if one.quantity.value >= part.quantity.value]
    near = near and bool(exact)
    # 三县研究生学历教师合计1145人，占教职工总数的5.6%: the one 教职工 told before may be of one county alone.
    if near or (len(exact) == 1 and not part.summing):
        plain = exact[0].quantity.approximation is None and not _other_place(words, exact[0].clause)
        if plain and not _under_other_heading(passage, exact[0], part):
            yield exact[0], STRUCTURAL
    elif (own := _own_level(alike, noun)) is not None and part.paragraph - own.paragraph <= 1:
        yield own, STRUCTURAL
    elif (summed := _summed_up(alike, words, part)) is not None:
        yield summed, STRUCTURAL
    elif (tailed := _ends_name(passage, alike, noun)) is not None and share_one_slip_away(
        mentions[place].quantity, part.quantity, tailed.quantity
    ):
        yield tailed, STRUCTURAL
    elif len(alike) == 1 and alike[0].sentence == part.sentence and likeness(noun, alike[0].noun) > 0.85:
        yield alike[0], STRUCTURAL


def is_half_of(noun: str, whole: Mention) -> bool:
    """Return whether a figure is called by two names, and a noun is but the second: 税收返还和转移支付4404亿元."""
    return re.search(rf"[^和与及、]{{2}}[和与及、]{re.escape(noun)}$", whole.noun) is not None


def _bears(whole: Mention, noun: str, part: Mention) -> bool:
    """Return whether an amount that a part may be taken of bears just this name."""
    amount = is_level(whole) and is_amount(whole) and not whole.each
    return amount and core_noun(whole.noun) == noun and same_unit(whole, part) and not counts_others(whole, part)


def _under_other_heading(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether whole and part stand each under a heading of its own, and nothing says that the whole is of all.

    （一）普通高中。…毕业生3512人。（二）中等职业教育。…升学1028人，占毕业生的58.31%: under each the name means others.
    """
    if whole.paragraph == part.paragraph or _ALL_OF.search(whole.clause) is not None:
        return False
    levels = [heading_level(_opening(passage, one)) for one in (whole, part)]
    return 0 < levels[0] == levels[1]


def _opening(passage: Passage, one: Mention) -> str:
    """Return the first words of the paragraph of a figure."""
    span = passage.segmentation.paragraphs.span(one.paragraph)
    return passage.text[span.start : min(span.end, span.start + OPENING)]


def _ends_name(passage: Passage, alike: list[Mention], noun: str) -> Mention | None:
    """Return the amount whose name, with the words told before it, is that of a whole; the longest such name.

    外贸进出口1.32万亿元，其中出口8061.1亿元: the second is 外贸出口总值. 山西省出口 is 出口.
    """
    bare = _GRAND.sub("", noun)
    named = [(len(core_noun(one.noun)), one) for one in alike if _is_named(passage, one, bare)]
    longest = [one for length, one in named if length == max(named, key=lambda pair: pair[0])[0]]
    return longest[0] if longest and len({one.quantity.value for one in longest}) == 1 else None


def _is_named(passage: Passage, one: Mention, noun: str) -> bool:
    own = core_noun(one.noun)
    if len(own) < NAMED_BY:
        return False
    if own.endswith(noun):
        place = own.removesuffix(noun)
        return place.endswith(_PLACE_ENDS) and is_place_name(place)
    sentences = passage.segmentation.sentences
    start = sentences.span(one.sentence).start
    if one.sentence and passage.text.startswith("其中", start):
        start = sentences.span(one.sentence - 1).start
    return noun.endswith(own) and noun.removesuffix(own) in passage.text[start : one.quantity.span.start]


def _summed_up(alike: list[Mention], words: str, part: Mention) -> Mention | None:
    """Return the sum told a sentence before of what 总数 names: 两类问题合计58项。49项已完成，占问题总数的84.5%."""
    told = [one for one in alike if one.summing and 0 <= part.sentence - one.sentence <= 1]
    larger = bool(told) and all(one.quantity.value <= told[0].quantity.value for one in alike if one.slack is not None)
    return told[0] if len(told) == 1 and "总数" in words and larger and told[0].slack is not None else None


def _own_level(alike: list[Mention], noun: str) -> Mention | None:
    """Return the whole that is named with the level it belongs to: 区级一般公共预算支出; None when two such differ."""
    own = [one for one in alike if _LEVEL_OF.fullmatch(core_noun(one.noun).removesuffix(noun) or "?")]
    return own[0] if own and len({one.quantity.value for one in own}) == 1 else None


def _other_place(words: str, clause: str) -> bool:
    """Return whether two phrases name the whole of different places: 全市 and 全县."""
    one, other = _PLACE.search(words), _PLACE.search(clause)
    return one is not None and other is not None and one[0] != other[0]


def one_in_other(noun: str, other: str) -> bool:
    """Return whether of a noun and the bare form of another one stands in the other."""
    short = core_noun(other)
    return short in noun or noun in short
