"""Another vigie, as far as its key goes: what is proven is heard, what is forged, old, cut or written anew is not."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from vigie import importers, steps, times
from vigie.alert import actions, queries
from vigie.importers.said import Doubtful, Known, NoAnswer
from vigie.ledger import keys, note
from vigie.ledger.outer import queries as outer
from vigie.listening import Feed
from vigie.warning import actions as warning

SCHEME = "fr-vigipirate-2016"
pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)


class State:
    """A home that decides and publishes, its files on a server of loopback, and a feed that pins its key."""

    def __init__(self, home, people, site):
        self.home, self.people, self.site = home, people, site

    def decide(self, code, until=None):
        now = times.now()
        made = actions.propose(
            self.people["cabinet"], scheme=SCHEME, code=code, zone="FR", reasons="A trial of what others may believe of us.", effective=now,
            until=until, review=now + timedelta(days=7),
        )  # fmt: skip
        steps.sign(self.people["prime-minister"], made, seen=queries.decision(made).digest)

    def publish(self):
        warning.publish(self.people["information"])
        self.show()

    def show(self):
        """Serve what stands in the public folder now."""
        self.site.has = {
            "/" + path.relative_to(self.home.public).as_posix(): (200, {}, path.read_bytes())
            for path in self.home.public.rglob("*")
            if path.is_file()
        }

    @property
    def feed(self):
        return Feed(
            "state", "vigie", "The State", self.site.address, SCHEME, ("FR",), vkey=outer.vkey("public")
        )

    def look(self, known=None, *, feed=None, exercise=False, now=None):
        return importers.look(feed or self.feed, known or Known(), exercise=exercise, now=now or times.now())

    def refused(self, known=None, **more):
        with pytest.raises(Doubtful) as fault:
            self.look(known, **more)
        return fault.value.rule


def after(found, before=None):
    """What is known once a look was believed."""
    last = dict(before.last if before else {}) | {s.zone: s.identity for s in found.said}
    sent = dict(before.sent if before else {}) | {s.zone: s.sent for s in found.said}
    return Known(last, sent, found.etag, found.modified, found.position, found.updated)


@pytest.fixture
def state(home, people, site):
    made = State(home, people, site)
    made.decide("SRRA")
    made.publish()
    return made


def test_a_level_is_heard_with_its_author_its_word_and_what_proves_it(state):
    [said] = state.look().said
    assert (said.zone, said.code, said.authority) == ("FR", "SRRA", "Prime Minister")
    assert said.words == "Sécurité renforcée - risque attentat"
    statement, _, proof = said.evidence.partition("\n")
    assert sha256(statement.encode()).hexdigest() == said.sha256 == said.identity
    assert note.parse(proof).checkpoint.origin == "test/public"


def test_what_was_heard_is_no_news_and_what_comes_after_is(state):
    known = after(state.look())
    state.publish()
    again = state.look(known)
    assert not again.said
    assert again.position.size > known.position.size
    state.decide("UA")
    state.publish()
    assert [s.code for s in state.look(after(again, known)).said] == ["UA"]


def test_a_level_that_comes_back_is_heard_again(state):
    known = after(state.look())
    for code in ("UA", "SRRA"):
        state.decide(code)
        state.publish()
        found = state.look(known)
        assert [s.code for s in found.said] == [code]
        known = after(found, known)


def test_a_log_of_more_than_one_tile_is_followed(state):
    from vigie.ledger.actions import recording
    from vigie.ledger.outer.actions import enter
    from vigie.ledger.outer.leaves import PUBLIC, Released

    known = after(state.look())
    with recording():
        many = [Released(f"x/{number}", b"%d" % number) for number in range(300)]
        enter(state.people["information"].by(), PUBLIC, many, marking="TLP:CLEAR")
    state.publish()
    followed = state.look(known)
    assert followed.position == state.look().position
    assert followed.position.size > 300


def test_the_end_of_a_level_is_heard(state):
    known = after(state.look())
    until = times.now() + timedelta(hours=1)
    state.decide("UA", until)
    state.publish()
    known = after(state.look(known), known)
    from vigie.alert.actions import note_expiries

    with times.held(until + timedelta(minutes=1)):
        note_expiries()
        state.publish()
        [said] = state.look(known).said
    assert (said.zone, said.code) == ("FR", "")


def test_another_key_is_not_believed(state):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    other = Ed25519PrivateKey.generate()
    forged = replace(state.feed, vkey=note.verifier_key("test/public", other.public_key()))
    assert state.refused(feed=forged) == "not-proven"


def test_another_log_of_the_same_key_is_not_believed(state):
    key = keys.signing(state.home.keys).public_key()
    other = replace(state.feed, vkey=note.verifier_key("test/partners/x", key))
    assert state.refused(feed=other) == "not-proven"


def test_a_key_that_is_none_is_named(state):
    assert state.refused(feed=replace(state.feed, vkey="nonsense")) == "bad-key"


def change(state, name, old, new):
    status, headers, body = state.site.has[f"/{name}"]
    assert old in body
    state.site.has[f"/{name}"] = (status, headers, body.replace(old, new))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("level.json", b'"SRRA"', b'"VIG"'),
        ("files.json", b"level.json", b"lever.json"),
        ("decisions/0.json", b"SRRA", b"VIGI"),
    ],
)
def test_a_changed_file_is_not_believed(state, name, old, new):
    change(state, name, old, new)
    assert state.refused() == "altered"


def test_a_flipped_letter_of_the_proof_changes_nothing_that_is_heard(state):
    """The last lines are a second signature, which this reader does not ask."""
    [said] = state.look().said
    status, headers, body = state.site.has["/files.tlog-proof"]
    for place in range(0, len(body), 37):
        flipped = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        state.site.has["/files.tlog-proof"] = (status, headers, flipped)
        with suppress(Doubtful, NoAnswer):
            [found] = state.look().said
            assert replace(found, evidence="") == replace(said, evidence="")


def test_an_old_site_shown_again_is_a_rollback(state):
    old = dict(state.site.has)
    known = after(state.look())
    state.decide("UA")
    state.publish()
    known = after(state.look(known), known)
    state.site.has = old
    assert state.refused(known) == "rollback"


def test_an_old_listing_under_a_new_checkpoint_is_not_the_newest(state):
    from vigie.ledger.outer.leaves import PUBLIC
    from vigie.warning.site import LISTED

    [place] = outer.places(PUBLIC, [sha256(state.site.has[f"/{LISTED}"][2]).hexdigest()]).values()
    old = dict(state.site.has)
    state.decide("UA")
    state.publish()
    new = dict(state.site.has)
    state.site.has = new | {name: old[name] for name in ("/level.json", "/files.json")}
    state.site.put("/files.tlog-proof", outer.proofs(PUBLIC, [place])[place].encode())
    assert state.refused() == "not-newest"


def test_a_log_written_anew_is_a_fork(state):
    known = after(state.look())
    state.publish()
    other = replace(known, position=replace(known.position, edge="00" * (len(known.position.edge) // 2)))
    assert state.refused(other) == "fork"


def test_a_log_of_the_same_size_that_differs_is_a_fork(state):
    known = after(state.look())
    other = replace(known, position=replace(known.position, edge="11" * (len(known.position.edge) // 2)))
    assert state.refused(other) == "fork"


def test_past_its_own_date_nothing_new_is_taken_and_what_it_says_is_told(state):
    late = times.now() + timedelta(hours=25)
    with pytest.raises(Doubtful, match=r"SRRA \(FR\)") as fault:
        state.look(now=late)
    assert fault.value.rule == "stale"
    assert not state.look(after(state.look()), now=late).said  # what was heard in time stays heard


def test_a_clock_that_is_ahead_or_went_back_is_refused(state):
    assert state.refused(now=times.now() - timedelta(hours=1)) == "future"
    known = after(state.look())
    assert state.refused(replace(known, updated=times.now() + timedelta(hours=1))) == "backwards"


def test_nothing_passes_between_an_exercise_and_a_real_home(state):
    assert state.refused(exercise=True) == "other-world"


def test_a_zone_or_a_scheme_it_may_not_speak_of_is_not_heard(state):
    assert not state.look(feed=replace(state.feed, zones=("FR-IDF",))).said
    assert not state.look(feed=replace(state.feed, scheme="be-ocam", zones=("BE",))).said


def test_a_site_that_is_being_published_is_looked_at_again(state):
    whole = state.site.has["/level.json"]
    state.site.has["/level.json"] = lambda _headers: (200, {}, b"half")
    asked = []

    def then_whole(_headers):
        asked.append(1)
        return whole if len(asked) > 1 else (200, {}, b"half")

    state.site.has["/level.json"] = then_whole
    assert [s.code for s in state.look().said] == ["SRRA"]


def test_a_server_without_a_site_was_not_heard(state):
    state.site.has = {}
    with pytest.raises(NoAnswer):
        state.look()


def test_level_json_of_any_shape_is_a_doubt_and_no_crash(state):
    for shape in ([], {"levels": 3}, {"instance": "x"}, "[" * 5000):
        data = shape if isinstance(shape, str) else json.dumps(shape)
        state.site.put("/level.json", data.encode())
        assert state.refused() == "altered"
