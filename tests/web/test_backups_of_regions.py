"""The backup of one region holds what is its own, whole enough to be restored, and nothing of anybody else."""

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dudao.web.audit.models import Event
from dudao.web.backups.handing_over import ask_for_region
from dudao.web.backups.rows import columns_of
from dudao.web.backups.schema import applied, models_at
from dudao.web.backups.subtree import FILES, RULES, Subtree
from dudao.web.content_store.places import holdings
from dudao.web.document_checks.models import Note, Report
from dudao.web.people.models import Grant, Region, User
from dudao.web.refusals import NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World
from tests.web.databases import FILE, copied_file
from tests.web.test_access_everywhere import FIXED, build, lineage, trees
from tests.web.test_backups import _dudao, _python

Rows = Mapping[str, list[dict[str, Any]]]


def tree_of(code: str) -> Subtree:
    models = {model._meta.label_lower: model for model in models_at(applied())}
    return Subtree(code, Region.objects.get(code=code).path, models, timezone.now())


def rows_of(tree: Subtree) -> Rows:
    """All rows of the backup, as they stand in it."""
    return {
        label: [
            dict(zip((each.attname for each in columns_of(model)), json.loads(line), strict=True))
            for line in tree.lines(model)
        ]
        for label, model in tree.models.items()
    }


def test_every_table_has_a_rule() -> None:
    """A new table is refused by the backup of a region until somebody says what of it belongs to one."""
    tables = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    left_out = {"sessions.session", "people.signedindevice", "axes.accessattempt", "axes.accessattemptexpiration"}
    assert tables - left_out == set(RULES)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.generate,),
)
@given(places=trees(), number=st.integers(0, 20))
def test_nothing_of_other_regions_is_in_the_backup_of_one(db: None, places: dict[str, str], number: int) -> None:
    with transaction.atomic():
        build(places)
        codes = sorted(places)
        holds_its_own_alone(codes[number % len(codes)], places)
        transaction.set_rollback(True)


@pytest.mark.parametrize("code", ["970000", "970100", "970101", "960100"])
def test_nothing_of_other_regions_is_in_any_backup_of_a_fixed_tree(db: None, code: str) -> None:
    build(FIXED)
    reviewer = User.objects.create_user("reviewer", "r@example.org", "a-good-long-password-1", name="复核员")
    Grant.objects.create(user=reviewer, role=Role.REVIEWER, region=Region.objects.get(code="970100"))
    wanderer = User.objects.create_user("wanderer", "w@example.org", "a-good-long-password-1", name="两处任职")
    for place in ("970101", "960101"):
        Grant.objects.create(user=wanderer, role=Role.LEADER, region=Region.objects.get(code=place))
    for report in Report.objects.all():
        Note.objects.create(report=report, key="k", by=reviewer, text="只给上级看的笔记", at=timezone.now())
    holds_its_own_alone(code, FIXED)
    told = rows_of(tree_of(code))
    notes = {each["report_id"] for each in told["document_checks.note"]}
    own = set(Report.objects.filter(assessment__region__code=code).values_list("pk", flat=True))
    assert not notes & own  # what the level above notes of a region's reports is not the region's
    text = json.dumps(told["people.user"])
    assert "w@example.org" not in text
    assert ("r@example.org" in text) == (code == "970000")


def holds_its_own_alone(code: str, places: dict[str, str]) -> None:
    tree = tree_of(code)
    told = rows_of(tree)
    within = {each for each in places if code in lineage(each, places)}
    known = within | lineage(code, places)
    everything = json.dumps(told, ensure_ascii=False)
    named = set(re.findall(r"密(\d{6})密", everything))
    assert named <= known
    assert named >= within
    usernames = {each["username"] for each in told["people.user"]}
    assert {each for each in usernames if each.startswith("someone-")} == {f"someone-{each}" for each in within}
    for each in told["people.user"]:
        if each["username"].startswith("elsewhere-"):
            assert (each["email"], each["phone"], each["password"], each["is_active"]) == ("", "", "!", False)
    assert {each["region"] for each in told["audit.event"]} <= within
    assert {each["code"] for each in told["people.region"]} == known
    for secret in ("people.apitoken", "people.invitation", "background.job", "notices.robotmessage"):
        assert told[secret] == []
    hangs_together(tree, told)
    files_are_its_own(tree, known, code)


def hangs_together(tree: Subtree, told: Rows) -> None:
    """Every row that a row names is there, too."""
    keys: dict[str, set[Any]] = defaultdict(set)
    for label, rows in told.items():
        keys[label] = {row[tree.models[label]._meta.pk.attname] for row in rows}
    for label, rows in told.items():
        for column in columns_of(tree.models[label]):
            if column.is_relation:
                target = column.related_model._meta.label_lower
                wanted = {row[column.attname] for row in rows} - {None}
                assert wanted <= keys[target], (label, column.attname)


def files_are_its_own(tree: Subtree, known: set[str], code: str) -> None:
    for holding in holdings():
        wanted, every = set(tree.files(holding.name)), set(holding.named())
        assert wanted <= every
        if len(known) == Region.objects.count() and not tree.path[4:]:
            assert wanted == every


def test_the_files_of_all_regions_together_are_those_that_rows_name(db: None) -> None:
    build(FIXED)
    trees_of_all = [tree_of(code) for code, above in FIXED.items() if not above]
    assert set(FILES) == {holding.name for holding in holdings()}
    for holding in holdings():
        assert {key for tree in trees_of_all for key in tree.files(holding.name)} == set(holding.named())


def test_only_who_reads_all_of_a_region_takes_its_backup_and_that_is_noted(world: World, person: MakePerson) -> None:
    person("clerk", Role.SUPERVISION_CLERK, world.city)
    person("above", Role.SUPERVISION_CLERK, world.province)
    person("system", Role.SYSTEM_ADMINISTRATOR, world.province)
    for username in ("clerk", "above", "system"):
        ask_for_region(by=username, region=world.city.code)
    events = Event.objects.filter(action="backups.region.take", region=world.city.code)
    assert list(events.order_by("sequence").values_list("actor", flat=True)) == ["clerk", "above", "system"]
    person("county", Role.SUPERVISION_CLERK, world.county)
    person("elsewhere", Role.SUPERVISION_CLERK, world.other_city)
    for role in set(Role) - {Role.SUPERVISION_CLERK, Role.SYSTEM_ADMINISTRATOR}:
        department = world.finance if role is Role.DEPARTMENT_OFFICER else None
        person(f"one-{role}", role, world.city, department)
    refused = [user.username for user in User.objects.filter(username__startswith="one-")]
    assert len(refused) == len(Role) - 2
    for username in ("county", "elsewhere", *refused):
        with pytest.raises(NotAllowedError):
            ask_for_region(by=username, region=world.city.code)
    closed = person("closed", Role.SUPERVISION_CLERK, world.city)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(NotAllowedError):
        ask_for_region(by="closed", region=world.city.code)
    with pytest.raises(NotPossibleError):
        ask_for_region(by="nobody", region=world.city.code)
    with pytest.raises(NotPossibleError):
        ask_for_region(by="clerk", region="000000")
    assert events.count() == 3


BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from dudao.web.evidence import actions
from dudao.web.people.models import Department, Grant, Region, User
province = Region.add_root(code="990000", name="示范省", level="province")
for number, (code, name) in enumerate([("990100", "云州市"), ("990200", "邻市")]):
    region = Region.objects.get(pk=province.pk).add_child(code=code, name=name, level="city")
    department = Department.objects.create(region=region, name=name + "财政局")
    user = User.objects.create_user("clerk" + code, code + "@example.org", "a-good-long-password-1", name=name + "某")
    Grant.objects.create(user=user, role="supervision_clerk", region=region)
    for each in range(3):
        actions.receive(by=user, department=department, raw=f"{name}第{each}份决算".encode(), name=f"{name}{each}.txt",
                        description=actions.Description())
"""
COUNT = """
import django
django.setup()
from dudao.web.audit.models import Event
from dudao.web.audit.queries import verify
from dudao.web.evidence import actions
from dudao.web.evidence.models import Evidence, StoredFile
from dudao.web.evidence.storage import content_of
from dudao.web.people.models import Department, Region, User
user = User.objects.get()
print(sorted(Region.objects.values_list("code", flat=True)), user.username,
      user.check_password("a-good-long-password-1"),
      sorted(content_of(each.pk).decode() for each in StoredFile.objects.all()), len(verify()))
actions.receive(by=user, department=Department.objects.get(), raw=b"new", name="n.txt",
                description=actions.Description())
print(Evidence.objects.count(), len(verify()))
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER audit_event_no_delete")
    cursor.execute("DELETE FROM audit_event WHERE sequence = (SELECT min(sequence) FROM audit_event)")
print([place.message for place in verify()])
"""


def test_a_region_is_handed_over_into_an_empty_place_that_goes_on_from_there(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home, place, archive = tmp_path / "all", tmp_path / "one", tmp_path / "one.zip"
    copied_file(tmp_path_factory, home / FILE)
    _python(home, BUILD)
    refused = _dudao(home, "backup", str(archive), "--region", "990100", "--by", "clerk990200")
    assert refused.returncode == 2
    assert not archive.exists()
    done = _dudao(home, "backup", str(archive), "--region", "990100", "--by", "clerk990100")
    assert (done.returncode, done.stderr) == (0, "")
    raw = archive.read_bytes()
    assert "邻市".encode() not in raw
    done = _dudao(place, "restore", str(archive))
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third = _python(place, COUNT).splitlines()
    assert first == (
        "['990000', '990100'] clerk990100 True ['云州市第0份决算', '云州市第1份决算', '云州市第2份决算'] 0"
    )
    assert second == "4 0"
    assert "摘录与取出时不符" in third
    whole = _dudao(home, "audit", "verify")
    assert whole.returncode == 0


OPENED = """
import django
django.setup()
from dudao.web.evidence.models import Evidence
from dudao.web.people.access import subject_of
from dudao.web.people.models import Region, User
user = User.objects.get(username="clerk990100")
subject = subject_of(user)
print(user.check_password("a-good-long-password-1"), sorted(each.region_code for each in subject.held),
      Evidence.objects.filter(subject.regions("region")).count(), Evidence.objects.count())
"""


def test_a_region_goes_into_postgresql_and_back_with_the_same_rows_files_and_access(
    tmp_path: Path, empty_postgres: str
) -> None:
    home, there, back = tmp_path / "all", tmp_path / "there", tmp_path / "back"
    first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
    wanted = ("--region", "990100", "--by", "clerk990100")
    _python(home, BUILD)
    assert _dudao(home, "backup", str(first), *wanted).returncode == 0
    done = _dudao(there, "restore", str(first), database=empty_postgres)
    assert (done.returncode, done.stderr) == (0, "")
    assert _python(there, OPENED, empty_postgres) == "True ['990100'] 3 3\n"
    assert _dudao(there, "backup", str(second), *wanted, database=empty_postgres).returncode == 0
    done = _dudao(back, "restore", str(second))
    assert (done.returncode, done.stderr) == (0, "")
    assert _python(back, OPENED) == "True ['990100'] 3 3\n"
    assert _dudao(back, "audit", "verify").returncode == 0
    assert _dudao(back, "backup", str(third), *wanted).returncode == 0
    manifests = [json.loads(zipfile.ZipFile(path).read("manifest.json")) for path in (first, second, third)]
    tables = [{each["model"]: each for each in manifest["tables"]} for manifest in manifests]
    # taking a backup is noted itself, one event each time; everything else is the same to the byte
    for number, earlier in enumerate(tables[:2]):
        assert {name for name in earlier if earlier[name] != tables[number + 1][name]} == AUDIT
        assert tables[number + 1]["audit.event"]["rows"] == earlier["audit.event"]["rows"] + 1
    assert manifests[0]["files"] == manifests[1]["files"] == manifests[2]["files"]


AUDIT = {"audit.event", "audit.excerpt", "audit.head"}
