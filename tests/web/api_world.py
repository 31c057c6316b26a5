"""A small round in a database of its own, with a token of a person of every role: for scripts outside of pytest."""

from dataclasses import dataclass

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import FactValue
from dudao.web.evidence import actions as evidence
from dudao.web.people.actions import tokens
from dudao.web.people.models import Department, Grant, Region, User
from dudao.web.people.scopes import Scope
from dudao.web.schools.actions import imports, snapshots
from dudao.workflow.machine import Role
from tests.web.conftest import opened_round
from tests.web.school_files import school, workbook

PASSWORD = "a-good-long-password-1"
ITEM = "3.10"


@dataclass(frozen=True, slots=True)
class ApiWorld:
    """The assessment of a city, the secret of a token for each role, and keys that exist, by parameter."""

    assessment: int
    secrets: dict[Role, str]
    keys: dict[str, str]


def build() -> ApiWorld:
    """Build the round; call it once in a migrated, empty database."""
    province = Region.add_root(code="990000", name="示范省", level="province")
    city = province.add_child(code="990100", name="云州市", level="city")
    county = city.add_child(code="990101", name="临河县", level="county")
    finance = Department.objects.create(region=city, name="市财政局")
    people = {}
    for role in Role:
        place = province if role in {Role.PROVINCIAL_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR} else city
        people[role] = User.objects.create_user(role.value, f"{role.value}@example.org", PASSWORD, name=role.value)
        department = finance if role is Role.DEPARTMENT_OFFICER else None
        Grant.objects.create(user=people[role], role=role, region=place, department=department)
    head = people[Role.PROVINCIAL_ADMINISTRATOR]
    assessment = opened_round("liaoning-city-2022", 2022, head, province, city)
    scheme = assessment.round.scheme
    piece = evidence.receive(
        by=people[Role.SUPERVISION_CLERK],
        department=finance,
        raw="关于教育经费的通知".encode(),
        name="通知.txt",
        description=evidence.Description(),
    )
    brought = imports.receive(
        by=people[Role.SUPERVISION_CLERK],
        region=county,
        year=2022,
        kind="schools",
        raw=workbook([school(1), school(2)]),
        name="学校.xlsx",
    )
    snapshots.take(by=people[Role.SUPERVISION_CLERK], row=imports.read(by=people[Role.SUPERVISION_CLERK], row=brought))
    secrets = {
        role: tokens.create(by=user, name="测试", scopes=list(Scope), days=30, password=PASSWORD).secret
        for role, user in people.items()
    }
    asked = next(each for each in items_of(scheme_of(scheme)) if each.id == ITEM)
    fact = FactValue.objects.filter(region=city, name__in=asked.inputs, period="2022")[0]
    keys = {
        "path.key": assessment.pk,
        "path.item": ITEM,
        "path.point": asked.points[0].id,
        "path.fact": fact.pk,
        "path.piece": piece.pk,
        "path.revision": piece.revisions.all()[0].pk,
        "path.slug": scheme.slug,
        "path.version": scheme.version,
        "path.code": county.code,
    }
    return ApiWorld(assessment.pk, secrets, {name: str(key) for name, key in keys.items()})
