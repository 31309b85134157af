"""Forms of reports. A form reads; the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.reports import queries
from vigie.reports.templatetags.claims import claim_kind


class UploadForm(forms.Form):
    """A report to keep: a file, or its text pasted."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Text, .html or .eml, at most 10 MB.")
    )
    text = forms.CharField(label=_("Or its text"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    published = forms.DateField(
        label=_("Day of publication"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty to use the report's own. Without one, «on Thursday» stays open."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip():
            raise forms.ValidationError(_("Give a file or paste the text."))
        return given

    def received(self) -> tuple[bytes, str]:
        """Give the bytes and the name they came under."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode(), "pasted.txt"


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class CorrectForm(ReasonForm):
    """Which claims a correction touches."""

    claims = forms.MultipleChoiceField(label=_("Claims corrected"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, report: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].choices = [  # type: ignore[attr-defined]
            (
                claim.id,
                f"{claim.number}. {claim_kind(claim.kind)}: {claim.subject or claim.evidence[:60]}",
            )
            for claim in queries.claims_of(report)
        ]


class JudgeForm(ReasonForm):
    """Whether a proposed link is a copy."""

    confirmed = forms.ChoiceField(
        label=_("Is it a copy?"), choices=[("yes", _("Yes, one source")), ("no", _("No, two sources"))]
    )
