"""Forms of requests and erasures. A form reads; the verbs decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vigie.erasure import queries

_MOST = 1000


class _Numbers(forms.CharField):
    """Numbers of entries, parted by commas or spaces."""

    def clean(self, value: Any) -> list[int]:
        """Give the numbers."""
        words = str(super().clean(value)).replace(",", " ").split()
        if len(words) > _MOST or not all(
            word.isascii() and word.isdigit() and len(word) < 16 for word in words
        ):
            raise ValidationError(_("Give numbers of entries, such as 12, 40."))
        return [int(word) for word in words]


class ProposeForm(forms.Form):
    """What is to be erased, on which ground, by whose order."""

    entries = _Numbers(label=_("Entries"), help_text=_("Numbers of the record, such as 12, 40."))
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        help_text=_("The rule or the request it rests on. It stays on the record: no name."),
    )
    authority = forms.CharField(
        label=_("Authority"), max_length=200, help_text=_("Who may order it, by their office.")
    )
    request = forms.ChoiceField(label=_("Follows from"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [(row.id, f"{row.id}, {row.reference}") for row in queries.open_requests()]
        self.fields["request"].choices = [("", _("no request")), *waiting]  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    """Why the entries stay."""

    reason = forms.CharField(label=_("Why they stay"), widget=forms.Textarea(attrs={"rows": 2}))


class RequestForm(forms.Form):
    """A request that came in."""

    what = forms.ChoiceField(
        label=_("They ask for"),
        choices=[
            ("erasure", _("erasure")), ("rectification", _("rectification")), ("copy", _("a copy of what concerns them")),
        ],
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Reference of the letter"),
        max_length=80,
        help_text=_("No name: the letter itself stays with you."),
    )
    received = forms.DateField(
        label=_("Came on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    entries = _Numbers(label=_("About the entries"), required=False)


class AnswerForm(forms.Form):
    """What was answered."""

    outcome = forms.ChoiceField(
        label=_("It was"),
        choices=[("done", _("done")), ("partly", _("done in part")), ("refused", _("refused"))],
    )
    words = forms.CharField(
        label=_("What they were told"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence, without their name."),
    )
