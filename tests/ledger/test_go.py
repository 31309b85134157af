"""Go's own library of transparent logs reads what this record writes, and refuses what was tampered with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ledger import forging
from vigie.ledger import note, tiles, tlog_proof, tree
from vigie.ledger.exports import layout
from vigie.ledger.witnesses import submission

PROGRAM = Path(__file__).resolve().parents[2] / "tools" / "verify_log.go"
LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
pytestmark = [
    pytest.mark.skipif(shutil.which("go") is None, reason="no Go here: apt-get install golang"),
    pytest.mark.skipif(
        not LIBRARY.is_dir(), reason="no golang.org/x/mod here: apt-get install golang-golang-x-mod-dev"
    ),
]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIZE = 2000
ENTRIES = [f"entry {n}".encode() for n in range(70_000)]
GROWN = tiles.grown(map(tree.leaf_hash, ENTRIES))


@pytest.fixture(scope="module")
def go(tmp_path_factory):
    """Run the checker: gives its exit code and what it said."""
    made = tmp_path_factory.mktemp("go")
    env = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(made / "cache"),
        "GOFLAGS": "",
    }
    program = made / "verify_log"
    built = subprocess.run(
        ["go", "build", "-o", program, PROGRAM],
        capture_output=True,
        text=True,
        env=env,
        cwd=made,
        check=False,
    )
    assert built.returncode == 0, built.stderr

    def run(*words):
        done = subprocess.run([program, *words], capture_output=True, text=True, timeout=120, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


def signed(size, key=KEY, **changes):
    root = tree.root_at(GROWN.node, size)
    return note.sign(note.Checkpoint(**{"origin": "test/public", "size": size, "root": root, **changes}), key)


def written(folder, size):
    """Write a public log as static files."""

    def put(name, data):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    put(layout.VKEY, note.verifier_key("test/public", KEY.public_key()).encode())
    put(layout.HEAD, signed(size).encode())
    for level, place, width in tiles.spans(size):
        put(tiles.tile_name(level, place, width), tiles.own_hashes(GROWN.tile(level, place), width))
        if level == 0:
            put(tiles.tile_name(layout.ENTRIES, place, width), tiles.bundle(ENTRIES[place * 256 :][:width]))
    return folder


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A public log of SIZE leaves."""
    return written(tmp_path_factory.mktemp("log"), SIZE)


def kept(tmp_path, text, name="given"):
    file = tmp_path / name
    file.write_text(text)
    return file


def test_every_entry_of_a_long_log_is_accepted(go, tmp_path):
    assert go(written(tmp_path, 70_000)) == (0, "All holds.\n")


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1999, 2000])
def test_a_checkpoint_pair_and_our_own_proof_of_it_are_accepted_and_altered_ones_are_not(
    go, log, tmp_path, size
):
    older = kept(tmp_path, signed(size), "older")
    proof = tree.consistency_proof(GROWN.node, size, SIZE)
    sent = submission.write(size, proof, signed(SIZE)).decode()
    assert go(log, older, kept(tmp_path, sent)) == (0, "All holds.\n")
    forked = kept(tmp_path, signed(size, root=tree.EMPTY), "forked")
    assert go(log, forked)[0] == 1
    if proof:
        altered = submission.write(size, [tree.EMPTY, *proof[1:]], signed(SIZE)).decode()
        assert go(log, older, kept(tmp_path, altered))[0] == 1


@pytest.mark.parametrize("index", [0, 255, 256, 1023, 1999])
def test_our_proof_of_an_entry_is_accepted_and_an_altered_one_is_not(go, log, tmp_path, index):
    path = tree.inclusion_proof(GROWN.node, index, SIZE)
    proof = tlog_proof.Proof(ENTRIES[index], index, path, signed(SIZE))
    assert go(log, kept(tmp_path, proof.text())) == (0, "All holds.\n")
    for changed in (
        tlog_proof.Proof(b"another entry", index, path, signed(SIZE)),
        tlog_proof.Proof(ENTRIES[index], index ^ 1, path, signed(SIZE)),
        tlog_proof.Proof(ENTRIES[index], index, path[1:], signed(SIZE)),
        tlog_proof.Proof(ENTRIES[index], index, path, signed(SIZE, Ed25519PrivateKey.generate())),
        tlog_proof.Proof(ENTRIES[index], index, path, signed(SIZE, origin="elsewhere")),
    ):
        assert go(log, kept(tmp_path, changed.text()))[0] == 1


def test_a_record_left_alone_is_accepted(go, tmp_path):
    folder = forging.exported(forging.whole(), tmp_path / "export")
    assert go(folder, kept(tmp_path, forging.whole().head)) == (0, "All holds.\n")


@pytest.mark.parametrize("way", forging.WAYS)
def test_each_tampering_is_refused(go, tmp_path, way):
    folder = forging.exported(forging.tampered(way), tmp_path / "export")
    assert go(folder, kept(tmp_path, forging.whole().head))[0] == 1
    assert (go(folder)[0] == 0) is (way in forging.BY_AN_OLDER_CHECKPOINT_ALONE)
