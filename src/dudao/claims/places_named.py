"""Places as a report names them beside its figures: 海州区, 全市, 市本级; the document's own place among them."""

import re

_SUFFIX = "省市县区旗州盟乡镇"
_NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{{2,5}}?(?:自治[区州县旗]|风景区|开发区|高新区|新区|[{_SUFFIX}]))"
    r"(?!(?<=[乡镇])[村镇土]|(?<=[省市州县区旗乡镇])[级第]|(?<=[市县])[属直])"
)
_AFTER_TIME = re.compile(rf"[年月日底末在于中](?P<name>[\u4e00-\u9fff]{{2,3}}[{_SUFFIX}](?![级委场域属直内外、]))")
_LEVEL = re.compile(
    r"全(?P<all>[国省市县区旗州])(?!前列|领先|首位|推广|第[一二三]|排[名位]|位?[居列]|名列|靠[前后]|中[游等]|末位)|[我本](?P<own>[国省市县区旗州])(?!级)|(?P<direct>[省市县区州]本级|[省市县区州][直属][属管]?)"
)
_ANY_PLACE = re.compile(f"[国{_SUFFIX}]")
"""A character that every name of a place or level holds."""
_NO_PLACE = re.compile(
    r"离开|返乡|下乡|[全年月日级对向落扩创建据照按由为与和将把使让给及其]|届|^(?:但|而|且|安排|完善|健全|推进|争取|召开|选派|选聘|派出)"
    r"|^(?:个|各|部分|所有|每|该|本|我|有|辖|个别|其他|多个|多数|少数|这|那|两|三|四|五|六|七|八|九|十|县|市|区|中心|城|乡|农|学|社|校|园|片|主|新|老|郊|景|地)"
    r"|[\u4e00-\u9fff]于[省市县]$|城乡$|乡镇$|(?:都|超|县|股|菜|门|夜|楼|闹|集|上|城)市$(?<!^..市)"
    r"|(?:社|学|校|园|片|景|地|市|县|辖|郊|战|专|责任|误|禁|时|街|小|安置|功能|服务|生活|住宅|教学|办公|内|外)区$"
)
_VISITED = re.compile(r"(?:前往|深入|走访|[到赴])[^，。；\n]{2,60}?等地")
"""先后到红星镇、前进乡等地，发放问卷1240份: what was visited is not what the figures are of."""
_ONE_NAME = r"[\u4e00-\u9fff]{2,8}?"
_FOLLOWED = (
    r"(?=人民|政府|教育|[市县区省]?委|关于|义务|学前|履行|国民|普通|高中|基础|财政|预算|统计|人口|经济|社会|教师|学校|中小学|学生"
    r"|“十|[（(]|\d|\s|$)"
)
_OWN = re.compile(
    rf"\s*(?:[国省市州县区]?(?:务院|人民政府|政府)?教育督导[\u4e00-\u9fff]{{1,8}}?(?=关于|对))?(?:关于)?(?:对|印发)?《?(?:中共)?(?:\d{{4}}年度?)?(?P<upper>{_ONE_NAME}(?:自治[区州县旗]|[省市州盟县区旗]))"
    rf"(?P<lower>{_ONE_NAME}[市州县区旗])?(?P<lowest>{_ONE_NAME}[市县区旗])?{_FOLLOWED}"
)
_NO_OWN = re.compile(r"^(?:各|部分|所有|本|我|全|市|县|区|省|根据|按照)")
NUMBERED_PART = re.compile(r"\s*[一二三四五六七八九十]是")
"""三是……；四是……: what one part names says nothing of the next."""
_LEADING = re.compile(r"^(?:[一二三四五六七八九十]是|其中|包括|仅|目前|在|如|以)")


def own_place(text: str) -> str:
    """Return the place whose report a text is, from its first lines (`阜新市`); empty when none is named."""
    for line in text[:400].split("\n"):
        match = _OWN.match(line)
        name = match and (match["lowest"] or match["lower"] or match["upper"])
        if name and len(name) > 2 and not _NO_OWN.search(name):
            return str(name)
    return ""


def is_place_name(words: str) -> bool:
    """Return whether words that end like the name of a place are one: 宁远县, not 各县 or 老城区."""
    return len(words) > 2 and _NO_PLACE.search(words) is None


def place_before(text: str, start: int, end: int, own: str) -> str:
    """Return the last place named between two positions: its name, `全市` for the own place or level, or empty.

    Two named places that differ make it unclear which one the figure is of; the answer then is `?`.
    """
    words = text[max(start, end - 120) : end]
    if "等地" in words:
        words = _VISITED.sub("", words)
    if _ANY_PLACE.search(words) is None:
        return ""
    written = [_LEADING.sub("", match["name"]) for one in (_NAMED, _AFTER_TIME) for match in one.finditer(words)]
    names = [name for name in written if len(name) > 2 and not _NO_PLACE.search(name)]
    levels = [
        f"全{match['all'] or match['own']}" if not match["direct"] else match["direct"]
        for match in _LEVEL.finditer(words)
    ]
    own_level = f"全{own[-1]}" if own else ""
    found = {own_level if own and (name == own or own.endswith(name)) else name for name in names}
    if len(found) > 1:
        return "?"
    if found and levels:
        return next(iter(found)) if next(iter(found)) == levels[-1] else "?"
    if found:
        return next(iter(found))
    return levels[-1] if levels else ""
