"""Reports kept on the record: added, judged, corrected, withdrawn; and every refusal."""

from datetime import date

import msgspec
import pytest

from vigie.accounts.rights import NotAllowed
from vigie.errors import Conflict, NotFound
from vigie.ledger import keys
from vigie.ledger.actions import append, recording
from vigie.ledger.models import Entry
from vigie.ledger.projections import rebuild, rows
from vigie.reports import actions, kinds, queries, sealed
from vigie.reports.intake import UnreadableReport
from vigie.reports.models import Report
from vigie.reports.reader import read

WIRE = """Alert raised in France after attack

PARIS, 14 October 2023 (Example Wire) - France raised its terror alert to the maximum level on Friday, the prime minister said.

History teacher Aurel Vantongeren was murdered on Friday in his school in Arras by a former pupil of Chechen origin.

The Islamic State group has not claimed the attack. The interior minister will hold a meeting on Monday with 7 prefects.

Since January 2015, 23 attacks have been carried out in France and 43 have been foiled, according to official figures.
"""
REPRINT = (
    WIRE.replace("Alert raised in France after attack", "Top alert for France").replace(
        "Example Wire", "Other Wire"
    )
    + "\nSource: Inland Gazette\n"
)
WHY = "Both print the same wire word for word."


@pytest.fixture
def kept(people):
    return actions.add(people["analysis"], WIRE.encode(), name="wire.txt")


def test_a_report_is_kept_with_its_claims_and_their_exact_words(kept):
    row = queries.report(kept)
    claims = queries.claims_of(kept)
    assert row.published == "2023-10-14"
    assert {"level_change", "statistic", "planned_meeting"} <= {claim.kind for claim in claims}
    assert all(row.text[claim.start : claim.end] == claim.evidence for claim in claims)


def test_private_names_and_origins_stand_in_no_table_and_no_file_of_the_home(home, kept):
    secret = [b"Vantongeren", b"Aurel", b"Chechen origin"]
    told = repr(rows()).encode()
    files = [path.read_bytes() for path in home.path.rglob("*") if path.is_file()]
    assert not any(word in told for word in secret)
    assert not any(word in data for data in files for word in secret)


def test_the_original_lies_sealed_and_opens_only_with_the_key_in_its_entry(home, kept):
    assert queries.original(kept) == WIRE.encode()
    file = sealed.path_of(home.originals, kept)
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    with pytest.raises(sealed.OriginalChanged, match=kept):
        queries.original(kept)


def test_no_name_of_a_file_and_no_envelope_tells_whoever_has_the_text_that_it_was_kept(home, kept):
    digest = queries.report(kept).sha256
    assert not any(digest in path.name for path in home.path.rglob("*"))
    assert not any(digest.encode() in bytes(entry.envelope) for entry in Entry.objects.all())


def test_an_original_of_the_first_homes_opens_with_the_homes_own_key(home, people):
    reading = read(WIRE.encode(), name="wire.txt")
    first = msgspec.structs.asdict(actions._body(reading, len(WIRE), []))
    del first["original_key"]
    home.originals.mkdir(exist_ok=True)
    sealed.path_of(home.originals, reading.sha256).write_bytes(
        keys.seal(home.keys, reading.sha256, WIRE.encode())
    )
    with recording():
        kind = kinds.RECEIVED_FIRST
        made = append(people["analysis"].by(), kind, kinds.ReceivedFirst(**first), subjects=[reading.sha256])
    assert queries.original(f"report-{made.seq}") == WIRE.encode()
    assert queries.claims_of(f"report-{made.seq}")


def test_an_original_that_is_gone_is_named(home):
    with pytest.raises(sealed.OriginalMissing, match="backup"):
        sealed.opened_by_home(home.originals, home.keys, "0" * 64)


def test_the_same_bytes_twice_are_refused_and_the_first_is_named(people, kept):
    with pytest.raises(actions.AlreadyKept, match=kept):
        actions.add(people["analysis"], WIRE.encode(), name="again.txt")
    assert Report.objects.count() == 1


def test_an_unreadable_report_leaves_nothing_behind(home, people):
    with pytest.raises(UnreadableReport):
        actions.add(people["analysis"], b"\x00\x01\x02" * 50, name="noise.txt")
    assert not Report.objects.exists()
    assert not list(home.originals.glob("*"))


def test_who_may_not_add_leaves_no_sealed_file(home, people):
    with pytest.raises(NotAllowed):
        actions.add(people["planning"], WIRE.encode(), name="wire.txt")
    assert not list(home.originals.glob("*"))


def test_a_reprint_is_proposed_as_a_copy_and_a_person_confirms_it(people, kept):
    second = actions.add(people["analysis"], REPRINT.encode(), name="reprint.txt")
    [link] = queries.links([second])
    assert (link.parent_id, link.state, link.sign) == (kept, "proposed", "words")
    actions.judge_copy(people["analysis"], link.id, confirmed=True, reason=WHY)
    assert queries.copy(link.id).state == "confirmed"
    assert queries.unjudged() == []


def test_a_rejected_link_no_longer_counts_and_is_judged_once(people, kept):
    second = actions.add(people["analysis"], REPRINT.encode(), name="reprint.txt")
    [link] = queries.links([second])
    actions.judge_copy(people["analysis"], link.id, confirmed=False, reason="Two reporters were in the room.")
    assert queries.links([second]) == []
    with pytest.raises(actions.AlreadyJudged, match="rejected"):
        actions.judge_copy(people["analysis"], link.id, confirmed=True, reason=WHY)


def test_unrelated_reports_are_not_linked(people, kept):
    other = actions.add(
        people["analysis"],
        b"Police in Vienna foiled two plots in May 2019, the ministry said. Terrorism remains a threat.",
        name="x.txt",
    )
    assert queries.links([other]) == []


def test_a_correction_flags_the_claims_it_names_and_only_those(people, kept):
    first, *rest = queries.claims_of(kept)
    actions.correct(
        people["analysis"], kept, claims=[first.id], reason="The outlet says the figure was wrong."
    )
    assert queries.claim(first.id).flag
    assert not any(queries.claim(claim.id).flag for claim in rest)
    assert queries.report(kept).state == "corrected"


def test_a_withdrawal_flags_every_claim(people, kept):
    actions.withdraw(people["analysis"], kept, reason="The wire killed its own story.")
    assert all(claim.flag for claim in queries.claims_of(kept))
    assert queries.claims_since(queries.report(kept).received_at) == []
    with pytest.raises(Conflict, match="withdrawn already"):
        actions.withdraw(people["analysis"], kept, reason="The wire killed its own story.")


@pytest.mark.parametrize(("claims", "why"), [([], "names the claims"), (["claim-0-99"], "not a claim of")])
def test_a_correction_of_nothing_or_of_anothers_claim_is_refused(people, kept, claims, why):
    with pytest.raises(actions.NotItsClaim, match=why):
        actions.correct(
            people["analysis"], kept, claims=claims, reason="The outlet says the figure was wrong."
        )


def test_an_act_without_a_reason_is_refused(people, kept):
    with pytest.raises(actions.NoReason):
        actions.withdraw(people["analysis"], kept, reason="wrong")


def test_a_report_that_is_not_there_is_named(people):
    with pytest.raises(NotFound, match="report-99"):
        actions.withdraw(people["analysis"], "report-99", reason="The wire killed its own story.")


def test_a_day_given_by_a_person_rules_over_the_reports_own(people):
    made = actions.add(people["analysis"], WIRE.encode(), name="wire.txt", published=date(2023, 10, 16))
    assert (queries.report(made).published, queries.report(made).published_basis) == ("2023-10-16", "given")


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_rows_made_again_from_the_record_are_equal(people, kept):
    second = actions.add(people["analysis"], REPRINT.encode(), name="reprint.txt")
    [link] = queries.links([second])
    actions.judge_copy(people["analysis"], link.id, confirmed=True, reason=WHY)
    actions.correct(
        people["analysis"],
        kept,
        claims=[queries.claims_of(kept)[0].id],
        reason="The outlet says the figure was wrong.",
    )
    before = rows()
    rebuild()
    assert rows() == before
