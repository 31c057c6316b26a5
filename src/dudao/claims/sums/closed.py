"""Lists that nothing but their end closes: 发现问题327个，当场纠正208个，限期整改94个，立案查处25个。

No 其中 opens them. Figures of one unit follow one another from the whole to the end of its part of the sentence, and
the words of the parts leave nothing over: one denies the other, the last is the rest, the classes go from 以下 to 以上.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from dudao.claims.completeness import OPEN_LIST, crossing, names_rest, told_of_some
from dudao.claims.divisions import divides, outcomes_divide
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.sums.lists import PARTS_LIMIT
from dudao.quantities.model import Approximation, Kind

BESIDE = 6
"""How many figures back no amount of the same unit may stand in the part of a sentence that a whole begins."""
FEWEST = 2
PARAGRAPHS_BACK, SENTENCES_BACK = 2, 8
"""In how many paragraphs and sentences before a row its whole may be told; by name it needs no sentence near."""
NAMES_REACH = 24
"""How many figures back a whole may stand that is named again."""
NAME_LIMIT = 16
"""How many characters the name of a part may have."""
_COMPARED = re.compile(
    r"比|较|同比|其中|结余|结转|上年|去年|年末|期末|含|合计|共计|总计|累计|达到|计划|预计|目标|平均|每|占|增|减|以内|最|分布|涉及|惠及|受益|覆盖|超|任务|满分|扣|应"
)
_OPENED = re.compile(r"其中|分别|依次|包括|由|(?:从|按|分)[^，。；、\d]{1,8}(?:[：:]|看|分|划分|统计)")
_FOUND = re.compile(r"(?:发现|排查|查出|查找|梳理|反馈|收到|接到|受理)[^，。；、\d]{0,10}$")
_TOGETHER = re.compile(r"合计|(?<!公)共|[两二三]者|部分|上述|以上|合占")
_JOINT = re.compile(r"[^，。；：\d]{0,6}[、和及与]")
_MARK = re.compile(r"[，,、；：]|以?及|(?<!总)和|与")
_OPENER = re.compile(
    r"(?:截至|截止|目前|到目前)[^，。；、]{0,12}[，]|(?:在)?(?P<whole>[^，。；：、\d]{2,12}?)(?:(?<![高初集其])(?:里|当中|之中|中)(?![等小学心央职考级高国专])|"
    r"按[^，。；、\d]{1,8}(?:划分|统计|分|看))[，：]?|"
    r"(?:从|按|分|就)[^，。；、\d]{1,8}(?:来看|看|划分|统计|分)[，：]?|[^，。；：、\d]{2,8}(?:方面|上)[，：]"
)
"""寄宿生里男生6927人; 非学科类机构按类别分，文化艺术类83家; 年龄方面，30岁及以下812人."""
_NAMING_LAST = re.compile(r"(?<=[，、])[^，。；、\d]{2,}等(?=\d+[^，。；、\d]*$)")
"""招聘143人、引进21人、三支一扶等28人: right before its own figure 等 goes on with the last part, not with the list."""
_IN_ORDER = "一二三四五六七八九"
_ORDINAL = re.compile(r"第?(?P<number>[一二三四五六七八九])[类批档级组期个片区]")
_NEGATED = re.compile(r"[未不非无]|没有?")
_DENIED = re.compile(r"^(?:目前|现|尚|仍|暂|还|另|均|有|因[^，。；、]{1,6})*(?:未|没有?|无法|不再?)(?![成来])")
_STILL_OPEN = re.compile(r"正在|尚未|仍|未|待|闲置|空置|结存")
_LOWEST = re.compile(r"以前|以下|不足|不满|未满|之前|[以及]内$")
_AND_BELOW = re.compile(r"及以下|(?:初中|高中|中专|专科|大专|初级)以下")
_AND_ABOVE = re.compile(r"(?:高级|副高|研究生|本科|硕士)[^，。；]{0,4}以上")
_ALSO_ABOVE = re.compile("以上|超过")
_LAST_GRADE = re.compile(r"初级|员级|未定级|未评|中专|高中|初中|小学")
"""Grades of posts and of schooling: 副高级以上19人，中级122人，初级437人."""
_HIGHEST = re.compile(r"以后|以上|之后|至今|超过")
_LEVEL = re.compile(r"(?:国家|中央|[省市州县区旗镇乡])(?:级|本级|财政|配套|补助|资金|投入|安排|承担|统筹)*")
_DONE = re.compile(r"整改|完成|办结|解决|销号|落实|完工|竣工|通过|达标")
"""What is said of a part already is no whole."""
_GONE = re.compile(r"撤|消除|注销|关停|整改|减|清退|清理|归还|化解|退|拆|报废|完成|解决")
_LEFT = re.compile(r"保留|剩余|余下|剩|现有|尚有|仍有|还有|留存")
_AT_FIRST = re.compile(r"年初|原|前|总|起初|当初|期初|共")
_DEALT = re.compile(
    r"(?P<count>[两二三四五六七八九])(?:年|项|类|校|县|区|地|级|批|期|个[^，。；、\d]{1,4})[^，。；、\d]{0,6}(?:分别|依次)(?:为|是|达)?$"
)
_COUNTS = "一二三四五六七八九"
_ENDS = re.compile(
    r"[^，。；：、\d（）()\n]{0,8}(?:[（(][^（）()]{0,40}[）)])?[，,；;。\n）)]|[^，。；：、\d（）()\n]{0,8}$"
)
FUNDERS = 3
CLASSES = 3


def closed_list(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts that follow one up to the end of its part of the sentence, clause after clause; else nothing.

    What parentheses tell, and the share said of a part, stand aside.
    """
    if not _heads(passage, place):
        return []
    total, *parts = row_to_end(passage, place) or [passage.mentions[place]]
    if len(parts) < FEWEST or parts[0].clause_number == total.clause_number or not _named_apart(passage, total, parts):
        return []
    return [] if one_of_them(total, parts) or told_of_some(parts) else parts


def one_of_them(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether what seems a total is named like the parts before the rest: 教育局31条，财政局12条，其余13条."""
    ending = total.noun[-1:]
    return names_rest(parts) and ending != "" and all(one.noun.endswith(ending) for one in parts[:-1])


def told_apart(passage: Passage, place: int) -> tuple[list[Mention], list[Mention]] | None:
    """Return a row that begins a part of a sentence, and what its whole may be, told before it, the nearest first.

    寄宿生13482人…。寄宿生里男生6927人，女生6555人: the nearest of that name. 教师4327人…。年龄方面，30岁及以下812人,
    共投入资金2874.6万元，…。中央…，省级…，县级…: any amount of the unit that the paragraph tells before.
    """
    first = passage.mentions[place]
    opened = _OPENER.match(first.topic)
    begins = opened.end() if opened is not None else 0
    if not place or (first.topic[begins:] != first.lead and first.topic != first.lead):
        return None
    parts = row_to_end(passage, place)
    skipped = max(len(first.lead) - len(first.topic) + begins, 0)
    if len(parts) < FEWEST or not _named_apart(passage, None, parts, skipped=skipped):
        return None
    whole = core_noun(opened["whole"] or "") if opened is not None else ""
    told = [*_told_before(passage, place, whole)]
    return (told, parts) if told else None


def _told_before(passage: Passage, place: int, name: str) -> Iterator[Mention]:
    """Yield the amounts before a row that bear a name, the nearest; without a name those of its paragraph."""
    first = passage.mentions[place]
    for one in passage.mentions[max(place - NAMES_REACH, 0) : place][::-1]:
        if first.paragraph - one.paragraph > PARAGRAPHS_BACK:
            return
        if not (_plain(one) and same_unit(one, first) and first.quantity.unit) or one.part == first.part:
            continue
        if name and core_noun(one.noun).endswith(name):
            yield one
            return
        if not name and first.sentence - one.sentence <= SENTENCES_BACK:
            yield one


def row_to_end(passage: Passage, place: int) -> list[Mention]:
    """Return an amount and those that follow it clause after clause to the end of its part of the sentence."""
    mentions, first = passage.mentions, passage.mentions[place]
    if not _plain(first):
        return []
    row, ended = [first], False
    behind = mentions[place + 1 : place + 2 + 2 * PARTS_LIMIT]
    for one, following in zip_longest(behind, behind[1:]):
        if one.part != first.part or one.sentence != first.sentence:
            break
        if following is not None and following.clause_number == one.clause_number and not same_unit(one, first):
            continue  # 8人间1168间: the first figure belongs to the name of the second
        if not one.amount and _TOGETHER.search(one.lead):
            return []  # 公办12.95万人，购买民办学位0.58万人，两部分合计占97.8%: together they are not all
        if one.depth > first.depth or (len(row) > 1 and one.role is Role.SHARE and one.quantity.kind is Kind.PERCENT):
            continue
        last = row[-1]
        if not same_unit(one, first) and one.clause_number > last.clause_number:
            ended = True  # 申请注销156家，转型4家，压减率100%: what is told of them does not go on with the row
            continue
        if len(row) > FEWEST and len(last.lead) >= FEWEST and one.lead.startswith(last.lead + "的"):
            ended = True  # 当场整改198处，限期整改65处，限期整改的已完成61处: what became of the last is no part
            continue
        plain = _plain(one) and same_unit(one, first) and one.depth == first.depth
        if len(row) > FEWEST and one.lead.startswith("其中"):
            ended = True  # 省级37人，市级186人，区级391人，其中乡村学校142人: some of those before
            continue
        if ended or not plain or one.clause_number - last.clause_number > 1:
            return []
        if one.clause_number == last.clause_number and not _JOINT.match(passage.text, last.quantity.span.end):
            return []  # 教育类3件已完成2件
        row.append(one)
    if not 2 <= len(row) <= PARTS_LIMIT + 1:
        return []
    marked = _ENDS.match(passage.text, row[-1].quantity.span.end) is not None
    between = passage.text[first.quantity.span.end : row[-1].quantity.span.end]
    return row if marked and not OPEN_LIST.search(_NAMING_LAST.sub("", between)) else []


def told_last(passage: Passage, place: int) -> tuple[Mention, list[Mention]] | None:
    """Return the whole behind what is gone and what is left of it: 撤并27个，保留41个，撤并前共有68个."""
    if not _heads(passage, place):
        return None
    row = row_to_end(passage, place)
    if len(row) != CLASSES:
        return None
    gone, left, whole = row
    worded = _GONE.search(gone.lead) and _LEFT.search(left.lead) and _AT_FIRST.search(whole.lead)
    return (whole, [gone, left]) if worded else None


def _heads(passage: Passage, place: int) -> bool:
    """Return whether a figure begins a list: nothing opens one before it, no amount of its unit stands beside it.

    What was found begins one wherever it stands: 检查点位1384个，发现问题327个，当场纠正208个.
    """
    total = passage.mentions[place]
    if not (total.lead or total.tail) or _OPENED.search(total.topic):
        return False
    if _FOUND.search(total.lead):
        return True
    before = passage.mentions[max(place - BESIDE, 0) : place]
    return not any(one.part == total.part and same_unit(one, total) and one.depth == total.depth for one in before)


def _plain(one: Mention) -> bool:
    """Return whether a figure is an exact amount that stands for itself."""
    exact = one.quantity.upper is None and one.quantity.approximation in (None, Approximation.ABOUT)
    return exact and one.amount and one.level and one.role is Role.LEVEL and not (one.each or one.base)


def _named_apart(passage: Passage, total: Mention | None, parts: Sequence[Mention], skipped: int = 0) -> bool:
    """Return whether each part has a short name of its own, or 分别 deals them out as many as are counted.

    The first `skipped` characters before the first part name its whole.
    """
    if dealt_by_count(parts):
        return True
    names = [parts[0].lead[skipped:] or parts[0].tail]
    for left, right in pairwise(parts if total is None else (total, *parts)):
        between = passage.text[left.quantity.span.end : right.quantity.span.start]
        names.append("".join(_MARK.split(between)[-1:]) or right.tail)
    names = names if total is None else names[1:]
    if total is not None and "收入" in total.lead and any("支出" in one for one in names):
        return False  # 收入860万元，支出790万元: one is no part of the other
    if names[-1].endswith("的") and not names[0].endswith("的"):
        return False  # 单亲家庭儿童1907人，孤儿183人，由教师结对帮扶的4126人: some of those before
    short = all(0 < len(one) <= NAME_LIMIT and not _COMPARED.search(one) for one in names)
    return short and len({*names}) == len(names)


def dealt_by_count(parts: Sequence[Mention]) -> bool:
    """Return whether a row is dealt to just as many as are counted: 三年依次为3240个、5380个、4240个."""
    dealt = _DEALT.search(parts[0].lead)
    if dealt is None or any(one.lead not in ("", "和", "及", "与") for one in parts[1:]):
        return False
    return _COUNTS.index(dealt["count"].replace("两", "二")) + 1 == len(parts)


def closes(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the words of the parts leave nothing of the whole over."""
    if dealt_by_count(parts) or divides(total, parts):
        return True
    said = [one.lead + one.tail for one in parts]
    if len(parts) >= CLASSES and _LOWEST.search(said[0]) and _HIGHEST.search(said[-1]):
        return True
    if len(parts) >= CLASSES and _graded_down(said):
        return True
    if crossing(total, parts):
        return False
    if _DONE.search(total.lead):
        return False
    rest = names_rest(parts) and total.quantity.value > max(one.quantity.value for one in parts)
    if rest or outcomes_divide(total, parts) or denies(parts):
        return True
    if len(parts) >= CLASSES and _numbered(said):
        return True
    funded = len(parts) >= FUNDERS and total.quantity.kind is Kind.MONEY
    return funded and all(_LEVEL.fullmatch(one.lead) for one in parts)


def _graded_down(names: Sequence[str]) -> bool:
    """Return whether grades go down to one that holds all below: 本科86人，大专251人，中专及以下241人."""
    last = _AND_BELOW.search(names[-1]) is not None
    return (last and not any(map(_ALSO_ABOVE.search, names[1:]))) or (
        _AND_ABOVE.search(names[0]) is not None and _LAST_GRADE.search(names[-1]) is not None
    )


def _numbered(names: Sequence[str]) -> bool:
    """Return whether names count from the first on: 一类地区、二类地区、三类地区."""
    found = [_ORDINAL.match(one) for one in names]
    return [one["number"] for one in found if one is not None] == [*_IN_ORDER[: len(names)]]


def denies(parts: Sequence[Mention]) -> bool:
    """Return whether of two parts one denies the other, or of more the last is what the others are not.

    收回2517份，未收回123份; 更换17辆，维修22辆，未作处理25辆.
    """
    names = [one.lead + one.tail for one in parts]
    if names[0].startswith("已") and _STILL_OPEN.match(names[-1]):
        return True
    if len(parts) > 2:
        return _DENIED.search(names[-1]) is not None and not any(map(_NEGATED.search, names[:-1]))
    for yes, no in (names, names[::-1]):
        denied = _NEGATED.search(no)
        if denied is not None and not _NEGATED.search(yes) and no[denied.end() : denied.end() + 2] in yes:
            return len(no) > denied.end()
    return False


_COLON = re.compile(r"[：:][^，。；：:\d\n]{0,12}$")


def begins_behind_colon(passage: Passage, one: Mention) -> bool:
    """Return whether a figure is the first that a colon opens: 安置情况是：随班就读187名，特教学校就读103名，…."""
    start = one.quantity.span.start
    return _COLON.search(passage.text, max(start - LEAD_LIMIT, 0), start) is not None
