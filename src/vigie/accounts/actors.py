"""Who is acting: an opaque person id, the office held, and the road taken."""

from dataclasses import dataclass, field

from vigie.accounts.signing_in.proof import Proof
from vigie.ledger.kinds import By


@dataclass(frozen=True)
class Actor:
    """A person acting in an office.

    person: opaque id (`p-3`), never a name; office: id of the office; via: console, api, shell, link or replay;
    proof: how they showed, for one act, that it is they.
    """

    person: str
    office: str
    via: str = "console"
    proof: Proof | None = field(default=None, compare=False, repr=False)

    def by(self) -> By:
        """Give the form that entries carry."""
        return By(person=self.person, office=self.office, via=self.via)
