"""What is said not to occur at all and is counted elsewhere: 教育收费投诉全年为零 here, 受理教育收费投诉14件 there."""

import re
from collections.abc import Iterator

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.results_against_problems import clause_at, compatible
from dudao.claims.contradictions.subjects import SOFTENED, shared_words
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.beyond_bound"
_NONE = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{4,16}?)(?:全年|连续[^，。；]{1,4}年|继续|保持|均|都|已|全部|实现|数量?|人?次数|的)*"
    r"(?:为零|为0(?![.\d%])|零发生|零报告)"
)
_COUNTED = frozenset({Role.LEVEL, Role.SHARE})
_HEAD = 2
_MOST = 60


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each thing said to be none of which problems count some."""
    if Chapter.PROBLEMS not in reading.chapters.kinds:
        return []
    said = list(_said_none(reading))[:_MOST]
    if not said:
        return []
    found = []
    for mention in list(_counted(reading))[:_MOST]:
        for span, thing, none in said:
            words = shared_words(thing, mention.lead)
            named = thing[-_HEAD:] in mention.lead[-_HEAD * 2 :] and words
            if named and compatible(clause_at(reading.text, span), clause_at(reading.text, mention.quantity.span)):
                found.append(_finding(span, (thing, none), mention, words))
                break
    return found


def _said_none(reading: Reading) -> Iterator[tuple[Span, str, str]]:
    for match in _NONE.finditer(reading.text):
        if reading.chapters.at(match.start()) in (Chapter.PROBLEMS, Chapter.PLANS) or SOFTENED.search(match[0]):
            continue
        yield Span(*match.span()), match["thing"], match[0].removeprefix(match["thing"])


def _counted(reading: Reading) -> Iterator[Mention]:
    for mention in reading.passage.mentions:
        span = mention.quantity.span
        if reading.chapters.at(span.start) is not Chapter.PROBLEMS or mention.role not in _COUNTED:
            continue
        if mention.quantity.value > 0 and not is_past(reading, span):
            yield mention


def _finding(span: Span, said: tuple[str, str], mention: Mention, words: str) -> Finding:
    written = mention.quantity
    thing, none = said
    return Finding(
        CODE,
        Level.WARNING,
        written.span,
        f"前文称“{thing}{none}”，此处却写“{mention.clause[-24:]}{written.text}”，“{words}”的说法与此不合。",
        related=(span,),
        remedy="请核实情况：前文说的只是部分学校的，请写明范围；此处的数有误的，请改正。",
    )
