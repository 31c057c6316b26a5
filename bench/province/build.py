"""Builds the province in an empty database: 14 cities, 100 counties, 5 years, 34 departments each, 200,000 answers.

The same numbers give the same province. Rounds are opened by the platform's own action; the two hundred thousand
values are then written in bulk, since typing them one by one would take hours and measure nothing.
"""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from dudao.web.content_store.folder import FolderStore
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.models import Answer, FactValue, PointScore, PublishedScheme
from dudao.web.evidence.models import Evidence, Revision, StoredFile, Support
from dudao.web.evidence.storage import STORE
from dudao.web.people.models import Department, Grant, Region, User
from dudao.web.people.sign_in import PASSED, STEP
from dudao.workflow.machine import Role
from province.scheme import DEPARTMENTS, files

PASSWORD = "quiet-river-stone-7"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a province is built; as given, the one that the published figures speak of."""

    cities: int = 14
    counties: int = 100
    years: tuple[int, ...] = (2022, 2023, 2024, 2025, 2026)
    pieces: int = 50_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works during the load: their session, role, region and item."""

    username: str
    role: str
    region: str
    item: str
    department: int
    session: str


def build(*, say: Say, size: Size) -> list[Person]:
    """Build everything and return its people, two hundred at most, with a session each."""
    say("地区和部门")
    places = _places(size)
    say("人员")
    administrator, people = _people(places)
    say("方案和五年的任务")
    _rounds(administrator, places, size.years)
    say("填报内容")
    _values()
    say(f"{size.pieces} 份材料")
    _evidence(places, people, size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")  # what autovacuum does in the hours that these rows take elsewhere
    counted = Answer.objects.count() + PointScore.objects.count() + FactValue.objects.count()
    say(f"填报 {counted} 条（说明、得分、数据），材料 {Evidence.objects.count()} 份，地区 {len(places)} 个")
    return [_signed_in(user, role, region, item) for user, role, region, item in people]


@transaction.atomic
def _places(size: Size) -> list[Region]:
    province = Region(code="970000", name="基准省", level="province")
    Region.objects.add_root(instance=province)
    found = [province]
    for number in range(1, size.cities + 1):
        province.refresh_from_db()
        city = Region(code=f"97{number:02d}00", name=f"第{number}市", level="city")
        found.append(Region.objects.add_child(province, instance=city))
        for inner in range(1, size.counties // size.cities + (number <= size.counties % size.cities) + 1):
            city.refresh_from_db()
            county = Region(code=f"97{number:02d}{inner:02d}", name=f"第{number}市{inner}县", level="county")
            found.append(Region.objects.add_child(city, instance=county))
    Department.objects.bulk_create(
        Department(region=region, name=name, position=position)
        for region in found
        for position, name in enumerate(DEPARTMENTS)
    )
    return list(Region.objects.filter(code__startswith="97").order_by("code"))


def _people(places: list[Region]) -> tuple[User, list[tuple[User, str, str, str]]]:
    """Return the administrator and two hundred people: clerks, officers, leaders, reviewers."""
    province, cities = places[0], [region for region in places if region.level == "city"]
    password = make_password(PASSWORD)
    made: list[tuple[User, str, str, str]] = []

    def add(username: str, role: Role, region: Region, department: Department | None = None, item: str = "") -> User:
        user = User.objects.create(username=username, name=username, email=f"{username}@example.org", password=password)
        Grant.objects.create(user=user, role=role.value, region=region, department=department)
        made.append((user, role.value, region.code, item))
        return user

    administrator = add("sheng", Role.PROVINCIAL_ADMINISTRATOR, province)
    for number, city in enumerate(cities, start=1):
        add(f"shi{number}", Role.SUPERVISION_CLERK, city)
        add(f"lingdao{number}", Role.LEADER, city)
        for position, department in enumerate(city.departments.order_by("position")[:11], start=1):
            add(f"bumen{number}x{position}", Role.DEPARTMENT_OFFICER, city, department, f"1.{position}")
    for number in range(1, 18):
        add(f"fuhe{number}", Role.REVIEWER, province)
    return administrator, made[:200]


def _rounds(administrator: User, places: list[Region], years: tuple[int, ...]) -> None:
    province = places[0]
    for level in ("city", "county"):
        regions = [region for region in places if region.level == level]
        for year in years:
            kept = schemes.keep_draft(
                by=administrator, region=province, files=files(f"jizhun-{level}-{year}", level, year)
            )
            schemes.publish(by=administrator, row=kept)
            rounds.open_round(
                by=administrator,
                scheme=PublishedScheme.objects.get(pk=kept.pk),
                region=province,
                year=year,
                title=f"{year} 年度{'市' if level == 'city' else '县'}级自评（测试用）",
                stages={"departments": (date(year, 12, 1), date(year + 1, 1, 31))},
                regions=regions,
                today=date(year, 12, 1),
                slug="duty" if level == "city" else "county-duty",
            )


@transaction.atomic
def _values() -> None:
    """Fill in every figure, score and note; digits that depend on the row alone."""
    with connection.cursor() as cursor:
        for where, value in (
            ("name LIKE 'spending%%'", "CAST(9000 + (id * 7919) %% 3000 AS varchar(20))"),
            ("name LIKE 'share%%'", "CAST(70 + (id * 31) %% 30 AS varchar(20))"),
            ("name LIKE 'students%%'", "CAST(500 + (id * 37) %% 90000 AS varchar(20))"),
            ("name LIKE 'done%%'", "CAST((id * 17) %% 200 AS varchar(20))"),
            ("name LIKE 'ready%%'", "CASE WHEN (id * 13) %% 9 = 0 THEN '否' ELSE '是' END"),
        ):
            cursor.execute(f"UPDATE evaluations_factvalue SET value = {value}, version = 1 WHERE {where}", [])
        cursor.execute("UPDATE evaluations_pointscore SET points = 1 - (id %% 4) * 0.1, version = 1", [])
        cursor.execute(
            "UPDATE evaluations_answer SET state = 'drafting', version = 1, note = %s WHERE id > 0",
            ["本年度按要求完成各项工作，经费足额拨付，问题已列入整改清单，由分管领导逐月调度。" * 4],
        )


def _evidence(places: list[Region], people: list[tuple[User, str, str, str]], size: Size) -> None:
    """Write small files and the rows that name them; no flush to the disk for each, unlike a real upload."""
    store, years = FolderStore(Path(settings.FILES_ROOT) / STORE), size.years
    user = people[0][0]
    departments = {region.pk: list(region.departments.order_by("position")) for region in places[1:]}
    answers: dict[int, list[Answer]] = {}
    for row in Answer.objects.filter(assessment__round__year=years[-1]).select_related("assessment"):
        answers.setdefault(row.assessment.region_id, []).append(row)
    chosen = random.Random(20261122)
    words = ("经费", "决算", "教师", "安全", "整改", "学位", "体质", "培训", "督导", "均衡")
    for begin in range(0, size.pieces, 2000):
        stored, rows, homes = [], [], []
        for number in range(begin, min(begin + 2000, size.pieces)):
            region = places[1 + number % (len(places) - 1)]
            topic = "".join(chosen.sample(words, 3))
            content = f"{region.name}{topic}情况第{number}号\n".encode() * 12
            key = hashlib.sha256(content).hexdigest()
            place = store.place_of(key)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            stored.append(StoredFile(sha256=key, size=len(content), media="text/plain", text=content.decode()))
            rows.append(
                Evidence(
                    region=region,
                    department=departments[region.pk][number % len(DEPARTMENTS)],
                    title=f"{topic}情况的报告（{number}）",
                    number=f"基教督〔{years[number % len(years)]}〕{number % 400 + 1}号",
                    issuer=f"{region.name}教育局",
                    effective_from=date(years[number % len(years)], 1, 1),
                    effective_to=date(years[number % len(years)], 12, 31),
                    received_from=user,
                )
            )
            homes.append(answers[region.pk][number % len(answers[region.pk])])
        with transaction.atomic():
            StoredFile.objects.bulk_create(stored)
            kept = Evidence.objects.bulk_create(rows)
            Revision.objects.bulk_create(
                Revision(evidence=row, file=file, name=f"{row.title}.txt", by=user)
                for row, file in zip(kept, stored, strict=True)
            )
            Support.objects.bulk_create(
                Support(evidence=row, answer=home) for row, home in zip(kept, homes, strict=True)
            )


def people_again() -> list[Person]:
    """Return the two hundred people of a province that was built before, with a new session each."""
    found = []
    for grant in Grant.objects.select_related("user", "region", "department").order_by("user_id")[:200]:
        item = f"1.{grant.department.position + 1}" if grant.department is not None else ""
        found.append(_signed_in(grant.user, grant.role, grant.region.code, item))
    return found


def _signed_in(user: User, role: str, region: str, item: str) -> Person:
    department = user.grants.values_list("department_id", flat=True).first() or 0
    session: Any = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if role in settings.SECOND_FACTOR_ROLES:
        device, _ = TOTPDevice.objects.get_or_create(user=user, name="default", defaults={"confirmed": True})
        session[DEVICE_ID_SESSION_KEY], session[STEP] = device.persistent_id, PASSED
    session.create()
    return Person(user.username, role, region, item, department, session.session_key)
