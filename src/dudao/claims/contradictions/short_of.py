"""A line that problems say is not reached, and the value told elsewhere that has reached it: 90.3%, 仍未达到85%."""

import re

from dudao.claims.chapters import Chapter
from dudao.claims.context import title_year
from dudao.claims.contradictions.echo_words import names_in, no_other_sort, plain
from dudao.claims.contradictions.echoes import Echo, echoes_of
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind

CODE = "claims.contradiction.short_of"
_SHORT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{4,24}?)(?:目前)?[仍尚还]?(?:未达到?|没有达到|未能达到|达不到|不足|低于|不到)(?:了)?(?:国家|省定|规定|要求)*的?$"
)
_SOME = re.compile(r"部分|个别|有的|少数|某|其中|\d[个所]")
_WHOLE = re.compile(r"^(?:全[国省市县区旗州盟]|[我本][省市县区旗州盟])")
_STATED = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_SHORTEST = 4
_MOST = 60


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each line said not to be reached that the one value told of that measure has reached."""
    if Chapter.PROBLEMS not in reading.chapters.kinds:
        return []
    lines = [
        (one, name)
        for one in reading.passage.mentions
        if reading.chapters.at(one.quantity.span.start) is Chapter.PROBLEMS and (name := _name(one))
    ][:_MOST]
    if not lines:
        return []
    told = [one for one in echoes_of(reading, title_year(reading.text)) if one.unit == "%" and not one.some]
    found = []
    for line, name in lines:
        values = {one.quantity.value: one for one in told if _is_of(one, line, name)}
        if len(values) == 1 and not is_past(reading, line.quantity.span):
            (value,) = values.values()
            low = value.quantity.interval.low
            if low is not None and low >= line.quantity.value:
                found.append(_finding(value, line))
    return found


def _name(mention: Mention) -> str:
    """Return the measure that is said not to reach a percentage; empty for other figures and for some schools."""
    if mention.quantity.kind is not Kind.PERCENT or mention.depth or mention.quantity.upper is not None:
        return ""
    match = _SHORT.search(mention.clause)
    if match is None or _SOME.search(mention.clause) or mention.tail.startswith("的"):
        return ""  # 毛入园率不足90%的乡镇有3个 says which towns are meant
    name = _WHOLE.sub("", match["name"])
    return name if len(plain(name)) >= _SHORTEST else ""


def _is_of(one: Echo, line: Mention, name: str) -> bool:
    """Return whether a figure elsewhere is told of the measure, of the same kinds of school and of the whole place."""
    if one.place or one.running or one.quantity.span == line.quantity.span:
        return False
    own, wanted = plain(one.own), plain(name)
    if own != wanted and not own.endswith(wanted):
        return False
    return no_other_sort(one.own, name) and names_in(one.own) == names_in(name)


def _finding(told: Echo, line: Mention) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        line.quantity.span,
        f"此处称未达到{line.quantity.text}，而前文同一指标为{told.quantity.text}，已经达到。",
        related=(told.quantity.span,),
        remedy="请核对原始数据，统一两处说法；确是两件事的，请写明区别。",
    )
