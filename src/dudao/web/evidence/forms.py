"""Forms of evidence: how files are brought, and what is said of a piece."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dudao.web.evidence.actions import Description
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import Department


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "in"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("请按 2022-08-31 的样式填写日期。")},
    )


class PeriodForm(forms.Form):
    """The period a piece speaks of, and who may read it."""

    effective_from = _day(_("所属期间起"))
    effective_to = _day(_("所属期间止"))
    secrecy = forms.ChoiceField(
        label=_("公开属性"),
        choices=[(key, _(title)) for key, title in Evidence.SECRECY],
        initial="internal",
        widget=forms.Select(attrs={"class": "in"}),
        help_text=_("内部：只有本部门、督导室和报送后的上级可以查看"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        given = super().clean() or {}
        starts, ends = given.get("effective_from"), given.get("effective_to")
        if starts and ends and ends < starts:
            self.add_error("effective_to", _("止日早于起日，请改正。"))
        return given


class UploadForm(PeriodForm):
    """Files of one department, with what holds for all of them; the files come last, after every other field."""

    department = forms.ModelChoiceField(
        label=_("部门"),
        queryset=Department.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "in"}),
        error_messages={"invalid_choice": _("您不能为该部门上传材料。"), "required": _("请选择部门。")},
    )
    field_order = ("department", "effective_from", "effective_to", "secrecy")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a ModelChoiceField

    def description(self) -> Description:
        """Return what holds for all files of the upload."""
        given = self.cleaned_data
        return Description(
            effective_from=given["effective_from"], effective_to=given["effective_to"], secrecy=given["secrecy"]
        )


class DescriptionForm(PeriodForm):
    """What is said of a piece of evidence."""

    title = forms.CharField(label=_("名称"), max_length=300, widget=forms.TextInput(attrs={"class": "in"}))
    number = forms.CharField(
        label=_("文号"), max_length=120, required=False, widget=forms.TextInput(attrs={"class": "in"})
    )
    issuer = forms.CharField(
        label=_("发文机关"), max_length=200, required=False, widget=forms.TextInput(attrs={"class": "in"})
    )
    field_order = ("title", "number", "issuer", "effective_from", "effective_to", "secrecy")

    def description(self) -> Description:
        """Return what was typed."""
        return Description(**self.cleaned_data)


def description_form(evidence: Evidence) -> DescriptionForm:
    """Return the form filled with what is said of a piece now."""
    names = DescriptionForm.field_order
    return DescriptionForm(initial={name: getattr(evidence, name) for name in names})


def upload_limits() -> dict[str, int]:
    """Return the limits of an upload as pages tell them: bytes for scripts, megabytes for people."""
    megabyte = 1024 * 1024
    return {
        "file": settings.UPLOAD_LIMIT,
        "file_mb": settings.UPLOAD_LIMIT // megabyte,
        "request": settings.UPLOAD_REQUEST_LIMIT,
        "request_mb": settings.UPLOAD_REQUEST_LIMIT // megabyte,
        "count": settings.UPLOAD_COUNT,
    }
