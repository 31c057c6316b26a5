"""A round with evidence, for the tests of its pages and of who may read what."""

import io
from dataclasses import dataclass
from datetime import date

import docx

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import Department, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World

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
    files = files_of_pack(find_pack("liaoning-city-2022"))
    scheme = schemes.keep_draft(by=province, region=world.province, files=files)
    schemes.publish(by=province, row=scheme)
    scheme.refresh_from_db()
    made = rounds.open_round(
        by=province,
        scheme=scheme,
        region=world.province,
        year=2022,
        title="2022 年度市级自评",
        stages={"departments": (date(2022, 7, 1), date(2022, 8, 18))},
        regions=[world.city],
        today=date(2022, 7, 1),
    )
    return EvidenceRound(
        world,
        made.assessments.select_related("region", "round__scheme").get(),
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
