"""A scheme of one's own: put on the record, found by name, never changed; and the files of editions in use."""

from hashlib import sha256
from importlib.resources import files

import pytest

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, queries as levels
from vigie.editions import actions, queries
from vigie.editions.models import OwnScheme
from vigie.feeds import actions as feeds
from vigie.ledger.queries import head, recent, verify
from vigie.schemes import reader
from vigie.schemes.text import BadScheme

BLANK = (files("vigie.schemes") / "blank.yaml").read_bytes()
OWN = BLANK.replace(b"xx-example-2020", b"xx-town-2020")
NEXT = OWN.replace(b"xx-town-2020", b"xx-town-2024").replace(
    b"review:", b"predecessor: xx-town-2020\nreview:"
)
FRANCE = "fr-vigipirate-2016"


@pytest.fixture
def added(people):
    return actions.add(people["watch"], OWN, file="own.yaml")


def test_the_record_holds_the_file_to_the_last_byte_and_its_digest(added):
    entry, body = recent(1)[0]
    assert (entry.kind, body.scheme) == ("editions.scheme.added/1", "xx-town-2020")
    assert body.text.encode() == OWN
    assert body.sha256 == sha256(OWN).hexdigest() == reader.digest(added)
    assert verify().verified


def test_what_was_added_is_found_by_name_beside_the_shipped_ones(added):
    assert added in reader.all_ids()
    assert len(reader.all_ids()) == 33
    assert reader.load(added).codes == ("LOW", "HIGH")


@pytest.mark.parametrize("byte_order_mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_file_as_any_editor_writes_it_comes_back_as_it_was(people, byte_order_mark, ends):
    data = byte_order_mark + OWN.replace(b"\n", ends)
    made = actions.add(people["watch"], data)
    assert reader.raw(made) == data
    assert queries.kept(made, sha256(data).hexdigest()) == data


@pytest.mark.parametrize("office", ["analysis", "audit", "planning", "machine-room", "information"])
def test_an_office_without_the_right_adds_none(people, office):
    with pytest.raises(NotAllowed):
        actions.add(people[office], OWN)


def refused(people, data, error, said):
    before, rows = head(), OwnScheme.objects.count()
    with pytest.raises(error, match=said) as raised:
        actions.add(people["watch"], data, file="own.yaml")
    assert (head(), OwnScheme.objects.count()) == (before, rows)
    return raised.value


def test_a_faulty_file_is_refused_with_every_fault_and_nothing_is_written(people):
    faulty = OWN.replace(b"  rank: 2", b"  rank: 5").replace(b"confidence: medium", b"confidence: low")
    fault = refused(
        people, faulty, actions.FaultyScheme, r"own\.yaml cannot be used: 2 faults, the first in line \d+"
    )
    assert [each.rule for each in fault.faults] == ["rank", "word"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: &a [x]\nb: *a\n", "aliases"),
        (b"[" * 3_000, "nested deeper"),
        (b"#" * 1_000_001, "at most 1000000 bytes"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "not a scheme"),
        (b"a: !!python/object/apply:os.system [x]\n", "faults"),
    ],
)
def test_a_hostile_file_is_refused(people, data, said):
    refused(people, data, (BadScheme, actions.FaultyScheme), said)


def test_a_shipped_schemes_name_is_refused(people):
    refused(people, OWN.replace(b"xx-town-2020", b"nl-dtn"), actions.NameTaken, "vigie ships")


def test_the_same_file_twice_is_refused_and_so_is_another_text_by_the_same_name(people, added):
    refused(people, OWN, actions.NameTaken, "byte for byte")
    refused(people, OWN + b"# mended\n", actions.NameTaken, "id of its own, with predecessor: xx-town-2020")


def test_a_predecessor_that_is_no_scheme_is_refused(people):
    refused(people, NEXT, reader.UnknownScheme, "xx-town-2020")


def test_each_way_a_level_comes_in_keeps_the_shipped_file_it_stands_under(people, settings):
    folder = settings.VIGIE_HOME.editions
    given = {"scheme": FRANCE, "code": "UA", "zone": "FR", "effective": times.now()}
    alert.propose(people["cabinet"], reasons="An attack abroad was claimed.", **given)
    [kept] = folder.iterdir()
    assert (kept.stem, kept.read_bytes()) == (reader.digest(FRANCE), reader.raw(FRANCE))
    kept.unlink()
    told = {"authority": "Prime Minister", "words": "UA", "source": "https://example.org/"}
    reception = alert.receive(people["watch"], **given, **told)
    assert list(folder.iterdir()) == [kept]
    kept.unlink()
    feeds.second_road(
        people["watch"], reception, authority="AFP", words="UA", source="https://example.org/afp"
    )
    assert list(folder.iterdir()) == [kept]


def test_a_scheme_of_ones_own_is_kept_by_the_record_alone(people, added, settings):
    alert.receive(
        people["watch"], scheme=added, code="HIGH", zone="XX", authority="Mayor", words="High.",
        source="https://example.org/", effective=times.now(),
    )  # fmt: skip
    assert not settings.VIGIE_HOME.editions.exists()
    assert levels.holds(added, "XX").winner.code == "HIGH"
