"""A home put back holds what the acts that it stands for left: the tests that begin with one rely on it."""

import pytest

from tests import seating
from tests.conftest import DECIDES, SEATED


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.on("sqlite", because="on PostgreSQL everybody is seated by acts each time")
@pytest.mark.parametrize("turn", ["made", "put back"])
def test_a_home_put_back_is_the_one_that_was_made_and_holds(home, people, turn):
    from vigie.ledger.queries import verify

    kept = SEATED[DECIDES]
    found = seating.contents()
    for alias, tables in kept.rows.items():
        for table, (_columns, rows) in tables.items():
            assert [row for row in found[alias][table][1] if row in rows] == rows
    assert files(home.path) == files(kept.folder)
    assert people == kept.actors
    assert verify().verified
