import io
import re
import zipfile

import pytest
from django.conf import settings

from vigie.alert import actions
from vigie.ledger.models import Payload
from vigie.ledger.queries import head, one

from .test_situation import REASONS, in_force, proposed, words  # noqa: F401


def test_entries_stand_newest_first_with_office_and_kind(sign_in, in_force):  # noqa: F811
    said = words(sign_in("audit").get("/record/"))
    assert said.index("alert.level.approved/1") < said.index("alert.level.proposed/1")
    assert "Prime Minister" in said


def test_the_list_can_be_asked_about_one_thing(sign_in, in_force):  # noqa: F811
    said = words(sign_in("audit").get(f"/record/?subject={in_force}"))
    assert "alert.level.approved/1" in said
    assert "accounts.office.opened/1" not in said


def test_a_long_list_goes_on_without_gap_or_repetition(sign_in, people):
    client, address, seen = sign_in("audit"), "/record/", []
    while address:
        html = client.get(address).content.decode()
        seen += [int(seq) for seq in re.findall(r'scope="row"[^>]*><a href="/record/(\d+)/"', html)]
        older = re.search(r'href="\?before=(\d+)"', html)
        address = f"/record/?before={older[1]}" if older else ""
    assert seen == list(range(max(seen), -1, -1))


def test_a_whole_record_is_found_whole(sign_in, in_force):  # noqa: F811
    assert "every link is intact" in words(sign_in("audit").post("/record/check/"))


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_a_changed_entry_is_named(sign_in, in_force):  # noqa: F811
    from django.db import connections

    from vigie.ledger.append_only import lifted

    with connections["record"].cursor() as cursor:
        for statement in lifted(connections["record"].vendor):
            cursor.execute(statement)
    payload = Payload.objects.get(entry_id=5)
    Payload.objects.filter(entry_id=5).update(body=bytes(payload.body).replace(b'"', b"'", 1))
    said = words(sign_in("audit").post("/record/check/"))
    assert "The record does not hold." in said
    assert "entry 5" in said


def test_an_entry_says_what_it_holds_to_those_who_may_read_the_record(sign_in, proposed):  # noqa: F811
    seq = proposed.removeprefix("decision-")
    assert REASONS in words(sign_in("audit").get(f"/record/{seq}/"))


def test_an_entry_shows_others_its_envelope_alone(sign_in, proposed):  # noqa: F811
    seq = proposed.removeprefix("decision-")
    said = words(sign_in("planning").get(f"/record/{seq}/"))
    assert "Level proposed" in said
    assert REASONS not in said
    assert "open to offices that may read the record" in said


def test_an_entry_that_is_not_there_is_said_not_to_be(sign_in):
    answer = sign_in("audit").get("/record/999999/")
    assert answer.status_code == 404
    assert "The record has no entry 999999. It holds entries 0 to" in words(answer)


def test_the_list_is_not_for_every_office(sign_in):
    assert sign_in("planning").get("/record/").status_code == 403
    assert sign_in("planning").post("/record/check/").status_code == 403


def test_checking_changes_nothing(sign_in, people):
    from vigie.ledger.queries import head

    before = head()
    sign_in("audit").post("/record/check/")
    assert head() == before


def test_an_answer_of_the_machine_is_not_said_to_be_a_persons(sign_in, people):
    assert "the machine" in words(sign_in("audit").get("/record/0/"))
    assert actions  # the room is loaded: its kinds are known


def test_an_inspector_s_bundle_is_one_click_and_on_the_record(sign_in, people):
    answer = sign_in("audit").post("/record/bundle/")
    assert answer.status_code == 200
    size = head()[0] - 1  # the entry that says so is written once the bundle is made
    assert answer["Content-Disposition"] == f'attachment; filename="test-record-{size}.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as zipped:
        names = zipped.namelist()
        signed = zipped.read("record/checkpoint").decode().split("\n")
    assert {"README.txt", "verify_record.py", "record/vkey", "definitions/glossary.md"} <= set(names)
    assert signed[1] == str(size)
    written, body = one(size - 1)
    assert (written.kind, written.by.office) == ("ledger.record.exported/1", "audit")
    assert (body.size, body.form) == (size, "bundle")
    assert not list(settings.VIGIE_HOME.path.glob("bundle-*"))


@pytest.mark.parametrize("office", ["machine-room", "cabinet"])
def test_who_may_not_read_the_record_gets_no_bundle(sign_in, people, office):
    size = head()[0]
    assert sign_in(office).post("/record/bundle/").status_code == 403
    assert all(one(seq)[0].kind != "ledger.record.exported/1" for seq in range(size, head()[0]))
