"""The rooms' tables as an earlier length of the record made them, for as long as a question takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.transaction import TransactionManagementError

from vigie.ledger import batch
from vigie.ledger.projections import clear, entries, project, take_turn


class _Undone(Exception):
    pass


@contextmanager
def tables_as_of(size: int | None = None) -> Iterator[None]:
    """Stand every row as the first `size` entries made it, all of them unless given; afterwards all is as it was.

    One transaction, which is always rolled back. Nobody writes meanwhile, and other connections go on reading the rows that
    stand. What was erased since stays erased. For questions alone: nothing may be appended inside. Raises RecordBroken at an
    entry that cannot be read, TransactionManagementError inside `recording()`: what was appended there would be undone.
    """
    if batch.current.get() is not None:
        raise TransactionManagementError("tables are stood as of an earlier time outside of recording() only")
    try:
        with transaction.atomic(using="record"):
            # Else an entry committed in between would find its row twice, or one that was not there then.
            take_turn()
            clear()
            for written, body in entries(before=size):
                project(written, body)
            yield
            raise _Undone
    except _Undone:
        pass
