"""Whether what a proposal rests on still holds, and who differs."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from vigie.accounts.queries import title
from vigie.assessment import queries as assessment


@dataclass(frozen=True)
class Differs:
    """An assessor differs. unread: whoever asks has not said that they read it, and cannot sign before."""

    id: str
    words: str
    office: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class Grounded:
    """Whether what a proposal rests on still holds, and who differs.

    sentence: what is amiss, empty when nothing is; dissent: who differs, oldest first.
    """

    sentence: str = ""
    dissent: tuple[Differs, ...] = ()

    @property
    def lost(self) -> bool:
        """True when nothing speaks for it any more."""
        return bool(self.sentence)

    @property
    def unread(self) -> bool:
        """True while a dissent has not been read: nothing is signed before."""
        return any(one.unread for one in self.dissent)


def ground(assessment_id: str, person: str = "") -> Grounded:
    """Say whether the assessment a proposal names still stands on at least one claim, and which dissent `person` has not read."""
    if not assessment_id:
        return Grounded()
    found = assessment.ground(assessment_id)
    unread = {d.id for d in assessment.unread(assessment_id, person)}
    dissent = tuple(
        Differs(d.id, d.words, title(d.office), d.at, d.id in unread)
        for d in assessment.dissents(assessment_id)
    )
    if found.holds:
        return Grounded(dissent=dissent)
    lost = _("{assessment} has lost its ground: no claim speaks for it any more.").format(
        assessment=assessment_id
    )
    return Grounded(lost, dissent)
