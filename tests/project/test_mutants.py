"""What would still hold if a check were taken out of the code: the wall behind the wall."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction

from vigie import homes, times
from vigie.accounts.routes import ROUTES
from vigie.alert import actions, queries
from vigie.ledger.queries import head, verify

REASON = "An attack abroad was claimed by a group that has tried here before."


def blind(monkeypatch, question, **changes):
    """Let the verb see a row as if nobody had written it: its own two-person check then finds nothing."""
    true = getattr(queries, question)

    def answer(given):
        row = true(given)
        for name, value in changes.items():
            setattr(row, name, value)
        return row

    monkeypatch.setattr(queries, question, answer)


def test_without_the_check_of_two_persons_the_database_refuses_the_proposers_own_signature(
    people, monkeypatch
):
    made = actions.propose(
        people["both"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASON, effective=times.now()
    )  # fmt: skip
    seen, before = queries.decision(made).digest, head()
    blind(monkeypatch, "decision", proposed_by="nobody", editors=[])
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        actions.approve(people["both"], made, seen=seen)
    monkeypatch.undo()
    assert head() == before
    assert queries.decision(made).state == "proposed"
    assert verify().verified


def test_without_the_check_of_the_second_look_the_database_refuses_the_receivers_own(
    receiving_home, people, monkeypatch
):
    made = actions.receive(
        people["watch"], scheme="be-ocam", code="3", zone="BE", authority="OCAM", words="Niveau 3.", source="a letter", effective=times.now()
    )  # fmt: skip
    before = head()
    blind(monkeypatch, "reception", received_by="nobody")
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        actions.look(people["watch"], made, agrees=True)
    monkeypatch.undo()
    assert head() == before
    assert queries.reception(made).state == "one person"


def test_a_route_whose_right_is_struck_from_the_list_opens_to_nobody(sign_in, monkeypatch):
    client = sign_in("audit")
    assert client.get("/levels/").status_code == 200
    monkeypatch.delitem(ROUTES, "alert:levels")
    assert client.get("/levels/").status_code == 404


def test_a_home_that_forgets_what_it_decides_decides_nothing(people, settings):
    settings.VIGIE_HOME = dataclasses.replace(settings.VIGIE_HOME, decides=())
    assert isinstance(settings.VIGIE_HOME, homes.Home)
    with pytest.raises(actions.DecidesNothing):
        actions.propose(
            people["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASON, effective=times.now()
        )  # fmt: skip
