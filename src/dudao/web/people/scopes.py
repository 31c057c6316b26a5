"""What a token may be used for: scopes narrow what its holder may do, they never widen it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """One kind of use."""

    READ = "read"
    WRITE = "write"
    IMPORT = "import"
    CHECK = "check"
    ADMIN = "admin"


SCOPE_TITLES: dict[Scope, Promise] = {
    Scope.READ: _("读取：地区、方案、任务、自评、数据、佐证材料、后台任务"),
    Scope.WRITE: _("填报：保存说明、自评分和数据，提交、退回、接受"),
    Scope.IMPORT: _("导入：上传佐证材料，批量填报"),
    Scope.CHECK: _("核验：上传文件核验其中的数字"),
    Scope.ADMIN: _("管理：读取人员名单和审计日志"),
}
