"""The clock of the server is set back an hour, and then right again: nothing breaks, nothing is told twice."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from dudao.web.audit.models import Event
from dudao.web.audit.queries import verify
from dudao.web.background.periodic import hand_out
from dudao.web.background.worker import run_all
from dudao.web.evaluations.near_deadlines import tell_deadlines
from dudao.web.notices.models import Notice
from dudao.web.people.actions import invitations, second_factor
from dudao.web.people.models import Invitation
from tests.web.conftest import PASSWORD, OpenedRound, SignIn

PAGE = "/2022/990100/duty/self/3.10/"
_real = timezone.now
Set = Callable[[timedelta], None]


@pytest.fixture
def clock() -> Iterator[Set]:
    """Set the clock wrong by so much, for the whole program."""
    off = [timedelta()]

    def now() -> datetime:
        return _real() + off[0]

    def set_to(by: timedelta) -> None:
        off[0] = by

    with mock.patch.object(timezone, "now", now), mock.patch("axes.handlers.proxy.now", now):
        yield set_to


BACK = timedelta(hours=-1)


def test_the_trail_stays_whole_and_in_order(opened: OpenedRound, signed_in: SignIn, clock: Set) -> None:
    client = signed_in(opened.clerk)
    for version, off in enumerate((timedelta(), BACK, timedelta())):
        clock(off)
        assert client.post(f"{PAGE}note/", {"note": f"第{version}稿", "version": version}).status_code in {200, 302}
    assert opened.answer().note == "第2稿"
    assert verify() == []
    written = list(Event.objects.filter(action="evaluations.answer.note").order_by("sequence"))
    assert [event.after["note"] for event in written] == ["第0稿", "第1稿", "第2稿"]
    assert written[1].at < written[0].at  # told as the clock told it; the order is the sequence's


def test_sessions_go_on_and_end(opened: OpenedRound, clock: Set) -> None:
    client = Client()
    assert client.post("/login/", {"username": opened.clerk.username, "password": PASSWORD}).status_code == 302
    clock(BACK)
    assert client.get("/account/").status_code == 200
    late = Client()
    assert late.post("/login/", {"username": opened.clerk.username, "password": PASSWORD}).status_code == 302
    clock(timedelta())
    assert client.get("/account/").status_code == 200
    assert late.get("/account/").status_code == 200
    clock(timedelta(hours=9))
    assert client.get("/account/").status_code == 302
    assert late.get("/account/").status_code == 302


def test_what_was_used_up_stays_used_up(opened: OpenedRound, clock: Set) -> None:
    _row, secret = invitations.invite(by=opened.province, user=opened.clerk, reason="本人忘记密码")
    invitations.accept(secret=secret, password="another-good-long-word-2")
    clock(BACK)
    assert invitations.open_invitation(secret) is None
    _row, later = invitations.invite(by=opened.province, user=opened.clerk, reason="本人忘记密码")
    clock(timedelta())
    assert invitations.open_invitation(later) is not None
    clock(timedelta(days=4))
    assert invitations.open_invitation(later) is None
    assert Invitation.objects.count() == 2


def test_a_revoked_token_stays_revoked(opened: OpenedRound, clock: Set) -> None:
    from tests.web.api_client import secret_of

    headers = {"Authorization": f"Bearer {secret_of(opened.clerk)}"}
    assert Client().get("/api/v1/me", headers=headers).status_code == 200
    opened.clerk.api_tokens.update(revoked_at=timezone.now())
    clock(BACK)
    assert Client().get("/api/v1/me", headers=headers).status_code == 401


def test_who_was_locked_out_is_let_in_again_in_time(opened: OpenedRound, clock: Set) -> None:
    """The lock lasts its quarter of an hour, not until a clock that was set back catches up."""
    right, wrong = ({"username": opened.clerk.username, "password": each} for each in (PASSWORD, "wrong"))
    for _ in range(5):
        Client().post("/login/", wrong)
    clock(BACK)
    assert Client().post("/login/", right).status_code == 429
    clock(BACK + timedelta(minutes=14))
    assert Client().post("/login/", right).status_code == 429  # no sooner either
    clock(BACK + timedelta(minutes=16))
    assert Client().post("/login/", right).status_code == 302


def test_a_wrong_code_holds_up_no_longer_than_it_should(opened: OpenedRound, clock: Set) -> None:
    device = TOTPDevice.objects.create(user=opened.clerk, confirmed=True)
    assert not second_factor.passes(by=opened.clerk, token="000000")
    clock(BACK)
    device.refresh_from_db()
    assert device.throttling_failure_count == 1
    second_factor.passes(by=opened.clerk, token=code_of(device))  # the first look sets the wait right
    clock(BACK + timedelta(seconds=2))
    assert second_factor.passes(by=opened.clerk, token=code_of(device))


def code_of(device: TOTPDevice) -> str:
    """Return what a telephone with the right time shows."""
    return f"{totp(device.bin_key):06d}"


def test_nobody_is_told_twice_of_a_deadline(opened: OpenedRound, clock: Set) -> None:
    tell_deadlines(timezone.localdate(timezone.now()))
    run_all()
    told = Notice.objects.count()
    clock(BACK)
    tell_deadlines(timezone.localdate(timezone.now()))
    clock(timedelta())
    tell_deadlines(timezone.localdate(timezone.now()))
    run_all()
    assert Notice.objects.count() == told


def test_periodic_steps_do_not_wait_an_hour(opened: OpenedRound, clock: Set) -> None:
    assert hand_out(timezone.now()) > 0
    run_all()
    clock(BACK)
    assert hand_out(timezone.now()) > 0  # the turn that lies in the future is taken now
    run_all()
    assert hand_out(timezone.now()) == 0
