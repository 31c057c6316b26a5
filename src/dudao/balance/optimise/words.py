"""A plan told in Chinese: what was found, how sure it is, who goes where, what is bought, what is assumed."""

from collections.abc import Iterator

from dudao.balance.optimise.model import GOAL_WORDS, Addition, County, Freedom, Goal, Move, Outcome, Plan, Proof

_OUTCOMES = {
    Outcome.NOTHING_TO_DO: "现状已全部达标，不需要调配或添置。",
    Outcome.OPTIMAL: "找到最省的办法，并已证明没有更省的。",
    Outcome.FEASIBLE: "找到可行的办法；在给定时间内未能证明它最省，可能的差距见下。",
    Outcome.INFEASIBLE: "在所给要求和限制下没有可行的办法。",
    Outcome.UNDECIDED: "在给定时间内既没有找到办法，也没有证明不可能。请用 --seconds 放宽时间。",
}


def outcome_in_words(plan: Plan) -> str:
    """Return one sentence that says how the search ended."""
    return _OUTCOMES[plan.outcome]


def proof_in_words(proof: Proof) -> str:
    """Return the value reached for a goal with the bound that was proven."""
    name = GOAL_WORDS[proof.goal]
    if proof.goal is Goal.YUAN:
        value = f"{name} {proof.value:,.0f}"
        return f"{value}，任何办法都不会少于 {proof.bound:,.0f}（差距 {proof.gap:.3%}）"
    value = f"{name} {proof.value:.0f}"
    if proof.gap == 0:
        return f"{value}，已证明不能更少"
    return f"{value}，已证明不会少于 {proof.bound:.0f}（差距 {proof.gap:.1%}）"


def move_in_words(move: Move) -> str:
    """Return one move: `从第一小学调骨干教师 2 人到第二小学`."""
    return f"从{move.giver_name}调{_kind(move.kind_name)} {move.persons} 人到{move.receiver_name}"


def addition_in_words(addition: Addition, unit: str) -> str:
    """Return one addition with its price when it has one."""
    if addition.level:
        return f"{addition.school_name}新增{_kind(addition.resource_name)} {addition.amount:.0f} 人"
    price = f"，约 {addition.yuan:,.0f} 元" if addition.yuan else ""
    if unit == "元":
        return f"{addition.school_name}增加{addition.resource_name} {addition.amount:,.0f} 元"
    return f"{addition.school_name}增加{addition.resource_name} {addition.amount:,.0f} {unit}{price}"


def _kind(name: str) -> str:
    return name.removesuffix("数")


def assumptions_in_words(county: County, freedom: Freedom) -> Iterator[str]:
    """Yield what the plan stands on, so that nobody takes it for more than it is."""
    yield "在校生数按现状不变；教师只在本县同一学段内调配，不跨县、不跨学段。"
    if freedom.staff_kinds:
        yield "教师按人测算：一人兼有多项条件的，调动时各项指标同时变化。"
    else:
        yield (
            "表中只有各类教师的人数，没有到人的数据：每项指标的教师分别测算。"
            "同一人兼有多项条件（如既是骨干又教体育）时，实际需要调动的人数可能更少，但要逐人核对对其他指标的影响。"
        )
    prices = [
        f"{target.resource_name}每{target.unit} {freedom.prices[target.resource]:,.0f} 元"
        for target in {each.resource: each for level in county.levels for each in level.targets}.values()
        if freedom.building and target.resource in freedom.prices and target.unit != "元" and not target.people
    ]
    if prices:
        yield f"投入按假定单价计算，请换成本地造价：{'，'.join(prices)}。"
    order = " → ".join(GOAL_WORDS[goal] for goal in freedom.order)
    yield f"目标按先后顺序求最小：{order}；前一目标达到最小后再考虑后一目标。"
    closed = sorted({target.name for level in county.levels for target in level.targets if not target.open})
    if closed:
        yield f"以下指标按现状计入，不在本次调整之列：{'、'.join(closed)}。"
