"""Evidence (佐证材料): files by content, what they are, which time they speak of, and what they support."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dudao.web.evaluations.models import Answer
from dudao.web.people.models import Department, Region


class StoredFile(models.Model):
    """A file by its content: the same bytes are kept once. `media` is what the content is, not what it is called."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    text = models.TextField(blank=True, help_text="text for search and preview, empty for pictures")
    id_numbers = models.PositiveIntegerField("身份证号", default=0, help_text="how many the text holds")
    phones = models.PositiveIntegerField("手机号", default=0, help_text="how many the text holds")
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """A piece of evidence of a region; its effective period is told apart from when it was received."""

    SECRECY = (("public", "公开"), ("internal", "内部"))

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="evidence")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField("名称", max_length=300)
    number = models.CharField("文号", max_length=120, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    effective_from = models.DateField("所属期间起", null=True, blank=True)
    effective_to = models.DateField("所属期间止", null=True, blank=True)
    secrecy = models.CharField("公开属性", max_length=10, choices=SECRECY, default="internal")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "佐证材料"
        ordering = ("-received_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="evidence_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One state of an evidence's file; the newest counts, earlier ones stay readable."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="revisions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="revisions")
    name = models.CharField("文件名", max_length=255)
    received_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "材料版本"
        ordering = ("evidence_id", "-id")

    def __str__(self) -> str:
        return self.name


class Support(models.Model):
    """That a piece of evidence supports an item, one point of it, or one thing that the scheme asks for there."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="supports")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="supports")
    point = models.CharField("测评点", max_length=40, blank=True)
    request = models.CharField("所要求的材料", max_length=300, blank=True)

    class Meta:
        verbose_name = "支撑关系"
        ordering = ("answer_id", "point", "evidence_id")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "answer", "point", "request"), name="one_support_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.evidence} → {self.answer_id} {self.point}"
