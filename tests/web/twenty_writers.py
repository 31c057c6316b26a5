"""Twenty people save the same item at once; run on its own against the database named by DATABASE_URL.

Prints one line of JSON: what each was answered, what stands there in the end, whether the trail is whole.
"""

import json
import threading
from collections.abc import Callable
from datetime import date

import django

PEOPLE = 20


def main() -> None:
    """Build a small round, let everybody save, print what came of it."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from dudao.packs.find import find_pack
    from dudao.web.audit.models import Event
    from dudao.web.audit.queries import verify
    from dudao.web.evaluations.actions import rounds, schemes
    from dudao.web.evaluations.convert import files_of_pack
    from dudao.web.evaluations.models import Answer, FactValue
    from dudao.web.people.models import Grant, Region, User
    from dudao.workflow.machine import Role

    setup_test_environment()
    call_command("migrate", verbosity=0)
    province = Region.add_root(code="990000", name="示范省", level="province")
    city = province.add_child(code="990100", name="云州市", level="city")
    boss = User.objects.create_user("boss", "boss@example.org", "x", name="boss")
    Grant.objects.create(user=boss, role=Role.PROVINCIAL_ADMINISTRATOR, region=province)
    scheme = schemes.keep_draft(by=boss, region=province, files=files_of_pack(find_pack("liaoning-city-2022")))
    schemes.publish(by=boss, row=scheme)
    scheme.refresh_from_db()
    day = date(2022, 7, 1)
    rounds.open_round(
        by=boss,
        scheme=scheme,
        region=province,
        year=2022,
        title="自评",
        stages={"departments": (day, day)},
        regions=[city],
        today=day,
    )
    clients = []
    for number in range(PEOPLE):
        user = User.objects.create_user(f"clerk{number}", f"{number}@example.org", "x", name=f"clerk{number}")
        Grant.objects.create(user=user, role=Role.SUPERVISION_CLERK, region=city)
        client = Client(raise_request_exception=False)
        client.force_login(user, backend="dudao.web.people.accounts.Accounts")
        clients.append(client)
    page = "/2022/990100/duty/self/3.10/"
    headers = {"HX-Request": "true"}
    fact = FactValue.objects.get(region=city, name="education_spending_growth", period="2022")

    def note(number: int) -> tuple[int, bool]:
        sent = f"第 {number} 人的说明"
        answer = clients[number].post(f"{page}note/", {"note": sent, "version": 0}, headers=headers)
        return answer.status_code, answer.status_code == 200 or sent in answer.content.decode()

    def figure(number: int) -> tuple[int, bool]:
        sent = f"1.{number:02d}"
        address = f"{page}facts/{fact.pk}/"
        answer = clients[number].post(address, {"value": sent, "version": 0, "confirmed": "yes"}, headers=headers)
        return answer.status_code, answer.status_code == 200 or sent in answer.content.decode()

    def insist(number: int) -> tuple[int, bool]:
        """Save on top of what stands there, again and again as a person would, until it is taken."""
        for _ in range(200):
            version = Answer.objects.values_list("version", flat=True).get(item="3.10")
            sent = {"note": f"第 {number} 人坚持的说明", "version": version}
            answer = clients[number].post(f"{page}note/", sent, headers=headers)
            if answer.status_code != 409:
                return answer.status_code, True
        return 409, False

    told = {name: _at_once(work) for name, work in (("note", note), ("figure", figure), ("insist", insist))}
    connection.close()
    events = Event.objects.filter(action="evaluations.answer.note").order_by("sequence")
    answer = Answer.objects.get(item="3.10")
    fact.refresh_from_db()
    texts = [event.after["note"] for event in events]
    result = {
        **told,
        "versions": [answer.version, fact.version],
        "texts": texts,
        "last_is_kept": bool(texts) and texts[-1] == answer.note,
        "breaks": len(verify()),
    }
    print(json.dumps(result))  # noqa: T201 - the answer of this program


def _at_once(work: Callable[[int], tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Run the work of all people at the same moment and return what each was answered."""
    from django.db import connection

    gate = threading.Barrier(PEOPLE)
    answers: list[tuple[int, bool]] = [(0, False)] * PEOPLE

    def run(number: int) -> None:
        gate.wait()
        try:
            answers[number] = work(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    main()
