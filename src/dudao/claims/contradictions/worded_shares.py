"""A share told in words against the one told in figures: 本科以上学历占81.2% here, 本科以上学历不足七成 there.

近三成 may be anything from a quarter to a little above, 六成左右 lies some points about it. Only what lies clear of
that is held against it, and only where the words around both name one thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import Context, title_year
from dudao.claims.contradictions.aims import is_state
from dudao.claims.contradictions.echo_words import (
    SORTS,
    WEAK,
    letters_within,
    names_in,
    of_one_sort,
    pairs,
    plain,
    sorts,
)
from dudao.claims.contradictions.echoes import Echo, echoes_of, table_echoes
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.scopes import is_of_some
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Approximation, Kind, Quantity

CODE = "claims.contradiction.worded_shares"
_WORDED = re.compile(r"[一二两三四五六七八九]成[一二三四五六七八九半]?|过半|一半|半数|[二三四五]分之[一二三四]")
_FILL = re.compile(
    r"(?:[仍尚还]?(?:只|仅)?有|所?占|仅|只|为|达到?|超过?|刚?过|逾|近|接近|将近|不足|不到|约|大约|目前|表示|左右|以上|多|强|弱|的)+$"
    r"|^(?:左右|以上|以下|多|强|弱|的|表示)+|表示|认为"
)
_TAIL = re.compile(r"[^，。；：、（）()\d\n]{0,24}")
_WHO = re.compile(r"的?(?P<who>学校|幼儿园|教师|学生|家长|班级|乡镇|幼儿|项目|县)")
"""近两成学校有大班额 is of schools, and 大班额占0.9% of classes."""
_JUST = re.compile("刚刚?[超过]过?$")
_MORE = re.compile("[多强]|有余")
_DENIED = re.compile(r"不满意|不达标|不合格|未|没有|尚无|不能|不会|不愿|不具备|无")
_DIGITS = re.compile(r"\d+(?=周?岁|分|年(?!级)|人以[上下]|公里|学时|个月|元)")
"""What narrows a thing: 50岁以上, 300元以下."""
_NOT = re.compile(r"不(?=满意|达标|合格|愿|具备|能|会)|未|没有|尚无|无|及?以[上下](?=学历)")
_BELOW = re.compile("以下")
"""专科以下 are all that are not 专科以上."""
_MEASURE = re.compile(r"(?:占比|比例|比重|率|度)$")
_ASKED = re.compile(r"(?P<who>家长|学生|教师|群众|社会|幼儿)[^，。；]{0,12}满意")
_OF_SOME = re.compile(r"部分|个别|有的|少数|某|该|抽[查测样]|试点|其中(?=[^，。；]*$)")
_CONTRARY = {Approximation.NEARLY: (12, 1), Approximation.ABOUT: (7, 7), None: (7, 7)}
_JUST_ABOVE = (1, 6)
_SLIGHT = 1
"""What is called 超过六成 or 不足六成 may lie a point on the other side."""
_CONTENT = "满意"
_ALIKE = 0.75
_TELLING = 2
_HUNDRED = Decimal(100)
_STATED = frozenset({Role.LEVEL, Role.SHARE, Role.EXCESS, Role.TO})
_MOST = 40
"""So many shares in words are looked at; a report has a few of them."""


@dataclass(frozen=True, slots=True)
class _Worded:
    """A share told in words: what it may be, what names it, all that its clause says, and whether that is denied."""

    mention: Mention
    low: Decimal | None
    high: Decimal | None
    name: str
    wide: str
    period: str
    denied: bool
    digits: frozenset[str]
    tail: str

    def allows(self, value: Decimal) -> bool:
        """Return whether an exact share agrees with the words."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each share in words that the one share told of that thing in figures does not allow."""
    worded = list(_worded(reading))
    if not worded:
        return []
    reported = title_year(reading.text)
    told = [
        one
        for one in (*echoes_of(reading, reported), *table_echoes(reading, reported))
        if one.unit == "%"
        and (not one.some or _CONTENT in one.own)
        and not one.place
        and not _WORDED.search(one.quantity.text)
    ]
    found = []
    for words in worded:
        alike = [(one, denied) for one in told if (denied := _denied_of(words, one, reported)) is not None]
        values = {_HUNDRED - one.quantity.value if denied else one.quantity.value for one, denied in alike}
        if len(values) == 1 and not words.allows(*values):
            found.append(_finding(alike[0][0].quantity, words.mention.quantity))
    return found


def _worded(reading: Reading) -> Iterator[_Worded]:
    number = 0
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        worded = _WORDED.search(mention.quantity.text) and mention.quantity.kind in (Kind.PERCENT, Kind.RATIO)
        if not worded and (mention.quantity.kind is not Kind.PERCENT or f"不{_CONTENT}" not in _tail(reading, mention)):
            continue
        if (words := _read(reading, context, mention)) is not None:
            yield words
            number += 1
        if number == _MOST:
            return


def _read(reading: Reading, context: Context, mention: Mention) -> _Worded | None:
    """Return a share told in words of the whole place as it is now; None for any other."""
    span = mention.quantity.span
    planned = context.chapter is Chapter.PLANS and not is_state(reading.text, mention)
    if planned or context.aim or context.place == "?" or mention.role not in _STATED or mention.each:
        return None
    tail = _tail(reading, mention)
    asked = _CONTENT in tail or _CONTENT in mention.lead  # of those asked, wherever they were
    if _OF_SOME.search(mention.lead) or is_past(reading, span) or (is_of_some(reading, mention) and not asked):
        return None
    if tail.startswith("的") and len(plain(mention.lead)) > _TELLING:
        return None  # 毛入园率不足九成的乡镇有3个 says which towns are meant
    name = f"{_FILL.sub('', mention.lead)}{_FILL.sub('', tail)}"
    if len(pairs(name) - WEAK) < _TELLING:
        return None
    low, high = _band(mention)
    wide = f"{mention.topic}，{tail}"
    period = context.period if context.period.isdigit() and not context.inherited else ""
    denied = _DENIED.search(name) is not None
    return _Worded(mention, low, high, name, wide, period, denied, _digits(mention.clause), tail)


def _tail(reading: Reading, mention: Mention) -> str:
    """Return the words behind a figure up to the next mark or figure."""
    match = _TAIL.match(reading.text, mention.quantity.span.end)
    return match[0] if match else ""


def _band(mention: Mention) -> tuple[Decimal | None, Decimal | None]:
    """Return between what the words leave the share; None where they say nothing of that side."""
    quantity = mention.quantity
    value = quantity.value * _HUNDRED if quantity.kind is Kind.RATIO else quantity.value
    told = quantity.approximation
    if told in (Approximation.UNDER, Approximation.AT_MOST):
        return None, value + _SLIGHT
    if _JUST.search(mention.lead):
        return value - _JUST_ABOVE[0], value + _JUST_ABOVE[1]
    if told in (Approximation.OVER, Approximation.AT_LEAST) or _MORE.match(mention.tail):
        return value - _SLIGHT, None
    below, above = _CONTRARY.get(told, _CONTRARY[None])
    return value - below, value + above


def _denied_of(words: _Worded, one: Echo, reported: str) -> bool | None:
    """Return whether a share in figures is of those of whom the words deny it; None where it is of another thing."""
    if one.quantity.span.overlaps(words.mention.quantity.span) or one.running:
        return None
    if (words.period or reported) != (one.period or reported) or words.digits != _digits(one.near):
        return None
    who = _WHO.match(words.tail)
    if who and who["who"] not in f"{one.own}{one.near}":
        return None
    own, name = (_MEASURE.sub("", plain(_NOT.sub("", told))) for told in (one.own, words.name))
    if len(own) < _TELLING or names_in(words.wide) != names_in(one.wide):
        return None
    stages = (sorts(SORTS[0], words.wide), sorts(SORTS[0], one.wide))
    if all(stages) and not stages[0] & stages[1]:
        return None
    if not of_one_sort(name, words.wide, own, one.wide) or not _name_one(name, own, words.wide, one.wide):
        return None
    below = [_BELOW.search(told) is not None for told in (words.name, one.own)]
    return (words.denied != (_DENIED.search(one.own) is not None)) != (below[0] != below[1])


def _name_one(name: str, own: str, wide: str, other_wide: str) -> bool:
    """Return whether the names of two shares stand in the words around each other; asked whether content, by who."""
    asked = [_ASKED.search(words) for words in (name, own)]
    if asked[0] and asked[1]:
        return asked[0]["who"] == asked[1]["who"]
    mine, others = pairs(name), pairs(own)
    telling = ((mine & pairs(other_wide)) | (others & pairs(wide))) - WEAK
    alike = min(letters_within(name, other_wide), letters_within(own, f"{wide}{name}"))
    return alike >= _ALIKE and len(telling) >= _TELLING and bool((mine & others) - WEAK)


def _digits(words: str) -> frozenset[str]:
    return frozenset(_DIGITS.findall(words))


def _finding(told: Quantity, words: Quantity) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        words.span,
        f"此处写“{words.text}”，另一处同一事项为{told.text}，两处说法不符。",
        related=(told.span,),
        remedy="请核对原始数据，统一两处说法；确是两件事的，请写明区别。",
    )
