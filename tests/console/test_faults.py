"""What goes wrong is said on a page of this house, or as JSON to a program, in one sentence."""

import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.fixture
def visitor(home):
    """A stranger whose errors become answers, as they do in the server."""
    return Client(raise_request_exception=False)


def broken_by(monkeypatch, fault):
    from vigie.console.views import situation

    def fail(*_given):
        raise fault

    monkeypatch.setattr(situation.state, "levels_now", fail)


def locked():
    fault = OperationalError("database is locked")
    fault.__cause__ = sqlite3.OperationalError("database is locked")
    return fault


def test_an_address_without_a_page_says_so_on_our_page_and_as_json(visitor):
    page = visitor.get("/nowhere/")
    assert page.status_code == 404
    assert "There is nothing at /nowhere/." in page.content.decode()
    assert "ui/vigie.css" in page.content.decode()
    assert visitor.get("/api/nowhere").json() == {"error": "There is nothing at /api/nowhere."}


def test_another_host_is_told_where_this_home_is(visitor):
    page = visitor.get("/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "Open it at http://localhost:8000." in page.content.decode()
    assert "evil.example" not in page.content.decode()


def test_a_form_from_elsewhere_is_refused_on_our_page(home):
    page = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert page.status_code == 403
    assert "Nothing was kept." in page.content.decode()
    assert "ui/vigie.css" in page.content.decode()


def test_too_many_fields_are_refused_on_our_page(visitor):
    page = visitor.post("/accounts/login/", {f"f{number}": "1" for number in range(1001)})
    assert page.status_code == 400
    assert "could not be read" in page.content.decode()


def test_an_address_that_only_takes_forms_says_so(sign_in):
    page = sign_in("audit").get("/record/check/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "takes what a form sends" in page.content.decode()


def test_a_fault_of_the_house_is_told_without_its_inside(sign_in, monkeypatch):
    client = sign_in("watch")
    client.raise_request_exception = False
    broken_by(monkeypatch, RuntimeError("secret inside"))
    page = client.get("/")
    assert page.status_code == 500
    assert "the act was not done" in page.content.decode()
    assert "secret inside" not in page.content.decode()


def test_a_database_kept_busy_is_told_as_such(sign_in, monkeypatch):
    client = sign_in("watch")
    client.raise_request_exception = False
    broken_by(monkeypatch, locked())
    page = client.get("/")
    assert page.status_code == 503
    assert "Do it again in a moment." in page.content.decode()


def test_the_page_of_a_broken_exercise_home_still_carries_its_word(make_home, monkeypatch):
    make_home('exercise = true\nframe = "REPLAY"\n')

    def fail(*_given):
        raise RuntimeError

    monkeypatch.setattr("vigie.warning.views.public.Http404", fail)
    page = Client(raise_request_exception=False).get("/public/nothing.html")
    assert page.status_code == 500
    assert "REPLAY" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"/record/?before={'9' * 30}",
        f"/record/?before={'9' * 5000}",
        "/record/99999999999999999999999/",
        "/record/?before=%D9%A3",
        f"/measures/?page={'9' * 5000}",
        "/history/fr-vigipirate-2016/?at=0001-01-01",
        "/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR&at=0001-01-01T00:00:00",
        "/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR&at=2024-03-24T00:00:00",
        "/public/%00",
        f"/public/{'a' * 5000}",
    ],
)
def test_a_number_or_name_nobody_meant_is_no_fault_of_the_house(sign_in, address):
    client = sign_in("audit")
    assert client.get(address).status_code < 500
