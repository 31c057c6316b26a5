"""Imports of school tables, the snapshots taken from them, which of them counts where, and what follows from them."""

from django.conf import settings
from django.db import models

from dudao.tables.catalogue import KINDS
from dudao.web.background.models import Job
from dudao.web.evaluations.models import FactValue
from dudao.web.people.models import Region

KIND_CHOICES = tuple((kind.name, kind.title) for kind in KINDS.values())


class Import(models.Model):
    """A file of one kind of table for a region and year, as received and as read; nothing counts until it is taken.

    `source` is the hash of the file, `frame` of the rows that may be taken (parquet), `report` of the problems
    found (JSON). `assigned` maps headings to canonical columns where people said so; empty leaves a column out.
    """

    STATES = (
        ("reading", "正在读取"),
        ("ready", "待确认"),
        ("refused", "不能读取"),
        ("taken", "已入库"),
        ("dropped", "已放弃"),
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="table_imports")
    kind = models.CharField("表种", max_length=30, choices=KIND_CHOICES)
    year = models.PositiveIntegerField("年份")
    name = models.CharField("文件名", max_length=255)
    media = models.CharField(max_length=100)
    size = models.BigIntegerField()
    source = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=10, choices=STATES, default="reading")
    refusal = models.TextField(blank=True)
    assigned = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True, help_text="columns of the sheets: heading, meaning, examples")
    remembered = models.BooleanField(default=False, help_text="the assignment comes from an earlier import")
    frame = models.CharField(max_length=64, blank=True)
    report = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    obstacles = models.JSONField(default=list, blank=True, help_text="why it cannot be taken, in words")
    doubts = models.JSONField(default=list, blank=True, help_text="rows that make their region unsure")
    parts = models.JSONField(default=dict, blank=True, help_text="code of each region in it → rows")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "数据导入"
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("region", "year", "-at")),)

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.get_kind_display()} {self.name}"


class HeadingMemory(models.Model):
    """What people said the headings of a region's files mean; the next file with the same headings is read so."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    headings = models.CharField(max_length=64, help_text="hash of the set of headings")
    assigned = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "列名对应"
        constraints = (
            models.UniqueConstraint(fields=("region", "kind", "headings"), name="one_memory_of_a_heading_set"),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.kind}"


class Snapshot(models.Model):
    """What was taken from an import: never changed, never deleted; `frame` names the parquet file by its hash."""

    origin = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="snapshot")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="table_snapshots")
    kind = models.CharField("表种", max_length=30, choices=KIND_CHOICES)
    year = models.PositiveIntegerField("年份")
    frame = models.CharField(max_length=64)
    rows = models.PositiveIntegerField("行数")
    errors = models.PositiveIntegerField("错误")
    warnings = models.PositiveIntegerField("提醒")
    reason = models.TextField("说明", blank=True)
    doubts = models.JSONField(default=list, help_text="rows that make their region unsure")
    change = models.JSONField(default=dict, help_text="counts against what was in use when it was taken")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "数据快照"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.get_kind_display()} 第 {self.pk} 号"

    @property
    def short_hash(self) -> str:
        """Return the first characters of the hash, enough to tell snapshots apart on a page."""
        return self.frame[:8]


class SnapshotPart(models.Model):
    """That a snapshot holds rows of a region at the foot of the tree."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="parts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="snapshot_parts")
    rows = models.PositiveIntegerField("行数")

    class Meta:
        verbose_name = "快照所含地区"
        ordering = ("snapshot_id", "region_id")
        constraints = (models.UniqueConstraint(fields=("snapshot", "region"), name="one_part_of_a_region"),)

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.region_id}"


class InUse(models.Model):
    """Which snapshot counts for a region, kind and year; rolling back points it at an earlier one."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="tables_in_use")
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    year = models.PositiveIntegerField("年份")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="in_use")
    since = models.DateTimeField()

    class Meta:
        verbose_name = "现用数据"
        constraints = (models.UniqueConstraint(fields=("region", "kind", "year"), name="one_table_in_use_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.kind} {self.year} → {self.snapshot_id}"


class CountyBalance(models.Model):
    """The balance of one region of a snapshot by one standard and method, computed once; can be computed again.

    `basis` names the standard's text and the program that computed it. `summary` leaves the schools out: they
    stand in the file `detail` from `offset` on, `length` bytes, together with those of the snapshot's other regions.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="balances")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    standard = models.CharField(max_length=40)
    method = models.CharField(max_length=12)
    basis = models.CharField(max_length=16)
    verdict = models.CharField(max_length=12)
    summary = models.JSONField()
    detail = models.CharField(max_length=64)
    offset = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        verbose_name = "均衡测算结果"
        constraints = (
            models.UniqueConstraint(
                fields=("snapshot", "region", "standard", "method", "basis"), name="one_balance_of_a_basis"
            ),
        )

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.region_id} {self.standard} {self.method}"


class ComputedFact(models.Model):
    """A fact computed from the tables in use of a region; replaced whenever another snapshot comes into use.

    `value` is empty where it cannot be computed; `method` is the formula, `snapshots` the snapshots it comes from.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="computed_facts")
    name = models.CharField(max_length=80)
    period = models.CharField(max_length=12)
    part = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=[("number", "数"), ("boolean", "是否"), ("text", "文字")])
    value = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    method = models.TextField(blank=True)
    source = models.TextField(blank=True)
    snapshots = models.JSONField(default=list)

    class Meta:
        verbose_name = "由学校数据计算的数据"
        constraints = (models.UniqueConstraint(fields=("region", "name", "period", "part"), name="one_computed_fact"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.name} {self.period} {self.part}".strip()


class TakenFact(models.Model):
    """That a figure of an answer was taken over from the computed ones: which value, by which formula, from where."""

    fact = models.OneToOneField(FactValue, on_delete=models.CASCADE, related_name="taken_from_tables")
    computed_name = models.CharField(max_length=80)
    value = models.CharField(max_length=60)
    version = models.PositiveIntegerField(help_text="version of the figure right after it was taken over")
    method = models.TextField(blank=True)
    snapshots = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "取用的计算数据"

    def __str__(self) -> str:
        return f"{self.fact_id} ← {self.computed_name}"


class Scenario(models.Model):
    """A named what-if: changes to the figures of a snapshot, never mixed with reported data."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="scenarios")
    year = models.PositiveIntegerField("年份")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="scenarios")
    standard = models.CharField(max_length=40)
    method = models.CharField(max_length=12)
    name = models.CharField("名称", max_length=80)
    changes = models.JSONField(help_text="changes as written: 学校/列=值")
    outcome = models.JSONField(help_text="what changed when it was saved")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "推演方案"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """A search for the cheapest way to the standard: what was allowed, the job that searches, and the plan."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="proposals")
    year = models.PositiveIntegerField("年份")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="proposals")
    standard = models.CharField(max_length=40)
    method = models.CharField(max_length=12)
    asked = models.JSONField(help_text="what the plan may do, limits and prices")
    plan = models.JSONField(null=True, help_text="as `dudao balance optimise` writes it; None until it is found")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "达标办法"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.region} {self.year} 达标办法 {self.pk}"
