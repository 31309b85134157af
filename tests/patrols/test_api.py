"""The API of plans."""

import pytest

from tests.patrols.conftest import OVER, week
from vigie import times
from vigie.patrols import queries
from vigie.patrols.models import Plan

JSON = "application/json"


def rows(**changed):
    return [
        {
            "site": p.site,
            "day": p.day.isoformat(),
            "half": p.half,
            "low": p.low,
            "high": p.high,
            "basis": p.basis,
        }
        | changed
        for p in week(days=1)
    ]


def test_a_plan_is_drawn_from_people_expected_row_by_row(sign_in):
    answer = sign_in("planning").post("/api/patrols/plans/from-people", {"teams": 2, "present": rows()}, JSON)
    assert answer.status_code == 201, answer.content
    assert queries.plan(answer.json()["id"]).days == 1


def test_a_plan_is_drawn_for_the_homes_sites(sign_in, sites):
    answer = sign_in("planning").post(
        "/api/patrols/plans", {"teams": 1, "first_day": "2024-03-25", "days": 1}, JSON
    )
    assert answer.status_code == 201, answer.content


@pytest.mark.parametrize(
    "column",
    [
        "ethnicity",
        "religion",
        "nationality",
        "income",
        "housing",
        "age",
        "past_stops",
        "arrests",
        "crime_counts",
        "weight",
    ],
)
def test_any_column_beyond_the_list_is_refused_by_name(sign_in, column):
    given = {"teams": 2, "present": rows(**{column: 1})}
    answer = sign_in("planning").post("/api/patrols/plans/from-people", given, JSON)
    assert answer.status_code == 400
    assert f"The column '{column}'" in answer.json()["error"]
    assert not Plan.objects.exists()


def test_a_plan_is_read_and_verified(sign_in, drawn):
    client = sign_in("planning")
    told = client.get(f"/api/patrols/plans/{drawn}").json()
    assert (told["teams"], told["sites"], told["seed"]) == (2, 4, "")
    assert [p["id"] for p in client.get("/api/patrols/plans").json()] == [drawn]
    assert client.get(f"/api/patrols/plans/{drawn}/verify").status_code == 409
    with times.held(OVER):
        assert client.post(f"/api/patrols/plans/{drawn}/reveal").status_code == 204
    assert client.get(f"/api/patrols/plans/{drawn}/verify").json()["turns"] == 42


def test_a_sheet_is_given_by_team(sign_in, drawn):
    told = sign_in("planning").get(f"/api/patrols/plans/{drawn}/sheets/2024-03-25/pm/2").json()
    assert (told["team"], told["half"]) == (2, "pm")
    assert told["stops"][0]["start"] == 900


@pytest.mark.parametrize("office", ["watch", "liaison", "information"])
def test_others_may_not(sign_in, drawn, office):
    client = sign_in(office)
    assert client.get(f"/api/patrols/plans/{drawn}").status_code == 403
    assert (
        client.post("/api/patrols/plans/from-people", {"teams": 2, "present": rows()}, JSON).status_code
        == 403
    )


def test_a_stranger_gets_401(client, drawn):
    assert client.get(f"/api/patrols/plans/{drawn}").status_code == 401
