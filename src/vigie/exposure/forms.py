"""Forms of sites, owners and events. A form reads; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from vigie.exposure import site_kinds, tables

SPANS = (14, 90, 365)


class TableForm(forms.Form):
    """A table to look at before it is imported."""

    table = forms.FileField(
        label=_("The table"),
        help_text=_(
            "A workbook (.xlsx, its first sheet), or CSV as spreadsheets save it: comma, semicolon or tab; UTF-8 or Windows. At most 5,000 rows."
        ),
    )

    def clean_table(self) -> tuple[str, bytes]:
        """Give the file's name and bytes; more than the limit is cut by one byte over it, and refused when read."""
        file = self.cleaned_data["table"]
        return str(file.name), file.read(tables.MAX_BYTES + 1)


class SitesForm(TableForm):
    """A table of sites, and the area of those that name none."""

    area = forms.CharField(
        label=_("Area of sites that name none"),
        required=False,
        max_length=12,
        help_text=_("Such as FR-75. Not needed when the table has a column area or commune."),
    )


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]


class AheadForm(forms.Form):
    """Which days, where, as known when."""

    area = forms.CharField(label=_("Area"), max_length=12, help_text=_("FR, FR-IDF, FR-75…"))
    start = _Day(label=_("From"))
    days = forms.TypedChoiceField(label=_("Days"), coerce=int, choices=[(n, str(n)) for n in SPANS])
    as_known = _Day(label=_("As known on"), required=False)


class EventForm(forms.Form):
    """An event of this home."""

    en = forms.CharField(label=_("Name"), max_length=200)
    fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    start = _Day(label=_("First day"))
    end = _Day(label=_("Last day"), required=False)
    areas = forms.CharField(label=_("Area"), max_length=12, help_text=_("FR, FR-IDF, FR-75…"))
    site = forms.ChoiceField(label=_("Site it fills"), required=False)
    hours = forms.CharField(label=_("Hours"), max_length=20, required=False, help_text="20:00-23:30")
    low = forms.IntegerField(label=_("People expected, at least"), min_value=0, required=False)
    high = forms.IntegerField(label=_("People expected, at most"), min_value=0, required=False)
    organiser = forms.CharField(
        label=_("Organiser"),
        max_length=200,
        required=False,
        help_text=_("An office or a body, not a person."),
    )
    known_on = _Day(label=_("Public since"))
    source = forms.CharField(label=_("Where you read it"), max_length=300, required=False)
    great = forms.BooleanField(label=_("Known to all, brings crowds from far away"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", "–"), *places]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Give the fields as `events.of` reads them."""
        given = dict(self.cleaned_data)
        low, high = given.pop("low"), given.pop("high")
        return {**given, "attendance": {k: n for k, n in (("low", low), ("high", high)) if n is not None}}


class SitesFilter(forms.Form):
    """Which sites to list."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    area = forms.CharField(label=_("Area"), max_length=12, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        kinds = [(k.code, k.label(lang)) for k in site_kinds.kinds().values()]
        self.fields["kind"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]
