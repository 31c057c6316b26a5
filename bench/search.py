"""How long the search takes: 200,000 answers of a province's five years and 50,000 pieces of evidence.

PYTHONPATH=src python bench/search.py            (SQLite in a folder of its own, or DATABASE_URL of an empty database)

Each question is asked as several people, from the question's words to the rows as the page shows them.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date

os.environ.setdefault("DUDAO_HOME", tempfile.mkdtemp(prefix="dudao-bench-"))
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-the-benchmark-and-never-for-anything-else")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")

CITIES, COUNTIES, YEARS, ITEMS, PIECES, DEPARTMENTS, RUNS = 14, 100, 5, 400, 50_000, 34, 9
PHRASES = (
    "一般公共预算教育支出按时足额拨付",
    "生均公用经费标准逐年提高",
    "教师平均工资收入水平不低于公务员",
    "学校安全责任落实",
    "控辍保学台账清楚",
    "体育场馆面积达到规定",
    "课后服务覆盖全部学校",
    "食堂卫生检查每月一次",
    "学位供给满足需要",
    "随迁子女入学政策公开",
    "特殊教育资源教室已建成",
    "心理健康教师配备到位",
    "校外培训机构规范治理",
    "乡村教师补贴按月发放",
)
RARE = "寄宿制学校热水供应改造"


def build() -> list[tuple[str, object]]:
    """Fill the database and return people of several roles."""
    from dudao.packs.find import find_pack
    from dudao.web.evaluations.actions import schemes
    from dudao.web.evaluations.convert import files_of_pack
    from dudao.web.evaluations.models import Answer, Assessment, Duty, Round
    from dudao.web.evidence.models import Evidence, Revision, StoredFile
    from dudao.web.people.models import Department, Grant, Region, User
    from dudao.workflow.machine import Role

    def region(parent: Region, code: str, name: str, level: str) -> Region:
        made = Region(code=code, name=name, level=level)
        Region.objects.add_child(Region.objects.get(pk=parent.pk), instance=made)
        return made

    draw = random.Random(20)
    province = Region(code="990000", name="示范省", level="province")
    Region.objects.add_root(instance=province)
    cities = [region(province, f"99{n:02d}00", f"第{n}市", "city") for n in range(1, CITIES + 1)]
    counties = [
        region(cities[n % CITIES], f"99{n % CITIES + 1:02d}{n // CITIES + 1:02d}", f"第{n}县", "county")
        for n in range(COUNTIES)
    ]
    head = User.objects.create(username="province", name="省")
    Grant.objects.create(user=head, role=Role.PROVINCIAL_ADMINISTRATOR, region=province)
    scheme = schemes.keep_draft(by=head, region=province, files=files_of_pack(find_pack("liaoning-city-2022")))
    departments = {
        county.pk: Department.objects.bulk_create(
            Department(region=county, name=f"第{n}局", position=n) for n in range(DEPARTMENTS)
        )
        for county in counties
    }
    made: list[Answer] = []
    for year in range(2020, 2020 + YEARS):
        row = Round.objects.create(
            scheme=scheme, region=province, year=year, title=f"{year} 年自评", opened_by=head, closed_at=None
        )
        rows = Assessment.objects.bulk_create(
            Assessment(round=row, region=county, state="open" if year == 2024 else "confirmed") for county in counties
        )
        for assessment in rows:
            offices = departments[assessment.region_id]
            Duty.objects.bulk_create(
                Duty(assessment=assessment, item=f"{n}", department=offices[n % DEPARTMENTS], lead=True)
                for n in range(ITEMS)
            )
            made += [Answer(assessment=assessment, item=f"{n}", note=note(draw)) for n in range(ITEMS)]
    Answer.objects.bulk_create(made, batch_size=2000)
    StoredFile.objects.create(sha256="0" * 64, size=1, media="text/plain")
    pieces = Evidence.objects.bulk_create(
        (
            Evidence(
                region=county,
                department=draw.choice(departments[county.pk]),
                title=f"关于{draw.choice(PHRASES)}的通知（{n}）",
                number=f"示教督〔{draw.randint(2020, 2024)}〕{n}号",
                issuer="县人民政府办公室",
                received_from=head,
                effective_from=date(2022, 1, 1),
            )
            for n, county in ((n, counties[n % COUNTIES]) for n in range(PIECES))
        ),
        batch_size=2000,
    )
    Revision.objects.bulk_create(
        (Revision(evidence=row, file_id="0" * 64, name=f"扫描{row.pk}.pdf", by=head) for row in pieces),
        batch_size=2000,
    )
    people: list[tuple[str, object]] = [("省级管理员", head)]
    for title, role, region, office in (
        ("市督导室科员", Role.SUPERVISION_CLERK, cities[0], None),
        ("县督导室科员", Role.SUPERVISION_CLERK, counties[0], None),
        ("县部门填报员", Role.DEPARTMENT_OFFICER, counties[0], departments[counties[0].pk][3]),
    ):
        person = User.objects.create(username=title, name=title)
        Grant.objects.create(user=person, role=role, region=region, department=office)
        people.append((title, person))
    return people


def note(draw: random.Random) -> str:
    """Return an answer of about three hundred characters."""
    text = "，".join(draw.choice(PHRASES) + str(draw.randint(1, 99_999)) for _ in range(14)) + "。"
    return text + RARE if draw.random() < 0.0005 else text


def main() -> None:
    """Build, index, ask, print."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dudao.web.evaluations.models import Answer
    from dudao.web.people.access import subject_of
    from dudao.web.search.grams import words
    from dudao.web.search.queries import find_answers, find_evidence
    from dudao.web.search.refresh import refresh

    out = sys.stdout.write
    call_command("migrate", verbosity=0, interactive=False)
    begun = time.perf_counter()
    people = build()
    out(f"{connection.vendor}：{Answer.objects.count()} 项填报，{PIECES} 份材料，")
    out(f"建成 {time.perf_counter() - begun:.0f} 秒\n")
    begun = time.perf_counter()
    done = refresh()
    out(f"建立索引 {done} 项，{time.perf_counter() - begun:.0f} 秒\n")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    out(f"{'查找':<16}{'人员':<10}{'填报':>4}{'材料':>4}{'中位毫秒':>8}{'最大毫秒':>8}{'处理器':>7}\n")
    for asked in ("教育", "生均公用经费", RARE, "〔2023〕4321号", "4321", "找不到的词", "经", "控辍保学 食堂"):
        for title, person in people:
            spent, worked, counted = [], [], (0, 0)
            for _ in range(RUNS):
                start, used = time.perf_counter(), time.process_time()
                subject, parts = subject_of(person), words(asked)
                answers, evidence = find_answers(subject, parts, 20), find_evidence(subject, parts, 20)
                spent.append((time.perf_counter() - start) * 1000)
                worked.append((time.process_time() - used) * 1000)
                counted = len(answers.rows), len(evidence.rows)
            spent.sort()
            middle = sorted(worked)[RUNS // 2]
            out(f"{asked:<16}{title:<10}{counted[0]:>4}{counted[1]:>4}")
            out(f"{spent[RUNS // 2]:>8.0f}{spent[-1]:>8.0f}{middle:>7.0f}\n")


if __name__ == "__main__":
    main()
