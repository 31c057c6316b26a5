"""What a rate is taken of, where the words beside it lead to the whole: 应测21738人, 核定编制, 有效问卷, 计划."""

import re
from itertools import pairwise

from dudao.claims.likeness import core_noun, is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, WEAK, digits_written
from dudao.claims.rate_names import DENIED, PURE_RATE, is_rate_of, name_of_rate, of_the_same, takes_up
from dudao.claims.wholes import WHOLE_REACH, adds_up, far_generals
from dudao.quantities.model import Kind

TELLING = 3
"""With so many digits one figure is hardly what two others make by chance."""
STEM = 2
"""How many characters the name of a plain rate has: 升学率."""
SPENT = "支出"
"""What a rate without a name, 进度, is the rate of."""
RATE_REACH = 4
"""How many figures back from the nearest one part and whole of a rate may stand."""
PERCENTS_BETWEEN = 3
"""How many percentages may stand between what was planned and what was done of it."""
BEARER_REACH = 10
"""How many figures back in its sentence the one part may stand that bears the name of a rate."""
PARTED = 3
"""Into how many parts a whole is divided at least that is known by its parts."""
GENERAL_REACH = 6
"""How many characters what a rate names may have before the name of the whole: 普惠性幼儿园在园幼儿."""
_BARELY = re.compile(r"(?P<stem>)(?:进度|执行率)(?:为|达到|达|是|约|近)?")
"""下达6810万元，支出5243万元，进度77.0%: what was paid out of what was given."""
_VACANT = re.compile(r"空编|缺编|缺额|超编|缺岗")
"""A rate of vacant posts is taken of all posts, not of those that are filled."""
_POSTS = re.compile(r"编制|核定|应配|核编|定编")
DUE = re.compile(r"应|核定|需|计划|任务|预算")
"""应到岗41263人，实到岗41180人，到岗率99.8%: what is due bears the name of the rate too."""
_ANSWERED = re.compile(r"(?:收回|回收)(?:的)?(?:有效)?(?:问卷|测评表|调查表)?$|有效(?:问卷|测评表|调查表|样本)$")
_PLANNED = re.compile(r"满分|权重|分值|总分|应得|计划|应(?!急|用|届)|预算|任务|核定|编制|拟|指标|下达|规划")
_CARRIED_OUT = re.compile(
    r"实[际有配检测到缴拨支收建聘达]|已|使用|支出|支付|拨付|完成|归还|偿还|聘|到[岗位校账]|办结|整改|建成|发放|开工|落实|配备|缴|自评|得分|实得"
)
_OF_PLANNED = re.compile(
    r"执行|使用|完成|^到|支付|支出|拨付|归还|体检|检测|配备|配齐|落实|报到|缴|参|发放|建成|开工|实施|达标|满编|得分"
)
_AIMED = re.compile(r"(?:任务|目标)[^，。；、\d]{0,3}$")
_REALLY = re.compile(r"(?:实际|现|目前)?已?(?:实际)?(?:完成|减少|消除|达到|新增|达)|实际")
"""任务目标数是78.9%，实际已完成92.4%，完成率为117.1%: what was aimed at may be a rate or a change itself."""
_LEFT_IDLE = re.compile(r"闲置率.*(?:未|闲置|空置)|空置率.*(?:未|空)|辍学率.*(?:辍|失)|流失率.*(?:流失|离|调出)")
_SAID = (Role.LEVEL, Role.SHARE)
REST_OF = re.compile(r"其余|剩余|余下|尚有|还有|仍有|另有|空编|缺编")


def due_behind(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 参测学生21450人，应测21738人，参测率98.7%: what was due is told second."""
    if place < 2:
        return None
    part, whole, share = mentions[place - 2 : place + 1]
    stem = name_of_rate(share)
    in_order = 0 < whole.clause_number - part.clause_number <= 1 == share.clause_number - whole.clause_number
    usable = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (part, whole))
    if stem is None or not (in_order and usable and same_unit(part, whole)) or whole.sentence != share.sentence:
        return None
    due = whole.lead.startswith("应") and stem[-1:] in whole.lead
    named = (due or _SAT.fullmatch(whole.lead) is not None) and takes_up(stem, part)
    return (part, whole) if named and not DUE.search(part.lead) else None


_SAT = re.compile(r"(?:实际|共有?|全[市县区旗州]?)?(?:参考|参测|报考|参评|参检|参赛)(?:学生|考生|人数)?(?:共|为)?")
"""本科上线1046人，参考2187人，本科上线率47.8%: of those who sat for it."""
_WHO_ASKED = re.compile(r"(?P<who>家长|学生|教师|群众|社会)")


def all_asked(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return all who answered: 收回有效问卷1152份，其中学生620份…。满意和基本满意1097份，满意度95.2%."""
    part = mentions[part_place]
    told = "满意" in share.lead and "满意" in part.lead and share.clause_number - part.clause_number == 1
    if not told or DENIED.search(part.lead):
        return None
    for one in mentions[max(part_place - BEARER_REACH, 0) : part_place][::-1]:
        if one.paragraph != part.paragraph or "满意" in one.lead:
            return None
        usable = one.level and one.quantity.unit == part.quantity.unit and one.amount
        if usable and _ANSWERED.search(one.lead):
            return one
    return None


def asked_by_name(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return those asked who are named again: 家长有效问卷25383份…。家长对课后服务表示满意的23530名，满意率92.7%."""
    part = mentions[part_place]
    who = _WHO_ASKED.match(part.lead)
    if who is None or "满意" not in part.lead or DENIED.search(part.lead):
        return None
    if share.clause_number - part.clause_number != 1 or not ("满意" in share.lead or share.lead == "占"):
        return None
    told = [
        one
        for one in mentions[max(part_place - WHOLE_REACH, 0) : part_place]
        if one.level and one.amount and who["who"] in one.lead and "问卷" in one.lead and not one.each
    ]
    alone = len({one.quantity.value for one in told}) == 1
    return told[0] if alone and told[0].quantity.value >= part.quantity.value else None


def general_of_rate(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return the whole of a part that its rate names: 在园幼儿5232人，普惠园在园幼儿4443人，普惠率85%.

    Nothing but what the rate names lies between the two names, and the paragraph has one such whole only.
    """
    part, stem = mentions[part_place], name_of_rate(share)
    beside = share.clause_number - part.clause_number == 1 and part.depth == share.depth
    if stem is None or not beside or part.each or share.quantity.value > 100:
        return None
    own = core_noun(part.noun)
    wholes = [one for one in far_generals(mentions, part_place) if one.paragraph == part.paragraph]
    if not wholes or len({one.quantity.value for one in wholes}) > 1 or wholes[0].quantity.approximation is not None:
        return None
    name = core_noun(wholes[0].noun)
    named = len(name) > STEM and stem.endswith(own[:STEM]) and len(own) - len(name) <= GENERAL_REACH
    # 公办园与普惠性民办园在园幼儿合计15682人，普惠率86.9%
    named = named or (len(name) > STEM and part.summing and stem[-STEM:] in own)
    return wholes[0] if named else None


def begins_part(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return the whole whose name begins the part's: 专任教师1812人，保育员906人。专任教师持证1704人，持证率94.0%."""
    part, stem = mentions[part_place], name_of_rate(share)
    if stem is None or share.clause_number - part.clause_number != 1 or part.each or part.depth != share.depth:
        return None
    own = core_noun(part.noun)
    wholes = [
        one
        for one in mentions[max(part_place - BEARER_REACH, 0) : part_place]
        if one.paragraph == part.paragraph
        and one.level
        and one.amount
        and same_unit(one, part)
        and len(core_noun(one.noun)) > STEM
        and own == core_noun(one.noun) + stem
    ]
    alone = len({one.quantity.value for one in wholes}) == 1
    return wholes[-1] if alone and wholes[-1].quantity.value >= part.quantity.value else None


def of_parted_whole(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 26个问题。已整改到位21个，基本完成3个，长期坚持2个，整改到位率80.77%.

    The parts side by side before the rate make the whole, and the rate takes up the words of one of them alone.
    """
    share = mentions[place]
    total = mentions[place - 1] if place else None
    if total is not None and total.summing and total.level and share.clause_number - total.clause_number == 1:
        pair = mentions[max(place - 3, 0) : place - 1]
        named = [one for one in pair if is_rate_of(share, one) and not DENIED.search(one.lead)]
        alike = all(one.level and same_unit(one, total) and one.sentence == share.sentence for one in pair)
        denied = [one for one in pair if DENIED.search(one.lead)]
        if len(pair) == STEM and alike and len(named) == len(denied) == 1 and adds_up(total, pair):
            # 达标47所，未达标5所，共52所，达标率90.4%
            return named[0], total
    parts: list[Mention] = []
    for one in mentions[max(place - BEARER_REACH, 0) : place][::-1]:
        told = one.level and one.amount and not one.each and one.depth == share.depth
        if one.sentence != share.sentence or not told or (parts and not same_unit(one, parts[0])):
            break
        parts.insert(0, one)
    if len(parts) < PARTED or share.clause_number - parts[-1].clause_number != 1:
        return None
    bearers = [one for one in parts if is_rate_of(share, one)]
    if adds_up(parts[0], parts[1:]) or any(one.slack is None for one in parts):
        return None
    if len(bearers) != 1 or any(right.clause_number - left.clause_number > 1 for left, right in pairwise(parts)):
        return None
    for whole in mentions[max(place - 2 * BEARER_REACH, 0) : place][::-1]:
        usable = whole.index < parts[0].index and whole.level and whole.amount and whole.slack is not None
        near = usable and same_unit(whole, parts[0]) and whole.paragraph == share.paragraph and not whole.each
        if near and adds_up(whole, parts):
            return bearers[0], whole
    return None


_GONE_ON = re.compile(r"(?:升入|考入|考取|录取到?)(?P<where>[^，。；、\d]{2,8})")

_WENT_ON = re.compile(r"(?:初中)?(?:毕业生)?(?:高中阶段)?升学")
"""高中阶段升学率 is of both kinds of schools, 普通高中升学率 of one."""


def gone_on(passage: Passage, place: int) -> list[Mention] | None:
    """Return whole and parts of 初中毕业生5184人，升入普高2968人、升入中职2012人，升学率96.06%."""
    three = passage.mentions[max(place - 3, 0) : place]
    share = passage.mentions[place]
    if (
        len(three) < len("升学率")
        or not _WENT_ON.fullmatch(name_of_rate(share) or "")
        or not core_noun(three[0].noun).endswith("毕业生")
    ):
        return None
    whole, *parts = three
    plain = all(one.level and one.amount and not one.each and same_unit(one, whole) for one in three)
    beside = plain and share.clause_number - parts[-1].clause_number == 1 and whole.sentence == share.sentence
    follow = parts[0].clause_number - whole.clause_number == 1
    joined_up = passage.text.startswith(("、", "，"), parts[0].quantity.span.end)
    both = all(_GONE_ON.fullmatch(one.lead) for one in parts)
    return [*three] if beside and follow and joined_up and both else None


def of_rest_behind(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 问题43个。…已整改38个，整改率88.4%，其余5个…: the rest behind says what the whole is."""
    if not 0 < place < len(mentions) - 1:
        return None
    part, share, rest = mentions[place - 1 : place + 2]
    beside = share.clause_number - part.clause_number == 1 == rest.clause_number - share.clause_number
    usable = all(one.level and one.amount and not one.each and one.slack == 0 for one in (part, rest))
    if not (beside and usable and same_unit(part, rest) and REST_OF.match(rest.lead) and is_rate_of(share, part)):
        return None
    reached = part.quantity.value + rest.quantity.value
    for whole in mentions[max(place - 2 * BEARER_REACH, 0) : place - 1][::-1]:
        told = whole.level and whole.amount and whole.paragraph == part.paragraph and whole.slack == 0
        if told and same_unit(whole, part) and whole.quantity.value == reached:
            return part, whole
    return None


def done_of_planned(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 计划200名，已聘173名，使用率86.5%; 黑板1856套中，未使用的278套，闲置率15.0%.

    Clause follows clause, and either the whole was planned and the part is done, or the part is one of 中.
    """
    if place < 2:
        return None
    whole, part, share = mentions[place - 2 : place + 1]
    match = PURE_RATE.search(share.lead) or _BARELY.fullmatch(share.lead)
    beside = 0 < part.clause_number - whole.clause_number <= 2 and share.clause_number - part.clause_number == 1
    if match is None or not beside or whole.sentence != share.sentence or share.role not in _SAID:
        return None
    stem = match["stem"] or SPENT
    aimed = _AIMED.search(whole.lead) is not None and _REALLY.match(part.lead) is not None and stem.endswith("完成")
    told = part.level or (aimed and part.role is Role.CHANGE)
    amounts = (whole.amount and part.amount) or (aimed and whole.quantity.kind is part.quantity.kind is Kind.PERCENT)
    if not (told and amounts) or any(one.each or one.depth != share.depth for one in (whole, part)):
        return None
    if not same_unit(whole, part) or whole.role is not Role.LEVEL or "其中" in part.lead + share.lead:
        return None
    among = whole.tail.endswith(("中", "里")) and (takes_up(stem, part) or _LEFT_IDLE.search(stem + "率" + part.lead))
    planned = _PLANNED.search(whole.lead) and not _PLANNED.search(part.lead) and _CARRIED_OUT.search(part.lead)
    contrary = bool(DENIED.search(part.lead) or _VACANT.search(part.lead)) != bool(_VACANT.search(stem))
    if among or (planned and not contrary and not _VACANT.search(stem) and _OF_PLANNED.search(stem)):
        return part, whole
    return None


def vacant_of_posts(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 核定编制3268名，在编3104名，空编164名，空编率5.0%: the only posts of the sentence."""
    share, part = mentions[place], mentions[place - 1] if place else None
    stem = name_of_rate(share)
    if part is None or stem is None or not _VACANT.fullmatch(stem) or stem not in part.lead:
        return None
    if share.clause_number - part.clause_number != 1 or not (part.level and part.amount) or part.depth != share.depth:
        return None
    posts = [
        one
        for one in mentions[max(place - BEARER_REACH, 0) : place - 1]
        if one.sentence == share.sentence and same_unit(one, part) and one.level and _POSTS.search(one.lead)
    ]
    posts = [one for one in posts if not _VACANT.search(one.lead) and not one.each and one.depth == part.depth]
    return (part, posts[0]) if len(posts) == 1 else None


_ARRANGED = re.compile(r"安排|配套|下达|到位|收到")
_PAID = re.compile(r"执行|支付|支出|拨付|使用|到位")


def planned_before(mentions: tuple[Mention, ...], part_place: int, share: Mention) -> Mention | None:
    """Return what was planned where percentages stand between: 安排228万元，占5.5%；实际支出219万元，执行率96.2%."""
    part, stem = mentions[part_place], name_of_rate(share)
    beside = share.clause_number - part.clause_number == 1 and part.depth == share.depth
    if stem is None or not beside or not _PAID.search(stem) or not _CARRIED_OUT.search(part.lead):
        return None
    if _PLANNED.search(part.lead) or _ARRANGED.search(part.lead):
        return None
    for one in mentions[max(part_place - PERCENTS_BETWEEN - 1, 0) : part_place][::-1]:
        if one.sentence != share.sentence:
            return None
        if one.quantity.kind is Kind.PERCENT and one.depth == part.depth:
            continue
        told = one.level and one.amount and same_unit(one, part) and not one.each and one.depth == part.depth
        planned = _PLANNED.search(one.lead) or _ARRANGED.search(one.lead)
        return one if told and planned and one.quantity.value >= part.quantity.value / 2 else None
    return None


def whole_before(passage: Passage, part_place: int, share: Mention) -> tuple[Mention, int] | None:
    """Return the whole when the rate takes up a word of the part: 受理326件，办结318件，办结率97.5%.

    The whole is the amount just before the part; smaller ones and those with a rate of their own are passed over.
    """
    mentions = passage.mentions
    part = mentions[part_place]
    match = PURE_RATE.search(share.lead)
    if match is None or not takes_up(match["stem"], part):
        return None
    if part.summing:
        # 学生问卷12460份、家长问卷15830份，有效问卷合计27654份，有效率97.8%: of more than the last.
        return None
    if share.quantity.value == 100 and _both_before(mentions, part_place):
        # 4所未移交、3所办成营利性园，7所已治理到位，治理完成率100%: of those two together.
        return None
    if _rate_of_part(part, share):
        return None
    among = "其中" in part.lead
    passed = False
    for other in range(part_place - 1, max(part_place - 1 - 2 * RATE_REACH, -1), -1):
        whole = mentions[other]
        if match["stem"][:STEM] in whole.lead and match["stem"][:STEM] not in part.lead + part.tail[:8]:
            # 升学1684人，就业745人，升学就业率98.1%: of both together.
            return None
        if whole.sentence != part.sentence:
            return None
        if not (is_level(whole) and is_amount(whole)) or whole.each or whole.depth != part.depth:
            continue
        if whole.family != part.family:
            if whole.quantity.kind is Kind.MONEY and part.quantity.kind is Kind.COUNT and other == part_place - 1:
                # 项目28个，总投资12.6亿元，已开工22个，开工率78.6%
                continue
            return None
        if mentions[other + 1].quantity.kind is Kind.PERCENT and not among:
            passed = True
            continue
        if whole.part != part.part and whole.quantity.value < part.quantity.value and share.quantity.value <= 100:
            # 续建项目完工3个；新开工项目开工6个，开工率66.7%: of what is told further before.
            continue
        if match["stem"][-2:] in whole.lead and not DUE.search(whole.lead):
            return None
        if _VACANT.search(match["stem"]) and not _POSTS.search(whole.lead):
            continue
        joined_up = other == part_place - 1 and passage.text.startswith("、", whole.quantity.span.end)
        if (
            (joined_up or _said_alike(match["stem"], whole, part))
            and takes_up(match["stem"], whole)
            and takes_up(match["stem"], part)
            and not DUE.search(whole.lead)
        ):
            # 升入普高2968人、升入中职2012人，升学率96.1%: both together went on.
            return None
        if other == part_place - 1 and "其中" in whole.lead and passage.text.startswith("、", whole.quantity.span.end):
            # 其中公办园11263人、普惠性民办园6890人，普惠率91.5%: one part of a list is no part of the next.
            return None
        if whole.part != part.part and other and passage.text.startswith("、", mentions[other - 1].quantity.span.end):
            # 小学生39855人、初中生19660人；寄宿生16248人，寄宿率27.3%: the last of a list is not what all are taken of.
            return None
        if (minuend := _left_of(mentions, other, part)) is not None:
            # 预算1480万元，中标1327.6万元，节约152.4万元，节约率10.3%: of what the part was taken from.
            whole = minuend
        if (before := _changed_from(mentions, other)) is not None:
            # 欠款由7450万元下降到2980万元，化解4470万元，化解率60.0%: of what there was before.
            if before.quantity.value < whole.quantity.value:
                return whole, WEAK
            whole = before
        if whole.quantity.value * 4 >= part.quantity.value * (2 if other == part_place - 1 else 3):
            said = of_the_same(share.lead[: match.start("stem")], match["stem"], part, whole)
            return whole, STRUCTURAL if said and (not passed or whole.tail.endswith("中")) else WEAK
    return None


def _rate_of_part(part: Mention, share: Mention) -> bool:
    """Return whether a rate is said of the part as its own whole: 专任教师21473人，专任教师学历合格率99.98%.

    A 覆盖率 named after a part is how much of the whole the part is.
    """
    if len(part.noun) <= STEM or not share.lead.startswith(part.noun):
        return False
    own = PURE_RATE.search(share.lead.removeprefix(part.noun))
    return own is not None and not own["stem"].endswith("覆盖") and not takes_up(own["stem"], part)


def _said_alike(stem: str, whole: Mention, part: Mention) -> bool:
    """Return whether two amounts begin with the word of a rate: 升入普通高中2896人，升入中职2519人，升学率92.2%."""
    return whole.lead[:STEM] == part.lead[:STEM] and stem[:1] in whole.lead[:STEM]


def _both_before(mentions: tuple[Mention, ...], place: int) -> bool:
    """Return whether a figure is the sum of the two of its sentence right before it."""
    pair, part = mentions[max(place - 2, 0) : place], mentions[place]
    alike = all(one.sentence == part.sentence and one.level and same_unit(one, part) for one in pair)
    return len(pair) > 1 and alike and pair[0].quantity.value + pair[1].quantity.value == part.quantity.value


def _left_of(mentions: tuple[Mention, ...], place: int, part: Mention) -> Mention | None:
    """Return the amount of which a part is what another one leaves: 1480万元 for 1327.6万元 and 152.4万元."""
    rest = mentions[place]
    for one in mentions[max(place - RATE_REACH, 0) : place][::-1]:
        usable = one.level and one.amount and not one.each and same_unit(one, rest)
        if (
            usable
            and one.paragraph == rest.paragraph
            and (one.sentence == part.sentence or digits_written(one.quantity) >= TELLING)
            and one.quantity.value == rest.quantity.value + part.quantity.value
        ):
            return one
    return None


def _changed_from(mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """Return the level told right before, from which this one was reached; None for a level that stood by itself."""
    reached, before = mentions[place], mentions[place - 1] if place else None
    if before is None or reached.role is not Role.TO or before.role is not Role.FROM:
        return None
    return before if same_unit(before, reached) else None


def outcomes_before(mentions: tuple[Mention, ...], part_place: int) -> list[Mention]:
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
