"""Parts that are opposites of one another: above and below a mean, grown and fallen, done and not done."""

from collections.abc import Sequence

from dudao.claims.mentions import Mention
from dudao.claims.sums.proposing import shortfall

DENIED = (
    ("达标", "未达"),
    ("达到", "未达到"),
    ("达到", "滞后"),
    ("完成", "滞后"),
    ("完成", "未完成"),
    ("合格", "不合格"),
)
_OPPOSITES = (
    ("高于", "低于"),
    ("上升", "下降"),
    ("正增长", "负增长"),
    ("增长", "下降"),
    ("增加", "减少"),
    *DENIED,
)


def opposed(parts: Sequence[Mention], opposites: Sequence[tuple[str, str]] = _OPPOSITES) -> bool:
    """Return whether two parts are opposites: 16个州市中，低于平均数的9个，高于的7个."""
    return len(parts) == 2 and any(
        (one in parts[0].clause and other in parts[1].clause) or (other in parts[0].clause and one in parts[1].clause)
        for one, other in opposites
    )


def too_many_opposed(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether more lie above and below one level than there are: 11个市中，5个高于均值，8个低于均值."""
    told = [one.tail for one in parts]
    for above, below in _OPPOSITES[:1]:
        if shortfall(total, parts) < 0 and len(told) == len((above, below)) and above in told[0] + told[1]:
            return told[0] != told[1] and told[0].replace(above, below) == told[1].replace(above, below)
    return False
