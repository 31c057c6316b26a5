"""校外培训机构: how many there are, licensed, non-profit, with fees under supervision, and how many fewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, exact, fact, ratio
from dudao.provenance import ClauseSource

SOURCE = ClauseSource(document="关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见")


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution; None where not known. `subject` tells subject training (学科类) apart."""

    name: str
    subject: bool | None
    in_operation: bool | None = True
    licensed: bool | None = None
    non_profit: bool | None = None
    fees_supervised: bool | None = None


def training_institutions(
    place: str, period: str, institutions: Iterable[Institution], *, subject_before: Number = None
) -> tuple[Fact, ...]:
    """Return counts and shares of institutions in operation; `subject_before` is the number before the reform."""
    where = Where(place, period)
    tell = partial(fact, where, source=SOURCE)
    running = [each for each in institutions if each.in_operation is not False]
    sorts_known = all(each.subject is not None for each in running)
    subject = [each for each in running if each.subject]
    count = len(subject) if sorts_known else None
    before = exact(subject_before)
    fewer = None if count is None or not before else (before - count) * 100 / before
    return (
        tell("training_institutions", len(running), unit="家", method="正常运营的机构数"),
        tell("subject_training_institutions", count, unit="家", method="其中学科类"),
        tell("subject_training_reduced", fewer, unit="%", method="(改革前−现在)÷改革前"),
        _share(where, "training_licensed_share", [each.licensed for each in running], "有证机构÷机构"),
        _share(
            where, "subject_training_non_profit_share", [each.non_profit for each in subject], "非营利学科类÷学科类"
        ),
        _share(where, "training_fees_supervised_share", [each.fees_supervised for each in running], "纳入监管÷机构"),
    )


def _share(where: Where, name: str, verdicts: list[bool | None], method: str) -> Fact:
    known = bool(verdicts) and None not in verdicts
    value = ratio(sum(verdict is True for verdict in verdicts), len(verdicts), 100) if known else None
    return fact(where, name, value, unit="%", method=method, source=SOURCE)
