"""The kinds of notices: their titles, and which nobody can mute."""

from dudao.web.evaluations.happenings import KIND_TITLES, Kind

JOB_DONE, JOB_FAILED = "job_done", "job_failed"

TITLES: dict[str, str] = {
    **{kind.value: title for kind, title in KIND_TITLES.items()},
    JOB_DONE: "后台任务完成",
    JOB_FAILED: "后台任务未成功",
}
ALWAYS = frozenset({Kind.RETURNED.value, Kind.OVERDUE.value})
CAN_BE_MUTED = tuple(kind for kind in TITLES if kind not in ALWAYS)
