"""What a figure is about: what is measured, where, when, as fact or as aim; read from clause, sentence and chapter."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dudao.claims.chapters import Chapter, Chapters, read_chapters
from dudao.claims.mention_reading import read_passage
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.places_headed import read_headed_places
from dudao.claims.places_named import NUMBERED_PART, own_place, place_before
from dudao.claims.tables_read import TableReading, read_tables
from dudao.documents.model import Block, Table
from dudao.quantities.model import Kind, Quantity


@dataclass(frozen=True, slots=True)
class Context:
    """What one figure says, beside its value.

    Attributes:
        index: its number among the quantities of the text.
        measure: the noun phrase, without time, place and verbs: 普惠性幼儿园在园幼儿; empty when none stands near.
        place: a named place (`海州区`), the document's own level (`全市`), or empty.
        period: a year, date or stretch as ISO text (`2022`, `2022-06-30`, `2019/2020`); empty when none is named.
        inherited: whether the period comes from an earlier sentence of the paragraph or from the heading.
        role: what the figure is in its sentence; `direction` +1 or -1 for changes.
        aim: whether it is a target, standard or forecast and no fact.
        partial: whether it counts a part (其中…) or leans on another figure of its clause.
        chapter: what the chapter around it tells.
        row, column: the labels of its row and column when it stands in a table; `unit_line` what 单位：says there.
    """

    index: int
    measure: str
    place: str
    period: str
    inherited: bool
    role: Role
    direction: int
    aim: bool
    partial: bool
    chapter: Chapter
    row: str = ""
    column: str = ""
    unit_line: str = ""


_AIM = re.compile(
    r"力争|(?<!改善)(?<!讲学)(?<!提升)(?<!行动)(?<!培养)(?<!特岗)(?<!攻坚)(?<!帮扶)(?<!纳入)计划|(?<!坚持)规划(?![，编局引]|期[内间])|(?<!为)目标|争取(?!(?:到位?|了|中央|上级|国家|省级?|市级?|各级|各类|专项|债券)[^，。；]{0,14}(?:资金|经费|补助|债券|项目|名额|编制))|拟|预计|(?<!符合)(?<!达到)(?<!满足)(?<!按照)(?<!按)(?<!根据)要求|应当|不得|必须|原则上|(?<!拨款)(?<!补助)(?<!补贴)(?<!供餐)标准为|(?<![认确鉴评])定为|基准|底线|将按|将在|将于|将达|将有|即将|(?<![高加长升大降少低])到20[2-9]\d年|今后|"
    r"下一步|未来|确保到|预期|任务数|省定|国定|规定|指标为|不[低少]于|不超过|至少|每增加"
)
_OF_THE_NEXT = re.compile(r"不[低少]于|不超过|至少|每增加")
_FIGURE = re.compile(r"\d")
_HELD_AGAINST = re.compile(r"(?:超过|超出|高于|低于|[好优]于|[比较距]|超额|提前|完成了?|达到|实现)[^，。；]{0,8}$")
_DONE_SINCE = re.compile(
    r"[，；][^，；]{0,8}?(?:已|实际|目前|截至|现有|在建|[未尚仍]|累计完成)[^，；]*$|[，；]实际[^，；]*[，；]"
)
_NEXT_CLAUSE = re.compile("[，；]")
_YEAR_IN = re.compile(r"20\d\d")
_AMONG = re.compile(r"其中|包括|包含|分别")
_TITLE = re.compile(r"《[^《》\n]{1,80}》|〈[^〈〉\n]{1,80}〉")
_ASIDE = re.compile(r"（[^（）\n]{1,80}）|\([^()\n]{1,80}\)")
_SINCE = re.compile(r"\s*(?:以来|起|之前|以前|前|之后|以后|后|到|至)")
_COMPARED = re.compile(r"(?:比|较|与|同|和)$")
_YEAR_OF_PART = re.compile(r"其中[，,]?\s*$")
_PART_REACH = 4
"""三年投入6.84亿元，其中2024年2.73亿元: the year of the part does not go on."""
_UNTIL = re.compile(r"(?<![截止])(?:到|至)$")
_FROM_THEN = re.compile(r"[由从]$")
_PERIOD_KINDS = frozenset({Kind.YEAR, Kind.DATE})


def contextualise(
    text: str, quantities: Sequence[Quantity], blocks: Sequence[Block] = (), tables: Sequence[Table] = ()
) -> tuple[Context, ...]:
    """Return the context of every quantity of a text that measures something, in reading order.

    Args:
        text: the text; all spans given count its characters.
        quantities: what was read from it.
        blocks: its blocks; headings among them name chapters that carry no number of their own.
        tables: its tables, for the labels of rows and columns.
    """
    return contexts_of(read_passage(text, quantities), read_chapters(text, blocks), read_tables(text, tables))


def contexts_of(passage: Passage, chapters: Chapters, tables: TableReading) -> tuple[Context, ...]:
    """Return the context of every mention of a passage."""
    periods = _Periods(passage)
    own = own_place(passage.text)
    headed = read_headed_places(passage.text)
    found: list[Context] = []
    earlier: Mention | None = None
    reported = title_year(passage.text)
    for mention in passage.mentions:
        start = mention.quantity.span.start
        leans = earlier is not None and earlier.clause_number == mention.clause_number
        if earlier is not None and earlier.sentence == mention.sentence and mention.depth > earlier.depth:
            leans = True
        period, inherited = periods.of(mention)
        sentence = passage.segmentation.sentences.starts[mention.sentence]
        part = passage.segmentation.parts.starts[mention.part]
        place = place_before(passage.text, part, start, own)
        if not place and part > sentence and not NUMBERED_PART.match(passage.text, part):
            place = place_before(passage.text, sentence, start, own)
        whose = headed.at(start)
        if whose and whose != own and place in ("", f"全{whose[-1]}"):
            place = whose
        label = tables.labels_at(start)
        found.append(
            Context(
                index=mention.index,
                measure=label.measure if label else _measure(mention, leans),
                place=place,
                period=label.period if label and label.period else period,
                inherited=inherited and not (label and label.period),
                role=mention.role,
                direction=mention.direction,
                aim=_is_aim(passage.text[max(sentence, start - 60) : start], reported)
                or _AIM_BEHIND.match(passage.text, mention.quantity.span.end) is not None
                or _under_aims(passage.text, passage.segmentation.paragraphs.starts[mention.paragraph]),
                partial=leans or _AMONG.search(mention.clause) is not None or mention.depth > 0,
                chapter=chapters.at(start),
                row=label.row if label else "",
                column=label.column if label else "",
                unit_line=label.unit_line if label else "",
            )
        )
        earlier = mention
    return tuple(found)


_AIM_BEHIND = re.compile(
    r"(?:以上)?的(?:规划|预期|国家|省定?|市定?|规定|年度|年初|最低|\d{4}年){0,2}(?:目标|标准|要求|底线)(?!的)"
)
"""与2025年达到65%的目标有差距, 已完成97%的规划目标."""
_AIMS_OPENED = re.compile(
    r"\s*[（(]?[一二三四五六七八九十\d]{0,3}[）)、.．]?[^，。；：\d\n]{0,8}(?:目标|任务)(?:值|数)?[。：:]"
)


def _under_aims(text: str, start: int) -> bool:
    """Return whether a paragraph opens by saying that it tells aims: （二）绩效目标。新增学位9600个."""
    return _AIMS_OPENED.match(text, start) is not None


def _is_aim(words: str, reported: str) -> bool:
    """Return whether the words before a figure set it as an aim; 到2022年底 sets none in a report of 2022."""
    words = _TITLE.sub("", words.replace("\n", ""))  # 到20 | 25年, cut where the line ends
    for match in _AIM.finditer(words):  # 《规划》确定的项目: a title sets nothing
        if _OF_THE_NEXT.fullmatch(match[0]) and _FIGURE.search(words, match.end()):
            continue  # 体育活动不少于2小时，优良率达到61.3%: a bound is that of the figure behind it alone
        if _DONE_SINCE.search(words, match.end()):
            continue  # 规划安排的36个项目，已完工19个
        if _HELD_AGAINST.search(words, 0, match.start()) and _NEXT_CLAUSE.search(words, match.end()):
            continue  # 94.3%，超过年度目标0.3个百分点；覆盖率91.2%
        year = _YEAR_IN.search(match[0])
        if year is None or not reported or int(year[0]) > int(reported):
            return True
    return False


def _measure(mention: Mention, leans: bool) -> str:
    words = mention.lead if leans else mention.clause
    if mention.role is Role.CHANGE:
        words = _CHANGED.sub("", words)
    return measure_of(words)


_TIME_WORDS = re.compile(
    r"目前|当前|现阶段|今年|本年度?|当年|全年|年末|年底|年初(?!中)|去年|上年末?|上年度|上学年|本学年|近年来|(?:近|(?<!学)前)?(?<!学前)[一二三四五]年来?|“十[二三四五]五”(?:时期|期间|末)?|"
    r"(?:截至|截止)(?:到)?|\d{4}(?:[-—–~～至]\d{4})?(?:年度?|学年度?)(?:[底末]|初(?!中))?|\d{1,2}月(?:份|[底末初])?|\d{1,2}日|[底末初]$"
)
_PLACE_WORDS = re.compile(
    r"全[国省市县区旗州盟校系统]|[我本][国省市县区旗州]|市域|县域|区域内|域内|辖区内?|境内|[省市县区]辖"
)
_LINKS = re.compile(
    r"其中|包括|另有|另外|还有|以及|同时|分别|依次|总计|共计|合计|累计|共有|现有|拥有|设有|建有|已有|仅有|已经|各类|各级|总共|"
    r"达到了?|高达|多达|约为|大约|接近|超过|突破|增加到|增至|提高到|提高至|提升到|提升至|上升到|上升至|下降至|降至|下降到|降到|减少到|"
    r"保持在|稳定在|控制在|实现了?|完成了?|(?<![总育政费])投入了?|安排了?|下达了?|拨付了?|招收了?|[的“”：:，,。;；、（）()]|\[|\]"
)
_DIGITS = re.compile(r"[\s\d.%]+")
_LISTED = re.compile(r"^[一二三四五六七八九十]是")
_EDGES = re.compile(r"^[有为是共了均都已还则也又为]+|[有为是共到至仅只了均都已还达约近超逾各又则也数]+$")
_CHANGED = re.compile(r"(?:同比|按年|按季|环比|比|较|与).*$|(?:增加|增长|减少|下降|提高|上升|降低|提升)[了约]*$")
_GENERIC_WORDS = """
率 比例 占比 比重 总数 总量 总额 人数 数量 合计 覆盖率 达标率 合格率 完成率 参与率 优良率 优秀率 满意率 满意度
测试率 知晓率 上报率 开展率 平均 面积 资金 经费 投资 总投资 投入 支出 收入 金额 补助 奖励 标准 费用 学生 教师
学校 小学 初中 高中 中学 幼儿园 人 班 班级 公办 民办 城区 农村 城镇 本科 专科 男 女 其他 其它 幼儿 儿童 校 园 个
名 人员 项目 专项资金 学段 该校 最高 最低 排名 第 活动 会议 培训 检查 督查 问题 文件 方案 制度 得分 自评得分
满分 分值 自评分 扣分 总分 增长 下降 同比 增幅 降幅 增速 每年 每月 每生 每人 生均 人均 师均 校均 班均 年均
平均每 组织 开展 举办 召开 培养 新增 新建 改扩建 建设 改造 建成 购置 配备 招聘 引进 惠及 受益 覆盖 从 由 向 对
在 按 与 比 较 占 达 等 公用经费 基本支出 项目支出 人员经费 专项经费 补助资金 到位资金 总收入 总支出 教职工
在校学生
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_KEPT_WORDS = "普惠率 毛入园率 入园率 近视率 肥胖率 升学率 辍学率 巩固率 公办率 在园幼儿"
KEPT_SHORT = frozenset(_KEPT_WORDS.split())


def measure_of(words: str) -> str:
    """Return what a clause says is measured: 2022年底全区共有普惠性幼儿园 → 普惠性幼儿园; empty for too little."""
    measure = _LINKS.sub("", _PLACE_WORDS.sub("", _TIME_WORDS.sub("", words)))
    measure = _EDGES.sub("", _LISTED.sub("", _DIGITS.sub("", measure)))
    if measure.endswith(("和", "与", "及", "或")):
        return ""  # 州本级和10个县: the figure is of what stands behind it
    if measure in _GENERIC or (len(measure) < 4 and measure not in KEPT_SHORT):
        return measure if measure in KEPT_SHORT else ""
    return measure


@dataclass(frozen=True, slots=True)
class _Named:
    """A year or date of the text: `compared` behind 比, `until` behind 由 or 到 or before 以来, `aside` in parentheses;
    none of these goes on. `closes` is where a parenthesis ends that holds the figure of its year, 0 for any other."""

    start: int
    text: str
    compared: bool
    until: bool
    aside: bool = False
    closes: int = 0


_TITLE_YEAR = re.compile(r"(20\d\d) ?年(?!.{0,6}规划)")
_TWO_YEARS = re.compile(
    r"(20\d\d) ?年[^\n]{0,30}(?:执行|总结|完成|落实)[^\n]{0,12}(20\d\d) ?年[^\n]{0,12}"
    r"(?:草案|计划|预算|安排|打算|要点|思路|重点|目标|展望|谋划)"
)


_MENDED_AND_YEAR = re.compile(
    r"(20\d\d) ?年[^\n]{0,30}(?:反馈|评价|督导|评估|整改)[^\n]{0,24}?(?:暨|及|和|并|、)"
    r"[^\n]{0,4}(20\d\d) ?年[^\n]{0,16}(?:自评|自查|工作|履职|报告|情况)"
)
"""2022年评价反馈问题整改暨2023年工作自评报告 is of the later year: the earlier one is that of what was found."""


_EVALUATION = re.compile(r"(?<!自)[督评][查导价估]|反馈|通报")
_MENDED = re.compile(
    r"20\d\d ?年[^\n]{0,30}(?:督导|评价|评估|反馈)[^\n]{0,20}整改(?:落实)?(?:情况)?(?:的|工作)?(?:自查)?报告"
)
_SELF = re.compile("自[评查]|整改|总结|汇报")
_EVALUATED = re.compile(
    r"对[^。；\n]{2,40}?(20\d\d) ?年度?[^。；\n，]{0,6}(?:履行教育职责|履职|教育工作|工作)[^。；\n，]{0,4}情况"
)
"""2024年……评价情况的通报 of what was done in 2023 tells the figures of 2023."""
_AS_OF = re.compile(r"截[至止]到?(20\d\d) ?年(?:12月)?(?:31日|底|末)")
_OPENING = 600


def title_year(text: str) -> str:
    """Return the year a document is of, as its first lines name it; empty when there is none or more than one.

    The title itself goes before what stands below it (清河市教育局 2024年4月), and of a title that tells of one year
    and plans the next one the first is meant. Without such a year it is the one at whose end the opening says how
    things stand: 截至2023年底.
    """
    for words in (text.lstrip()[:120].split("\n")[0], text[:120]):
        years = set(_TITLE_YEAR.findall(words))
        if len(years) == 1:
            return _evaluated(text) or _mended(text, words, *years)
        if (both := _TWO_YEARS.search(words)) and int(both[2]) == int(both[1]) + 1 and len(years) == 2:
            return str(both[1])
        if (both := _MENDED_AND_YEAR.search(words)) and int(both[2]) == int(both[1]) + 1 and len(years) == 2:
            return str(both[2])
    as_of = _AS_OF.findall(text[:_OPENING])
    return str(as_of[0]) if len(set(as_of)) == 1 else ""


def _evaluated(text: str) -> str:
    """Return the year whose work a notice of supervision evaluates, as its opening says; empty without."""
    title = text.lstrip()[:120].split("\n")[0]
    if not _EVALUATION.search(title) or _SELF.search(title):
        return ""
    years = set(_EVALUATED.findall(text[len(title) : len(title) + _OPENING]))
    return str(years.pop()) if len(years) == 1 else ""


def _mended(text: str, title: str, year: str) -> str:
    """Return the year a single year of a title stands for: 2023年……反馈问题整改 is told in the year after."""
    after = str(int(year) + 1)
    told = _MENDED.search(title) and re.search(rf"{after} ?年\d{{1,2}}月[^，。；\n）)]{{0,16}}[，,]", text[:_OPENING])
    return after if told else year


_PLANNED = re.compile(r"(?:(?<!年)(?<!年度)计划|预计|拟|力争|争取|确保|将)(?:于|在|到)?[^，。；、\n]{0,4}$")
_PLANNED_REACH = 12
"""What is to be done in a year (预计2025年8月竣工) dates nothing that follows."""


class _Periods:
    """Walks over the years and dates of a passage beside its mentions, and tells which one holds for each."""

    def __init__(self, passage: Passage) -> None:
        titles = [match.span() for match in _TITLE.finditer(passage.text)]
        asides = [match.span() for match in _ASIDE.finditer(passage.text)]
        aside = 0
        place = 0
        self._named: list[_Named] = []
        for quantity in passage.quantities:
            if quantity.kind not in _PERIOD_KINDS:
                continue
            start = quantity.span.start
            while place < len(titles) and titles[place][1] <= start:
                place += 1
            if place < len(titles) and titles[place][0] <= start:
                continue
            text = _period_text(quantity)
            if text and _SINCE.match(passage.text, quantity.span.end):
                text = f"{text}~"
            if text:
                words = passage.text[max(0, start - 2) : start].rstrip()
                ends = _UNTIL.search(words) or _FROM_THEN.search(words)
                planned = _PLANNED.search(passage.text, max(0, start - _PLANNED_REACH), start) is not None
                until = ends is not None or text.endswith("~") or planned
                while aside < len(asides) and asides[aside][1] <= start:
                    aside += 1
                inside = aside < len(asides) and asides[aside][0] <= start
                part = _YEAR_OF_PART.search(passage.text, max(0, start - _PART_REACH), start) is not None
                closes = asides[aside][1] if inside and self._holds_figure(passage, start, asides[aside][1]) else 0
                self._named.append(
                    _Named(start, text, _COMPARED.search(words) is not None, until, inside or part, closes)
                )
        self._passage = passage
        self._next = 0

    @staticmethod
    def _holds_figure(passage: Passage, start: int, end: int) -> bool:
        """Return whether a figure stands behind a year in its parenthesis: （2022年7.52亿元）."""
        place = bisect_left(passage.mentions, start, key=lambda one: one.quantity.span.start)
        return place < len(passage.mentions) and passage.mentions[place].quantity.span.start < end

    def of(self, mention: Mention) -> tuple[str, bool]:
        """Return the period that holds for a mention, and whether an earlier sentence named it."""
        start = mention.quantity.span.start
        while self._next < len(self._named) and self._named[self._next].start < start:
            self._next += 1
        cut = self._passage.segmentation
        sentence = cut.sentences.starts[mention.sentence]
        paragraph = cut.paragraphs.starts[mention.paragraph]
        for named in reversed(self._named[max(0, self._next - 6) : self._next]):
            if named.start < paragraph:
                break
            if 0 < named.closes <= start:
                # 支出7.86亿元（2022年7.52亿元）；生均1.42万元: the year is that of the parenthesis alone.
                continue
            if named.start >= sentence and (not named.compared or mention.role is Role.PREVIOUS):
                return named.text, False
            if not named.compared and not named.until and not named.aside:
                return named.text, True
        return "", False


_NUMBERS = re.compile(r"\d+")


def _period_text(quantity: Quantity) -> str:
    """Return a year or date as ISO text; empty for one without a year."""
    if quantity.unit == "年":
        first = f"{int(quantity.value)}"
        school_year = "学年" if "学年" in quantity.text else ""
        return first + school_year if quantity.upper is None else f"{first}/{int(quantity.upper)}{school_year}"
    if quantity.unit in ("年月", "年月日"):
        numbers = [int(number) for number in _NUMBERS.findall(quantity.text)]
        if len(numbers) in (2, 3):
            return "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])
        return f"{int(quantity.value)}-han"
    return ""
