"""The figures of a text, each with the words, the sentence and the parentheses it stands in."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from dudao.claims.mention_words import (
    OPENED,
    SAID_OF_CLAUSE,
    family_of,
    is_compared_from,
    noun_of,
    plain_words,
    role_of,
    runs_together,
    said_of,
    slack_of,
)
from dudao.claims.mentions import LEAD_LIMIT, MENTIONS_LIMIT, TOPIC_LIMIT, Mention, Passage, Role
from dudao.claims.names_dealt import names_dealt
from dudao.claims.sentences import Segmentation, segment
from dudao.quantities.model import Kind, Quantity

NOTE_LIMIT = 160
"""A parenthesis so long between a name and its figure is passed over: 财政性教育经费（主要包括…）为103.28亿元."""
CHANGES_BETWEEN = 2
"""How many changes may stand between a level and the parenthesis that tells what it was in an earlier year."""
OF_ALL = 1_000_000
"""No pupil and no teacher costs so many 元 in a year, though a school or a class may."""
TAIL_LIMIT = 24
CELL_REACH = 80
CLAUSE_LIMIT = 90
_MEASURES = frozenset(
    {
        Kind.MONEY,
        Kind.COUNT,
        Kind.PERCENT,
        Kind.PERCENTAGE_POINT,
        Kind.RATIO,
        Kind.AREA,
        Kind.SCORE,
        Kind.OTHER,
    }
)
_COMPARED_WITH = re.compile(
    r"(?:比|较|与|高于|低于|超出|超过|高出|达到)[^，。；、]{0,20}(?:年|届|年度|年末|年底|同期|标准|目标|目标值|基期|水平|平均|要求|定额)$"
)
"""Words that say what the figure in the parenthesis behind them is: 较上年（64.5%）提升11.8个百分点."""
_COMPARED_YEAR = re.compile(
    r"(?:比|较|与)[^，。；、\d]{0,6}(?:(?:19|20)\d\d年|(?:19|20)\d\d届|上年|去年|上一年|年初|同期|上学年)(?:度|末|底|同期)?$"
)
"""The same before an amount: 较上年（98所）增加19所."""
_ROUGH_SHARE = re.compile(
    r"占[^，。；、]{0,16}?(?:[一二三四五六七八九两]成|分之[一二三四]|半数|一半)(?:以上|以下|左右|多|强|弱)?$"
)
"""占三成以上（32.4%）: the parenthesis gives the share to the digit."""
_ROUGHLY = re.compile(
    r"(?:[^，。；、\d]{0,2}?(?:将近|接近|近|超过|超|约|达到?|过|逾|不到|不足))?"
    r"(?:[一二三四五六七八九两]成|[三四五]分之[一二三四]|半数?|一半)(?:以上|以下|左右|多|强|弱|有余)?"
)
"""优质园53所，近八成（79.1%）: a clause that says but roughly what share."""
_LEADS_TO = re.compile(r"[^，。；、]{0,10}(?:到|至|为|成)")
_PER_HEAD = re.compile(r"[生人师]均")
_CLOSED = ("）", ")")
_DIGIT = re.compile(r"[\d０-９]")
_RANK = re.compile(r"位次|名次|排名|排位|前移|后移|上升|下降|提升|跃升|进位|晋升|下滑|跌|升|降")
_OF_TASK = re.compile(r"(?:[^，。；、\d的]{0,4}?(?:任务|目标|计划|预算|指标)(?:数|值|任务)?)(?=的)")
"""完成规划确定的25所建设任务的68%: a percentage of what was planned."""
TASK_LIMIT = 12
_OF_IT = re.compile(r"(?:约|近|将近|超过|超|\s)*+")
_PERCENT = re.compile(
    r"[\d０-９.．]{1,8}\s?(?:[%％﹪]|倍)|百分之|[一二两三四五六七八九]成|[一二三四五六七八九十]分之|\d{1,2}/\d"
)
_NOTE_OPENS = frozenset("[［〔【")
_NOTE_CLOSES = frozenset("]］〕】")
_PLACES = frozenset({"位", "名"})
_ORDERED = frozenset("前后末")
_GAP_MARKS = frozenset({" ", "\u00a0", ",", "，", ".", "．"})
_RUNNING = re.compile(r"[，。；：]|(?<!\d)[,;:]|[,;:](?!\d)")
_TORN_BEFORE = re.compile(r"\d(?:[ \u00a0]+[,，.．]?|[,，.．][ \u00a0]+)[ \u00a0]*$")
_UNIT_ON_NEXT_LINE = re.compile(r"[ \u3000\t]*\n[ \u3000\t]*(?:[万亿]|[元人名所个%％](?=[，。；、）]))")
"""减少6.35 / 万人: a line that was cut parts the figure from what it counts."""
_LINE_STARTS = ("", "\n")
_TORN_BEHIND = re.compile(r"[ \u00a0]+[,，.．]?[ \u00a0]*\d|[,，.．][ \u00a0]+\d")
_YEAR_AFTER_YEAR = re.compile(r"\s?[，,、；]\s?(?:19|20)\d\d年")
_IN_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d年)(?:底|末|初)?(?:仅|只)?(?:为|是|有)")
_SINCE_THEN = re.compile(r"(?:19|20)\d\d年(?:度|底|末|初)?(?:同期)?(?:的|为|是|仅)*+$")
_ROW = re.compile(r"\s?[、，和及与]\s?")
_AMONG_THOSE = re.compile(r"[（(][^（）()\d]{1,10}[）)](?=[^，。；：、]{0,6}(?:中|里))")
"""122个县（市、区）中有103个: the parenthesis belongs to the name of the whole."""
_QUOTED = re.compile(r"“([^“”\d，。；、]{1,8})”")
"""24407名对“双减”工作表示满意: a word in quotes ends no name."""
_TAIL_STOP = re.compile(r"[，。；：！？、（）()\n,;“”《》]|和|及|与|的(?!学)|，")


def read_passage(
    text: str,
    quantities: Sequence[Quantity],
    doubtful: Sequence[int] = (),
    readings: Mapping[int, tuple[Quantity, ...]] | None = None,
) -> Passage:
    """Return the text with its figures and what the words around each figure make of it.

    `doubtful` are places of figures that the repair of the text left in doubt, `readings` what else those may be.
    """
    segmentation = segment(text)
    reader = _MentionReader(text, segmentation, quantities)
    found = reader.read()
    ranges: list[tuple[int, int]] = []
    position = 0
    for number in range(len(segmentation.sentences)):
        first = position
        while position < len(found) and found[position].sentence == number:
            position += 1
        ranges.append((first, position))
    known = readings or {}
    told = {place for index in known for place in range(quantities[index].span.start, quantities[index].span.end)}
    return Passage(
        text,
        segmentation,
        tuple(quantities),
        tuple(found),
        tuple(ranges),
        tuple(sorted({*reader.torn, *doubtful})),
        known,
        tuple(sorted({*reader.torn, *(place for place in doubtful if place not in told)})),
    )


class _MentionReader:
    """Walks over the figures of one text once, with the boundaries on both sides of each."""

    def __init__(self, text: str, segmentation: Segmentation, quantities: Sequence[Quantity]) -> None:
        self.text = text
        self.cut = segmentation
        self.quantities = quantities
        self.parentheses = segmentation.parentheses
        self.opened = [one.span.start for one in segmentation.parentheses]
        self.around: dict[int, tuple[int, int, int]] = {}
        self.torn: list[int] = []
        self.dated = {one.span.end for one in quantities if one.kind in (Kind.YEAR, Kind.DATE)}
        told = (i for i, one in enumerate(quantities) if one.kind in _MEASURES and not self._is_place(one))
        self.measuring = [*islice((i for i in told if self._is_whole(quantities[i])), MENTIONS_LIMIT)]

    def _is_place(self, quantity: Quantity) -> bool:
        """Return whether a figure counts places of an order and no persons: 居前五位的依次为."""
        before = self.text[quantity.span.start - 1 : quantity.span.start]
        return quantity.unit in _PLACES and before in _ORDERED

    def _is_whole(self, quantity: Quantity) -> bool:
        """Return whether a figure is neither the mark of a footnote (4862人[1]) nor what a gap tore off (7 6所)."""
        start, end = quantity.span.start, quantity.span.end
        if runs_together(self.text, start, end):
            self.torn.append(start)
            return False
        gap = self.text[start - 1 : start] in _GAP_MARKS
        if gap and self._ends_date(start):
            return True
        behind = not quantity.unit and (
            _TORN_BEHIND.match(self.text, end)
            or (self.text[start - 1 : start] not in _LINE_STARTS and _UNIT_ON_NEXT_LINE.match(self.text, end))
        )
        if gap and self._is_cell(start, end):
            return False
        if behind or (gap and _TORN_BEFORE.search(self.text[max(start - 5, 0) : start])):
            self.torn.append(start)
            return False
        if quantity.unit or quantity.decimals or end - start > 2 or start == 0:
            return True
        return not (self.text[start - 1] in _NOTE_OPENS and self.text[end : end + 1] in _NOTE_CLOSES)

    def _is_cell(self, start: int, end: int) -> bool:
        """Return whether a figure stands between gaps in a line without marks, as in a table printed as text."""
        first = max(self.text.rfind("\n", max(start - CELL_REACH, 0), start), start - CELL_REACH, 0)
        last = self.text.find("\n", end, end + CELL_REACH)
        line = self.text[first : last if last >= 0 else end + CELL_REACH]
        behind = self.text[end : end + 1]
        return (not behind or behind.isspace()) and _RUNNING.search(line) is None

    def _ends_date(self, start: int) -> bool:
        """Return whether a year or date ends right before the gap in front of a figure: 2023-08-09 18:47."""
        end = len(self.text[max(start - 4, 0) : start].rstrip()) + max(start - 4, 0)
        return any(end - back in self.dated for back in (0, 1))

    def read(self) -> list[Mention]:
        """Return the mentions in reading order."""
        found: list[Mention] = []
        previous_end = 0
        row = 0
        for place, index in enumerate(self.measuring):
            quantity = self.quantities[index]
            after = self.measuring[place + 1] if place + 1 < len(self.measuring) else None
            following = self.quantities[after].span.start if after is not None else len(self.text)
            one = self._mention(index, quantity, previous_end, following)
            if not (found and self._continues(found[-1], one)):
                _name_row(found, row)
                row = len(found)
            if row < len(found):
                before = found[-1]
                one = replace(one, each=before.each, noun=one.noun or before.noun)
                if before.role in _SAID_OF_ROW and one.role is not before.role and _ROW.fullmatch(one.lead or "、"):
                    # 分别减少1243万元、876万元和305万元: the word is said of the whole row.
                    one = replace(one, role=before.role, direction=before.direction, level=False)
            elif (found and self._of_earlier_year(found, one)) or is_compared_from(one):
                one = replace(one, role=Role.PREVIOUS, level=False)
            elif found and _goes_on_posts(found[-1], one):
                one = replace(one, family=found[-1].family)
            found.append(one)
            previous_end = quantity.span.end
        _name_row(found, row)
        return [self._settled(one, found, place) for place, one in enumerate(found)]

    def _continues(self, before: Mention, one: Mention) -> bool:
        """Return whether a figure goes on a row of figures: 人均支出分别为1194元、1260元."""
        left, right = before.quantity, one.quantity
        if left.unit != right.unit or before.sentence != one.sentence or right.span.start - left.span.end > 3:
            return False
        return _ROW.fullmatch(self.text, left.span.end, right.span.start) is not None

    def _of_earlier_year(self, found: Sequence[Mention], one: Mention) -> bool:
        """Return whether a parenthesis right behind a figure gives that of another year: 94.6%（2015年为86.3%）.

        A change may stand between: 教育支出92.47亿元，比2022年增长4.65%（2022年为88.36亿元）. Where it names the
        same year, no parenthesis is needed: 412所，比2020年减少33所，2020年为445所.
        """
        year = _IN_YEAR.fullmatch(one.lead) if one.role is Role.LEVEL and one.parenthesis < 0 else None
        if year is not None and len(found) > 1 and found[-1].role is Role.CHANGE:
            change, level = found[-1], found[-2]
            beside = level.level and level.sentence == one.sentence and one.clause_number - change.clause_number == 1
            since = change.lead.startswith(("比", "较")) and change.lead[1:].startswith(year["year"])
            return beside and since and level.quantity.unit == one.quantity.unit
        if one.role is not Role.LEVEL or one.parenthesis < 0 or _SINCE_THEN.fullmatch(one.lead) is None:
            return False
        right = one.quantity
        if found[-1].quantity.span.end != one.parenthesis - 1 or _YEAR_AFTER_YEAR.match(self.text, right.span.end):
            # 342人（2021年96人，2022年112人，2023年134人）: the years of a list.
            return False
        changes = [*takewhile(lambda each: each.role is Role.CHANGE, found[: -1 - CHANGES_BETWEEN : -1])]
        levels = found[: len(found) - len(changes)]
        return bool(levels) and levels[-1].quantity.unit == right.unit and levels[-1].sentence == one.sentence

    def _settled(self, one: Mention, found: list[Mention], place: int) -> Mention:
        """Return the mention, a level again when 从 or 由 before it leads to nothing: 从基金调入1.2亿元."""
        if one.role is not Role.FROM:
            return one
        for steps, other in enumerate(found[place + 1 : place + 9]):
            if other.sentence != one.sentence or (steps >= 2 and other.clause_number != one.clause_number):
                break
            if other.role is Role.TO:
                return one
        behind = self.text[one.quantity.span.end : one.quantity.span.end + 20]
        if _LEADS_TO.match(behind):
            return one
        return replace(one, role=Role.LEVEL, level=True)

    def _mention(self, index: int, quantity: Quantity, previous_end: int, following: int) -> Mention:
        start, end = quantity.span.start, quantity.span.end
        depth, opened, closed = self._enclosing(start)
        clauses, items, parts = self.cut.clauses.starts, self.cut.items.starts, self.cut.parts.starts
        clause_number, part = bisect_right(clauses, start) - 1, bisect_right(parts, start) - 1
        floor = self._floor(clauses, clause_number, opened)
        item_floor = max(self._floor(items, bisect_right(items, start) - 1, opened), min(previous_end, start))
        raw_lead = self.text[self._lead_from(item_floor, start) : start]
        lead = plain_words(raw_lead).lstrip("）)")
        clause = plain_words(self.text[max(floor, start - CLAUSE_LIMIT) : start])
        if raw_lead.endswith(_CLOSED) and OPENED.search(raw_lead) is None and not _DIGIT.search(clause[-LEAD_LIMIT:]):
            # 小规模学校（100人以下）57所: a note with a figure of its own stands between a name and its figure.
            lead = clause[-LEAD_LIMIT:]
        limit = min(following, end + TAIL_LIMIT, closed if closed >= 0 else len(self.text))
        tail = self.text[end:limit]
        if "（" in tail or "(" in tail:
            tail = _AMONG_THOSE.sub("", tail)
        if "“" in tail:
            tail = _QUOTED.sub(r"\1", tail)
        if stop := _TAIL_STOP.search(tail):
            tail = tail[: stop.start()] + ("的" if stop[0].startswith("的") else "")
        tail = "".join(tail.split())
        if opened >= 0 and quantity.kind in _NOTED and self.text[opened:start].strip() == "":
            item = bisect_right(items, opened - 1) - 1
            before = plain_words(self.text[max(opened - 1 - LEAD_LIMIT, self._floor(items, item, -1)) : opened - 1])
            noted = _COMPARED_WITH.search(before) or _ROUGH_SHARE.search(before)
            if noted if quantity.kind is Kind.PERCENT else _COMPARED_YEAR.search(before):
                lead = clause = before
            elif quantity.kind is Kind.PERCENT and _ROUGHLY.fullmatch(before):
                lead = clause = "占"
        said = said_of(lead)
        role, direction = role_of(quantity.kind, lead, clause if quantity.kind in SAID_OF_CLAUSE else "")
        noun = noun_of(lead, tail, role)
        if opened >= 0 and self.text[opened:start].strip() == "":
            item = bisect_right(items, opened - 1) - 1
            outer = self.text[max(opened - 1 - LEAD_LIMIT, self._floor(items, item, -1), 0) : opened - 1]
            noun = noun or noun_of(plain_words(outer), "", role)
        return Mention(
            index=index,
            quantity=quantity,
            role=role,
            direction=direction,
            lead=lead,
            tail=tail,
            clause=clause,
            noun=noun,
            sentence=self.cut.sentences.index_at(start),
            part=part,
            clause_number=clause_number,
            paragraph=self.cut.paragraphs.index_at(start),
            depth=depth,
            parenthesis=opened,
            total=said.total,
            summing=said.summing,
            each=(said.each and not (_PER_HEAD.search(lead) and _of_all(quantity))) or "/" in quantity.unit,
            amount=quantity.kind in _AMOUNTS,
            level=role in _LEVELS,
            family=None if quantity.unit == "位" and _RANK.search(lead) else family_of(quantity, lead),
            slack=slack_of(quantity),
            topic=self.text[max(self._floor(parts, part, opened), start - TOPIC_LIMIT) : start],
            base=quantity.kind in _AMOUNTS and self._is_base(end, following),
        )

    def _lead_from(self, floor: int, start: int) -> int:
        """Return where the words before a figure begin; a long note in parentheses behind the name does not count."""
        first = max(floor, start - LEAD_LIMIT)
        closed = self.text.find("）", first, start)
        if closed >= 0:
            _, opened, _ = self._enclosing(closed - 1)
            if 0 <= opened < first and closed - opened <= NOTE_LIMIT:
                return max(floor, opened - 1 - LEAD_LIMIT)
        return first

    def _is_base(self, end: int, following: int) -> bool:
        """Return whether a percentage of the figure that ends here follows at once: 1500个的108%."""
        task = _OF_TASK.match(self.text, end, end + TASK_LIMIT)
        if task is not None:
            end = task.end()
        if following - end > 6 or not self.text.startswith("的", end):
            return False
        digits = _OF_IT.match(self.text, end + 1)
        return digits is not None and digits.end() == following and self._percent_at(following)

    def _percent_at(self, start: int) -> bool:
        """Return whether the percentage of some measuring figure begins at a place."""
        return _PERCENT.match(self.text, start) is not None

    def _enclosing(self, position: int) -> tuple[int, int, int]:
        """Return depth, start and end of the innermost parenthesis around a position; -1 without."""
        if not self.opened:
            return 0, -1, -1
        known = self.around.get(position)
        if known is not None:
            return known
        found = 0, -1, -1
        place = bisect_right(self.opened, position) - 1
        for one in self.parentheses[max(place - 5, 0) : place + 1][::-1]:
            if one.span.start <= position < one.span.end:
                found = one.depth, one.span.start, one.span.end
                break
        self.around[position] = found
        return found

    def _floor(self, starts: tuple[int, ...], number: int, opened: int) -> int:
        """Return where a stretch begins, told by its number; marks inside closed parentheses do not count."""
        start = starts[number]
        if not self.opened:
            return start
        for _ in range(4):
            if start == 0:
                break
            _, inner, _ = self._enclosing(start - 1)
            if inner < 0 or inner == opened or inner < opened:
                break
            start = starts[bisect_right(starts, inner - 1) - 1]
        return max(start, opened)


_STAGE_OF_POSTS = re.compile(r"(?:其中)?(?:幼儿园|小学|初中|中学|高中|普通高中|普高|中职|职高|职校|特校|特教)$")
_FILLED = re.compile(r"(?:现|实际|目前|已|尚|还)*(?:使用|占用|用|空余|空置|空|余|剩余|结余|富余|补充|缺)(?:了|出)?$")
_SAID_OF_ROW = frozenset({Role.CHANGE, Role.EXCESS})


def _goes_on_posts(before: Mention, one: Mention) -> bool:
    """Return whether a figure says how many of the posts told right before are filled: 编制3746个，使用3582个.

    Or to which stage they belong: 编制6438个，其中小学3276个、初中1984个.
    """
    same = before.sentence == one.sentence and before.quantity.unit == one.quantity.unit == "个"
    return (
        same
        and before.family == "人"
        and one.clause_number - before.clause_number <= 1
        and (_FILLED.match(one.lead) or _STAGE_OF_POSTS.match(one.lead)) is not None
    )


def _name_row(found: list[Mention], first: int) -> None:
    """Give the figures from a place on, which stand in a row, the names that 分别 deals them to."""
    if len(found) - first < 2 or not found[first].level:
        return
    names = names_dealt(found[first].clause)
    if len(names) == len(found) - first:
        found[first:] = [replace(one, noun=name) for one, name in zip(found[first:], names, strict=True)]


def _of_all(quantity: Quantity) -> bool:
    """Return whether so much money is that of all, whatever it is named by: 生均公用经费5236.4万元."""
    return quantity.kind is Kind.MONEY and quantity.value >= OF_ALL


_NOTED = frozenset({Kind.PERCENT, Kind.COUNT, Kind.MONEY, Kind.AREA})
_AMOUNTS = frozenset({Kind.MONEY, Kind.COUNT, Kind.AREA, Kind.OTHER, Kind.SCORE})
_LEVELS = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
