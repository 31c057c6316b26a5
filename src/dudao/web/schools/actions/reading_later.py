"""Having a large table read in the background."""

from django.db import transaction
from django.urls import reverse

from dudao.web.background.actions import enqueue
from dudao.web.people.models import User
from dudao.web.schools.jobs import read_import
from dudao.web.schools.models import Import


@transaction.atomic
def in_background(*, by: User, row: Import) -> Import:
    """Have a received table read by a worker; its page shows how far that is."""
    row.job = enqueue(
        read_import,
        by=by,
        region=row.region,
        arguments={"key": row.pk},
        title=f"读取{row}"[:200],
        subject_url=reverse("schools:import", args=(row.year, row.region.code, row.pk)),
        key=f"import:{row.pk}",
    )
    row.save(update_fields=["job"])
    return row
