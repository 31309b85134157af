"""Appending: the only way anything is ever written here."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from vigie import times
from vigie.errors import BadInput, Conflict
from vigie.homes import Home
from vigie.ledger import batch, envelopes, keys, note, payloads, statements, tree
from vigie.ledger.actions import growing
from vigie.ledger.actions.transactions import recording
from vigie.ledger.batch import Batch
from vigie.ledger.kinds import OPENED, Body, By, Kind, Opened
from vigie.ledger.models import Edge
from vigie.ledger.projections import Written, project
from vigie.ledger.queries import newest_edge

WIDEST_BODY = 4 * 1024 * 1024
WIDEST_ENVELOPE = 8 * 1024
"""Bytes of the longest envelope: bundles of entries, and whoever reads them, count on short ones."""
MOST_SUBJECTS = 100
"""Subjects an envelope names; what an entry says names them all."""
_STEP_BACK = timedelta(seconds=5)


class RecordTaken(Conflict):
    """The record already belongs to an instance."""


class ClockWentBack(Conflict):
    """The machine's clock stands before the last entry."""


def append(
    by: By, kind: Kind, body: Body, *, subjects: Sequence[str] = (), marking: str = "TLP:GREEN"
) -> Written:
    """Append one entry and copy it into its room's rows. Must run inside `recording()`.

    subjects: ids of what the entry is about, of which the envelope names the first hundred; marking: TLP of the body.
    Raises BadInput outside a recording or when body or envelope do not fit, ClockWentBack when time runs backwards.
    """
    under_way = batch.current.get()
    if under_way is None:
        raise BadInput(
            "An entry is appended inside recording() only, so that entry and rows stand or fall together."
        )
    edge, named = growing.edge(under_way), tuple(subjects)[:MOST_SUBJECTS]
    plain = kind.packed(body)
    if len(plain) > WIDEST_BODY:
        raise BadInput(
            "The entry {tag} would hold {size} bytes. At most {most} fit.",
            tag=kind.tag,
            size=len(plain),
            most=WIDEST_BODY,
        )
    seq, salt, at = edge.size, under_way.salt(), _stamp(under_way.last_at)
    envelope = envelopes.write(seq, kind.tag, at, by, named, marking, payloads.digest(salt, plain))
    if len(envelope) > WIDEST_ENVELOPE:
        raise BadInput(
            "The envelope of {tag} would have {size} bytes: its subjects are too long. At most {most} fit.",
            tag=kind.tag,
            size=len(envelope),
            most=WIDEST_ENVELOPE,
        )
    leaf = tree.leaf_hash(envelope)
    entry = (seq, kind.tag, at, envelope, leaf)
    if kind.erasable:
        home: Home = settings.VIGIE_HOME
        _check_sealing(home, under_way)
        sealed, wrapped = payloads.lock(home.keys, seq, plain)
        under_way.pending.add(entry, (seq, salt, sealed), (seq, wrapped))
    else:
        under_way.pending.add(entry, (seq, salt, plain))
    edge.add(leaf)
    under_way.last_at = at
    under_way.appended += 1
    under_way.at_once |= kind.solemn
    written = Written(seq=seq, kind=kind.tag, at=at, by=by, subjects=named, marking=marking)
    project(written, body)
    return written


def next_seq() -> int:
    """Give the place the next entry will have: ids of new things are made from it, so that a rebuild makes the same."""
    return newest_edge()[0].size


def open_record() -> None:
    """Write the first entry of a home's record. Raises RecordTaken when there is one already."""
    home: Home = settings.VIGIE_HOME
    keys.make(home.keys)
    with recording():
        if Edge.objects.exists():
            raise RecordTaken("This home already holds a record. Use it, or make another home.")
        Edge.objects.create(size=0, hashes=b"", last_at="")
        verifier = note.verifier_key(home.instance, keys.signing(home.keys).public_key())
        opened = Opened(instance=home.instance, exercise=home.exercise, verifier=verifier)
        append(By(person="", office="", via="shell"), OPENED, opened, marking="TLP:CLEAR")


def _check_sealing(home: Home, under_way: Batch) -> None:
    """Refuse, once a batch, to wrap under a sealing key that does not open what was wrapped before."""
    if not under_way.sealing_known:
        last = under_way.execute(statements.LAST_WRAPPED).fetchone()
        if last is not None and not payloads.wraps(home.keys, last[0], bytes(last[1])):
            raise keys.BadKey(
                "The sealing key in {folder} does not open what this record holds sealed. Nothing was written. Put the key back from a backup.",
                folder=home.keys,
            )
        under_way.sealing_known = True


def _stamp(last: str) -> str:
    now = times.stamp()
    if now >= last:  # both are written alike: the order of the texts is that of the instants
        return now
    if times.from_text(last) - times.from_text(now) > _STEP_BACK:
        raise ClockWentBack(
            "The clock says {now}, before the last entry of the record ({last}). Set the clock right and do it again.",
            now=now,
            last=last,
        )
    return last  # a clock being trimmed by its time service must not stop a duty officer
