"""A part, its whole and the share between them: 3534人，占总数113369人的3.12%; 其中公办2616人，占比50%."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.claims.arithmetic import add, percent, scale
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, digits_written, propose, text_of
from dudao.claims.series import starts_series
from dudao.quantities.model import Kind

INNER_REACH = 20
"""How many figures back the part may stand when a parenthesis with figures lies between."""
DIGITS_NEEDED = 4
"""A part with fewer digits makes a rate of too many wholes by chance."""
STEM = 2
"""How many characters the name of a plain rate has: 升学率."""
SHORT = 3
"""A subject so short may be that of a part further back: 专职214名，兼职72名，专职占比74.8%."""
PART_REACH = 4
"""How many figures back the part may stand."""
AMONG_REACH = 16
"""How many figures back the whole may stand that 中 names."""
RATE_REACH = 4
"""How many figures back from the nearest one part and whole of a rate may stand."""
WHOLE_REACH = 150
"""How many figures back the whole may stand."""
PUPILS = "生"
"""What is left of 学生总数 as a bare noun."""
NAMED = 0.72
"""How alike the words behind 占 and the name of the whole must be."""

_OF = re.compile(
    r"占(?:到|了|比)?(?P<noun>[^，。；：]*?)的?(?:比例|比重|百分比|份额)?"
    r"(?:为|达到|达|是|约|近|超过|超|高达|已|仅|均|也|到|：|:)*+$"
)
_RATE = re.compile(r"(?:率|覆盖面|比例|比重|面)(?:为|达到|达|是|约|近|超过|已|仅|均|：|:)*$")
_OF_TOTAL = re.compile(r"占(?:其|全部)?总(?:数|量|人数|额)的?$")
_SAID_OF = re.compile(r"(?:在|已|有|其|达到|通过|建成|完成|参加|接受|具有|实现|取得|获|属|就读|办结|整改)")
_PURE_RATE = re.compile(
    r"^(?:[^，。；、]{0,8}?的?)(?P<stem>[^，。；、的]{2,6}?)(?:完成)?(?:率|(?<=满意)度|进度)(?:为|达到|达|是|约|近|超过|已|仅|均|：|:)*$"
)
_WIDENED = re.compile(r"[（(](?:含|包括)[^（）()]{1,8}[）)]率")
"""就业（含升学）率: more is counted than the name says."""
_VACANT = re.compile(r"空编|缺编|缺额|超编|缺岗")
"""A rate of vacant posts is taken of all posts, not of those that are filled."""
_POSTS = re.compile(r"编制|核定|应配|核编|定编")
_DENIED = re.compile(r"不|未|无|非(?!遗)")
_SAID_AS = (
    ("入学", "安置|就读|在校|在读|入学"),
    ("入园", "在园|入园"),
    ("使用", "在编|已用|使用"),
    ("满编", "在编|实有|在岗"),
    ("支付", "支付|拨付|支出"),
    ("支出", "支出|支付"),
    ("满意", "满意"),
    ("持证", "持有|持证|资格证|取得"),
    ("有效", "有效"),
    ("参与", "参加|参与"),
    ("覆盖", "覆盖|开展|建立|配备|实现"),
    ("移交", "移交"),
    ("销号", "销号|完成"),
    ("整改", "整改|完成"),
    ("完工", "竣工|完成|完工"),
    ("完成", "完成|建成|竣工|完工|达到"),
    ("建成", "建成|完成|竣工"),
    ("合格", "合格|达标|符合"),
    ("达标", "达标|合格|符合"),
    ("到位", "到位|拨付|下达"),
    ("执行", "支出|支付|执行"),
)
"""Rates whose part is told in other words."""
_AMONG = re.compile(r"(?:在)?(?P<whole>[^，。；：、]{2,12}?)(?:中|里|当中|之中)(?![等小学专心央职])")
_AMONG_CLAUSE = re.compile(r"(?P<whole>[^，。；：、\d]{2,12})(?:当中|之中|中|里)[，,]")
_PLACE = re.compile(r"全[国省市州盟县区旗]")
_LEVEL_OF = re.compile(r"[省市县区州旗]级|[省市县区州旗]?本级|地方|各级|[省市县区州旗]")
_FRACTION = re.compile(r"\s*\d+\s*[/／]\s*\d+\s*")
_COUNTED_AS = re.compile(r"学生|在校生|幼儿(?!园)|教师|教职工|合计")
_REST_OF = re.compile(r"其余|剩余|余下|尚有|还有|仍有|另有|空编|缺编")
_OF_AGE = re.compile(r"适龄|周岁|儿童|少年|人口|幼儿(?!园)|毕业")
_ATTRIBUTE = re.compile(r"学历|职称|周?岁|资格|骨干|女|少数民族|专业|寄宿|留守|毕业")
"""What a part of a count of persons is told by; it divides nothing else than the count before it."""
_AS_BELOW = re.compile(r"下同|同下")


CHAIN_NEEDED = 2
"""So many bare shares of a paragraph must fit one whole before another that does not is called wrong."""


@dataclass(slots=True)
class _Standing:
    """What earlier shares say about the whole of a later one: （下同）, the last that fitted, and all that fitted.

    `fitted` counts, per paragraph and whole, the bare shares that fitted; `open` are bare shares that fitted nothing.
    `sibling` is the last share that fitted, with its part and whole.
    """

    below: Mention | None = None
    last: Mention | None = None
    fitted: Counter[tuple[int, int]] = field(default_factory=Counter)
    open: list[tuple[Mention, Mention]] = field(default_factory=list)
    sibling: tuple[Mention, Mention, Mention] | None = None


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a percentage is the share of a part in a whole."""
    standing = _Standing()
    mentions = passage.mentions
    places = {one.index: one for one in mentions}
    for place, share in enumerate(mentions):
        quantity = share.quantity
        if quantity.kind is not Kind.PERCENT or quantity.upper is not None or not 0 < quantity.value <= 1000:
            continue
        if share.role is Role.SHARE and not starts_series(passage, place):
            yield from _worded(passage, place, standing)
        elif share.role in (Role.LEVEL, Role.CHANGE) and _RATE.search(share.lead):
            yield from _rate(passage, place)
    for part, share in standing.open:
        chains = [
            (count, number)
            for (paragraph, number), count in standing.fitted.items()
            if paragraph == part.paragraph and count >= CHAIN_NEEDED and same_unit(places[number], part)
        ]
        if chains:
            yield from _share(passage, part, places[max(chains)[1]], share, STRUCTURAL)


def _worded(passage: Passage, place: int, standing: _Standing) -> Iterator[Proposal]:
    """Yield the reading of a share that 占 announces."""
    mentions, share = passage.mentions, passage.mentions[place]
    if (fraction := _fraction(passage, place)) is not None:
        yield from _share(passage, *fraction, share, EXPLICIT)
        return
    if (written := _written_fraction(passage, place)) is not None:
        yield written
        return
    explicit = _explicit_whole(passage, place)
    if explicit is not None and _part(mentions, place, explicit) is None:
        yield from _part_before(passage, place, mentions[explicit])
        return
    part_place = _part(mentions, place, explicit)
    if part_place is None:
        yield from _named_afar(passage, place, _subject(share))
        return
    part = mentions[part_place]
    if explicit is not None:
        whole = mentions[explicit]
        if part is not whole and same_unit(part, whole):
            yield from _share(passage, part, whole, share, EXPLICIT)
            standing.sibling = part, whole, share
        return
    resets = bool(_AS_BELOW.search(passage.text[max(share.quantity.span.start - 8, 0) : share.quantity.span.start]))
    bare = not _whole_noun(share)[1]
    failed: list[Proposal] = []
    beside, refused = _whole_of_sibling(mentions, part_place, standing), False
    for whole, strength in _wholes(passage, part_place, place, standing):
        if whole is part or not same_unit(part, whole):
            continue
        if refused and strength == WEAK and share.quantity.decimals == 0:
            # A percentage of two digits fits some far figure by chance.
            break
        proposals = list(_share(passage, part, whole, share, strength))
        if not proposals:
            continue
        if not proposals[0].holds:
            failed.extend(proposals)
            refused = refused or whole is beside
            continue
        yield from proposals
        standing.last = whole
        standing.sibling = part, whole, share
        if resets:
            standing.below = whole
        if bare or resets or whole is standing.below:
            standing.fitted[part.paragraph, whole.index] += 1
        return
    yield from failed[:1]
    if not bare or failed:
        return
    if beside is not None:
        yield from _share(passage, part, beside, share, STRUCTURAL)
    else:
        standing.open.append((part, share))


def _whole_of_sibling(mentions: tuple[Mention, ...], part_place: int, standing: _Standing) -> Mention | None:
    """Return the whole of the share just before, when part follows part: …占总数的74.9%；高级职称1227人，占18.0%."""
    part = mentions[part_place]
    if standing.sibling is None or part_place == 0:
        return None
    earlier, whole, share = standing.sibling
    before = part_place - 1
    while before > 0 and mentions[before].each:
        before -= 1
    if mentions[before] is not share or not same_unit(part, whole) or part.paragraph != earlier.paragraph:
        return None
    near = part.sentence == earlier.sentence or (
        part.sentence == earlier.sentence + 1 and len(part.noun) >= 2 and part.noun[-2:] == earlier.noun[-2:]
    )
    return whole if near and part.quantity.value <= whole.quantity.value else None


def _fraction(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of a share beside its fraction: 62.5%（520/832）, 占比（5.12万人，总数9.87万人）51.9%."""
    before = passage.mentions[max(place - 2, 0) : place]
    if len(before) == 2 and before[0].parenthesis == before[1].parenthesis >= 0 == passage.mentions[place].depth:
        closed = passage.text[before[1].quantity.span.end : passage.mentions[place].quantity.span.start].strip()
        small, large = sorted(before, key=lambda one: one.quantity.value)
        amounts = all(is_level(one) and is_amount(one) and not one.each for one in before)
        opens = passage.text[before[0].parenthesis - 3 : before[0].parenthesis - 1].endswith(("比", "率", "例", "重"))
        if closed in ("）", ")") and amounts and opens and same_unit(small, large) and large.quantity.value:
            return small, large
    share, behind = passage.mentions[place], passage.mentions[place + 1 : place + 3]
    if len(behind) < 2:
        return None
    part, whole = behind
    opened = passage.text[share.quantity.span.end : part.quantity.span.start].strip()
    between = passage.text[part.quantity.span.end : whole.quantity.span.start].strip()
    return (part, whole) if opened in ("（", "(") and between in ("/", "／", "÷") and whole.quantity.value else None


def _written_fraction(passage: Passage, place: int) -> Proposal | None:
    """Return 43.5%（87/200） where the fraction was read as one figure."""
    if place + 1 >= len(passage.mentions):
        return None
    share, fraction = passage.mentions[place], passage.mentions[place + 1]
    opened = passage.text[share.quantity.span.end : fraction.quantity.span.start].strip()
    if (
        fraction.quantity.kind is not Kind.RATIO
        or not _FRACTION.fullmatch(fraction.quantity.text)
        or opened not in ("（", "(")
    ):
        return None
    wording = Wording("share", ClaimType.SHARE, "share = fraction", f"{text_of(fraction)}×100%")
    return propose(
        passage, wording, ("share", share), {"fraction": fraction}, lambda one: scale(one[0], Decimal(100)), EXPLICIT
    )


def _part_before(passage: Passage, place: int, whole: Mention) -> Iterator[Proposal]:
    """Yield 教育支出占一般公共预算支出257.4亿元的19.37% where the part stands a sentence earlier; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    if share.quantity.decimals == 0:
        return
    for other in range(place - 2, max(place - 2 - 2 * PART_REACH, -1), -1):
        part = mentions[other]
        if part.paragraph != share.paragraph or part.sentence < share.sentence - 1:
            return
        if is_level(part) and is_amount(part) and same_unit(part, whole) and not part.each:
            found = next(_share(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _explicit_whole(passage: Passage, place: int) -> int | None:
    """Return the figure between 占 and the share: 占总数113369人的3.12%."""
    mentions, share = passage.mentions, passage.mentions[place]
    if place == 0:
        return None
    whole = mentions[place - 1]
    if whole.sentence != share.sentence or not is_amount(whole) or whole.clause_number != share.clause_number:
        return None
    between = passage.words_between(whole, share).lstrip()
    if "占" in whole.clause[-20:] and whole.base and "占" not in whole.lead:
        return place - 1
    if "占" in whole.lead and (between.startswith(("的", "之", "总")) or not between or "占" in whole.lead[-20:]):
        return place - 1
    return None


def _part(mentions: tuple[Mention, ...], place: int, explicit: int | None) -> int | None:
    """Return the amount the share is said of: the nearest one before it at the same or an outer depth."""
    share = mentions[place]
    subject = _subject(share)
    first = explicit if explicit is not None else place
    steps = 0
    for other in range(first - 1, max(first - 1 - INNER_REACH, -1), -1):
        part = mentions[other]
        if part.sentence != share.sentence or steps >= PART_REACH:
            return None
        if part.depth > share.depth:
            continue
        steps += 1
        if not is_amount(part) or part.each or part.quantity.upper is not None:
            continue
        if part.role in (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS):
            continue
        if subject and likeness(subject, part.noun) < NAMED and subject not in part.noun:
            if first - other <= 1 and len(subject) <= SHORT:
                continue
            return None
        return other
    return None


def _subject(share: Mention) -> str:
    """Return what the share is said of when its own clause names it: 公办园在园幼儿占比53%; empty else."""
    before, said, _ = share.lead.partition("占")
    if not said:
        return ""
    words = own_subject(core_noun(before))
    return words if len(words) >= 2 else ""


def _wholes(passage: Passage, part_place: int, place: int, standing: _Standing) -> Iterator[tuple[Mention, int]]:
    """Yield the wholes a share may mean, the likeliest first, and how plainly the words mean them."""
    mentions = passage.mentions
    part, share = mentions[part_place], mentions[place]
    words, noun = _whole_noun(share)
    if noun:
        yield from _named_wholes(mentions, part_place, place, words, noun)
        head = _enclosing(passage, part_place)
        if head is not None:
            named = likeness(noun, head.noun) >= NAMED or _inside(noun, head.noun)
            yield head, STRUCTURAL if named else WEAK
        return
    enclosing = _enclosing(passage, part_place)
    if enclosing is not None:
        yield enclosing, EXPLICIT
    elif (among := _among(passage, part_place)) is not None:
        yield among, STRUCTURAL
    general = _general(mentions, part_place)
    if general is not None:
        yield general, STRUCTURAL
    previous = mentions[part_place - 1] if part_place else None
    if previous is not None and enclosing is None and _of_previous(previous, part, share):
        yield previous, STRUCTURAL
    beside = _whole_of_sibling(mentions, part_place, standing)
    if beside is not None and standing.sibling is not None and standing.sibling[0].sentence == part.sentence:
        yield beside, STRUCTURAL
    if _ATTRIBUTE.search(part.lead) and len(alone := _larger_in_sentence(mentions, part_place)) == 1:
        yield alone[0], STRUCTURAL
    if standing.below is not None:
        yield standing.below, WEAK
    if general is None and enclosing is None:
        far = _far_generals(mentions, part_place)
        for whole in far:
            yield whole, STRUCTURAL if len(far) == 1 and not _subject(share) else WEAK
    if standing.last is not None:
        yield standing.last, WEAK
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        if is_level(whole) and is_amount(whole) and not whole.each and whole.quantity.value > part.quantity.value:
            yield whole, WEAK


def _larger_in_sentence(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
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


def _general(mentions: tuple[Mention, ...], part_place: int) -> Mention | None:
    """Return the amount named just before whose name ends the part's name: 在园幼儿5232人。公办园在园幼儿2616人."""
    part = mentions[part_place]
    for other in range(part_place - 1, max(part_place - 4, -1), -1):
        whole = mentions[other]
        if whole.sentence < part.sentence - 1:
            return None
        if is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each:
            name, own = core_noun(whole.noun), core_noun(part.noun)
            return whole if len(name) >= 2 and own.endswith(name) and len(own) > len(name) else None
    return None


def _among(passage: Passage, part_place: int) -> Mention | None:
    """Return the whole that the part's own words name: 专任教师3364人。专任教师中本科及以上学历2485人，占73.87%."""
    mentions = passage.mentions
    begin = passage.segmentation.clauses.span(mentions[part_place].clause_number).start
    before = passage.segmentation.clauses.span_at(max(begin - 1, 0))
    match = _AMONG.match(mentions[part_place].lead) or _AMONG_CLAUSE.match(passage.text, before.start, before.end)
    if match is None:
        return None
    name = core_noun(match["whole"])
    for other in range(part_place - 1, max(part_place - AMONG_REACH, -1), -1):
        whole = mentions[other]
        amount = is_level(whole) and is_amount(whole) and same_unit(whole, mentions[part_place])
        near = whole.paragraph == mentions[part_place].paragraph
        if amount and near and len(name) >= 2 and core_noun(whole.noun) == name:
            return whole
    return None


def _whole_noun(share: Mention) -> tuple[str, str]:
    """Return the words between 占 and the share, as written and as a bare noun; empty when they name nothing."""
    match = _OF.search(share.lead) or _OF.search(share.clause)
    words = match["noun"] if match else ""
    noun = core_noun(words)
    return (words, noun) if len(noun) >= 2 or noun == PUPILS else ("", "")


def _of_previous(whole: Mention, part: Mention, share: Mention) -> bool:
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
    return headed or bool(_SAID_OF.match(part.lead))


def _opened(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether 其中 or a colon stands between a whole and its part."""
    start = whole.quantity.span.end
    listed = passage.text.startswith(("：", ":"), start)
    return listed or passage.text.find("其中", start, part.quantity.span.start) >= 0


def _enclosing(passage: Passage, part_place: int) -> Mention | None:
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
        opened = _opened(passage, whole, part)
        if opened and "其中" not in whole.clause[-20:]:
            # Parts with shares of their own may lie between; together they leave room for this one.
            return whole if named <= whole.quantity.value * Decimal("1.01") else None
        if not opened and not shared:
            return None
        named += whole.quantity.value if shared else 0
    return None


def _named_wholes(
    mentions: tuple[Mention, ...], part_place: int, place: int, words: str, noun: str
) -> Iterator[tuple[Mention, int]]:
    """Yield the figures whose name is like the words behind 占, nearest first, then those that only may be."""
    part = mentions[part_place]
    exact: list[Mention] = []
    alike: list[Mention] = []
    others: list[Mention] = []
    reach = range(max(part_place - WHOLE_REACH, 0), min(place + 6, len(mentions)))
    for other in sorted(reach, key=lambda number: (number > part_place, abs(part_place - number))):
        whole = mentions[other]
        if other == part_place or not is_level(whole) or not is_amount(whole) or whole.each:
            continue
        if not same_unit(whole, part):
            continue
        if core_noun(whole.noun) == noun:
            exact.append(whole)
        elif whole.quantity.value >= part.quantity.value:
            likely = likeness(noun, whole.noun) >= NAMED or (
                len(core_noun(whole.noun)) >= 2 and _inside(noun, whole.noun)
            )
            (alike if likely else others).append(whole)
    for whole in (*exact, *alike, *(others[:12] if re.search("总|全部|全", words) else ())):
        yield whole, WEAK
    if exact and (len(exact) == 1 or part.paragraph - exact[0].paragraph <= 1):
        if exact[0].quantity.approximation is None and not _other_place(words, exact[0].clause):
            yield exact[0], STRUCTURAL
    elif (own := _own_level(alike, noun)) is not None and part.paragraph - own.paragraph <= 1:
        yield own, STRUCTURAL
    elif len(alike) == 1 and alike[0].sentence == part.sentence and likeness(noun, alike[0].noun) > 0.85:
        yield alike[0], STRUCTURAL


def _own_level(alike: list[Mention], noun: str) -> Mention | None:
    """Return the whole that is named with the level it belongs to: 区级一般公共预算支出; None when two such differ."""
    own = [one for one in alike if _LEVEL_OF.fullmatch(core_noun(one.noun).removesuffix(noun) or "?")]
    return own[0] if own and len({one.quantity.value for one in own}) == 1 else None


def _other_place(words: str, clause: str) -> bool:
    """Return whether two phrases name the whole of different places: 全市 and 全县."""
    one, other = _PLACE.search(words), _PLACE.search(clause)
    return one is not None and other is not None and one[0] != other[0]


def _inside(noun: str, other: str) -> bool:
    short = core_noun(other)
    return short in noun or noun in short


def _rate(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield a rate (普惠率85%) that two counts beside it make exactly; rates have bases of their own, so no more."""
    mentions, share = passage.mentions, passage.mentions[place]
    if (fraction := _fraction(passage, place)) is not None:
        yield from _share(passage, *fraction, share, EXPLICIT)
        return
    if (written := _written_fraction(passage, place)) is not None:
        yield written
        return
    if place == 0:
        return
    part_place = _part_of_rate(mentions, place)
    if part_place is None:
        return
    part = mentions[part_place]
    named = _named_by_rate(mentions, place)
    if named is not None:
        part_place, part = named, mentions[named]
    start = share.quantity.span.start
    widened = _WIDENED.search(passage.text, max(start - 16, 0), start) is not None
    if not widened and (beside := _rated(mentions, part_place, share)) is not None:
        rated = list(_share(passage, part, beside[0], share, beside[1]))
        yield from rated
        if rated:
            return
    for far in _far_generals(mentions, part_place):
        if (found := next(_share(passage, part, far, share, WEAK), None)) is not None:
            yield found
            return
    parts = _outcomes(mentions, part_place)
    for other in range(part_place - 1, max(part_place - 8, -1), -1):
        whole = mentions[other]
        if not (is_level(whole) and is_amount(whole) and same_unit(whole, part)) or whole.each:
            continue
        if whole.paragraph != part.paragraph:
            return
        if whole.quantity.value > part.quantity.value or share.quantity.value == 100 == whole.quantity.value:
            if len(parts) >= 2 and other < part_place - len(parts) + 1:
                found = _share_of_sum(passage, parts, whole, share)
                if found is not None:
                    yield found
                    return
            found = next(_share(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return
    if share.quantity.decimals:
        earlier = list(_rate_of_earlier(passage, part_place, share))
        yield from earlier
        if not earlier:
            yield from _rate_of_stage(passage, part_place, share)


def _named_by_rate(mentions: tuple[Mention, ...], place: int) -> int | None:
    """Return the amount a rate names when another one follows it: 升学9637人，直接就业4205人，升学率67.0%."""
    share = mentions[place]
    match = _PURE_RATE.search(share.lead)
    if match is None or len(match["stem"]) != STEM:
        return None
    for other in range(place - 1, max(place - 1 - RATE_REACH, -1), -1):
        one = mentions[other]
        if one.sentence != share.sentence:
            return None
        if is_amount(one) and is_level(one) and one.depth == share.depth and one.lead.startswith(match["stem"]):
            return other
    return None


def _rate_of_stage(passage: Passage, part_place: int, share: Mention) -> Iterator[Proposal]:
    """Yield 参与学生41160人，参与率91.0% of 小学在校生45230人 told before; only when it fits and counts the same."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    kind = _COUNTED_AS.search(part.noun)
    if kind is None or digits_written(part.quantity) < DIGITS_NEEDED:
        return
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        alike = is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each
        if alike and whole.quantity.value > part.quantity.value and _COUNTED_AS.search(whole.noun) is not None:
            found = next(_share(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _named_afar(passage: Passage, place: int, subject: str) -> Iterator[Proposal]:
    """Yield 公办园在园幼儿占比52.46% where part and whole stand far before by their names; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    if len(subject) <= SHORT or not share.quantity.decimals:
        return
    named = [
        number
        for number in range(max(place - WHOLE_REACH, 0), place)
        if is_level(mentions[number]) and is_amount(mentions[number]) and core_noun(mentions[number].noun) == subject
    ]
    for number in reversed(named[-2:]):
        part = mentions[number]
        for whole in _far_generals(mentions, number):
            found = next(_share(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _rate_of_earlier(passage: Passage, part_place: int, share: Mention) -> Iterator[Proposal]:
    """Yield 编制21560名，在编20873名，空编687名，使用率96.8%: two amounts of the sentence that make the rate."""
    mentions = passage.mentions
    near = [
        one
        for one in mentions[max(part_place - RATE_REACH, 0) : part_place + 1]
        if one.sentence == share.sentence and is_level(one) and is_amount(one) and not one.each
    ]
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            part, whole = near[later], near[earlier]
            if same_unit(part, whole) and part.quantity.value < whole.quantity.value:
                found = next(_share(passage, part, whole, share, WEAK), None)
                if found is not None:
                    yield found
                    return


def _rated(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> tuple[Mention, int] | None:
    """Return the whole when the rate takes up a word of the part: 受理326件，办结318件，办结率97.5%.

    The whole is the amount just before the part; smaller ones and those with a rate of their own are passed over.
    """
    part = mentions[part_place]
    match = _PURE_RATE.search(share.lead)
    if match is None or not _takes_up(match["stem"], part):
        return None
    among = "其中" in part.lead
    passed = False
    for other in range(part_place - 1, max(part_place - 1 - 2 * RATE_REACH, -1), -1):
        whole = mentions[other]
        if whole.sentence != part.sentence:
            return None
        if not (is_level(whole) and is_amount(whole)) or whole.each or whole.depth != part.depth:
            continue
        if whole.family != part.family:
            return None
        if mentions[other + 1].quantity.kind is Kind.PERCENT and not among:
            passed = True
            continue
        if match["stem"][-2:] in whole.lead:
            return None
        if _VACANT.search(match["stem"]) and not _POSTS.search(whole.lead):
            continue
        if whole.quantity.value * 4 >= part.quantity.value * (2 if other == part_place - 1 else 3):
            said = _of_the_same(share.lead[: match.start("stem")], match["stem"], part, whole)
            return whole, STRUCTURAL if said and (not passed or whole.tail.endswith("中")) else WEAK
    return None


def _of_the_same(prefix: str, stem: str, part: Mention, whole: Mention) -> bool:
    """Return whether what a rate is said of is what was counted: no 高中阶段毛入学率 from two counts of pupils."""
    words = part.lead + part.tail[:8] + whole.lead + whole.tail[:8]
    if stem.endswith(("入学", "入园")) and not _OF_AGE.search(whole.lead + whole.tail[:8]):
        return False
    named = prefix.rstrip("的")
    return len(named) < 2 or any(named[place : place + 2] in words for place in range(len(named) - 1))


def _takes_up(stem: str, part: Mention) -> bool:
    """Return whether the words of a part hold what a rate is the rate of: 安置 for 入学率, 在编 for 使用率."""
    words = part.lead + part.tail[:8]
    if _DENIED.search(words) and not _DENIED.search(stem):
        return False
    if stem[-2:] in words or stem[:2] in words or set(words).issuperset(stem[-2:]):
        return True
    return any(stem.endswith(rate) and re.search(said, words) for rate, said in _SAID_AS)


def _far_generals(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
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


def _part_of_rate(mentions: tuple[Mention, ...], place: int) -> int | None:
    steps = 0
    for other in range(place - 1, max(place - 5, -1), -1):
        part = mentions[other]
        if part.sentence != mentions[place].sentence or steps >= 2:
            return None
        if _REST_OF.match(part.lead) or part.depth > mentions[place].depth:
            continue
        steps += 1
        if is_amount(part) and is_level(part) and part.depth <= mentions[place].depth:
            return other
    return None


def _outcomes(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
    """Return the counts side by side that end with the part: 注销156家，转型4家."""
    found = [mentions[part_place]]
    for other in range(part_place - 1, max(part_place - 5, -1), -1):
        one = mentions[other]
        if one.sentence != found[0].sentence or not same_unit(one, found[0]) or not is_level(one):
            break
        if one.noun and one.quantity.unit != found[0].quantity.unit:
            break
        found.insert(0, one)
    return found


def _share_of_sum(passage: Passage, parts: list[Mention], whole: Mention, share: Mention) -> Proposal | None:
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    wording = Wording(
        "share",
        ClaimType.SHARE,
        f"share = ({' + '.join(names)}) / whole",
        f"（{'＋'.join(text_of(one) for one in parts)}）÷{text_of(whole)}×100%",
    )

    return propose(
        passage,
        wording,
        ("share", share),
        names | {"whole": whole},
        lambda values: percent(add(values[:-1]), values[-1]),
        WEAK,
    )


def _share(passage: Passage, part: Mention, whole: Mention, share: Mention, strength: int) -> Iterator[Proposal]:
    wording = Wording("share", ClaimType.SHARE, "share = part / whole", f"{text_of(part)}÷{text_of(whole)}×100%")
    operands = {"part": part, "whole": whole}
    proposal = propose(
        passage, wording, ("share", share), operands, lambda values: percent(values[0], values[1]), strength
    )
    if proposal is not None and (proposal.holds or strength == EXPLICIT or _plausible(part, whole)):
        yield proposal


def _plausible(part: Mention, whole: Mention) -> bool:
    """Return whether two amounts are of a size that one can be a share of the other at all."""
    return whole.quantity.value / 2000 < part.quantity.value <= whole.quantity.value * 3
