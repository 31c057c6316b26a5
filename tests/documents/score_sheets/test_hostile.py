"""Text made to slow the reading down costs no more than its length: work is counted, not time."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from dudao.documents.score_sheets.prose import read_prose

HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets in one line": lambda n: "1.甲（5分，自评5分）\n2.乙" + "（5分）。" * n,
    "open brackets": lambda n: "1.标题" + "（" * n,
    "blank lines in a note": lambda n: "1.甲（5分）\n" + "\n" * n + "2.乙（5分，自评5分）\n",
    "spaces behind the word": lambda n: "1.甲（5分）\n自评" + " " * n + "\n2.乙（5分，自评5分）\n",
    "headings": lambda n: "".join(f"{number}.甲（5分，自评4分）\n" for number in range(n)),
    "inner lists": lambda n: "1.甲（5分，自评5分）\n" + "1.乙\n2.丙\n" * n,
    "deductions": lambda n: "1.甲（5分）\n2.乙（5分，自评5分）\n3.丙（5分）\n" + "扣0.1分" * n,
}


def lines_run(text: str) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    # Whoever measures coverage traces too and goes on afterwards.
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_prose(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(kind: str) -> None:
    once, twice = lines_run(HOSTILE[kind](200)), lines_run(HOSTILE[kind](400))
    assert twice <= 2.6 * once + 500
