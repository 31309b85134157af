"""Choosing, on the page of a signature, which measures stay on though the level falls."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from vigie.alert.keeping import covering
from vigie.steps import Follows

SHORTEST = 10
"""Characters of a reason, at least."""


class KeepForm(forms.Form):
    """The measures that would go and stay all the same, and why."""

    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Keep on though the level falls"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keep_reason = forms.CharField(
        label=gettext_lazy("Why they stay"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None, follows: Follows) -> None:
        super().__init__(data)
        self.fields["keep"].choices = list(follows.keepable)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason where something is kept."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("keep") and len(given.get("keep_reason", "").strip()) < SHORTEST:
            self.add_error("keep_reason", ValidationError(_("Say in a sentence why these measures stay on.")))
        return given

    @property
    def kept(self) -> tuple[list[str], str]:
        """What is kept and why; nothing while the form does not fit or was not sent."""
        if not self.is_bound or not self.is_valid():
            return [], ""
        keep: list[str] = self.cleaned_data["keep"]
        return keep, self.cleaned_data["keep_reason"].strip() if keep else ""

    def covers(self, seen: str) -> str:
        """Give the digest to sign: over the level (`seen`) and what is kept with it."""
        return covering(seen, *self.kept)
