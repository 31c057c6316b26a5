"""Asking for the cheapest way to the standard, searched in the background."""

import polars as pl
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from dudao.pipelines.optimise_balance import limited
from dudao.web.audit.actions import record
from dudao.web.background.actions import enqueue
from dudao.web.people.models import Region, User
from dudao.web.refusals import NotPossibleError
from dudao.web.schools.balance_page import Choice
from dudao.web.schools.files import frame_of
from dudao.web.schools.jobs import find_plan
from dudao.web.schools.models import InUse, Proposal
from dudao.web.schools.permissions import require_plan
from dudao.web.schools.proposals import Allowed


@transaction.atomic
def propose(*, by: User, region: Region, year: int, choice: Choice, allowed: Allowed) -> Proposal:
    """Have the cheapest way searched for a county with its data in use.

    Raises:
        NotAllowedError: the person does not plan for the region.
        NotPossibleError: the region has no school data of the year.
        WrongUseError: a price, a limit or a forbidden move cannot be read, or names a school that is not there.
    """
    require_plan(by, region)
    freedom = allowed.freedom()
    held = InUse.objects.filter(region=region, kind="schools", year=year).select_related("snapshot").first()
    if held is None:
        raise NotPossibleError(
            _("%(region)s%(year)s年没有学校数据。") % {"region": region, "year": year},
            advice=_("请先导入学校基本情况表。"),
        )
    if allowed.limits or allowed.forbidden:  # told at the form, where they can be mended, and not by the search
        schools = frame_of(held.snapshot.frame).filter(pl.col("region") == region.code)
        limited(schools, freedom, allowed.limits, allowed.forbidden)
    row = Proposal.objects.create(
        region=region,
        year=year,
        snapshot_id=held.snapshot_id,
        standard=choice.standard,
        method=choice.method,
        asked=allowed.plain(),
        by=by,
    )
    row.job = enqueue(
        find_plan,
        by=by,
        region=region,
        arguments={"key": row.pk},
        title=f"{region}{year}年达标办法",
        subject_url=reverse("schools:proposal", args=(year, region.code, row.pk)),
    )
    row.save(update_fields=["job"])
    record(
        by=by,
        action="schools.proposal.ask",
        summary=f"测算{region}{year}年达标办法",
        object_type="proposal",
        object_id=row.pk,
        region=region.code,
        after={"asked": row.asked, "snapshot": row.snapshot_id},
    )
    return row
