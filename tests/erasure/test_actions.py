"""Erasing as two persons, the terms that erase each day, requests; and every refusal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.erasure.conftest import REPORT, TOKEN
from vigie import homes, times
from vigie.accounts.actions import found_mandate
from vigie.accounts.actors import Actor
from vigie.accounts.rights import NotAllowed
from vigie.assessment import actions as assessment, queries as assessed
from vigie.erasure import actions, queries
from vigie.erasure.models import Erasure
from vigie.errors import BadInput, NotFound
from vigie.exposure import queries as exposure
from vigie.ledger import keys, sweeping, tlog_proof
from vigie.ledger.actions import NotErasable
from vigie.ledger.models import Payload, PayloadKey
from vigie.ledger.projections import rows
from vigie.ledger.proofs.queries import prove
from vigie.ledger.queries import one, verify
from vigie.measures import queries as measures
from vigie.measures.models import Answer, Task
from vigie.patrols import queries as patrols
from vigie.reports import actions as reports, queries as kept, sealed

GROUND = "The person concerned asked for it."


def whole():
    """The record holds, and its rows are those a rebuild gives. Gives all of them as text."""
    verdict = verify()
    assert verdict.verified, verdict.faults
    return repr(rows())


def later(days):
    return times.held(times.now() + timedelta(days=days))


def test_an_erased_report_leaves_no_word_in_any_row_or_payload_and_its_original_goes(home, report, erase):
    seq = int(report.removeprefix("report-"))
    file = sealed.path_of(home.originals, report)
    assert file.exists()
    erase(seq)
    assert TOKEN not in whole()
    assert not Payload.objects.filter(entry_id=seq).exists()
    assert not PayloadKey.objects.filter(entry_id=seq).exists()
    assert kept.claims_of(report) == []
    assert kept.report(report).erased
    with pytest.raises(NotFound, match="erased"):
        kept.original(report)


def test_what_was_said_of_a_report_later_stays_when_it_is_erased(people, report, erase):
    reports.withdraw(people["analysis"], report, reason="The agency took it back.")
    erase(int(report.removeprefix("report-")))
    row = kept.report(report)
    assert (row.state, row.state_reason, row.title, row.text) == (
        "withdrawn",
        "The agency took it back.",
        "",
        "",
    )
    whole()


def test_a_report_that_others_copy_can_be_erased_and_the_link_stays(people, report, erase):
    reprint = reports.add(people["analysis"], REPORT.replace("AFP", "Other").encode(), name="reprint.txt")
    assert [link.parent_id for link in kept.copies_of(reprint)] == [report]
    erase(int(report.removeprefix("report-")))
    whole()
    assert [link.parent_id for link in kept.copies_of(reprint)] == [report]
    erase(int(reprint.removeprefix("report-")))
    assert TOKEN not in whole()


def test_the_same_bytes_can_come_in_again_after_their_erasure(people, report, erase):
    erase(int(report.removeprefix("report-")))
    again = reports.add(people["analysis"], REPORT.encode(), name="again.txt")
    assert kept.original(again) == REPORT.encode()
    whole()


def test_an_erased_contact_is_not_replaced_by_an_older_one(home, owners, erase, number):
    from vigie.exposure.actions import import_owners

    assert TOKEN.lower() in exposure.contact("o-rail").mail
    import_owners(
        owners["watch"], b"id,name,kind,language,mail\no-rail,Rail,transport-operator,fr,new@rail.example\n"
    )
    assert exposure.contact("o-rail").mail == "new@rail.example"
    erase(number("exposure.contact.set"))
    assert exposure.contact("o-rail") is None
    assert "o-rail" not in exposure.contacts()
    assert measures.owner("o-rail").mail == ""
    assert "new@rail.example" not in whole()


def test_letters_that_lie_in_the_outbox_go_with_the_address_they_bear(
    home, cannot, erase, number, django_capture_on_commit_callbacks
):
    from vigie.measures.actions import deliver_due

    deliver_due(home)
    assert [path for path in home.outbox.iterdir() if TOKEN.lower().encode() in path.read_bytes()]
    contact = next(c for c in exposure.contacts().values() if c.owner == "o-rail")
    with django_capture_on_commit_callbacks(using="record", execute=True):
        erase(contact.seq)
    assert not [path for path in home.outbox.iterdir() if TOKEN.lower().encode() in path.read_bytes()]
    assert list(home.outbox.iterdir())


def test_an_erased_reason_leaves_the_answer_and_the_state_of_its_task(cannot, erase, number):
    assert TOKEN in Answer.objects.get(id=cannot).reason
    task = Task.objects.get(answer=cannot)
    assert (task.state, TOKEN in task.reason) == ("cannot", True)
    erase(number("measures.answer.reason"))
    assert f"The gate of {TOKEN}" not in whole()
    task.refresh_from_db()
    assert (task.state, task.reason, task.answer) == ("cannot", "", cannot)
    assert Answer.objects.get(id=cannot).answer == "cannot"


def test_an_erased_proof_goes_with_its_file_and_the_task_stays_proven(home, people, cannot, erase, number):
    from vigie.measures import actions as measures_actions

    shown = b"%PDF-1.7 " + TOKEN.encode()
    measures_actions.take_down(people["watch"], "o-rail", "done", via="paper", proof=shown)
    seq = number("measures.proof.given")
    file = sealed.path_of(home.originals, f"proof-{seq}")
    assert file in queries.files([seq])
    assert file not in queries.orphans()
    with later(400):
        assert seq not in queries.due()[2].goes, "its task is not closed"
    erase(seq)
    assert file in queries.orphans(), "removed at the commit, or by the next sweep"
    assert whole()
    assert Task.objects.filter(owner="o-rail", proven=True).exists()
    with pytest.raises(NotFound, match="erased"):
        measures.proof(f"proof-{seq}")


def test_a_plan_goes_with_its_seed_whose_draw_would_give_it_again(home, plan, erase, number):
    seed = number("patrols.seed.revealed")
    made = erase(int(plan.removeprefix("plan-")))
    assert seed in queries.erasure(made).entries
    assert TOKEN not in whole()
    assert not patrols.plans()


def test_a_seed_erased_alone_leaves_a_plan_that_cannot_be_drawn_again(plan, erase, number):
    erase(number("patrols.seed.revealed"))
    whole()
    with pytest.raises(patrols.NotRevealed, match="erased"):
        patrols.verify(patrols.plan(plan))


def test_a_plan_that_took_the_place_of_another_still_does_once_it_is_erased(people, erase):
    from tests.patrols.conftest import week
    from tests.patrols.weeks import NAMES
    from vigie.patrols import actions as drawing

    first = drawing.draw_from(people["planning"], present=week(), names=NAMES, teams=2)
    second = drawing.draw_from(
        people["planning"], present=week(), names=NAMES, teams=2, reason="A team fell ill."
    )
    erase(int(second.removeprefix("plan-")))
    whole()
    assert patrols.plan(first).replaced_by == second


def test_everything_that_can_be_erased_goes_and_rows_are_still_those_of_a_rebuild(
    people, report, cannot, plan, erase
):
    from vigie.ledger.kinds import KINDS
    from vigie.ledger.models import Entry

    assessment.grade(
        people["analysis"], kept.claims_of(report)[0].id, source="B", item="2", why="It was there."
    )
    tags = [kind.tag for kind in KINDS.values() if kind.erasable]
    erase(*Entry.objects.filter(kind__in=tags).values_list("seq", flat=True))
    assert TOKEN.lower() not in whole().lower()


def test_nobody_carries_out_their_own_erasure_in_whichever_office(people, report):
    seq = int(report.removeprefix("report-"))
    made = actions.propose(people["privacy"], [seq], ground=GROUND, authority="DPO")
    found_mandate(people["privacy"].person, "audit")
    with pytest.raises(actions.SamePerson):
        actions.carry_out(Actor(people["privacy"].person, "audit"), made)
    assert not kept.report(report).erased


def test_the_database_itself_refuses_one_person_for_both(people, report):
    actions.propose(people["privacy"], [int(report.removeprefix("report-"))], ground=GROUND, authority="DPO")
    for change in ({"done_by": people["privacy"].person}, {"state": "erased"}):
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            Erasure.objects.update(**change)


def test_administrators_deciders_and_analysts_erase_nothing(people, report):
    seq = int(report.removeprefix("report-"))
    made = actions.propose(people["privacy"], [seq], ground=GROUND, authority="DPO")
    for office in ("machine-room", "prime-minister", "cabinet", "analysis", "watch"):
        with pytest.raises(NotAllowed):
            actions.propose(people[office], [seq], ground=GROUND, authority="DPO")
        with pytest.raises(NotAllowed):
            actions.carry_out(people[office], made)
    with pytest.raises(NotAllowed):
        actions.propose(people["audit"], [seq], ground=GROUND, authority="DPO")


@pytest.mark.parametrize(
    ("ground", "authority"), [("", "DPO"), ("because", "DPO"), (GROUND, ""), (GROUND, " ")]
)
def test_an_erasure_without_ground_or_authority_is_refused(people, report, ground, authority):
    with pytest.raises(actions.NoGround):
        actions.propose(
            people["privacy"], [int(report.removeprefix("report-"))], ground=ground, authority=authority
        )


def test_what_is_kept_for_good_was_erased_or_never_was_cannot_be_proposed(people, report, erase):
    seq = int(report.removeprefix("report-"))
    for given, fault in (([0], NotErasable), ([10**6], BadInput), ([-1], BadInput), ([], BadInput)):
        with pytest.raises(fault):
            actions.propose(people["privacy"], given, ground=GROUND, authority="DPO")
    made = erase(seq)
    with pytest.raises(NotErasable, match="erased already"):
        actions.propose(people["privacy"], [seq], ground=GROUND, authority="DPO")
    with pytest.raises(actions.SettledAlready):
        actions.carry_out(people["audit"], made)


def test_a_refused_erasure_leaves_everything_and_its_reason(people, report):
    made = actions.propose(
        people["privacy"], [int(report.removeprefix("report-"))], ground=GROUND, authority="DPO"
    )
    with pytest.raises(BadInput):
        actions.refuse(people["audit"], made, reason="no")
    actions.refuse(people["audit"], made, reason="A court has asked for it to be kept.")
    assert TOKEN in kept.report(report).title
    assert queries.erasure(made).state == "rejected"
    whole()


def test_the_entry_of_an_erasure_says_what_went_on_which_ground_and_by_whose_order(
    people, report, erase, number
):
    seq = int(report.removeprefix("report-"))
    made = erase(seq)
    written, said = one(number("ledger.payload.erased"))
    assert (said.entries, said.ground, said.authority) == ([seq], GROUND, "DPO")
    assert (written.subjects, written.by.office) == ((made,), "audit")
    assert TOKEN not in repr(said)


def test_a_proof_made_before_the_erasure_still_checks_and_one_made_after_is_of_the_same_entry(
    home, report, erase
):
    seq = int(report.removeprefix("report-"))
    key = keys.signing(home.keys).public_key()
    before = tlog_proof.read(prove(seq).text())
    erase(seq)
    after = prove(seq)
    assert before.check(key, "test").size < after.check(key, "test").size
    assert before.entry == after.entry
    assert TOKEN.encode() not in before.entry


def test_a_report_goes_when_its_term_is_over_and_not_a_day_before(home, people, report, number):
    with later(364):
        assert actions.enforce() == 0
    with later(367):
        assert actions.enforce() == 1
        assert actions.enforce() == 0
        assert TOKEN not in whole()
    written, said = one(number("ledger.payload.erased"))
    assert said.ground == "retention: reports are kept for 365 days"
    assert (said.authority, written.by.via) == ("vigie.toml, [retention]", "clock")
    assert [row.proposed_by for row in queries.settled()] == [""]


def test_a_report_under_an_assessment_in_force_stays_and_is_listed_with_its_reason(people, report):
    from tests.assessment.test_reports import assess, of_kind

    with times.held("2024-03-22T12:00:00Z"):
        made = assess(people["assessment-desk"], of_kind(report, "attack"))
    with later(400):
        assert actions.enforce() == 0
        [stays] = queries.kept_beyond()
        assert (stays.about, made in stays.why) == (report, True)
        assessment.review(
            people["assessment-desk"], made, upheld=False, words="It is over; nothing more came."
        )
        assert not assessed.resting_on(kept.claims_of(report)[0].id)
        assert actions.enforce() == 1
        whole()


def test_contacts_go_once_a_newer_one_came_long_ago_and_the_one_that_counts_never_by_age(owners):
    from vigie.exposure.actions import import_owners

    with later(10):
        import_owners(
            owners["watch"],
            b"id,name,kind,language,mail\no-rail,Rail,transport-operator,fr,new@rail.example\n",
        )
    with later(95):
        assert actions.enforce() == 0
    with later(102):
        assert actions.enforce() == 1
        assert exposure.contact("o-rail").mail == "new@rail.example"
        assert exposure.contact("o-mall").mail == "pc@galerie.example"
        assert TOKEN.lower() not in whole()


def test_a_reason_stays_while_its_task_is_open(cannot):
    with later(400):
        assert actions.enforce() == 0
        assert [stays.about for stays in queries.kept_beyond()] == [cannot]


def test_where_teams_were_goes_thirty_days_after_the_end_of_the_plan(plan):
    from tests.patrols.conftest import OVER

    end = times.parse(OVER)
    with times.held(end + timedelta(days=29)):
        assert actions.enforce() == 0
    with times.held(end + timedelta(days=32)):
        assert actions.enforce() == 2
        assert patrols.plans() == []
        whole()


def test_a_home_that_keeps_for_good_erases_nothing(home, report, settings):
    forever = homes.Retention(**dict.fromkeys(homes.Retention.__struct_fields__, 0))
    settings.VIGIE_HOME = replace(home, retention=forever)
    with later(10_000):
        assert actions.enforce() == 0


def test_an_original_that_a_crash_left_behind_goes_at_the_next_turn_of_the_clock(home, people, report):
    stray = sealed.keep(home.originals, "report-999999", b"left behind", bytes(32))
    with later(367):
        actions.enforce()
    assert not stray.exists()


def test_an_erasure_asks_for_the_database_to_be_swept(home, report, erase):
    assert not sweeping.begin(home.path)
    erase(int(report.removeprefix("report-")))
    assert sweeping.begin(home.path)


def test_a_request_is_answered_within_its_month_and_leads_to_its_erasure(people, report, erase):
    seq = int(report.removeprefix("report-"))
    made = actions.note_request(
        people["privacy"], "erasure", reference="letter 7/2024", received=date(2024, 3, 20), entries=[seq]
    )
    row = queries.request(made)
    assert (row.due, row.entries) == (date(2024, 4, 20), [seq])
    assert queries.overdue(date(2024, 4, 21)) == [row]
    done = erase(seq, request=made)
    assert queries.erasure(done).request == made
    actions.answer_request(people["privacy"], made, "done", words="The report was erased on 22 March.")
    assert queries.open_requests() == []
    with pytest.raises(actions.SettledAlready):
        actions.answer_request(people["privacy"], made, "refused", words="It was not, after all, erased.")
    whole()


@pytest.mark.parametrize(
    "change",
    [
        {"what": "forgiveness"},
        {"reference": " "},
        {"reference": "x" * 81},
        {"received": date(2024, 3, 23)},
        {"entries": [10**6]},
    ],
)
def test_a_request_that_says_nothing_usable_is_refused(people, change):
    given = {
        "what": "erasure",
        "reference": "letter 7",
        "received": date(2024, 3, 20),
        "entries": [],
    } | change
    with pytest.raises(BadInput):
        actions.note_request(people["privacy"], given.pop("what"), **given)


@pytest.fixture
def signed(people):
    """A level signed over the web by a passkey's owner: the act, and the proof kept beside it. Gives the decision's id."""
    from tests.accounts.passkeys import ORIGIN, SITE, Passkey
    from vigie.accounts.signing_in import assertion
    from vigie.accounts.signing_in.proof import Asked
    from vigie.alert import actions as alert, queries as levels

    made = alert.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", effective=times.now(),
        reasons="An attack abroad was claimed by a group that has tried here before.",
    )  # fmt: skip
    seen, key = levels.decision(made).digest, Passkey()
    asked = Asked("alert.level.approve", made, seen).afresh()
    answer = key.answer(assertion.text(asked.challenge()))
    keys_held = {assertion.text(key.id): key.public_key}
    proof = assertion.read(asked, answer, keys_held, rp=SITE, origin=ORIGIN)
    alert.approve(replace(people["prime-minister"], via="console", proof=proof), made, seen=seen)
    return made


def test_an_erased_proof_of_a_signer_leaves_the_act_and_every_old_proof_of_the_record(signed, erase, number):
    from vigie.alert import queries as levels

    seq = number("accounts.assertion.kept")
    assert one(seq)[1].method == "passkey"
    erase(seq)
    assert one(seq)[1] is None
    assert levels.decision(signed).state == "in force"
    whole()


def test_a_signers_proof_goes_after_ten_years_and_not_a_day_before(signed):
    with later(3649):
        assert actions.enforce() == 0
    with later(3652):
        assert actions.enforce() == 1
    whole()
