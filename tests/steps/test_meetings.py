"""A meeting has before it what the record held when it was convened, and what it decides is owed until it is closed."""

from datetime import date, timedelta

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, kinds, queries as levels
from vigie.alert.actions.convening import ClosedAlready, NotHeldYet, NotTheirs
from vigie.alert.dossier import Dossier
from vigie.assessment import actions as assessment
from vigie.assessment.actions import Chosen
from vigie.console.queries.waiting import waits_for
from vigie.errors import BadInput, NotFound
from vigie.ledger.actions import append, recorded
from vigie.ledger.queries import head, verify
from vigie.reports import actions as reports, queries as read

REPORT = """Group claims attack on station

LYON, 21 March 2024 - A group calling itself Al-Qaeda claimed responsibility on Thursday for an attack on a railway station that killed at least 12 people.
"""
WHY = "An attack was claimed by a group that has tried here before; raised as a precaution."
FR = "fr-vigipirate-2016"


def claim_of(places, text=REPORT, name="wire.txt"):
    report = reports.add(places["analysis"], text.encode(), name=name, published=date(2024, 3, 22))
    return next(c for c in read.claims_of(report) if c.kind == "claim_of_responsibility")


def weigh(places, claim, level="UA", reasons=WHY):
    return assessment.assess(
        places["assessment-desk"], scheme=FR, level=level, zone="FR",
        evidence=[Chosen(claim.id, "identified-group", "identified", "for")], override="precaution", reasons=reasons,
        missing=["Whether a team is on national soil."], review=times.now() + timedelta(days=14),
    )  # fmt: skip


@pytest.fixture
def raised(home, places):
    weighed = weigh(places, claim_of(places))
    made = alert.propose(
        places["cabinet"],
        scheme=FR,
        code="UA",
        zone="FR",
        reasons=WHY,
        effective=times.now(),
        assessment=weighed,
    )
    steps.sign(places["prime-minister"], made, seen=levels.decision(made).digest)
    return weighed, made


def convene(places, held=None):
    return steps.convene(
        places["cabinet"], title="Meeting of the services", question="What follows for us?", agenda=["What is known"],
        offices=["Interior"], held=held or times.now(),
    )  # fmt: skip


@pytest.fixture
def meeting(raised, places):
    return convene(places)


def resolve(places, meeting, **given):
    asked = {"words": "Draw the patrols of Easter again.", "becomes": "task", "office": "watch", "due": times.now() + timedelta(days=2)}  # fmt: skip
    return alert.resolve(places["cabinet"], meeting, **(asked | given))


def dossier_of(client, meeting):
    page = client.get(f"/meetings/{meeting}/").content.decode()
    return page[
        page.index('<section id="dossier"') : page.index("</section>", page.index('<section id="dossier"'))
    ]


def test_the_dossier_holds_levels_evidence_tasks_calendar_and_gaps(raised, places):
    weighed, made = raised
    sealed = levels.meeting(convene(places)).sealed
    assert [each["id"] for each in sealed["levels"]] == [made]
    [evidence] = sealed["assessments"]
    assert evidence["id"] == weighed
    assert evidence["missing"][0] == "Whether a team is on national soil."
    assert [piece["stance"] for piece in evidence["pieces"]] == ["for"]
    assert sum(state["count"] for state in sealed["tasks"][0]["states"]) > 0
    assert sealed["calendar"]
    assert sealed["calendar_until"] > sealed["calendar"][0]["start"]


def test_the_words_of_claims_are_not_copied_so_that_what_is_erased_is_erased_everywhere(raised, places):
    row = levels.meeting(convene(places))
    assert "claimed responsibility" not in str(row.sealed)


def test_whatever_comes_later_the_dossier_on_the_page_stays_the_same_byte_for_byte(
    raised, places, meeting, sign_in, settings
):
    from vigie.measures import actions as measures

    _weighed, _made = raised
    client = sign_in("cabinet")
    before = dossier_of(client, meeting)
    assert "claimed responsibility" in before
    measures.deliver_due(settings.VIGIE_HOME)
    weigh(
        places,
        claim_of(places, REPORT.replace("12", "14"), "later.txt"),
        reasons="More was learned, and it says more.",
    )
    lower = alert.propose(
        places["cabinet"], scheme=FR, code="SRRA", zone="FR", reasons=WHY, effective=times.now()
    )
    steps.sign(places["prime-minister"], lower, seen=levels.decision(lower).digest)
    report = read.claim(levels.meeting(meeting).sealed["assessments"][0]["pieces"][0]["claim"]).report_id
    reports.withdraw(places["analysis"], report, reason="The newspaper took its report back.")
    resolve(places, meeting)
    assert dossier_of(client, meeting) == before
    assert dossier_of(client, convene(places)) != before


def test_the_dossier_says_at_which_entry_and_under_which_digest_it_was_sealed(raised, places, sign_in):
    position, root = head()
    made = convene(places)
    row = levels.meeting(made)
    assert (row.position, row.root) == (position, root.hex())
    assert row.digest in dossier_of(sign_in("cabinet"), made)


def test_what_an_office_may_not_read_of_a_dossier_is_left_out(meeting, sign_in):
    said = dossier_of(sign_in("analysis"), meeting)
    assert "Not shown to your office." in said


def test_a_meeting_of_before_dossiers_were_sealed_still_opens(home, people, sign_in):
    with_ids = kinds.Convened(
        title="Old", question="What then?", agenda=[], offices=["Interior"], held=times.text(times.now()), position=1, root="ab", dossier=["decision-9"]
    )  # fmt: skip
    made = recorded(lambda: append(people["cabinet"].by(), kinds.CONVENED, with_ids, subjects=[]))()
    assert "decision-9" in sign_in("cabinet").get(f"/meetings/meeting-{made.seq}/").content.decode()


def test_what_a_meeting_decided_waits_for_the_office_that_owes_it_until_it_is_closed(
    meeting, places, sign_in
):
    made = resolve(places, meeting)
    [wait] = [w for w in waits_for(places["watch"]) if w.title == "Draw the patrols of Easter again."]
    assert wait.href == f"/meetings/{meeting}/#{made}"
    assert not [w for w in waits_for(places["second-watch"]) if w.title == wait.title]
    assert wait.title in sign_in("watch").get(f"/meetings/{meeting}/").content.decode()
    alert.settle(places["watch"], made, done=True, words="Drawn again on Thursday.")
    assert not [w for w in waits_for(places["watch"]) if w.title == wait.title]
    row = levels.outcome(made)
    assert (row.done, row.closing, row.closed_office) == (True, "Drawn again on Thursday.", "watch")
    assert verify().verified


def test_what_is_past_its_day_is_late(meeting, places):
    made = resolve(places, meeting, due=times.now() + timedelta(hours=1))
    with times.held(times.text(times.now() + timedelta(hours=2))):
        assert [w.late for w in waits_for(places["watch"]) if w.href.endswith(made)] == [True]


def test_a_proposal_that_was_decided_is_closed_by_the_proposal_that_came_of_it(raised, meeting, places):
    made = resolve(places, meeting, becomes="proposal", office="cabinet")
    given = {"done": True, "words": "Proposed as it was decided."}
    with pytest.raises(NotFound):
        alert.settle(places["cabinet"], made, **given)
    with pytest.raises(BadInput, match="before"):
        alert.settle(places["cabinet"], made, decision=raised[1], **given)
    lower = alert.propose(
        places["cabinet"], scheme=FR, code="SRRA", zone="FR", reasons=WHY, effective=times.now()
    )
    alert.settle(places["cabinet"], made, decision=lower, **given)
    assert levels.outcome(made).decision == lower


def test_what_is_not_done_is_closed_with_its_reason_and_nothing_less(meeting, places):
    made = resolve(places, meeting)
    with pytest.raises(alert.NoReason):
        alert.settle(places["watch"], made, done=False, words="no")
    alert.settle(places["watch"], made, done=False, words="There are no teams left for it.")
    assert not levels.outcome(made).done


def test_another_office_closes_nothing_and_nothing_is_closed_twice(meeting, places):
    made = resolve(places, meeting)
    with pytest.raises(NotTheirs):
        alert.settle(places["second-watch"], made, done=True, words="Drawn again on Thursday.")
    alert.settle(places["cabinet"], made, done=True, words="Drawn again on Thursday.")
    with pytest.raises(ClosedAlready):
        alert.settle(places["watch"], made, done=True, words="Drawn again on Thursday.")


def test_a_task_leads_to_no_proposal(raised, meeting, places):
    made = resolve(places, meeting)
    with pytest.raises(BadInput, match="No proposal came of"):
        alert.settle(places["watch"], made, done=True, words="Drawn again on Thursday.", decision=raised[1])


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"words": "So."}, alert.NoReason),
        ({"becomes": "wish"}, BadInput),
        ({"office": "nobody"}, NotFound),
        ({"becomes": "proposal", "office": "watch"}, BadInput),
        ({"due": times.parse("2024-03-01T00:00:00Z")}, BadInput),
    ],
)
def test_a_decision_that_nobody_could_follow_is_refused_and_not_written(meeting, places, given, fault):
    before = head()
    with pytest.raises(fault):
        resolve(places, meeting, **given)
    assert head() == before


def test_a_meeting_decides_nothing_before_it_is_held(raised, places, sign_in):
    later = convene(places, held=times.now() + timedelta(days=3))
    with pytest.raises(NotHeldYet):
        resolve(places, later)
    assert "written down once it was held" in sign_in("cabinet").get(f"/meetings/{later}/").content.decode()


def test_the_same_state_of_the_record_gives_the_same_digest(raised):
    held = times.now()
    assert steps.dossier(held).digest == steps.dossier(held).digest
    assert steps.dossier(held).digest != Dossier(levels=[], assessments=[], tasks=[], calendar=[], calendar_until="", gaps=[]).digest  # fmt: skip


def test_forms_and_api_write_down_and_close_alike(meeting, places, sign_in):
    cabinet, watch = sign_in("cabinet"), sign_in("watch")
    due = times.now() + timedelta(days=2)
    form = {
        "words": "Draw the patrols again.",
        "becomes": "task",
        "office": "watch",
        "due": due.strftime("%Y-%m-%dT%H:%M"),
    }
    assert cabinet.post(f"/meetings/{meeting}/resolve/", form).status_code == 302
    assert cabinet.post(f"/meetings/{meeting}/resolve/", form | {"words": ""}).status_code == 400
    body = form | {"due": times.text(due)}
    said = cabinet.post(f"/api/levels/meetings/{meeting}/outcomes", body, content_type="application/json")
    assert said.status_code == 201
    first, second = levels.owed("watch")
    assert (
        watch.post(
            f"/meetings/outcomes/{first.id}/settle/", {"done": "yes", "words": "Drawn on Thursday."}
        ).status_code
        == 302
    )
    closing = {"done": True, "words": "Drawn on Thursday."}
    assert (
        watch.post(
            f"/api/levels/outcomes/{second.id}/settle", closing, content_type="application/json"
        ).status_code
        == 204
    )
    shown = cabinet.get(f"/api/levels/meetings/{meeting}").json()
    assert [each["done"] for each in shown["outcomes"]] == [True, True]
    assert shown["sealed"]["levels"]
    assert "gaps" not in sign_in("analysis").get(f"/api/levels/meetings/{meeting}").json()["sealed"]
