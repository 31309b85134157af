"""Pages of plans."""

import re

import pytest

from tests.patrols.conftest import OVER
from vigie import times
from vigie.patrols import actions, queries
from vigie.patrols.models import Plan


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_home_without_plans_says_what_a_plan_needs(sign_in):
    answer = sign_in("planning").get("/patrols/")
    assert answer.status_code == 200
    assert "No plan was drawn yet." in text(answer)
    assert "/patrols/draw/" in answer.content.decode()


def test_plans_are_listed_with_what_they_leave_exposed(sign_in, drawn):
    assert drawn in text(sign_in("planning").get("/patrols/"))


def test_a_planner_draws_a_plan_from_the_form(sign_in, sites):
    client = sign_in("planning")
    assert "3 sites are on the list" in text(client.get("/patrols/draw/"))
    answer = client.post(
        "/patrols/draw/", {"teams": 2, "first_day": "2024-03-25", "days": 2, "area": "fr-75"}
    )
    plan = Plan.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/patrols/{plan.id}/")
    assert (plan.days, plan.teams) == (2, 2)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"teams": 4}, "4 teams for 3 sites"),
        ({"teams": 0}, "greater than or equal to 1"),
        ({"days": 8}, "less than or equal to 7"),
        ({"first_day": "2024-03-20"}, "begin on a later day"),
        ({"first_day": "someday"}, "valid date"),
        ({"area": "FR-99999"}, "FR-99999"),
    ],
)
def test_a_plan_that_cannot_be_is_said_on_the_form(sign_in, sites, given, says):
    answer = sign_in("planning").post(
        "/patrols/draw/", {"teams": 2, "first_day": "2024-03-25", "days": 2} | given
    )
    assert answer.status_code == 400
    assert says in text(answer)
    assert not Plan.objects.exists()


def test_the_plan_says_its_guarantee_its_proof_and_what_it_hangs_on(sign_in, drawn):
    said = text(sign_in("planning").get(f"/patrols/{drawn}/"))
    assert "finds, on average, at most 197 people at a place without a team" in said
    assert "It is proven that no plan with 2 teams brings that below 196" in said
    assert "27 % of the people expected are assumed" in said
    assert "Were all of these at the high end of their range:" in said
    assert "Evenly over all places" in said
    assert "Places guessed" in said
    assert queries.plan(drawn).commitment in said


def test_another_half_day_is_shown_by_its_address(sign_in, drawn):
    client = sign_in("planning")
    said = text(client.get(f"/patrols/{drawn}/?day=2024-03-27&half=pm"))
    assert "18:00–21:00" in said
    assert client.get(f"/patrols/{drawn}/?day=2024-05-27&half=pm").status_code == 404


def test_a_sheet_says_where_when_and_that_presence_is_not_a_stop(sign_in, drawn):
    client = sign_in("planning")
    page = client.get(f"/patrols/{drawn}/2024-03-25/am/1/")
    said = text(page)
    stop = queries.sheet(queries.plan(drawn), queries.plan(drawn).first_day, "am", 1).stops[0]
    assert page.status_code == 200
    for words in (stop.hours, stop.name, stop.arrive, stop.leave):
        assert words in said
    assert "gives no ground for stopping, checking or searching anyone" in said
    assert "Notes describe places, not persons." in said
    assert len(page.content) < 150_000


@pytest.mark.parametrize(
    ("address", "status"),
    [("2024-03-25/am/3", 404), ("2024-03-25/noon/1", 404), ("2025-01-01/am/1", 404), ("x/am/1", 400)],
)
def test_a_sheet_that_is_not_is_refused(sign_in, drawn, address, status):
    assert sign_in("planning").get(f"/patrols/{drawn}/{address}/").status_code == status


def test_a_sheet_of_a_replaced_plan_says_so(people, sign_in, drawn):
    from tests.patrols.conftest import week

    actions.draw_from(people["planning"], present=week(), names={}, teams=1, reason="One team left.")
    client = sign_in("planning")
    assert "REPLACED, do not use" in text(client.get(f"/patrols/{drawn}/2024-03-25/am/1/"))
    assert "Replaced by" in text(client.get(f"/patrols/{drawn}/"))


def test_the_seed_is_nowhere_before_the_end_and_can_be_checked_after(home, sign_in, drawn):
    from vigie.patrols import sealed

    client = sign_in("planning")
    seal = sealed.take(home.keys, queries.plan(drawn).commitment)
    for address in (
        f"/patrols/{drawn}/",
        f"/patrols/{drawn}/verify/",
        f"/api/patrols/plans/{drawn}",
        "/patrols/",
    ):
        assert seal.seed.hex() not in client.get(address).content.decode()
    with times.held("2024-03-26T08:00:00Z"):
        assert client.post(f"/patrols/{drawn}/reveal/").status_code == 409
    with times.held(OVER):
        assert "Reveal the seed" in text(client.get(f"/patrols/{drawn}/verify/"))
        assert client.post(f"/patrols/{drawn}/reveal/").status_code == 302
        said = text(client.get(f"/patrols/{drawn}/verify/"))
    assert "all 42 turns drawn again from it are those of the plan" in said
    assert seal.seed.hex() in said


def test_an_auditor_reads_and_verifies_and_does_not_draw(sign_in, drawn):
    client = sign_in("audit")
    assert client.get(f"/patrols/{drawn}/").status_code == 200
    with times.held(OVER):
        said = text(client.get(f"/patrols/{drawn}/verify/"))
    assert "its seed is still sealed" in said
    assert "Reveal the seed" not in said
    assert client.get("/patrols/draw/").status_code == 403
    assert client.post(f"/patrols/{drawn}/reveal/").status_code == 403


@pytest.mark.parametrize("office", ["watch", "information", "cabinet", "machine-room"])
@pytest.mark.parametrize("page", ["", "verify/", "2024-03-25/am/1/"])
def test_others_see_nothing_of_a_plan(sign_in, drawn, office, page):
    answer = sign_in(office).get(f"/patrols/{drawn}/{page}")
    assert answer.status_code == 403
    assert "Gare du Nord" not in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(client, drawn):
    answer = client.get(f"/patrols/{drawn}/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_a_plan_nobody_drew_is_not_found(sign_in):
    assert sign_in("planning").get("/patrols/plan-999/").status_code == 404
