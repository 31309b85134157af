"""What is done to the record: acts recorded, entries appended, what they say erased."""

from vigie.ledger.actions.appending import (
    MOST_SUBJECTS,
    WIDEST_BODY,
    WIDEST_ENVELOPE,
    ClockWentBack,
    RecordTaken,
    append,
    next_seq,
    open_record,
)
from vigie.ledger.actions.erasing import NotErasable, erase, sweep
from vigie.ledger.actions.group_commit import give_way, recorded, start_writer, stop_writer, together
from vigie.ledger.actions.sealing import AnotherInstance
from vigie.ledger.actions.transactions import Unfinished, after_commit, by_one_clock, recording

__all__ = [
    "MOST_SUBJECTS",
    "WIDEST_BODY",
    "WIDEST_ENVELOPE",
    "AnotherInstance",
    "ClockWentBack",
    "NotErasable",
    "RecordTaken",
    "Unfinished",
    "after_commit",
    "append",
    "by_one_clock",
    "erase",
    "give_way",
    "next_seq",
    "open_record",
    "recorded",
    "recording",
    "start_writer",
    "stop_writer",
    "sweep",
    "together",
]
