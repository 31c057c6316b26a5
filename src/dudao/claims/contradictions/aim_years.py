"""One step of an assessment that is aimed at for two years: 2024年通过省级评估 here, 2025年通过省级评估 there."""

import re
from dataclasses import dataclass

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.dated_events"
_AIMED = re.compile(
    r"(?P<year>20\d\d)年(?:[上下]半年|年?底前?|末)?(?:前)?(?P<verb>顺利通过|通过|迎接|接受|接收)(?P<object>[^，。；、！？\d\n]{2,30})"
)
_LEVEL = re.compile("国家|自治区|省|市(?=级)")
_STEP = re.compile("评估|认定|验收|复核|督导")
_TOPIC = re.compile("学前|普及普惠|优质均衡|基本均衡|高中|职业|特殊教育")
_AIM = re.compile(r"力争|争取|确保|计划|目标|规划|拟|明确|提出")
_CHANGED = re.compile(r"原[计定先本]|调整|推迟|提前|延[期后]|改为|[两三四五六七八九\d]个(?:县|市|区)")
"""An aim set anew, or that of several places."""
_REACH = 60
_MOST = 60
_PASSES = frozenset({"通过", "顺利通过"})


@dataclass(frozen=True, slots=True)
class _Aim:
    year: str
    passes: bool
    key: tuple[str, str]
    topics: frozenset[str]
    span: Span
    words: str


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each step aimed at for another year than an earlier place says."""
    known: list[_Aim] = []
    found = []
    for number, match in enumerate(_AIMED.finditer(reading.text)):
        if number == _MOST:
            break
        aim = _aim(reading, match)
        if aim is None:
            continue
        earlier = next((one for one in known if _are_apart(one, aim)), None)
        if earlier is not None and "\n" in reading.text[earlier.span.end : aim.span.start]:
            found.append(_finding(earlier, aim))
        known.append(aim)
    return found


def _aim(reading: Reading, match: re.Match[str]) -> _Aim | None:
    sentence = reading.passage.segmentation.sentences.span_at(match.start())
    before = reading.text[max(sentence.start, match.start() - _REACH) : match.start()]
    aimed = _AIM.search(before) or reading.chapters.at(match.start()) is Chapter.PLANS
    words = match["object"]
    level, step = _LEVEL.search(words), _STEP.findall(words)
    if not aimed or level is None or not step or _CHANGED.search(before):
        return None
    topics = frozenset(_TOPIC.findall(words))
    span = Span(match.start(), match.end())
    return _Aim(match["year"], match["verb"] in _PASSES, (level[0], step[-1]), topics, span, match[0])


def _are_apart(one: _Aim, other: _Aim) -> bool:
    """Return whether two places aim at one step for two years; what is begun in one year may be passed in the next."""
    if one.key != other.key or one.year == other.year or (one.topics and other.topics and one.topics != other.topics):
        return False
    if one.passes == other.passes:
        return True
    begun, passed = (other, one) if one.passes else (one, other)
    return passed.year < begun.year


def _finding(earlier: _Aim, later: _Aim) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        later.span,
        f"此处为“{later.words}”，前文为“{earlier.words}”，目标年份不同。",
        related=(earlier.span,),
        remedy="请核对创建方案，统一目标年份；目标有调整的，请写明。",
    )
