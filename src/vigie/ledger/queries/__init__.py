"""Questions asked of the record: is it whole, where is its head, what was written."""

from vigie.ledger.queries.entries import (
    erased_on_record,
    leaf_about,
    naming,
    one,
    recent,
    said_before,
    told,
    unerased,
)
from vigie.ledger.queries.heads import NoRecord, edge_of, head, is_ours, newest_edge, position
from vigie.ledger.queries.verifying import Verdict, verify

__all__ = [
    "NoRecord",
    "Verdict",
    "edge_of",
    "erased_on_record",
    "head",
    "is_ours",
    "leaf_about",
    "naming",
    "newest_edge",
    "one",
    "position",
    "recent",
    "said_before",
    "told",
    "unerased",
    "verify",
]
