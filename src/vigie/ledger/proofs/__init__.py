"""Proofs that an entry stands in the record, quick however long it grows."""
