"""Somebody cancels an import while its worker is writing the results; run on its own, prints what stands then."""

import json
import threading
from typing import Any

import django


def main() -> None:
    """Have an import taken by a worker, cancel it between its last write and its commit, print what there is."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dudao.errors import DudaoError
    from dudao.web.audit.queries import verify
    from dudao.web.background.actions import cancel
    from dudao.web.background.models import Job
    from dudao.web.background.worker import run_all
    from dudao.web.people.models import Region, User
    from dudao.web.schools import jobs
    from dudao.web.schools.actions import imports, snapshots
    from dudao.web.schools.actions.taking_later import take_in_background
    from dudao.web.schools.models import ComputedFact, Import, InUse, Snapshot
    from dudao.workflow.machine import Role
    from tests.web.api_world import build
    from tests.web.school_files import school, workbook

    call_command("migrate", verbosity=0)
    build()
    clerk = User.objects.get(username=Role.SUPERVISION_CLERK.value)
    county = Region.objects.get(code="990101")
    raw = workbook([school(1), school(2), school(3)])
    brought = imports.receive(by=clerk, region=county, year=2023, kind="schools", raw=raw, name="学校.xlsx")
    held = take_in_background(by=clerk, row=imports.read(by=clerk, row=brought), reason="")
    assert held.job_id is not None
    job_id = held.job_id
    take, written = snapshots.take, threading.Event()
    told: dict[str, Any] = {"refused": "", "waited": False}

    def take_slowly(**given: Any) -> Any:
        made = take(**given)
        written.set()
        canceller.join(2)  # it waits for this transaction, so it is still there afterwards
        told["waited"] = canceller.is_alive()
        return made

    def cancel_late() -> None:
        written.wait(60)
        try:
            cancel(by=clerk, job=Job.objects.get(pk=job_id))
        except DudaoError as refused:
            told["refused"] = str(refused)
        finally:
            connection.close()

    canceller = threading.Thread(target=cancel_late)
    vars(jobs)["take"] = take_slowly  # the step in whose midst somebody cancels
    canceller.start()
    run_all()
    canceller.join(60)
    job = Job.objects.get(pk=job_id)
    print(  # noqa: T201 - read by the test
        json.dumps(
            {
                "waited": told["waited"],
                "refused": told["refused"],
                "job": [job.state, job.cancel_asked_at is None],
                "import": Import.objects.get(pk=held.pk).state,
                "snapshots": Snapshot.objects.filter(year=2023).count(),
                "in_use": InUse.objects.filter(year=2023, region=county).count(),
                "computed": ComputedFact.objects.filter(region=county, period="2023").exists(),
                "breaks": len(verify()),
            }
        )
    )


if __name__ == "__main__":
    main()
