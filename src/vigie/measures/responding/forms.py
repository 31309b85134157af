"""Forms of responses. A form reads; the verbs decide."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.measures.queries import AtSite
from vigie.measures.response import REASON_LEAST, REASON_MOST
from vigie.schemes.reader import all_ids, load


class ResponseForm(forms.Form):
    """A site's own response level."""

    site = forms.CharField(
        label=_("Site"), max_length=64, help_text=_("Id of the site, as in the list of places.")
    )
    level = forms.ChoiceField(label=_("Response level"))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=REASON_LEAST,
        max_length=REASON_MOST,
        help_text=_("Write about places and means. Name no person."),
    )
    review = forms.DateTimeField(
        label=_("Look at it again on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        schemes = (load(name) for name in all_ids())
        field.choices = [
            (scheme.name, [(f"{scheme.id}/{level.code}", level.word("")) for level in scheme.levels])
            for scheme in schemes
            if scheme.kind == "protective-posture" and scheme.levels
        ]

    def clean_level(self) -> tuple[str, str]:
        """Give scheme and code."""
        scheme, _slash, code = str(self.cleaned_data["level"]).partition("/")
        return scheme, code


class YourResponseForm(ResponseForm):
    """The response of one of an owner's sites, set by the owner."""

    def __init__(self, *args: Any, sites: Sequence[AtSite], schemes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = self.fields["level"]
        assert isinstance(levels, forms.ChoiceField)  # noqa: S101 - for the type checker
        # A national scheme of the past is no choice for who runs a hall: what measures or suggestions of this home speak of is.
        levels.choices = [
            (load(name).name, [(f"{name}/{level.code}", level.word("")) for level in load(name).levels])
            for name in schemes
        ]
        self.fields["site"] = forms.ChoiceField(
            label=_("Site"), choices=[(place.site, place.name) for place in sites]
        )


class EndForm(forms.Form):
    """The end of a response."""

    reason = forms.CharField(
        label=_("Why it ends"),
        min_length=REASON_LEAST,
        max_length=REASON_MOST,
        help_text=_("Write about places and means. Name no person."),
    )
