"""Many ask for the same write with the same key at once; run on its own against the database of DATABASE_URL.

Prints one line of JSON: what each was answered, and what stands there in the end.
"""

import json
from concurrent.futures import ThreadPoolExecutor

import django


def main() -> None:
    """Build a small round, let everybody write, print what came of it."""
    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client
    from django.test.utils import setup_test_environment

    from dudao.web.api.models import KeptResponse
    from dudao.web.audit.models import Event
    from dudao.web.evaluations.models import Answer
    from dudao.workflow.machine import Role
    from tests.web.api_world import ITEM, build

    setup_test_environment()
    call_command("migrate", verbosity=0)
    world = build()
    address = f"/api/v1/assessments/{world.assessment}/items/{ITEM}/note"
    secret = world.secrets[Role.SUPERVISION_CLERK]

    def write(key: str, text: str, version: int) -> tuple[int, str, bool]:
        headers = {
            "Authorization": f"Bearer {secret}",
            "If-Match": f'"{version}"',
            "Idempotency-Key": key,
        }
        try:
            answer = Client().put(address, json.dumps({"note": text}), content_type="application/json", headers=headers)
            return answer.status_code, answer.content.decode(), "Idempotency-Replayed" in answer
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        same = list(pool.map(lambda _: write("same", "同一段话", 0), range(20)))
    written = Event.objects.filter(action="evaluations.answer.note").count()
    with ThreadPoolExecutor(10) as pool:
        different = list(pool.map(lambda number: write(f"key-{number}", f"第 {number} 段话", 1), range(10)))
    print(  # noqa: T201 - read by the test
        json.dumps(
            {
                "same": same,
                "written": written,
                "different": [status for status, _, _ in different],
                "version": Answer.objects.get(assessment_id=world.assessment, item=ITEM).version,
                "kept": KeptResponse.objects.count(),
            }
        )
    )


if __name__ == "__main__":
    main()
