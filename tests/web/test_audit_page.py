import ast

import pytest
from django.conf import settings

from dudao.web.audit.actions import record
from dudao.web.audit.models import Event
from dudao.web.audit.queries import prove
from dudao.web.templatetags.display import FIELDS
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World


def write(region: str, action: str = "evaluations.answer.note", summary: str = "改说明", count: int = 1) -> None:
    for _ in range(count):
        record(
            by=None,
            action=action,
            summary=summary,
            object_type="answer",
            region=region,
            reason="=1+1",
            before={"note": "旧文字"},
            after={"note": "新文字"},
        )


def test_a_clerk_reads_the_own_region_with_before_and_after(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    write("990100", summary="本市的事")
    write("980100", summary="外市的事")
    page = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city)).get("/audit/").content.decode()
    for words in ("本市的事", "旧文字", "新文字"):
        assert words in page
    assert "外市的事" not in page


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR])
def test_drafts_are_known_of_but_not_read_from_above(
    role: Role, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    write("990100", summary="草稿里的话")
    client = signed_in(person("above", role, world.province))
    page = client.get("/audit/").content.decode()
    assert "草稿里的话" not in page
    assert "新文字" not in page
    assert "不在您的查看范围内（填报）" in page
    assert client.get("/audit/?words=草稿").context["events"] == []
    exported = b"".join(client.post("/audit/export/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "草稿里的话" not in exported


def test_a_city_whose_code_ends_in_a_naught_keeps_to_itself(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    from tests.web.conftest import _region

    tenth = _region(world.province, "991000", "拾市", "city")
    _region(world.province, "991100", "拾壹市", "city")
    write("991100", summary="别市的事")
    page = signed_in(person("clerk", Role.SUPERVISION_CLERK, tenth)).get("/audit/").content.decode()
    assert "别市的事" not in page


def test_pages_turn_by_key_and_reading_is_noted_once(world: World, person: MakePerson, signed_in: SignIn) -> None:
    write("990100", count=120)
    client = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))
    seen: list[int] = []
    address = "/audit/"
    while address:
        page = client.get(address)
        seen += [event.sequence for event, _ in page.context["events"]]
        address = f"/audit/?{page.context['older']}" if page.context["older"] else ""
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 121
    assert Event.objects.filter(action="audit.read").count() == 1


def test_cells_of_the_export_are_no_formulas(world: World, person: MakePerson, signed_in: SignIn) -> None:
    write("990100", summary="@SUM(A1)")
    client = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))
    text = b"".join(client.post("/audit/export/").streaming_content).decode()  # type: ignore[attr-defined]
    assert ",'@SUM(A1)," in text
    assert ",'=1+1," in text
    assert Event.objects.filter(action="audit.export").count() == 1


@pytest.mark.django_db
def test_a_proof_goes_on_where_it_stopped() -> None:
    write("990100", count=12)
    first = prove(most=5)
    second = prove((first.sequence, first.hash), most=5)
    third = prove((second.sequence, second.hash), most=5)
    assert [proof.finished for proof in (first, second, third)] == [False, False, True]
    assert (third.sequence, third.breaks) == (12, ())
    assert prove((first.sequence, "0" * 64), most=5).breaks


def test_the_page_proves_the_chain(world: World, person: MakePerson, signed_in: SignIn) -> None:
    write("990100", count=3)
    client = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))
    assert "链校验通过" in client.post("/audit/proof/").content.decode()
    assert "链校验通过" in client.post("/audit/proof/", headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("query", ["since=2022-13-45", "before=abc", "until=9999-12-31", "words=%27"])
def test_odd_questions_are_answered(query: str, world: World, person: MakePerson, signed_in: SignIn) -> None:
    client = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))
    assert client.get(f"/audit/?{query}").status_code == 200


def _fields_named() -> set[str]:
    """Return the fields that actions write into the trail as what was before and after."""
    found = set()
    for path in settings.BASE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {node.arg} if isinstance(node, ast.keyword) else set()
            if isinstance(node, ast.Assign):
                names = {each.id for each in node.targets if isinstance(each, ast.Name)}
            if isinstance(node, ast.keyword | ast.Assign) and names & {"before", "after"}:
                held = [each for each in ast.walk(node.value) if isinstance(each, ast.Dict)]
                found |= {str(key.value) for each in held for key in each.keys if isinstance(key, ast.Constant)}
    return found


def test_every_field_of_the_trail_has_a_name_in_words() -> None:
    fields = _fields_named()
    assert {"note", "sha256", "rows"} <= fields
    assert sorted(fields - set(FIELDS)) == []


def test_what_the_system_did_is_told_in_the_language_of_the_reader(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    record(by=None, action="background.done", summary="系统的一步", object_type="job", object_id=1, region="990100")
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    page = signed_in(clerk)
    assert ">系统</td>" in page.get("/audit/").content.decode()
    clerk.preferences = {"language": "en"}
    clerk.save()
    assert ">System</td>" in page.get("/audit/").content.decode()
