"""Asks for jobs on the database of the environment: `ask.py count 3 '{"steps": 5}'` asks for three."""

import json
import sys

import django


def main(name: str, times: int, arguments: str) -> None:
    """Bring the database up to date and ask."""
    django.setup()
    from django.core.management import call_command

    from dudao.web.background.actions import cancel, enqueue
    from dudao.web.background.models import Job
    from dudao.web.people.models import User
    from tests.web.jobbing import jobs

    if name == "cancel":
        for row in Job.objects.filter(state="running"):
            cancel(by=User.objects.get(), job=row)
        return
    call_command("migrate", verbosity=0, interactive=False)
    by, _ = User.objects.get_or_create(username="clerk", defaults={"name": "某"})
    for number in range(times):
        given = json.loads(arguments.replace("NUMBER", f"{number:03d}"))
        enqueue(getattr(jobs, name), by=by, region=None, arguments=given)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
