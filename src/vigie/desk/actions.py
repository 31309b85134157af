"""The desk's own writes. They are no verbs: what they mean stands in the record, by an entry of the room that asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from vigie import times
from vigie.desk import codes, pagers
from vigie.desk.models import Hearing, Match, Pager, Reading, Refusal, Ticket
from vigie.listening import Feed

_WIDEST, _LONGEST = 120, 200
_SEEN = "seen"


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


def first_time(secret: str, *, until: datetime) -> bool:
    """Say whether this is the first time that something is seen, and remember it until then, as a digest."""
    now = times.now()
    Ticket.objects.filter(about=_SEEN, expires__lt=now).delete()
    try:
        with transaction.atomic(using=Ticket.objects.db):
            Ticket.objects.create(digest=codes.digest(secret), about=_SEEN, expires=until, used_at=now)
    except IntegrityError:
        return False
    return True


def forget(secret: str) -> None:
    """Forget something that was seen and came to nothing."""
    Ticket.objects.filter(digest=codes.digest(secret), about=_SEEN).delete()


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
    _count(Refusal, person=person, office=office, via=via, what=what, method=method, why=why)


def count_reading(*, person: str, office: str, via: str, what: str, item: str = "", reason: str = "") -> None:
    """Count one reading of something restricted. what: name of the door; item: id of the thing; reason: in their words."""
    _count(
        Reading,
        person=person,
        office=office,
        via=via,
        what=what,
        item=item[:_WIDEST],
        reason=reason[:_LONGEST],
    )


def _count(model: type[Refusal] | type[Reading], **key: str) -> None:
    now = times.now()
    # Counted again when the row went into an entry between the two statements.
    while not model.objects.filter(**key).update(count=F("count") + 1, until=now):
        try:
            with transaction.atomic(using=model.objects.db):
                model.objects.create(**key, count=1, since=now, until=now)
        except IntegrityError:
            continue
        return


def drop_counted(rows: Iterable[Refusal | Reading]) -> None:
    """Take away what an entry took up; what was counted meanwhile stays."""
    for row in rows:
        model = type(row)
        model.objects.filter(pk=row.pk).update(count=F("count") - row.count, since=F("until"))
        model.objects.filter(pk=row.pk, count=0).delete()


def note_heard(feed: Feed, tried: datetime, **next_look: Any) -> None:
    """Keep that a feed was heard, and where the next look begins."""
    kept = {
        "tried_at": tried,
        "heard_at": tried,
        "address": feed.address,
        "vkey": feed.vkey,
        "fault": "",
        "rule": "",
    }
    Hearing.objects.update_or_create(
        feed=feed.name, defaults=kept | next_look, create_defaults={"first_at": tried, **kept, **next_look}
    )


def note_unheard(feed: Feed, tried: datetime, fault: str, rule: str = "") -> None:
    """Keep that a look at a feed brought nothing, and why; where another address or key stands now, it begins anew."""
    place = {"address": feed.address, "vkey": feed.vkey}
    kept = {"tried_at": tried, "fault": fault, "rule": rule}
    Hearing.objects.filter(feed=feed.name).exclude(**place).delete()
    Hearing.objects.update_or_create(
        feed=feed.name, defaults=kept, create_defaults={"first_at": tried, **place, **kept}
    )


def remember_match(headings: str, columns: dict[str, str]) -> None:
    """Keep which columns the headings of a table are, for the next table with the same ones. headings: digest of their list."""
    Match.objects.update_or_create(headings=headings, defaults={"columns": columns, "set_at": times.now()})
