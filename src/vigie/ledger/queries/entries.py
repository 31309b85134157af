"""Which entries there are, and what they say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain as chained

import msgspec
from django.conf import settings
from django.db import connections

from vigie import times
from vigie.errors import RecordBroken
from vigie.homes import Home
from vigie.ledger import canonical, payloads, statements
from vigie.ledger.kinds import ERASED, KINDS, Body, By, Erased, Kind, read_as
from vigie.ledger.models import Entry
from vigie.ledger.projections import (
    Written,
    unpacked,
)
from vigie.ledger.queries.heads import NoRecord


def recent(
    limit: int = 50, *, before: int | None = None, subject: str | None = None
) -> list[tuple[Written, Body | None]]:
    """List entries, newest first, with None for what was erased.

    before: only those whose number is below; subject: only those about that id.
    """
    chosen = Entry.objects.select_related("payload", "payloadkey").order_by("-seq")
    if before is not None:
        chosen = chosen.filter(seq__lt=min(before, canonical.WIDEST))
    if subject is None:
        return [unpacked(e, getattr(e, "payload", None)) for e in chosen[:limit]]
    found = (unpacked(e, getattr(e, "payload", None)) for e in chosen.iterator(chunk_size=500))
    return [
        pair for pair, _ in zip((f for f in found if subject in f[0].subjects), range(limit), strict=False)
    ]


def one(seq: int) -> tuple[Written, Body | None] | None:
    """Give one entry (its body None when it was erased), or None when there is none."""
    if not 0 <= seq <= canonical.WIDEST:
        return None
    entry = Entry.objects.select_related("payload", "payloadkey").filter(seq=seq).first()
    return unpacked(entry, getattr(entry, "payload", None)) if entry else None


def leaf_about(kind: Kind, at: datetime, subject: str) -> bytes:
    """Give the hash of the newest entry of a kind, of that instant, about `subject`. Raises NoRecord when there is none."""
    rows = Entry.objects.filter(kind=kind.tag, at=times.text(at)).order_by("-seq")
    for entry in rows:
        if subject in canonical.loads(bytes(entry.envelope))["subjects"]:
            return bytes(entry.leaf)
    raise NoRecord("The record holds no entry {kind} about {subject}.", kind=kind.tag, subject=subject)


def naming(person: str) -> Iterator[tuple[Written, Body | None]]:
    """Give every entry a person wrote, is named by, or is counted in, oldest first. person: opaque id."""
    name = f'"{person}"'.encode()
    chosen = Entry.objects.select_related("payload", "payloadkey").order_by("seq")
    for entry in chosen.iterator(chunk_size=2000):
        if name in bytes(entry.envelope):
            yield unpacked(entry, getattr(entry, "payload", None))


def said_before(entry: Written, names: Sequence[str]) -> tuple[Written, Body | None] | None:
    """Give the newest earlier entry of the kinds of those names about the same thing; None when there is none.

    The thing is the entry's first subject; an entry that made it bears its number (`decision-40`) and may not name it.
    """
    if not entry.subjects:
        return None
    about = entry.subjects[0]
    tags = [kind.tag for kind in KINDS.values() if kind.name in names]
    chosen = Entry.objects.select_related("payload", "payloadkey").filter(kind__in=tags, seq__lt=entry.seq)
    for earlier in chosen.order_by("-seq").iterator(chunk_size=500):
        if about.encode() not in bytes(earlier.envelope) and not about.endswith(f"-{earlier.seq}"):
            continue
        found = unpacked(earlier, getattr(earlier, "payload", None))
        if about in found[0].subjects[:1] or about.endswith(f"-{earlier.seq}"):
            return found
    return None


def unerased(
    names: Sequence[str], *, before: datetime | None = None, since: datetime | None = None
) -> list[tuple[int, Written]]:
    """List entries of the kinds of those names, whatever their version, that still say something, oldest first.

    before, since: only those written before an instant, or from it on. What they say is not opened.
    """
    tags = [kind.tag for kind in KINDS.values() if kind.name in names]
    chosen = Entry.objects.filter(kind__in=tags, payload__isnull=False).order_by("seq")
    if before is not None:
        chosen = chosen.filter(at__lt=times.text(before))
    if since is not None:
        chosen = chosen.filter(at__gte=times.text(since))
    return [(entry.seq, unpacked(entry, None)[0]) for entry in chosen]


def erased_on_record() -> dict[int, int]:
    """Give, by number of an entry whose payload was erased, the number of the entry that says so."""
    found: dict[int, int] = {}
    for entry in Entry.objects.select_related("payload").filter(kind=ERASED.tag).order_by("seq"):
        payload = getattr(entry, "payload", None)
        try:
            body = unpacked(entry, payload)[1]
        except (RecordBroken, AttributeError, TypeError):
            continue  # told where the entry itself is checked
        if isinstance(body, Erased):
            found |= dict.fromkeys(body.entries, entry.seq)
    return found


class _Envelope(msgspec.Struct):
    """What is asked of an envelope when many are read."""

    by: By


def told(kinds: Iterable[Kind], *, before: int) -> Iterator[tuple[int, str, By, Body | None]]:
    """Read what entries of some kinds say, in order: number, time, who, body (None when erased). before: numbers below.

    kinds: the newest versions; those before are read as they.

    Made for folds over many entries: bytes are taken as they lie; `verify` is what says whether they are true.
    """
    tags = {
        each.tag: (each, msgspec.json.Decoder(each.body).decode) for kind in kinds for each in read_as(kind)
    }
    by = msgspec.json.Decoder(_Envelope).decode
    home: Home = settings.VIGIE_HOME
    with connections["record"].cursor() as cursor:
        cursor.execute(statements.TOLD.format(kinds=", ".join(["%s"] * len(tags))), [before, *tags])
        for seq, tag, at, envelope, body, wrapped in chained.from_iterable(
            iter(lambda: cursor.fetchmany(2000), [])
        ):
            kind, decode = tags[tag]
            sealed = body is not None and wrapped is not None
            opened = payloads.unlock(home.keys, seq, bytes(body), bytes(wrapped)) if sealed else body
            said = None if opened is None else decode(opened)
            yield seq, at, by(envelope).by, kind.upcast(said) if said and kind.upcast else said
