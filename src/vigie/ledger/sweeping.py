"""Whether the database file must be rewritten because something was erased: a file in the home that says so.

It is put while the erasure holds the database and taken away after the rewriting, so that neither a crash nor a
restart leaves what was erased lying about, and an erasure that comes during a rewriting asks for another.
"""

from pathlib import Path

_ASKED, _BEGUN = "to-sweep", "sweeping"


def ask(home: Path) -> None:
    """Ask for a rewriting. Must be called inside the transaction that erases."""
    (home / _ASKED).touch(mode=0o600)


def begin(home: Path) -> bool:
    """Take up what was asked for. Gives False when nothing was, nor was left half done."""
    if (home / _ASKED).exists():
        (home / _ASKED).replace(home / _BEGUN)
    return (home / _BEGUN).exists()


def done(home: Path) -> None:
    """Note that it was done."""
    (home / _BEGUN).unlink(missing_ok=True)
