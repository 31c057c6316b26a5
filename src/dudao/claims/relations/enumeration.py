"""Names and their count: 第十三中学、第六中学、第二高级中学、兰开高级中学4所; with 等 the count may be larger."""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Kind

LOOK_BACK = 240
"""How many characters before the count the names may begin."""
NAME_LIMIT = 24

_STOP = re.compile(r"[，。；：:！？\n]")
_OPENS = re.compile(r"(?:的|分别|依次)(?:有|为|是|包括)(?=[^、]{2,})")
"""投入在5亿元以上的有甲县、乙县共2个县: the names begin behind the word, whatever figure stands before it."""
_PROVINCES = re.compile(r"^(?:省份|省区|省|国家)")
_COUNTIES = re.compile(r"^(?:县市区|县区|市县|区县|旗县|县|区)")
_RANKED = re.compile(r"[县区市旗]$")
_SHORT = re.compile(r"(?!.*[一二三四五六七八九十两几][省县区市旗州地]$)[^的了有在是为和及与各余等\d]{2,5}")
"""What a place is called without its rank."""
_SPLIT = re.compile(r"、")
_AND = re.compile(r"和|及|与|以及")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^（）]*）|\([^()]*\)")
_ENDINGS = (
    re.compile(r"(?:学校|中学|小学|幼儿园|学院|大学|高中|初中|[一二三四五六七八九十]中|职专|中专|职教中心)$"),
    re.compile(r"(?:县|区|市|旗|镇|乡|街道|村)$"),
    re.compile(r"(?:局|办|委|部|厅|办公室|委员会|法院|检察院)$"),
    re.compile(r"(?:基地|中心|园区)$"),
)
_GENERIC = re.compile(
    r"^(?:公办|民办|普通|职业|城区|城镇|农村|乡村|乡镇|完全|九年一贯制|十二年一贯制|特殊教育|特教|中等|高等|高级|寄宿制|初级)*"
    r"(?:小学|初中|中学|高中|幼儿园|学校|大学|学院|县|区|市|旗|乡|镇|村|街道|中心|基地)$"
)
_UNITS = frozenset({"所", "个", "家", "县", "区", "校", "园", "市", "位", "名", "项"})


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that as many are named as are counted."""
    for place, count in enumerate(passage.mentions):
        quantity = count.quantity
        if quantity.kind is not Kind.COUNT or quantity.unit not in _UNITS or not 2 <= quantity.value <= 40:
            continue
        if quantity.approximation is not None or quantity.upper is not None or quantity.value % 1:
            continue
        names, open_list = _names(passage, place)
        if names is not None:
            yield from _claim(passage, count, names, open_list)


def _names(passage: Passage, place: int) -> tuple[list[str] | None, bool]:
    """Return the names right before a count, and whether 等 leaves the list open; None without a list."""
    mentions, start = passage.mentions, passage.mentions[place].quantity.span.start
    floor = max(start - LOOK_BACK, mentions[place - 1].quantity.span.end if place else 0, 0)
    words = _QUOTED.sub("某", passage.text[floor:start].rstrip())
    stops = [stop.end() for stop in _STOP.finditer(words)]
    words = words[stops[-1] :] if stops else words
    opened = [*_OPENS.finditer(words)]
    words = words[opened[-1].end() :] if opened else words
    whole = bool(stops or opened) or floor in (0, start - LOOK_BACK)
    open_list = words.endswith("等")
    words = words.removesuffix("等").removesuffix("共").removesuffix("这").strip()
    names = [name.strip() for name in _SPLIT.split(words)]
    if len(names) < 2 or not whole or any(not name or len(name) > NAME_LIMIT for name in names[1:]):
        return None, open_list
    return names, open_list


def _claim(passage: Passage, count: Mention, names: list[str], open_list: bool) -> Iterator[Proposal]:
    value = int(count.quantity.value)
    lengths = {len(names)}
    if len(joined := _AND.split(names[-1])) == 2 and all(len(part) >= 2 for part in joined):
        lengths.add(len(names) + 1)
    spoken = f"文中列出{'、'.join(name[-12:] for name in names)}共{len(names)}个，写作“{text_of(count)}”"
    if value in lengths or (open_list and value > max(lengths)):
        sign = ">=" if open_list else "=="
        wording = Wording("enumeration", ClaimType.OTHER, f"n {sign} {len(names)}", spoken)
        yield order_claim(passage, wording, {"n": count}, Verdict.CONSISTENT, WEAK)
    elif (_uniform(names) or _places(passage, count, names)) and (not open_list or value < min(lengths)):
        wording = Wording("enumeration", ClaimType.OTHER, f"n == {len(names)}", spoken, "所列名单与所写数目不一致")
        yield order_claim(passage, wording, {"n": count}, Verdict.INCONSISTENT, STRUCTURAL)


def _places(passage: Passage, count: Mention, names: list[str]) -> bool:
    """Return whether places named without their rank are counted: 浙江、河南、四川共3个省份; 洛川、宜川、富县共3个县.

    Counties without any word of rank may be cities whose counties are counted.
    """
    start, end = count.quantity.span.start, count.quantity.span.end
    words = passage.text[end : end + 3]
    ranked = any(_RANKED.search(name) for name in names)
    meant = _PROVINCES.match(words) or (ranked and _COUNTIES.match(words))
    said = meant and passage.text[:start].rstrip().endswith("共")
    near = count.quantity.value < 2 * len(names)
    return bool(said) and near and len(names) > 2 and all(_SHORT.fullmatch(name) for name in names)


def _uniform(names: list[str]) -> bool:
    """Return whether all names are of one form, so that they surely are what is counted."""
    if any(_GENERIC.match(name) for name in names):
        return False
    for ending in _ENDINGS:
        if all(ending.search(name) and len(name) >= 2 for name in names):
            return not any(_AND.search(name) for name in names)
    return False
