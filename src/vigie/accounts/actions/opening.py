"""Offices opened, closed, given and ended. What would let one administrator decide alone waits for a second."""

from datetime import datetime

from vigie.accounts import kinds, queries
from vigie.accounts.actions import making
from vigie.accounts.actions.door import verb
from vigie.accounts.actions.moving import OwnMandate, check_reason, propose
from vigie.accounts.actors import Actor
from vigie.accounts.models import Office
from vigie.accounts.rights import check_roles, weighty
from vigie.errors import BadInput, Conflict
from vigie.ledger.actions import append
from vigie.ledger.kinds import By


class LastAdministrator(Conflict):
    """Nobody would be left who may give offices."""


class EndedAlready(Conflict):
    """The mandate is over already."""


@verb("accounts.office.open")
def open_office(actor: Actor, office: str, title: str, roles: list[str]) -> str:
    """Open an office, or change its title and roles. Gives its id, or a move's when it waits for a second administrator.

    A new office gives nobody anything yet. More weight for one that stands (or stood) does: that takes two.
    Raises UnknownRole, OneAlone.
    """
    check_roles(roles)
    stands = Office.objects.filter(id=office).first()
    had = stands.roles if stands and not stands.closed_at else []
    if stands and weighty(set(roles) - set(had)):
        return propose(actor, "office", office=office, title=title, roles=roles)
    return making.office(actor.by(), office, title, roles)


@verb("accounts.office.open")
def close_office(actor: Actor, office: str, reason: str) -> None:
    """Close an office: from now on it gives no right, to whoever holds it or stands in for it.

    Raises NotFound, NoReason, LastAdministrator.
    """
    close(actor.by(), office, reason)


@verb("accounts.office.open")
def name_deputies(actor: Actor, office: str, deputies: list[str]) -> str:
    """Name the offices that stand in for an office; an empty list for none. Gives its id, or a move's.

    Deputies of a weighty office gain its weight: that takes two administrators. Raises NotFound, OwnDeputy, OneAlone.
    """
    stands = check_deputies(office, deputies)
    if weighty(stands.roles) and set(deputies) - set(stands.deputies):
        return propose(actor, "deputies", office=office, deputies=deputies)
    return making.deputies(actor.by(), office, deputies)


@verb("accounts.mandate.give")
def give_mandate(
    actor: Actor, person: str, office: str, *, since: datetime, until: datetime | None = None
) -> str:
    """Give a person an office from an instant, until another or further notice. Gives the mandate's id, or a move's.

    A weighty office is given by two administrators: the move then waits for the second. Raises OwnMandate for
    oneself, NotFound, OneAlone, BadInput when it would end before it begins.
    """
    stands = queries.office(office)
    check_term(since, until)
    if actor.person == person:
        raise OwnMandate("You cannot give yourself an office. Others give it to you.")
    if weighty(stands.carried):
        return propose(actor, "mandate", office=office, person=person, since=since, until=until)
    return making.mandate(actor.by(), person, office, since, until)


@verb("accounts.mandate.give")
def end_mandate(actor: Actor, mandate: str, reason: str) -> None:
    """End a mandate now. One administrator suffices: whoever holds it wrongly must be stopped at once.

    Raises NotFound, EndedAlready, LastAdministrator.
    """
    end(actor.by(), mandate, reason)


class OwnDeputy(BadInput):
    """An office would stand in for itself."""


def check_deputies(office: str, deputies: list[str]) -> Office:
    """Give the office, once it is known that each of `deputies` stands and is another. Raises NotFound, OwnDeputy."""
    stands = queries.office(office)
    for name in deputies:
        queries.office(name)
        if name == office:
            raise OwnDeputy("{office} cannot stand in for itself. Name other offices.", office=office)
    return stands


def check_term(since: datetime, until: datetime | None) -> None:
    """Raise BadInput when a mandate would end before it begins."""
    if until is not None and until <= since:
        raise BadInput(
            "The office would end ({until}) before it begins ({since}). Set a later end.",
            until=until,
            since=since,
        )


def end(by: By, mandate: str, reason: str) -> None:
    """End a mandate in somebody's name; asks no right. Raises what `end_mandate` does, but for the right."""
    row = queries.mandate(mandate)
    if not queries.goes_on(row):
        raise EndedAlready("{mandate} is over already.", mandate=mandate)
    if by.person and queries.administrators() == {row.person} and queries.gives_offices(row.office):
        raise LastAdministrator(
            "{person} is the last who may give offices. Give another person an administrator's office first.",
            person=row.person,
        )
    append(by, kinds.MANDATE_ENDED, kinds.MandateEnded(mandate=mandate, reason=reason), subjects=[mandate])


def close(by: By, office: str, reason: str) -> None:
    """Close an office in somebody's name; asks no right. Raises what `close_office` does, but for the right."""
    row = queries.office(office)
    check_reason(reason)
    if by.person and queries.gives_offices(row) and not queries.administrators_without(office):
        raise LastAdministrator(
            "Nobody else could give offices if {office} were closed. Give a person another administrator's office first.",
            office=office,
        )
    append(by, kinds.OFFICE_CLOSED, kinds.OfficeClosed(office=office, reason=reason), subjects=[office])
