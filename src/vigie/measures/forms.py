"""Forms of measures. A form reads; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.measures.actions.answering import REASON_MOST, ROADS
from vigie.measures.catalogue import Catalogue
from vigie.measures.moves import ANSWERS
from vigie.measures.phrases import in_words
from vigie.measures.proofs import MOST
from vigie.schemes.reader import all_ids, load

_SAID = {
    "acknowledged": _("received"),
    "doing": _("doing it"),
    "done": _("done"),
    "cannot": _("cannot"),
    "stopped": _("stopped"),
}
_ROADS = {"phone": _("by telephone"), "paper": _("on paper")}


class TakeDownForm(forms.Form):
    """An owner's word, taken down by an operator."""

    given = forms.ChoiceField(
        label=_("What the owner said"), choices=[(answer, _SAID[answer]) for answer in ANSWERS]
    )
    via = forms.ChoiceField(label=_("How"), choices=[(road, _ROADS[road]) for road in ROADS])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=REASON_MOST,
        help_text=_("Needed for «cannot». Write about places and means. Name no person."),
    )
    proof = forms.FileField(
        label=_("Proof, or the paper scanned"),
        required=False,
        help_text=_("A photograph or a PDF, at most 8 MB. Show places and means, no person."),
    )

    def clean_proof(self) -> bytes | None:
        """Give the bytes of the file, at most one more than are ever kept."""
        file = self.cleaned_data["proof"]
        return file.read(MOST + 1) if file else None


class AdjustForm(forms.Form):
    """Which measures are on; permanent ones cannot be switched off."""

    active = forms.MultipleChoiceField(
        label=_("Measures that are on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why this differs from the default"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, catalogue: Catalogue, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["active"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            (measure.id, f"{measure.id} – {in_words(measure.words, language)}")
            for measure in catalogue.measures
            if not measure.permanent
        ]


class ResponseForm(forms.Form):
    """A site's own response level."""

    site = forms.CharField(
        label=_("Site"), max_length=64, help_text=_("Id of the site, as in the list of places.")
    )
    level = forms.ChoiceField(label=_("Response level"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
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
