"""Checks of documents (报告核验): reports with their versions, what was found in each, and how it was handled."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dudao.web.evaluations.models import Assessment
from dudao.web.evidence.models import StoredFile
from dudao.web.people.models import Department, Region


class Report(models.Model):
    """A document that is checked, through all its versions; `counts` says how many findings stand how.

    `shared` opens it to the level above once the assessment lies there; without it the document stays within.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField("名称", max_length=300)
    shared = models.BooleanField("报送后上级可见", default=False)
    current = models.OneToOneField(
        "Version", on_delete=models.SET_NULL, null=True, related_name="current_of", help_text="the newest one checked"
    )
    counts = models.JSONField(default=dict, help_text="open, accepted, dismissed, passed_on, solved → number")
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "核验文件"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One file of a report and its check. `summary` holds what the page shows besides the findings themselves.

    Attributes:
        ties: the figures that later reports of the region are held against.
        words: the words around those figures, for what a later report tells in other words.
    """

    STATES = (("waiting", "等待核验"), ("done", "已核验"), ("failed", "未能核验"))

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("第几稿")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=255)
    state = models.CharField("状态", max_length=10, choices=STATES, default="waiting")
    problem = models.TextField("原因", blank=True)
    seconds = models.FloatField("用时", null=True)
    characters = models.PositiveIntegerField("字数", default=0)
    summary = models.JSONField(default=dict)
    ties = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    at = models.DateTimeField("上传时间", auto_now_add=True)
    checked_at = models.DateTimeField("核验时间", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "文件版本"
        ordering = ("report_id", "-number")
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="one_version_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.report} 第 {self.number} 稿"


class Leaf(models.Model):
    """A part of the text of a version as it is shown, with its marks: `[start, end, place, first, last]`."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="leaves")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="the part as `documents.parts` keeps it")
    marks = models.JSONField(default=list)
    entries = models.JSONField(default=dict, help_text="place of an entry → its number, state and key")

    class Meta:
        verbose_name = "正文"
        ordering = ("version_id", "number")
        constraints = (models.UniqueConstraint(fields=("version", "number"), name="one_leaf_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.version_id} {self.number}"


class Entry(models.Model):
    """A finding (`number` from 1) or a recomputed claim (`number` 0) of a version, in the order it is listed.

    Attributes:
        place: what the page calls it: `f3`, `c12`.
        key: what it is recognised by in other versions; empty for claims.
        standing: against the versions before: `new`, `same`, `changed` figures, `reappeared`; empty in the first.
        detail: how it was recomputed, the other places it speaks of.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=12)
    number = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, blank=True)
    look = models.CharField("结论", max_length=24)
    level = models.CharField("级别", max_length=10, blank=True)
    kind = models.CharField("类型", max_length=40)
    code = models.CharField(max_length=80)
    quote = models.TextField("原文")
    sentence = models.TextField("所在句")
    message = models.TextField("说明")
    remedy = models.TextField("建议", blank=True)
    heading = models.CharField("位置", max_length=120, blank=True)
    page = models.PositiveIntegerField("页", null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    leaf = models.PositiveIntegerField()
    standing = models.CharField("与前稿相比", max_length=12, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = "发现"
        ordering = ("version_id", "position")
        constraints = (models.UniqueConstraint(fields=("version", "position"), name="one_entry_of_a_position"),)
        indexes = (models.Index(fields=("version", "number"), name="entry_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.place} {self.quote[:40]}"


class Handling(models.Model):
    """How a finding was handled; `key` is made of the finding's own words, so that it survives edits elsewhere.

    Without a `report` it is about the draft of the region's self-evaluation. `department` is whom it was passed to.
    """

    STATES = (("accepted", "已采纳"), ("dismissed", "不采纳"), ("passed_on", "已转交"))

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="handlings")
    key = models.CharField(max_length=64)
    state = models.CharField("处理", max_length=12, choices=STATES)
    reason = models.TextField("理由", blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "处理"
        constraints = (
            models.UniqueConstraint(
                fields=("region", "key"), condition=Q(report__isnull=True), name="one_handling_of_a_draft_finding"
            ),
            models.UniqueConstraint(
                fields=("report", "key"), condition=Q(report__isnull=False), name="one_handling_of_a_report_finding"
            ),
            models.CheckConstraint(
                condition=~Q(state="passed_on") | Q(department__isnull=False), name="what_is_passed_on_says_to_whom"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.key[:8]}"


class Note(models.Model):
    """What somebody of the level above notes about a finding, for the level above alone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    key = models.CharField(max_length=64)
    text = models.TextField("复核笔记")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "复核笔记"
        ordering = (F("at").desc(), "-id")
        constraints = (models.UniqueConstraint(fields=("report", "key", "by"), name="one_note_of_a_person"),)

    def __str__(self) -> str:
        return self.text[:40]
