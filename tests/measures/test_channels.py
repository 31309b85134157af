"""Channels against real servers on this machine: a mail server, a webhook, ntfy; and what each may carry."""

import asyncio
import json
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default as mail_policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.smtp import SMTP

from vigie.ledger.queries import verify
from vigie.markings import Tlp
from vigie.measures import actions, channels, queries
from vigie.measures.channels import Letter
from vigie.measures.models import Message, Task

LETTER = Letter(("o-mall",), "pc@galerie.example", (), "A subject", "Words: où ça change.\n")
MARKED = replace(
    LETTER, marking=Tlp.AMBER, bare_subject="Town", bare="Something waits: https://x.example/o/1"
)


class Mails:
    """What a mail server got. refused: recipients it knows nothing of."""

    def __init__(self):
        self.got, self.refused = [], set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - so aiosmtpd calls it
        if address in self.refused:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=mail_policy)))
        return "250 OK"


@pytest.fixture
def mail_server():
    """A real mail server on this machine: the channel that sends to it, and what it got."""
    mails = Mails()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(mails, loop=loop, hostname="localhost"), "127.0.0.1", 0)
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = server.sockets[0].getsockname()[1]
    yield f"mailto://127.0.0.1:{port}?from=vigie@town.example&to={{mail}}", mails
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def web_server():
    """A server on this machine that keeps what it is sent: its host and port, and pairs of path and body."""
    got = []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keep)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_mail_server_gets_one_mail_for_each_contact(home, owners, level, mail_server):
    channel, mails = mail_server
    switched = actions.switch(owners["prime-minister"], level("UA"))
    sent = actions.deliver_due(replace(home, channels=(channel,)))
    assert sent.delivered == switched.messages == len(mails.got)
    mail = next(mail for to, mail in mails.got if to == ["pc@galerie.example"])
    body = mail.get_body(("plain", "html")).get_content()
    assert "ce qui change pour vous" in mail["Subject"]
    assert "BAT 22-01" in body
    assert queries.link_for("o-mall", switched.posture) in body.replace("&amp;", "&")


def test_what_the_mail_server_refuses_is_shown_with_its_reason_and_without_the_address(
    home, owners, level, mail_server, sign_in
):
    channel, mails = mail_server
    mails.refused.add("pc@galerie.example")
    actions.switch(owners["prime-minister"], level("UA"))
    sent = actions.deliver_due(replace(home, channels=(channel,)))
    assert sent.failed == 1
    why = Message.objects.get(owner="o-mall").why
    assert why.startswith("mailto: ")
    assert "galerie.example" not in why
    assert set(Task.objects.filter(owner="o-mall").values_list("state", flat=True)) == {"not_reached"}
    client = sign_in("watch")
    for page in ("/measures/calls/not-reached/", "/measures/owners/o-mall/"):
        assert "did not get through" in client.get(page).content.decode()
    assert verify().verified


def test_a_mail_server_that_is_down_is_a_failure_with_a_reason():
    outcome = channels.send(["mailto://127.0.0.1:9?from=vigie@town.example&to={mail}"], LETTER)
    assert not outcome.delivered
    assert outcome.why.startswith("mailto: ")


def test_a_channel_s_secret_never_stands_in_the_reason():
    outcome = channels.send(["mailto://robot:hunter22@127.0.0.1:9?from=vigie@town.example&to={mail}"], LETTER)
    assert "hunter22" not in outcome.why
    assert "pc@galerie" not in outcome.why


def test_a_webhook_and_ntfy_get_the_words(web_server):
    where, got = web_server
    assert channels.send([f"json://{where}/hook/{{owner}}", f"ntfy://{where}/town"], LETTER).delivered
    assert {path for path, _ in got} == {"/hook/o-mall", "/"}
    for _, body in got:
        assert json.loads(body)["message"].strip() == LETTER.text.strip()


def test_what_is_marked_above_its_channel_leaves_as_a_bare_word_that_something_waits(web_server):
    where, got = web_server
    assert channels.send([f"json://{where}/{{owner}}"], MARKED, {"json": "TLP:GREEN"}).delivered
    (said,) = [json.loads(body) for _, body in got]
    assert (said["title"], said["message"].strip()) == ("Town", MARKED.bare)


def test_what_is_red_leaves_by_no_channel_below_it(web_server):
    where, got = web_server
    red = replace(MARKED, marking=Tlp.RED)
    outcome = channels.send([f"json://{where}/{{owner}}"], red, {"json": "TLP:AMBER"})
    assert (outcome.delivered, got) == (False, [])
    assert "TLP:RED is above what json may carry, TLP:AMBER" in outcome.why


def test_a_channel_without_a_ceiling_carries_all(web_server):
    where, got = web_server
    assert channels.send([f"json://{where}/{{owner}}"], MARKED, {"mailto": "TLP:CLEAR"}).delivered
    assert json.loads(got[0][1])["title"] == LETTER.subject


def test_a_home_s_marked_measures_leave_as_the_ceiling_says(home, owners, level, web_server, small_text):
    where, got = web_server
    folder = home.path / "catalogues"
    folder.mkdir()
    marked = small_text.replace("id: BAT 22-01,", "id: BAT 22-01, marking: TLP:AMBER,")
    (folder / "own.yaml").write_text(marked)
    actions.switch(owners["prime-minister"], level("UA"))
    actions.deliver_due(
        replace(home, channels=(f"json://{where}/{{owner}}",), ceilings=(("json", "TLP:GREEN"),))
    )
    said = {path: json.loads(body)["message"] for path, body in got}
    assert "BAT 22-01" not in said["/o-mall"]
    assert queries.link_for("o-mall", Message.objects.get(owner="o-mall").posture_id) in said["/o-mall"]
    assert "SCHOOL" in said["/o-town"], "nothing in it is marked above"
