"""Bringing in figures of other years, so that this year's stand beside something and rules can look back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.figures import FigureError, read_value, scale_to_base
from dudao.web.evaluations.models import Assessment, FactValue
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A figure from an office's own records: the digits as written, in `unit`, with where they stand."""

    name: str
    period: str
    value: str
    unit: str
    source: str
    part: str = ""


@transaction.atomic
def bring_in(*, by: User, assessment: Assessment, figures: Iterable[EarlierFigure]) -> int:
    """Keep figures of years before the round's; a figure that is there already is left as it is.

    Returns how many were kept.

    Raises:
        InvalidValueError: a figure is of the round's year or later, is not declared, or cannot be read.
        NotAllowedError: the person is not of the region's supervision office.
    """
    region = assessment.region
    if Role.SUPERVISION_CLERK not in subject_of(by).roles_at(region.path):
        raise NotAllowedError(
            _("只有%(region)s督导室可以补录往年数据。") % {"region": region}, advice=_("请联系督导室。")
        )
    declared = {fact.name: fact for fact in scheme_of(assessment.round.scheme).facts}
    wanted = list(figures)
    for each in wanted:
        declaration = declared.get(each.name)
        if declaration is None:
            raise InvalidValueError(_("方案没有数据项“%(name)s”。") % {"name": each.name})
        if not each.period.isdigit() or int(each.period) >= assessment.round.year:
            raise InvalidValueError(
                _("%(title)s %(period)s 不是 %(year)s 年以前的数据。")
                % {"title": declaration.title, "period": each.period, "year": assessment.round.year},
                advice=_("本年的数据请在填报页面填写。"),
            )
        if each.part not in (dict(declaration.parts) if declaration.parts else {"": ""}):
            raise InvalidValueError(
                _("%(title)s没有分项“%(part)s”。") % {"title": declaration.title, "part": each.part}
            )
        try:
            if each.unit:
                scale_to_base(each.unit, declaration.unit)
            read_value(each.value, each.unit, declaration)
        except FigureError as error:
            raise InvalidValueError(error.message, advice=error.advice) from error
    known = set(
        FactValue.objects.filter(region=region, name__in={each.name for each in wanted})
        .exclude(value="")
        .values_list("name", "period", "part")
    )
    kept = [each for each in wanted if (each.name, each.period, each.part) not in known]
    for each in kept:
        FactValue.objects.update_or_create(
            region=region,
            name=each.name,
            period=each.period,
            part=each.part,
            defaults={
                "value": each.value,
                "unit": each.unit,
                "source": each.source,
                "version": 1,
                "changed_at": timezone.now(),
                "changed_by": by,
            },
        )
    if kept:
        record(
            by=by,
            action="evaluations.fact.bring_in",
            summary=f"补录{region}往年数据 {len(kept)} 个",
            object_type="assessment",
            object_id=assessment.pk,
            region=region.code,
            after={"figures": [[each.name, each.period, each.part, each.value, each.unit] for each in kept]},
        )
    return len(kept)
