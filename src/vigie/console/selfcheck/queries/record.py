"""The record: it holds what it says it holds, and writing and sending go on."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails, holds, warns
from vigie.homes import Home
from vigie.ledger import holds as holding
from vigie.ledger.models import Checkpoint, Edge, Entry
from vigie.ledger.projections import take_turn
from vigie.ledger.queries import is_ours, newest_edge, verify


def findings(home: Home, *, whole: bool) -> Iterator[Finding]:
    """Ask whether the record holds. whole: every entry, checkpoint and row; else its head alone."""
    yield _whole() if whole else _head()
    writing, sending = (holding.standing(home.path, "writing"), holding.standing(home.path, "sending"))
    if writing is None:
        yield holds("record.writing", _("Nothing stops writing."))
    else:
        said = _("Nothing is written on this home: {reason}").format(reason=writing)
        yield fails("record.writing", said, _("Find out why first; then the command it names lifts the hold."))  # fmt: skip
    if sending is None:
        yield holds("record.sending", _("Nothing stops sending."))
    else:
        said = _("Nothing is sent from this home: {reason}").format(reason=sending)
        yield warns("record.sending", said, _("Look through what waits, then: vigie send --release"))


def _whole() -> Finding:
    verdict = verify()
    if verdict.verified:
        said = _("The record holds: {entries} entries, {checkpoints} signed checkpoints, {rows} rows equal to it.")  # fmt: skip
        return holds(
            "record.whole",
            said.format(entries=verdict.entries, checkpoints=verdict.checkpoints, rows=verdict.rows),
        )
    shown = "; ".join(f"{fault.where}: {fault.what}" for fault in verdict.faults[:5])
    said = _("{count} things of the record do not hold: {faults}.")
    return fails("record.whole", said.format(count=len(verdict.faults), faults=shown), _stop())


def _head() -> Finding:
    # Held still meanwhile: an entry added between two of these questions would look like a head that does not fit.
    with transaction.atomic(using="record"):
        take_turn()
        edge, last_at = newest_edge()
        newest = Entry.objects.order_by("-seq").first()
        signed = Checkpoint.objects.order_by("-size").first()
        row = Edge.objects.get()
    size, at = (newest.seq + 1, newest.at) if newest else (0, "")
    fits = signed is not None and signed.size == size and bytes(signed.root) == edge.root()
    whole = (edge.size, last_at) == (size, at)
    if whole and signed is not None and signed.size < size and is_ours(row):
        said = _("The newest checkpoint is signed over {signed} of {entries} entries; those after it are this home's own, and theirs follows within a second. Only the head was compared.")  # fmt: skip
        return holds("record.head", said.format(signed=signed.size, entries=size))
    if whole and fits:
        said = _("The newest checkpoint is signed over all {entries} entries. Only the head was compared.")
        return holds("record.head", said.format(entries=size))
    return fails("record.head", _("The head of the record does not fit its newest checkpoint."), _stop())


def _stop() -> str:
    return _("Stop writing, keep the disc, and call whoever watches over the record. Every fault: vigie record verify")  # fmt: skip
