"""How often one may knock, by account and by address."""

import time

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from vigie.accounts import rates
from vigie.accounts.middleware import knocking
from vigie.accounts.rates import Rate
from vigie.accounts.routes import doors
from vigie.desk.models import Refusal


@pytest.fixture
def few(monkeypatch):
    """Three requests a minute by account, five by address; strangers two."""
    for kind in rates.RATES:
        monkeypatch.setitem(rates.RATES, kind, Rate(account=3, address=5))
    monkeypatch.setattr(knocking, "STRANGERS", Rate(account=None, address=2))
    now = time.time()  # nobody is let in again because a minute just began
    monkeypatch.setattr(knocking.time, "time", lambda: now)


def statuses(client, times, address="/levels/", **extra):
    return [client.get(address, **extra).status_code for _ in range(times)]


def test_beyond_its_bound_an_account_is_asked_to_wait_and_the_record_is_told_once(sign_in, few):
    client = sign_in("watch")
    assert statuses(client, 6) == [200, 200, 200, 429, 429, 429]
    answer = client.get("/levels/")
    assert answer["Retry-After"] == "60"
    assert "Wait a minute" in answer.content.decode()
    [row] = Refusal.objects.filter(why="TooMany")
    assert (row.count, row.office, row.what) == (1, "watch", "alert:levels")


def test_the_api_is_told_in_its_own_form(sign_in, few):
    client = sign_in("watch")
    statuses(client, 3, "/api/measures/postures")
    answer = client.get("/api/measures/postures")
    assert answer.status_code == 429
    assert "error" in answer.json()


def test_one_account_does_not_use_up_another_s(sign_in, few):
    assert statuses(sign_in("watch"), 4)[-1] == 429
    assert statuses(sign_in("audit"), 1) == [200]


def test_an_address_has_a_bound_of_its_own_however_many_accounts_come_from_it(sign_in, few):
    for office in ("watch", "audit"):
        statuses(sign_in(office), 2)
    assert statuses(sign_in("cabinet"), 2) == [200, 429]
    assert statuses(sign_in("cabinet"), 1, REMOTE_ADDR="198.51.100.7") == [200]


def test_strangers_at_closed_doors_are_stopped_earlier_and_no_officer_with_them(home, people, few, sign_in):
    assert statuses(Client(), 3) == [302, 302, 429]
    assert statuses(sign_in("watch"), 1) == [200]


def test_classes_are_counted_apart(sign_in, few):
    client = sign_in("watch")
    statuses(client, 4)
    assert client.post("/levels/decision-1/announce/").status_code != 429


def test_a_minute_later_one_may_again(sign_in, few, monkeypatch):
    client = sign_in("watch")
    assert statuses(client, 4)[-1] == 429
    later = time.time() + 60
    monkeypatch.setattr(knocking.time, "time", lambda: later)
    assert statuses(client, 1) == [200]


@pytest.mark.parametrize("kind", sorted(rates.RATES))
def test_every_class_of_doors_stops_somebody(kind, sign_in, monkeypatch):
    """Whatever the class, the request beyond its bound is refused before its view is reached."""
    from tests.project.acts import PATTERNS, address

    monkeypatch.setitem(rates.RATES, kind, Rate(account=0, address=0))
    door = next(d for d in doors() if d.rate == kind and not d.name.startswith(("openid", "social")))
    at = ["x"] * PATTERNS[door.name].count("<")
    role = "machine-room"
    answer = sign_in(role).generic(door.method, address(door.name, at))
    assert answer.status_code == 429


def test_every_class_bounds_both_account_and_address():
    for kind, rate in rates.RATES.items():
        assert rate.address > 0
        # A public page has no account to count by; everything else has, or a link that stands for one.
        assert (rate.account is None) == (kind == rates.OPEN)
        assert rate.account is None or 0 < rate.account <= rate.address


@pytest.fixture
def told(settings):
    """The address a request is counted under, behind a proxy that ends TLS or without one."""

    def of(*, proxied=False, **meta):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxied else None
        return knocking.address(RequestFactory().get("/", **meta))

    return of


def test_behind_our_proxy_the_address_it_adds_counts_and_none_that_a_client_invents(told):
    secure = {"HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "127.0.0.1"}
    invented = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    assert told(proxied=True, **secure, **invented) == "198.51.100.7"
    assert told(REMOTE_ADDR="192.0.2.1", **invented) == "192.0.2.1"
    assert told(proxied=True, **secure) == "127.0.0.1"


def test_one_household_counts_once_however_many_addresses_its_machines_choose(told):
    assert told(REMOTE_ADDR="2001:db8:1:2:aaaa::1") == told(REMOTE_ADDR="2001:db8:1:2:bbbb::2")
    assert told(REMOTE_ADDR="2001:db8:1:3::1") != told(REMOTE_ADDR="2001:db8:1:2::1")
    assert told(REMOTE_ADDR="not an address") == "unknown"


def test_nobody_s_address_is_written_anywhere(home, people, few):
    client = Client(REMOTE_ADDR="198.51.100.77")
    statuses(client, 4)
    client.post("/levels/propose/")
    assert get_user_model().objects.exists()
    told = repr(list(Refusal.objects.values()))
    assert "198.51.100.77" not in told
