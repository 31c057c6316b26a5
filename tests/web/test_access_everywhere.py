"""Nobody reads or changes what lies outside of the places given: random trees, people and roles, every address."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dudao.packs.find import find_pack
from dudao.web.background.actions import enqueue
from dudao.web.background.models import Job
from dudao.web.document_checks.actions import reports
from dudao.web.document_checks.models import Handling, Report
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Answer, Assessment, Comment, Duty, FactValue, PointScore, Round
from dudao.web.notices.models import Notice
from dudao.web.people.models import Department, Grant, Region, User
from dudao.web.people.regions import RegionCode, add_regions
from dudao.web.schools.actions import imports, snapshots
from dudao.web.schools.models import Import, InUse, Proposal, Scenario, Snapshot
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD
from tests.web.jobbing import jobs
from tests.web.school_files import school, workbook

FIXED = {
    "970000": "",
    "970100": "970000",
    "970101": "970100",
    "970102": "970100",
    "970200": "970000",
    "970201": "970200",
    "960000": "",
    "960100": "960000",
    "960101": "960100",
}
SCHOOL_TABLES: tuple[Any, ...] = (Import, Snapshot, Scenario, Proposal)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Regions of one to three provinces with cities and counties below, as code → code of the region above."""
    places: dict[str, str] = {}
    for province in ("97", "96", "95")[: draw(st.integers(1, 3))]:
        places[province + "0000"] = ""
        for city in range(1, draw(st.integers(0, 3)) + 1):
            places[f"{province}0{city}00"] = province + "0000"
            for county in range(1, draw(st.integers(0, 2)) + 1):
                places[f"{province}0{city}0{county}"] = f"{province}0{city}00"
    return places


@dataclass(frozen=True, slots=True)
class Try:
    """A tree, what somebody holds in it, and the region whose addresses they try."""

    places: dict[str, str]
    held: tuple[tuple[Role, str, str], ...]
    target: str


@st.composite
def tries(draw: st.DrawFn) -> Try:
    """Random trees, roles held now, once or later in up to three places, and any place to try to get at."""
    places = draw(trees())
    codes = st.sampled_from(sorted(places))
    grants = st.tuples(st.sampled_from(list(Role)), codes, st.sampled_from(["", "", "past", "future"]))
    held = draw(st.lists(grants, min_size=1, max_size=3, unique_by=lambda grant: (grant[0], grant[1])))
    return Try(places, tuple(held), draw(codes))


def mark(code: str) -> str:
    return f"密{code}密"


def lineage(code: str, places: dict[str, str]) -> set[str]:
    """The region itself and all above it: their names may stand on pages of the region."""
    found = {code}
    while places[code]:
        code = places[code]
        found.add(code)
    return found


@dataclass(frozen=True, slots=True)
class Everything:
    places: dict[str, str]
    departments: dict[str, Department]
    people: dict[str, User]


def routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern)


ADDRESSES = sorted(address for address in set(routes()) if "logout" not in address and "login" not in address)
ADDRESSES.append("/search/?q=%E5%AF%86")  # 密: what every mark begins with


def build(places: dict[str, str]) -> Everything:
    """Put something of everything into every region."""
    levels = {1: "province", 2: "city", 3: "county"}
    add_regions(
        RegionCode(code, mark(code), levels[len(lineage(code, places))], parent) for code, parent in places.items()
    )
    departments, people = {}, {}
    for code in places:
        region = Region.objects.get(code=code)
        departments[code] = Department.objects.create(region=region, name=mark(code) + "财政局")
        people[code] = User.objects.create_user(f"someone-{code}", "", PASSWORD, name=mark(code) + "某")
        Grant.objects.create(user=people[code], role=Role.LEADER, region=region)
        enqueue(jobs.write, by=people[code], region=region, title=mark(code) + "导入", arguments={"name": code})
    files = files_of_pack(find_pack("liaoning-city-2022"))
    for province in (code for code, above in places.items() if not above):
        cities = [code for code, above in places.items() if above == province]
        if not cities:
            continue
        region = Region.objects.get(code=province)
        head = User.objects.create_user(f"head-{province}", "", PASSWORD, name=mark(province) + "长")
        Grant.objects.create(user=head, role=Role.PROVINCIAL_ADMINISTRATOR, region=region)
        named = {name: text.replace("liaoning-city-2022", f"city-{province}") for name, text in files.items()}
        scheme = schemes.keep_draft(by=head, region=region, files=named)
        schemes.publish(by=head, row=scheme)
        scheme.refresh_from_db()
        made = rounds.open_round(
            by=head,
            scheme=scheme,
            region=region,
            year=2022,
            title=mark(province) + "的任务",
            stages={"departments": (date(2022, 7, 1), date(2022, 8, 18))},
            regions=list(Region.objects.filter(code__in=cities)),
            today=date(2022, 7, 1),
        )
        for assessment in made.assessments.select_related("region"):
            code = assessment.region.code
            Answer.objects.filter(assessment=assessment).update(note=mark(code) + "说明", return_reason=mark(code))
            FactValue.objects.filter(region=assessment.region).update(source=mark(code))
            clerk = User.objects.create_user(f"clerk-{code}", "", PASSWORD, name=mark(code) + "员")
            Grant.objects.create(user=clerk, role=Role.SUPERVISION_CLERK, region=assessment.region)
            text = f"{mark(code)}报告\n2022年全市小学在校生10140人，比2021年的9800人增加440人。"
            reports.receive(by=clerk, assessment=assessment, raw=text.encode(), name="报告.txt", shared=True)
        for county in Region.objects.filter(path__startswith=region.path, level="county"):
            bring_schools(head, county)
    for person in User.objects.filter(username__startswith="someone-"):
        Notice.objects.create(
            person=person, kind="returned", sentence=f"{person.name}的消息", address="/", key="x", at=timezone.now()
        )
    return Everything(places, departments, people)


def bring_schools(head: User, county: Region) -> None:
    """School data of a county: taken, a second table that waits, a saved what-if, a plan that was asked for."""
    name = mark(county.code)
    for number in (2, 3):
        raw = workbook([school(each, name) for each in range(1, number)])
        row = imports.receive(by=head, region=county, year=2022, kind="schools", raw=raw, name=f"{name}.xlsx")
        row = imports.read(by=head, row=row)
        if number == 2:
            made = snapshots.take(by=head, row=row)
    shared = {"region": county, "year": 2022, "snapshot": made, "standard": "quality-2017", "method": "weighted"}
    Scenario.objects.create(**shared, name=f"{name}推演", changes=[], outcome={}, by=head)
    Proposal.objects.create(**shared, asked={}, by=head, plan={"words": f"{name}办法"})


def values_of(name: str, code: str, everything: Everything) -> list[str]:
    """What a part of an address may be, for the region of a code: keys of everything there is of that region."""
    assessment = Assessment.objects.filter(region__code=code).select_related("round__scheme").first()
    if name == "region" or name == "code":
        return [code]
    if name == "year":
        return ["2022"]
    if name == "task":
        return ["duty"]
    if name == "item":
        return ["3.10"]
    if name == "point":
        return ["3.10.1"]
    if name == "slug" and assessment:
        return [assessment.round.scheme.slug]
    if name in {"version", "other"} and assessment:
        return [str(assessment.round.scheme.version)]
    if name == "kind":
        return ["people", "sheet-docx", "html", "xlsx", "schools"]
    if name == "grant":
        return [str(Grant.objects.filter(user=everything.people[code]).values_list("pk", flat=True)[0])]
    if name == "fact":
        return [str(key) for key in FactValue.objects.filter(region__code=code).values_list("pk", flat=True)[:1]]
    if name == "pk":
        return [
            "1",
            *(str(key) for key in Report.objects.filter(assessment__region__code=code).values_list("pk", flat=True)),
            *(str(row.pk) for table in SCHOOL_TABLES for row in table.objects.filter(region__code=code)),
        ]
    if name == "place":
        return ["f1"]
    if name == "number":
        return ["0"]
    if name == "key":
        own_rounds = Round.objects.filter(assessments__region__code=code).values_list("pk", flat=True)[:1]
        return (
            [str(everything.people[code].pk), str(everything.departments[code].pk), *map(str, own_rounds)]
            + [str(key) for key in Notice.objects.filter(person=everything.people[code]).values_list("pk", flat=True)]
            + [str(key) for key in Job.objects.filter(region__code=code).values_list("pk", flat=True)]
        )
    return ["1"]


def filled(address: str, code: str, everything: Everything) -> list[str]:
    names = re.findall(r"<(?:\w+:)?(\w+)>", address)
    choices = [values_of(name, code, everything) for name in names]
    pieces = re.split(r"<[^>]+>", address)
    return [
        "".join(itertools.chain(*zip(pieces, (*values, ""), strict=True))) for values in itertools.product(*choices)
    ]


def posted(code: str, everything: Everything) -> dict[str, str]:
    reason = "越过权限的写入"
    key = str(everything.departments[code].pk)
    return {
        "reason": reason,
        "text": "改",
        "note": "改",
        "value": "1",
        "points": "1",
        "version": "0",
        "password": PASSWORD,
        "active": "0",
        "item": "3.10",
        "region": code,
        "regions": code,
        "department": key,
        "departments": key,
        "lead": "1",
        "due": "2099-01-01",
        "kind": "departments",
        "grant-role": "leader",
        "grant-region": code,
        "grant-reason": reason,
        "details-name": "改",
        "details-reason": reason,
        "new-name": "新部门",
        "new-reason": reason,
        f"department-{key}-name": "改",
        f"department-{key}-position": "1",
        f"department-{key}-reason": reason,
        "district-code": code[:4] + "71",
        "district-name": "新区",
        "district-reason": reason,
        "username": "intruder",
        "heading": "在校生数",
        "meaning": "pupils_junior",
        "school": mark(code) + "第1小学",
        "column": "sports_area",
        "moves": "1",
        "name": "改",
        "role": "leader",
    }


def state_of(codes: set[str]) -> list[Any]:
    """All rows of the regions, as they are."""
    within = sorted(codes)
    someone = User.objects.filter(username__in=[f"someone-{code}" for code in within])
    return [
        list(Answer.objects.filter(assessment__region__code__in=within).order_by("pk").values_list()),
        list(PointScore.objects.filter(answer__assessment__region__code__in=within).order_by("pk").values_list()),
        list(FactValue.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(Assessment.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(Duty.objects.filter(assessment__region__code__in=within).order_by("pk").values_list()),
        list(Report.objects.filter(assessment__region__code__in=within).order_by("pk").values_list()),
        list(Handling.objects.filter(region__code__in=within).order_by("pk").values_list()),
        *(list(table.objects.filter(region__code__in=within).order_by("pk").values_list()) for table in SCHOOL_TABLES),
        list(InUse.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(Comment.objects.filter(answer__assessment__region__code__in=within).order_by("pk").values_list()),
        list(Department.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(Grant.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(Job.objects.filter(region__code__in=within).order_by("pk").values_list()),
        list(
            Notice.objects.filter(person__username__in=[f"someone-{code}" for code in within])
            .order_by("pk")
            .values_list()
        ),
        list(Region.objects.filter(code__in=within).order_by("code").values_list("code", "name")),
        list(someone.order_by("pk").values_list("name", "password", "is_active", "email")),
    ]


PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.generate,),  # a failure names address and roles; shrinking worlds would take minutes
)
@given(tried=tries())
def test_nobody_reaches_beyond_the_places_given(db: None, part: int, tried: Try) -> None:
    """Every address is tried, a part of them in each run, in a new world each time."""
    with transaction.atomic():
        attempt(build(tried.places), list(tried.held), tried.target, ADDRESSES[part::PARTS])
        transaction.set_rollback(True)


def test_no_role_reaches_the_next_province_by_any_address(db: None) -> None:
    attempt(build(FIXED), [(role, "970000", "") for role in Role], "960100", ADDRESSES)


def attempt(everything: Everything, held: list[tuple[Role, str, str]], target: str, addresses: list[str]) -> None:
    places = everything.places
    person = User.objects.create_user("explorer", "", PASSWORD, name="探路人")
    reached: set[str] = set()
    for role, code, when in held:
        dates = {"past": {"ends": date(2020, 1, 1)}, "future": {"starts": date(2999, 1, 1)}}.get(when, {})
        department = everything.departments[code] if role is Role.DEPARTMENT_OFFICER else None
        Grant.objects.create(
            user=person, role=role, region=Region.objects.get(code=code), department=department, **dates
        )
        if not when:
            reached |= {place for place in places if code in lineage(place, places)}
    above = set().union(*(lineage(code, places) for code in reached)) if reached else set()
    hidden = set(places) - reached - above
    untouched = set(places) - reached
    before = state_of(untouched)
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="dudao.web.people.accounts.Accounts")
    for address in addresses:
        for url in filled(address, target, everything):
            for answer in (client.get(url), client.post(url, posted(target, everything))):
                assert answer.status_code < 500, url
                if answer.status_code != 200 or answer.streaming:
                    continue
                text = answer.content.decode("utf-8", "replace")
                # the own account names the places of the own roles, ended ones too
                own = {code for _, code, _ in held} if url == "/account/" else set()
                shown = {code for code in hidden - own if mark(code) in text}
                assert shown == set(), (url, held)
    assert state_of(untouched) == before
