"""Checks of documents (报告核验): the report as read, and how each finding was handled."""

from django.conf import settings
from django.db import models

from dudao.web.people.models import Region


class Check(models.Model):
    """One run of the checker over one text; `result` is the document of the JSON contract."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="checks")
    title = models.CharField("名称", max_length=300)
    assessment_id = models.BigIntegerField(null=True, db_index=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    result = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "核验"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.title} {self.at:%Y-%m-%d}"


class Handling(models.Model):
    """How a finding was handled; `key` is made of the finding's own words, so that it survives edits elsewhere."""

    STATES = (("accepted", "已采纳"), ("dismissed", "不采纳"), ("passed_on", "已转交"))

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    state = models.CharField("处理", max_length=12, choices=STATES)
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "处理"
        constraints = (models.UniqueConstraint(fields=("region", "key"), name="one_handling_of_a_finding"),)

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.key[:8]}"
