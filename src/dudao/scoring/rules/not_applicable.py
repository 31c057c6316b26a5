"""不适用: a point without object in the area takes full marks, leaves the scheme, or counts a neutral zero."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.scheme.model import NotApplicablePolicy
from dudao.scoring.award import Award, Standing, between
from dudao.scoring.condition import Condition, read_condition
from dudao.scoring.context import Context
from dudao.scoring.rule import PointRule
from dudao.scoring.settings import SettingsReader
from dudao.scoring.wording import points_text


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """When a point has no object, what it is worth then, and the rule for when it has one."""

    when: Condition
    policy: NotApplicablePolicy
    otherwise: PointRule

    def award(self, context: Context) -> Award:
        """Return the points by policy, or of the other rule; while unknown, the bounds of both."""
        judged = self.when.judge(context)
        if judged.holds:
            return replace(by_policy(self.policy, context.full, "；".join(judged.steps)), used=judged.used)
        inner = self.otherwise.award(context)
        if judged.holds is False:
            return replace(inner, steps=(*judged.steps, *inner.steps), used=(*judged.used, *inner.used))
        other = Decimal(0) if self.policy is not NotApplicablePolicy.FULL else context.full
        return between(
            min(inner.low, other),
            max(inner.high, other),
            steps=(*judged.steps, *inner.steps),
            used=(*judged.used, *inner.used),
            missing=(*judged.missing, *inner.missing),
        )


def by_policy(policy: NotApplicablePolicy, full: Decimal, reason: str) -> Award:
    """Return what a point without object is worth under the policy of its scheme."""
    if policy is NotApplicablePolicy.FULL:
        step = f"不适用（{reason}），按方案得满分 {points_text(full)} 分"
        return Award(full, full, full, Standing.NOT_APPLICABLE, (step,))
    zero = Decimal(0)
    if policy is NotApplicablePolicy.ZERO:
        return Award(zero, zero, zero, Standing.NOT_APPLICABLE, (f"不适用（{reason}），按方案计零分，不算失分",))
    return Award(zero, zero, zero, Standing.EXCLUDED, (f"不适用（{reason}），按方案剔除，总分按其余各项折算",))


def read(settings: SettingsReader) -> NotApplicable:
    """Return the rule its settings state."""
    when = read_condition(settings.child("when"))
    policy = NotApplicablePolicy(settings.choice("policy", tuple(NotApplicablePolicy)))
    return NotApplicable(when, policy, settings.rule("otherwise"))
