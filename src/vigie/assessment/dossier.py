"""The evidence behind a level, laid out to be read: each criterion, its questions, what speaks for and against.

The same claims as when the assessment was made, with their grades as they are now: what was withdrawn stays
visible, marked, and counts no longer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vigie.assessment.criteria import Criteria
from vigie.assessment.evaluation import (
    CriterionState,
    Evidence,
    NeedState,
    Stance,
    Suggestion,
    in_language,
    suggest,
)
from vigie.assessment.grades import Grade
from vigie.assessment.ground import Seen


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim as an assessment took it; grade: as it was then, empty when it had none."""

    claim: str
    criterion: str
    need: str
    stance: Stance
    why: str
    grade: str


@dataclass(frozen=True, slots=True)
class Line:
    """One claim under one question. seen: None when the claim is no longer known here."""

    taken: Taken
    seen: Seen | None
    grade: Grade | None

    @property
    def stands(self) -> bool:
        """Whether the claim may still be used."""
        return self.seen is not None and not self.seen.withdrawn

    @property
    def regraded(self) -> bool:
        """Whether its grade changed since the assessment was made."""
        return str(self.grade or "") != self.taken.grade

    @property
    def fragile(self) -> bool:
        """Whether nothing should hang on it alone."""
        return self.grade is None or self.grade.fragile


@dataclass(frozen=True, slots=True)
class Question:
    """One need of a criterion, with what speaks for and against it."""

    ask: str
    state: NeedState
    supporting: tuple[Line, ...]
    opposing: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One criterion, in the scheme's words."""

    words: str
    edition: str
    state: CriterionState
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All criteria with their evidence, and what they suggest now."""

    sections: tuple[Section, ...]
    suggestion: Suggestion

    @property
    def fragile(self) -> tuple[Line, ...]:
        """The lines that stand and on which nothing should hang alone, each claim once."""
        lines = (
            line
            for section in self.sections
            for q in section.questions
            for line in (*q.supporting, *q.opposing)
        )
        return tuple({line.taken.claim: line for line in lines if line.stands and line.fragile}.values())


def lay_out(
    criteria: Criteria,
    taken: Iterable[Taken],
    seen: Mapping[str, Seen],
    grades: Mapping[str, Grade],
    language: str,
) -> Dossier:
    """Lay the evidence out under its questions, in `language` where the criteria have it.

    Raises BadEvidence when a claim was taken for a question the criteria do not ask.
    """
    lines = [Line(each, seen.get(each.claim), grades.get(each.claim)) for each in taken]
    suggestion = suggest(criteria, [_evidence(line) for line in lines if line.stands])
    sections = []
    for finding in suggestion.findings:
        questions = []
        for need in finding.needs:
            here = [
                x for x in lines if (x.taken.criterion, x.taken.need) == (finding.criterion.id, need.need.id)
            ]
            questions.append(
                Question(
                    in_language(need.need.ask, language),
                    need.state,
                    tuple(line for line in here if line.taken.stance == "for"),
                    tuple(line for line in here if line.taken.stance == "against"),
                )
            )
        criterion = finding.criterion
        sections.append(
            Section(
                in_language(criterion.words, language),
                in_language(criterion.edition, language) if criterion.edition else "",
                finding.state,
                tuple(questions),
            )
        )
    return Dossier(tuple(sections), suggestion)


def _evidence(line: Line) -> Evidence:
    taken, origin = line.taken, line.seen.origin if line.seen else ""
    return Evidence(taken.claim, taken.criterion, taken.need, taken.stance, origin, line.grade)
