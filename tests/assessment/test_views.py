"""Pages of evidence."""

from dataclasses import replace

import pytest

from tests.assessment.test_actions import WHY, assess, graded
from vigie.assessment import actions, queries

NEW = "/evidence/new/?level=fr-vigipirate-2016/UA&zone=FR"


@pytest.fixture
def desk(people, claims):
    return people["assessment-desk"]


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_an_empty_home_says_what_an_assessment_is(sign_in, claims):
    assert "No assessment on record" in page(sign_in("audit"), "/evidence/")


def test_the_evidence_page_shows_for_against_missing_dissent_and_review(desk, sign_in):
    graded(desk, "claim-1-1", "claim-1-2")
    evidence = [
        actions.Chosen("claim-1-1", "aftermath", "carried-out", "for"),
        actions.Chosen("claim-1-2", "aftermath", "here", "against", "The hall stands abroad."),
    ]
    made = assess(
        desk,
        evidence=evidence,
        override="precaution",
        dissent=["The border desk differs."],
        missing=["Who helped."],
    )
    shown = page(sign_in("audit"), f"/evidence/{made}/")
    assert "An attack struck the hall." in shown
    assert "The hall stands abroad." in shown
    assert "as a precaution" in shown
    assert "No claim speaks for or against it." in shown
    assert "No criterion for UA is met." in shown
    assert "Who helped." in shown
    assert "The border desk differs." in shown
    assert "B2" in shown
    assert "usually reliable" in shown
    assert "<script" not in shown
    assert "<form" in shown


def test_the_print_carries_the_same_evidence_and_no_form(desk, sign_in):
    made = assess(desk, override="precaution")
    shown = page(sign_in("audit"), f"/evidence/{made}/print/")
    assert "An attack struck the hall." in shown
    assert "<form" not in shown.replace('<form class="languages"', "")


def test_lost_ground_is_said_on_the_page_and_in_the_list(desk, sign_in, claims):
    made = assess(desk, override="precaution")
    for claim in ("claim-1-1", "claim-1-2"):
        claims[claim] = replace(claims[claim], withdrawn="The paper took it back.")
    shown = page(sign_in("audit"), f"/evidence/{made}/")
    assert "lost its ground" in shown
    assert "The paper took it back." in shown
    assert "without ground" in page(sign_in("audit"), "/evidence/")


def test_words_from_a_report_cannot_become_markup(desk, sign_in, claims):
    claims["claim-1-1"] = replace(claims["claim-1-1"], words="<script>alert(1)</script>")
    made = assess(desk, override="precaution")
    assert "<script" not in page(sign_in("audit"), f"/evidence/{made}/")


def test_an_assessor_makes_an_assessment_on_the_page(desk, sign_in):
    graded(desk, "claim-1-1", "claim-1-2")
    client = sign_in("assessment-desk")
    assert "An attack struck the hall." in page(client, NEW)
    answer = client.post(
        NEW,
        {
            "aftermath.carried-out.claim-1-1": "for",
            "aftermath.here.claim-1-1": "for",
            "aftermath.fresh.claim-1-2": "for",
            "reasons": "An attack has just struck.",
            "estimate": "PHIA/likely",
            "review": "2024-04-08T12:00",
        },
    )
    (row,) = queries.assessments()
    assert answer.headers["Location"] == f"/evidence/{row.id}/"
    assert (row.suggested, row.scale, row.word) == ("UA", "PHIA", "likely")
    assert "likely (55–75 %, PHIA)" in page(client, f"/evidence/{row.id}/")


def test_a_refused_assessment_keeps_what_was_written_and_says_why(desk, sign_in):
    client = sign_in("assessment-desk")
    answer = client.post(
        NEW,
        {
            "aftermath.here.claim-1-1": "for",
            "reasons": "Long and careful reasons.",
            "review": "2024-04-08T12:00",
        },
    )
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "no criterion for UA is met" in shown
    assert "Long and careful reasons." in shown
    assert queries.assessments() == []


def test_without_a_level_the_page_asks_which(desk, sign_in):
    shown = page(sign_in("assessment-desk"), "/evidence/new/")
    assert "Vigipirate" in shown
    assert (
        sign_in("assessment-desk").get("/evidence/new/?level=fr-vigipirate-2016/VIG&zone=FR").status_code
        == 400
    )


def test_the_second_screen_of_a_grading_hides_the_first(desk, sign_in):
    client = sign_in("analysis")
    assert "Paper" in page(client, "/evidence/claims/claim-1-1/grade/")
    second = client.post(
        "/evidence/claims/claim-1-1/grade/", {"source": "B", "why_source": WHY}
    ).content.decode()
    assert "usually reliable" not in second
    assert "Paper" not in second
    assert queries.gradings("claim-1-1") == []
    done = client.post(
        "/evidence/claims/claim-1-1/grade/",
        {"source": "B", "why_source": WHY, "item": "2", "why_item": "Fits the rest."},
    )
    assert done.status_code == 302
    assert str(queries.grades(["claim-1-1"])["claim-1-1"]) == "B2"
    assert "Fits the rest." in page(client, "/evidence/claims/claim-1-1/grade/")


def test_a_claim_that_is_not_there_is_not_found(desk, sign_in):
    assert sign_in("analysis").get("/evidence/claims/claim-9-9/grade/").status_code == 404


def test_dissent_and_review_are_kept_from_the_page(desk, sign_in):
    made = assess(desk, override="precaution")
    client = sign_in("assessment-desk")
    client.post(f"/evidence/{made}/dissent/", {"words": "I hold the claim to be propaganda."})
    assert "propaganda" in page(client, f"/evidence/{made}/")
    refused = client.post(f"/evidence/{made}/review/", {"upheld": "yes", "words": "It holds for now."})
    assert refused.status_code == 400
    client.post(f"/evidence/{made}/review/", {"upheld": "no", "words": "The claim proved false."})
    assert queries.assessment(made).state == "ended"


@pytest.mark.parametrize(
    ("office", "address"),
    [("machine-room", "/evidence/"), ("cabinet", NEW), ("cabinet", "/evidence/claims/claim-1-1/grade/")],
)
def test_an_office_without_the_right_is_refused(desk, sign_in, office, address):
    assert sign_in(office).get(address).status_code == 403
