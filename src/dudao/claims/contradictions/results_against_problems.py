"""What the chapters of results deny or praise, and the chapter of problems admits."""

import re
from collections.abc import Iterator
from itertools import islice

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.denied_words import denied_pairs
from dudao.claims.contradictions.opposites import opposite_pairs
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.subjects import (
    Clause,
    admitted_clauses,
    complete_clauses,
    denied_again,
    denying_clauses,
    praised_clauses,
    shared_subject,
)
from dudao.claims.contradictions.topics import TOPICS, Topic
from dudao.claims.contradictions.wages import wages_denied
from dudao.claims.model import Finding
from dudao.claims.places_named import is_place_name
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.results_against_problems"
_WAGES = next(topic for topic in TOPICS if topic.name == "教师工资收入不低于公务员")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each thing that results claim to be well and problems admit is not, both places shown."""
    problems = reading.sentences_of(Chapter.PROBLEMS)
    if not problems:
        return []
    # What stands under a heading that tells nothing, in a report that has a chapter of problems, is told as done.
    results = sorted([*reading.sentences_of(Chapter.RESULTS), *reading.sentences_of(Chapter.OTHER)])
    found: list[Finding] = []
    for topic in TOPICS:
        pair = _pair(reading, topic, results, problems)
        if pair is not None:
            found.append(_finding(reading, *pair, topic.name))
    told = {span for finding in found for span in (finding.span, *finding.related)}
    if not any(_WAGES.name in finding.message for finding in found) and (
        pair := wages_denied(reading, _matches(_WAGES.admitted, problems))
    ):
        found.append(_finding(reading, *pair, _WAGES.name))
    for claimed, admitted, name in (*_by_subject(reading, results, problems), *_opposed(reading, results, problems)):
        if _NORM_ALONE.fullmatch(name):
            continue  # 生均公用经费全部达到省定标准; 信息化未达到省定标准: two things that are held to norms
        if _of_another_county(reading, claimed, admitted) or _COUNTED_WITHIN.search(
            reading.text, claimed.start, claimed.end
        ):
            continue
        if not any(claimed.overlaps(span) or admitted.overlaps(span) for span in told):
            found.append(_finding(reading, claimed, admitted, f"“{name}”"))
            told.update((claimed, admitted))
    return found


def _by_subject(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield the pairs of clauses about one thing of which one says it is done in full and one that it is missing."""
    text = reading.text
    yield from _denials(reading, results, problems)
    yield from denied_pairs(reading, results, problems)
    admissions = [
        *_first(
            one
            for start, words in problems
            for one in admitted_clauses(start, words[:_LONGEST])
            if not is_past(reading, one.span)
        )
    ]
    praises = [*_first(one for start, words in results for one in praised_clauses(start, words[:_LONGEST]))]
    for admitted in admissions:
        for praised in praises:
            shared = shared_subject(praised, admitted)
            if shared and compatible(clause_at(text, praised.span), clause_at(text, admitted.span)):
                yield praised.span, admitted.span, shared
                break


def _opposed(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    text = reading.text
    for claimed, admitted, shared in opposite_pairs(reading, results, problems):
        whole = _WHOLE_PLACE.split(clause_at(text, claimed))[-1]
        if compatible(whole, clause_at(text, admitted)):
            yield claimed, admitted, shared


def _denials(
    reading: Reading, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> Iterator[tuple[Span, Span, str]]:
    """Yield the pairs of clauses of which one says that all do a thing and one that some do not."""
    text = reading.text
    denials = [
        *_first(
            one
            for start, words in problems
            for one in denying_clauses(start, words[:_LONGEST])
            if not is_past(reading, one.span)
        )
    ]
    if not denials:
        return
    complete = [*_first(one for start, words in results for one in complete_clauses(start, words[:_LONGEST]))]
    for denial in denials:
        for claimed in complete:
            shared = denied_again(claimed, denial)
            if shared and compatible(clause_at(text, claimed.span), clause_at(text, denial.span)):
                yield claimed.span, denial.span, shared
                break


def _first(clauses: Iterator[Clause]) -> Iterator[Clause]:
    """Yield as many clauses as are held against one another; no further sentence is read for more."""
    return islice(clauses, _CLAUSES)


def _finding(reading: Reading, claimed: Span, admitted: Span, topic: str) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        claimed,
        f"成效部分称“{_words(reading, claimed)}”，存在问题部分又写“{_words(reading, admitted)}”，"
        f"关于{topic}两处说法相反。",
        related=(admitted,),
        remedy="请核实情况：如只是部分县区或学校的问题，请在成效部分写明范围。",
    )


_NORM_ALONE = re.compile(r"(?:国家|[国省市州县]定?|规定|相应|基本|既定|有关|最低|办学|建设)*(?:标准|要求|规定|目标)")
_LEVELS = re.compile(r"小学|初中|普通高中|高中|中职|职业|幼儿园|幼教|学前|特殊教育|义务教育")
_ONE_LEVEL = {"幼儿园": "学前", "幼教": "学前", "普通高中": "高中", "中职": "职业"}
_ALL_STAGES = re.compile("(?<!其)中小学")
_COMMA = re.compile("[，,]")
_OWNERS = re.compile(r"民办|公办")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_INDICATOR = re.compile(r"“([^“”]{4,24})”")
_MONEY = re.compile(r"支出|投入|经费")
_OTHER_MONEY = re.compile(r"政府性基金|附加|计提|学费|社会捐|项目支出|民办学校")
_COUNTY = re.compile(r"(?<![全我本各辖])[\u4e00-\u9fff]{2,4}?[县区旗](?![\u4e00-\u9fff]{0,3}[级属直])")
_COUNTIES_FIRST = re.compile(
    r"\s*(?P<names>(?:(?![全我本各辖])[\u4e00-\u9fff]{2,4}?[县区旗市](?:、(?=[\u4e00-\u9fff]{2,4}?[县区旗市]))?)+)(?=[\u4e00-\u9fff“\d])"
)
_LOOK_BACK = 120
_STARTING = re.compile(r"(?:起始|入学)年级[^，。；]*$")
_OF_THEM = re.compile(r"起始|入学|[一七]年级|初一")
"""起始年级大班额全部消除 says nothing of the classes above."""
_OF_SOME = re.compile(
    r"(?:^|[，,；])\d+个县[^，。；]{0,6}(?:实现|落实|达到|做到|完成)(?!.*(?:全部|均|都))|其中\d+个|中[，,]?(?:已)?有\d+[个所]|(?<!中)有\d+[个所](?!.{0,8}(?:均|全部|都))"
)
"""8个县（区）中有7个实现……: a claim for some of them."""
_COUNTED = re.compile(r"[^，。；、\d]{0,3}的(?:学校)?(?:已|共|现)?有?\d")
"""七项指标全部达标的241所: those of whom all is said are counted, and are not all."""
_COUNTED_WITHIN = re.compile(
    r"(?:达标|合格|完成|到位|达到|配齐|实现)的(?:学校)?(?:已|共|现)?有?\d+[所个](?![^，。；]{0,12}(?:均|全部|都))"
)
_NOT_YET = re.compile(
    r"(?:未|没有|没能|无法|难以)(?:能|完全|全部|全面|彻底|如期|按期|及时|实现|做到|真正|均|都|已)*"
    r"(?:清零|归零|消除|化解|清除|销号|达标|达到|配[齐足]|到位|落实|兑现|发放|完工|竣工|完成|减[为至到]0)"
)
"""大班额未清零, 体质健康未全部达标: the results admit it themselves."""
_GRAVE = re.compile("重大|特大|较大")
_DEADLY = re.compile("重大|特大|较大|死亡|溺亡|遇难|坍塌|踩踏")
"""What may be grave: that there were small accidents does not gainsay 未发生重特大事故."""
_TITLE = 40
"""In so many characters a report names the place it is about."""
_WHOLE_PLACE = re.compile(r"(?=全[省市州盟县区旗](?!覆盖))")
"""Where a clause names the whole place, it begins anew: 公办园……，全区幼儿园教职工全员."""
_KEPT_TO = re.compile(r"(?:控制在|不超过)[^，。；\d]{0,6}(\d{2,4})人")
_PASSED = re.compile(r"(?:超过|超出|达到?|高于)(\d{2,4})人")
_QUALITY = re.compile(r"优质均衡")
_SCHOOLS = re.compile(r"[所个家](?:[\u4e00-\u9fff]{0,8})?(?:学校|小学|中学|幼儿园|校园)|(?:学校|幼儿园)(?:全部|均|都)")
_TAKERS = re.compile(
    r"(?:未|没有|不愿?|尚未)(?:能)?(?:参加|参与|选择|报名)[^，。；]{0,12}(?:学生|幼儿|孩子)|(?:学生|幼儿|孩子)[^，。；]{0,8}(?:未|没有|不愿?|尚未)(?:能)?(?:参加|参与|选择|报名)"
)
_ALL_TAKE = re.compile(r"学生|幼儿|参[加与]率|人人")
"""Where all schools offer a thing, some pupils may still not take it."""


def _pair(
    reading: Reading, topic: Topic, results: list[tuple[int, str]], problems: list[tuple[int, str]]
) -> tuple[Span, Span] | None:
    """Return the first claim and the first admission that speak of the same schools and year."""
    text = reading.text
    admissions = [one for one in _matches(topic.admitted, problems) if not is_past(reading, one)]
    if not admissions:
        return None
    for claimed in _matches(topic.claimed, results):
        if (
            _COUNTED.match(text, claimed.end)
            or _OF_SOME.search(clause_at(text, claimed))
            or _NOT_YET.search(text, claimed.start, claimed.end)
        ):
            continue
        grave = _GRAVE.search(text, claimed.start, claimed.end) is not None
        for admitted in admissions:
            if grave and not _DEADLY.search(text, admitted.start, admitted.end):
                continue
            if topic.elsewhere and _only_there(text, topic.elsewhere, claimed, admitted):
                continue
            if topic.graver and _only_graver(topic.graver, topic.admitted, text, claimed, admitted):
                continue
            if _within_limit(text[claimed.start : claimed.end], text[admitted.start : admitted.end]):
                continue
            whole = topic.overall is not None and topic.overall.match(text, claimed.start, claimed.end)
            if whole and _of_one_county(text, admitted):
                continue
            if _of_another_county(reading, claimed, admitted):
                continue
            if topic.of_owners or compatible(clause_at(text, claimed), clause_at(text, admitted)):
                return claimed, admitted
    return None


def _within_limit(claimed: str, admitted: str) -> bool:
    """Return whether what is admitted passes a lower limit than that which all are said to keep: 55人以内, 超过45人."""
    kept, passed = _KEPT_TO.findall(claimed), _PASSED.findall(admitted)
    return bool(kept and passed) and max(int(one) for one in passed) < min(int(one) for one in kept)


def _only_graver(graver: re.Pattern[str], words: re.Pattern[str], text: str, claimed: Span, admitted: Span) -> bool:
    """Return whether a claim is of the graver kind alone and the admission not of that kind."""
    said = text[claimed.start : claimed.end]
    return graver.search(said) is not None and not graver.search(text, admitted.start, min(len(text), admitted.end))


def _only_there(text: str, elsewhere: re.Pattern[str], claimed: Span, admitted: Span) -> bool:
    """Return whether only the admission names schools that the claim is not about."""
    title = text.lstrip()[:_TITLE].split("\n")[0].replace("学前", "幼儿")
    named = elsewhere.search(clause_at(text, admitted))
    return named is not None and named[0] not in title and not elsewhere.search(clause_at(text, claimed))


def _of_one_county(text: str, admitted: Span) -> bool:
    """Return whether an admission is told of a county of the place, named before it: 望海县2022年教育支出…减少."""
    before = re.split(r"[。；！？\n]", text[max(0, admitted.start - 30) : admitted.start])[-1]
    named = _COUNTY.search(before)
    return named is not None and named[0] not in text[:_TITLE]


def _of_another_county(reading: Reading, claimed: Span, admitted: Span) -> bool:
    """Return whether a claim is told of counties of the place that the admission does not name: 永宁县……全部销号."""
    text = reading.text
    part = reading.passage.segmentation.parts.span_at(claimed.start)
    begin = max(part.start, claimed.start - _LOOK_BACK)
    clause = max(text.rfind(mark, begin, claimed.start) + 1 for mark in "，,") or begin
    named = _COUNTIES_FIRST.match(text, clause, claimed.end) or _COUNTIES_FIRST.match(text, begin, claimed.end)
    if named is None:
        return False
    names = [one for one in named["names"].split("、") if is_place_name(one) and one not in text[:_TITLE]]
    sentence = reading.passage.segmentation.sentences.span_at(admitted.start)
    return bool(names) and not any(one in text[sentence.start : admitted.end] for one in names)


def _matches(pattern: re.Pattern[str], sentences: list[tuple[int, str]]) -> list[Span]:
    found: list[Span] = []
    for start, sentence in sentences:
        # a sentence without an end is no prose; only its beginning is looked at, so that the work stays bounded
        words = sentence[:_LONGEST]
        if pattern.search(words) is None:
            continue
        matches = islice(pattern.finditer(words), _OF_ONE_SENTENCE)
        found.extend(Span(start + match.start(), start + match.end()) for match in matches)
        if len(found) >= _ENOUGH:
            break
    return found


_ENOUGH = 12
_OF_ONE_SENTENCE = 3
_LONGEST = 600
_CLAUSES = 120
"""So many clauses of each chapter are held against one another; a report has some ten of them."""


def clause_at(text: str, span: Span) -> str:
    """Return the words a claim stands in, with those shortly before it."""
    before = re.split(r"[。；！？\n]", text[max(0, span.start - 30) : span.start])[-1]
    return before + text[span.start : span.end]


def compatible(claimed: str, admitted: str) -> bool:
    """Return whether two clauses may speak of the same: no other kind of school, year or standard."""
    if _STARTING.search(claimed) and not _OF_THEM.search(admitted):
        return False
    if _SCHOOLS.search(claimed) and not _ALL_TAKE.search(claimed) and _TAKERS.search(admitted):
        return False
    if _of_other_indicators(claimed, admitted):
        return False
    levels, below = _levels_of(claimed), _levels_of(admitted)
    if levels and below and not levels & below:
        return False
    for pattern in (_OWNERS, _YEARS):
        left, right = (set(pattern.findall(words)) for words in (claimed, admitted))
        if left and right and not left & right:
            return False
    if _MONEY.search(claimed) and _OTHER_MONEY.search(admitted) and not _OTHER_MONEY.search(claimed):
        return False
    return bool(_QUALITY.search(claimed)) == bool(_QUALITY.search(admitted))


def _of_other_indicators(claimed: str, admitted: str) -> bool:
    """Return whether both clauses quote the name of an indicator last, and not the same one."""
    left, right = _INDICATOR.findall(claimed), _INDICATOR.findall(admitted)
    return bool(left and right) and left[-1] != right[-1]


def _levels_of(words: str) -> set[str]:
    """Return the kinds of school that the last clause of words names, or all of them where it names none.

    全县义务教育学校大班额由16个减少到3个，小学已无大班额 speaks of 小学 alone.
    """
    return _levels(_COMMA.split(words)[-1]) or _levels(words)


def _levels(words: str) -> set[str]:
    """Return the kinds of school that words name, with those that a wider name holds."""
    named = {_ONE_LEVEL.get(one, one) for one in _LEVELS.findall(_ALL_STAGES.sub("", words))}
    if "义务教育" in named:
        named |= {"小学", "初中"}  # what all schools of compulsory education do, no primary school leaves undone
    if _ALL_STAGES.search(words):
        named |= {"小学", "初中", "高中", "义务教育"}
    return named


def _words(reading: Reading, span: Span) -> str:
    words = re.sub(r"\s+", "", reading.text[span.start : span.end])
    return words if len(words) <= 40 else f"{words[:24]}……{words[-14:]}"
