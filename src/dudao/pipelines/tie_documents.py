"""Several checked documents against each other: each difference becomes a finding of the later document."""

from collections.abc import Iterable
from dataclasses import replace

from dudao.claims.model import Finding
from dudao.claims.ties.figures import TieFigure
from dudao.claims.ties.model import FilePlace, TieFinding
from dudao.claims.ties.tie_out import TieOut
from dudao.claims.ties.told_again import TieWords, ToldAgain
from dudao.pipelines.check import CheckedDocument


class TieDocuments:
    """Takes checked documents in the order of the command line; `ties` are all differences found so far."""

    def __init__(self) -> None:
        self.ties: list[TieFinding] = []
        self._tied = TieOut()
        self._told = ToldAgain()

    def add(self, checked: CheckedDocument) -> CheckedDocument:
        """Return the document with a finding for each figure that an earlier document gives differently."""
        found = self.hold(checked.tie_figures, checked.tie_words)
        if not found:
            return checked
        findings = [
            Finding(one.code, one.level, one.second.span, one.message, remedy=one.remedy, outside=(one.first.text,))
            for one in found
        ]
        ordered = sorted([*checked.findings, *findings], key=lambda finding: (finding.span, finding.code))
        return replace(checked, findings=tuple(ordered))

    def hold(self, figures: Iterable[TieFigure], words: TieWords | None) -> list[TieFinding]:
        """Return where a further document differs from those before it, given by its figures and its words.

        What figures under one name tell is not told again for their words.
        """
        found = self._tied.add(figures)
        spans = {span for one in found for span in (one.second.span, one.first.span)}
        again = self._told.add(words)
        found.extend(one for one in again if not {one.second.span, one.first.span} & spans)
        self.ties.extend(found)
        return found


def ties_payload(ties: list[TieFinding]) -> list[dict[str, object]]:
    """Return the differences between documents in the form of the JSON contract."""
    return [
        {
            "code": one.code,
            "level": str(one.level),
            "measure": one.measure,
            "place": one.place,
            "period": one.period,
            "first": _place(one.first),
            "second": _place(one.second),
            "message": one.message,
        }
        for one in ties
    ]


def _place(place: FilePlace) -> dict[str, object]:
    return {
        "file": place.file,
        "start": place.span.start,
        "end": place.span.end,
        "text": place.text,
        "words": place.words,
    }
