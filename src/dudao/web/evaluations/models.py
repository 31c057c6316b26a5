"""A round and what is filled in during it; rows become core objects in `convert.py`."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dudao.web.people.models import Department, Region
from dudao.workflow.transitions import ANSWER, ASSESSMENT


class PublishedScheme(models.Model):
    """A scheme as kept by the platform: the files of its pack, frozen by their hash once published.

    A published scheme never changes; a correction is a new version of the same slug and year.
    """

    STATES = (("draft", "草稿"), ("published", "已发布"), ("withdrawn", "已停用"))

    slug = models.CharField("标识", max_length=80)
    version = models.PositiveIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=200)
    year = models.PositiveIntegerField("年度")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="schemes")
    level = models.CharField(
        "评价对象", max_length=10, choices=[("province", "省级"), ("city", "市级"), ("county", "县级")]
    )
    files = models.JSONField(help_text="relative path of each pack file → its text")
    content_hash = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=12, choices=STATES, default="draft")
    undecided = models.JSONField(default=list, blank=True, help_text="what an import could not decide")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    reason = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "评价方案"
        ordering = ("-year", "slug", "-version")
        constraints = (
            models.UniqueConstraint(fields=("slug", "version"), name="one_scheme_of_a_version"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False, published_by__isnull=False),
                name="a_published_scheme_says_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（第 {self.version} 版）"


class SchemeOriginal(models.Model):
    """The tables of the file that a draft was imported from, as text, to be looked at beside what was recognised.

    `places` says by the id of an indicator or point where it is printed, `doubts` by the sentence that is left to be
    settled: each a pair of the table's place in `tables` and of the row, both from 0.
    """

    scheme = models.OneToOneField(PublishedScheme, on_delete=models.CASCADE, related_name="original")
    file_name = models.CharField("文件", max_length=255)
    tables = models.JSONField(help_text="name, columns, and rows of cells: text, column, row span, column span")
    places = models.JSONField(default=dict)
    doubts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "方案原文"

    def __str__(self) -> str:
        return self.file_name


class Round(models.Model):
    """A round (评价任务): one scheme, one year, run by a region for the governments below it or for itself."""

    scheme = models.ForeignKey(PublishedScheme, on_delete=models.PROTECT, related_name="rounds")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveIntegerField("年度")
    slug = models.SlugField("任务", max_length=40, default="duty")
    title = models.CharField("名称", max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "评价任务"
        ordering = ("-year", "title")
        constraints = (
            models.UniqueConstraint(fields=("region", "year", "slug"), name="one_round_of_a_slug_per_region_and_year"),
        )

    def __str__(self) -> str:
        return self.title


class Stage(models.Model):
    """A stage of a round's calendar with its deadline; extensions are kept with their reason."""

    KINDS = (
        ("departments", "部门填报"),
        ("collection", "督导室汇总"),
        ("submission", "报送上级"),
        ("review", "上级复核"),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField("环节", max_length=20, choices=KINDS)
    starts = models.DateField("开始")
    due = models.DateField("截止")

    class Meta:
        verbose_name = "环节"
        ordering = ("round_id", "due", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "kind"), name="one_stage_of_a_kind_per_round"),
            models.CheckConstraint(condition=Q(due__gte=F("starts")), name="a_stage_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due}"


class Assessment(models.Model):
    """What one region answers in one round. `version` counts the submissions made so far."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(
        "状态",
        max_length=20,
        default=ASSESSMENT.start,
        choices=[(state.name, state.title) for state in ASSESSMENT.states],
    )
    version = models.PositiveIntegerField("报送次数", default=0)

    class Meta:
        verbose_name = "自评"
        ordering = ("round_id", "region_id")
        constraints = (models.UniqueConstraint(fields=("round", "region"), name="one_assessment_per_region"),)

    def __str__(self) -> str:
        return f"{self.region} {self.round}"


class DepartmentExtension(models.Model):
    """A later deadline for one department in one assessment, with its reason."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="extensions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="extensions")
    due = models.DateField("延期至")
    reason = models.TextField("理由")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "延期"
        ordering = ("-granted_at",)

    def __str__(self) -> str:
        return f"{self.department} {self.due}"


class DeadlineTold(models.Model):
    """That a step towards a deadline was told, and to whom: what was told before need not be worked out again."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="deadlines_told")
    key = models.CharField("事项", max_length=200, unique=True)
    people = models.JSONField("告知的人", help_text="ids in rising order")

    class Meta:
        verbose_name = "已告知的期限"

    def __str__(self) -> str:
        return self.key


class Duty(models.Model):
    """That a department answers an item (牵头) or helps to (配合), with the words of the duty list."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="duties")
    item = models.CharField("指标", max_length=40)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="duties")
    lead = models.BooleanField("牵头", default=False)
    text = models.TextField("职责", blank=True)
    source = models.CharField("依据", max_length=300, blank=True)

    class Meta:
        verbose_name = "部门职责"
        ordering = ("assessment_id", "item", "-lead", "department_id")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item", "department"), name="one_duty_per_department"),
            models.UniqueConstraint(
                fields=("assessment", "item"), condition=Q(lead=True), name="one_lead_department_per_item"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {'牵头' if self.lead else '配合'} {self.department}"


class Answer(models.Model):
    """The answer to one item: the self-evaluation text and its state. `version` guards against lost writing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField("指标", max_length=40)
    state = models.CharField(
        "状态", max_length=20, default=ANSWER.start, choices=[(state.name, state.title) for state in ANSWER.states]
    )
    note = models.TextField("自评说明", blank=True)
    version = models.PositiveIntegerField(default=0)
    return_reason = models.TextField("退回理由", blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "自评填报"
        ordering = ("assessment_id", "item")
        constraints = (models.UniqueConstraint(fields=("assessment", "item"), name="one_answer_per_item"),)

    def __str__(self) -> str:
        return f"{self.assessment} {self.item}"


class PointScore(models.Model):
    """The self-evaluated points of one point; empty until given, which is not zero."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="scores")
    point = models.CharField("测评点", max_length=40)
    points = models.DecimalField("自评分", max_digits=7, decimal_places=3, null=True)
    not_applicable = models.BooleanField("不适用", default=False)
    choice = models.JSONField("判定依据", default=dict, blank=True, help_text="named cases, chosen grade, ticked items")
    reason = models.TextField("说明理由", blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "自评分"
        ordering = ("answer_id", "point")
        constraints = (models.UniqueConstraint(fields=("answer", "point"), name="one_score_per_point"),)

    def __str__(self) -> str:
        return f"{self.point} {self.points}"


class FactValue(models.Model):
    """A fact asked once (一数一源): one value per region, period and part, with its owner and source.

    `value` keeps the digits as typed, in `unit`; empty says it is not filled in, which is not zero.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField("数据项", max_length=80)
    period = models.CharField("所属期", max_length=12)
    part = models.CharField("分项", max_length=40, blank=True)
    value = models.CharField("数值", max_length=60, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    owner = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="facts")
    source = models.CharField("来源", max_length=200, blank=True)
    cut_off = models.DateField("统计时点", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "数据"
        ordering = ("region_id", "name", "period", "part")
        constraints = (
            models.UniqueConstraint(fields=("region", "name", "period", "part"), name="one_value_of_a_fact"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.period} {self.part}".strip()


class Comment(models.Model):
    """A remark on a field of an answer; a thread is the remarks with the same field in order."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField("意见")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "意见"
        ordering = ("answer_id", "at", "id")

    def __str__(self) -> str:
        return self.text[:40]


class Submission(models.Model):
    """What was sent upwards, as it was: never changed; a correction is the next version."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField("第几次报送")
    content = models.JSONField(help_text="scheme, answers, scores, facts, evidence with hashes, totals")
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "报送"
        ordering = ("assessment_id", "-version")
        constraints = (models.UniqueConstraint(fields=("assessment", "version"), name="one_submission_of_a_version"),)

    def __str__(self) -> str:
        return f"{self.assessment} 第 {self.version} 次报送"
