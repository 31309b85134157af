"""Forms of history. A form reads; queries and verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from vigie.history.figures import WHAT
from vigie.history.stating import MODIFIERS
from vigie.schemes.reader import Scheme

_WHAT = {
    "carried out": pgettext_lazy("attacks", "carried out"),
    "failed": pgettext_lazy("attacks", "failed"),
    "foiled": pgettext_lazy("attacks", "foiled"),
    "deaths": _("deaths"),
}
_MODIFIERS = {
    "exact": _("exactly"),
    "nearly": _("nearly"),
    "about": _("about"),
    "at least": _("at least"),
    "at most": _("at most"),
    "more than": _("more than"),
}


class AsOfForm(forms.Form):
    """Which level stood where and when, as known when."""

    at = forms.CharField(
        label=_("On"),
        required=False,
        max_length=25,
        help_text=_("A day such as 2015-06-26 (its end is meant), or an instant."),
    )
    zone = forms.CharField(
        label=_("In"),
        required=False,
        max_length=120,
        help_text=_("A zone such as FR or FR-IDF; empty for the whole country."),
    )
    known = forms.CharField(
        label=_("As known on"), required=False, max_length=25, help_text=_("Empty for all that is known now.")
    )

    def clean_zone(self) -> str:
        """Codes are written in capitals; what follows them is not."""
        zone, sign, rest = str(self.cleaned_data["zone"]).strip().partition(";")
        return zone.upper() + sign + rest


class ThenForm(forms.Form):
    """At which time things are looked at, and as known when."""

    at = forms.CharField(
        label=_("As of"),
        required=False,
        max_length=25,
        help_text=_("A day such as 2015-06-26 (its end is meant), or an instant. Empty for now."),
    )
    known = forms.CharField(
        label=_("As known on"), required=False, max_length=25, help_text=_("Empty for all that is known now.")
    )


class CountForm(forms.Form):
    """A count's definition."""

    level = forms.ChoiceField(label=_("Level"))
    scope = forms.ChoiceField(
        label=_("Counts"),
        choices=[("national", _("levels of the whole country")), ("any", _("levels of any part too"))],
    )
    renewals = forms.ChoiceField(
        label=_("A confirmation of a standing level"),
        choices=[("merged", _("is the same time")), ("counted", _("is another time"))],
    )
    editions = forms.ChoiceField(
        label=_("Since"),
        choices=[
            ("this", _("this edition of the scheme")),
            ("all", _("the first edition, gravest level of each")),
        ],
    )

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.code, f"{level.printed} {level.word('')}") for level in reversed(scheme.levels)]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        if not scheme.predecessor:
            del self.fields["editions"]


class FigureForm(forms.Form):
    """A figure as said."""

    what = forms.MultipleChoiceField(
        label=_("What it counts"),
        choices=[(each, _WHAT[each]) for each in WHAT],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several when the figure is of all of them together."),
    )
    modifier = forms.ChoiceField(label=_("Said"), choices=[(each, _MODIFIERS[each]) for each in MODIFIERS])
    value = forms.CharField(
        label=_("Number"),
        max_length=60,
        help_text=_("In digits or in words, as it was said. «Fifty» stays a word."),
    )
    said_by = forms.CharField(
        label=_("Said by"), max_length=200, help_text=_("The office; «office not named» if none was.")
    )
    as_of = forms.CharField(
        label=_("Said on"), max_length=10, help_text=_("2015-06-26, or 2015-06 or 2015 if no finer is known.")
    )
    window_from = forms.CharField(label=_("Covers from"), max_length=10)
    window_to = forms.CharField(label=_("to"), max_length=10)
    area = forms.CharField(
        label=_("Area"), max_length=12, help_text=_("ISO 3166 code, such as FR; EU for the Union.")
    )
    where = forms.CharField(label=_("Where it was said"), max_length=200, required=False)
    source = forms.CharField(label=_("Address where it can be read"), max_length=500, required=False)
    claim = forms.CharField(label=_("Claim it was read from"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_area(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["area"]).strip().upper()
