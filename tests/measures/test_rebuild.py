"""The rows of this room are the record's shadow: made again, they are the same."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import verify
from vigie.measures import actions
from vigie.measures.models import Task

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)


@pytest.mark.usefixtures("as_owner")
def test_a_rebuild_gives_the_same_rows(home, owners, level, link):
    actions.switch(owners["prime-minister"], level("SRRA"))
    actions.deliver_due(home)
    actions.answer(link("o-mall"), "cannot", reason="No guards")
    with times.held(times.now() + timedelta(hours=50)):
        actions.switch(owners["prime-minister"], level("UA"))
        actions.take_down(owners["watch"], "o-rail", "done", via="paper")
        actions.call(owners["watch"], "o-museum", reached=False)
        actions.deliver_due(home)
    with times.held(times.now() + timedelta(hours=90)):
        actions.switch(owners["prime-minister"], level("VIG"), keep=["INS-11"])
        actions.deliver_due(home)
        actions.take_down(owners["watch"], "o-rail", "stopped", via="phone")
        actions.respond(
            owners["watch"],
            "s-mall",
            "gb-response",
            "NORMAL",
            reason="All quiet again",
            review=times.now() + timedelta(days=9),
        )
    before = rows()
    assert len(before["measures_task"]) > 20
    rebuild()
    assert rows() == before


def test_a_row_changed_by_hand_is_found(home, owners, level):
    actions.switch(owners["prime-minister"], level("UA"))
    Task.objects.filter(owner="o-mall").update(state="done")
    verdict = verify()
    assert not verdict.verified
    assert any("measures_task" in fault.where for fault in verdict.faults)
