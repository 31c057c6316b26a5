"""教师队伍: certified, trained and exchanged teachers, as shares of those concerned."""

from dataclasses import dataclass

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, fact, ratio
from dudao.provenance import ClauseSource

SOURCE = ClauseSource(document="县域义务教育优质均衡发展督导评估办法", number="教督〔2017〕6号")


@dataclass(frozen=True, slots=True)
class TeacherCounts:
    """The counts of a county; None where a school has not reported."""

    full_time: Number
    certified: Number
    trained: Number
    eligible: Number
    exchanged: Number
    exchanged_backbone: Number


def teacher_rates(place: str, period: str, counts: TeacherCounts) -> tuple[Fact, ...]:
    """Return the shares in percent; a share without its figures stays open."""
    where = Where(place, period)
    shares = (
        ("certified_teachers_share", counts.certified, counts.full_time, "持证专任教师÷专任教师"),
        ("trained_teachers_share", counts.trained, counts.full_time, "完成培训学时的教师÷专任教师"),
        ("exchanged_teachers_share", counts.exchanged, counts.eligible, "交流轮岗教师÷符合条件教师"),
        ("exchanged_backbone_share", counts.exchanged_backbone, counts.exchanged, "交流轮岗骨干教师÷交流轮岗教师"),
    )
    return tuple(
        fact(where, name, ratio(top, bottom, 100), unit="%", method=method, source=SOURCE)
        for name, top, bottom, method in shares
    )
