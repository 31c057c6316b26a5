"""The two workflows of a round: the answer of a department to an item, and the assessment of a region."""

from dudao.workflow.machine import Machine, Need, Role, State, Transition

_OFFICER = frozenset({Role.DEPARTMENT_OFFICER})
_CLERK = frozenset({Role.SUPERVISION_CLERK})
_FILLING = _OFFICER | _CLERK
_PROVINCE = frozenset({Role.PROVINCIAL_ADMINISTRATOR})
_REASON = frozenset({Need.REASON})

ANSWER = Machine(
    name="answer",
    start="not_started",
    states=(
        State("not_started", "未开始", _FILLING),
        State("drafting", "填报中", _FILLING),
        State("submitted", "已提交", _CLERK),
        State("returned", "退回", _FILLING),
        State("accepted", "已接受", _CLERK),
        State("locked", "已锁定"),
    ),
    transitions=(
        Transition("start", "开始填报", "not_started", "drafting", _FILLING),
        Transition("submit", "提交审核", "drafting", "submitted", _FILLING, frozenset({Need.COMPLETE}), _CLERK),
        Transition("submit", "重新提交", "returned", "submitted", _FILLING, frozenset({Need.COMPLETE}), _CLERK),
        Transition("withdraw", "撤回", "submitted", "drafting", _OFFICER, _REASON, _CLERK),
        Transition("return", "退回", "submitted", "returned", _CLERK, _REASON, _OFFICER),
        Transition("return", "退回", "accepted", "returned", _CLERK, _REASON, _OFFICER),
        Transition("accept", "接受", "submitted", "accepted", _CLERK, frozenset(), _OFFICER),
        Transition("lock", "锁定", "accepted", "locked", _CLERK, frozenset({Need.ALL_ACCEPTED})),
        Transition("unlock", "上级退回", "locked", "accepted", _PROVINCE, _REASON, _CLERK),
    ),
)

ASSESSMENT = Machine(
    name="assessment",
    start="open",
    states=(
        State("open", "填报中", _FILLING),
        State("submitted", "已报送"),
        State("sent_back", "上级退回", _FILLING),
        State("confirmed", "已确认"),
    ),
    transitions=(
        Transition(
            "submit",
            "报送",
            "open",
            "submitted",
            _CLERK,
            frozenset({Need.ALL_ACCEPTED, Need.PASSWORD}),
            _PROVINCE | frozenset({Role.REVIEWER}),
        ),
        Transition(
            "submit",
            "重新报送",
            "sent_back",
            "submitted",
            _CLERK,
            frozenset({Need.ALL_ACCEPTED, Need.PASSWORD}),
            _PROVINCE | frozenset({Role.REVIEWER}),
        ),
        Transition("send_back", "退回下级", "submitted", "sent_back", _PROVINCE, _REASON, _CLERK, _CLERK),
        Transition("confirm", "确认", "submitted", "confirmed", _PROVINCE, frozenset(), _CLERK, _CLERK),
    ),
)

MACHINES = (ANSWER, ASSESSMENT)
