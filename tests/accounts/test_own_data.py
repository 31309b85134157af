"""All of one's own data, and nobody else's."""

import json

from vigie import times
from vigie.accounts.actions.reading import take_up_readings
from vigie.alert import actions as alert


def asked(client):
    answer = client.post("/people/own-data/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content)


def test_a_person_gets_their_sign_in_sessions_mandates_and_acts_as_a_file(sign_in, people):
    made = alert.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="SRRA", zone="FR", effective=times.now(),
        reasons="An attack abroad was claimed.",
    )  # fmt: skip
    told = asked(sign_in("cabinet"))
    assert told["person"] == people["cabinet"].person
    assert told["sign_in"]["name"] == "cabinet"
    assert [m["office"] for m in told["mandates"]] == ["cabinet"]
    acts = {act["entry"]: act for act in told["acts"]}
    assert acts[int(made.removeprefix("decision-"))]["says"]["code"] == "SRRA"
    assert any(entry["kind"].startswith("accounts.mandate.given/") for entry in told["about"])


def test_nothing_of_another_person_is_in_it(sign_in, people):
    alert.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="SRRA", zone="FR", effective=times.now(),
        reasons="An attack abroad was claimed.",
    )  # fmt: skip
    told = asked(sign_in("liaison"))
    others = {actor.person for office, actor in people.items() if office != "liaison"}
    assert not any(f'"{person}"' in json.dumps(told) for person in others)


def test_a_stranger_gets_nothing(client, home):
    assert client.post("/people/own-data/").status_code in (302, 403)


def test_what_was_counted_at_the_desk_is_in_it_until_the_record_takes_it_up(sign_in, people):
    client = sign_in("audit")
    client.get("/record/3/")
    assert [row["item"] for row in asked(client)["counted"]] == ["3"]
    take_up_readings(at_once=True)
    assert asked(client)["counted"] == []
