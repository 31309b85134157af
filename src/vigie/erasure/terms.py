"""How long what is kept: each term of vigie.toml, the kinds of entries it covers, and the words it is known by.

Every erasable kind stands under exactly one term. What is not erasable is the record itself, and stays.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from vigie import times
from vigie.homes import Home
from vigie.ledger.kinds import Kind
from vigie.translatable import gettext_noop


@dataclass(frozen=True)
class Term:
    """One term. name: as vigie.toml has it; what: which entries; since: from when the days are counted."""

    name: str
    kinds: tuple[str, ...]
    what: str
    since: str


TERMS = (
    Term(
        "reports",
        ("reports.report.received",),
        gettext_noop("Reports: their words, their claims, their sealed originals"),
        gettext_noop("the day they came in; not while a level or an assessment in force rests on them"),
    ),
    Term(
        "contacts",
        ("exposure.contact.set",),
        gettext_noop("How owners were reached, once it no longer counts"),
        gettext_noop("the day a newer contact came, or the owner left the list"),
    ),
    Term(
        "answers",
        ("measures.answer.reason", "measures.proof.given", "measures.response.reason"),
        gettext_noop(
            "The words owners gave as a reason, for a site's response too, and the files they sent as proof"
        ),
        gettext_noop("the day of the answer; not while its task is open, or the response stands"),
    ),
    Term(
        "patrols",
        ("patrols.plan.drawn", "patrols.seed.revealed"),
        gettext_noop("Patrol plans and their seeds: which team was where"),
        gettext_noop("the end of the plan"),
    ),
    Term(
        "logs",
        (
            "accounts.session.begun",
            "accounts.session.ended",
            "accounts.refusals.noted",
            "accounts.reads.noted",
        ),
        gettext_noop("Who signed in, read what is restricted, or was refused"),
        gettext_noop("the day it was noted"),
    ),
    Term(
        "signatures",
        ("accounts.assertion.kept",),
        gettext_noop("How a signer showed that it was they; the signature itself stays"),
        gettext_noop("the day of the act"),
    ),
)


def term_of(kind: Kind) -> Term | None:
    """Give the term a kind stands under; None when none does."""
    return next((term for term in TERMS if kind.name in term.kinds), None)


def days(home: Home, term: Term) -> int:
    """Give the days of a term in a home; 0: for good."""
    return int(getattr(home.retention, term.name))


def cutoff(home: Home, term: Term, now: datetime) -> datetime | None:
    """Give the instant before which a term is over, None when it never is.

    It moves at midnight of the home's zone: what is due goes once a day, in one entry.
    """
    length = days(home, term)
    if not length:
        return None
    zone = times.time_zone(home.zone)
    today = now.astimezone(zone).date()
    return datetime.combine(today - timedelta(days=length), time(), zone).astimezone(UTC)


def ground(home: Home, term: Term) -> str:
    """Give the ground as the record keeps it."""
    return f"retention: {term.name} are kept for {days(home, term)} days"


AUTHORITY = "vigie.toml, [retention]"
"""Who orders what the terms erase: whoever set them."""
