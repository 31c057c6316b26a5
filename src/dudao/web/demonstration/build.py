"""Builds the demonstration in an empty database, only through the actions that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from dudao.packs.find import find_pack
from dudao.web.demonstration.accounts import add_people, first_administrator
from dudao.web.demonstration.files import pdf_file, word_file
from dudao.web.demonstration.filling import accept, fill, submit
from dudao.web.demonstration.password import PASSWORD
from dudao.web.demonstration.places import add_departments, add_places
from dudao.web.demonstration.reports import check_reports
from dudao.web.demonstration.school_tables import bring_school_data
from dudao.web.evaluations.actions import answers, rounds, schemes, submission
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Assessment, PublishedScheme
from dudao.web.evidence.actions import Description, receive
from dudao.web.evidence.supports import support
from dudao.web.people.models import Department, Region, User

_DATA = Path(__file__).parent / "data"


@transaction.atomic
def build(*, say: Callable[[str], None]) -> bool:
    """Build the demonstration; False when the database holds people already and nothing was done."""
    if User.objects.exists():
        return False
    say("[2/6] 地区与部门")
    add_places()
    administrator = first_administrator()
    add_departments(administrator)
    say("[3/6] 人员")
    people = add_people(administrator)
    say("[4/6] 云州市两年的自评、三年的学校数据（演示数据，虚构）")
    _invented_city(people)
    bring_school_data(city_clerk=people["yunzhou"], county_clerk=people["linhe"])
    say("[5/6] 阜新、鞍山、阳泉、双台子（取自公开的自评材料，文字改写）")
    _fuxin_and_anshan(people)
    _yangquan(people)
    _shuangtaizi(people)
    say("[6/6] 完成")
    return True


@dataclass(frozen=True, slots=True)
class _Office:
    """Who runs a round: the person, the region they administer, and the scheme they publish."""

    by: User
    region: str
    files: dict[str, str]

    def publish(self) -> PublishedScheme:
        kept = schemes.keep_draft(by=self.by, region=Region.objects.get(code=self.region), files=self.files)
        schemes.publish(by=self.by, row=kept)
        return PublishedScheme.objects.get(pk=kept.pk)

    def open(self, scheme: PublishedScheme, year: int, title: str, regions: tuple[str, ...]) -> list[Assessment]:
        today = timezone.localdate()
        opened = rounds.open_round(
            by=self.by,
            scheme=scheme,
            region=Region.objects.get(code=self.region),
            year=year,
            title=title,
            stages={
                "departments": (today, today + timedelta(days=14)),
                "collection": (today, today + timedelta(days=21)),
                "submission": (today, today + timedelta(days=30)),
            },
            regions=list(Region.objects.filter(code__in=regions)),
            today=today,
        )
        made = {row.region.code: row for row in opened.assessments.select_related("region", "round__scheme")}
        return [made[code] for code in regions]


def _pack(name: str) -> dict[str, str]:
    return files_of_pack(find_pack(name))


def _year_before(files: dict[str, str]) -> dict[str, str]:
    """Return the invented scheme as it stood the year before: its year and id alone differ."""
    changed = files["pack.yaml"].replace("shifan-city-2024", "shifan-city-2023").replace("2024", "2023")
    return files | {"pack.yaml": changed}


def _invented_city(people: dict[str, User]) -> None:
    clerk = people["yunzhou"]
    officers = {"市财政局": people["caizheng"], "市教育局": people["jiaoyu"]}
    files = _pack("shifan-city-2024")
    before = _Office(people["shifan"], "990000", _year_before(files))
    (last,) = before.open(before.publish(), 2023, "2023 年度市级政府履行教育职责自评（演示数据，虚构）", ("990100",))
    fill(clerk=clerk, officers=officers, assessment=last, data=_DATA / "yunzhou-2023.yaml")
    accept(clerk, submit(clerk, officers, last))
    submission.submit_assessment(by=clerk, assessment=last, password=PASSWORD)
    submission.confirm(by=people["shifan"], assessment=last)

    office = _Office(people["shifan"], "990000", files)
    (now,) = office.open(office.publish(), 2024, "2024 年度市级政府履行教育职责自评（演示数据，虚构）", ("990100",))
    fill(
        clerk=clerk,
        officers=officers,
        assessment=now,
        data=_DATA / "yunzhou-2024.yaml",
        reasons={"3.1.2": "两所新建公办园九月开园，开园后公办园在园幼儿占比将超过50%。"},
    )
    _evidence(people, now)
    handed_in = submit(clerk, officers, now, leave=frozenset({"3.3"}))
    accept(clerk, [row for row in handed_in if row.item.startswith("1.")])
    answers.move(
        by=clerk,
        answer=now.answers.get(item="3.1"),
        event="return",
        reason="公办园在园幼儿占比 48.9% 低于 50%，自评仍是满分，请核对。",
    )
    answers.comment(
        by=clerk, answer=now.answers.get(item="3.3"), text="优良率比去年低 0.7 个百分点，说明里请写清原因。"
    )
    education = Department.objects.select_related("region").get(region=now.region, name="市教育局")
    check_reports(clerk=clerk, last=last, now=now, education=education)


def _evidence(people: dict[str, User], assessment: Assessment) -> None:
    """Hand in two small files; one of them is of the wrong year, which is what the legal period is there to show."""
    education = Department.objects.select_related("region").get(region=assessment.region, name="市教育局")
    minutes = word_file(
        "云州市委教育工作领导小组会议纪要（演示材料）",
        "云教领纪〔2024〕3号",
        ("2024年第三次专题研究教育工作。", "本文件为演示而作，内容是虚构的。"),
    )
    register = pdf_file(
        "云州市学校安全防范检查台账（演示材料）",
        ("309所学校和幼儿园，四项全部达标。", "本文件为演示而作，内容是虚构的。"),
    )
    for item, raw, name, description in (
        (
            "1.1",
            minutes,
            "领导小组会议纪要.docx",
            Description(
                title="市委教育工作领导小组2024年第三次会议纪要（演示材料）",
                number="云教领纪〔2024〕3号",
                issuer="云州市委教育工作领导小组",
                effective_from=date(2024, 1, 1),
                effective_to=date(2024, 12, 31),
            ),
        ),
        (
            "1.3",
            register,
            "安全防范检查台账.pdf",
            Description(
                title="学校安全防范检查台账（演示材料）",
                issuer="云州市教育局",
                effective_from=date(2023, 1, 1),
                effective_to=date(2023, 12, 31),
            ),
        ),
    ):
        kept = receive(by=people["jiaoyu"], department=education, raw=raw, name=name, description=description)
        support(by=people["jiaoyu"], evidence=kept, answer=assessment.answers.get(item=item))


def _fuxin_and_anshan(people: dict[str, User]) -> None:
    earlier = _Office(people["liaoning"], "210000", _pack("liaoning-city-2021"))
    (anshan,) = earlier.open(earlier.publish(), 2021, "2021 年度市级政府履行教育职责自评", ("210300",))
    clerk = people["anshan"]
    fill(clerk=clerk, officers={}, assessment=anshan, data=_DATA / "anshan-2021.yaml")
    accept(clerk, submit(clerk, {}, anshan))
    submission.submit_assessment(by=clerk, assessment=anshan, password=PASSWORD)
    submission.confirm(by=people["liaoning"], assessment=anshan)

    office = _Office(people["liaoning"], "210000", _pack("liaoning-city-2022"))
    fuxin, _ = office.open(office.publish(), 2022, "2022 年度市级政府履行教育职责自评", ("210900", "210300"))
    clerk = people["fuxin"]
    data = Path(find_pack("liaoning-city-2022")) / "demonstration" / "fuxin.yaml"
    fill(clerk=clerk, officers={}, assessment=fuxin, data=data, leave=frozenset({"4.14"}))
    handed_in = submit(clerk, {}, fuxin, leave=frozenset({"3.10"}))
    accept(clerk, [row for row in handed_in if row.item.startswith("1.")])
    answers.move(
        by=clerk,
        answer=fuxin.answers.get(item="2.4"),
        event="return",
        reason="消火栓问题仍在整改，与“全部达标”的说法不一致，请核对。",
    )


def _yangquan(people: dict[str, User]) -> None:
    office = _Office(people["shanxi"], "140000", _pack("shanxi-city-2021"))
    (city,) = office.open(office.publish(), 2021, "2021 年度市级政府履行教育职责自评", ("140300",))
    clerk = people["yangquan"]
    fill(clerk=clerk, officers={}, assessment=city, data=_DATA / "yangquan-2021.yaml")
    accept(clerk, submit(clerk, {}, city))
    submission.submit_assessment(by=clerk, assessment=city, password=PASSWORD)
    submission.send_back(
        by=people["shanxi"], assessment=city, reason="演示：第2.6项只写了经费总额，请补充各学段生均支出。"
    )


def _shuangtaizi(people: dict[str, User]) -> None:
    office = _Office(people["panjin"], "211100", _pack("panjin-county-2023"))
    (district,) = office.open(office.publish(), 2023, "2023 年度县区政府履行教育职责自评", ("211102",))
    clerk = people["shuangtaizi"]
    data = Path(find_pack("panjin-county-2023")) / "demonstration" / "shuangtaizi.yaml"
    fill(clerk=clerk, officers={}, assessment=district, data=data)
    accept(clerk, submit(clerk, {}, district))
    submission.submit_assessment(by=clerk, assessment=district, password=PASSWORD)
