"""School data in the background: reading a large table, searching the cheapest way to the standard."""

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from dudao.balance.optimise.model import GOAL_WORDS
from dudao.balance.optimise.solve import Progress
from dudao.balance.standard import Method
from dudao.pipelines.optimise_balance import optimise_schools
from dudao.pipelines.optimise_payload import plan_payload
from dudao.web.background.registry import LONG, QUICK, job
from dudao.web.background.run import Run
from dudao.web.refusals import NotPossibleError
from dudao.web.schools.actions.imports import keep_outcome, outcome_of
from dudao.web.schools.actions.snapshots import change_words, take
from dudao.web.schools.files import frame_of
from dudao.web.schools.models import Import, Proposal
from dudao.web.schools.proposals import Allowed
from dudao.web.schools.results import standard_of

TAKING = "schools.take"


@job(kind="schools.import", title="读取数据表", retries=2, lane=QUICK)
def read_import(run: Run, *, key: int) -> None:
    """Read an uploaded table and keep what came out."""
    row = Import.objects.select_related("region", "by").get(pk=key)
    run.progress(0, 2, "读取和校验")
    outcome = outcome_of(row)
    run.progress(1, 2, "保存结果")
    with run.conclude() as conclusion:
        kept = keep_outcome(by=row.by, row=row, outcome=outcome)
        conclusion.url = reverse("schools:import", args=(row.year, row.region.code, row.pk))
        conclusion.words = (
            f"{kept.rows} 行，错误 {kept.errors} 处，提醒 {kept.warnings} 处"
            if kept.state == "ready"
            else kept.get_state_display()
        )


@job(kind=TAKING, title="入库", retries=2, lane=QUICK)
def take_import(run: Run, *, key: int, frame: str, reason: str) -> None:
    """Make a large import what counts, if it is still what was looked at when that was decided."""
    row = Import.objects.select_related("region", "by").get(pk=key)
    by = run.by
    if by is None:  # nobody decided it
        raise NotPossibleError(_("没有人确认入库。"))
    row.frame = frame
    run.progress(0, 1, "入库，计算差异系数，更新自评中的计算")
    with run.conclude() as conclusion:
        made = take(by=by, row=row, reason=reason)
        conclusion.url = reverse("schools:snapshot", args=(row.year, row.region.code, made.pk))
        conclusion.words = f"第 {made.pk} 号快照：{change_words(made.change)}"


@job(kind="schools.proposal", title="测算达标办法", retries=1, lane=LONG)
def find_plan(run: Run, *, key: int) -> None:
    """Search the cheapest way to the standard; a request to stop is looked at twice a second."""
    row = Proposal.objects.select_related("region", "snapshot").get(pk=key)
    schools = frame_of(row.snapshot.frame).filter(pl.col("region") == row.region.code)
    if schools.is_empty():
        raise NotPossibleError(
            _("第 %(snapshot_id)s 号快照里没有%(region)s的学校。")
            % {"snapshot_id": row.snapshot_id, "region": row.region}
        )
    allowed = Allowed(**row.asked)

    def tell(progress: Progress) -> None:
        goals = "、".join(GOAL_WORDS[goal] for goal in progress.goals)
        run.progress(progress.step, progress.steps, f"求最少：{goals}（已用 {progress.seconds:.0f} 秒）")

    county, freedom, plan = optimise_schools(
        schools,
        standard_of(row.standard),
        allowed.freedom(),
        method=Method(row.method),
        indicators=allowed.indicators,
        limits=allowed.limits,
        forbidden=allowed.forbidden,
        tell=tell,
    )
    payload = plan_payload(county, freedom, plan)
    with run.conclude() as conclusion:
        Proposal.objects.filter(pk=key).update(plan=payload)
        conclusion.words = str(payload["words"])
        conclusion.url = reverse("schools:proposal", args=(row.year, row.region.code, row.pk))
