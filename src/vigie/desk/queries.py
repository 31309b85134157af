"""Questions asked of the desk."""

from collections.abc import Iterable

from vigie import times
from vigie.desk import codes
from vigie.desk.models import Match, Pager, Ticket


def about(secret: str) -> str:
    """Give the entry an unused secret is about; empty when it is none, was used or has expired."""
    found = Ticket.objects.filter(
        digest=codes.digest(secret), used_at__isnull=True, expires__gt=times.now()
    ).first()
    return found.about if found else ""


def pager(person: str) -> str:
    """Give the address a person is paged at; empty when none is set."""
    return Pager.objects.filter(person=person).values_list("address", flat=True).first() or ""


def pagers(persons: Iterable[str]) -> dict[str, str]:
    """Give the addresses of those persons who set one."""
    return dict(Pager.objects.filter(person__in=list(persons)).values_list("person", "address"))


def match(headings: str) -> dict[str, str]:
    """Give which columns somebody said the headings of a table are; empty when nobody did. headings: digest of their list."""
    found: dict[str, str] | None = (
        Match.objects.filter(headings=headings).values_list("columns", flat=True).first()
    )
    return found or {}
