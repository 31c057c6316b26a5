"""Having a large import taken in the background."""

from django.db import transaction
from django.urls import reverse

from dudao.web.background.actions import enqueue
from dudao.web.people.models import User
from dudao.web.schools.actions.snapshots import hold_to_take
from dudao.web.schools.jobs import take_import
from dudao.web.schools.models import Import


@transaction.atomic
def take_in_background(*, by: User, row: Import, reason: str) -> Import:
    """Have an import taken by a worker, as it stands now; its page shows how far that is.

    Raises:
        InvalidValueError: it has errors and no reason is given.
        NotAllowedError: the person does not decide on the region's data.
        NotPossibleError: it was taken meanwhile, or something stands in its way.
    """
    held = hold_to_take(by=by, row=row, reason=reason)
    held.job = enqueue(
        take_import,
        by=by,
        region=held.region,
        arguments={"key": held.pk, "frame": row.frame, "reason": reason},
        title=f"入库{held}"[:200],
        subject_url=reverse("schools:import", args=(held.year, held.region.code, held.pk)),
        key=f"take:{held.pk}",
    )
    held.save(update_fields=["job"])
    return held
