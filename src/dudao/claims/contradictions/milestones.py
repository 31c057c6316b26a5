"""One building begun, finished or opened in two months: 综合楼预计2025年8月交付 here, 综合楼2025年12月交付使用 there.

`day_events` tells what has happened; here what is still to come counts too, for a report that dates one step of one
project twice means one date. Only a name of its own tells that it is one project.
"""

import re
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.context import title_year
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.claims.places_named import own_place
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.dated_events"
_STEPS = {
    "开工": "开工",
    "动工": "开工",
    "竣工": "竣工",
    "完工": "竣工",
    "建成": "竣工",
    "投入使用": "投用",
    "交付使用": "投用",
    "投用": "投用",
    "启用": "投用",
    "交付": "投用",
}
_DATED = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<![\d.\-—–~～至到])(?P<month>1[0-2]|[1-9])月(?:份|底|初|中旬|[1-3]?\d日)?(?:前)?"
    r"(?:正式|全面|顺利|如期|建成|竣工并|完工并|整体)*(?P<step>" + "|".join(_STEPS) + ")"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年")
_BUILDING = r"(?:新校区|[东南西北]校区|分校|校区|综合楼|教学楼|宿舍楼|实训楼|公寓|食堂|运动场|体育馆|图书馆|实训基地)"
_SCHOOL = r"(?:幼儿园|[一二三四五六七八九十](?:中|幼|小)(?!学|心|园|型)|小学|中学|高中|学校|职教中心|中心园)"
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fff“”]{{1,12}}?{_SCHOOL}(?:[\u4e00-\u9fff]{{0,4}}?{_BUILDING})?|[\u4e00-\u9fff“”]{{2,12}}?{_BUILDING})"
    r"(?P<work>(?:[\u4e00-\u9fff]{0,4}(?:新建|改建|扩建|改扩建|迁建|建设|改造|异地|整体|二期|三期|一期|提升))*(?:项目|工程)?)"
)
_LED_BY = re.compile(
    r"^(?:[一二三四五六七八九十]是|其中|以及|记者|在|走进|同时|确保|力争|推进|推动|加快|完成|实施|启动|抓好|做好|新建|改扩建|扩建|迁建|投资|总投资|目前|包括|将|对|和|及|与|[我本全][省市县区旗])+"
)
_NOT_ONE = re.compile(
    r"等|[、和及与]|所[\u4e00-\u9fff]*$|各|全部|部分|多所|乡镇|农村|一批|中小|城区|义务|公办|民办|新建$"
)
_OTHER_PART = re.compile(
    r"附属|附设|分[校园]|操场|厕所|浴室|围墙|宿舍|公寓|礼堂|办公|餐厅|教师|学生|塑胶|风雨|地下|周转|图书|科技|实验|体育|艺术|综合|食堂"
)
"""What stands behind the name of a school and is a part of it: 明溪小学附属幼儿园."""
_OBJECT_BEHIND = re.compile(r"(?!建设|的|后|并|前|时|以来|至今)[\u4e00-\u9fff]")
"""9月启用智慧平台 opens no building."""
_STAGE = re.compile("[一二三四]期")
_CHANGED = re.compile(r"原[计定先本]|调整|推迟|提前|延[期后迟]|改为|顺延|滞后")
_THIS_YEAR = ("今年", "本年")
_SHORTEST = 4
_REACH = 160
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Milestone:
    """A step of a project, and the month it is dated."""

    name: str
    step: str
    year: str
    month: str
    paragraph: int
    span: Span

    @property
    def date(self) -> str:
        """The date as it is told, with the year that holds."""
        return f"{self.year}年{self.month}月"


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each step of a project that an earlier paragraph dates otherwise."""
    known: dict[tuple[str, str], _Milestone] = {}
    found = []
    for number, match in enumerate(_DATED.finditer(reading.text)):
        if number == _MOST:
            break
        told = _milestone(reading, match)
        if told is None:
            continue
        earlier = known.setdefault((told.name, told.step), told)
        apart = (earlier.year, earlier.month) != (told.year, told.month)
        if apart and earlier.paragraph != told.paragraph:
            found.append(_finding(earlier, told))
    return found


def _milestone(reading: Reading, match: re.Match[str]) -> _Milestone | None:
    """Return the step a match dates; None where project or year is in doubt, or the date was set anew."""
    text, cut = reading.text, reading.passage.segmentation
    paragraph = cut.paragraphs.span_at(match.start())
    sentence = cut.sentences.span_at(match.start())
    begin = max(paragraph.start, match.start() - _REACH)
    if _CHANGED.search(text, max(sentence.start, begin), match.end()):
        return None
    if _OBJECT_BEHIND.match(text, match.end()):
        return None
    name = _name(reading, begin, match.start())
    year = match["year"] or _year(reading, max(sentence.start, begin), match.start())
    if not name or not year:
        return None
    step = _STEPS[match["step"]]
    return _Milestone(name, step, year, match["month"], paragraph.start, Span(match.start(), match.end()))


def _name(reading: Reading, begin: int, end: int) -> str:
    """Return the project named last before a date, in the words that name it everywhere; empty for none or several."""
    last = ""
    own = own_place(reading.text)
    for match in _NAME.finditer(reading.text, begin, end):
        words = _LED_BY.sub("", match["name"].replace(own, "") if own else match["name"])
        stage = _STAGE.search(match["work"])
        usable = len(words) >= _SHORTEST - 1 and not _NOT_ONE.search(words)
        behind = reading.text[match.end() : match.end() + 2]
        usable = usable and not behind.startswith(("等", "、", "和", "及", "与")) and not _OTHER_PART.match(behind)
        last = f"{words}{stage[0] if stage else ''}" if usable else ""
    return last


def _year(reading: Reading, begin: int, end: int) -> str:
    """Return the year that holds for a month without one: the last one named before it, or that of the chapter."""
    now = max(reading.text.rfind(word, begin, end) for word in _THIS_YEAR)
    named = _YEAR.findall(reading.text, max(begin, now), end)
    if now >= 0 and not named:
        return title_year(reading.text)
    if named:
        return str(named[-1])
    headed = reading.chapters.time_at(begin)
    if headed.isdigit() or reading.chapters.at(begin) is Chapter.PLANS:
        return headed if headed.isdigit() else ""
    return title_year(reading.text)


def _finding(earlier: _Milestone, later: _Milestone) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"“{later.name}{later.step}”前后两处日期不同：此处为{later.date}，前文为{earlier.date}。",
        related=(earlier.span,),
        remedy="请核对文件或验收记录，统一日期；确是两件事的，请写明区别。",
    )
