"""A city runs a round for its counties: it sees them all, is told of what they send, and ends what it began."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes, submission
from dudao.web.evaluations.concerned import clerks_running, people_with
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.refusals import NotAllowedError
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

PROGRESS = "/2023/990101/duty/progress/"


@dataclass(frozen=True, slots=True)
class CityRound:
    province: User
    city_clerk: User
    county_clerk: User

    @property
    def county(self) -> Assessment:
        return Assessment.objects.select_related("region", "round__region").get()

    def sent(self) -> Assessment:
        Assessment.objects.update(state="submitted", version=1)
        return self.county


@pytest.fixture
def city_round(world: World, person: MakePerson) -> CityRound:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    city_clerk = person("city", Role.SUPERVISION_CLERK, world.city)
    scheme = schemes.keep_draft(
        by=province, region=world.province, files=files_of_pack(find_pack("panjin-county-2023"))
    )
    schemes.publish(by=province, row=scheme)
    scheme.refresh_from_db()
    rounds.open_round(
        by=city_clerk,
        scheme=scheme,
        region=world.city,
        year=2023,
        title="2023 年度县级自评",
        stages={"departments": (date(2023, 7, 3), date(2023, 8, 18))},
        regions=[world.county],
        today=date(2023, 7, 3),
    )
    return CityRound(province, city_clerk, person("county", Role.SUPERVISION_CLERK, world.county))


def pages(signed_in: SignIn, who: User) -> tuple[Client, str]:
    client = signed_in(who)
    return client, client.get("/").content.decode()


def test_the_city_confirms_what_its_county_sent_and_the_county_does_not(
    city_round: CityRound, signed_in: SignIn
) -> None:
    row = city_round.sent()
    with pytest.raises(NotAllowedError):
        submission.confirm(by=city_round.county_clerk, assessment=row)
    assert "退回下级" not in signed_in(city_round.county_clerk).get(PROGRESS).content.decode()
    client = signed_in(city_round.city_clerk)
    assert "退回下级" in client.get(PROGRESS).content.decode()
    assert client.post("/2023/990101/duty/confirm/").status_code == 302
    assert city_round.county.state == "confirmed"


def test_the_city_sends_back_with_a_reason(city_round: CityRound) -> None:
    row = submission.send_back(
        by=city_round.city_clerk, assessment=city_round.sent(), reason="数据与统计公报不符，请核对"
    )
    assert row.state == "sent_back"


def test_what_a_province_runs_only_the_province_confirms(
    world: World, city_round: CityRound, person: MakePerson
) -> None:
    row = city_round.sent()
    row.round.region = world.province
    row.round.save(update_fields=["region"])
    with pytest.raises(NotAllowedError):
        submission.confirm(by=city_round.city_clerk, assessment=city_round.county)
    assert submission.confirm(by=city_round.province, assessment=city_round.county).state == "confirmed"


def test_the_city_is_told_of_what_is_sent_and_not_of_each_item(city_round: CityRound) -> None:
    row = city_round.county
    assert people_with(row, {Role.SUPERVISION_CLERK}) == {city_round.county_clerk.pk}
    assert list(clerks_running(row)) == [city_round.city_clerk]
    city_round.county_clerk.grants.all().delete()
    assert people_with(row, {Role.SUPERVISION_CLERK}) == {city_round.city_clerk.pk}, "somebody has to see to it"


def test_the_workbench_of_the_city_shows_its_counties_and_that_of_the_county_its_items(
    city_round: CityRound, signed_in: SignIn
) -> None:
    _, above = pages(signed_in, city_round.city_clerk)
    _, below = pages(signed_in, city_round.county_clerk)
    assert "各地进度" in above
    assert PROGRESS in above
    assert "无牵头" not in above
    assert "各地进度" not in below
    assert "待我处理" in below
