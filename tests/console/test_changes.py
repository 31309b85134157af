"""What an entry changed, said on its page."""

from vigie import times
from vigie.accounts.actions import found_office
from vigie.alert import actions as alert, queries as levels
from vigie.console.changes import Change, changes
from vigie.ledger.kinds import KINDS
from vigie.ledger.models import Entry


def newest(name):
    return Entry.objects.filter(kind__startswith=f"{name}/").latest("seq").seq


def test_fields_that_differ_are_listed_with_what_they_were_and_are():
    before = {"code": "SRRA", "until": None, "roles": ["duty"], "digest": "a", "gone": 1}
    after = {"code": "UA", "until": "2024-04-01", "roles": ["duty", "reader"], "digest": "b", "zone": "FR"}
    assert changes(before, after) == [
        Change("code", "SRRA", "UA"),
        Change("until", "", "2024-04-01"),
        Change("roles", "duty", "duty, reader"),
    ]
    assert changes(before, before) == []


def test_every_kind_it_speaks_of_is_a_kind_of_the_record(home):
    from vigie.console.changes import BEFORE

    names = {kind.name for kind in KINDS.values()}
    assert {name for kind, earlier in BEFORE.items() for name in (kind, *earlier)} <= names


def test_the_page_of_an_office_opened_anew_says_what_changed(people, sign_in):
    found_office("watch", "Night watch", ["duty", "reader"])
    page = sign_in("audit").get(f"/record/{newest('accounts.office.opened')}/").content.decode()
    assert "What changed" in page
    assert '<td data-label="Was">Watch</td>' in page
    assert '<td data-label="Is">Night watch</td>' in page


def test_a_proposal_written_anew_is_held_against_the_one_it_replaces_and_then_against_its_last_writing(
    people, sign_in
):
    given = {"scheme": "fr-vigipirate-2016", "zone": "FR", "effective": times.now()}
    made = alert.propose(people["cabinet"], code="SRRA", reasons="An attack abroad was claimed.", **given)
    for reasons in ("A second attack abroad was claimed.", "A third attack abroad was claimed."):
        alert.return_(people["prime-minister"], made, reason="Say more about the second one.")
        row = levels.decision(made)
        alert.revise(people["cabinet"], made, code="UA", reasons=reasons, effective=row.effective)
        page = sign_in("audit").get(f"/record/{newest('alert.level.revised')}/").content.decode()
    assert "A second attack abroad was claimed." in page
    assert "A third attack abroad was claimed." in page
    assert '<td data-label="Was">SRRA</td>' not in page


def test_an_entry_that_says_something_for_the_first_time_changes_nothing(people, sign_in):
    first = Entry.objects.filter(kind__startswith="accounts.office.opened/").earliest("seq").seq
    assert "What changed" not in sign_in("audit").get(f"/record/{first}/").content.decode()


def test_who_may_not_read_the_record_is_told_no_change(people, sign_in):
    found_office("watch", "Night watch", ["duty"])
    page = sign_in("information").get(f"/record/{newest('accounts.office.opened')}/").content.decode()
    assert "Night watch" not in page
