"""The tables as an earlier length of the record made them, while a question is asked and no longer."""

import pytest
from django.db import connections
from django.db.transaction import TransactionManagementError

from vigie.ledger import statements
from vigie.ledger.actions import recording
from vigie.ledger.projections import rows
from vigie.ledger.projections.then import tables_as_of
from vigie.ledger.queries import head, verify

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)


@pytest.mark.usefixtures("people")
def test_rows_stand_as_so_many_entries_made_them_and_afterwards_as_before():
    before = rows()
    with tables_as_of(1):
        assert not any(rows().values())
    with tables_as_of():
        assert rows() == before
    assert rows() == before
    assert verify().verified


@pytest.mark.usefixtures("people")
def test_what_a_question_stumbles_over_leaves_nothing_behind():
    before = rows()
    with pytest.raises(ZeroDivisionError), tables_as_of(1):
        _ = 1 / 0
    assert rows() == before


def test_inside_a_recording_they_are_refused_for_what_was_appended_would_be_undone(home):
    size = head()
    with pytest.raises(TransactionManagementError, match="outside of recording"), recording(), tables_as_of():
        pass
    assert head() == size


@pytest.mark.on("postgresql")
def test_nobody_writes_meanwhile_and_pages_are_read(people):
    other = connections["record"].copy()
    try:
        with tables_as_of(1), other.cursor() as cursor:
            cursor.execute(statements.TURN.replace("pg_advisory", "pg_try_advisory"))
            assert cursor.fetchone() == (False,)
            cursor.execute("SELECT count(*) FROM accounts_office")
            assert cursor.fetchone()[0] >= len(people)
    finally:
        other.close()
