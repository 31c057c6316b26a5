"""The only two system administrators remove each other at the same moment; run against the database of DATABASE_URL.

Prints one line of JSON: for each way to remove, what both were told and how many administrators were left, again
and again.
"""

import json
import threading
from collections.abc import Callable
from datetime import date, timedelta

import django

TRIES = 8


def main() -> None:
    """Let each way be tried and print what came of it."""
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from dudao.web.people.actions.accounts import set_active
    from dudao.web.people.actions.grants import NewGrant, end_role, give_role
    from dudao.web.people.models import Grant, Region, User
    from dudao.web.people.queries import remaining_system_administrators
    from dudao.workflow.machine import Role

    call_command("migrate", verbosity=0)
    province = Region.add_root(code="990000", name="示范省", level="province")
    today = timezone.localdate()

    def close(by: User, user: User) -> None:
        set_active(by=by, user=user, active=False, reason="同时互相停用")

    def take_back(by: User, user: User) -> None:
        end_role(by=by, grant=Grant.objects.get(user=user), reason="同时互相收回")

    def limit(by: User, user: User) -> None:
        new = NewGrant(Role.SYSTEM_ADMINISTRATOR, province, ends=today + timedelta(days=1))
        give_role(by=by, user=user, new=new, reason="同时互相设置截止")

    told: dict[str, list[list[object]]] = {}
    for way in (close, take_back, limit):
        for number in range(TRIES):
            Grant.objects.update(ends=today - timedelta(days=1), starts=date(2020, 1, 1))
            two = [User.objects.create_user(f"{way.__name__}{number}{side}", "", "x") for side in "ab"]
            for user in two:
                Grant.objects.create(user=user, role=Role.SYSTEM_ADMINISTRATOR, region=province)
            answers = _at_once(way, two[0], two[1])
            told.setdefault(way.__name__, []).append([sorted(answers), remaining_system_administrators(today)])
    print(json.dumps(told))  # noqa: T201 - the answer of this program


def _at_once(way: Callable[..., None], one: object, other: object) -> list[str]:
    from django.db import connection

    from dudao.web.refusals import NotAllowedError, NotPossibleError

    gate = threading.Barrier(2)
    answers = ["", ""]

    def run(number: int, by: object, user: object) -> None:
        gate.wait()
        try:
            way(by, user)
            answers[number] = "done"
        except (NotPossibleError, NotAllowedError):
            answers[number] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=args) for args in ((0, one, other), (1, other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    main()
