"""Nobody reads, learns of or changes evidence beyond their reach, whatever address they ask."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import submission
from dudao.web.evaluations.models import Answer, PointScore
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence, Revision, Support
from dudao.web.evidence.supports import support
from dudao.web.evidence.urls import urlpatterns
from dudao.web.people.models import Department, Grant, Region, User
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, MakePerson, SignIn, World
from tests.web.evidence_round import ITEM, LIBRARY, EvidenceRound, open_round, received

SECRET = "只有本部门知道的材料"


@pytest.fixture
def city(world: World, person: MakePerson) -> EvidenceRound:
    return open_round(world, person)


def submit(city: EvidenceRound) -> None:
    for score in PointScore.objects.filter(answer__assessment=city.assessment):
        score.points = 1
        score.save()
    Answer.objects.filter(assessment=city.assessment).update(state="accepted")
    city.assessment.refresh_from_db()
    submission.submit_assessment(by=city.clerk, assessment=city.assessment, password=PASSWORD)


def test_the_level_above_reads_what_was_submitted_and_only_that(city: EvidenceRound, signed_in: SignIn) -> None:
    used = received(city.officer, city.world.finance, "报送时的版本")
    unused = received(city.officer, city.world.finance, "没有引用的材料", secrecy="public")
    support(by=city.officer, evidence=used, answer=city.answer())
    sent = used.revisions.get()
    above = signed_in(city.province)
    assert above.get(LIBRARY).status_code == 404
    submit(city)
    later = actions.revise(by=city.officer, evidence=used, raw="报送后的版本".encode(), name="新.txt")
    assert "报送时的版本" in above.get(f"{LIBRARY}{used.pk}/").content.decode()
    assert "报送后的版本" not in above.get(f"{LIBRARY}{used.pk}/?revision={later.pk}").content.decode()
    assert above.get(f"{LIBRARY}{used.pk}/files/{sent.pk}/").status_code == 200
    assert above.get(f"{LIBRARY}{used.pk}/files/{later.pk}/").status_code == 404
    assert above.get(f"{LIBRARY}{unused.pk}/").status_code == 404
    assert above.post(f"{LIBRARY}{used.pk}/remove/").status_code == 403
    city.assessment.refresh_from_db()
    submission.send_back(by=city.province, assessment=city.assessment, reason="请补充决算说明材料")
    Answer.objects.filter(assessment=city.assessment).update(state="returned")
    actions.remove(by=city.clerk, evidence=used)
    assert above.get(f"{LIBRARY}{used.pk}/files/{sent.pk}/").status_code == 200  # what was submitted stays readable


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person of a random role may do with the secret piece, told without the code under test."""

    role: Role
    region: str
    department: str

    @property
    def reads(self) -> bool:
        if self.role is Role.SUPERVISION_CLERK:
            return self.region in ("city", "province")
        return self.role is Role.DEPARTMENT_OFFICER and self.department == "finance"


def reaches() -> st.SearchStrategy[Reach]:
    return st.builds(
        Reach,
        st.sampled_from(sorted(Role)),
        st.sampled_from(["province", "city", "county", "other_province", "other_city"]),
        st.sampled_from(["finance", "education", "other_finance"]),
    ).filter(lambda reach: reach.role is not Role.DEPARTMENT_OFFICER or fits(reach))


def fits(reach: Reach) -> bool:
    return reach.region == ("other_city" if reach.department == "other_finance" else "city")


def addresses(city: EvidenceRound, piece: Evidence, revision: Revision, use: Support) -> Iterator[tuple[str, bool]]:
    """Yield every address of the app, and whether it is about the one piece."""
    place = {"year": 2022, "region": city.world.city.code, "task": "duty"}
    known = place | {"item": ITEM, "pk": piece.pk, "revision": revision.pk, "support": use.pk}
    for route in urlpatterns:
        names = set(route.pattern.converters)
        address = reverse(f"evidence:{route.name}", kwargs={name: known[name] for name in names})
        yield address, "pk" in names or "support" in names


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reach=reaches())
def test_no_address_betrays_or_changes_evidence_beyond_reach(city: EvidenceRound, reach: Reach) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            probe(city, reach)
        finally:
            transaction.savepoint_rollback(point)


def probe(city: EvidenceRound, reach: Reach) -> None:
    piece = received(city.officer, city.world.finance, SECRET)
    support(by=city.officer, evidence=piece, answer=city.answer())
    before = (Evidence.objects.count(), Support.objects.count(), Revision.objects.count())
    region: Region = getattr(city.world, reach.region)
    department: Department | None = (
        getattr(city.world, reach.department) if reach.role is Role.DEPARTMENT_OFFICER else None
    )
    user = User.objects.create_user("random", "random@example.org", PASSWORD, name="某人")
    Grant.objects.create(user=user, role=reach.role, region=region, department=department)
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="dudao.web.people.accounts.Accounts")
    for address, about_the_piece in addresses(city, piece, piece.revisions.get(), piece.supports.get()):
        lists = address in (LIBRARY, f"{LIBRARY}items/{ITEM}/")
        for query in ("", f"?show={piece.pk}&q={SECRET}", "?removed=1", "?choose&q=") if lists else ("",):
            shown = client.get(address + query)
            assert shown.status_code in (200, 302, 403, 404, 405, 422), (address, shown.status_code)
            if not reach.reads:
                body = shown.content.decode(errors="replace").replace(f'value="{SECRET}"', "")
                assert SECRET not in body, (reach, address + query)
                assert not (about_the_piece and shown.status_code == 200), (reach, address)
        if not reach.reads:
            given = {"title": "改", "secrecy": "public", "evidence": piece.pk, "department": city.world.finance.pk}
            files = SimpleUploadedFile("改.txt", b"changed")
            answer = client.post(address, given | {"file": files, "files": SimpleUploadedFile("b.txt", b"other")})
            brings = reach.role is Role.SCHOOL_SUPERVISOR and reach.region in ("city", "province")
            if not (brings and address.endswith("upload/")):
                assert answer.status_code in (403, 404, 405, 422), (reach, address, answer.status_code)
                assert (Evidence.objects.count(), Support.objects.count(), Revision.objects.count()) == before
            else:
                before = (Evidence.objects.count(), Support.objects.count(), Revision.objects.count())
    piece.refresh_from_db()
    if not reach.reads:
        assert (piece.title, piece.secrecy, piece.removed_at) == (SECRET, "internal", None)
        assert not Event.objects.filter(action="evidence.download").exists()
    else:
        assert Event.objects.filter(action="evidence.download").exists()
