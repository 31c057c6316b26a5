"""The round of the fault tests: who is in it, how they save and upload, and what must hold afterwards."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.web.live import Answered, Visitor, program

DEMO = {"DUDAO_DEMO": "1"}  # passwords are quick there; everything else is as it is in earnest
PASSWORD = "a-good-long-password-1"
PAGE = "/2022/990100/duty/self/3.10/"
UPLOAD = "/2022/990100/duty/evidence/upload/"

BUILD = f"""
from datetime import date
from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.people.models import Department, Grant, Region, User
from dudao.workflow.machine import Role
province = Region.add_root(code="990000", name="示范省", level="province")
city = province.add_child(code="990100", name="云州市", level="city")
finance = Department.objects.create(region=city, name="市财政局")
def person(name, role, region, department=None):
    user = User.objects.create_user(name, "", {PASSWORD!r}, name=name)
    Grant.objects.create(user=user, role=role, region=region, department=department)
    return user
boss = person("boss", Role.PROVINCIAL_ADMINISTRATOR, province)
person("clerk", Role.SUPERVISION_CLERK, city)
person("officer", Role.DEPARTMENT_OFFICER, city, finance)
scheme = schemes.keep_draft(by=boss, region=province, files=files_of_pack(find_pack("liaoning-city-2022")))
schemes.publish(by=boss, row=scheme)
scheme.refresh_from_db()
day = date(2022, 7, 1)
rounds.open_round(by=boss, scheme=scheme, region=province, year=2022, title="自评",
                  stages={{"departments": (day, day)}}, regions=[city], today=day)
"""

_LOOK = """
import json
from pathlib import Path
from django.conf import settings
from dudao.web.audit.models import Event
from dudao.web.audit.queries import verify
from dudao.web.evaluations.models import Answer
from dudao.web.evidence.models import Evidence, Revision
from dudao.web.evidence.storage import content_of
answer = Answer.objects.get(item="3.10")
notes = [e.after["note"] for e in Event.objects.filter(action="evaluations.answer.note").order_by("sequence")]
kept = list(Revision.objects.values_list("name", "file_id"))
whole = [name for name, key in kept if content_of(key)]
told = Event.objects.filter(action="evidence.receive").count()
left = [str(path) for path in Path(settings.FILES_ROOT).rglob(".incoming-*")]
print(json.dumps({"note": answer.note, "version": answer.version, "notes": notes, "breaks": len(verify()),
                  "files": whole, "lost": len(kept) - len(whole), "pieces": Evidence.objects.count(), "told": told,
                  "left": left}))
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the database and the store."""

    note: str
    version: int
    notes: list[str]
    breaks: int
    files: list[str]
    lost: int
    pieces: int
    told: int
    left: list[str]

    def is_whole(self) -> bool:
        """Say whether nothing is half: every text with its event, every piece with its event and its content."""
        written = self.notes[-1] if self.notes else ""
        return (
            self.breaks == self.lost == 0
            and self.note == written
            and self.version == len(self.notes)
            and self.pieces == self.told == len(self.files)
        )


def standing(home: Path, **more: str) -> Standing:
    """Look at a home with a process of its own."""
    return Standing(**json.loads(program(home, _LOOK, **DEMO, **more).splitlines()[-1]))


@dataclass(slots=True)
class Writer:
    """Somebody who saves one text after the other, each on top of the one before, and remembers what was taken."""

    visitor: Visitor
    taken: list[str] = field(default_factory=list)
    refused: list[Answered] = field(default_factory=list)
    sent: str = ""

    def save(self) -> bool:
        """Send the next text; return whether it was taken. Raises OSError where nobody answers."""
        self.sent = f"第 {len(self.taken) + 1} 次的说明"
        answer = self.visitor.ask(
            "POST",
            f"{PAGE}note/",
            f"note={self.sent}&version={len(self.taken)}".encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"},
        )
        if answer.status == 200:
            self.taken.append(self.sent)
            return True
        self.refused.append(answer)
        return False


def upload(visitor: Visitor, name: str, content: bytes) -> Answered:
    """Upload a file as the form does."""
    page = visitor.get(UPLOAD).text
    found = re.search(r'name="department".*?value="(\d+)"', page, re.DOTALL)
    assert found, page[:2000]
    parts = [("department", "", found[1].encode()), ("secrecy", "", b"internal"), ("files", name, content)]
    body = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{key}"'.encode()
        + (f'; filename="{file}"'.encode() if file else b"")
        + b"\r\n\r\n"
        + value
        + b"\r\n"
        for key, file, value in parts
    )
    return visitor.ask("POST", UPLOAD, body + b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"})
