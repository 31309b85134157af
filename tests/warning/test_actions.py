"""Messages drafted, approved, corrected, withdrawn; facts; the public site; and every refusal."""

import json
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as levels, queries as level_queries
from vigie.alert.moves import WrongMove
from vigie.alert.signing import DraftEdited, SamePerson
from vigie.errors import BadInput, Conflict, NotFound, OutOfRoom
from vigie.exposure.areas import UnknownArea
from vigie.ledger.queries import head, verify
from vigie.warning import actions, queries
from vigie.warning.cap import BadMessage
from vigie.warning.cap_check import check
from vigie.warning.cap_xml import from_bytes
from vigie.warning.compose import Faulty, MissingTranslation, Text, Weight, proposed_texts
from vigie.warning.models import Fact, Message, Publication

WHY = "An attack abroad was claimed by a group that has tried here before."
WRONG = "The level was announced for the wrong zone."


def decide(people, code="UA", zone="FR", **changes):
    given = {"reasons": WHY, "effective": times.now(), **changes}
    decision = levels.propose(people["cabinet"], scheme="fr-vigipirate-2016", code=code, zone=zone, **given)
    levels.approve(people["prime-minister"], decision, seen=level_queries.decision(decision).digest)
    return decision


def receive(actor, **changes):
    given = {
        "scheme": "fr-vigipirate-2016",
        "code": "UA",
        "zone": "FR",
        "authority": "Premier ministre",
        "words": "La posture est relevée.",
        "source": "https://example.org/notice",
        "effective": times.now(),
        **changes,
    }
    return levels.receive(actor, **given)


def issue(people, level, **changes):
    made = actions.draft(people["information"], level, **changes)
    return sign(people, made)


def sign(people, made):
    actions.approve(people["prime-minister"], made, seen=queries.message(made).digest)
    return made


@pytest.fixture
def level(people):
    return decide(people)


@pytest.fixture
def waiting(people, level):
    return actions.draft(people["information"], level)


@pytest.fixture
def put(django_capture_on_commit_callbacks):
    """Run what is to happen once the record has taken the entry: `with put(): ...`."""
    return lambda: django_capture_on_commit_callbacks(using="record", execute=True)


def texts(**changes):
    """Texts in both languages, with a field of both changed."""
    base = {"headline": "H", "description": "D", "instruction": "I", "correction": "C", **changes}
    return [Text(language=language, **base) for language in ("en", "fr")]


def test_a_draft_is_sound_speaks_every_language_and_names_level_zone_and_times(people, level, waiting):
    row = queries.message(waiting)
    cap = row.cap.encode()
    assert check(cap).findings == ()
    message = from_bytes(cap)
    assert (message.kind, message.status, message.identifier) == ("Alert", "Actual", f"test.{waiting}")
    assert [info.language for info in message.infos] == ["en", "fr"]
    assert [info.headline for info in message.infos] == [
        "Urgence attentat: France",
        "Urgence attentat : France",
    ]
    assert "call 112" in message.infos[0].instruction
    assert {(g.name, g.value) for g in message.infos[0].areas[0].geocodes} == {("ISO3166-1", "FR")}
    assert message.infos[1].web == "http://localhost:8000/public/fr/fr-vigipirate-2016.FR.html"
    assert (row.level_id, row.state, row.code) == (level, "waits", "UA")


def test_the_schema_of_the_standard_accepts_what_is_drafted(waiting, schema):
    from lxml import etree

    schema.assertValid(etree.fromstring(queries.message(waiting).cap.encode()))


def test_what_waits_is_not_public(people, waiting, put):
    with put():
        actions.publish(people["watch"])
    assert not list(settings.VIGIE_HOME.public.glob("cap/*"))
    assert queries.issued() == []


def test_a_second_person_issues_it_and_the_site_is_made_in_the_same_act(people, level, waiting, put):
    with put():
        sign(people, waiting)
    row = queries.message(waiting)
    assert (row.state, row.approved_office, queries.state_of(row)) == ("issued", "prime-minister", "active")
    site = settings.VIGIE_HOME.public
    assert (site / f"cap/{waiting}.xml").read_bytes() == row.cap.encode()
    [publication] = queries.publications()
    assert publication.because == waiting
    assert queries.unlike_published() == []


def test_the_author_cannot_approve(people, level):
    both = people["information"]
    made = actions.draft(both, level)
    with pytest.raises(SamePerson, match="Someone else"):
        actions.approve(both, made, seen=queries.message(made).digest)
    assert queries.message(made).state == "waits"


def test_whoever_wrote_the_words_of_an_earlier_draft_cannot_approve_the_one_that_takes_them_up(people, level):
    from vigie.accounts.actions import found_mandate
    from vigie.accounts.actors import Actor

    found_mandate("p-99", "information")
    first = actions.draft(people["information"], level)
    actions.withdraw(people["information"], first, "The words must be clearer.")
    second = actions.draft(Actor("p-99", "information"), level, after=first)
    with pytest.raises(SamePerson):
        actions.approve(people["information"], second, seen=queries.message(second).digest)
    sign(people, second)


def test_the_database_refuses_a_single_person_whatever_road_was_taken(waiting):
    for statement in (
        "UPDATE warning_message SET approved_by = drafted_by, approved_at = '2024-01-01', state = 'issued'",
        "UPDATE warning_message SET state = 'issued'",
        "UPDATE warning_message SET kind = 'Cancel'",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic("record"),
            connections["record"].cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("office", ["analysis", "cabinet", "watch", "machine-room", "audit", "liaison"])
def test_an_office_without_the_right_cannot_approve(people, waiting, office):
    with pytest.raises(NotAllowed):
        actions.approve(people[office], waiting, seen=queries.message(waiting).digest)


def test_only_what_was_read_can_be_signed(people, waiting):
    with pytest.raises(DraftEdited, match="Read it again"):
        actions.approve(people["prime-minister"], waiting, seen="0" * 64)


@pytest.mark.parametrize("column", ["cap", "texts"])
def test_a_row_changed_behind_the_record_cannot_be_signed(people, waiting, column):
    seen = queries.message(waiting).digest
    row = Message.objects.get(id=waiting)
    bent = json.loads(json.dumps(getattr(row, column), ensure_ascii=False).replace("Urgence", "urgence"))
    assert Message.objects.filter(id=waiting).update(**{column: bent}) == 1
    with pytest.raises(DraftEdited):
        actions.approve(people["prime-minister"], waiting, seen=seen)


def test_a_message_cannot_be_approved_twice_nor_once_withdrawn(people, level, waiting):
    sign(people, waiting)
    with pytest.raises(WrongMove):
        sign(people, waiting)
    other = actions.draft(people["information"], level)
    actions.withdraw(people["prime-minister"], other, "Not needed any more today.")
    with pytest.raises(WrongMove):
        sign(people, other)
    with pytest.raises(WrongMove):
        actions.withdraw(people["information"], waiting, "It is out already, in truth.")


def test_a_level_that_no_longer_stands_cannot_be_told_of(people, waiting):
    decide(people, code="SRRA")
    with pytest.raises(NotStanding, match="does not stand now"):
        sign(people, waiting)


NotStanding = actions.NotStanding


def test_a_proposal_is_not_told_of(people):
    proposal = levels.propose(
        people["cabinet"],
        scheme="fr-vigipirate-2016",
        code="UA",
        zone="FR",
        reasons=WHY,
        effective=times.now(),
    )
    with pytest.raises(NotStanding):
        actions.draft(people["information"], proposal)


def test_a_level_decided_elsewhere_is_relayed_and_never_a_cap_message(receiving_home, people, put):
    got = receive(people["watch"])
    with pytest.raises(actions.RelaysOnly, match="decided by Premier ministre, not here"):
        actions.draft(people["information"], got)
    with put():
        actions.publish(people["watch"], because=got)
    page = (receiving_home.public / "en/fr-vigipirate-2016.FR.html").read_text()
    assert "Decided by Premier ministre, read at" in page
    assert "<p>La posture est relevée.</p>" in page
    assert "Recorded by one person" in page
    assert not (receiving_home.public / "cap").exists()


def test_a_home_that_no_longer_decides_issues_nothing(people, waiting, settings):
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, decides=())
    with pytest.raises(actions.RelaysOnly, match="publishes relays only"):
        sign(people, waiting)
    with pytest.raises(actions.RelaysOnly):
        actions.draft(people["information"], queries.message(waiting).level_id)


def test_a_new_level_updates_the_message_of_the_old_one(people, level, waiting):
    sign(people, waiting)
    lower = decide(people, code="SRRA")
    update = issue(people, lower)
    row = queries.message(update)
    assert (row.kind, row.references) == ("Update", [waiting])
    assert {m.id: queries.state_of(m) for m in queries.issued()} == {waiting: "superseded", update: "active"}
    assert queries.effects().problems == ()


def test_a_message_overtaken_by_another_cannot_be_signed(people, level):
    one, other = (actions.draft(people["information"], level) for _ in range(2))
    sign(people, one)
    with pytest.raises(actions.MessageOvertaken, match="draft again"):
        sign(people, other)


def test_messages_of_other_zones_stand_beside_one_another(people, level, waiting):
    sign(people, waiting)
    region = issue(people, decide(people, zone="FR-IDF"))
    assert queries.message(region).kind == "Alert"
    assert from_bytes(queries.message(region).cap.encode()).infos[0].areas[0].geocodes[0].value == "FR-IDF"


def test_the_correction_written_with_the_alert_goes_out_by_two_persons(people, level, put):
    alert = issue(people, level, texts=texts(correction="It was a rehearsal."))
    cancel = actions.correct(people["information"], alert, reason=WRONG)
    assert queries.state_of(queries.message(alert)) == "active"
    with pytest.raises(SamePerson):
        actions.approve(people["information"], cancel, seen=queries.message(cancel).digest)
    with put():
        sign(people, cancel)
    message = from_bytes(queries.message(cancel).cap.encode())
    assert (message.kind, message.infos[0].description) == ("Cancel", "It was a rehearsal.")
    assert queries.state_of(queries.message(alert)) == "cancelled"
    page = (settings.VIGIE_HOME.public / "en/fr-vigipirate-2016.FR.html").read_text()
    assert "It was a rehearsal." in page
    assert "withdrawn" in page


def test_what_is_taken_back_cannot_be_taken_back_again_nor_a_cancel_nor_a_draft(people, level, waiting):
    with pytest.raises(NotStanding, match="is waiting for a second person"):
        actions.correct(people["information"], waiting, reason=WRONG)
    sign(people, waiting)
    first, second = (actions.correct(people["information"], waiting, reason=WRONG) for _ in range(2))
    sign(people, first)
    with pytest.raises(NotStanding):
        sign(people, second)
    with pytest.raises(NotStanding, match="is a cancellation"):
        actions.correct(people["information"], first, reason=WRONG)


def test_after_a_correction_the_level_is_told_of_afresh(people, level, waiting):
    sign(people, waiting)
    sign(people, actions.correct(people["information"], waiting, reason=WRONG))
    again = actions.draft(people["information"], level)
    assert queries.message(again).kind == "Alert"


def test_a_language_left_out_blocks_the_draft(people, level):
    with pytest.raises(MissingTranslation, match="headline in fr"):
        actions.draft(people["information"], level, texts=texts()[:1])
    with pytest.raises(MissingTranslation, match="correction in en"):
        actions.draft(people["information"], level, texts=texts(correction="  "))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"texts": texts(headline="H" * 161)}, "161 characters"),
        ({"texts": texts(description="a\u202eb")}, "RIGHT-TO-LEFT OVERRIDE"),
        ({"texts": texts(correction="a\x07b")}, "U\\+0007"),
    ],
)
def test_words_that_do_not_fit_or_hide_something_are_refused(people, level, changes, refusal):
    with pytest.raises(BadMessage, match=refusal):
        actions.draft(people["information"], level, **changes)
    assert Message.objects.count() == 0


def test_a_message_that_runs_out_before_it_is_sent_is_refused_with_rule_and_line(people, level):
    with pytest.raises(Faulty, match=r"Line \d+, alert/info.*expires"):
        actions.draft(people["information"], level, expires=times.now() - timedelta(hours=1))


def test_line_ends_of_a_browser_are_made_one_and_scales_are_kept(people, level):
    made = actions.draft(
        people["information"],
        level,
        texts=texts(instruction="one\r\ntwo \r\n"),
        weight=Weight("Expected", "Minor", "Likely"),
    )
    info = from_bytes(queries.message(made).cap.encode()).infos[0]
    assert (info.instruction, info.urgency, info.certainty) == ("one\ntwo", "Expected", "Likely")


def test_an_exercise_marks_status_note_every_text_and_every_page(make_home, people_of, put):
    home = make_home(
        'exercise = true\nframe = "REPLAY"\n[[decides]]\nscheme = "fr-vigipirate-2016"\nzones = ["FR"]\n'
    )
    people = people_of()
    with put():
        made = issue(people, decide(people))
    message = from_bytes(queries.message(made).cap.encode())
    assert (message.status, message.note.startswith("REPLAY")) == ("Exercise", True)
    for info in message.infos:
        assert all(
            t.startswith("REPLAY") for t in (info.event, info.headline, info.description, info.instruction)
        )
    for file in home.public.rglob("*"):
        if file.suffix in {".html", ".txt", ".atom", ".xml", ".json"}:
            assert "REPLAY" in file.read_text(), file
        if file.suffix == ".html":
            assert '<meta name="robots" content="noindex, nofollow">' in file.read_text()
    assert "Disallow: /" in (home.public / "robots.txt").read_text()


@pytest.fixture
def people_of(request):
    """People of a home the test makes itself."""
    return lambda: request.getfixturevalue("people")


def test_a_message_of_one_world_cannot_be_signed_in_the_other(people, waiting, settings):
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, exercise=True, frame="EXERCISE")
    with pytest.raises(Conflict, match="is an exercise"):
        sign(people, waiting)


def state(actor, **changes):
    given = {
        "zone": "FR",
        "state": "unknown",
        "texts": {"en": "Who did it", "fr": "Qui l'a fait"},
        "source": "Public prosecutor",
        **changes,
    }
    return actions.state_fact(actor, **given)


def test_a_fact_is_public_with_its_source_and_a_newer_word_keeps_the_older_visible(people, level, put):
    with put():
        first = state(people["information"])
        state(
            people["information"],
            state="false",
            texts={"en": "A <b>second</b> attack", "fr": "Une seconde attaque"},
        )
    page = (settings.VIGIE_HOME.public / "en/fr-vigipirate-2016.FR.html").read_text()
    assert "<h3>Not known</h3>" in page
    assert "A &lt;b&gt;second&lt;/b&gt; attack" in page
    with put():
        state(people["information"], state="known", replaces=first, href="https://example.org/a?b=1&c=2")
    page = (settings.VIGIE_HOME.public / "en/fr-vigipirate-2016.FR.html").read_text()
    assert "<h3>Not known</h3>" not in page
    assert "until then: Not known" in page
    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert Fact.objects.count() == 3


def test_a_fact_of_the_country_shows_in_its_regions_and_not_the_other_way_round(people):
    state(people["information"])
    state(people["information"], zone="FR-IDF")
    assert [f.zone for f in queries.facts("FR-IDF")] == ["FR", "FR-IDF"]
    assert [f.zone for f in queries.facts("FR")] == ["FR"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "rumoured"}, BadInput),
        ({"zone": "XX-1"}, UnknownArea),
        ({"texts": {"en": "Only English"}}, MissingTranslation),
        ({"texts": {"en": "a\u2066b", "fr": "x"}}, BadMessage),
        ({"source": " "}, actions.NoReason),
        ({"href": "javascript:alert(1)"}, actions.NoReason),
        ({"replaces": "fact-999"}, NotFound),
    ],
)
def test_a_faulty_statement_is_refused_and_nothing_is_written(people, changes, fault):
    size, _ = head()
    with pytest.raises(fault):
        state(people["information"], **changes)
    assert head()[0] == size


def test_a_statement_is_replaced_once(people):
    first = state(people["information"])
    state(people["information"], replaces=first)
    with pytest.raises(Conflict, match="replaced already"):
        state(people["information"], replaces=first)


def test_a_reader_may_state_and_publish_nothing(people, level):
    for act in (
        lambda: state(people["audit"]),
        lambda: actions.publish(people["audit"]),
        lambda: actions.draft(people["audit"], level),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_entry_of_a_publication_holds_the_digest_of_every_file(people, level, put):
    with put():
        actions.publish(people["watch"], because=level)
    publication = Publication.objects.get()
    assert {f["name"] for f in publication.files} >= {
        "index.html",
        "style.css",
        "level.json",
        "feed.atom",
        "en/fr-vigipirate-2016.FR.txt",
    }
    assert queries.unlike_published() == []
    (settings.VIGIE_HOME.public / "index.html").write_text("defaced")
    (settings.VIGIE_HOME.public / "extra.html").write_text("planted")
    (settings.VIGIE_HOME.public / "level.json").unlink()
    assert queries.unlike_published() == ["extra.html", "index.html", "level.json"]


def test_an_act_that_fails_after_publishing_leaves_the_public_site_as_it_was(people, level, put):
    from vigie.ledger.actions import recording

    with put():
        actions.publish(people["watch"])
    before = (settings.VIGIE_HOME.public / "level.json").read_bytes()
    with pytest.raises(RuntimeError), put(), recording(), times.held(times.now() + timedelta(hours=1)):
        actions.publish(people["watch"])
        raise RuntimeError
    assert (settings.VIGIE_HOME.public / "level.json").read_bytes() == before
    assert Publication.objects.count() == 1


def test_a_full_disc_is_one_sentence_and_nothing_is_kept(people, waiting, monkeypatch):
    import errno
    from pathlib import Path

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutOfRoom):
        sign(people, waiting)
    assert queries.message(waiting).state == "waits"


def test_the_record_verifies_with_rows_equal_to_a_rebuild(people, level, waiting):
    sign(people, waiting)
    sign(people, actions.correct(people["information"], waiting, reason=WRONG))
    other = actions.draft(people["information"], level)
    actions.withdraw(people["information"], other, "Written by mistake, so to say.")
    first = state(people["information"])
    state(people["information"], replaces=first, state="known")
    verdict = verify()
    assert verdict.verified, verdict.faults


def test_proposed_words_are_whole_in_both_languages_for_every_level_of_every_scheme():
    from vigie.schemes.reader import all_ids, load
    from vigie.warning.compose import checked_texts

    for name in all_ids():
        scheme = load(name)
        for found in scheme.levels:
            made = proposed_texts(scheme, found, {"en": "Here", "fr": "Ici"})
            assert checked_texts(made, ("en", "fr")) == tuple(made)
            assert msgspec.to_builtins(made)


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_site_that_cannot_be_put_in_place_is_told_and_the_publication_stands(people, home):
    home.public.rmdir()
    home.public.write_text("a file where the site should stand")
    made = actions.publish(people["information"], because="")
    assert Publication.objects.filter(id=made).exists()
    assert verify().verified
    home.public.unlink()
    assert "index.html" in queries.unlike_published()


def test_a_level_that_one_person_set_alone_is_on_the_public_page_as_any_other(home, people):
    from vigie import steps

    made = steps.raise_alone(
        people["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=WHY, reason=WHY, hours=3
    )
    published = actions.publish(people["watch"], because=made)
    assert queries.publications()[0].id == published
