"""A record that callers write to together, as while a server runs."""

import pytest
from django.db import connections

from vigie.ledger import actions
from vigie.ledger.actions import group_commit


@pytest.fixture
def writer(home, monkeypatch):
    """The writer runs; a test database in memory has one connection, which is the pen."""
    shared = connections["record"]
    monkeypatch.setattr(connections, "create_connection", lambda _alias: shared)
    monkeypatch.setattr("vigie.ledger.writer._LONGEST_TURN", 60)
    actions.start_writer()
    yield group_commit._writer
    actions.stop_writer()
