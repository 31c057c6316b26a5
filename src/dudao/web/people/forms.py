"""Forms of signing in, of the own account, and of managing people and places."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dudao.web.people.access import Subject
from dudao.web.people.actions.grants import NewGrant
from dudao.web.people.actions.tokens import LONGEST_DAYS
from dudao.web.people.models import ROLE_TITLES, Department, Region
from dudao.web.people.queries import administered_regions
from dudao.web.people.reach import roles_to_give
from dudao.web.people.scopes import SCOPE_TITLES, Scope
from dudao.web.refusals import InvalidValueError
from dudao.workflow.machine import Role

_LONGEST_NAME = 150
"""Characters of an account's name, as Django keeps it; a field of its form only tells the browser so."""


def _dress(form: forms.Form | forms.BaseForm) -> None:
    """Give the widgets the look of the theme."""
    for field in form.fields.values():
        if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
            field.widget.attrs.setdefault("class", "in")


class SignInForm(AuthenticationForm):
    """Account and password; the answer does not tell whether the account exists."""

    error_messages = {  # noqa: RUF012 - Django's own attribute
        "invalid_login": _("账号或密码不正确。连续输错 5 次将锁定 15 分钟。"),
        "inactive": _("账号或密码不正确。连续输错 5 次将锁定 15 分钟。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("账号")
        self.fields["password"].label = _("密码")
        for name in ("username", "password"):
            self.fields[name].widget.attrs["class"] = "in"

    def clean(self) -> dict[str, Any]:
        """Refuse a name that no account can have before anything is looked up or written for it."""
        if len(self.cleaned_data.get("username") or "") > _LONGEST_NAME:
            raise self.get_invalid_login_error()
        return super().clean()


class OwnPasswordForm(PasswordChangeForm):
    """Change of the own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _("至少 10 位，不能全是数字，不能与账号相近，不能是常见密码。")
        _dress(self)

    def clean(self) -> dict[str, Any]:
        """Refuse the old password as the new one."""
        cleaned: dict[str, Any] = super().clean() or {}
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", _("新密码不能与旧密码相同。"))
        return cleaned


class InvitedPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in its types only
    """The first password of somebody invited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _("至少 10 位，不能全是数字，不能与账号相近，不能是常见密码。")
        _dress(self)


class SecondFactorForm(forms.Form):
    """The six digits of the second factor, or a recovery code."""

    token = forms.CharField(
        label=_("动态验证码"),
        max_length=16,
        widget=forms.TextInput(attrs={"class": "in", "inputmode": "text", "autocomplete": "one-time-code"}),
    )


class TokenForm(forms.Form):
    """A new token of the API: what for, which scopes, how long; with the own password."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：财政局月报取数。"))
    scopes = forms.MultipleChoiceField(
        label=_("范围"),
        choices=[(scope.value, title) for scope, title in SCOPE_TITLES.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
        error_messages={"required": _("请至少选择一个范围。")},
    )
    days = forms.IntegerField(
        label=_("有效期（天）"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=90,
        help_text=_("最长 366 天，到期自动失效。"),
    )
    password = forms.CharField(
        label=_("登录密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "days", "password"):
            self.fields[name].widget.attrs["class"] = "in"


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("理由（至少 5 个字）"),
        min_length=5,
        max_length=500,
        error_messages={"min_length": _("理由至少 5 个字。"), "required": _("请填写理由。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)

    def move_reason_last(self) -> None:
        """Put the reason below the other fields."""
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])


class DetailsForm(ReasonForm):
    """Name and addresses of a person."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move_reason_last()


class GrantForm(ReasonForm):
    """A role, where, in which department, and for how long."""

    role = forms.ChoiceField(label=_("角色"))
    region = forms.CharField(
        label=_("地区"),
        max_length=60,
        help_text=_("填写代码或名称，管理范围含其下级。"),
        widget=forms.TextInput(attrs={"list": "region-options", "autocomplete": "off"}),
    )
    department = forms.CharField(
        label=_("部门"), max_length=120, required=False, help_text=_("仅部门填报员填写，须为该地区已有的部门。")
    )
    starts = forms.DateField(label=_("起"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=_("止"),
        required=False,
        help_text=_("临时委托请填写截止日期，到期自动失效。"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        choices = [("", _("请选择")), *((role.value, _(ROLE_TITLES[role])) for role in roles_to_give(subject))]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.move_reason_last()

    def clean_region(self) -> Region:
        """Return the region of a code or a name within the subject's reach."""
        try:
            return region_named(self.subject, self.cleaned_data["region"])
        except InvalidValueError as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        """Find the department in its region."""
        cleaned: dict[str, Any] = super().clean() or {}
        region, text = cleaned.get("region"), cleaned.get("department", "")
        cleaned["department"] = None
        if text and isinstance(region, Region):
            try:
                cleaned["department"] = department_named(region, text)
            except InvalidValueError as error:
                self.add_error("department", str(error))
        return cleaned

    def new_grant(self) -> NewGrant:
        """Return what was chosen."""
        data = self.cleaned_data
        return NewGrant(Role(data["role"]), data["region"], data["department"], data["starts"], data["ends"])


class NewPersonForm(GrantForm):
    """A new account with its first role."""

    username = forms.CharField(label=_("账号"), max_length=60, help_text=_("3 至 60 个字母、数字、汉字或 _ . @ + -。"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(subject, *args, **kwargs)
        first = ["username", "name", "email", "phone"]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])
        self.move_reason_last()


class DepartmentForm(ReasonForm):
    """A department of a region."""

    name = forms.CharField(label=_("部门名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move_reason_last()


class DepartmentChangeForm(DepartmentForm):
    """A department with its place in the list and whether it is in use."""

    position = forms.IntegerField(label=_("排序"), min_value=0, max_value=9999)
    active = forms.BooleanField(label=_("在用"), required=False)


class DistrictForm(ReasonForm):
    """A functional district that the standard does not list."""

    code = forms.CharField(label=_("代码"), max_length=12)
    name = forms.CharField(label=_("名称"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move_reason_last()


def region_named(subject: Subject, text: str) -> Region:
    """Return the region in force of a code or a name within the subject's reach.

    Raises:
        InvalidValueError: none or several match.
    """
    words = text.split()
    wanted = words[0] if words else ""
    within = administered_regions(subject).filter(valid_to__isnull=True)
    found = list(within.filter(code=wanted)[:1]) or list(within.filter(name=wanted)[:5])
    if not found:
        raise InvalidValueError(_("您的管理范围内没有地区“%(text)s”。") % {"text": text})
    if len(found) > 1:
        raise InvalidValueError(
            _("有多个“%(wanted)s”，请填写代码：%(list)s。")
            % {"wanted": wanted, "list": gettext("、").join(region.code for region in found)}
        )
    return found[0]


def department_named(region: Region, text: str) -> Department:
    """Return a department in use of a region by its name or short name.

    Raises:
        InvalidValueError: there is none, or the short name is that of several.
    """
    wanted = "".join(text.split())
    rows = list(Department.objects.filter(region=region, active=True))
    found = [row for row in rows if row.name == wanted] or [row for row in rows if row.short_name == wanted]
    if len(found) == 1:
        return found[0]
    known = gettext("、").join(row.name for row in rows[:12])
    raise InvalidValueError(
        _("%(region)s没有部门“%(text)s”。") % {"region": region, "text": text},
        advice=_("现有：%(known)s。") % {"known": known} if known else gettext("请先添加部门。"),
    )
