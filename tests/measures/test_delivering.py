"""Sending: through channels where there are some, else as files said plainly; every result is an entry."""

import errno
import json
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as mail_policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from vigie import times
from vigie.alert import queries as levels
from vigie.errors import OutOfRoom
from vigie.exposure.models import Contact
from vigie.ledger.queries import recent, verify
from vigie.measures import actions, channels, kinds, queries
from vigie.measures.actions.delivering import Sending, alone
from vigie.measures.channels import Letter
from vigie.measures.models import Message, Task

LETTER = Letter(
    ("o-mall",), "pc@galerie.example", ("+33 1 00 00 00 02",), "A subject", "Words: où ça change.\n"
)


@pytest.fixture
def webhook():
    """A server on this machine that keeps what it is sent, or refuses it: `(address, got, refuse)`."""
    got, refuse = [], []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, json.loads(body)))
            self.send_response(503 if refuse else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keep)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}", got, refuse
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def queued(owners, level):
    return actions.switch(owners["prime-minister"], level("UA"))


def with_channels(home, *given):
    return replace(home, channels=given)


def test_without_a_channel_each_message_stands_as_a_mail_file_in_the_outbox(home, queued):
    sent = actions.deliver_due(home)
    files = sorted(home.outbox.glob("*.eml"))
    assert sent.files == sent.delivered == len(files) == queued.messages
    mails = [message_from_bytes(file.read_bytes(), policy=mail_policy) for file in files]
    mall = next(mail for mail in mails if mail["To"] == "pc@galerie.example")
    text = mall.get_content()
    assert "Ce qui change pour vous" in text
    assert "BAT 22-01" in text
    assert queries.link_for("o-mall", queued.posture) in text
    assert mall["X-Unsent"] == "1"
    assert set(Task.objects.values_list("state", flat=True)) == {"sent"}
    assert verify().verified


def test_an_owner_is_written_to_in_their_own_language(home, queued):
    actions.deliver_due(home)
    mails = [message_from_bytes(file.read_bytes(), policy=mail_policy) for file in home.outbox.glob("*.eml")]
    museum = next(mail for mail in mails if mail["To"] == "desk@museum.example")
    assert "What changes for you" in museum.get_content()


def test_sending_again_sends_nothing_twice(home, queued):
    actions.deliver_due(home)
    again = actions.deliver_due(home)
    assert (again.delivered, again.failed, again.dropped) == (0, 0, 0)


def test_a_channel_gets_one_message_for_each_owner_and_the_result_is_an_entry(home, queued, webhook):
    address, got, _ = webhook
    sent = actions.deliver_due(with_channels(home, f"{address}/{{owner}}"))
    assert sent.delivered == queued.messages == len(got)
    assert sent.files == 0
    assert {path for path, _ in got} == {
        f"/{owner}" for owner in Message.objects.values_list("owner", flat=True)
    }
    delivered = [body for entry, body in recent(50) if entry.kind == kinds.DELIVERED.tag]
    assert sorted(name for body in delivered for name in body.messages) == sorted(
        Message.objects.values_list("id", flat=True)
    )
    assert {body.channel for body in delivered} == {"json"}
    assert verify().verified


def test_a_channel_that_refuses_leaves_its_owners_not_reached_until_sent_again(home, queued, webhook):
    address, _, refuse = webhook
    refuse.append(True)
    failed = actions.deliver_due(with_channels(home, f"{address}/{{owner}}"))
    assert failed.failed == queued.messages
    assert set(Task.objects.values_list("state", flat=True)) == {"not_reached"}
    assert all("error=503" in m.why for m in Message.objects.all())
    assert queries.totals().chips["not-reached"] == Task.objects.count()
    refuse.clear()
    home_now = with_channels(home, f"{address}/{{owner}}")
    assert actions.deliver_due(home_now).delivered == 0, "only when asked"
    assert actions.deliver_due(home_now, again=True).delivered == queued.messages
    assert set(Task.objects.values_list("state", flat=True)) == {"sent"}
    assert verify().verified


def test_an_owner_without_an_address_is_not_reached_not_unanswered(home, owners, queued):
    Contact.objects.filter(owner="o-mall").delete()  # as an erased contact leaves it
    sent = actions.deliver_due(home)
    assert sent.failed == 1
    assert Message.objects.get(owner="o-mall").why == "no mail address on record"
    assert {call.owner for call in queries.calls("not-reached")} == {"o-mall"}


def test_nothing_is_sent_after_the_close(home, owners, queued):
    with times.held(times.now() + timedelta(hours=1)):
        # Taken down by telephone before the mail went out, then stood down and stopped.
        for owner in Message.objects.values_list("owner", flat=True):
            actions.take_down(owners["watch"], owner, "done", via="phone")
    cause = levels.holds("fr-vigipirate-2016", "FR").winner.id
    off = list(Task.objects.values_list("measure", flat=True).distinct())
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], cause, off=off, reason="Everything off again.")
        for owner in set(Message.objects.values_list("owner", flat=True)):
            if Task.objects.filter(owner=owner, state="stop_asked").exists():
                actions.take_down(owners["watch"], owner, "stopped", via="phone")
        sent = actions.deliver_due(home)
    open_left = set(
        Task.objects.exclude(state__in=["stopped", "ended", "replaced"]).values_list("owner", flat=True)
    )
    assert not set(Message.objects.filter(state="delivered").values_list("owner", flat=True)) - open_left
    assert sent.dropped > 0
    assert verify().verified


def test_on_a_full_disc_the_messages_still_wait(home, queued, monkeypatch):
    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutOfRoom, match="messages still wait"):
        actions.deliver_due(home)
    monkeypatch.undo()
    assert list(home.outbox.iterdir()) == []
    assert actions.deliver_due(home).files == queued.messages


def test_two_runs_do_not_send_at_once(home, queued):
    with alone(home), pytest.raises(Sending, match="Another run"):
        actions.deliver_due(home)
    assert actions.deliver_due(home).delivered == queued.messages


def test_a_message_of_an_exercise_home_says_so_first_and_last(home, queued, settings):
    settings.VIGIE_HOME = replace(home, exercise=True, frame="REPLAY")
    actions.deliver_due(settings.VIGIE_HOME)
    for file in home.outbox.glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=mail_policy)
        assert mail["Subject"].startswith("REPLAY – ")
        assert mail.get_content().startswith("REPLAY. ")
        assert mail.get_content().strip().splitlines()[-1].startswith("REPLAY. ")


def test_places_in_a_channel_are_filled_and_escaped():
    assert channels.addresses(["mailtos://u:p@mail.example?to={mail}", "sms://{phone}"], LETTER) == [
        "mailtos://u:p@mail.example?to=pc@galerie.example",
        "sms://%2B33%201%2000%2000%2000%2002",
    ]


def test_a_channel_that_the_contact_cannot_fill_is_passed_over():
    assert channels.addresses(["sms://{phone}", "json://host/{owner}"], replace(LETTER, phones=())) == [
        "json://host/o-mall"
    ]
    assert channels.send(["sms://{phone}"], replace(LETTER, phones=())) == channels.Outcome(
        delivered=False, channel="", why="no channel fits the contact on record"
    )


def test_a_channel_for_all_gets_every_message_and_makes_nobody_reached(home, queued, webhook):
    address, got, _ = webhook
    sent = actions.deliver_due(with_channels(home, f"{address}/log", "nosuchthing://{mail}"))
    assert len(got) == queued.messages
    assert (sent.delivered, sent.failed) == (0, queued.messages)


def test_a_channel_for_all_is_enough_where_no_other_is_set(home, queued, webhook):
    address, got, _ = webhook
    assert actions.deliver_due(with_channels(home, f"{address}/log")).delivered == len(got) == queued.messages


def test_a_channel_apprise_does_not_know_is_a_failure_not_a_silence():
    outcome = channels.send(["nosuchthing://x"], LETTER)
    assert (outcome.delivered, outcome.channel) == (False, "nosuchthing")
    assert outcome.why


def test_a_mail_file_carries_what_the_page_says_and_no_header_can_be_smuggled():
    mail = message_from_bytes(
        channels.as_file(replace(LETTER, subject="A\r\nBcc: all@example.org"), sender="vigie@town.example"),
        policy=mail_policy,
    )
    assert mail["Bcc"] is None
    assert "où ça change" in mail.get_content()


def test_letters_are_written_a_few_at_a_time_and_all_are_sent(home, queued, monkeypatch):
    monkeypatch.setattr("vigie.measures.actions.delivering._LETTERS_AT_ONCE", 2)
    written, write = [], queries.letters

    def counted(given, part, **how):
        written.append(len(part))
        return write(given, part, **how)

    monkeypatch.setattr(queries, "letters", counted)
    sent = actions.deliver_due(home)
    assert sent.delivered + sent.failed == queued.messages == sum(written)
    assert max(written) == 2
    assert not queries.waiting()
