"""Saving and submitting are killed (SIGKILL) at every step; run on its own against the database of DATABASE_URL.

Prints one line of JSON: for each death what was left, and the same once more for a life that ended well.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import date
from typing import Any

import django

PASSWORD = "a-good-long-password-1"


def die(*args: Any, **kwargs: Any) -> None:
    """End this process at once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return the work with death right behind it."""

    def done(*args: Any, **kwargs: Any) -> None:
        work(*args, **kwargs)
        die()

    return done


def main() -> None:
    """Build a small round, kill it in many ways, print what each left behind."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dudao.packs.find import find_pack
    from dudao.web.audit import actions as trail
    from dudao.web.audit.models import Event
    from dudao.web.audit.queries import verify
    from dudao.web.evaluations.actions import answer_rows, answers, points, rounds, schemes, submission
    from dudao.web.evaluations.convert import files_of_pack
    from dudao.web.evaluations.models import Answer, Assessment, FactValue, PointScore, Submission
    from dudao.web.people.models import Grant, Region, User
    from dudao.workflow.machine import Role

    call_command("migrate", verbosity=0)
    province = Region.add_root(code="990000", name="示范省", level="province")
    city = province.add_child(code="990100", name="云州市", level="city")
    boss = User.objects.create_user("boss", "", PASSWORD, name="boss")
    clerk = User.objects.create_user("clerk", "", PASSWORD, name="clerk")
    Grant.objects.create(user=boss, role=Role.PROVINCIAL_ADMINISTRATOR, region=province)
    Grant.objects.create(user=clerk, role=Role.SUPERVISION_CLERK, region=city)
    scheme = schemes.keep_draft(by=boss, region=province, files=files_of_pack(find_pack("liaoning-city-2022")))
    schemes.publish(by=boss, row=scheme)
    scheme.refresh_from_db()
    day = date(2022, 7, 1)
    stages = {"departments": (day, day)}
    rounds.open_round(
        by=boss, scheme=scheme, region=province, year=2022, title="自评", stages=stages, regions=[city], today=day
    )
    item = "3.10"

    def answer() -> Answer:
        return Answer.objects.get(item=item)

    def fact() -> FactValue:
        return FactValue.objects.get(region=city, name="education_spending_growth", period="2022")

    def save_note() -> None:
        answers.save_note(by=clerk, answer=answer(), note="写下的说明", version=answer().version)

    def save_fact() -> None:
        row = fact()
        answers.save_fact(by=clerk, answer=answer(), fact=row, value="7.91", unit="%", version=row.version)

    def save_points() -> None:
        row = PointScore.objects.filter(answer=answer()).select_related("answer")[0]
        points.save_points(by=clerk, score=row, points="3", version=row.version)

    def submit() -> None:
        assessment = Assessment.objects.get()
        submission.submit_assessment(by=clerk, assessment=assessment, password=PASSWORD)

    def left() -> dict[str, Any]:
        assessment = Assessment.objects.get()
        scores = PointScore.objects.filter(answer=answer(), points__isnull=False)
        return {
            "note": answer().note,
            "version": answer().version,
            "fact": fact().value,
            "points": scores.count(),
            "state": assessment.state,
            "assessment_version": assessment.version,
            "submissions": Submission.objects.count(),
            "locked": Answer.objects.filter(state="locked").count(),
            "events": Event.objects.count(),
            "breaks": len(verify()),
        }

    def killed(work: Callable[[], None], place: Any, name: str, way: Callable[..., Any]) -> dict[str, Any]:
        before = left()
        connection.close()
        child = os.fork()
        if child == 0:
            setattr(place, name, way)
            work()
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        return {"killed": os.WIFSIGNALED(status), "changed": left() != before, "breaks": left()["breaks"]}

    told: dict[str, Any] = {"deaths": {}}
    deaths: tuple[tuple[str, Callable[[], None], Any, str, Callable[..., Any]], ...]
    deaths = (
        ("note, before the trail", save_note, answer_rows, "record", die),
        ("note, before the commit", save_note, answers, "on_the_trail", after(answer_rows.on_the_trail)),
        ("fact, before the row", save_fact, FactValue, "save", die),
        ("fact, before the trail", save_fact, answers, "record", die),
        ("fact, before the commit", save_fact, answers, "record", after(trail.record)),
        ("points, before the answer", save_points, points, "touched", die),
        ("points, before the commit", save_points, points, "on_the_trail", after(answer_rows.on_the_trail)),
    )
    told["deaths"] |= {name: killed(work, place, what, way) for name, work, place, what, way in deaths}
    for work in (save_note, save_fact, save_points):
        work()
    told["saved"] = left()
    Answer.objects.update(state="accepted")
    last: tuple[tuple[str, Callable[[], None], Any, str, Callable[..., Any]], ...]
    last = (
        ("submit, before the snapshot", submit, submission, "snapshot", die),
        ("submit, before the locks", submit, Assessment, "save", die),
        ("submit, before the trail", submit, submission, "record", die),
        ("submit, before the commit", submit, submission, "_tell", after(submission._tell)),
    )
    told["deaths"] |= {name: killed(work, place, what, way) for name, work, place, what, way in last}
    submit()
    told["submitted"] = left() | {"answers": Answer.objects.count()}
    print(json.dumps(told))  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
