"""Documents a text cites: 《title》, 〔year〕number号, or both, in either order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dudao.documents.model import CitedDocument, RepairedText
from dudao.provenance import Span

_OPENING = "〔\\[［【（(〈「﹝{"
_CLOSING = "〕\\]］】）)〉」﹞}"
_GAP = r"[ \u3000\n]{0,3}"
_NUMBER = re.compile(
    rf"(?P<agency>[\u4e00-\u9fff]{{1,15}}){_GAP}(?P<opening>[{_OPENING}]){_GAP}(?P<year>(?:19|20)[0-9]{{2}}){_GAP}年?{_GAP}[{_CLOSING}]"
    rf"{_GAP}(?:第{_GAP})?(?P<serial>[0-9]{{1,5}}){_GAP}号"
)
_WORDS_BEFORE = re.compile(
    r".*(?:办公室|办公厅|教育局|教育厅|教育部|人民政府|委员会|[省市县区州]政府|国务院|中共中央|根据|按照|依据|印发|下发|转发|制定|出台"
    r"|发布|落实|执行|贯彻|以及|文件|通知|文号)"
)
_WORD_BEFORE = re.compile(r".*[和及与的了见即如据为原由以是将对在经]")
_TITLE_LIMIT = 200
_BETWEEN = re.compile(r"[ \u3000\n]*(?:的通知|通知|等)?[ \u3000\n]*[（(〔\[【]?[ \u3000\n]*(?:文号[:：])?")
_BETWEEN_BEHIND = re.compile(
    r"[ \u3000\n]*[）)】\]]?[ \u3000\n]*(?:号?文件?)?[ \u3000\n]*(?:印发的?|的|关于印发)?[ \u3000\n]*"
)


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    text: str
    agency: str
    year: int
    serial: int


def cited_documents(repaired: RepairedText) -> tuple[CitedDocument, ...]:
    """Return every cited document in the order of the text, its place in the source.

    A number belongs to the title directly before it, with the bracket between them counted as part of the
    citation, else to the title directly behind it. Nested titles 《…〈…〉…》 are one citation.
    """
    text = repaired.text
    titles = list(_titles(text))
    numbers = list(_numbers(text))
    taken: dict[int, _Number] = {}
    alone: list[_Number] = []
    position = 0
    for number in numbers:
        while position < len(titles) and titles[position].end <= number.start:
            position += 1
        before = position - 1
        if before >= 0 and before not in taken and _joined(text, titles[before].end, number.start, _BETWEEN):
            taken[before] = number
        elif (
            position < len(titles)
            and titles[position].start >= number.end
            and _joined(text, number.end, titles[position].start, _BETWEEN_BEHIND)
            and not _followed_by_own_number(text, titles[position], numbers)
        ):
            taken[position] = number
        elif not any(title.start <= number.start < title.end for title in titles[max(0, position - 1) : position + 1]):
            alone.append(number)
        else:
            alone.append(number)
    found = [_citation(text, title, taken.get(index)) for index, title in enumerate(titles)]
    found += [_citation(text, None, number) for number in alone]
    found.sort(key=lambda cited: cited.span)
    return tuple(replace(cited, span=repaired.source_span(cited.span)) for cited in found)


def _followed_by_own_number(text: str, title: _Title, numbers: list[_Number]) -> bool:
    window = text[title.end : title.end + 40]
    match = _NUMBER.search(window)
    return bool(match) and _joined(text, title.end, title.end + match.start(), _BETWEEN) if match else False


def _joined(text: str, start: int, end: int, between: re.Pattern[str]) -> bool:
    return end - start <= 12 and bool(between.fullmatch(text, start, end))


def _citation(text: str, title: _Title | None, number: _Number | None) -> CitedDocument:
    parts = [part for part in (title, number) if part is not None]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    if title and number and number.start > title.end and text[title.end : number.start].strip()[-1:] in "（(〔[【":
        closing = re.compile(r"[ \u3000\n]*[）)〕\]】]").match(text, end)
        end = closing.end() if closing else end
    return CitedDocument(
        Span(start, end),
        _plain(title.text) if title else None,
        number.text if number else None,
        (number.agency or None) if number else None,
        number.year if number else None,
        number.serial if number else None,
    )


def _plain(title: str) -> str:
    """Return the title in one line."""
    return re.sub(r"[ \u3000]*\n[ \u3000\n]*", "", title).strip()


def _titles(text: str) -> Iterator[_Title]:
    """Yield the outermost 《…》; an inner one may also be 《…》 itself, or be closed once for both."""
    depth = start = 0
    for match in re.finditer(r"[《》]|\n[ \u3000]*\n", text):
        mark = match[0]
        if depth and match.start() - start > _TITLE_LIMIT:
            depth = 0
        if mark == "《":
            if depth == 0:
                start = match.start()
            elif text[start : match.start()].count("\n") > 3:
                depth, start = 0, match.start()
            depth += 1
        elif mark == "》" and depth:
            depth -= 1
            # 《…印发《…》 closed only once: a sentence mark or a number follows, no second 》 in reach
            again = text.find("》", match.end(), start + _TITLE_LIMIT)
            opens = text.find("《", match.end(), start + _TITLE_LIMIT)
            if depth and (
                again < 0 or 0 <= opens < again or (match.end() < len(text) and text[match.end()] in "，。；、（(")
            ):
                depth = 0
            if depth == 0 and match.end() - start > 2:
                yield _Title(start, match.end(), text[start + 1 : match.start()])


def _numbers(text: str) -> Iterator[_Number]:
    """Yield the document numbers, the words before the agency's abbreviation cut off."""
    for match in _NUMBER.finditer(text):
        agency = match["agency"]
        start = match.start("agency") + _words_before(agency)
        agency = agency[start - match.start("agency") :]
        if not agency:
            start = match.start("opening")
        year, serial = int(match["year"]), int(match["serial"])
        yield _Number(start, match.end(), f"{agency}〔{year}〕{serial}号", agency, year, serial)


def _words_before(agency: str) -> int:
    """Return how many of the characters before 〔 belong to the sentence and not to the agency's abbreviation.

    和, 如, 即 may begin an abbreviation (和政发 of a county 和县), so they are cut off only before a whole one.
    """
    end = 0
    if words := _WORDS_BEFORE.match(agency):
        end = words.end() if len(agency) - words.end() != 1 else 0
    if (word := _WORD_BEFORE.match(agency, end)) and len(agency) - word.end() >= 3:
        end = word.end()
    return end
