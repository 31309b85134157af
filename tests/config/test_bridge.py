"""What the server's event loop hands to Django, and what comes back."""

from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse

from tests.config import loops
from vigie.config.bridge import Bridge, environ_of
from vigie.config.uploads import WIDEST


def asked(path="/", *, method="GET", headers=(), **other):
    given = {
        "scheme": "http", "http_version": "1.1", "server": "127.0.0.1:8000", "client": "192.0.2.7:40000",
        "method": method, "path": path, "query_string": "", "authority": None,
        "headers": SimpleNamespace(items=lambda: list(headers)),
    }  # fmt: skip
    return SimpleNamespace(**given | other)


class Wire:
    """Stands for the connection: what is sent on it, and how often its body was read."""

    def __init__(self, body=b""):
        self.body, self.read, self.sent = body, 0, None

    async def __call__(self):
        self.read += 1
        return self.body

    def response_bytes(self, status, headers, body):
        self.sent = (status, dict(headers), body)

    def response_stream(self, status, headers):
        self.sent = (status, dict(headers), b"")

        async def send(part):
            self.sent = (*self.sent[:2], self.sent[2] + part)

        return SimpleNamespace(send_bytes=send)


def each(works):
    """Do works one after another, as one commit does: what one raises is given, not raised."""
    came = []
    for work in works:
        try:
            came.append(work())
        except Exception as fault:  # noqa: BLE001 - given
            came.append(fault)
    return came


def brought(view, scope, body=b"", *, answer=lambda _environ, _body: None, together=each):
    """Have `view` answer, as Django's own handler would call it; answer: the short way, closed unless given."""

    def application(environ, start):
        answer = view(WSGIRequest(environ))
        start(f"{answer.status_code} Said", list(answer.items()))
        return answer

    wire = Wire(body)
    loops.run(
        lambda: Bridge(application, owners="/yours/", answer=answer, together=together).__rsgi__(scope, wire)
    )
    return wire


def test_django_reads_method_address_question_and_body_as_they_were_sent():
    def view(request):
        assert (request.method, request.path, request.GET["q"]) == ("POST", "/é/x", "1")
        return HttpResponse(f"{request.POST['given']} {request.get_host()}")

    headers = [("content-type", "application/x-www-form-urlencoded"), ("content-length", "10"), ("host", "localhost:8000")]  # fmt: skip
    wire = brought(view, asked("/é/x", method="POST", headers=headers, query_string="q=1"), b"given=done")
    assert wire.sent[::2] == (200, b"done localhost:8000")


def test_what_comes_in_parts_goes_out_in_parts_and_is_closed():
    closed = []

    def view(_request):
        answer = StreamingHttpResponse(iter([b"a", b"b", b"c"]))
        answer._resource_closers.append(lambda: closed.append(1))
        return answer

    assert brought(view, asked()).sent[::2] == (200, b"abc")
    assert closed == [1]


@pytest.mark.parametrize("length", ["", "x", "-1", "²", str(WIDEST + 1)])
def test_a_body_without_a_length_or_announced_as_too_long_is_not_read(length):
    wire = brought(
        lambda _request: HttpResponse(), asked(method="POST", headers=[("content-length", length)]), b"x"
    )
    assert wire.read == 0


def test_a_name_with_an_underscore_does_not_pass_for_what_only_our_proxy_may_say():
    found = environ_of(asked(headers=[("x_forwarded_for", "203.0.113.9"), ("x-forwarded-proto", "https")]))
    assert "HTTP_X_FORWARDED_FOR" not in found
    assert found["HTTP_X_FORWARDED_PROTO"] == "https"


def test_of_a_header_sent_twice_both_are_read_in_order():
    found = environ_of(
        asked(headers=[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "192.0.2.1"), ("cookie", "a=1"), ("cookie", "b=2")])
    )  # fmt: skip
    assert found["HTTP_X_FORWARDED_FOR"] == "203.0.113.9,192.0.2.1"
    assert found["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize(
    ("client", "told"), [("192.0.2.7:40000", "192.0.2.7"), ("[2001:db8::1]:40000", "2001:db8::1")]
)
def test_the_address_of_who_asks_is_told_without_its_port(client, told):
    assert environ_of(asked(client=client))["REMOTE_ADDR"] == told


def test_the_machine_s_own_variables_do_not_stand_beside_a_request():
    assert not {"PATH", "HOME", "VIGIE_HOME"} & set(environ_of(asked()))


def test_owners_links_go_by_their_lane_and_everything_else_by_the_other(monkeypatch):
    import threading

    def view(_request):
        return HttpResponse(threading.current_thread().name)

    assert brought(view, asked("/yours/token/")).sent[2] == b"vigie-owner"
    assert brought(view, asked("/measures/")).sent[2] == b"vigie-page"


def sent(length):
    return asked("/yours/token/", method="POST", headers=[("content-length", str(length))])


def view(request):
    return HttpResponse(b"the long way: " + request.body)


def test_an_answer_is_taken_together_with_others_and_django_is_not_asked():
    def answer(environ, body):
        return 302, [("Location", environ["PATH_INFO"]), ("X-Said", body.decode())]

    wire = brought(view, sent(10), b"given=done", answer=answer)
    assert wire.sent == (302, {"Location": "/yours/token/", "X-Said": "given=done"}, b"")


def broken(*_):
    raise RuntimeError("a fault")


@pytest.mark.parametrize(
    "closed",
    [{"answer": broken}, {"answer": lambda *_: None}, {"answer": lambda *_: (302, []), "together": broken}],
    ids=["it is refused", "the short way is closed", "the commit fails"],
)
def test_an_answer_that_cannot_be_taken_together_goes_the_long_way_with_its_whole_body(closed):
    assert brought(view, sent(10), b"given=done", **closed).sent[2] == b"the long way: given=done"


def test_what_an_owner_sends_that_is_long_or_no_answer_is_not_taken_together():
    def answer(*_):
        raise AssertionError("taken together")

    body = b"x" * 5000
    assert brought(view, sent(5000), body, answer=answer).sent[2] == b"the long way: " + body
    assert brought(view, asked("/yours/token/"), answer=answer).sent[2] == b"the long way: "
    page = asked("/measures/", method="POST", headers=[("content-length", "1")])
    assert brought(view, page, b"x", answer=answer).sent[2] == b"the long way: x"
