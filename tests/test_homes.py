"""Homes and their vigie.toml."""

from datetime import timedelta

import pytest

from vigie import homes, times

PROVIDER = (
    "[[sign_in.provider]]\nid = 'ministry'\nname = 'The ministry'\nissuer = 'https://login.example.org'\n"
    "client = 'vigie'\nsecret = 'ministry.secret'\n"
)


def test_a_home_decides_nothing_unless_it_says_so(tmp_path):
    home = homes.create(tmp_path / "a", title='A "town"')
    assert home.title == 'A "town"'
    assert not home.may_decide("fr-vigipirate-2016", "FR")


def test_a_zone_covers_its_parts_and_nothing_that_only_starts_alike(tmp_path):
    home = homes.create(tmp_path / "a", title="A", toml='[[decides]]\nscheme = "s"\nzones = ["FR"]\n')
    assert home.may_decide("s", "FR")
    assert home.may_decide("s", "FR-IDF")
    assert not home.may_decide("s", "FRX")
    assert not home.may_decide("s", "BE")
    assert not home.may_decide("t", "FR")


@pytest.mark.parametrize("title", ["line\nbreak", "back\\slash", 'quote"', "[x]"])
def test_any_title_reads_back(tmp_path, title):
    assert homes.create(tmp_path / "a", title=title).title == "".join(c for c in title if c.isprintable())


def test_an_exercise_has_its_word_and_a_real_home_none(tmp_path):
    assert homes.create(tmp_path / "a", title="A", toml="exercise = true\n").frame == "EXERCISE"
    assert (
        homes.create(tmp_path / "b", title="B", toml='exercise = true\nframe = "REPLAY"\n').frame == "REPLAY"
    )
    assert homes.create(tmp_path / "c", title="C", toml='frame = "REPLAY"\n').frame == ""


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("surprise = 1\n", "surprise, which vigie does not know"),
        ("zone = 'Nowhere'\n", "IANA"),
        ("decides = 'FR'\n", r"\[\[decides\]\]"),
        ("decides = [{scheme = 's'}]\n", "missing required field `zones`"),
        ("x = \n", "cannot be read"),
        ('exercise = "no"\n', "`bool`"),
        ("clock = 3\n", "clock"),
        ("[clock]\nstart = '2024-03-28'\n", "real"),
        ("send = 'x'\n", "send"),
        ("[send]\nchannels = 'json://x'\n", "channels"),
        ("retention = {a = 'b'}\n", "retention"),
        ("languages = 'en'\n", "languages"),
        ("languages = ['xx']\n", "one or more of: en, fr"),
        ("languages = []\n", "one or more of: en, fr"),
        ("decides = [{scheme = 's', zones = 'FR'}]\n", "zones"),
        ("address = 'https://[::'\n", "address"),
        ("address = 'town.example'\n", "address"),
        ("address = 'http://h:99999'\n", "address"),
        ("zone = 3\n", "zone"),
        ("[sessions]\nidle_minutes = 0\n", "idle_minutes"),
        ("[sessions]\nlongest_minutes = 1500\n", "longest_minutes"),
        ("[sessions]\nidle = 5\n", "idle"),
        ("[sign_in]\nstep_up = 'sms'\n", "step_up"),
        (PROVIDER.replace("https:", "http:"), "begins with https"),
        (PROVIDER.replace("ministry.secret", "../ministry.secret"), "secret"),
        (PROVIDER.replace("'ministry'", "'The Ministry'"), "id"),
        (PROVIDER + PROVIDER, "two providers"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(tmp_path, toml, said):
    with pytest.raises((homes.BadHome, times.BadTime), match=said):
        homes.create(tmp_path / "a", title="A", toml=toml)
    assert not (tmp_path / "a").exists(), "a home that could not be made leaves nothing behind"


def test_a_failed_home_leaves_an_empty_folder_as_it_was(tmp_path):
    with pytest.raises(homes.BadHome):
        homes.create(tmp_path, title="A", toml="surprise = 1\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("held", [b"\xff\xfe", None])
def test_a_file_that_is_no_text_or_no_file_is_named(tmp_path, held):
    file = tmp_path / "vigie.toml"
    file.mkdir() if held is None else file.write_bytes(held)
    with pytest.raises(homes.BadHome, match=r"vigie\.toml cannot be read"):
        homes.load(tmp_path)


def test_what_is_restricted_is_readable_by_the_owner_alone(tmp_path):
    home = homes.create(tmp_path / "a", title="A")
    for path in (home.keys, home.originals, home.outbox, home.record_db, home.desk_db):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_folder_with_something_in_it_is_not_taken(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(homes.HomeTaken):
        homes.create(tmp_path, title="A")
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_the_named_folder_goes_before_the_environment_and_that_before_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "env"))
    assert homes.locate(tmp_path / "named") == tmp_path / "named"
    assert homes.locate() == tmp_path / "env"
    monkeypatch.delenv("VIGIE_HOME")
    monkeypatch.chdir(tmp_path)
    assert homes.locate() == tmp_path / "vigie-home"


def test_where_there_is_no_home_the_way_to_make_one_is_said(tmp_path):
    with pytest.raises(homes.BadHome, match="vigie init --home"):
        homes.load(tmp_path)


WITNESS = '[[witnesses.of]]\nname = "{name}"\nurl = "{url}"\nvkey = "{vkey}"\n'


def witness(name="press", url="https://witness.example", vkey="k"):
    return WITNESS.format(name=name, url=url, vkey=vkey)


def test_witnesses_and_their_number_are_read(tmp_path):
    toml = "[witnesses]\nneed = 1\n" + witness() + witness("radio", vkey="l")
    home = homes.create(tmp_path / "home", title="T", toml=toml)
    assert (home.witnesses.need, home.witnesses.stop) == (1, False)
    assert [w.name for w in home.witnesses.of] == ["press", "radio"]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[witnesses]\nneed = 1\n", "needs 1 of 0 witnesses"),
        ("[witnesses]\nneed = 0\n" + witness(), "needs 0 of 1 witnesses"),
        ("[witnesses]\nneed = 2\n" + witness(), "needs 2 of 1 witnesses"),
        ("[witnesses]\n" + witness(), "Write .witnesses. with need"),
        ("[witnesses]\nneed = 1\nkey = 2\n" + witness(), "Write .witnesses. with need"),
        ("[witnesses]\nneed = 1\n" + witness(url="ftp://x"), "at 'ftp://x'"),
        ("[witnesses]\nneed = 1\n" + witness(name=""), "a name of at most 60 letters"),
        ("[witnesses]\nneed = 1\n" + witness() + witness(vkey="l"), "listed twice"),
        ("[witnesses]\nneed = 1\n" + witness() + witness("radio"), "listed twice"),
        ('[time_stamps]\nurl = "tsa"\ncertificates = "ca.pem"\n', "has the address 'tsa'"),
        ('[time_stamps]\nurl = "https://tsa.example"\ncertificates = ""\n', "a file of PEM certificates"),
        ('[time_stamps]\nurl = "https://tsa.example"\n', "certificates"),
    ],
)
def test_witnesses_and_authorities_that_cannot_be_are_refused(tmp_path, toml, told):
    with pytest.raises(homes.BadHome, match=told):
        homes.create(tmp_path / "home", title="T", toml=toml)


def test_sessions_and_proofs_have_sane_limits_and_no_provider_unless_the_home_says_so(tmp_path):
    home = homes.create(tmp_path / "a", title="A")
    assert (home.session_idle, home.session_longest) == (timedelta(minutes=60), timedelta(hours=10))
    assert (home.step_up, home.providers) == ("any", ())
    told = "[sessions]\nidle_minutes = 15\n[sign_in]\nstep_up = 'passkey'\n" + PROVIDER
    other = homes.create(tmp_path / "b", title="B", toml=told)
    assert other.session_idle == timedelta(minutes=15)
    assert other.step_up == "passkey"
    assert [one.name for one in other.providers] == ["The ministry"]


def test_a_secret_shared_with_a_provider_is_read_from_a_file_that_nobody_else_can_read(tmp_path):
    home = homes.create(tmp_path / "a", title="A", toml=PROVIDER)
    (provider,) = home.providers
    with pytest.raises(homes.BadHome, match=r"cannot be read from .*ministry\.secret"):
        provider.shared_secret()
    provider.secret.write_text(" a secret\n")
    provider.secret.chmod(0o644)
    with pytest.raises(homes.BadHome, match="chmod 600"):
        provider.shared_secret()
    provider.secret.chmod(0o600)
    assert provider.shared_secret() == "a secret"
    provider.secret.write_text("\n")
    with pytest.raises(homes.BadHome, match="is empty"):
        provider.shared_secret()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[waves.urgent]\ndeputies_after = 60\nsuperiors_after = 30", "superiors after deputies"),
        ("[waves.other]\nremind_every = 14", "15 to 10080"),
        ("[waves]\nquiet = 'at night'", r"\$\.waves\.quiet"),
        ("[waves]\nloud = true", "loud"),
    ],
)
def test_waves_that_cannot_be_are_refused(tmp_path, lines, said):
    (tmp_path / "vigie.toml").write_text(f'instance = "town"\n{lines}\n')
    with pytest.raises(homes.BadHome, match=said):
        homes.load(tmp_path)


def test_waves_are_read_and_what_is_left_out_has_its_usual_value(tmp_path):
    (tmp_path / "vigie.toml").write_text(
        'instance = "town"\n[waves]\nquiet = "21:00-07:00"\n[waves.urgent]\ndeputies_after = 5\n'
    )
    waves = homes.load(tmp_path).waves
    assert (waves.quiet, waves.urgent.deputies_after, waves.urgent.superiors_after) == ("21:00-07:00", 5, 45)


def test_ceilings_name_channels_there_are_and_labels_there_are(tmp_path):
    def given(lines):
        (tmp_path / "vigie.toml").write_text(
            f'instance = "town"\n[send]\nchannels = ["json://x/{{owner}}"]\n{lines}\n'
        )
        return homes.load(tmp_path)

    assert given('[send.ceilings]\njson = "TLP:AMBER"').ceilings == (("json", "TLP:AMBER"),)
    with pytest.raises(homes.BadHome, match="no channel begins with sms"):
        given('[send.ceilings]\nsms = "TLP:AMBER"')
    with pytest.raises(homes.BadHome, match="ceilings"):
        given('[send.ceilings]\njson = "secret"')
