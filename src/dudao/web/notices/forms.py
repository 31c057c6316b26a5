"""The settings of notices as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dudao.web.notices.kinds import CAN_BE_MUTED, TITLES
from dudao.web.notices.models import Preference


class PreferenceForm(forms.ModelForm[Preference]):
    """How the person wants to be told."""

    shown = forms.MultipleChoiceField(
        label=_("提醒我的事"),
        choices=[(kind, _(TITLES[kind])) for kind in CAN_BE_MUTED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        """Which fields of the preference are asked for."""

        model = Preference
        fields = ("mail", "digest_at", "quiet_from", "quiet_to")
        labels: ClassVar[dict[str, Any]] = {
            "mail": _("邮件"),
            "digest_at": _("汇总时间"),
            "quiet_from": _("免打扰起"),
            "quiet_to": _("免打扰止"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "mail": forms.RadioSelect,
            "digest_at": forms.TimeInput(attrs={"type": "time", "class": "in"}, format="%H:%M"),
            "quiet_from": forms.TimeInput(attrs={"type": "time", "class": "in"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time", "class": "in"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].choices = [(way, _(title)) for way, title in Preference.WAYS]  # type: ignore[attr-defined]
        self.initial["shown"] = [kind for kind in CAN_BE_MUTED if kind not in self.instance.muted]

    def clean(self) -> dict[str, Any]:
        """Take the quiet hours only whole."""
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_to") is None):
            self.add_error("quiet_to", _("免打扰的起止时间要么都填，要么都不填。"))
        return cleaned

    def chosen(self) -> Preference:
        """Return the preference as chosen, not yet kept."""
        row: Preference = self.save(commit=False)
        row.muted = [kind for kind in CAN_BE_MUTED if kind not in self.cleaned_data["shown"]]
        return row
