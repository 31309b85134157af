"""The record's own tables. Nothing but `append` writes them."""

from typing import Any

from django.db import models


class Place(models.BigIntegerField):  # type: ignore[type-arg]  # takes none while it runs
    """A number that rows are found by. On SQLite the row's own: `bigint` there would be a second tree beside the rows."""

    def db_type(self, connection: Any) -> str | None:
        """Give the type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """One entry: its place, and the envelope whose bytes are the leaf of the tree.

    kind and at stand in the envelope too; they are columns only so that pages can filter.
    """

    seq = Place(primary_key=True)
    kind = models.CharField(max_length=80, db_index=True)
    at = models.CharField(max_length=20)
    envelope = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        """Order of the record."""

        ordering = ["seq"]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=0), name="ledger_entry_seq_from_zero"),
        ]


class Payload(models.Model):
    """What an entry says. Apart from the entry, under salt, so that lawful erasure leaves every proof whole."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, db_column="seq")
    salt = models.BinaryField()
    body = models.BinaryField()


class PayloadKey(models.Model):
    """The key of a payload that can be erased, wrapped by the home's sealing key. Kept apart: backups keep it apart too."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, db_column="seq")
    wrapped = models.BinaryField()


class Checkpoint(models.Model):
    """A signed promise: at this size the tree had this root."""

    size = Place(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()

    class Meta:
        """Order of growth."""

        ordering = ["size"]


class Cosignature(models.Model):
    """A witness's word for a checkpoint: that it extends all the witness has seen of this record."""

    id = models.CharField(primary_key=True, max_length=300)
    size = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=255)
    line = models.TextField()


class TimeStamp(models.Model):
    """An authority's word (RFC 3161) on when a checkpoint stood."""

    id = models.CharField(primary_key=True, max_length=300)
    size = models.BigIntegerField(db_index=True)
    authority = models.CharField(max_length=255)
    token = models.BinaryField()


class Tile(models.Model):
    """A tile of the tree, kept so that proofs are quick: made from the entries, and made again when it is lost."""

    id = models.CharField(primary_key=True, max_length=40)
    level = models.IntegerField()
    place = models.BigIntegerField()
    nodes = models.BinaryField()

    class Meta:
        """There is one tile at a place."""

        constraints = [models.UniqueConstraint(fields=["level", "place"], name="ledger_tile_one_at_a_place")]


class OuterLeaf(models.Model):
    """One thing released, in the log of those who received it: a row made from the record."""

    id = models.CharField(primary_key=True, max_length=100)
    log = models.CharField(max_length=80, db_index=True)
    place = models.BigIntegerField()
    what = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    data = models.TextField()

    class Meta:
        """Order of growth."""

        ordering = ["log", "place"]


class OuterCheckpoint(models.Model):
    """A signed promise of an outer log: a row made from the record."""

    id = models.CharField(primary_key=True, max_length=100)
    log = models.CharField(max_length=80, db_index=True)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        """Order of growth."""

        ordering = ["log", "size"]


class Edge(models.Model):
    """The right edge of the tree, one row: read and written inside the transaction that appends, never cached."""

    only = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField()
    hashes = models.BinaryField()
    last_at = models.CharField(max_length=20)
    mac = models.BinaryField(default=b"")
    """Who wrote it (`edge_mac`). Empty in a record written before there was one, and all of that is under a checkpoint."""

    class Meta:
        """There is one edge."""

        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="ledger_edge_only_one")]
