"""The impact assessment says what this home does, and names nobody."""

import pytest

from vigie.console.impact.document import Document, Section, Table
from vigie.console.impact.kept import WHOSE
from vigie.console.impact.markdown import markdown
from vigie.console.impact.queries import assessment
from vigie.ledger.kinds import KINDS


def text():
    return markdown(assessment())


def test_it_says_whose_home_it_is_when_and_at_which_place_of_the_record(home):
    from vigie.ledger.queries import head

    size, root = head()
    said = text()
    for words in ("Test, instance test", "2024-03-22T12:00:00Z", f"held {size} entries", root.hex()):
        assert words in said


CONFIGURED = [
    (
        '[[decides]]\nscheme = "fr-vigipirate-2016"\nzones = ["FR"]\n',
        "fr-vigipirate-2016: FR",
        "Decide alert levels: none",
    ),
    (
        '[send]\nchannels = ["mailto://somebody:secret@example.org"]\n',
        "| mailto |",
        "what changes for that place | files to send by hand |",
    ),
    ("[backup]\nevery_days = 1\n", "made every 1 days", "made by hand"),
    ('[sign_in]\nstep_up = "passkey"\n', "with a passkey; reasons", "with a passkey, or password and code"),
    ("[sessions]\nidle_minutes = 15\n", "after 15 min without use", "after 1 h without use"),
    (
        "[retention]\nreports = 77\n",
        "| 77 days from the day they came in",
        "| 365 days from the day they came in",
    ),
    (
        "[retention]\nreports = 0\n",
        "originals | until its erasure is ordered |",
        "| 365 days from the day they came in",
    ),
    ("exercise = true\n", "This home is an exercise", ""),
]


@pytest.mark.parametrize(("toml", "said", "unsaid"), CONFIGURED)
def test_another_configuration_gives_another_document(make_home, toml, said, unsaid):
    make_home(toml)
    written = text()
    assert said in written
    assert not unsaid or unsaid not in written
    assert "secret" not in written
    assert "somebody" not in written


def test_what_is_not_configured_is_said_not_to_be(make_home):
    make_home()
    written = text()
    for _toml, said, unsaid in CONFIGURED:
        assert said not in written
        assert unsaid in written


def test_offices_are_listed_with_the_number_of_their_holders_and_no_name(people, django_user_model):
    django_user_model.objects.filter(username="cabinet").update(username="jeanne.martin")
    said = text()
    assert "| Cabinet | proposer | 1 |" in said
    assert "jeanne" not in said
    assert people["cabinet"].person not in said.replace("such as p-3", "")


def test_no_contact_s_address_is_in_it(people):
    from tests.exposure.test_actions import OFFICES, TWO
    from vigie.exposure import actions
    from vigie.exposure.queries import contacts

    actions.import_sites(people["watch"], TWO.encode())
    actions.import_owners(people["watch"], OFFICES.encode())
    kept = contacts().values()
    addresses = [
        given for one in kept for given in (one.mail, one.phone, one.deputy_mail, one.deputy_phone) if given
    ]
    assert addresses
    written = text()
    assert f"Owners who answer for them: {len(kept)}" in written
    assert [given for given in addresses if given in written] == []


def test_every_kind_that_can_be_erased_is_explained(home):
    assert {kind.name for kind in KINDS.values() if kind.erasable} == set(WHOSE)
    said = text()
    for whose, what in WHOSE.values():
        assert f"| {whose} | {what} |" in said


def test_what_a_person_must_write_is_marked(home):
    document = assessment()
    asked = [blank for section in document.sections for blank in section.blanks]
    assert len(asked) > 10
    assert text().count("**To be written by a person:**") == len(asked)


def test_the_selfcheck_s_findings_are_the_measures_in_force(home):
    (home.keys / "signing.key").chmod(0o644)
    assert "| does not hold | Others than their owner can read" in text()


def test_what_a_home_says_stands_as_text_and_not_as_markup():
    table = Table(("A", "B"), (("x|y", "*z*"),))
    said = markdown(Document("T # [a](b)", "Write:", (Section("S", ("<b>",), table, ("why?",)),)))
    assert said.splitlines() == [
        r"# T \# \[a\](b)", "", "## S", "", r"\<b\>", "", "| A | B |", "| --- | --- |", r"| x\|y | \*z\* |", "",
        "> **Write:** why?", "", "…",
    ]  # fmt: skip


def test_the_sheet_to_print_is_for_whoever_may_read_the_record(sign_in):
    html = sign_in("audit").get("/record/impact/").content.decode()
    assert "Notice for contacts, ready to send" in html
    assert sign_in("planning").get("/record/impact/").status_code == 403
