"""Forms of partners and releases. A form reads; the verbs decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.alert import queries as alert
from vigie.assessment.ground import Seen
from vigie.assessment.queries import grades
from vigie.markings import Marking, Tlp, parse_tlp
from vigie.partners import queries
from vigie.partners.elements import Element, Group, Judgement, Measure, Place
from vigie.schemes.reader import load

_TLP = [(tlp.label, tlp.label) for tlp in Tlp]
_LANGUAGES = [("en", "English"), ("fr", "Français")]


class _Lines(forms.CharField):
    """A text area read as a list: one item a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[str]:
        """Give the lines that say something."""
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


class AgreeForm(forms.Form):
    """What was agreed with a partner."""

    audience = forms.SlugField(
        label=_("Short name"), max_length=63, help_text=_("Small letters, digits, hyphens: police-be.")
    )
    name = forms.CharField(label=_("Service"), max_length=200)
    contact = forms.CharField(
        label=_("Contact"), max_length=300, help_text=_("The desk or duty office, not a person.")
    )
    ceiling = forms.ChoiceField(label=_("Receives up to"), choices=_TLP, initial=Tlp.AMBER.label)
    honours = _Lines(label=_("Caveats it honours, one a line"), required=False)


class ConsentForm(forms.Form):
    """An originator's consent."""

    originator = forms.SlugField(label=_("Originator"), max_length=63)
    item = forms.SlugField(
        label=_("Item"), max_length=60, help_text=_("Number of the claim, assessment or level: claim-12-3.")
    )
    audience = forms.ChoiceField(label=_("May go to"))
    words = forms.CharField(label=_("Who agreed, how and when"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = _partners()  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """A release as a whole, with at most one group and one place."""

    audience = forms.ChoiceField(label=_("For"))
    level = forms.ChoiceField(label=_("Level to tell of"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("Summary for the partner"), widget=forms.Textarea(attrs={"rows": 3}))
    language = forms.ChoiceField(label=_("Written in"), choices=_LANGUAGES)
    tlp = forms.ChoiceField(label=_("Marking"), choices=_TLP, initial=Tlp.AMBER.label)
    caveats = _Lines(label=_("Caveats, one a line"), required=False)
    recipients = _Lines(
        label=_("Named recipients, one office a line"),
        required=False,
        help_text=_("Needed for TLP:RED: offices, not persons."),
    )
    lowering = forms.CharField(
        label=_("Why the new text can bear a lower marking than its sources"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    group = forms.CharField(
        label=_("Group"),
        required=False,
        max_length=200,
        help_text=_("An organisation, as official sources name it."),
    )
    group_text = forms.CharField(
        label=_("What may be said of it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$", label=_("Country"), help_text=_("Two letters (ISO 3166-1), such as BE.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = _partners()  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("none")), *_levels()]  # type: ignore[attr-defined]

    def marking(self) -> str:
        """Give the marking in its text form. Raises BadMarking."""
        told = self.cleaned_data
        return Marking(parse_tlp(told["tlp"]), frozenset(told["caveats"])).text()

    def named(self) -> list[Element]:
        """Give the group and the place."""
        told = self.cleaned_data
        place = Place(key="place", name=told["place"], country=told["country"].upper())
        if not told["group"]:
            return [place]
        return [Group(key="group", name=told["group"], text=told["group_text"]), place]


class JudgementForm(forms.Form):
    """One judgement, rewritten: what it was made of stays inside."""

    claim = forms.ChoiceField(label=_("Made of"), required=False)
    title = forms.CharField(label=_("Title for the partner"), required=False, max_length=200)
    text = forms.CharField(
        label=_("In words for the partner"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    graded = forms.BooleanField(label=_("Pass the grade on"), required=False, initial=True)

    def __init__(self, *args: Any, claims: Sequence[Seen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(claim.id, f"{claim.id}: {claim.words[:120]}") for claim in claims]
        self.fields["claim"].choices = [("", _("none")), *shown]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        told = super().clean() or {}
        given = [bool(told.get(name)) for name in ("claim", "title", "text")]
        if any(given) and not all(given):
            raise forms.ValidationError(
                _("Choose a claim and write a title and a text for it, or leave the three empty.")
            )
        return told

    def judgement(self, number: int, about: tuple[str, ...]) -> Judgement | None:
        """Give the judgement, None for an empty row."""
        told = self.cleaned_data
        if not told.get("claim"):
            return None
        grade = grades([told["claim"]]).get(told["claim"]) if told["graded"] else None
        return Judgement(
            key=f"judgement-{number}",
            title=told["title"],
            text=told["text"],
            about=about,
            sources=(told["claim"],),
            grade=str(grade or ""),
            confidence=grade.stix_confidence if grade else None,
        )


class MeasureForm(forms.Form):
    """One measure the partner may want to mirror; it follows from the level told of."""

    name = forms.CharField(label=_("Measure"), required=False, max_length=200)
    text = forms.CharField(
        label=_("In words for the partner"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        told = super().clean() or {}
        if bool(told.get("name")) != bool(told.get("text")):
            raise forms.ValidationError(
                _("Write both the measure's name and what it is, or leave both empty.")
            )
        return told

    def measure(self, number: int, level: str) -> Measure | None:
        """Give the measure, None for an empty row."""
        told = self.cleaned_data
        if not told.get("name"):
            return None
        return Measure(
            key=f"measure-{number}", name=told["name"], text=told["text"], sources=(level,) if level else ()
        )


JudgementSet = forms.formset_factory(JudgementForm, extra=4)
MeasureSet = forms.formset_factory(MeasureForm, extra=2)


class ApproveForm(forms.Form):
    """The second person's yes: the marking typed, and the digest of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput)
    typed = forms.CharField(label=_("Type the marking to let it go"), max_length=20)


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


def _partners() -> list[tuple[str, str]]:
    return [(row.id, f"{row.name} ({row.ceiling})") for row in queries.partners()]


def _levels() -> list[tuple[str, str]]:
    return [(s.id, f"{s.zone} – {load(s.scheme).level(s.code).word('')}") for s in alert.standing()]
