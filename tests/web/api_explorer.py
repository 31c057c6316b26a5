"""Asks the API, as a person of every role, whatever its own document allows and forbids; run on its own.

Prints one line of JSON: for each role how many requests were made, and everything found wrong.
"""

import json
import sys
import threading
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django

if TYPE_CHECKING:
    from dudao.workflow.machine import Role
    from tests.web.api_world import ApiWorld

CONFIG: dict[str, Any] = {
    "seed": 20220818,
    "suppress-health-check": ["all"],
    "generation": {"max-examples": 4, "mode": "all", "no-shrink": True, "deterministic": True},
    "phases": {"stateful": {"enabled": False}},
    "checks": {
        # a value may be of the right form and still not be right: a unit of another kind, a day after the end
        "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "412", "422"]},
        "missing_required_header": {"expected-statuses": ["400", "401", "403", "404", "422", "428"]},
    },
}
THOROUGH = "supervision_clerk"
"""The role that may do most is asked at the edges of every value as well; they are the same for everybody."""


def main(roles: list[str]) -> None:
    """Build a small round, ask as each role, print what was found."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from dudao.web.wsgi import application
    from dudao.workflow.machine import Role
    from tests.web.api_world import build

    setup_test_environment()
    settings.API_PER_MINUTE = 1_000_000
    call_command("migrate", verbosity=0)
    world = build()
    with make_server("127.0.0.1", 0, application, Threads, Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        told = {role: explore(address, world, Role(role)) for role in roles}
        server.shutdown()
    print(json.dumps(told))  # noqa: T201 - read by the test


class Threads(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Answers without a line on the screen for each request."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def explore(address: str, world: "ApiWorld", role: "Role") -> dict[str, Any]:
    """Return how many requests were made as a role, how they were answered, and what was found wrong, each once."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import from_schema
    from schemathesis.engine.events import NonFatalError, ScenarioFinished

    thorough = role.value == THOROUGH
    settings = {
        **CONFIG,
        "phases": {**CONFIG["phases"], "coverage": {"enabled": thorough}},
        "headers": {"Authorization": f"Bearer {world.secrets[role]}"},
        # keys that exist, so that more is answered than 404; the thorough run makes up its own
        "parameters": {} if thorough else world.keys,
    }
    config = SchemathesisConfig.from_dict(settings)
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
    requests = 0
    statuses: dict[str, int] = {}
    findings: set[str] = set()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            findings.add(f"{event.label}: {event.value!r}")
        if not isinstance(event, ScenarioFinished):
            continue
        for interaction in event.recorder.interactions.values():
            requests += 1
            status = str(interaction.response.status_code if interaction.response else 0)
            statuses[status] = statuses.get(status, 0) + 1
        for case, checks in event.recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    known = event.recorder.interactions.get(case)
                    asked = f"{known.request.method} {known.request.uri}" if known else ""
                    failure = check.failure_info.failure
                    findings.add(f"{event.label} [{check.name}] {failure.title}: {failure.message} ({asked})"[:900])
    return {"requests": requests, "statuses": statuses, "findings": sorted(findings)}


if __name__ == "__main__":
    main(sys.argv[1:])
