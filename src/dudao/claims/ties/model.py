"""A difference between two documents, with both places."""

from dataclasses import dataclass

from dudao.issues import Level
from dudao.provenance import Span
from dudao.records import pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class FilePlace:
    """A stretch of one file; the span counts characters of the document's own text.

    `words` is the clause it stands in, empty in a table of figures.
    """

    file: str
    span: Span
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class TieFinding:
    """The same measure, place and period with values in two files that no rounding joins."""

    code: str
    level: Level
    measure: str
    place: str
    period: str
    first: FilePlace
    second: FilePlace
    message: str
    remedy: str
