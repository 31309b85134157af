"""Pages of offices, for administrators."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.models import Mandate
from vigie.ledger.queries import verify

LATER = "2024-03-29T12:00"


@pytest.fixture
def first(sign_in):
    return sign_in("machine-room")


@pytest.fixture
def second(sign_in):
    return sign_in("other-machine-room")


def person(name):
    return f"p-{get_user_model().objects.get(username=name).pk}"


def test_two_administrators_give_an_office_from_a_day_to_a_day(first, second):
    answer = first.post(
        "/people/offices/deputy/give/", {"person": person("watch"), "since": "2024-03-22T13:00", "until": LATER}, follow=True
    )  # fmt: skip
    assert "waits for another administrator" in answer.content.decode()
    [move] = queries.moves_waiting()
    own = first.get("/people/offices/").content.decode()
    assert f"/people/moves/{move.id}/confirm/" not in own
    assert "Another administrator must confirm it" in own
    assert first.post(f"/people/moves/{move.id}/confirm/").status_code == 403
    listed = second.get("/people/offices/").content.decode()
    assert f"/people/moves/{move.id}/confirm/" in listed
    assert "Give Deputy to watch" in listed
    second.post(f"/people/moves/{move.id}/confirm/")
    mandate = Mandate.objects.get(office="deputy", person=person("watch"))
    assert mandate.until - mandate.since == timedelta(days=7) - timedelta(hours=1)
    assert verify().verified


def test_an_open_session_loses_its_rights_at_the_next_page_and_gains_them_too(first, second, sign_in, people):
    client = sign_in("prime-minister")
    assert client.get("/levels/").status_code == 200
    mandate = Mandate.objects.get(person=people["prime-minister"].person)
    assert (
        first.post(f"/people/mandates/{mandate.id}/end/", {"reason": "Left the office."}).status_code == 302
    )
    assert client.get("/levels/").status_code == 403
    assert client.get("/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR").status_code == 403
    move = actions.give_mandate(
        people["machine-room"], people["prime-minister"].person, "deputy", since=times.now()
    )
    second.post(f"/people/moves/{move}/confirm/")
    assert client.get("/levels/").status_code == 200


def test_a_mandate_that_runs_out_ends_an_open_session_s_rights_by_itself(people, sign_in):
    actions.found_mandate(people["planning"].person, "audit", until=times.now() + timedelta(hours=1))
    client = sign_in("planning")
    client.post("/people/office/", {"office": "audit"})
    assert client.get("/record/").status_code == 200
    with times.held(times.now() + timedelta(hours=1)):
        assert client.get("/record/").status_code == 403


def test_an_office_is_opened_changed_and_closed(first, second):
    first.post("/people/offices/open/", {"office": "gallery", "title": "Gallery", "roles": ["reader"]})
    assert queries.title("gallery") == "Gallery"
    first.post(
        "/people/offices/open/?office=gallery", {"office": "gallery", "title": "Loge", "roles": ["reader"]}
    )
    assert queries.title("gallery") == "Loge"
    answer = first.post(
        "/people/offices/open/?office=gallery", {"office": "gallery", "title": "Loge", "roles": ["approver"]}, follow=True
    )  # fmt: skip
    assert "waits for another administrator" in answer.content.decode()
    first.post("/people/offices/gallery/close/", {"reason": "Nobody needs it any longer."})
    assert first.get("/people/offices/gallery/").status_code == 404


@pytest.mark.parametrize("name", ["Shadow cabinet", "owner:x", ""])
def test_an_office_whose_name_could_be_taken_for_another_s_is_refused(first, name):
    answer = first.post("/people/offices/open/", {"office": name, "title": "X", "roles": ["reader"]})
    assert answer.status_code == 400


def test_deputies_are_named_by_two(first, second, people):
    first.post("/people/offices/prime-minister/deputies/", {"deputies": ["watch"]})
    assert not queries.may(people["watch"], "alert.level.approve")
    second.post(f"/people/moves/{queries.moves_waiting()[0].id}/confirm/")
    assert queries.may(people["watch"], "alert.level.approve")
    page = first.get("/people/offices/watch/").content.decode()
    assert "Stands in for" in page
    assert "Prime Minister" in page


def test_the_list_shows_first_what_will_be_empty_and_who_cannot_be_paged(first, people):
    actions.end_mandate(
        people["machine-room"],
        Mandate.objects.get(person=people["prime-minister"].person).id,
        "The government fell.",
    )
    page = first.get("/people/offices/").content.decode()
    assert "nobody holds it" in page
    assert "decides" in page
    assert "cannot be paged" in page


def test_a_move_is_refused_with_its_reason(first, second):
    first.post("/people/offices/deputy/give/", {"person": person("watch"), "since": "2024-03-22T13:00"})
    [move] = queries.moves_waiting()
    assert second.post(f"/people/moves/{move.id}/refuse/", {"reason": "no"}).status_code == 400
    second.post(f"/people/moves/{move.id}/refuse/", {"reason": "They hold too many offices as it is."})
    assert queries.move(move.id).state == "rejected"


def test_giving_oneself_an_office_is_refused_in_the_form(first):
    answer = first.post(
        "/people/offices/deputy/give/", {"person": person("machine-room"), "since": "2024-03-22T13:00"}
    )
    assert answer.status_code == 400
    assert "cannot give yourself" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "offices/deputy/give/", "offices/deputy/invite/", "offices/deputy/deputies/", "offices/deputy/close/", "mandates/mandate-1/end/",
        "moves/move-1/confirm/", "moves/move-1/refuse/", "invitations/invitation-1/revoke/", "vouch/", "alarms/alarm-1/",
    ],
)  # fmt: skip
def test_nobody_else_may_do_any_of_it_and_none_is_done_by_following_a_link(sign_in, first, address):
    assert sign_in("prime-minister").post(f"/people/{address}").status_code == 403
    assert first.get(f"/people/{address}").status_code == 405


def test_an_alarm_is_acknowledged_by_another(first, people):
    actions.found_mandate("p-99", "prime-minister")
    [alarm] = queries.alarms()
    first.post(f"/people/alarms/{alarm.id}/")
    assert queries.alarms() == []


def test_a_pager_is_set_by_oneself_and_may_not_name_a_machine(sign_in, people):
    from vigie.desk.queries import pager

    client = sign_in("watch")
    assert "You are not paged" in client.get("/people/pager/").content.decode()
    assert client.post("/people/pager/", {"address": "json://10.0.0.1/"}).status_code == 400
    assert client.post("/people/pager/", {"address": "nowhere"}).status_code == 400
    assert pager(people["watch"].person) == ""
    client.post("/people/pager/", {"address": "+33 6 12 34 56 78"})
    assert pager(people["watch"].person) == "+33612345678"
    assert Client().get("/people/pager/").status_code == 302
