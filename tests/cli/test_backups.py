"""`vigie backup`, `vigie restore`, `vigie upgrade`: a home that was lost comes back, and one of an earlier vigie comes along."""

import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

HOMES = Path(__file__).parents[1] / "data" / "homes"
EXAMPLES = Path(__file__).parents[2] / "src" / "vigie" / "exposure" / "data"
RECEIVED = (
    "receive", "fr-vigipirate-2016", "UA", "--zone", "FR", "--authority", "Prime Minister",
    "--words", "La posture est portée au niveau urgence attentat.", "--source", "https://example.org/notice",
)  # fmt: skip


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def told(vigie, first_home, tmp_path_factory):
    """A home that received a level and told twelve places of it; tests take copies."""
    home = Path(shutil.copytree(first_home, tmp_path_factory.mktemp("told") / "home"))
    for words in (
        ("sites", "import", EXAMPLES / "example-sites.csv"),
        ("owners", "import", EXAMPLES / "example-owners.csv"),
        RECEIVED,
    ):
        done = vigie(*words, "--home", home)
        assert done.code == 0, done.err
    return home


@pytest.fixture(scope="module")
def backed_up(vigie, told, tmp_path_factory):
    """That home after a backup."""
    home = Path(shutil.copytree(told, tmp_path_factory.mktemp("backed-up") / "home"))
    done = vigie("backup", "--home", home, "--json")
    assert done.code == 0, done.err
    assert {Path(done.json[each]).parent for each in ("data", "keys")} == {home / "backups"}
    return home


@pytest.fixture
def busy(request, tmp_path):
    """A copy of the home that told its places, backed up where the test asks for the `copies`."""
    home = request.getfixturevalue("backed_up" if "copies" in request.fixturenames else "told")
    return Path(shutil.copytree(home, tmp_path / "home"))


@pytest.fixture
def copies(busy):
    """Its backup: archive of data, archive of keys."""
    (data,), (keys,) = ((busy / "backups").glob(f"*.{kind}.tar") for kind in ("data", "keys"))
    return data, keys


def test_a_home_that_was_wiped_comes_back_whole_and_holds(vigie, busy, copies, tmp_path):
    data, keys = (Path(shutil.move(path, tmp_path)) for path in copies)
    before = vigie("record", "head", "--home", busy, "--json").json
    shutil.rmtree(busy)
    done = vigie("restore", data, "--keys", keys, "--home", busy, "--json")
    assert done.code == 0, done.err
    assert done.json["verified"]
    assert done.json["entries"] == before["entries"]
    assert vigie("record", "head", "--home", busy, "--json").json["root"] == before["root"]
    assert (
        vigie("tasks", "--home", busy).out.count("Example")
        or vigie("tasks", "--home", busy, "--json").json["tasks"]
    )
    assert (busy / "keys" / "signing.key").stat().st_mode & 0o077 == 0


def test_a_home_put_back_writes_and_sends_nothing_until_a_person_speaks(vigie, busy, copies, tmp_path):
    home = tmp_path / "again"
    assert vigie("restore", copies[0], "--home", home).code == 0
    written = vigie(*RECEIVED, "--home", home)
    assert written.code == 5
    assert "put back from the backup" in written.err
    sent = vigie("send", "--home", home)
    assert sent.code == 5
    assert "vigie send --release" in sent.err
    assert not list((home / "outbox").iterdir())
    assert vigie("tick", "--home", home).code == 0
    assert not list((home / "outbox").iterdir())


def test_the_archive_of_data_opens_no_payload_that_can_be_erased(busy, copies, tmp_path):
    with tarfile.open(copies[0]) as tar:
        tar.extract("record.sqlite3", tmp_path)
        names = tar.getnames()
    assert not [name for name in names if name.startswith("keys/")]
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM ledger_payloadkey").fetchone() == (0,)
    with closing(sqlite3.connect(busy / "record.sqlite3")) as there:
        wrapped = [bytes(row[0]) for row in there.execute("SELECT wrapped FROM ledger_payloadkey")]
    raw = copies[0].read_bytes()
    assert wrapped
    assert not [key for key in wrapped if key in raw]


def test_what_can_be_erased_stands_in_no_archive_of_data_in_plain_words(vigie, busy, copies, tmp_path):
    with closing(sqlite3.connect(busy / "record.sqlite3")) as there:
        [(address,)] = there.execute("SELECT mail FROM exposure_contact ORDER BY mail LIMIT 1")
    with tarfile.open(copies[0]) as tar:
        tar.extract("record.sqlite3", tmp_path)
    assert "@" in address
    assert address.encode() in (busy / "record.sqlite3").read_bytes()
    assert address.encode() not in (tmp_path / "record.sqlite3").read_bytes()
    assert vigie("send", "--home", busy).code == 0
    again = vigie("backup", "--home", busy, "--json").json
    assert address.encode() not in Path(again["data"]).read_bytes()
    assert address.encode() in Path(again["keys"]).read_bytes()


def test_the_copy_of_the_desk_opens_no_session(copies, tmp_path):
    with tarfile.open(copies[0]) as tar:
        tar.extract("desk.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM auth_user").fetchone() == (2,)


def test_a_backup_can_be_tried_out_at_once_and_that_is_on_the_record(vigie, busy):
    done = vigie("backup", "--rehearse", "--home", busy)
    assert done.code == 0, done.err
    assert "Put back and checked" in done.out
    assert not [path for path in (busy / "backups").iterdir() if path.is_dir()]
    with closing(sqlite3.connect(busy / "record.sqlite3")) as record:
        assert record.execute(
            "SELECT count(*) FROM ledger_entry WHERE kind='ledger.backup.rehearsed/1'"
        ).fetchone() == (1,)


def test_the_clock_makes_backups_and_tries_them_out_where_vigie_toml_asks_for_it(vigie, busy):
    with (busy / "vigie.toml").open("a") as file:
        file.write("\n[backup]\nevery_days = 1\nkeep = 2\n")
    first = vigie("tick", "--home", busy)
    assert "backups made: 1" in first.out
    assert "backups tried out: 1" in first.out
    assert "backups" not in vigie("tick", "--home", busy).out


def test_only_as_many_archives_are_kept_as_vigie_toml_says(vigie, busy):
    with (busy / "vigie.toml").open("a") as file:
        file.write("\n[backup]\nkeep = 1\n")
    for _ in range(2):
        assert vigie("backup", "--home", busy).code == 0
    assert len(list((busy / "backups").glob("*.data.tar"))) == 1


def test_a_folder_that_holds_something_is_not_written_over(vigie, busy, copies):
    before = files(busy)
    done = vigie("restore", copies[0], "--home", busy)
    assert done.code == 5
    assert "is not empty" in done.err
    assert files(busy) == before


def test_keys_of_another_home_or_of_an_earlier_day_are_refused_and_nothing_is_left(
    vigie, busy, copies, tmp_path
):
    other = tmp_path / "other"
    assert vigie("init", "--home", other).code == 0
    theirs = vigie("backup", "--home", other, "--json").json["keys"]
    done = vigie("restore", copies[0], "--keys", theirs, "--home", tmp_path / "again")
    assert done.code == 2
    assert "two archives of one instance" in done.err
    assert not (tmp_path / "again").exists()
    swapped = vigie("restore", copies[1], "--keys", copies[0], "--home", tmp_path / "again")
    assert "Expected an archive of data and one of keys" in swapped.err


def test_a_damaged_archive_is_refused_and_nothing_is_left(vigie, copies, tmp_path):
    data = copies[0].read_bytes()
    place = data.index(b"SQLite format 3") + 5000
    copies[0].write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    done = vigie("restore", copies[0], "--home", tmp_path / "again")
    assert done.code == 2
    assert "is not what was put there" in done.err
    assert not list(tmp_path.glob("*again*"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[backup]\nevery = 1", "every"),
        ("[backup]\nkeep = 0", "keep"),
        ('[backup]\nkeys_days = "long"', "keys_days"),
        ("[backup]\nevery_days = -1", "every_days"),
    ],
)
def test_a_setting_that_cannot_be_is_named(vigie, made, lines, said):
    with (made / "vigie.toml").open("a") as file:
        file.write(f"\n{lines}\n")
    done = vigie("backup", "--home", made)
    assert done.code == 2
    assert said in done.err


@pytest.fixture
def earlier(tmp_path, request):
    """A home of an earlier release, as that release left it."""
    with tarfile.open(HOMES / f"{request.param}.tar.gz") as tar:
        tar.extractall(tmp_path / request.param)
    return tmp_path / request.param / "home"


@pytest.mark.parametrize(
    "earlier", [path.name.removesuffix(".tar.gz") for path in sorted(HOMES.iterdir())], indirect=True
)
def test_a_home_of_each_release_is_upgraded_made_again_and_holds(vigie, earlier):
    done = vigie("upgrade", "--home", earlier, "--json")
    assert done.code == 0, done.err
    assert done.json["verified"], done.json["faults"]
    assert Path(done.json["backup"]).is_file()
    assert vigie("record", "rebuild", "--check", "--home", earlier).code == 0
    assert vigie("record", "verify", "--home", earlier).code == 0
    assert vigie("upgrade", "--home", earlier).out.strip() == "The home is up to date."
    assert (
        vigie("level", "fr-vigipirate-2016", "--at", "2024-03-25", "--home", earlier, "--json").json["level"][
            "code"
        ]
        == "UA"
    )


@pytest.mark.parametrize("earlier", ["0.1.0"], indirect=True)
def test_an_earlier_home_is_not_served_before_it_is_upgraded(vigie, earlier):
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    done = vigie("serve", "--home", earlier, "--port", port)
    assert done.code == 5
    assert "vigie upgrade" in done.err


def test_a_rollback_is_declared_then_the_home_writes_and_its_queue_is_let_go_by_a_person(
    vigie, busy, copies, tmp_path
):
    home = tmp_path / "again"
    assert vigie("restore", copies[0], "--home", home).code == 0
    declared = vigie(
        "record", "declare-rollback", "--reason", "The disc died on Sunday.", "--home", home, "--json"
    )
    assert declared.code == 0, declared.err
    assert vigie("send", "--home", home).code == 5
    unsaid = vigie("send", "--release", "--home", home)
    assert unsaid.code == 2
    assert "Say why" in unsaid.err
    sent = vigie("send", "--release", "--reason", "Nothing of it had gone out.", "--home", home, "--json")
    assert sent.code == 0, sent.err
    assert sent.json["files"] == 3
    assert vigie("record", "verify", "--home", home).code == 0


def test_what_was_erased_after_a_backup_is_erased_again_once_it_is_put_back(vigie, busy, copies, tmp_path):
    code = (
        "import sys; from pathlib import Path; from vigie.cli.home import open_home; open_home(Path(sys.argv[1]))\n"
        "from vigie.ledger import actions; from vigie.ledger.kinds import By, KINDS; from vigie.ledger.models import Entry\n"
        "seq = [e.seq for e in Entry.objects.all() if KINDS[e.kind].erasable][0]\n"
        "with actions.recording():\n"
        "    actions.erase(By(person='', office='', via='shell'), [seq], ground='At the owner\\'s request.', authority='data protection officer')\n"
        "print(seq)\n"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code, str(busy)], capture_output=True, text=True, check=True)
    seq = int(done.stdout)
    home = tmp_path / "again"
    assert vigie("restore", copies[0], "--home", home).code == 0
    again = vigie(
        "record", "declare-rollback", "--reason", "The disc died on Sunday.", "--home", home, "--json"
    )
    assert again.json["erased_again"] == [seq]
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        assert not record.execute("SELECT 1 FROM ledger_payload WHERE seq = ?", (seq,)).fetchone()
    assert vigie("record", "verify", "--home", home).code == 0


def test_an_erasure_takes_its_key_out_of_the_archives_beside_the_home(vigie, busy, copies):
    before = copies[1].read_bytes()
    test_what_was_erased_after_a_backup_is_erased_again_once_it_is_put_back(vigie, busy, copies, busy.parent)
    assert copies[1].read_bytes() != before
    assert vigie("backup", "--rehearse", "--home", busy).code == 0
