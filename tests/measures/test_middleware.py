"""The short way of an owner's answer asks and gives what the long one does."""

from functools import partial

import pytest
from django import conf
from django.test import Client

from vigie.accounts import rates
from vigie.accounts.rates import Rate
from vigie.accounts.routes import doors_of
from vigie.desk.models import Refusal
from vigie.ledger.actions import together as recorded_together
from vigie.ledger.models import Checkpoint
from vigie.ledger.queries import head
from vigie.measures import middleware
from vigie.measures.models import Task

OWNERS = ("o-mall", "o-museum", "o-rail")


@pytest.fixture(autouse=True)
def nothing_learned():
    middleware._LEARNED.clear()


@pytest.fixture
def ways(monkeypatch):
    """How many answers came by the long way so far: those for which the house was asked."""
    from vigie.accounts.middleware import Doors

    asked = []
    through = Doors.process_view

    def process_view(self, request, view, args, kwargs):
        asked.append(request.path)
        return through(self, request, view, args, kwargs)

    monkeypatch.setattr(Doors, "process_view", process_view)
    return asked


@pytest.fixture
def press(raised, link):
    """Press a button on an owner's page: `press(client, "o-mall")`."""

    def post(client, owner, given="done", **sent):
        return client.post(f"/measures/yours/{link(owner)}/", {"given": given}, **sent)

    return post


def headers(answer):
    left_out = {"Location", "Expires"}  # the one is each owner's own, the other has passed in any case
    return {name: said for name, said in answer.items() if name not in left_out}


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("language", ["", "fr"])
def test_the_short_way_gives_every_header_that_the_long_one_gives(press, ways, settings, secure, language):
    settings.SECURE_HSTS_SECONDS = 3600
    long, short = [], []
    client = Client()
    for owner in OWNERS:
        answer = press(client, owner, secure=secure, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 302
        (short if len(ways) == len(long) else long).append(answer)
    assert (len(long), len(short)) == (1, 2)
    for answer in short:
        assert headers(answer) == headers(long[0])
        assert answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert ("Strict-Transport-Security" in long[0]) is secure


def test_by_either_way_the_owner_comes_back_to_their_own_page_and_every_word_is_kept(press, link, ways):
    client = Client()
    for owner in OWNERS:
        assert press(client, owner)["Location"] == f"/measures/yours/{link(owner)}/?kept"
    assert len(ways) == 1
    assert set(Task.objects.filter(owner__in=OWNERS).values_list("state", flat=True)) == {"done"}


def test_headers_are_learned_for_each_language_and_host_apart(press, ways):
    client = Client()
    press(client, "o-mall")
    client.cookies["language"] = "fr"
    assert press(client, "o-museum")["Content-Language"] == "fr"
    press(client, "o-rail", HTTP_HOST="localhost")
    assert len(ways) == 3


def test_a_host_that_is_not_ours_is_refused_however_often_it_came(press, ways):
    client = Client()
    press(client, "o-mall")
    size = head()[0]
    assert [press(client, "o-museum", HTTP_HOST="evil.example").status_code for _ in range(2)] == [400, 400]
    assert head()[0] == size


def test_a_link_that_opens_nothing_is_refused_on_the_page(press, ways):
    client = Client()
    press(client, "o-mall")
    answer = client.post("/measures/yours/o-mall~posture-1~forged/", {"given": "done"})
    assert answer.status_code == 404
    assert "not one that was sent to you" in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_what_is_refused_is_said_on_the_page_and_was_tried_once(press, ways, monkeypatch):
    client = Client()
    press(client, "o-mall")
    tried = []
    act = middleware.actions.answer
    monkeypatch.setattr(middleware.actions, "answer", lambda *a, **k: tried.append(1) or act(*a, **k))
    answer = press(client, "o-museum", "cannot")
    assert (answer.status_code, len(tried)) == (400, 1)
    assert "needs its reason" in answer.content.decode()


def test_a_fault_of_ours_is_answered_as_anywhere_else(press, ways, monkeypatch):
    client = Client(raise_request_exception=False)
    press(client, "o-mall")

    def broken(*_args, **_named):
        raise RuntimeError("a fault")

    monkeypatch.setattr(middleware.actions, "answer", broken)
    answer = press(client, "o-museum")
    assert answer.status_code == 500
    assert answer["Content-Security-Policy"]


def test_beyond_its_rate_a_link_is_asked_to_wait_and_is_counted_once_a_press(press, ways, monkeypatch):
    monkeypatch.setitem(rates.RATES, rates.LINK, Rate(account=3, address=100))
    client = Client()
    press(client, "o-museum")
    said = [
        press(client, "o-mall", given).status_code
        for given in ("acknowledged", "doing", "done", "done", "done")
    ]
    assert said == [302, 302, 302, 429, 429]
    [row] = Refusal.objects.filter(why="TooMany")
    assert (row.count, row.what) == (1, "measures:yours")


def test_whoever_is_signed_in_goes_the_long_way(press, ways, sign_in):
    client = sign_in("watch")
    for owner in OWNERS:
        press(client, owner)
    assert len(ways) == 3


def test_a_door_that_is_not_in_the_table_is_closed_by_the_short_way_too(press, ways, monkeypatch):
    client = Client()
    press(client, "o-mall")
    monkeypatch.delitem(doors_of("measures:yours"), "POST")
    assert press(client, "o-museum").status_code == 405


def test_what_was_learned_stays_within_bounds(press, monkeypatch):
    monkeypatch.setattr(middleware, "_MOST_LEARNED", 2)
    answer = middleware.HttpResponse(status=302, headers={"Location": "/x/?kept"})
    for number in range(5):
        middleware._learn((number,), type("Asked", (), {"path": "/x/"}), answer)
    assert 0 < len(middleware._LEARNED) <= 2


# --- many at once, as a server takes them ---------------------------------------------------------------------------


def together(client, paths, given="done", **sent):
    """Have answers taken under one commit. Gives what came of each, and the number of checkpoints it took."""
    body = f"given={given}".encode()
    given = {
        "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "testserver",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    } | sent  # fmt: skip
    environs = [client._base_environ(PATH_INFO=path, **given) for path in paths]
    before = Checkpoint.objects.count()
    came = recorded_together([partial(middleware.taken, environ, body) for environ in environs])
    return came, Checkpoint.objects.count() - before


@pytest.fixture
def page_of(raised, link):
    return lambda owner: f"/measures/yours/{link(owner)}/"


def test_answers_taken_together_are_answered_as_one_by_itself_is_and_stand_under_one_checkpoint(
    press, page_of, ways
):
    client = Client()
    long = press(client, "o-mall", HTTP_HOST="testserver")
    came, checkpoints = together(client, [page_of("o-museum"), page_of("o-rail")])
    assert checkpoints == 1
    for owner, (status, told) in zip(("o-museum", "o-rail"), came, strict=True):
        assert status == 302
        assert dict(told)["Location"] == f"{page_of(owner)}?kept"
        assert headers(dict(told)) == headers(long)
    assert set(Task.objects.filter(owner__in=OWNERS).values_list("state", flat=True)) == {"done"}
    assert len(ways) == 1


def test_of_answers_taken_together_one_that_is_refused_takes_no_other_with_it(press, page_of, ways):
    client = Client()
    press(client, "o-mall", HTTP_HOST="testserver")
    size = head()[0]
    (refused, kept), _ = together(client, ["/measures/yours/o-mall~posture-1~forged/", page_of("o-rail")])
    assert "not one that was sent to you" in str(refused)
    assert kept[0] == 302
    assert head()[0] == size + 1


def test_together_too_the_short_way_is_closed_to_what_is_not_just_like_an_answer_given_before(
    press, page_of, ways
):
    client = Client()
    size = head()[0]
    assert together(client, [page_of("o-mall")])[0] == [None]
    press(client, "o-mall", HTTP_HOST="testserver")
    kept = head()[0]
    assert kept > size
    for sent in (
        {"HTTP_COOKIE": f"{conf.settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_HOST": "evil.example"},
        {"REQUEST_METHOD": "GET"},
    ):
        assert together(client, [page_of("o-rail")], **sent)[0] == [None]
    assert head()[0] == kept


def test_beyond_its_rate_a_link_is_not_taken_together_and_its_press_is_counted_once(
    press, page_of, monkeypatch
):
    monkeypatch.setitem(rates.RATES, rates.LINK, Rate(account=2, address=100))
    client = Client()
    press(client, "o-mall", HTTP_HOST="testserver")
    pages = [page_of("o-rail")] * 3
    came, _ = together(client, pages)
    assert [one and one[0] for one in came] == [302, 302, None]
