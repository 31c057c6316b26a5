"""The names that 分别 deals out: 小学、初中生均事业费分别为12638元、15274元 names both."""

import re

from dudao.claims.mentions import Passage
from dudao.claims.series import all_series, names_before

_STAGE = (
    r"(?:普通|中等|农村|城市|城镇|公办|民办)*(?:小学|初级中学|初中|高级中学|高中|幼儿园|学前教育|中职|职业学校|职业教育|"
    r"特殊教育学校|特殊教育|义务教育)(?:学校|阶段)?"
)
_ENDS_WITH_STAGE = re.compile(rf"(?:^|[年省市州县区旗国])(?P<stage>{_STAGE})$")
_LAST = re.compile(rf"(?P<stage>{_STAGE})(?P<what>[\u4e00-\u9fff（）()]{{3,30}})")
_AND_ABOVE = re.compile("及(?=以[上下])")
"""小学、初中教师本科及以上学历占比分别为 names two and not three."""
_REACH = 100
_CLAUSE = re.compile("[，。；：\n]")


def dealt_names(passage: Passage) -> dict[int, str]:
    """Return the full names of the figures that a sentence deals out over kinds of schools, by their places."""
    found: dict[int, str] = {}
    for series in all_series(passage):
        if not series.dealt:
            continue
        start = series.members[0].quantity.span.start
        words = _CLAUSE.split(passage.text[max(0, start - _REACH) : start])[-1]
        names = names_before(_AND_ABOVE.sub("", words))
        last = _LAST.fullmatch(names[-1]) if len(names) == len(series) > 1 else None
        stages = [match["stage"] for name in names[:-1] if (match := _ENDS_WITH_STAGE.search(name))]
        if last is None or len(stages) + 1 != len(series):
            continue
        for member, stage in zip(series.members, [*stages, last["stage"]], strict=True):
            found[member.quantity.span.start] = f"{stage}{last['what']}"
    return found
