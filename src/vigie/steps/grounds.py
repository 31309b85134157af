"""Whether what a proposal rests on still holds, and who differs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vigie.assessment import queries as assessment


@dataclass(frozen=True)
class Grounded:
    """Whether what a proposal rests on still holds, and who differs.

    sentence: what is amiss, empty when nothing is; dissent: words of assessors who differ.
    """

    sentence: str = ""
    dissent: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        """True when nothing speaks for it any more."""
        return bool(self.sentence)


def ground(assessment_id: str) -> Grounded:
    """Say whether the assessment a proposal names still stands on at least one claim, and which dissent there is."""
    if not assessment_id:
        return Grounded()
    found = assessment.ground(assessment_id)
    dissent = tuple(d.words for d in assessment.dissents(assessment_id))
    if found.holds:
        return Grounded(dissent=dissent)
    lost = _("{assessment} has lost its ground: no claim speaks for it any more.").format(
        assessment=assessment_id
    )
    return Grounded(lost, dissent)
