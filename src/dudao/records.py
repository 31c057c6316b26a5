"""Records that travel between processes by the thousand."""

import copyreg
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record", bound=Any)


def pickled_by_fields(kind: type[Record]) -> type[Record]:
    """Let a dataclass of two or more fields be pickled as a call with their values.

    Frozen dataclasses with slots are otherwise pickled field by field in Python, which takes half as long as reading
    the text they come from.
    """
    values = attrgetter(*(one.name for one in fields(kind)))
    copyreg.pickle(kind, lambda record: (kind, values(record)))
    return kind
