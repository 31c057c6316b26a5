"""Whether what is admitted is over: told of an earlier year, or mended since."""

import re

from dudao.claims.context import title_year
from dudao.claims.contradictions.reading import Reading
from dudao.provenance import Span

_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_NOW_DONE = re.compile(
    r"(?:目前|现已|现在|现均|年底前|已)[^，。；\n]{0,6}(?:全部|均|都|陆续)?[^，。；\n]{0,2}"
    r"(?:完成|整改|改造|解决|消除|补齐|补发|补拨|配备到位|拨付到位|移交|清零|销号)"
)
_ONCE = re.compile(r"曾(?!经)|曾经|此前|以前|过去|原来|原有的?|整改前|摸底时|摸排时|当时|历史上")
_NEXT = re.compile(r"；(?!(?:经整改，?)?(?:目前|现[已在均]|已|截[至止]|到年底))")
"""Another thing begins: what has been mended of it says nothing of what stands before."""
_LOOK_BACK = 200


def _reported(reading: Reading) -> str:
    """Return the year of the title; below it stand the years of other papers. Asked of every clause, found once."""
    return reading.once("year of the title", lambda: title_year(reading.text.lstrip().partition("\n")[0]))


def is_past(reading: Reading, admitted: Span) -> bool:
    """Return whether an admission is told of an earlier year, or its sentence goes on to say that it was mended."""
    span = reading.passage.segmentation.sentences.span_at(admitted.start)
    start = max(span.start, admitted.start - _LOOK_BACK)
    years = _YEARS.findall(reading.text, start, admitted.end)
    reported = _reported(reading)
    if years and reported and years[-1] < reported:
        return True
    if _ONCE.search(reading.text, start, admitted.end):
        return True
    behind = reading.text[admitted.end : min(span.end, admitted.end + _LOOK_BACK)]
    if (mark := _NEXT.search(behind)) is not None:
        behind = behind[: mark.start()]
    return _NOW_DONE.search(behind) is not None
