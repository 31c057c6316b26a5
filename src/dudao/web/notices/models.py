"""Notices of people, how each wants to be told, and what robots were told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.people.models import Region

TO_MAIL = ("waiting", "sending")
"""Notices that are still to go out by mail: in the next one, or in one that was begun."""


class Notice(models.Model):
    """One thing told to one person once; `key` names the thing.

    `mail` says what is still to be done by mail. The sentence was allowed to the person when it was written;
    the list shows it only as long as the region is within the person's reach.
    """

    MAIL = (("none", "不发"), ("waiting", "待发"), ("sending", "正在发"), ("sent", "已发"), ("failed", "未能发出"))

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField("种类", max_length=40)
    sentence = models.CharField("内容", max_length=300)
    words = models.TextField("原话", blank=True)
    address = models.CharField("页面", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, related_name="notices")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, null=True, related_name="notices")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="notices")
    key = models.CharField(max_length=200)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True)
    mail = models.CharField("邮件", max_length=10, choices=MAIL, default="none")
    mail_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "消息"
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("person", "-at"), name="notices_of_a_person"),
            models.Index(fields=("person",), condition=Q(read_at__isnull=True), name="unread_notices"),
            models.Index(fields=("person", "at"), condition=Q(mail__in=TO_MAIL), name="notices_to_mail"),
        )

    def __str__(self) -> str:
        return self.sentence


class Preference(models.Model):
    """How a person wants to be told; without a row the defaults hold.

    During the quiet hours (from one time to the other, over midnight where the first is later) no mail goes out.
    """

    WAYS = (("now", "随时发邮件"), ("daily", "每个工作日汇总一封邮件"), ("none", "不发邮件，只在平台里提醒"))

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference")
    mail = models.CharField("邮件", max_length=10, choices=WAYS, default="daily")
    digest_at = models.TimeField("汇总时间", default=time(8, 30))
    quiet_from = models.TimeField("免打扰起", null=True, blank=True, default=time(20, 0))
    quiet_to = models.TimeField("免打扰止", null=True, blank=True, default=time(7, 30))
    muted = models.JSONField("不提醒的种类", default=list, blank=True)

    class Meta:
        verbose_name = "消息设置"

    def __str__(self) -> str:
        return f"{self.person} {self.mail}"


class RobotMessage(models.Model):
    """What one robot is told of one thing, once."""

    robot = models.CharField("机器人", max_length=80)
    key = models.CharField(max_length=200)
    text = models.TextField("内容")
    address = models.CharField("页面", max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "群消息"
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint(fields=("robot", "key"), name="a_robot_is_told_once"),)

    def __str__(self) -> str:
        return self.text[:40]
