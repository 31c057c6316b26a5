"""One rate aimed at twice for one year: 规划目标为95% here, 到2025年毛入园率达到96% there.

Only rates by a full name count, and only aims of the place's own: what others require may be less than what it wants.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from dudao.claims.context import Context
from dudao.claims.contradictions.echo_words import SORTS, names_in, plain, sorts
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Approximation, Kind

CODE = "claims.contradiction.aims_twice"
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,20}?(?:率|占比|比例|比重))")
_REACHES = re.compile(
    r"(?:要|需|应|均|稳定|力争|确保|争取|进一步)*(?:达到?|提高到|提升到|保持在|稳定在|控制在|下降到|降至|不低于)?$"
)
_BY = re.compile(r"(?:到|至)(?P<year>20\d\d)年(?:底|末)?(?![\d前])")
_OWN_AIM = re.compile(
    r"^(?:距|离|与)?(?:其)?(?:规划|“?十[三四五]五”?|预期|既定|20\d\d年)(?:规划)?(?:的)?目标(?:值)?(?:为|是|达到)?$"
)
_GAP = re.compile(r"^(?:与|距|离|距离)(?:规划)?(?P<year>20\d\d)年(?:达到|要达到)?$")
_AIM_BEHIND = re.compile(r"(?:以上)?的(?:规划|预期)?目标")
_OTHERS = re.compile(r"国家|省定|省级|全省|市定|上级|全国|标准|要求|部分|个别|其中")
_CITED = re.compile(r"》|[国省市][^，。；]{0,12}(?:提出|明确|要求|指出)")
_LEAD = re.compile(r"^(?:[，、]|到20\d\d年|20\d\d年|[我本全][省市县区旗]|力争|确保|实现|使|将|把|推动|全面|学校)+")
_LEFT_OUT = frozenset({Approximation.UNDER, Approximation.AT_MOST})
_SHORTEST = 3
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Aim:
    name: str
    year: str
    mention: Mention
    wide: str


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each rate that an earlier paragraph aims at otherwise for the same year."""
    known: dict[str, list[_Aim]] = defaultdict(list)
    found = []
    for aim in _aims(reading):
        earlier = [one for one in known[aim.name] if _are_one(one, aim)]
        values = {one.mention.quantity.value for one in earlier}
        if earlier and aim.mention.quantity.value not in values:
            found.append(_finding(earlier[-1], aim))
        known[aim.name].append(aim)
    return found


def _aims(reading: Reading) -> list[_Aim]:
    """Return the aims of a text for rates, each with its year, or without where it is that of the plan."""
    found: list[_Aim] = []
    before: tuple[Context, Mention] | None = None
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        if len(found) == _MOST:
            break
        if mention.quantity.kind is Kind.PERCENT and (aim := _aim(reading, mention, before)) is not None:
            found.append(aim)
        if mention.quantity.kind is Kind.PERCENT and _OWN_AIM.match(mention.lead) is None:
            before = context, mention
    return found


def _aim(reading: Reading, mention: Mention, before: tuple[Context, Mention] | None) -> _Aim | None:
    quantity = mention.quantity
    if quantity.upper is not None or quantity.approximation in _LEFT_OUT or mention.depth or mention.role is Role.FROM:
        return None
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    words = reading.text[max(sentence.start, quantity.span.start - 120) : quantity.span.start]
    if _OTHERS.search(mention.clause) or _CITED.search(words):
        return None
    if _OWN_AIM.match(mention.lead) or _GAP.match(mention.lead):
        gap = _GAP.match(mention.lead)
        if gap and not _AIM_BEHIND.match(reading.text, quantity.span.end):
            return None
        if before is None or before[1].sentence != mention.sentence:
            return None
        year = gap["year"] if gap else ""
        name = _name(before[1].lead)
        return _Aim(name, year, mention, words) if name else None
    by = list(_BY.finditer(words))
    name = _name(mention.lead)
    return _Aim(name, by[-1]["year"], mention, words) if by and name else None


def _name(lead: str) -> str:
    """Return the rate that words name right before a figure, in one form; empty without."""
    match = _RATE.match(_LEAD.sub("", lead))
    if match is None or _REACHES.fullmatch(_LEAD.sub("", lead)[match.end() :]) is None:
        return ""
    name = plain(match["name"])
    return name if len(name) >= _SHORTEST else ""


def _are_one(one: _Aim, other: _Aim) -> bool:
    if one.mention.paragraph == other.mention.paragraph or (one.year and other.year and one.year != other.year):
        return False
    if not (one.year or other.year) or names_in(one.wide) != names_in(other.wide):
        return False
    return all(sorts(sort, one.name) == sorts(sort, other.name) for sort in SORTS)


def _finding(earlier: _Aim, later: _Aim) -> Finding:
    one, other = earlier.mention.quantity, later.mention.quantity
    return Finding(
        CODE,
        Level.WARNING,
        other.span,
        f"同一指标同一年的目标，此处为{other.text}，前文为{one.text}。",
        related=(one.span,),
        remedy="请核对规划，统一目标数；目标有调整的，请写明。",
    )
