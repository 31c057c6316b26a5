"""Full coverage claimed in one place, an exception named in another."""

import re
from itertools import islice

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.results_against_problems import clause_at, compatible
from dudao.claims.contradictions.subjects import WEAK, complete_clauses, denied_again, denying_clauses, shared_words
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.coverage_with_exception"
_FULL_WORDS = re.compile(
    r"(?:已|均|都|全部|基本)?(?:实现了?|达到了?|做到了?)?"
    r"(?:覆盖(?:了)?(?:全[市县区旗州]的?|辖区内?)?(?:所有|全部)|全覆盖|100%覆盖|100%全覆盖|覆盖率(?:均?(?:达到?|为|是))?100%|(?<=[\u4e00-\u9fff])率(?:均?(?:达到?|为|是))?100%)"
)
_THING = re.compile(r"[\u4e00-\u9fff]{4,24}$")
_BASICALLY = re.compile(r"基本(?:实现)?全覆盖|力争|计划|到20\d\d年|逐步|目标|推进|将|争取|年内|年底前|拟")
_LONGEST_THING = 24
_MOST = 200
_ONLY = re.compile(
    r"\d+[所个家]?[^，。；\d\n]{0,10}(?:中|里)[，,]?(?:目前)?(?:只有|仅有|仅|才有|只)\d+[所个家][^，。；\n]{2,12}"
)
"""60所学校中只有52所提供课后服务."""
_EXCEPT = re.compile(r"除[^，。；\n]{2,20}?外")
_MENDED = re.compile(
    r"整改|此前|以前|原来|曾|针对|过去|历史|督查|排查|(?:19|20)\d\d年[^，。]{0,4}(?:前|尚|还|未)|对于?未|凡|如|若"
)
_TITLE_OF_PROBLEM = re.compile(r"关于[“\"]|[”\"](?:的)?问题")
"""关于“未实现只增不减”问题 names what was mended."""
_LONGEST_SENTENCE = 600
_SCHOOLS_ONLY = re.compile(
    r"[所个家]?(?:全[市县区旗]|公办|民办|农村|乡镇|城区|义务教育|普通|中等|高中|中职|职业|初中|小学|幼儿园|中小学|学校)+"
)
"""What both sentences are told of and neither says: 所中职学校."""
_HEAD = 3
_APART = 40
"""Two clauses nearer than so many characters qualify each other."""
_OPEN = re.compile(
    r"未覆盖|未全覆盖|没有覆盖|没有全覆盖|覆盖不全|覆盖率不高|不能全覆盖"
    r"|(?:未|尚未|没有)(?:全部|完全|实现|得到)?[^，。；\n]{0,14}?(?:覆盖|配备|安装|建成|完成|达标|纳入|设立|接入|落实|开展|实行|实现)"
)


def find(reading: Reading) -> list[Finding]:
    """Return a warning where a thing said to cover all shares its name with one said to be missing somewhere."""
    found = _covered(reading)
    told = {span for finding in found for span in (finding.span, *finding.related)}
    for finding in _denied(reading):
        if not any(finding.span.overlaps(span) or finding.related[0].overlaps(span) for span in told):
            found.append(finding)
            told.update((finding.span, *finding.related))
    return found


def _denied(reading: Reading) -> list[Finding]:
    """Return a warning where all are said to do something and, outside the chapter of problems, some not to."""
    sentences = sorted([*reading.sentences_of(Chapter.RESULTS), *reading.sentences_of(Chapter.OTHER)])
    denials = [
        one
        for start, words in sentences
        if not _MENDED.search(words) and not _TITLE_OF_PROBLEM.search(words)
        for one in denying_clauses(start, words[:_LONGEST_SENTENCE])
        if not is_past(reading, one.span)
    ][:_MOST]
    if not denials:
        return []
    complete = [one for start, words in sentences for one in complete_clauses(start, words[:_LONGEST_SENTENCE])][:_MOST]
    found: list[Finding] = []
    for denial in denials:
        for claimed in complete:
            if abs(claimed.span.start - denial.span.start) < _APART:
                continue
            thing = denied_again(claimed, denial)
            if thing and compatible(clause_at(reading.text, claimed.span), clause_at(reading.text, denial.span)):
                found.append(_finding(reading.text, claimed.span, denial.span, thing))
                break
    return found


def _covered(reading: Reading) -> list[Finding]:
    """Return a warning where a thing said to cover all shares its name with one said to be missing somewhere."""
    text = reading.text
    full = [one for match in _FULL_WORDS.finditer(text) if (one := _claimed(reading, match)) is not None][:_MOST]
    if not full:
        return []
    exceptions = [
        (match, *_sentence(reading, match))
        for kind in (_OPEN, _EXCEPT, _ONLY)
        for match in islice(kind.finditer(text), _MOST)
    ]
    found: list[Finding] = []
    for span, thing in full:
        for match, start, sentence in exceptions:
            if start <= span.start < start + len(sentence):
                continue
            if reading.chapters.at(match.start()) is Chapter.PLANS or _TITLE_OF_PROBLEM.search(sentence):
                continue
            if not compatible(clause_at(text, span), clause_at(text, Span(*match.span()))):
                continue
            words = shared_words(thing, sentence) or _head(thing, sentence)
            if words and not _SCHOOLS_ONLY.fullmatch(words) and not is_past(reading, Span(*match.span())):
                other = Span(start, min(start + len(sentence), match.end()))
                found.append(_finding(text, span, other, words))
                break
    return found


def _head(thing: str, sentence: str) -> str:
    """Return the last three characters of what is covered, if a sentence names them and they are no word of every day.

    公办中小学直饮水 ends in 直饮水, which 尚未安装直饮水设备 speaks of.
    """
    head = thing[-_HEAD:]
    everyday = any(head[at : at + 2] in WEAK for at in range(len(head) - 1))
    return "" if everyday or head not in sentence else head


def _claimed(reading: Reading, match: re.Match[str]) -> tuple[Span, str] | None:
    """Return the place of a claim of full coverage and the thing it is about; None for an aim or without a thing."""
    if reading.chapters.at(match.start()) in (Chapter.PLANS, Chapter.PROBLEMS):
        return None
    named = _THING.search(reading.text, max(0, match.start() - _LONGEST_THING), match.start())
    start, sentence = _sentence(reading, match)
    if named is None or _BASICALLY.search(sentence[: match.end() - start]):
        return None
    return Span(named.start(), match.end()), named[0]


def _sentence(reading: Reading, match: re.Match[str]) -> tuple[int, str]:
    """Return the clause that holds the match, at most 60 characters before it."""
    span = reading.passage.segmentation.parts.span_at(match.start())
    start = max(span.start, match.start() - 60)
    return start, reading.text[start : min(span.end, match.end() + 20)]


def _finding(text: str, span: Span, other: Span, words: str) -> Finding:
    claimed = re.sub(r"\s+", "", text[span.start : span.end])
    missing = re.sub(r"\s+", "", text[other.start : other.end])[-40:]
    return Finding(
        CODE,
        Level.WARNING,
        span,
        f"此处称“{claimed}”，另一处却写“{missing}”，“{words}”并未全部覆盖。",
        related=(other,),
        remedy="请核实是否有例外；有例外的，请改写为实际比例或注明范围。",
    )
