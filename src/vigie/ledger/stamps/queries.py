"""Which checkpoints are stamped, which wait for it, and whether the stamps hold."""

from collections.abc import Iterator

from vigie.errors import VigieError
from vigie.homes import Home
from vigie.ledger.models import Checkpoint, TimeStamp
from vigie.ledger.promises import Fault
from vigie.ledger.stamps import authority
from vigie.ledger.witnesses.queries import solemn_sizes


def due(home: Home) -> list[int]:
    """List the sizes of the checkpoints that wait for a stamp, oldest first; nothing where no authority is named.

    Before the first stamp only the newest solemn one: it covers all that stands before it.
    """
    if home.time_stamps is None:
        return []
    newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    stamped = TimeStamp.objects.filter(authority=home.time_stamps.authority).order_by("-size")
    last = stamped.values_list("size", flat=True).first()
    return solemn_sizes(0, newest)[-1:] if last is None else solemn_sizes(last, newest)


def faults(home: Home) -> Iterator[Fault]:
    """Check every stamp of the authority vigie.toml names: over its checkpoint, under the certificates. Others are passed over."""
    if home.time_stamps is None:
        return
    try:
        trusted = authority.certificates(home.path / home.time_stamps.certificates)
    except VigieError as fault:
        yield Fault("time stamps", str(fault))
        return
    notes: dict[int, str] = dict(Checkpoint.objects.values_list("size", "note"))
    for row in TimeStamp.objects.filter(authority=home.time_stamps.authority).order_by("size").iterator():
        where = f"time stamp at {row.size}"
        if row.size not in notes:
            yield Fault(where, "there is no checkpoint of that size")
            continue
        try:
            authority.check(bytes(row.token), notes[row.size].encode(), trusted)
        except VigieError as fault:
            yield Fault(where, str(fault))
