"""Telling robots of group chats (DingTalk, WeCom): once each, through the queue, of their own region only."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import quote_plus

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dudao.errors import DudaoError
from dudao.web.background.actions import enqueue
from dudao.web.background.registry import QUICK, job
from dudao.web.background.run import LaterError, Run
from dudao.web.evaluations.happenings import Happening
from dudao.web.notices.models import RobotMessage
from dudao.web.outgoing import UnansweredError, post_json
from dudao.web.phrase_book import told
from dudao.web.robot_settings import Robot


def tell_robots(happenings: Iterable[Happening]) -> None:
    """Have the robots of the region told of steps of the round; told twice, one goes out once."""
    for happening in happenings:
        for robot in settings.ROBOTS:
            if robot.region == happening.assessment.region.code and happening.kind.value in robot.kinds:
                _tell(robot, happening)


@transaction.atomic
def _tell(robot: Robot, happening: Happening) -> None:
    row, new = RobotMessage.objects.get_or_create(
        robot=robot.name,
        key=happening.key[:200],
        defaults={"text": happening.sentence, "address": happening.address},
    )
    if new:
        enqueue(send_to_robot, by=None, region=None, arguments={"message": row.pk})


@job(kind="notices.robot", title="发送群消息", retries=6, lane=QUICK)
def send_to_robot(run: Run, *, message: int) -> None:
    """Send one message to its robot, unless it was sent before."""
    row = RobotMessage.objects.get(pk=message)
    robot = next((each for each in settings.ROBOTS if each.name == row.robot), None)
    if robot is None:
        raise DudaoError(
            _("群机器人 %(robot)s 已不在设置里。") % {"robot": row.robot}, advice=_("不再发送，无需处理。")
        )
    if row.sent_at is None:
        url = signed(robot, int(timezone.now().timestamp() * 1000))
        try:
            answer = post_json(url, body_of(row, robot.language), allowed=settings.OUTGOING_ALLOWED)
        except UnansweredError as error:
            raise LaterError(error.message, advice=error.advice) from error
        code = answer.content.get("errcode")
        if code != 0:
            raise LaterError(
                _("群机器人 %(name)s 没有接受（errcode %(code)s）。") % {"name": robot.name, "code": code},
                advice=_("请检查地址、密钥和频率限制。"),
            )
    with run.conclude() as conclusion:
        RobotMessage.objects.filter(pk=row.pk).update(sent_at=timezone.now())
        conclusion.words = robot.name


def body_of(row: RobotMessage, language: str) -> dict[str, object]:
    """Return the message as both makes of robots read it, in the language of the group."""
    link = f"\n{settings.ADDRESS}{row.address}" if settings.ADDRESS else ""
    with translation.override(language):
        return {"msgtype": "text", "text": {"content": f"{_('【督导】')}{told(row.text)}{link}"}}


def signed(robot: Robot, timestamp: int) -> str:
    """Return the address with the signature that DingTalk asks for; WeCom's carries its key already.

    Args:
        robot: whose address.
        timestamp: milliseconds since 1970; DingTalk refuses what is more than an hour off.
    """
    if robot.make != "dingtalk":
        return robot.url
    text = f"{timestamp}\n{robot.secret}".encode()
    digest = hmac.new(robot.secret.encode(), text, hashlib.sha256).digest()
    joint = "&" if "?" in robot.url else "?"
    return f"{robot.url}{joint}timestamp={timestamp}&sign={quote_plus(base64.b64encode(digest))}"
