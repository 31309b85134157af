"""Forms of plans. A form reads; the verbs decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.patrols.plan import MOST_TEAMS
from vigie.patrols.presence import MOST_DAYS


class DrawForm(forms.Form):
    """Teams and days."""

    teams = forms.IntegerField(
        label=_("Teams on duty at once"),
        min_value=1,
        max_value=MOST_TEAMS,
        help_text=_("As many in the morning as in the afternoon. No more than there are sites."),
    )
    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=MOST_DAYS)
    area = forms.CharField(
        label=_("Area"),
        max_length=12,
        required=False,
        help_text=_(
            "Leave empty for all sites, or give a code: FR-IDF for a region, FR-75 for a department."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when a plan in force covers one of these days: this one takes its place."),
    )

    def clean_area(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["area"]).strip().upper()
