"""Entries of this room: offices opened, mandates given and ended. Names of persons stay at the desk."""

from vigie.ledger.kinds import Body, Kind


class OfficeOpened(Body):
    """An office, the roles it carries, and its title in words."""

    office: str
    title: str
    roles: list[str]


class MandateGiven(Body):
    """A person (opaque id) holds an office from an instant, until another or further notice."""

    person: str
    office: str
    since: str
    until: str | None


class MandateEnded(Body):
    """A mandate ends now."""

    mandate: str
    reason: str


OFFICE_OPENED = Kind("accounts.office.opened", 1, OfficeOpened)
MANDATE_GIVEN = Kind("accounts.mandate.given", 1, MandateGiven)
MANDATE_ENDED = Kind("accounts.mandate.ended", 1, MandateEnded)
