"""The API gives nobody anything from outside the places and departments given: random people, every operation."""

import json
import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dudao.web.api.document import document
from dudao.web.audit.models import Event
from dudao.web.background.models import Job
from dudao.web.document_checks.models import Report
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, Duty, FactValue, PointScore, Round
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import Grant, Region, User
from dudao.workflow.machine import Role
from tests.web.api_client import ApiClient, client_of
from tests.web.conftest import PASSWORD
from tests.web.evidence_round import received
from tests.web.test_access_everywhere import FIXED, Everything, build, lineage, mark, state_of

PLACES = sorted(FIXED)
GRANTS = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.sampled_from(PLACES), st.sampled_from(["", "", "past", "future"])),
    min_size=1,
    max_size=3,
    unique_by=lambda grant: (grant[0], grant[1]),
)

OPERATIONS = sorted(
    (method.upper(), path.removeprefix("/api/v1"), operation["operationId"])
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
)
BODIES: dict[str, Any] = {
    "save_note": {"note": "越权"},
    "save_points": {"points": "1"},
    "save_choices": {"choices": [{"key": "cases", "value": "没有"}]},
    "save_fact": {"value": "1", "source": "越权"},
    "save_outcome_fact": {"region": "960100", "name": "falsification", "period": "2022", "value": "是"},
    "move_item": {"event": "submit", "reason": "越过权限的写入"},
}


@pytest.fixture
def with_evidence(db: None) -> Everything:
    everything = build(FIXED)
    for code in ("970100", "970200", "960100"):
        region = Region.objects.get(code=code)
        officer = User.objects.create_user(f"officer-{code}", "", PASSWORD, name=mark(code) + "员")
        department = everything.departments[code]
        Grant.objects.create(user=officer, role=Role.DEPARTMENT_OFFICER, region=region, department=department)
        received(officer, department, mark(code) + "的材料")
        Job.objects.create(kind="test", title=mark(code) + "的后台任务", by=officer, region=region)
    return everything


def addresses(path: str, code: str) -> list[str]:
    """What an address of an operation is for the region of a code: keys of what there is of that region."""
    if path.startswith("/regions/{code}"):
        return [path.replace("{code}", code) + "?year=2022"]
    assessment = Assessment.objects.filter(region__code=code).select_related("round__scheme").first()
    if assessment is None:
        return [] if "{" in path else [path]
    asked = next(each for each in items_of(scheme_of(assessment.round.scheme)) if each.id == "3.10")
    fact = FactValue.objects.filter(region__code=code, name__in=asked.inputs, period="2022").first()
    score = PointScore.objects.filter(answer__assessment=assessment, answer__item="3.10").first()
    evidence = Evidence.objects.filter(region__code=code).first()
    revision = evidence.revisions.first() if evidence else None
    round_ = Round.objects.get(pk=assessment.round_id)
    values = {
        "key": str(round_.pk if path.startswith("/rounds") else assessment.pk),
        "slug": round_.scheme.slug,
        "version": str(round_.scheme.version),
        "report": str(Report.objects.filter(assessment=assessment).values_list("pk", flat=True).first() or 1),
        "item": "3.10",
        "point": score.point if score else "1",
        "fact": str(fact.pk if fact else 1),
        "piece": str(evidence.pk if evidence else 1),
        "revision": str(revision.pk if revision else 1),
        "job": str(Job.objects.filter(region__code=code).values_list("pk", flat=True).first() or uuid.uuid4()),
    }
    return [re.sub(r"\{(\w+)\}", lambda found: values[found[1]], path)]


def ask(api: ApiClient, method: str, path: str, operation: str, department: int) -> Any:
    if operation in {"upload_evidence", "check_document", "import_worksheet"}:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return api.send(path, {"file": SimpleUploadedFile("a.txt", "越权".encode()), "department": department})
    return api.request(method, path, BODIES.get(operation), If_Match='"0"')


def attempt(everything: Everything, held: list[tuple[Role, str, str]], target: str) -> None:
    cache.clear()
    person = User.objects.create_user("explorer", "", PASSWORD, name="探路人")
    reached: set[str] = set()
    for role, code, when in held:
        dates = {"past": {"ends": date(2020, 1, 1)}, "future": {"starts": date(2999, 1, 1)}}.get(when, {})
        department = everything.departments[code] if role is Role.DEPARTMENT_OFFICER else None
        region = Region.objects.get(code=code)
        Grant.objects.create(user=person, role=role, region=region, department=department, **dates)
        if not when:
            reached |= {place for place in PLACES if code in lineage(place, FIXED)}
    above = set().union(*(lineage(code, FIXED) for code in reached)) if reached else set()
    hidden, untouched = set(PLACES) - reached - above, set(PLACES) - reached
    before = state_of(untouched)
    api = client_of(person)
    for method, path, operation in OPERATIONS:
        for address in addresses(path, target):
            answer = ask(api, method, address, operation, everything.departments[target].pk)
            assert answer.status_code < 500, (method, address, answer.content)
            text = answer.content.decode("utf-8", "replace")
            assert {code for code in hidden if mark(code) in text} == set(), (method, address, held)
            if target in hidden and "{" in path and "{slug}" not in path:
                assert answer.status_code in {403, 404, 422}, (method, address, held)
    assert state_of(untouched) == before


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(held=GRANTS, target=st.sampled_from(sorted(PLACES)))
def test_nobody_reaches_beyond_the_places_given(
    with_evidence: Everything, held: list[tuple[Role, str, str]], target: str
) -> None:
    with transaction.atomic():
        attempt(with_evidence, held, target)
        transaction.set_rollback(True)


def test_no_role_reaches_the_next_province(with_evidence: Everything) -> None:
    attempt(with_evidence, [(role, "970000", "") for role in Role], "960100")


def test_what_is_within_reach_is_given(with_evidence: Everything) -> None:
    """So that the tests above do not pass because nothing is given to anybody."""
    attempt(with_evidence, [(Role.SUPERVISION_CLERK, "970100", "")], "970100")
    api = client_of(User.objects.get(username="explorer"))
    assessment = Assessment.objects.get(region__code="970100")
    assert mark("970100") in api.get(f"/assessments/{assessment.pk}/items/3.10").content.decode()
    assert api.get(f"/assessments/{assessment.pk}/evidence").json()["count"] >= 1
    assert Event.objects.filter(actor="explorer", action="evaluations.answer.note").exists()


def test_an_officer_reads_and_writes_for_the_own_department_alone(with_evidence: Everything) -> None:
    """Every item, figure and piece of evidence of another department stays out of what is answered."""
    code = "970100"
    department = with_evidence.departments[code]
    other = type(department).objects.create(region=department.region, name="另一部门")
    officer = User.objects.create_user("of-one", "", PASSWORD, name="一局的人")
    Grant.objects.create(user=officer, role=Role.DEPARTMENT_OFFICER, region=department.region, department=department)
    assessment = Assessment.objects.get(region__code=code)
    Duty.objects.filter(assessment=assessment).delete()
    items = list(Answer.objects.filter(assessment=assessment).order_by("item").values_list("item", flat=True))
    for place, item in enumerate(items):
        owner = department if place % 2 else other
        Duty.objects.create(assessment=assessment, item=item, department=owner, lead=True)
        Answer.objects.filter(assessment=assessment, item=item).update(note=f"{owner.pk}号部门的话")
    api = client_of(officer)
    base = f"/assessments/{assessment.pk}"
    own = set(items[1::2])
    assert {row["item"] for row in api.get(f"{base}/items?limit=200").json()["results"]} == own
    assert all(set(fact["items"]) <= own for fact in api.get(f"{base}/facts?limit=200").json()["results"])
    for item in set(items) - own:
        for method, path, operation in OPERATIONS:
            if "{item}" not in path:
                continue
            address = addresses(path.replace("{item}", item), code)[0]
            answer = ask(api, method, address, operation, department.pk)
            assert answer.status_code in {403, 404}, (method, address, answer.content)
            assert f"{other.pk}号部门的话" not in answer.content.decode()
    told = json.dumps([api.get(base).json(), api.get(f"{base}/progress").json()], ensure_ascii=False)
    assert other.name not in told
