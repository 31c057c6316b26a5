"""Full coverage claimed in one place, an exception named in another."""

import re

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.coverage_with_exception"
_FULL = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{4,24}?)(?:已|均|都|全部|基本)?(?:实现了?|达到了?|做到了?)?"
    r"(?:全覆盖|100%覆盖|100%全覆盖|覆盖率(?:均?(?:达到?|为|是))?100%|(?:配备|安装|建成|完成|达标|整改)率(?:均?(?:达到?|为|是))?100%)"
)
_BASICALLY = re.compile(r"基本(?:实现)?全覆盖|力争|计划|到20\d\d年|逐步|目标|推进|将|争取|年内|年底前|拟")
_EXCEPTION = re.compile(
    r"(?:未覆盖|未全覆盖|未实现全覆盖|没有覆盖|没有全覆盖|尚未[^，。；\n]{0,8}?(?:覆盖|配备|安装|建成|完成|达标|纳入|设立)|"
    r"未(?:全部|完全)?(?:配备|安装|建成|完成|纳入|设立)|没有(?:全部)?(?:配备|安装|建成|完成|设立)|覆盖不全|覆盖率不高|不能全覆盖)"
)
_WEAK_WORDS = """
全市 全县 全区 我市 我县 我区 学校 工作 实现 教育 中小 小学 中学 部分 个别 教师 学生 建设 情况 幼儿 儿园 管理
各县 县区 市县 问题 完成 服务 制度 机制 督导 安全 校园 组织
"""
_WEAK = frozenset(_WEAK_WORDS.split())
_SHARED = 4


def find(reading: Reading) -> list[Finding]:
    """Return a warning where a thing said to cover all shares its name with one said to be missing somewhere."""
    text = reading.text
    full = [match for match in _FULL.finditer(text) if _is_claimed(reading, match)]
    if not full:
        return []
    exceptions = [(match, *_sentence(reading, match)) for match in _EXCEPTION.finditer(text)][:200]
    found: list[Finding] = []
    for claim in full[:200]:
        thing = claim["thing"]
        for match, start, sentence in exceptions:
            if start <= claim.start() < start + len(sentence):
                continue
            if reading.chapters.at(match.start()) is Chapter.PLANS:
                continue
            words = shared_words(thing, sentence)
            if words:
                span, other = Span(claim.start(), claim.end()), Span(start, min(start + len(sentence), match.end()))
                found.append(_finding(text, span, other, words))
                break
    return found


def _is_claimed(reading: Reading, match: re.Match[str]) -> bool:
    if reading.chapters.at(match.start()) in (Chapter.PLANS, Chapter.PROBLEMS):
        return False
    start, sentence = _sentence(reading, match)
    return _BASICALLY.search(sentence[: match.end() - start]) is None


def _sentence(reading: Reading, match: re.Match[str]) -> tuple[int, str]:
    """Return the clause that holds the match, at most 60 characters before it."""
    span = reading.passage.segmentation.parts.span_at(match.start())
    start = max(span.start, match.start() - 60)
    return start, reading.text[start : min(span.end, match.end() + 20)]


def shared_words(thing: str, sentence: str) -> str:
    """Return the longest run of at least four characters both hold that says what it is about; empty without."""
    for length in range(min(len(thing), 12), _SHARED - 1, -1):
        for start in range(len(thing) - length + 1):
            words = thing[start : start + length]
            if words in sentence and any(words[i : i + 2] not in _WEAK for i in range(0, length - 1, 2)):
                return words
    return ""


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
