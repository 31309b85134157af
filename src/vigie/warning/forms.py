"""Forms of warnings. A form reads; the verbs decide."""

from collections.abc import Sequence
from typing import Any, get_args

from django import forms
from django.utils.translation import get_language_info, gettext_lazy as _

from vigie.warning.cap import Certainty, Severity, Urgency
from vigie.warning.compose import LONGEST_HEADLINE, Text, Weight


def _named(language: str) -> str:
    return str(get_language_info(language)["name_local"])


def _scale(values: object, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(v, v) for v in get_args(values)])


class DraftForm(forms.Form):
    """The words of a message, in each language of the home."""

    expires = forms.DateTimeField(
        label=_("Runs out"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    urgency = _scale(Urgency, _("How soon (CAP urgency)"))
    severity = _scale(Severity, _("How grave (CAP severity)"))
    certainty = _scale(Certainty, _("How sure (CAP certainty)"))

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        for language in languages:
            attrs = {"lang": language}
            area = {**attrs, "rows": 4}
            for name, label, widget in (
                ("headline", _("Headline"), forms.TextInput(attrs={**attrs, "maxlength": LONGEST_HEADLINE})),
                ("description", _("What it means"), forms.Textarea(attrs=area)),
                ("instruction", _("What to do, one thing a line"), forms.Textarea(attrs=area)),
                ("correction", _("What we will say if this proves wrong"), forms.Textarea(attrs=area)),
            ):
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(what)s – %(language)s") % {"what": label, "language": _named(language)},
                    widget=widget,
                )

    def texts(self) -> list[Text]:
        """Give the words read, one text per language."""
        return [
            Text(
                language=language,
                **{
                    name: self.cleaned_data[f"{name}_{language}"]
                    for name in ("headline", "description", "instruction", "correction")
                },
            )
            for language in self.languages
        ]

    def weight(self) -> Weight:
        """Give the three scales read."""
        return Weight(*(self.cleaned_data[name] for name in ("urgency", "severity", "certainty")))


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class FactForm(forms.Form):
    """Something known, not known or false."""

    zone = forms.CharField(label=_("Zone"), max_length=12, help_text=_("ISO 3166 code: FR, FR-IDF."))
    state = forms.ChoiceField(
        label=_("It is"), choices=[("known", _("known")), ("unknown", _("not known")), ("false", _("false"))]
    )
    source = forms.CharField(
        label=_("Who says so"), max_length=200, help_text=_("An office or a publication.")
    )
    href = forms.URLField(
        label=_("Where it can be read"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        for language in languages:
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Statement – %(language)s") % {"language": _named(language)},
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    def texts(self) -> dict[str, str]:
        """Give the statement by language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in self.languages}
