"""Pages for the hour when no second person can be reached, and what every page then says."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.accounts.actions import found_mandate
from vigie.alert import actions, queries
from vigie.ledger.queries import verify

WHY = "An attack abroad was claimed by a group that has tried here before."
ALONE = "Both seconds were called three times and neither answers."
FORM = {
    "level": "fr-vigipirate-2016/UA", "zone": "fr", "reasons": WHY, "reason": ALONE, "hours": "2", "sure": "on",
}  # fmt: skip


@pytest.fixture
def proposed(people):
    return actions.propose(
        people["cabinet"],
        scheme="fr-vigipirate-2016",
        code="UA",
        zone="FR",
        reasons=WHY,
        effective=times.now(),
    )


@pytest.fixture
def broken(sign_in):
    answer = sign_in("cabinet").post("/alone/", FORM)
    return answer["Location"].strip("/").split("/")[-1]


def page(client, address="/"):
    return client.get(address).content.decode()


def test_one_person_raises_alone_and_every_page_of_everybody_says_so(sign_in, broken):
    assert queries.decision(broken).state == "alone"
    for office, address in (("audit", "/"), ("analysis", "/levels/"), ("machine-room", "/people/offices/"), ("watch", "/places/sites/")):  # fmt: skip
        shown = page(sign_in(office), address)
        assert "One person alone set 3/3" in shown, office
    assert "Read and countersign" in page(sign_in("prime-minister"))
    assert "Read and countersign" not in page(sign_in("watch"))


def test_a_stranger_is_told_nothing(client, broken):
    assert "One person alone" not in page(client, "/accounts/login/")


def test_two_others_countersign_and_the_pages_fall_silent(sign_in, broken):
    row = queries.decision(broken)
    first, second = sign_in("prime-minister"), sign_in("deputy")
    assert ALONE in page(first, f"/countersign/{broken}/")
    assert "Countersign or refuse" in page(first)
    answer = first.post(f"/countersign/{broken}/", {"seen": row.digest, "typed": "UA"}, follow=True)
    assert "One more person must sign" in answer.content.decode()
    assert "You set, wrote or countersigned it already" in page(first, f"/countersign/{broken}/")
    assert "One person alone" in page(sign_in("watch"))
    second.post(f"/countersign/{broken}/", {"seen": row.digest, "typed": "ua"})
    assert queries.decision(broken).state == "in force"
    assert "One person alone" not in page(sign_in("watch"))
    assert verify().verified


def test_the_pages_go_on_saying_so_after_it_ended_by_itself(sign_in, broken):
    with times.held(times.now() + timedelta(hours=3)):
        actions.note_expiries()
        assert "It has ended; two others must still countersign it" in page(sign_in("watch"))
        assert "stands no longer" in page(sign_in("deputy"), f"/countersign/{broken}/")


def test_a_refusal_ends_it_from_the_page(sign_in, broken):
    answer = sign_in("deputy").post(f"/countersign/{broken}/refuse/", {"reason": "The claim was false."})
    assert answer.status_code == 302
    assert queries.decision(broken).state == "rejected"
    assert "One person alone" not in page(sign_in("watch"))


def test_a_waiting_proposal_is_set_alone_by_its_own_page(sign_in, proposed):
    client = sign_in("cabinet")
    assert f"/alone/{proposed}/" in page(client, f"/levels/{proposed}/")
    given = {"seen": queries.decision(proposed).digest, "typed": "UA", "reason": ALONE, "hours": "1"}
    assert client.post(f"/alone/{proposed}/", {**given, "typed": "VIG"}).status_code == 400
    assert client.post(f"/alone/{proposed}/", given).status_code == 302
    assert queries.decision(proposed).state == "alone"
    assert client.get(f"/alone/{proposed}/").status_code == 302


@pytest.mark.parametrize("changes", [{"hours": "7"}, {"hours": ""}, {"reason": "no"}, {"sure": ""}, {"level": "fr-vigipirate-2016/VIG"}])  # fmt: skip
def test_what_may_not_be_is_refused_in_the_form(sign_in, changes):
    assert sign_in("cabinet").post("/alone/", {**FORM, **changes}).status_code == 400
    assert queries.standing() == []


@pytest.mark.parametrize("office", ["machine-room", "audit", "watch", "information"])
def test_others_find_no_glass_to_break(sign_in, office):
    client = sign_in(office)
    assert client.get("/alone/").status_code == 403
    assert client.post("/alone/", FORM).status_code == 403


def test_the_level_s_page_names_who_set_it_and_why(sign_in, broken):
    shown = page(sign_in("audit"), f"/levels/{broken}/")
    assert "Set alone by" in shown
    assert ALONE in shown
    assert "The two persons this needs" not in shown


def test_an_administrator_is_told_what_was_done_at_the_shell_and_settles_it(sign_in, people):
    found_mandate("p-97", "machine-room")
    found_mandate("p-99", "prime-minister")
    shown = page(sign_in("watch"))
    assert "one person did what takes two administrators" in shown
    client = sign_in("machine-room")
    from vigie.accounts.queries import alarms

    [alarm] = alarms()
    assert "/people/alarms/" in page(client)
    assert "/people/alarms/" not in shown
    assert "p-99" in page(client, "/people/alarms/")
    client.post(f"/people/alarms/{alarm.id}/")
    assert "one person did what takes two administrators" not in page(sign_in("watch"))
    assert "p-99" not in page(client, "/people/alarms/")


def test_an_office_that_is_empty_waits_for_the_administrator(sign_in, people):
    from vigie.accounts.actions import end_here
    from vigie.accounts.models import Mandate

    end_here(Mandate.objects.get(person=people["prime-minister"].person).id, "The government fell.")
    shown = page(sign_in("machine-room"))
    assert "Find who holds Prime Minister" in shown
    assert "Find who holds" not in page(sign_in("watch"))
