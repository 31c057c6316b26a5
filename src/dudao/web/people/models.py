"""Who is there: regions, departments, people, and the roles they hold over a subtree and a department."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node

from dudao.web.people.browsers import browser_name
from dudao.workflow.machine import Role

ROLE_TITLES = {
    Role.PROVINCIAL_ADMINISTRATOR: "省级管理员",
    Role.SUPERVISION_CLERK: "督导室科员",
    Role.DEPARTMENT_OFFICER: "部门填报员",
    Role.LEADER: "政府领导",
    Role.REVIEWER: "复核人员",
    Role.SCHOOL_SUPERVISOR: "责任督学",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
}


class Region(MP_Node):  # type: ignore[misc]  # treebeard has no types
    """A place of the province–city–county tree with its GB/T 2260 code; `path` makes subtrees a range.

    `valid_from` and `valid_to` say when the region existed under this code; None is open.
    """

    code = models.CharField("行政区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField(
        "级别", max_length=10, choices=[("nation", "全国"), ("province", "省"), ("city", "市"), ("county", "县")]
    )
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)
    by_hand = models.BooleanField("自行添加", default=False)

    node_order_by: ClassVar[list[str]] = ["code"]

    class Meta:
        verbose_name = "地区"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department (部门) of one region's government; the supervision office itself is one."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("部门名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    position = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "部门"
        ordering = ("region_id", "position", "name")
        constraints = (models.UniqueConstraint(fields=("region", "name"), name="one_department_of_a_name_per_region"),)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account; what they may do stands in their grants alone."""

    first_name = None  # type: ignore[assignment]  # Chinese names are one field
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("首次登录须修改密码", default=False)
    preferences = models.JSONField(default=dict, blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the name as signed."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name as signed."""
        return self.name


class Grant(models.Model):
    """A role of a person over a region's subtree, for officers within one department; ends at `ends`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField("角色", max_length=40, choices=[(role.value, ROLE_TITLES[role]) for role in Role])
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="grants")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    starts = models.DateField("起", null=True, blank=True)
    ends = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "授权"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "region"),
                condition=Q(department__isnull=True),
                name="one_grant_of_a_role_per_region",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "region", "department"),
                condition=Q(department__isnull=False),
                name="one_grant_of_a_role_per_department",
            ),
            models.CheckConstraint(
                condition=~Q(role="department_officer") | Q(department__isnull=False), name="officers_have_a_department"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="a_grant_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        where = self.department or self.region
        return f"{self.user} {self.get_role_display()}（{where}）"


class Invitation(models.Model):
    """An invitation to set a password once; only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "邀请"

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once; only its hash is kept, slow and salted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"

    def __str__(self) -> str:
        return f"{self.user} {'已用' if self.used_at else '未用'}"


class SignedInDevice(models.Model):
    """A session of a person as they can see and end it: where from and when last seen."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=64)
    browser = models.CharField(max_length=200)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "登录设备"
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.user} {self.address}"

    @property
    def browser_name(self) -> str:
        """What people call the browser: Edge 140 · Windows."""
        return browser_name(self.browser)


class ApiToken(models.Model):
    """A key by which a program acts for a person through the API, within its scopes; only its hash is kept.

    `beginning` are the first characters of the secret, by which its holder knows it again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField("用途", max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=12)
    scopes = models.JSONField("范围")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("到期")
    used_at = models.DateTimeField("最近使用", null=True, blank=True)
    used_from = models.CharField("来源地址", max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "令牌"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.name}（{self.beginning}…）"
