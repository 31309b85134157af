"""The desk's own writes. They are no verbs: what they mean stands in the record, by an entry of the room that asks."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from vigie import times
from vigie.desk import codes, pagers
from vigie.desk.models import Pager, Refusal, Ticket


def issue(about: str, until: datetime, *, spoken: bool = False) -> str:
    """Make a one-time secret about an entry and give it: it is kept as a digest, so this is the only time it is known.

    spoken: a code to be read aloud instead of a link's secret.
    """
    secret = codes.spoken() if spoken else codes.linked()
    Ticket.objects.create(digest=codes.digest(secret), about=about, expires=until)
    return secret


def redeem(secret: str, about: str) -> bool:
    """Use a secret up. Gives False when it is none, is about something else, was used or has expired: it serves once."""
    now = times.now()
    waiting = Ticket.objects.filter(
        digest=codes.digest(secret), about=about, used_at__isnull=True, expires__gt=now
    )
    return waiting.update(used_at=now) == 1  # one statement: of two who come at once, one goes in


def give_back(secret: str) -> None:
    """Make a secret good again whose use came to nothing."""
    Ticket.objects.filter(digest=codes.digest(secret)).update(used_at=None)


def void(about: str) -> None:
    """Take away every unused secret about an entry."""
    Ticket.objects.filter(about=about, used_at__isnull=True).delete()


def set_pager(person: str, address: str) -> None:
    """Note how a person is paged; an empty address takes it away. Raises BadPager."""
    address = pagers.tidy(address)
    if not address:
        Pager.objects.filter(person=person).delete()
        return
    pagers.kind(address)
    Pager.objects.update_or_create(person=person, defaults={"address": address, "set_at": times.now()})


def count_refusal(*, person: str, office: str, via: str, what: str, why: str, method: str = "") -> None:
    """Count one refusal. person and office are ids, never names; empty for a stranger."""
    now = times.now()
    key = {
        "person": person,
        "office": office,
        "via": via,
        "what": what,
        "method": method,
        "why": why,
    }
    # Counted again when the row went into an entry between the two statements.
    while not Refusal.objects.filter(**key).update(count=F("count") + 1, until=now):
        try:
            with transaction.atomic(using=Refusal.objects.db):
                Refusal.objects.create(**key, count=1, since=now, until=now)
        except IntegrityError:
            continue
        return
