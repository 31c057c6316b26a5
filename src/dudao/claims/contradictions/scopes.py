"""What the words before a figure narrow it to: a kind of school, a part of the place, some schools only."""

import re
from bisect import bisect_left

from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention
from dudao.claims.places_named import own_place

_KINDS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(words)
    for words in (
        r"特殊教育|特教|职业|中职|技工|普通高中|高中|初中|(?<!其)中小学|小学|教学点|学前|幼儿|(?<=[公民])办园|义务教育|高等|高校|一年级|七年级",
        r"民办|公办|普惠",
        r"农村|乡村|城区|县城|城镇|乡镇|市直|县直|区直|直属|市属|区属|城乡",
        r"寄宿|留守|随迁|残疾|随班就读|送教上门|困难|贫困|脱贫|骨干|女|特岗|编外|非在编|临聘|新建|新增|集团",
    )
)
_ALL_OF_IT = re.compile(r"全[国省市县区旗州盟]|[我本][省市县区旗州盟]")
_SOME = re.compile(
    "其中|(?<!一)(?<!大)部分(?!未)|个别|有的|少数|多数|某|该[校县区镇乡园片]|片区(?![，。；])|抽[查测样](?!合格|优良|达标)|试点|预计"
)
_SCHOOLS_OF = re.compile(
    r"(?:\d|[两三四五六七八九十])(?:所|个|家)(?!县|区|市)[^，。；]{0,8}的(?![^，。；]*(?:全部|均|都|全覆盖|100%))"
)
"""47所学校的…: what one or two clauses behind tell is of them."""
_CLAUSES_OF_SCHOOLS = 2
_NAMES_ITSELF = 8
_COUNTED_BY = re.compile(
    r"(?:\d|[两三四五六七八九十])个(?:县|市|区|旗|乡|镇|街道)[^，。；]{0,24}?(?:达到?|超过|高于|低于|不足|未达到?|突破)(?:约)?$"
)
"""6个县（市、区）公办园占比达到60%: the line by which counties are counted, and no share of any."""
_ELSEWHERE = re.compile(
    r"(?<![全我本各辖\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?:县|(?<![城市县社学小校园])区|市|(?<!乡)镇|乡(?![村镇])|街道|新城|片区)"
    r"(?=[\u4e00-\u9fff]{0,6}\d|[，、：为])"
)
_HERE = re.compile(r"[全我本各]")
"""年末全县 is no name of a county."""
_WITHOUT = re.compile(r"(?:不含|不包括|不计|未含|扣除|剔除)[^（）()，。；]{0,6}|[（(]含[^（）()，。；]{0,6}")
_RUNNING = re.compile(r"累计|[近前这]?[两三四五]年(?:来|间|共)|以来|“?十[三四五]五”?(?:期间|以来)|历年|先后")
_STANDING = re.compile(r"建成|创建|评定|获评|拥有|共有")
"""What is told of so far, whether called 累计 or not."""
_LOOK_BACK = 200
_SHORT_NAME = 4
_ALL_KINDS = re.compile("中小学校?[、和及]?幼儿园")
"""Schools of every kind narrow nothing."""
_ASIDE = re.compile(r"(?:另有|另设)[^，。；]*")


def words_before(reading: Reading, mention: Mention) -> str:
    """Return the words of its sentence before a figure, from the last mention of the whole place on."""
    start = reading.passage.segmentation.sentences.starts[mention.sentence]
    words = reading.text[max(start, mention.quantity.span.start - _LOOK_BACK) : mention.quantity.span.start]
    named = [match.start() for match in _ALL_OF_IT.finditer(words)]
    return words[named[-1] :] if named else words


def _said_of_it(reading: Reading, mention: Mention, measure: str) -> str:
    """Return the words before a figure that can narrow it: not those of its siblings in a list.

    In 普惠性幼儿园覆盖率90.8%，义务教育巩固率99.1% the second rate is not of 普惠; and
    小学72所，在校生38412人；初中24所，在校生18936人 begins anew behind ；. A short name (在校生, 专任教师) goes on with
    what was counted before.
    """
    cut = reading.passage.segmentation
    words = words_before(reading, mention)
    end = mention.quantity.span.start
    start = end - len(words)
    part = cut.parts.starts[mention.part]
    if part > start and _KINDS[0].search(reading.text, part, end):
        start = part
    kept = reading.text[start:end]
    if len(measure) > _SHORT_NAME:
        mentions = reading.passage.mentions
        first = bisect_left(mentions, start, key=_place)
        for other in mentions[first : bisect_left(mentions, end, lo=first, key=_place)]:
            if other.quantity.unit == mention.quantity.unit:
                opened = max(
                    start, *(reading.text.rfind(mark, start, other.quantity.span.start) for mark in "，；、：（")
                )
                own = reading.text[opened : other.quantity.span.end]
                kept = kept.replace(own, "", 1) if len(own) > 1 else kept
    return _ALL_KINDS.sub("", _ASIDE.sub("", kept))


def _place(mention: Mention) -> int:
    return mention.quantity.span.start


def is_of_some(reading: Reading, mention: Mention, *, listed: bool = False) -> bool:
    """Return whether the words before a figure say that it is of some schools or one part of the place only.

    Of a figure `listed` with the name of its part, 其中 says nothing further.
    """
    words = words_before(reading, mention)
    clauses = words.rsplit("；", 1)[-1]  # 部分初中班额偏大；义务教育巩固率97.9%
    own = clauses.rsplit("，", 1)[-1]
    if listed or (len(own) >= _NAMES_ITSELF and "其中" not in own):
        clauses = clauses.replace("其中", "")  # 其中公办园96所，公办园在园幼儿占比60.0%
    if _SOME.search(clauses) or _COUNTED_BY.search(words):
        return True
    if _SCHOOLS_OF.search("，".join(clauses.rsplit("，", _CLAUSES_OF_SCHOOLS)[-_CLAUSES_OF_SCHOOLS:])):
        return True
    if _ALL_OF_IT.match(words):
        return False
    start = reading.passage.segmentation.paragraphs.starts[mention.paragraph]
    end = mention.quantity.span.start
    named = _ELSEWHERE.finditer(reading.text, max(start, end - _LOOK_BACK), end)
    own = _own_of(reading)
    return any(_HERE.search(match[0]) is None and match[0] != own for match in named)


def _own_of(reading: Reading) -> str:
    return reading.once("own place", lambda: own_place(reading.text))


def narrowed(reading: Reading, mention: Mention, measure: str) -> str:
    """Return the kinds of school, owner, area and people that the words before name and the measure itself does not.

    A name of the same sort in the measure stands for itself: 小学98所，初中在校生14620人 is not narrowed to 小学.
    """
    words = _said_of_it(reading, mention, measure)
    found: list[str] = []
    for kind in _KINDS:
        named = set(kind.findall(words))
        # 公办小学64所、民办小学3所，在校学生38214人: those of both are all there are.
        if not kind.search(measure) and not {"公办", "民办"} <= named:
            found.extend(sorted(named))
    found.extend(_WITHOUT.findall(words))
    if _RUNNING.search(words) and not _STANDING.match(measure):
        found.append("累计")
    return "/".join(found)
