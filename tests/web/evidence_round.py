"""A round with evidence, for the tests of its pages and of who may read what."""

import io
from dataclasses import dataclass

import docx

from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import Department, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World, opened_round

ITEM = "3.10"
LIBRARY = "/2022/990100/duty/evidence/"


@dataclass(frozen=True, slots=True)
class EvidenceRound:
    """The city's assessment, and people of both departments, of the level above, and from elsewhere."""

    world: World
    assessment: Assessment
    province: User
    clerk: User
    officer: User
    colleague: User
    outsider: User

    def answer(self, item: str = ITEM) -> Answer:
        return Answer.objects.select_related("assessment__region", "assessment__round__scheme").get(
            assessment=self.assessment, item=item
        )


def open_round(world: World, person: MakePerson) -> EvidenceRound:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    made = opened_round("liaoning-city-2022", 2022, province, world.province, world.city)
    return EvidenceRound(
        world,
        made,
        province,
        person("clerk", Role.SUPERVISION_CLERK, world.city),
        person("finance", Role.DEPARTMENT_OFFICER, world.city, world.finance),
        person("education", Role.DEPARTMENT_OFFICER, world.city, world.education),
        person("outsider", Role.SUPERVISION_CLERK, world.other_city),
    )


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def received(by: User, department: Department, text: str, **described: object) -> Evidence:
    """Keep a small text as evidence."""
    description = actions.Description(**described)  # type: ignore[arg-type]  # named fields of the test
    return actions.receive(
        by=by, department=department, raw=text.encode(), name=f"{text[:20]}.txt", description=description
    )
