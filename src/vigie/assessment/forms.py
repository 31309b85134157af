"""Forms of grading and assessing. A form reads; the verbs decide."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _

from vigie.assessment import criteria as known_criteria
from vigie.assessment.actions import Chosen
from vigie.assessment.criteria import Criteria
from vigie.assessment.evaluation import in_language
from vigie.assessment.grades import ANALYTIC_CONFIDENCE, ITEM, SCALES, SOURCE, Estimate
from vigie.assessment.ground import Seen
from vigie.assessment.queries import grades
from vigie.schemes.reader import load

_STANCES = [("", _("not used")), ("for", _("for")), ("against", _("against"))]


class _Lines(forms.CharField):
    """A text area read as a list: one item a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        """Give the lines that say something."""
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


class _Moment(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class WhichLevelForm(forms.Form):
    """The level and zone an assessment is about; only levels whose criteria are known."""

    level = forms.ChoiceField(label=_("Level"))
    zone = forms.CharField(
        label=_("Zone"), max_length=12, help_text=_("ISO 3166 code, such as FR or FR-IDF.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [
            (f"{scheme}/{code}", _level_words(scheme, code)) for scheme, code in known_criteria.all_levels()
        ]
        self.fields["level"].choices = chosen  # type: ignore[attr-defined]

    def clean_level(self) -> tuple[str, str]:
        """Give scheme and code."""
        scheme, _slash, code = str(self.cleaned_data["level"]).partition("/")
        return scheme, code

    def clean_zone(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["zone"]).strip().upper()


class AssessForm(forms.Form):
    """An assessment: one choice for each claim under each question, then the judgement in words."""

    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 5}))
    override = forms.ChoiceField(
        label=_("If no criterion is met"),
        required=False,
        help_text=_(
            "The ground on which the level is supported all the same; the reasons must then carry it."
        ),
    )
    judgement = forms.CharField(
        label=_("Judgement"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    estimate = forms.ChoiceField(label=_("How probable"), required=False)
    confidence = forms.ChoiceField(label=_("Analytic confidence"), required=False)
    missing = _Lines(label=_("What is missing, one point a line"), required=False)
    dissent = _Lines(label=_("Who differs and why, one line each"), required=False)
    review = _Moment(label=_("Review on"))

    def __init__(
        self, asked: Criteria, claims: Sequence[Seen], language: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._asked, self._claims, self._language = asked, claims, language
        none = [("", _("none"))]
        grounds = [(ground.id, in_language(ground.words, language)) for ground in asked.overrides]
        words = [
            (f"{scale}/{b.word}", Estimate(scale, b.word).printed(gettext))
            for scale, bands in SCALES.items()
            for b in bands
        ]
        self.fields["override"].choices = [*none, *grounds]  # type: ignore[attr-defined]
        self.fields["estimate"].choices = [*none, *words]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = [*none, *((c, _(c)) for c in ANALYTIC_CONFIDENCE)]  # type: ignore[attr-defined]
        graded = grades(claim.id for claim in claims)
        for criterion, need, claim in self._pairs():
            label = f"{claim.words} ({claim.id}, {graded.get(claim.id, _('not graded by a person'))})"
            self.fields[_name(criterion, need, claim)] = forms.ChoiceField(
                label=label, choices=_STANCES, required=False
            )

    def questions(self) -> Iterator[tuple[str, list[tuple[str, list[BoundField]]]]]:
        """Give each criterion's words with its questions, each with the claims that may answer it."""
        for criterion in self._asked.criteria:
            asked = []
            for need in criterion.needs:
                fitting = [
                    self[_name(criterion.id, need.id, c)] for c in self._claims if c.kind in need.kinds
                ]
                asked.append((in_language(need.ask, self._language), fitting))
            yield in_language(criterion.words, self._language), asked

    def words(self) -> list[BoundField]:
        """Give the fields that are not about one claim."""
        return [self[name] for name in type(self).base_fields]

    def chosen(self) -> list[Chosen]:
        """Give the claims taken for or against a question."""
        return [
            Chosen(claim.id, criterion, need, stance)
            for criterion, need, claim in self._pairs()
            if (stance := self.cleaned_data[_name(criterion, need, claim)])
        ]

    def _pairs(self) -> Iterable[tuple[str, str, Seen]]:
        for criterion in self._asked.criteria:
            for need in criterion.needs:
                for claim in self._claims:
                    if claim.kind in need.kinds:
                        yield criterion.id, need.id, claim


class SourceForm(forms.Form):
    """First screen of a grading: the source alone."""

    source = forms.ChoiceField(
        label=_("Reliability of the source"),
        widget=forms.RadioSelect,
        choices=[(letter, format_lazy("{} – {}", letter, _(word))) for letter, word in SOURCE.items()],
    )
    why_source = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}))


class ItemForm(forms.Form):
    """Second screen: the item alone; what was said of the source travels hidden."""

    source = forms.ChoiceField(widget=forms.HiddenInput, choices=[(letter, letter) for letter in SOURCE])
    why_source = forms.CharField(widget=forms.HiddenInput)
    item = forms.ChoiceField(
        label=_("Credibility of what it says"),
        widget=forms.RadioSelect,
        choices=[(digit, format_lazy("{} – {}", digit, _(word))) for digit, word in ITEM.items()],
    )
    why_item = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}))


class DissentForm(forms.Form):
    """Someone differs."""

    words = forms.CharField(label=_("Where you differ and why"), widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(forms.Form):
    """An assessment looked at again."""

    upheld = forms.ChoiceField(
        label=_("It"), choices=[("yes", _("is upheld")), ("no", _("ends"))], widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
    next_review = _Moment(label=_("Next review on"), required=False, help_text=_("Needed when it is upheld."))


def _name(criterion: str, need: str, claim: Seen) -> str:
    return f"{criterion}.{need}.{claim.id}"


def _level_words(scheme: str, code: str) -> str:
    plan = load(scheme)
    level = plan.level(code)
    return f"{plan.name}: {level.printed} {level.word('')}"
