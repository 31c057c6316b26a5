"""Searching: right at every moment, in Chinese of any length, and never beyond what the pages show."""

import importlib
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dudao.web.background.periodic import hand_out
from dudao.web.background.worker import run_all
from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.evaluations.queries import visible_answers, visible_assessments
from dudao.web.evidence.models import Evidence, Revision
from dudao.web.evidence.queries import open_assessments, visible_evidence
from dudao.web.people.access import subject_of
from dudao.web.people.models import Grant, User
from dudao.web.search.grams import asked_grams, grams, plain, words
from dudao.web.search.index import ANSWER, candidates, count_anew, forget_leftovers, stale
from dudao.web.search.queries import (
    find_answers,
    find_evidence,
    find_items,
    reach_of,
    readable_answers,
    readable_evidence,
)
from dudao.web.search.refresh import refresh
from dudao.web.search.views import excerpt, marked
from dudao.workflow.machine import Role
from tests.web.conftest import ITEM, OpenedRound, SignIn, World
from tests.web.evidence_round import received

LETTERS = st.text(st.sampled_from("教育经费一二 ，〔2023〕31号ＡaBﬁ_é"), max_size=30)


@given(LETTERS, st.integers(0, 30), st.integers(1, 8))
def test_a_text_holds_the_grams_of_every_part_of_it(text: str, start: int, length: int) -> None:
    compared = plain(text)
    for word in words(compared[start : start + length]):
        whole, begun = asked_grams(word)
        held = grams(text)
        assert whole <= held
        assert all(any(gram.startswith(each) for gram in held) for each in begun)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("  教育　经费 ", ("教育", "经费")),
        ("ＡＢ ab", ("ab",)),
        ("，。 ！", ()),
        ("", ()),
        ("一 二 三 四 五 六 七", ("一", "二", "三", "四", "五")),
        ("a\x00b", ("a", "b")),
    ],
)
def test_words_of_a_question(asked: str, found: tuple[str, ...]) -> None:
    assert words(asked) == found


def write(opened: OpenedRound, text: str, item: str = ITEM) -> Answer:
    Answer.objects.filter(assessment=opened.assessment, item=item).update(note=text)
    return opened.answer(item)


def found(person: User, asked: str) -> list[Any]:
    return list(find_answers(subject_of(person), words(asked), 20).rows)


TEXT = "生均公用经费按时足额拨付，依据盘政教督室〔2023〕31号，ＧＢ2260。"
HITS = [
    "经费",
    "生均公用经费",
    "经",
    "盘政教督室〔2023〕31号",
    "2023",
    "31号",
    "gb2260",
    "GB",
    "经费 拨付",
    "用经",
    "号，",
]
MISSES = ["2602", "经费拨", "2024", "教育", "经费 教育", "号gb", "均公生"]


@pytest.mark.parametrize("indexed", [False, True])
def test_what_stands_in_a_text_is_found_and_what_does_not_is_not(opened: OpenedRound, indexed: bool) -> None:
    row = write(opened, TEXT)
    if indexed:
        refresh()
        assert stale(ANSWER, 9) == []
    for asked in HITS:
        assert found(opened.clerk, asked) == [row], asked
    for asked in MISSES:
        assert found(opened.clerk, asked) == [], asked


def test_a_change_is_found_at_once_and_the_old_text_no_more(opened: OpenedRound) -> None:
    row = write(opened, "旧的说明")
    refresh()
    write(opened, "新的内容")  # not indexed yet
    assert found(opened.clerk, "旧的说明") == []
    assert found(opened.clerk, "新的内容") == [row]
    refresh()
    assert found(opened.clerk, "旧的说明") == []
    assert found(opened.clerk, "新的内容") == [row]
    assert [key for keys in candidates(ANSWER, ("旧的",), reach_of(subject_of(opened.clerk))) for key in keys] == []


def test_what_is_deleted_is_found_no_more(opened: OpenedRound, world: World) -> None:
    piece = received(opened.officer, world.finance, "独一无二的决算表")
    refresh()
    assert find_evidence(subject_of(opened.clerk), ("独一无二",), 5).rows == (piece,)
    Revision.objects.filter(evidence=piece).delete()
    Evidence.objects.filter(pk=piece.pk).delete()
    assert find_evidence(subject_of(opened.clerk), ("独一无二",), 5).rows == ()
    refresh()
    assert find_evidence(subject_of(opened.clerk), ("独一无二",), 5).rows == ()


def test_evidence_is_found_by_name_number_issuer_and_file(opened: OpenedRound, world: World) -> None:
    piece = received(opened.officer, world.finance, "某材料")
    Evidence.objects.filter(pk=piece.pk).update(
        title="教育经费决算", number="云政办〔2022〕5号", issuer="云州市人民政府办公室"
    )
    Revision.objects.filter(evidence=piece).update(name="扫描件第七版.pdf")
    for moment in ("stale", "indexed"):
        for asked in ("决算", "云政办〔2022〕5号", "人民政府", "第七版", "决算 政府 七版"):
            rows = find_evidence(subject_of(opened.clerk), words(asked), 5).rows
            assert rows == (piece,), (moment, asked)
        refresh()


def test_items_are_found_by_number_and_name(opened: OpenedRound) -> None:
    rows = find_items(subject_of(opened.clerk), (ITEM,), 5).rows
    assert ITEM in {item.id for _, item in rows}
    assert find_items(subject_of(opened.other_officer), (ITEM,), 5).rows == ()


def test_items_that_an_officer_has_no_duty_of_are_not_found(opened: OpenedRound) -> None:
    every = {item.id for _, item in find_items(subject_of(opened.clerk), (".",), 100).rows}
    own = {item.id for _, item in find_items(subject_of(opened.officer), (".",), 100).rows}
    duties = Duty.objects.filter(assessment=opened.assessment, department__name="市财政局")
    assert own == every & set(duties.values_list("item", flat=True))
    assert own < every


def test_what_is_left_over_is_cleared_away_and_everything_found_again(opened: OpenedRound) -> None:
    for number in range(4):
        for row in Answer.objects.all():
            Answer.objects.filter(pk=row.pk).update(note=f"第{number}次的说明，说明")
        refresh()
    assert forget_leftovers() is False  # too little to be worth it
    row = write(opened, "最后的说明")
    refresh()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_entry SET id = id + 5000 WHERE object_id = %s AND kind = 'answer'", [row.pk])
    cleared = forget_leftovers()
    assert cleared is (connection.vendor == "sqlite")
    if cleared:
        assert found(opened.clerk, "最后") == [row]
        refresh()
        assert found(opened.clerk, "最后") == [row]


ROLES_SOMEWHERE = st.lists(
    st.tuples(
        st.sampled_from(list(Role)),
        st.sampled_from(["province", "city", "county", "other_province", "other_city"]),
        st.sampled_from(["finance", "education", "other_finance"]),
        st.sampled_from(["", "past"]),
    ),
    max_size=3,
    unique_by=lambda grant: (grant[0], grant[1], grant[2]),
)


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    held=ROLES_SOMEWHERE,
    state=st.sampled_from(["open", "submitted", "sent_back", "confirmed"]),
    secrecy=st.sampled_from(["public", "internal"]),
    indexed=st.booleans(),
)
def test_nothing_is_found_that_the_pages_would_not_show(
    opened: OpenedRound, world: World, held: list[tuple[Role, str, str, str]], state: str, secrecy: str, indexed: bool
) -> None:
    person, _ = User.objects.get_or_create(username="anybody", defaults={"name": "任何人"})
    Grant.objects.filter(user=person).delete()
    for role, place, office, when in held:
        department = getattr(world, office) if role is Role.DEPARTMENT_OFFICER else None
        Grant.objects.get_or_create(
            user=person,
            role=role,
            region=getattr(world, place),
            department=department,
            defaults={"ends": date(2020, 1, 1)} if when else {},
        )
    Assessment.objects.filter(pk=opened.assessment.pk).update(state=state)
    Answer.objects.update(note="密密麻麻")
    piece = Evidence.objects.first() or received(opened.officer, world.finance, "密密麻麻的材料")
    Evidence.objects.filter(pk=piece.pk).update(secrecy=secrecy)
    if indexed:
        refresh()
    subject = subject_of(person)
    may_read = {row.pk for each in visible_assessments(subject) for row in visible_answers(subject, each) if row.note}
    answers = {row.pk for row in find_answers(subject, ("密密",), 100).rows}
    assert answers <= may_read
    assert answers == set(readable_answers(subject).values_list("pk", flat=True))
    roles = {role for role, _, _, when in held if not when}
    if roles <= {Role.SUPERVISION_CLERK, Role.LEADER, Role.DEPARTMENT_OFFICER}:
        assert answers == may_read  # and nothing is kept back from those who write
    visible = {row.pk for each in visible_assessments(subject) for row in visible_answers(subject, each)}
    for row, item in find_items(subject, (".",), 100).rows:
        assert Answer.objects.get(assessment=row, item=item.id).pk in visible
    libraries = [set(visible_evidence(subject, each)) for each in open_assessments(subject)]
    shown = set(find_evidence(subject, ("密密",), 100).rows)
    assert shown <= set().union(*libraries)
    assert shown == set(readable_evidence(subject))


def test_the_page_marks_what_was_found_and_links_to_it(opened: OpenedRound, world: World, signed_in: SignIn) -> None:
    write(opened, "前言。" * 20 + "<b>足额</b>拨付教育经费" + "后记。" * 60)
    received(opened.officer, world.finance, "足额拨付的凭证")
    page = signed_in(opened.clerk)
    text = page.get("/search/", {"q": "足额"}).content.decode()
    assert "&lt;b&gt;<mark>足额</mark>&lt;/b&gt;拨付教育经费" in text
    assert "…" in text
    assert f'href="/2022/990100/duty/self/{ITEM}/"' in text
    assert "<mark>足额</mark>拨付的凭证" in text
    assert 'value="足额"' in text
    assert "没有找到" in page.get("/search/", {"q": "不存在的词"}).content.decode()
    assert "请输入要找的字词" in page.get("/search/", {"q": " ，"}).content.decode()
    assert page.get("/search/", {"q": "长" * 5000}).status_code == 200
    assert page.get("/search/", {"q": "\x00"}).status_code == 400  # as for every address
    assert page.get("/search/?q=" + "%27%22%28%26%7C%21%3A%2A").status_code == 200


@pytest.mark.parametrize("asked", ["'a", '"教育"', "教育*", "a:*", "教 & 育", "(教", "NOT 教育", "教\\育", "%", "_"])
def test_signs_of_query_languages_are_no_more_than_signs(opened: OpenedRound, asked: str) -> None:
    write(opened, f"写着{asked}的说明")
    for _ in range(2):
        assert len(found(opened.clerk, asked)) == (1 if words(asked) else 0)
        refresh()


def test_leaders_and_system_administrators(world: World, person: Any, opened: OpenedRound, signed_in: SignIn) -> None:
    write(opened, "只此一处的说明")
    text = signed_in(person("leader", Role.LEADER, world.city)).get("/search/", {"q": "此一处"}).content.decode()
    assert "只<mark>此一处</mark>的说明" in text
    administrator = signed_in(person("admin", Role.SYSTEM_ADMINISTRATOR, world.city))
    assert administrator.get("/search/", {"q": "此一处"}).status_code == 403
    assert 'id="search"' not in administrator.get("/").content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    opened: OpenedRound, world: World, signed_in: SignIn
) -> None:
    page = signed_in(opened.clerk)
    counts = []
    for number in range(2):
        for place in range(3):
            received(opened.officer, world.finance, f"共有的名称{number}{place}")
        page.get("/search/", {"q": "共有"})
        with CaptureQueriesContext(connection) as captured:
            assert page.get("/search/", {"q": "共有"}).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_index_is_kept_by_the_worker(opened: OpenedRound) -> None:
    from django.utils import timezone

    write(opened, "等着被索引")
    assert stale(ANSWER, 9)
    hand_out(timezone.now())
    run_all()
    assert stale(ANSWER, 9) == []


def test_much_is_indexed_part_by_part(opened: OpenedRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dudao.web.search.refresh._AT_ONCE", 4)
    waiting = len(stale(ANSWER, 99))
    assert waiting > 8
    assert refresh(most=5) == 8
    assert len(stale(ANSWER, 99)) == waiting - 8
    refresh()
    assert stale(ANSWER, 99) == []


def test_what_is_handed_over_is_found_above_at_once_and_behind_many_drafts(
    opened: OpenedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answer.objects.update(note="共有的说明")
    refresh()
    monkeypatch.setattr("dudao.web.search.index.MOST", 5)
    above = subject_of(opened.province)
    assert list(candidates(ANSWER, ("共有",), reach_of(above))) == [[]]  # not one draft is passed
    assert find_answers(above, ("共有",), 3).rows == ()
    Assessment.objects.filter(pk=opened.assessment.pk).update(state="submitted")
    assert len(find_answers(above, ("共有",), 3).rows) == 3  # before it is indexed anew
    refresh()
    assert len(find_answers(above, ("共有",), 3).rows) == 3
    Assessment.objects.filter(pk=opened.assessment.pk).update(state="sent_back")
    assert find_answers(above, ("共有",), 3).rows == ()
    refresh()
    assert list(candidates(ANSWER, ("共有",), reach_of(above))) == [[]]


def test_more_than_is_looked_at_is_told(opened: OpenedRound, monkeypatch: pytest.MonkeyPatch) -> None:
    Answer.objects.update(note="共有的说明")
    refresh()
    monkeypatch.setattr("dudao.web.search.index._FIRST", 2)
    monkeypatch.setattr("dudao.web.search.index.MOST", 5)
    monkeypatch.setattr("dudao.web.search.queries.MOST", 5)
    some = find_answers(subject_of(opened.clerk), ("共有",), 100)
    assert (len(some.rows), some.more) == (5, True)
    assert find_answers(subject_of(opened.clerk), ("共有",), 3).more


def test_excerpts() -> None:
    assert excerpt("甲" * 200 + "乙", ("乙",)) == "…" + "甲" * 30 + "<mark>乙</mark>"
    assert excerpt("没有", ("乙",)) == "没有"
    assert marked("A&a", ("a",)) == "<mark>A</mark>&amp;<mark>a</mark>"


@pytest.mark.django_db
def test_no_plan_is_kept_for_the_words_of_a_question(opened: OpenedRound) -> None:
    """A plan made for words unknown walks every entry for a rare word; each question is planned for its own."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps plans")
    reach = reach_of(subject_of(opened.clerk))
    for _ in range(8):
        list(candidates(ANSWER, ["教育经费"], reach))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%search_grams%%@@%%'")
        assert cursor.fetchone() == (0,)
    assert connection.connection.prepare_threshold is not None


@pytest.mark.django_db
def test_the_database_counts_an_index_anew_while_it_grows(opened: OpenedRound, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("dudao.web.search.refresh")
    counted: list[int] = []
    monkeypatch.setattr(module, "_AT_ONCE", 1)

    def counting() -> None:
        counted.append(1)
        count_anew()

    monkeypatch.setattr(module, "count_anew", counting)
    done = refresh()
    assert done == Answer.objects.count() > 4
    assert len(counted) == sum(done >= 4**power for power in range(1, 9))
