"""Functional districts (开发区) that the standard does not list, added by hand."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.actions.departments import checked_name
from dudao.web.people.actions.guards import require_reason, require_region
from dudao.web.people.models import Region, User
from dudao.web.refusals import InvalidValueError

_BELOW = {"province": "city", "city": "county"}


@transaction.atomic
def add_district(*, by: User, parent: Region, code: str, name: str, reason: str) -> Region:
    """Add a region below a province or city.

    Raises:
        InvalidValueError: the code is taken, of another form, or does not lie within that of the region above.
        NotAllowedError: the region above is not the administrator's.
    """
    reason = require_reason(reason)
    above = Region.objects.select_for_update(no_key=True).get(pk=parent.pk)
    require_region(by, above)
    level = _BELOW.get(above.level)
    if level is None:
        raise InvalidValueError(_("%(above)s下不能再添加地区，请选择省或市。") % {"above": above})
    name, code = checked_name(name, 60), code.strip()
    prefix = above.code[:2] if above.level == "province" else above.code[:4]
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code, re.ASCII) or not code.startswith(prefix):
        raise InvalidValueError(
            _("代码“%(code)s”应为 6、9 或 12 位数字，以 %(prefix)s 开头。") % {"code": code, "prefix": prefix}
        )
    if Region.objects.filter(code=code).exists():
        raise InvalidValueError(_("代码 %(code)s 已有地区使用。") % {"code": code})
    if Region.objects.filter(path__startswith=above.path, depth=above.depth + 1, name=name).exists():
        raise InvalidValueError(_("%(above)s下已有“%(name)s”。") % {"above": above, "name": name})
    region = Region(code=code, name=name, level=level, by_hand=True)
    Region.objects.add_child(above, instance=region)
    record(
        by=by,
        action="people.region.add",
        summary=f"在{above}下添加地区 {name}（{code}）",
        object_type="region",
        object_id=code,
        region=code,
        reason=reason,
        after={"code": code, "name": name, "parent": above.code},
    )
    return region
