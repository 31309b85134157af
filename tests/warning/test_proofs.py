"""What is public can be proven: each statement and message stands in the public log, beside its proof."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.warning.test_actions import decide, issue, receive
from vigie import times
from vigie.ledger import keys, note, tiles, tlog_proof, tree
from vigie.ledger.models import Entry
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.leaves import PUBLIC
from vigie.ledger.queries import head, verify
from vigie.warning import actions, queries

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "verify_proof.py"


@pytest.fixture
def put(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(using="record", execute=True)


@pytest.fixture
def site(people, home, put):
    """The site of a home that decided a level and told of it."""
    with put():
        issue(people, decide(people))
    return home.public


def alone(*files):
    done = subprocess.run(
        [sys.executable, "-I", CHECKER, *files], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def shown(site):
    """Each file that has a proof beside it."""
    for proof in sorted(site.rglob("*.tlog-proof")):
        [file] = [f for f in proof.parent.glob(f"{proof.stem}.*") if f != proof]
        yield file, proof


def test_every_statement_message_and_list_of_pages_has_a_proof_that_holds(site, home):
    key = keys.signing(home.keys).public_key()
    names = {}
    for file, proof in shown(site):
        held = tlog_proof.read(proof.read_text())
        assert held.check(key, "test/public").size == outer.size(PUBLIC)
        assert held.checkpoint == (site / "log/checkpoint").read_text()
        names[file.relative_to(site).as_posix()] = held.index
        code, said = alone(file, proof, site / "log/vkey")
        assert code == 0, said
        assert "stands in the log test/public since 2024-03-22T12:00:00Z" in said
    assert set(names) == {"decisions/0.json", "files.json", *(f"cap/{m.id}.xml" for m in queries.issued())}
    assert sorted(names.values()) == list(range(outer.size(PUBLIC)))


def test_a_statement_says_what_the_page_says_and_leads_an_inspector_to_its_entry(site):
    said = json.loads((site / "decisions/0.json").read_text())
    assert (said["instance"], said["exercise"], said["kind"]) == ("test", "", "decision")
    assert (said["code"], said["zone"], said["office"]) == ("UA", "FR", "prime-minister")
    entry = Entry.objects.get(leaf=bytes.fromhex(said["entry"]))
    assert entry.kind == "alert.level.approved/1"
    level = json.loads((site / "level.json").read_text())["levels"][0]
    assert (level["statement"], level["proof"]) == ("decisions/0.json", "decisions/0.tlog-proof")


def test_a_reception_is_proven_in_its_authority_s_words(people, receiving_home, put):
    with put():
        actions.publish(people["watch"], because=receive(people["watch"]))
    said = json.loads((receiving_home.public / "decisions/0.json").read_text())
    assert (said["kind"], said["authority"]) == ("reception", "Premier ministre")
    assert said["words"] == "La posture est relevée."


def test_the_public_log_tells_nothing_of_the_record_s_size(site):
    size, root = head()
    for file in (site / "log").rglob("*"):
        if file.is_file():
            text = file.read_bytes()
            assert root not in text
            assert f"\n{size}\n".encode() not in text
    assert outer.size(PUBLIC) == 3


def test_a_statement_keeps_its_place_and_its_bytes_and_its_proof_grows_with_the_log(people, site, put):
    before = (site / "decisions/0.json").read_bytes()
    with put(), times.held(times.parse("2024-03-22T15:00:00Z")):
        actions.publish(people["watch"])
    assert (site / "decisions/0.json").read_bytes() == before
    assert [f.name for f in (site / "decisions").iterdir() if f.suffix == ".json"] == ["0.json"]
    proof = tlog_proof.read((site / "decisions/0.tlog-proof").read_text())
    assert note.parse(proof.checkpoint).checkpoint.size == outer.size(PUBLIC) == 4


def test_the_log_s_tiles_lead_to_its_head_and_stay_while_they_are_part_of_a_size_signed(people, site, put):
    for hour in range(3, 6):
        with put(), times.held(times.parse(f"2024-03-22T1{hour}:00:00Z")):
            actions.publish(people["watch"])
        assert queries.unlike_published() == []
    folder = site / "log/tile"
    assert sorted(f.name for f in (folder / "0/000.p").iterdir()) == ["3", "4", "5", "6"]
    entries = tiles.unbundled((folder / "entries/000.p/6").read_bytes())
    promised = note.read(
        (site / "log/checkpoint").read_text(), keys.signing(site.parent / "keys").public_key()
    )
    assert promised.root == tree.root_of(map(tree.leaf_hash, entries))
    assert [json.loads(entry)["what"] for entry in entries][:1] == ["decisions/0.json"]


def test_a_log_file_that_was_changed_or_taken_away_is_told(people, site, put):
    (site / "log/checkpoint").write_text("forged")
    (site / "log/tile/0/000.p/3").unlink()
    assert queries.unlike_published() == ["log/checkpoint", "log/tile/0/000.p/3"]
    with put():
        actions.publish(people["watch"])
    assert queries.unlike_published() == []


def test_a_changed_file_another_key_and_a_changed_proof_are_refused(site, tmp_path):
    file, proof, vkey = site / "decisions/0.json", site / "decisions/0.tlog-proof", site / "log/vkey"
    changed = tmp_path / "changed.json"
    changed.write_bytes(file.read_bytes().replace(b"UA", b"SR"))
    assert alone(changed, proof, vkey)[0] == 1
    assert "the log holds other bytes" in alone(changed, proof, vkey)[1]
    moved = tmp_path / "moved.tlog-proof"
    moved.write_text(proof.read_text().replace("index 0", "index 1"))
    assert "does not lead to the head" in alone(file, moved, vkey)[1]
    other = tmp_path / "vkey"
    other.write_text(note.verifier_key("test/public", Ed25519PrivateKey.generate().public_key()))
    assert alone(file, proof, other)[0] == 1


def test_each_page_links_its_proof_and_says_how_to_check(site):
    page = (site / "en/fr-vigipirate-2016.FR.html").read_text()
    assert '<a href="../decisions/0.tlog-proof">proof</a>' in page
    assert '<a href="../cap/' in page
    check = (site / "fr/check.html").read_text()
    assert outer.vkey(PUBLIC) in check.replace("&#x3D;", "=").replace("&#x2B;", "+")
    assert "test/public" in check


def test_the_files_are_served_as_other_tools_expect_them(site, client):
    for name, kind, kept in (
        ("log/checkpoint", "text/plain; charset=utf-8", "max-age=60"),
        ("log/tile/entries/000.p/3", "application/octet-stream", "immutable"),
        ("decisions/0.tlog-proof", "text/plain; charset=utf-8", "max-age=60"),
    ):
        answer = client.get(f"/public/{name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert kept in answer["Cache-Control"]


def test_the_record_with_its_public_log_verifies_and_is_rebuilt_row_for_row(site):
    verdict = verify()
    assert verdict.verified, verdict.faults
