"""Secrets that serve once."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.desk import actions, queries
from vigie.desk.models import Ticket

pytestmark = pytest.mark.django_db


def later(hours=1):
    return times.now() + timedelta(hours=hours)


def test_a_secret_serves_once_and_for_its_own_entry_alone():
    secret = actions.issue("invitation-4", later())
    assert queries.about(secret) == "invitation-4"
    assert not actions.redeem(secret, "invitation-5")
    assert actions.redeem(secret, "invitation-4")
    assert not actions.redeem(secret, "invitation-4")
    assert queries.about(secret) == ""


def test_a_secret_is_kept_as_its_digest_alone():
    secret = actions.issue("recovery-4", later(), spoken=True)
    kept = Ticket.objects.values_list().get()
    assert all(secret not in str(value) and secret.replace("-", "") not in str(value) for value in kept)


def test_a_secret_runs_out():
    with times.held("2024-03-22T12:00:00Z"):
        secret = actions.issue("invitation-4", later())
    with times.held("2024-03-22T13:00:00Z"):
        assert queries.about(secret) == ""
        assert not actions.redeem(secret, "invitation-4")


def test_a_secret_given_back_serves_again_and_one_voided_never():
    secret = actions.issue("invitation-4", later())
    actions.redeem(secret, "invitation-4")
    actions.give_back(secret)
    assert queries.about(secret) == "invitation-4"
    actions.void("invitation-4")
    assert queries.about(secret) == ""


def test_a_pager_is_set_changed_and_taken_away():
    actions.set_pager("p-1", "a@example.org")
    actions.set_pager("p-1", "+33 6 12 34 56 78")
    assert queries.pager("p-1") == "+33612345678"
    assert queries.pagers(["p-1", "p-2"]) == {"p-1": "+33612345678"}
    actions.set_pager("p-1", "")
    assert queries.pager("p-1") == ""
