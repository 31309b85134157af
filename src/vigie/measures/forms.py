"""Forms of measures. A form reads; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.measures.actions.answering import REASON_MOST, ROADS
from vigie.measures.catalogue import Catalogue
from vigie.measures.moves import ANSWERS
from vigie.measures.phrases import in_words
from vigie.measures.proofs import MOST

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
        help_text=_(
            "A photograph or a PDF, at most 8 MB. Show places and means, no person. What the camera wrote into a photograph is taken out."
        ),
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
