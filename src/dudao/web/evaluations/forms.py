"""Forms of rounds: what a person types becomes dates, regions and stages, or a sentence at the field."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dudao.web.evaluations.calendar import after_working_days, not_working_warning, working_days_between
from dudao.web.evaluations.models import PublishedScheme, Stage
from dudao.web.people.models import Region

LONGEST_STAGE = 400


def date_input() -> forms.DateInput:
    """Return the control for a day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "in auto"})


class StageFields:
    """The fields of one stage as drawn: start, deadline, and working days instead of a deadline."""

    def __init__(self, form: forms.Form, kind: str, title: str) -> None:
        self.kind, self.title = kind, title
        self.starts, self.due, self.days = (form[f"{name}_{kind}"] for name in ("starts", "due", "days"))


class OpenRoundForm(forms.Form):
    """A round to be opened: scheme, year, title, regions, stages with their days."""

    scheme = forms.ModelChoiceField(PublishedScheme.objects.none(), label=_("评价方案"), empty_label=_("请选择"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("下发单位"), to_field_name="code")
    year = forms.IntegerField(label=_("评价年度"), min_value=1985, max_value=2100)
    title = forms.CharField(label=_("任务名称"), max_length=200)
    slug = forms.SlugField(
        label=_("任务标识"), max_length=40, initial="duty", help_text=_("出现在网址里，只用小写字母、数字和短横。")
    )
    regions = forms.ModelMultipleChoiceField(
        Region.objects.none(), label=_("被评地区"), to_field_name="code", widget=forms.CheckboxSelectMultiple
    )
    accept_days = forms.BooleanField(label=_("仍按这些日期下发"), required=False)

    def __init__(
        self,
        *args: Any,
        schemes: QuerySet[PublishedScheme],
        runners: QuerySet[Region],
        regions: QuerySet[Region],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.warnings: list[str] = []
        self._choices("scheme", schemes)
        self._choices("region", runners)
        self._choices("regions", regions)
        for kind, title in Stage.KINDS:
            self.fields[f"starts_{kind}"] = forms.DateField(label=_("开始"), required=False, widget=date_input())
            self.fields[f"due_{kind}"] = forms.DateField(label=_("截止"), required=False, widget=date_input())
            self.fields[f"days_{kind}"] = forms.IntegerField(
                label=_("工作日数"), required=False, min_value=1, max_value=LONGEST_STAGE
            )
            for name in ("starts", "due", "days"):
                self.fields[f"{name}_{kind}"].widget.attrs["aria-label"] = (
                    f"{title}{self.fields[f'{name}_{kind}'].label}"
                )
        for name, field in self.fields.items():
            if name not in {"regions", "accept_days"}:
                field.widget.attrs.setdefault("class", "in")
            if self.is_bound and name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error_{name}"}

    def _choices(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def stage_fields(self) -> Iterator[StageFields]:
        """Yield the stages in their order."""
        for kind, title in Stage.KINDS:
            yield StageFields(self, kind, title)

    def stages(self) -> dict[str, tuple[date, date]]:
        """Return the stages that were given: kind → first and last day."""
        given = {}
        for kind, _title in Stage.KINDS:
            starts, due = self.cleaned_data.get(f"starts_{kind}"), self.cleaned_data.get(f"due_{kind}")
            if due:
                given[kind] = (starts or min(self.today, due), due)
        return given

    def clean(self) -> dict[str, Any]:
        """Reckon deadlines from working days, refuse those that cannot be, and warn of days without office hours."""
        super().clean()
        last: tuple[str, date] | None = None
        for kind, title in Stage.KINDS:
            starts, due = self.cleaned_data.get(f"starts_{kind}"), self.cleaned_data.get(f"due_{kind}")
            days = self.cleaned_data.get(f"days_{kind}")
            if days and not due:
                due = self.cleaned_data[f"due_{kind}"] = after_working_days(
                    starts or (last[1] if last else self.today), days
                )
            if starts and not due:
                self.add_error(f"due_{kind}", _("请填“%(title)s”的截止日期或工作日数。") % {"title": title})
            if due is None:
                continue
            if due < self.today:
                self.add_error(f"due_{kind}", _("截止日期 %(due)s 已经过去。请填今天或以后的日期。") % {"due": due})
            elif starts and due < starts:
                self.add_error(
                    f"due_{kind}", _("截止日期 %(due)s 早于开始日期 %(starts)s。") % {"due": due, "starts": starts}
                )
            elif last and due < last[1]:
                self.add_error(
                    f"due_{kind}",
                    _("“%(title)s”的截止日期 %(due)s 早于“%(n)s”的 %(n2)s。")
                    % {"title": title, "due": due, "n": last[0], "n2": last[1]},
                )
            elif warning := not_working_warning(title, due):
                self.warnings.append(warning)
            elif working_days_between(self.today, due) > LONGEST_STAGE:
                self.add_error(
                    f"due_{kind}",
                    _("截止日期 %(due)s 距今天超过 %(longest_stage)s 个工作日，请核对年份。")
                    % {"due": due, "longest_stage": LONGEST_STAGE},
                )
            last = (title, due)
        if not self.errors and not self.stages():
            self.add_error("due_departments", _("请至少填一个环节的截止日期。"))
        return self.cleaned_data
