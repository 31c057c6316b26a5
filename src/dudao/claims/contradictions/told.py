"""What a figure of prose measures where the words right before it do not name it: lists, earlier years, shares."""

import re
from dataclasses import dataclass, replace

from dudao.claims.context import Context, measure_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.told_parts import bare_share, year_of_list
from dudao.claims.likeness import relative_year_of
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind

_STAGES = (
    "普通高中|高中|初中|小学|幼儿园|公办幼儿园|民办幼儿园|特殊教育学校|中等职业学校|中职学校|完全中学|教学点|"
    "在校学生|在校生|教职工"
)
_LEVEL_HERE = r"(?:全[市县区旗州]|[我本][市县区旗州])"
_WHOLE_STAGE = re.compile(
    rf"(?:{_LEVEL_HERE}|[\u4e00-\u9fff]{{2,3}}[县区市旗](?=现有|共有|有))(?:目前|现|共|总)*(?:有|拥有|设有)?(?:各级)?(?P<name>{_STAGES})"
    r"(?:总数|共有|共|为|达到?|有)*$"
)
_NEXT_STAGE = re.compile(rf"(?P<name>{_STAGES})(?:共|有)?")
_PEOPLE = re.compile(
    r"(?:共有|现有|有)?(?P<name>在校学生|在校生|教职工|专任教师|在园幼儿|教学班|班级)(?:总数)?(?:共|有|为|达)*"
)
_ALL_OF_THEM = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}?(?=全部|全员|均已?|都已?|无一|一律|配齐|配足)"
    r"|[\u4e00-\u9fff]{0,10}?(?:学校|幼儿园|小学|中学|教学点|乡镇)(?=[^\d]{0,8}(?:100%|全覆盖)))"
)
_SCHOOLS_BEHIND = re.compile(
    r"\s*(?P<name>[\u4e00-\u9fff]{0,8}?(?:学校|幼儿园|小学|中学|教学点|乡镇|街道|县市|市县|县区|乡|镇)"
    r"(?:[（(][^（）()\d]{1,8}[）)]|[、和及](?:各类)?(?:幼儿园|学校|教学点|街道|中学))*)"
    r"(?:均|全部|都|中，|每|各[校园]|配齐|实现)"
)
_STUDENTS_BEHIND = re.compile(r"(?P<name>学生|在校生|专任教师|教师|幼儿)(?=$|中)")
_STAGE_BEFORE = re.compile(r"(?:现有|共有|有)(?P<stage>小学|初中|普通高中|高中|幼儿园)$")
_BARE_LEAD = re.compile(
    rf"(?:[^，。；\d]{{2,16}}?(?=实现|覆盖))?(?:为|对|给|使|让|在|实现|覆盖)?(?:{_LEVEL_HERE}|目前|现有|共有|其中的?|[、和及])*"
)
_SMALLER = re.compile("其中")
_RATE = re.compile(r"(?:率|占比|比例|比重)$")
_STAGE_ONLY = re.compile(
    r"(?:其中)?(?P<name>(?:公办|民办)?(?:小学|初中|普通高中|高中|中职|幼儿园|学前教育|特殊教育|特教|中等职业学校|公办园|民办园|公办|民办))(?:学校|阶段)?(?:为|有|达|由|从)*"
)
_STAGE_FIRST = re.compile(r"(?:幼儿园|小学|初中|普通高中|高中|中等职业学校|中职学校|中职|特殊教育学校)")
_STAGE_LAST = re.compile(r"(?:幼儿园|小学|初中|普通高中|高中|中职|中等职业学校)$")
_SHORTEST_HEAD = 4
_HEADED = re.compile(r"(?P<head>[\u4e00-\u9fff]{4,24})[：:]$")
_SHARE_OF_THOSE = re.compile(r"(?P<whole>[^，。；：\d\n（）()]{2,24})中[，,]$")
_SHARE_WORDS = re.compile(r"(?:具有|拥有|取得)?(?P<part>[^，。；占]{2,16}?)(?:的|者|人员)?占(?:比)?$")
_SHARE_OF = re.compile(r"占(?P<base>[^，。；]{4,24}?)(?:的)?(?:比例|比重|份额)?(?:的|为|达到?|是|约)*$")
_YEAR_OPENING = re.compile(r"\s*(?P<year>(?:19|20)\d\d)年[，,]")
_YEAR_WORD = re.compile(r"(?:19|20)\d\d(?=年)")
_OPENS_LIST = re.compile(r"(?:[（(][^（）()]{0,20}[）)])?[：（:(]")
_BARE_RATE = re.compile(r"(?P<rate>[\u4e00-\u9fff]{1,4}率)(?:已|均|达到?|为)*")
_WHOLE_ONLY = re.compile(
    r"^(?:义务教育(?:阶段)?|中小学校?|各级各类|现有|共有|(?:(?:小学|初中|普通高中|高中|幼儿园)[、和及]?){2,4})+"
)
_LAST_YEAR = re.compile(r"上年|去年|上一年|前一年")
_FROM_LAST_YEAR = re.compile(r"[由从](?:上年|去年|上一年)")
_FROM_YEAR = re.compile(r"[由从](?:19|20)\d\d年[^，。；]*|[与同较比和](?:19|20)\d\d年(?:[底末初])?(?:相比|比较)?")
SINCE_WITHIN = 120
"""How many characters before a figure the year may stand that it is compared with."""
_SINCE_YEAR = re.compile(r"[与同较和](?P<year>(?:19|20)\d\d)年(?:[底末初])?(?:相比|比较)")
_YEAR_BEHIND = re.compile(r"\s*[（(](?P<year>(?:19|20)\d\d) ?年(?:度|底|末)?(?:数据?|统计数)?[）)]")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d年(?:底|末|度)?(?:为|是|达到?)?")
_WITHIN_YEAR = re.compile(r"全年|年内|当年|今年|本年")
_CARRIED = re.compile(
    r"(?:已|累计|共)*(?P<what>完成投资|总投资|惠及学生|受益学生|惠及|覆盖学生|培训教师)(?:额|约|达到?|为|了)*"
)
"""Words that say nothing without what the sentence spoke of before."""
_WHO_DO = re.compile(r"(?P<who>(?:教师|校长教师|学生|教职工)(?:参与|参加|交流)[^\d，。；、]{2,12})(?=[，。；])")
_DEALT = re.compile(
    r"(?P<years>(?:(?:19|20)\d\d年(?:[、和及]|(?=[^、和及]))){2,5}|(?P<from>(?:19|20)\d\d)年?[-—–~～至到]+(?P<to>(?:19|20)\d\d)年，?)"
    r"(?P<what>[^\d]{4,30}?)分别(?:为|是|达到?|达)"
)
_LONGEST_ROW = 40
_SHARE_BEHIND_CHANGE = 3
_IN_TURN = re.compile("依次|分别|逐年")
_LAST_YEARS = re.compile(r"(?:最近|近)(?P<years>[两二三四五])年")
_ENDS_WITH_ALL = re.compile(r"(?:实现|覆盖)全[市县区旗州]$")
_SIDES = {"支出": "收入", "收入": "支出"}
_PART = re.compile(r"其中[：:，]?")
_LEVELS = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_MOVED = frozenset({Role.CHANGE, Role.PREVIOUS})
_ALL_THERE_ARE = re.compile(
    r"(?:中小学|义务教育(?:阶段)?(?:学校)?|各级各类|普通)?"
    r"(?:教职工|教职员工|在校学生|在校生|(?:一般)?公共(?:财政)?预算支出)"
)
_PART_ITSELF = re.compile(r"^(?:专任教师|教育支出|[小初普高][学中通].{0,2}(?:在校)?学?生|寄宿生|随迁子女|留守儿童)$")
_FULL_NAME = 5
_OF_WORK = re.compile(r"^(?:实施|推进|落实|发放|完成|开展|组织|建设)")
_GRADE = re.compile(r"(?:优良|优秀|良好|合格|及格|达标)率$")
_FROM_WORDS = re.compile(r"[由从自](?=[^由从自]*$).*$")


def part_of(whole: str, name: str) -> str:
    """Return the measure of a part from that of its whole: 专任教师 and 小学 make 小学专任教师."""
    rest = _WHOLE_ONLY.sub("", whole)
    return name if name.endswith(rest) or rest in ("学校", "校") else name + rest


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure measures.

    Attributes:
        context: the context, with the measure that words farther off give.
        whole: whether the words name all there are.
        counted: whether the words are the short name of a kind of school or people, so that a list may go on.
        every: whether only what is done with all of them (56所学校均……), or a list, says that all are meant.
        of: the measure of the whole whose part the figure is, empty for no part of a list.
        within: whether its clause speaks of the year (全年, 年内) without a number.
    """

    context: Context
    whole: bool = False
    counted: bool = False
    every: bool = False
    of: str = ""
    within: bool = False


class Teller:
    """Walks over the figures of a text in reading order and tells what each measures."""

    def __init__(self, reading: Reading, reported: str) -> None:
        self._reading = reading
        self._reported = reported
        self._before: tuple[Told, Mention] | None = None
        self._subject: tuple[Told, Mention] | None = None
        self._amount: tuple[Told, Mention] | None = None
        self._level: tuple[Told, Mention] | None = None

    def tell(self, context: Context, mention: Mention) -> Told:
        """Return what the next figure measures; figures must be given in reading order."""
        told = self._named(context, mention)
        dated = self._dated(told.context, mention)
        within = (dated.inherited or not dated.period) and _WITHIN_YEAR.search(mention.clause) is not None
        if dated is not told.context or within != told.within:
            told = replace(told, context=dated, within=within)
        begins = self._subject is None or self._subject[1].part != mention.part
        if begins or (told.context.measure and not self._is_carried(mention)):
            self._subject = (told, mention)
        self._before = (told, mention)
        if mention.level and mention.amount and told.context.measure:
            self._amount = (told, mention)
        if mention.role in _LEVELS and not mention.depth and told.context.measure:
            self._level = (told, mention)
        return told

    def skip(self) -> None:
        """Forget the figure before: what follows stands elsewhere."""
        self._before = self._subject = self._amount = self._level = None

    def _named(self, context: Context, mention: Mention) -> Told:
        by_list = self._by_list(context, mention)
        if by_list is not None:
            return by_list
        for reader in (
            self._share,
            self._rate_of_those,
            self._people_of_stage,
            self._carried,
            self._other_side,
            self._dealt,
            self._part,
        ):
            if (told := reader(context, mention)) is not None:
                return told
        if (headed := self._headed(context, mention)) is not None:
            return headed
        if _ENDS_WITH_ALL.search(mention.lead) and (all_of := self._behind(context, mention)) is not None:
            return all_of
        if context.measure and not (mention.depth == 0 and _WHOLE_STAGE.search(mention.clause)):
            return self._part_of_all(context, mention) or self._next_of_list(context, mention) or Told(context)
        if (match := _WHOLE_STAGE.search(mention.clause)) and mention.depth == 0:
            return Told(replace(context, measure=match["name"], partial=False), whole=True, counted=True)
        named = self._behind(context, mention)
        if named is not None:
            return named
        follows = self._before is not None and self._before[1].sentence == mention.sentence and mention.depth == 0
        if follows and (match := _PEOPLE.fullmatch(mention.lead)):
            return Told(replace(context, measure=self._stage_before() + match["name"], partial=False), every=True)
        if mention.quantity.kind is Kind.PERCENT and self._opens_its_sentence(mention):
            start = self._reading.passage.segmentation.sentences.span(mention.sentence).start
            end = mention.quantity.span.start
            measure = measure_of(re.sub(r"\s+", "", self._reading.text[max(start, end - 40) : end]))
            if _RATE.search(measure):
                return Told(replace(context, measure=measure))
        return Told(context)

    def _stage_before(self) -> str:
        """Return the kind of school just counted, to which the people behind belong: 小学42所，在校学生21564人."""
        if self._before is None:
            return ""
        measure = self._before[0].context.measure
        counted = self._before[1]
        start = counted.quantity.span.start - len(counted.lead)
        if self._reading.text[max(0, start - 1) : start] in ("、", "和", "及"):
            return ""  # 小学58所、特殊教育学校1所，在校学生68413人: those of all kinds listed
        return measure if self._before[1].family == "所" and _STAGE_FIRST.fullmatch(measure) else ""

    def _by_list(self, context: Context, mention: Mention) -> Told | None:
        """Return what a figure measures by the one before: 由90.1%提高到93.8%, 其中小学98所, 上年为14.85亿元."""
        if self._before is None:
            return None
        told, left = self._before
        if self._level is not None and left.role in _MOVED and _STAGE_ONLY.fullmatch(mention.lead):
            told, left = self._level  # 小学85.0%，比上年提高2.3个百分点，初中92.6%
        earlier = told.context
        if left.sentence != mention.sentence or not self._alike(left, mention):
            return None
        if mention.role is Role.TO and left.role is Role.FROM:
            measure = measure_of(_FROM_WORDS.sub("", left.clause)) or earlier.measure
            place = earlier.place or context.place
            return Told(replace(context, measure=measure, partial=earlier.partial, place=place), whole=True)
        if mention.role is Role.PREVIOUS and left.role in (Role.LEVEL, Role.TO, Role.SHARE) and earlier.measure:
            if mention.clause_number - left.clause_number <= 2 and not earlier.partial:
                return Told(replace(context, measure=earlier.measure, partial=False, place=earlier.place), told.whole)
            return None
        if _YEAR_ONLY.fullmatch(mention.lead) and mention.role in (Role.LEVEL, Role.PREVIOUS) and earlier.measure:
            near = mention.clause_number - left.clause_number <= 2 and not earlier.partial and left.level
            year = _YEAR_WORD.findall(mention.lead)[-1]
            same = replace(
                context, measure=earlier.measure, partial=False, place=earlier.place, period=year, inherited=False
            )
            return Told(same, told.whole) if near else None
        if context.measure and len(context.measure) > 4 and not _STAGE_ONLY.fullmatch(mention.lead):
            return None
        match = _STAGE_ONLY.fullmatch(mention.lead)
        if match is None or mention.role not in (Role.LEVEL, Role.FROM):
            return None
        if not earlier.measure:
            return None
        if told.counted and (stage := _NEXT_STAGE.fullmatch(mention.lead)):
            return Told(replace(context, measure=stage["name"], partial=False, place=earlier.place), True, True)
        name, of = match["name"], ""
        if told.of:
            measure, of = part_of(told.of, name), told.of
        elif "其中" in mention.lead or self._opens_list(left, mention):
            measure, of = part_of(earlier.measure, name), earlier.measure
        elif _STAGE_FIRST.match(earlier.measure) and len(rest := _STAGE_FIRST.sub("", earlier.measure, count=1)) >= 2:
            measure = name + rest
        elif (rest := _STAGE_LAST.sub("", earlier.measure)) != earlier.measure and len(rest) >= _SHORTEST_HEAD:
            measure = name + rest  # 生均经费小学13472元、初中19836元
        else:
            return None
        return Told(replace(context, measure=measure, partial=False, place=earlier.place), every=True, of=of)

    def _opens_list(self, left: Mention, mention: Mention) -> bool:
        between = self._reading.text[left.quantity.span.end : mention.quantity.span.start]
        return _OPENS_LIST.match(between) is not None

    @staticmethod
    def _alike(left: Mention, right: Mention) -> bool:
        return left.quantity.unit == right.quantity.unit or left.family == right.family is not None

    def _share(self, context: Context, mention: Mention) -> Told | None:
        """Return what a share is of: 小学教师中，具有本科学历的占84.7%; 教育支出24亿元，占公共预算支出的19.8%."""
        if mention.quantity.kind is not Kind.PERCENT or context.role is not Role.SHARE:
            return None
        clause_start = self._reading.passage.segmentation.clauses.span_at(mention.quantity.span.start).start
        if match := _SHARE_WORDS.search(mention.clause):
            before = self._reading.text[max(0, clause_start - 30) : clause_start]
            if (those := _SHARE_OF_THOSE.search(before)) and (whole := measure_of(those["whole"]) or those["whole"]):
                return Told(replace(context, measure=f"{whole}{match['part']}占比", partial=False))
        if self._before is None or self._before[1].sentence != mention.sentence:
            return None
        of = _SHARE_OF.fullmatch(mention.clause)
        if of is None:
            return None
        told, left = self._before
        follows = mention.clause_number == left.clause_number + 1
        if left.role in (Role.CHANGE, Role.PREVIOUS) and self._amount is not None:
            # 教育支出7.36亿元，比上年增长4.4%，占公共预算支出的21.3%: the share is of what rose
            told, left = self._amount
            follows = left.part == mention.part and mention.clause_number - left.clause_number <= _SHARE_BEHIND_CHANGE
        if follows and left.level and left.amount and told.context.measure and not told.context.partial:
            measure = f"{told.context.measure}占{of['base']}"
            return Told(replace(context, measure=measure, place=told.context.place, partial=False))
        return None

    def _part(self, context: Context, mention: Mention) -> Told | None:
        """Return what a year of a sum, or a bare share, measures by the figure before."""
        if self._before is None or mention.depth:
            return None
        told, left = self._before
        if left.sentence != mention.sentence:
            return None
        part = year_of_list(told.context.measure, context, mention, left)
        part = part or bare_share(told.context.measure, context, mention, left)
        return Told(replace(part, place=told.context.place or part.place), every=True) if part else None

    def _headed(self, context: Context, mention: Mention) -> Told | None:
        """Return what the first of a list of stages measures, named before the colon: 生均教育经费：幼儿园9864元."""
        match = _STAGE_ONLY.fullmatch(mention.lead)
        if match is None or mention.depth or mention.role is not Role.LEVEL:
            return None
        start = mention.quantity.span.start - len(mention.lead)
        head = _HEADED.search(self._reading.text, max(0, start - 25), start)
        measure = measure_of(head["head"]) if head else ""
        if len(measure) < _SHORTEST_HEAD:
            return None
        return Told(replace(context, measure=match["name"] + measure, partial=False), every=True)

    def _behind(self, context: Context, mention: Mention) -> Told | None:
        """Return what is counted where it stands behind: 全县56所学校全部……, 全区现有小学53614名学生."""
        if mention.depth:
            return None
        if match := _BARE_LEAD.fullmatch(mention.lead):
            if _SMALLER.search(mention.lead):
                return None
            behind = self._reading.text[mention.quantity.span.end : mention.quantity.span.end + 32]
            if schools := _SCHOOLS_BEHIND.match(behind):
                return Told(replace(context, measure=schools["name"], partial=False), every=True)
            if who := self._people_who(mention):
                return Told(replace(context, measure=who, partial=False), every=True)
            if (match := _ALL_OF_THEM.match(mention.tail)) is not None:
                name = measure_of(match["name"]) or match["name"]
                return Told(replace(context, measure=name, partial=False), whole=True)
        return None

    def _part_of_all(self, context: Context, mention: Mention) -> Told | None:
        """Return what a part of all measures, if its name says what it is: 教职工5126人，其中专任教师4837人."""
        if self._before is None or mention.depth or mention.role is not Role.LEVEL or not _PART.match(mention.lead):
            return None
        told, left = self._before
        if (
            left.sentence != mention.sentence
            or not left.level
            or told.context.partial
            or not self._alike(left, mention)
        ):
            return None
        if not _ALL_THERE_ARE.fullmatch(told.context.measure) or _PART_ITSELF.search(context.measure) is None:
            return None
        named = replace(context, partial=False, place=told.context.place)
        return Told(named, every=True, of=told.context.measure)

    def _next_of_list(self, context: Context, mention: Mention) -> Told | None:
        """Return what a further item of a list measures by its full name: 教育费附加1845万元、地方教育附加1230万元."""
        if self._before is None or not context.partial or mention.depth or len(context.measure) < _FULL_NAME:
            return None
        told, left = self._before
        if left.clause_number != mention.clause_number or told.context.partial or not left.level:
            return None
        between = self._reading.text[left.quantity.span.end : left.quantity.span.end + 1]
        if between not in "、和及" or not self._alike(left, mention) or _PART.match(mention.lead):
            return None
        if not told.context.measure or told.context.measure[-2:] != context.measure[-2:]:
            return None
        return Told(replace(context, partial=False, place=told.context.place or context.place), every=True)

    def _other_side(self, context: Context, mention: Mention) -> Told | None:
        """Return what is spent behind what came in: 一般公共预算收入12.36亿元，支出48.27亿元."""
        if self._before is None or mention.lead not in _SIDES or mention.depth:
            return None
        told, left = self._before
        measure = told.context.measure
        if left.sentence != mention.sentence or told.context.partial or not measure.endswith(_SIDES[mention.lead]):
            return None
        if mention.clause_number != left.clause_number + 1 or not self._alike(left, mention):
            return None
        named = measure.removesuffix(_SIDES[mention.lead]) + mention.lead
        same = replace(context, measure=named, partial=False, place=told.context.place)
        return Told(replace(same, period=told.context.period, inherited=told.context.inherited))

    @staticmethod
    def _is_carried(mention: Mention) -> bool:
        return _CARRIED.fullmatch(mention.lead) is not None

    def _carried(self, context: Context, mention: Mention) -> Told | None:
        """Return what a figure is of whose words only go on: 实施教育项目28个，已完工21个，完成投资1.46亿元."""
        match = _CARRIED.fullmatch(mention.lead)
        if match is None or self._subject is None or mention.depth:
            return None
        told, first = self._subject
        of = _OF_WORK.sub("", told.context.measure)
        if first.part != mention.part or not of or told.context.partial or not first.level:
            return None
        named = replace(context, measure=f"{of}{match['what']}", partial=False, place=told.context.place)
        return Told(replace(named, period=told.context.period, inherited=told.context.inherited), every=True)

    def _people_who(self, mention: Mention) -> str:
        """Return who is counted and what they do: 134名教师参与交流轮岗."""
        match = _WHO_DO.match(self._reading.text, mention.quantity.span.end)
        return match["who"] if mention.family == "人" and match else ""

    def _dealt(self, context: Context, mention: Mention) -> Told | None:
        """Return what a figure dealt out over years is: 2021年、2022年教育支出分别为92.4亿元、95.8亿元."""
        match = _DEALT.match(mention.clause) or _DEALT.match(mention.topic)
        if match is None or mention.depth or not mention.level:
            return None
        first, last = self._reading.passage.sentences[mention.sentence]
        row = [
            one
            for one in self._reading.passage.mentions[first : min(last, first + _LONGEST_ROW)]
            if one.clause_number == mention.clause_number
        ]
        years = _YEAR_WORD.findall(match["years"])
        if match["from"]:
            years = [str(year) for year in range(int(match["from"]), int(match["to"]) + 1)]
        measure = measure_of(match["what"])
        if (
            len(row) != len(years)
            or mention not in row
            or not measure
            or not all(self._alike(row[0], one) for one in row)
        ):
            return None
        year = years[row.index(mention)]
        return Told(replace(context, measure=measure, partial=False, period=year, inherited=False), every=True)

    def _people_of_stage(self, context: Context, mention: Mention) -> Told | None:
        """Return what is counted by words before and behind: 全区现有小学53614名学生."""
        stage, people = _STAGE_BEFORE.search(mention.lead), _STUDENTS_BEHIND.match(mention.tail)
        if mention.depth or not stage or not people:
            return None
        return Told(replace(context, measure=stage["stage"] + people["name"], partial=False), every=True)

    def _rate_of_those(self, context: Context, mention: Mention) -> Told | None:
        """Return what a bare rate is of, named behind the figure before: 2876名残疾儿童接受义务教育，入学率97.32%."""
        rate = _BARE_RATE.fullmatch(mention.lead)
        if mention.quantity.kind is not Kind.PERCENT or rate is None or self._before is None:
            return None
        told, left = self._before
        if left.sentence != mention.sentence or mention.clause_number != left.clause_number + 1 or left.depth:
            return None
        if _GRADE.search(told.context.measure) and _GRADE.fullmatch(rate["rate"]):
            named = _GRADE.sub(rate["rate"], told.context.measure)
            return Told(replace(context, measure=named, place=told.context.place, partial=False))
        stem = rate["rate"].removesuffix("率")
        if stem and told.context.measure.endswith(stem) and not told.context.partial:
            named = f"{told.context.measure}率"  # 本科上线1237人，上线率61.4%
            return Told(replace(context, measure=named, place=told.context.place, partial=False))
        those = left.tail if len(left.tail) >= 4 else ""
        if not those or told.context.partial:
            return None
        return Told(replace(context, measure=those + rate["rate"], place=told.context.place, partial=False))

    def _opens_its_sentence(self, mention: Mention) -> bool:
        first, _ = self._reading.passage.sentences[mention.sentence]
        return self._reading.passage.mentions[first].index == mention.index

    def _dated(self, context: Context, mention: Mention) -> Context:
        """Return the context with the year that 上年 means in a report of a known year, or that its own words give."""
        if behind := _YEAR_BEHIND.match(self._reading.text, mention.quantity.span.end):
            return replace(context, period=behind["year"], inherited=False)
        if mention.role is Role.FROM:
            years = _YEAR_WORD.findall(mention.clause[-24:])
            told = self._year_opening(mention) or self._reported
            if not years and told and _FROM_LAST_YEAR.search(mention.lead):
                years = [str(int(told) - 1)]  # 2022年……由上年的9.1亿元提高 in a report of 2023 begins with 2021
            sentence = self._reading.passage.segmentation.sentences.span(mention.sentence)
            start = max(sentence.start, mention.quantity.span.start - SINCE_WITHIN)
            since = _SINCE_YEAR.search(self._reading.text, start, mention.quantity.span.start)
            if not years and since:
                years = [since["year"]]
            measure = measure_of(_FROM_WORDS.sub("", mention.clause)) or context.measure
            if _STAGE_ONLY.fullmatch(mention.lead) and not context.measure.endswith(measure):
                measure = context.measure or measure  # 初中由2.56间增加到2.70间, behind what was told of 小学
            return replace(context, measure=measure, period=years[-1] if years else "", inherited=not years)
        if mention.role is Role.TO and self._before is not None and self._before[1].role is Role.FROM:
            return self._of_the_end(context, mention)
        if mention.role is Role.PREVIOUS:
            return self._of_year_before(context, mention)
        undated = context.inherited or not context.period
        # 近三年外流骨干教师41人，骨干教师占比16.1%: a share is of now where its own clause names no years
        alone = mention.quantity.kind is Kind.PERCENT and _IN_TURN.search(mention.clause) is None
        said = mention.clause if alone else mention.topic
        if undated and self._reported and (several := _LAST_YEARS.search(said)):
            first = int(self._reported) - "一二三四五".index(several["years"].replace("两", "二"))
            return replace(context, period=f"{first}/{self._reported}", inherited=False)
        if self._reported and undated and relative_year_of(mention) == -1:
            return replace(context, period=str(int(self._reported) - 1), inherited=False)
        return context

    def _year_opening(self, mention: Mention) -> str:
        """Return the year with which the sentence of a figure begins: 2022年，……由上年的9.1亿元提高; empty without."""
        start = self._reading.passage.segmentation.sentences.span(mention.sentence).start
        opening = _YEAR_OPENING.match(self._reading.text, start)
        return opening["year"] if opening else ""

    def _of_the_end(self, context: Context, mention: Mention) -> Context:
        """Return the context of what a figure rose or fell to, whose year is never the one it rose or fell from."""
        if years := _YEAR_WORD.findall(mention.lead):
            return replace(context, period=years[-1], inherited=False)
        left = self._before[1].quantity.span.start if self._before else mention.quantity.span.start
        sentence = self._reading.passage.segmentation.sentences.span(mention.sentence).start
        earlier = _FROM_YEAR.sub("", self._reading.text[max(sentence, left - 120) : left])
        named = _YEAR_WORD.findall(earlier)
        if named:
            return replace(context, period=named[-1], inherited=False)
        return replace(context, period=self._reported, inherited=True)

    def _of_year_before(self, context: Context, mention: Mention) -> Context:
        """Return the context of a figure of an earlier year with that year, or with none where it cannot be told."""
        if years := _YEAR_WORD.findall(mention.lead):
            return replace(context, period=years[-1], inherited=False)
        before = self._before[0].context.period if self._before else ""
        year = next((one for one in (before, context.period, self._reported) if one.isdigit()), "")
        if _LAST_YEAR.search(mention.lead) and year.isdigit():
            return replace(context, period=str(int(year) - 1), inherited=False)
        return replace(context, period="", inherited=True)
