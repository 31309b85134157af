"""The rooms' tables as an earlier length of the record made them, for as long as a question takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from vigie.ledger.projections import clear, entries, project


class _Undone(Exception):
    pass


@contextmanager
def tables_as_of(size: int | None = None) -> Iterator[None]:
    """Stand every row as the first `size` entries made it, all of them unless given; afterwards all is as it was.

    One transaction, which is always rolled back: nothing asked or written inside leaves a trace, and on SQLite nobody writes
    meanwhile. What was erased since stays erased. Raises RecordBroken at an entry that cannot be read.
    """
    try:
        with transaction.atomic(using="record"):
            clear()
            for written, body in entries(before=size):
                project(written, body)
            yield
            raise _Undone
    except _Undone:
        pass
