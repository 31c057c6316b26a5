import pytest

from dudao.packs.find import find_pack
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import PublishedScheme
from dudao.web.evaluations.refusals import NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

FILES = files_of_pack(find_pack("liaoning-city-2022"))


def test_a_pack_becomes_a_draft_and_then_a_frozen_scheme(world: World, person: MakePerson, signed_in: SignIn) -> None:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    client = signed_in(province)
    answer = client.post("/schemes/take-over/", {"pack": "liaoning-city-2022", "region": "990000"})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "教育经费保障情况" in page.content.decode()
    assert client.post(answer["Location"] + "publish/").status_code == 302
    row = PublishedScheme.objects.get()
    assert row.state == "published"
    with pytest.raises(NotPossibleError):
        schemes.replace_draft(by=province, row=row, files=FILES)
    assert Event.objects.filter(action="evaluations.scheme.publish").count() == 1


def test_only_shipped_packs_are_taken_over_and_never_a_path(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    client = signed_in(person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province))
    folder = find_pack("liaoning-city-2022")
    for wanted in ("", "nothing", str(folder), f"{folder}/pack.yaml", "../../", "/etc"):
        answer = client.post("/schemes/take-over/", {"pack": wanted, "region": "990000"})
        assert answer.status_code == 422
        assert "没有这个方案包" in answer.content.decode()
    assert not PublishedScheme.objects.exists()


def test_a_clerk_reads_what_is_published_and_publishes_nothing(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    row = schemes.keep_draft(by=province, region=world.province, files=FILES)
    address = f"/schemes/{row.slug}/{row.version}/"
    assert signed_in(clerk).get(address).status_code == 404
    with pytest.raises(NotAllowedError):
        schemes.publish(by=clerk, row=row)
    schemes.publish(by=province, row=row)
    assert signed_in(clerk).get(address).status_code == 200
    assert signed_in(clerk).post(address + "publish/").status_code == 403
    outsider = person("outsider", Role.SUPERVISION_CLERK, world.other_city)
    assert signed_in(outsider).get(address).status_code == 404


def test_a_scheme_whose_points_do_not_add_up_is_not_published(world: World, person: MakePerson) -> None:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    broken = {name: text.replace("full_points: 13", "full_points: 12") for name, text in FILES.items()}
    row = schemes.keep_draft(by=province, region=world.province, files=broken)
    with pytest.raises(NotPossibleError, match="方案检查未通过"):
        schemes.publish(by=province, row=row)


def test_two_versions_are_compared(world: World, person: MakePerson, signed_in: SignIn) -> None:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    first = schemes.keep_draft(by=province, region=world.province, files=FILES)
    changed = {name: text.replace("教师工资待遇落实情况", "教师工资待遇保障情况") for name, text in FILES.items()}
    second = schemes.keep_draft(by=province, region=world.province, files=changed)
    page = signed_in(province).get(f"/schemes/{second.slug}/{second.version}/compare/{first.pk}/")
    assert "改文字" in page.content.decode()
