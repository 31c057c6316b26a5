"""Shares whose words say that the amounts tried are not those that they are of."""

import re

from dudao.claims.likeness import core_noun, likeness
from dudao.claims.mentions import Mention
from dudao.claims.wholes import one_in_other, whole_noun

NAMED = 3
"""So many characters name a whole that is not meant where another name stands."""
ALIKE = 0.5
"""How alike the two names may be at most."""
_OF = re.compile(r"(?:为|相当于|占)(?P<whole>[^，。；：、\d]{2,12})的(?:约|近|仅)*$")
_ALL_OF = re.compile(r"全[省市县区州旗盟]")
_SOME = re.compile(r"小学|初中|高中|中职|职业|幼儿|民办|公办|农村|乡镇|城区")
_OF_CHILDREN = re.compile(r"普惠[^，。；、\d]{0,6}率")
_ONE_WAY = re.compile(r"[^，。；进出]{0,6}(?:出口|进口)")
_PRIVATE = "民办"
_OF_AGE = re.compile(r"入[园学]率|就读|安置")


def speaks_of_others(share: Mention, part: Mention, whole: Mention) -> bool:
    """Return whether a share is of more or less than the part or the whole tried, or names another whole."""
    if "适龄" in whole.noun and "适龄" not in part.noun and not _OF_AGE.search(share.lead):
        return True  # 适龄幼儿24570人…。公办园在园幼儿13847人，占比56.8%: of those who are there
    if _ONE_WAY.match(whole_noun(share)[0]) and "进出口" in whole.noun:
        return True  # 民营企业进出口2.78万亿元，其中出口1.71万亿元，占出口总值的51.4%: of all exports
    return _narrower(share, whole) or _wider(share, part) or _named_otherwise(share, whole)


def _narrower(one: Mention, whole: Mention) -> bool:
    """Return whether a share of all is tried of some: 初中在校生16.62万人。…，占全市在校生总数的12.8%."""
    written = whole_noun(one)[0]
    kind = _SOME.search(whole.noun) if _ALL_OF.search(written) else None
    return kind is not None and kind[0] not in written and _ALL_OF.search(whole.clause) is None


def _wider(one: Mention, part: Mention) -> bool:
    """Return whether a share is of more than the part tried: 普惠性民办园51所，普惠性幼儿园占比94.4%.

    A rate of 普惠 counts children: 普惠性幼儿园716所，普惠园覆盖率90.8%.
    """
    if _OF_CHILDREN.search(one.lead) and part.family != "人":
        return True
    subject = one.lead.partition("占")[0]
    return "园" in subject and _PRIVATE in part.noun and _PRIVATE not in subject


def _named_otherwise(one: Mention, whole: Mention) -> bool:
    """Return whether a share says what it is of, and a figure behind or apart has another name: 为可用资金的93.6%."""
    near = one.paragraph == whole.paragraph and whole.sentence <= one.sentence
    if near or (said := _OF.search(one.lead)) is None:
        return False
    name = core_noun(said["whole"])
    return len(name) >= NAMED and likeness(name, whole.noun) < ALIKE and not one_in_other(name, whole.noun)
