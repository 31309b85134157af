"""Pages of levels."""

import pytest

from vigie import times
from vigie.alert import actions, queries
from vigie.ledger.queries import head

WHY = "An attack abroad was claimed by a group that has tried here before."
FORM = {"level": "fr-vigipirate-2016/UA", "zone": "fr", "effective": "2024-03-22T14:00", "reasons": WHY}


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


def test_a_home_without_a_level_says_so_and_not_that_the_threat_is_low(sign_in):
    page = sign_in("watch").get("/levels/").content.decode()
    assert "No level on record." in page
    assert "does not mean that the threat is low" in page


def test_a_proposal_is_made_on_its_form_and_leads_to_its_page(sign_in):
    answer = sign_in("cabinet").post("/levels/propose/", FORM)
    assert answer.status_code == 302
    row = queries.proposals()[0]
    assert (row.zone, row.code, times.text(row.effective)) == ("FR", "UA", "2024-03-22T13:00:00Z")
    page = sign_in("watch").get(answer["Location"]).content.decode()
    assert "Urgence attentat" in page
    assert "holds nothing before a second person has signed" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reasons": "no"}, "says too little"),
        ({"zone": "BE"}, "zone not in the scheme"),
        ({"until": "2024-03-01T00:00"}, "before it takes effect"),
    ],
)
def test_a_refused_form_keeps_what_was_written_and_records_nothing(sign_in, changes, said):
    client = sign_in("cabinet")
    before = head()
    answer = client.post("/levels/propose/", FORM | changes)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert (FORM | changes)["reasons"] in page
    assert head() == before


def test_a_refusal_is_said_in_the_readers_language(sign_in):
    client = sign_in("cabinet")
    french = {"accept-language": "fr"}
    page = client.post("/levels/propose/", FORM | {"reasons": "non"}, headers=french).content.decode()
    assert "est trop court. Écrivez une phrase" in page


def test_a_home_that_decides_nothing_offers_no_level_to_propose(receiving_home, people, sign_in):
    answer = sign_in("cabinet").post("/levels/propose/", FORM)
    assert answer.status_code == 400


def test_a_returned_proposal_is_written_anew_by_its_author(sign_in, proposed):
    sign_in("deputy").post(f"/levels/{proposed}/return/", {"reason": "Name the legal basis of it."})
    page = sign_in("cabinet").get(f"/levels/{proposed}/").content.decode()
    assert "Name the legal basis of it." in page
    answer = sign_in("cabinet").post(
        f"/levels/propose/?anew={proposed}", FORM | {"zone": "FR", "legal_basis": "Plan of 2016"}
    )
    assert answer.status_code == 302
    assert queries.decision(proposed).legal_basis == "Plan of 2016"


def test_the_level_page_shows_three_times_and_every_entry_about_it(sign_in, people, proposed):
    actions.approve(people["prime-minister"], proposed, seen=queries.decision(proposed).digest)
    sign_in("cabinet").post(
        f"/levels/{proposed}/announce/",
        {"announcer": "Prime Minister", "where": "press", "announced": "2024-03-22T20:30"},
    )
    page = sign_in("watch").get(f"/levels/{proposed}/").content.decode()
    for words in (
        "alert.level.proposed/1",
        "alert.level.approved/1",
        "alert.level.announced/1",
        "Prime Minister",
    ):
        assert words in page


def test_markup_in_reasons_is_shown_as_text(sign_in, people):
    made = actions.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="SRRA", zone="FR", reasons="<script>alert(1)</script> is no reason.", effective=times.now()
    )  # fmt: skip
    page = sign_in("watch").get(f"/levels/{made}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_a_level_that_does_not_exist_is_not_found(sign_in):
    assert sign_in("watch").get("/levels/decision-999/").status_code == 404
    assert sign_in("watch").get("/levels/reception-999/").status_code == 404
