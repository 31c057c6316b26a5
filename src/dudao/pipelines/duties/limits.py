"""The limits in force for one county on one day, taken from the dated parameters."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from dudao.balance.duties.preschool import PreschoolThresholds
from dudao.balance.duties.safety import GuardScale
from dudao.balance.duties.school_day import DayLimits
from dudao.issues import Issue
from dudao.parameters.find import value_at
from dudao.parameters.model import NATION
from dudao.provenance import ClauseSource


@dataclass(slots=True)
class LimitsInForce:
    """What `value_at` gives for a county; warnings of the values that were used collect in `issues`.

    `day` is None where a table names no year: then no limit is known. `region` is the code of the county, the
    nation's when only a name is known.
    """

    day: date | None
    region: str = NATION
    issues: list[Issue] = field(default_factory=list)

    def number(self, name: str) -> Decimal | None:
        """Return the value in force, None when none is known."""
        value = self._value(name)
        return None if value is None else value[0]

    def whole(self, name: str) -> int | None:
        """Return the value in force as a whole number."""
        number = self.number(name)
        return None if number is None else int(number)

    def clock(self, name: str) -> time | None:
        """Return the time of day in force."""
        value = self._value(name)
        if value is None or not value[1]:
            return None
        hours, minutes = value[1].split(":")
        return time(int(hours), int(minutes))

    def source(self, name: str) -> ClauseSource:
        """Return the document behind the value in force."""
        value = self._value(name)
        return ClauseSource() if value is None else value[2]

    def school_day(self) -> DayLimits:
        """Return the limits of homework, sleep and the first lesson."""
        return DayLimits(
            homework_minutes=(
                (2, self.whole("homework_lower_primary")),
                (6, self.whole("homework_upper_primary")),
                (9, self.whole("homework_junior")),
            ),
            sleep_hours=(
                (6, self.whole("sleep_primary")),
                (9, self.whole("sleep_junior")),
                (12, self.whole("sleep_senior")),
            ),
            first_lesson=((6, self.clock("first_lesson_primary")), (12, self.clock("first_lesson_secondary"))),
        )

    def preschool(self) -> PreschoolThresholds:
        """Return what a county's kindergartens must reach."""
        return PreschoolThresholds(
            gross_enrolment=self.number("preschool_gross_enrolment_rate"),
            inclusive_coverage=self.number("inclusive_kindergarten_coverage"),
            public_share=self.number("public_kindergarten_share"),
            classes_within_size=self.number("kindergarten_classes_within_size"),
            children_per_teacher=self.number("children_per_teacher"),
            outdoor_area=self.number("kindergarten_outdoor_area"),
            activity_area=self.number("kindergarten_activity_area"),
            building_area=self.number("kindergarten_building_area"),
            designed_from=self.whole("kindergarten_rooms_designed_from"),
            public_grant=self.number("public_kindergarten_running_grant"),
            private_subsidy=self.number("inclusive_private_subsidy"),
        )

    def guards(self) -> GuardScale:
        """Return the guards that schools need."""
        return GuardScale(
            small=self.whole("guards_small_school"),
            whole=self.whole("guards_school"),
            step=self.whole("guards_step"),
            boarding=self.whole("guards_boarding_school"),
            boarding_step=self.whole("guards_boarding_step"),
        )

    def _value(self, name: str) -> tuple[Decimal | None, str, ClauseSource] | None:
        if self.day is None:
            return None
        found = value_at(name, self.region, self.day)
        if found is None:
            return None
        self.issues += [issue for issue in found.issues if issue not in self.issues]
        return found.value.number, found.value.text, found.value.source
