"""Forms of levels. A form reads; the verbs decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vigie import times
from vigie.homes import Home
from vigie.schemes.reader import Scheme, all_ids, load


def all_levels() -> list[tuple[str, list[tuple[str, str]]]]:
    """Group every level of every scheme that has some: value `scheme/code`."""
    return _levels_of(load(name) for name in all_ids())


def own_levels() -> list[tuple[str, list[tuple[str, str]]]]:
    """Group the levels of the schemes this home decides: value `scheme/code`."""
    home: Home = settings.VIGIE_HOME
    return _levels_of(load(name) for name in sorted({d.scheme for d in home.decides}))


def _levels_of(schemes: Iterable[Scheme]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (s.name, [(f"{s.id}/{lv.code}", f"{lv.printed} {lv.word('')}") for lv in s.levels])
        for s in schemes
        if s.levels
    ]


class _Moment(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]

    def clean(self, value: Any) -> Any:
        """This very minute is now: its first second may lie before what was set seconds ago."""
        given, now = super().clean(value), times.now()
        return now if given is not None and given == now.replace(second=0, microsecond=0) else given


class _LevelForm(forms.Form):
    """What every level needs: which, where, from when, until when."""

    level = forms.ChoiceField(label=_("Level"))
    zone = forms.CharField(
        label=_("Zone"),
        max_length=12,
        help_text=_("ISO 3166 code: FR for the country, FR-IDF for a region, FR-75 for a department."),
    )
    effective = _Moment(label=_("In effect from"))
    until = _Moment(label=_("Until"), required=False, help_text=_("Leave empty for «until further notice»."))

    def narrow(self, scheme: str, zone: str) -> None:
        """Offer one scheme's levels only, and its zone, for whoever comes from a level under an older edition of it."""
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        if scheme in all_ids():
            field.choices = _levels_of([load(scheme)])
        if zone:
            self.initial["zone"] = zone

    def clean_level(self) -> tuple[str, str]:
        """Give scheme and code."""
        scheme, _slash, code = str(self.cleaned_data["level"]).partition("/")
        return scheme, code

    def clean_zone(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["zone"]).strip().upper()


class ProposeForm(_LevelForm):
    """A proposal."""

    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 5}))
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=500)
    assessment = forms.CharField(
        label=_("Assessment"),
        required=False,
        max_length=40,
        help_text=_("Number of the assessment this rests on, such as assessment-12."),
    )
    review = _Moment(label=_("Review on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = own_levels()  # type: ignore[attr-defined]


class ReceiveForm(_LevelForm):
    """A level decided elsewhere."""

    authority = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        help_text=_("The authority that decided: Prime Minister, JTAC, OCAM…"),
    )
    words = forms.CharField(label=_("Its exact words"), widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(
        label=_("Where you read it"),
        max_length=500,
        help_text=_("Address, letter, call: so that anyone can look it up."),
    )
    document = forms.FileField(label=_("The document itself"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = all_levels()  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class StandDownForm(forms.Form):
    """A level decided here stands no longer."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))
    effective = _Moment(label=_("From"), help_text=_("Now, or an hour to come; until then it stands."))


class EndForm(forms.Form):
    """A level received stands no longer."""

    authority = forms.CharField(label=_("Decided by"), max_length=200)
    words = forms.CharField(label=_("Its exact words"), widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(label=_("Where you read it"), max_length=500)
    effective = _Moment(label=_("From"), help_text=_("Now, or an hour to come; until then it stands."))


class SettleForm(forms.Form):
    """What the second person says of a stand-down."""

    seen = forms.CharField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label=_("Does it stand no longer?"),
        choices=[("yes", _("It stands no longer: I sign")), ("no", _("It goes on: rejected"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, if you do not agree"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnnounceForm(forms.Form):
    """The public was told."""

    announcer = forms.CharField(
        label=_("Announced by"), max_length=200, help_text=_("The official, by office.")
    )
    where = forms.CharField(label=_("Where"), max_length=200)
    announced = _Moment(label=_("When"))


class MeetingForm(forms.Form):
    """A meeting."""

    title = forms.CharField(label=_("Meeting"), max_length=200)
    question = forms.CharField(label=_("Question it must answer"), widget=forms.Textarea(attrs={"rows": 2}))
    agenda = forms.CharField(label=_("Agenda, one point a line"), widget=forms.Textarea(attrs={"rows": 4}))
    offices = forms.CharField(
        label=_("Offices convened, one a line"), widget=forms.Textarea(attrs={"rows": 3})
    )
    held = _Moment(label=_("Held on"))

    def clean_agenda(self) -> list[str]:
        """One point a line."""
        return [line.strip() for line in str(self.cleaned_data["agenda"]).splitlines() if line.strip()]

    def clean_offices(self) -> list[str]:
        """One office a line."""
        return [line.strip() for line in str(self.cleaned_data["offices"]).splitlines() if line.strip()]
