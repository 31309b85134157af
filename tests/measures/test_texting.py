"""Answers by text message: the code goes out with the words, a gateway brings the answer, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from vigie import times
from vigie.ledger.queries import head, recent, verify
from vigie.measures import actions, channels, kinds, queries
from vigie.measures.models import Message, Task
from vigie.measures.queries.links import BadLink
from vigie.measures.queries.texting import NoGateway


@pytest.fixture
def gateway(home, settings):
    settings.VIGIE_HOME = replace(home, gateway="town-sms", texts=("json",))
    return queries.gateway_address().removeprefix(home.address)


def code(owner):
    return queries.code_for(Message.objects.filter(owner=owner).latest("queued_at").id)


def bring(address, text, text_id="t-1", **how):
    return Client().post(address, {"id": text_id, "text": text, "from": "+33 6 00 00 00 00"}, **how)


def states(owner):
    return set(Task.objects.filter(owner=owner).values_list("state", flat=True))


def test_an_answer_by_text_message_is_as_good_as_any_other(home, raised, gateway):
    said = bring(gateway, f"{code('o-mall')} 3")
    assert (said.status_code, said.json()["taken"]) == (200, Task.objects.filter(owner="o-mall").count())
    assert states("o-mall") == {"done"}
    (entry, body), *_ = recent(1)
    assert (entry.kind, body.via, entry.by.via, entry.by.office) == (
        kinds.ANSWERED.tag,
        "text",
        "text",
        "owner:o-mall",
    )
    assert not any(
        b"06 00 00" in path.read_bytes() or b"6 00 00 00 00" in path.read_bytes()
        for path in home.path.rglob("*")
        if path.is_file()
    )
    assert verify().verified


def test_json_is_read_too_and_cannot_needs_its_reason(raised, gateway):
    def tell(text, text_id):
        return Client().post(gateway, {"id": text_id, "text": text}, content_type="application/json")

    assert tell(f"{code('o-rail')} 4", "a").status_code == 400
    assert tell(f"{code('o-rail')} 4 No guards before noon", "b").status_code == 200
    assert set(Task.objects.filter(owner="o-rail").values_list("reason", flat=True)) == {
        "No guards before noon"
    }


def test_what_was_brought_before_does_nothing_and_does_not_turn_a_word_back(raised, gateway):
    first = f"{code('o-mall')} 2"
    bring(gateway, first, "t-1")
    bring(gateway, f"{code('o-mall')} 3", "t-2")
    before = head()[0]
    again = bring(gateway, first, "t-1")
    assert (again.status_code, again.json()["taken"]) == (200, 0)
    assert head()[0] == before
    assert states("o-mall") == {"done"}


def test_what_came_to_nothing_may_be_brought_again(raised, gateway):
    assert bring(gateway, f"{code('o-mall')} 4", "t-1").status_code == 400
    assert bring(gateway, f"{code('o-mall')} 4 no guards", "t-1").status_code == 200


@pytest.mark.parametrize("text_id", ["", "x" * 201])
def test_without_an_id_nothing_is_taken(raised, gateway, text_id):
    before = head()[0]
    assert bring(gateway, f"{code('o-mall')} 3", text_id).status_code == 400
    assert head()[0] == before


def test_a_forged_code_opens_nothing(raised, gateway):
    own = code("o-mall")
    forged = own[:-1] + ("0" if own[-1] != "0" else "1")
    before = head()[0]
    assert bring(gateway, f"{forged} 3").status_code == 404
    assert bring(gateway, "0000-0000-00000 3", "t-2").status_code == 404
    assert head()[0] == before


def test_an_address_of_another_gateway_opens_nothing(home, raised, gateway, settings):
    before = head()[0]
    assert bring(gateway.replace("town", "tawn"), f"{code('o-mall')} 3").status_code == 404
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, gateway="new-name")
    assert bring(gateway, f"{code('o-mall')} 3").status_code == 404
    settings.VIGIE_HOME = home
    assert bring(gateway, f"{code('o-mall')} 3").status_code == 404
    with pytest.raises(NoGateway, match=r"\[texts\]"):
        queries.gateway_address()
    with pytest.raises(BadLink):
        queries.check_gateway("")
    assert head()[0] == before


@pytest.mark.parametrize("body", [b"not json", b"[]", b"null", b'{"id": {"a": 1}}'])
def test_what_a_gateway_garbles_is_refused(raised, gateway, body):
    assert Client().post(gateway, body, content_type="application/json").status_code == 400


def test_a_get_does_nothing(raised, gateway):
    assert Client().get(gateway).status_code == 405


def test_after_the_stand_down_five_says_stopped_and_then_the_page_is_closed(
    home, raised, owners, level, gateway
):
    with times.held(times.now() + timedelta(hours=1)):
        actions.switch(owners["prime-minister"], level("VIG"))
        assert bring(gateway, f"{code('o-mall')} 5", "t-1").status_code == 200
        assert states("o-mall") <= {"stopped", "ended", "replaced"}
        closed = bring(gateway, f"{code('o-mall')} 3", "t-2")
        assert (closed.status_code, closed.json()["taken"]) == (404, 0)


def test_a_late_text_is_taken_and_marked_late(raised, gateway):
    with times.held(times.now() + timedelta(days=30)):
        assert bring(gateway, f"{code('o-mall')} 3").status_code == 200
    assert set(Task.objects.filter(owner="o-mall").values_list("late", flat=True)) == {True}


def test_a_channel_of_text_messages_carries_the_words_and_the_code(home, owners, level, monkeypatch):
    got = {}

    def keep(channel, letter, *, bare, text):
        got[letter.owners] = letter.short if text else letter.text

    monkeypatch.setattr(channels, "_notify", keep)
    actions.switch(owners["prime-minister"], level("UA"))
    actions.deliver_due(replace(home, channels=("json://sms.example/{phone}",), texts=("json",)))
    said = got["o-mall",]
    assert code("o-mall") in said
    assert "BAT 22-01" in said
    assert "3 fait" in said
    assert len(said) < 1200
    assert ("o-museum",) not in got, "it has no telephone"


def test_a_gateway_that_says_null_for_the_id_is_refused_as_one_that_says_nothing(raised, gateway):
    for _ in range(2):
        said = Client().post(
            gateway, {"id": None, "text": f"{code('o-mall')} 3"}, content_type="application/json"
        )
        assert (said.status_code, said.json()["taken"]) == (400, 0)
    assert "done" not in states("o-mall")
