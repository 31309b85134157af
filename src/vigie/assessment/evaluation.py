"""What the evidence says of each criterion: for, against, missing; and the level it suggests, in words.

A suggestion is never a number: it names each criterion with what was found for it, and what it hangs on, by
running again without each claim and without each origin. It sets nothing; there is no verb that takes one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vigie.assessment.criteria import Criteria, Criterion, Need
from vigie.assessment.grades import Grade
from vigie.errors import BadInput
from vigie.translatable import gettext_noop

Stance = Literal["for", "against"]
NeedState = Literal["shown", "contested", "refuted", "missing"]
CriterionState = Literal["met", "contested", "refuted", "open"]


_HANGS_MET = (
    gettext_noop("Without {claim} the criteria for {level} would not be met."),
    gettext_noop("Without what comes from {origin} the criteria for {level} would not be met."),
)
_HANGS_NOT_MET = (
    gettext_noop("Without {claim} the criteria for {level} would be met."),
    gettext_noop("Without what comes from {origin} the criteria for {level} would be met."),
)


class BadEvidence(BadInput):
    """A piece of evidence that answers a question no criterion asks."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim taken as speaking for or against one need of one criterion.

    claim: its id. origin: where it comes from in the end, empty when unknown. grade: None when not graded yet.
    """

    claim: str
    criterion: str
    need: str
    stance: Stance
    origin: str = ""
    grade: Grade | None = None

    @property
    def counts(self) -> bool:
        """Whether it may show anything: graded, and neither from an unreliable source nor improbable."""
        return self.grade is not None and self.grade.counts

    @property
    def fragile(self) -> bool:
        """Whether nothing should hang on it alone."""
        return self.grade is None or self.grade.fragile


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be said in the reader's language: English template and what fills it."""

    message: str
    fields: Mapping[str, str]

    def said(self, translate: Callable[[str], str] = str) -> str:
        """Give the sentence in the language of `translate`."""
        return translate(self.message).format(**self.fields)


@dataclass(frozen=True, slots=True)
class NeedFinding:
    """What was found on one need. set_aside: given, but too weak to count, or not graded."""

    need: Need
    supporting: tuple[Evidence, ...]
    opposing: tuple[Evidence, ...]
    set_aside: tuple[Evidence, ...]

    @property
    def state(self) -> NeedState:
        """shown, contested (both), refuted (only against), or missing."""
        if self.supporting:
            return "contested" if self.opposing else "shown"
        return "refuted" if self.opposing else "missing"

    @property
    def fragile(self) -> bool:
        """Whether all that supports it is fragile."""
        return bool(self.supporting) and all(each.fragile for each in self.supporting)


@dataclass(frozen=True, slots=True)
class CriterionFinding:
    """What was found on one criterion, need by need."""

    criterion: Criterion
    needs: tuple[NeedFinding, ...]

    @property
    def state(self) -> CriterionState:
        """met when every need is shown; refuted when one is; contested when none is missing; else open."""
        states = {need.state for need in self.needs}
        if states == {"shown"}:
            return "met"
        if "refuted" in states:
            return "refuted"
        return "open" if "missing" in states else "contested"

    @property
    def missing(self) -> tuple[Need, ...]:
        """The needs nothing that counts was found for."""
        return tuple(finding.need for finding in self.needs if finding.state == "missing")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the criteria suggest on this evidence. level: None when no criterion is met.

    hangs_on_claims, hangs_on_origins: each one alone, taken away, changes the level suggested.
    """

    criteria: Criteria
    level: str | None
    findings: tuple[CriterionFinding, ...]
    hangs_on_claims: tuple[str, ...]
    hangs_on_origins: tuple[str, ...]

    def sentences(self, language: str = "en") -> tuple[Sentence, ...]:
        """Say each criterion with what is missing, then the conclusion; scheme words in the language given."""
        said = [sentence for finding in self.findings for sentence in _of_criterion(finding, language)]
        return (*said, *self.conclusion(language))

    def conclusion(self, language: str = "en") -> tuple[Sentence, ...]:
        """Say whether the criteria are met and what that hangs on."""
        told = {"level": self.criteria.level}
        if self.level:
            met = Sentence("The criteria for {level} are met on this evidence.", told)
        elif self.criteria.overrides:
            grounds = "; ".join(in_language(o.words, language) for o in self.criteria.overrides)
            message = gettext_noop(
                "No criterion for {level} is met. It could be proposed only with reasons: {grounds}."
            )
            met = Sentence(message, told | {"grounds": grounds})
        else:
            met = Sentence("No criterion for {level} is met.", told)
        claim_message, origin_message = _HANGS_MET if self.level else _HANGS_NOT_MET
        return (
            met,
            *(Sentence(claim_message, told | {"claim": claim}) for claim in self.hangs_on_claims),
            *(Sentence(origin_message, told | {"origin": origin}) for origin in self.hangs_on_origins),
        )


def suggest(criteria: Criteria, evidence: Iterable[Evidence]) -> Suggestion:
    """Weigh the evidence by the criteria.

    Leave withdrawn claims out before calling. Raises BadEvidence when a piece names no need of the criteria.
    """
    given = tuple(evidence)
    asked = {(criterion.id, need.id) for criterion in criteria.criteria for need in criterion.needs}
    for each in given:
        if (each.criterion, each.need) not in asked:
            raise BadEvidence(
                "{claim} is said to answer {criterion}/{need}, which {scheme} {level} does not ask. It asks: {asked}.",
                claim=each.claim,
                criterion=each.criterion,
                need=each.need,
                scheme=criteria.scheme,
                level=criteria.level,
                asked=", ".join(sorted(f"{one}/{other}" for one, other in asked)),
            )
    findings = _findings(criteria, given)
    level = _level(criteria, findings)

    def changes_without(rest: list[Evidence]) -> bool:
        return _level(criteria, _findings(criteria, rest)) != level

    claims = dict.fromkeys(each.claim for each in given)
    origins = dict.fromkeys(each.origin for each in given if each.origin)
    return Suggestion(
        criteria,
        level,
        findings,
        tuple(claim for claim in claims if changes_without([e for e in given if e.claim != claim])),
        tuple(origin for origin in origins if changes_without([e for e in given if e.origin != origin])),
    )


def _findings(criteria: Criteria, evidence: Sequence[Evidence]) -> tuple[CriterionFinding, ...]:
    def on(criterion: Criterion, need: Need) -> NeedFinding:
        here = [each for each in evidence if (each.criterion, each.need) == (criterion.id, need.id)]
        return NeedFinding(
            need,
            tuple(each for each in here if each.counts and each.stance == "for"),
            tuple(each for each in here if each.counts and each.stance == "against"),
            tuple(each for each in here if not each.counts),
        )

    return tuple(CriterionFinding(c, tuple(on(c, need) for need in c.needs)) for c in criteria.criteria)


def _level(criteria: Criteria, findings: Iterable[CriterionFinding]) -> str | None:
    return criteria.level if any(finding.state == "met" for finding in findings) else None


def _of_criterion(finding: CriterionFinding, language: str) -> list[Sentence]:
    messages: dict[CriterionState, str] = {
        "met": gettext_noop("«{criterion}»: met."),
        "contested": gettext_noop("«{criterion}»: contested, there is evidence for and against."),
        "refuted": gettext_noop("«{criterion}»: not met, the evidence is against it."),
        "open": gettext_noop("«{criterion}»: not shown."),
    }
    told = {"criterion": in_language(finding.criterion.words, language)}
    said = [Sentence(messages[finding.state], told)]
    said += [
        Sentence("Missing: {need}", {"need": in_language(need.ask, language)}) for need in finding.missing
    ]
    said += [
        Sentence("Rests on fragile sources alone: {need}", {"need": in_language(n.need.ask, language)})
        for n in finding.needs
        if n.fragile
    ]
    return said


def in_language(words: Mapping[str, str], language: str) -> str:
    """Give the wording in the language asked for, else in English, else in the first there is."""
    return words.get(language) or words.get("en") or next(iter(words.values()))
