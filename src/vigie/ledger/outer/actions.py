"""Entering what is released into the log of those who receive it."""

from collections.abc import Sequence

from django.conf import settings

from vigie import times
from vigie.homes import Home
from vigie.ledger import keys, note
from vigie.ledger.actions import append
from vigie.ledger.kinds import OUTER_SIGNED, By, OuterSigned
from vigie.ledger.outer import leaves, queries
from vigie.ledger.outer.leaves import Released
from vigie.ledger.second.signing import key_of, line


def enter(by: By, log: str, released: Sequence[Released], *, marking: str) -> int:
    """Enter released bytes into an outer log, and sign its new checkpoint; the record tells of it in the same transaction.

    log: PUBLIC or `of_partner`; marking: who may know that something was released. Must run inside `recording()`, in
    the transaction that releases. Gives the place of the first of them in that log; the others follow.
    """
    home: Home = settings.VIGIE_HOME
    edge, before = queries.edge(log)
    first, now, key = edge.size, times.now(), keys.signing(home.keys)
    at = times.text(now)
    told = [each.leaf(at) for each in released]
    leaves.grown_by(edge, told)
    promised = note.Checkpoint(queries.origin(log), edge.size, edge.root(), before)
    body = OuterSigned(
        log=log,
        size=edge.size,
        root=promised.root.hex(),
        note=note.sign(promised, key) + line(promised, key_of(key), int(now.timestamp())),
        leaves=told,
    )
    append(by, OUTER_SIGNED, body, marking=marking)
    return first
