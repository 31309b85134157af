"""Sessions begin, last and end (ASVS 5.0.0, chapter 7); how one signs in is changed by whoever has just shown who they are."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.accounts.passkeys import Passkey, asked
from vigie import times
from vigie.accounts import kinds
from vigie.accounts.rights import NotAllowed
from vigie.accounts.signing_in import actions
from vigie.accounts.signing_in.middleware import lasting
from vigie.errors import BadInput, Conflict, NotFound
from vigie.ledger.queries import recent, verify

SECRET = "correct horse battery staple"
REASON = "Their phone was stolen this morning."


@pytest.fixture
def officer(people, settings):
    """Give an officer's sign-in by name, with a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def one(name):
        user = get_user_model().objects.get(username=name)
        user.set_password(SECRET)
        user.save()
        return user

    return one


def entered(name, **extra):
    """A browser that came in by the form."""
    client = Client(**extra)
    answer = client.post("/accounts/login/", {"login": name, "password": SECRET})
    assert answer.status_code == 302, answer.content.decode()
    return client


def token(client):
    return client.cookies["sessionid"].value


def with_token(value):
    client = Client()
    client.cookies["sessionid"] = value
    return client


def is_in(client):
    return client.get("/levels/").status_code == 200


def later(monkeypatch, **lapse):
    """Let real time pass."""
    monkeypatch.setattr(
        lasting, "time", SimpleNamespace(time=lambda: time.time() + timedelta(**lapse).total_seconds())
    )


def last(kind):
    return next((body for written, body in recent(20) if written.kind == kind.tag), None)


def confirmed(client, **given):
    answer = client.post("/people/again/", {"password": SECRET, "next": "/levels/", **given})
    assert answer.status_code == 302, answer.content.decode()
    return client


# 7.3.1, 7.3.2: the limits


def test_a_session_ends_after_an_hour_without_use_and_says_so(officer, monkeypatch):
    officer("watch")
    client = entered("watch")
    later(monkeypatch, minutes=59)
    assert is_in(client)
    later(monkeypatch, minutes=59 + 61)
    answer = client.get("/levels/", follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/login/?next=%2Flevels%2F"
    assert "nothing was done here for 60 minutes" in answer.content.decode()


def test_a_session_ends_after_ten_hours_however_much_it_is_used(officer, monkeypatch):
    officer("watch")
    client = entered("watch")
    for half in range(1, 20):
        later(monkeypatch, minutes=30 * half)
        assert is_in(client), half
    later(monkeypatch, minutes=600)
    answer = client.get("/levels/", follow=True)
    assert "a session lasts 600 minutes at most" in answer.content.decode()
    assert not is_in(client)


def test_a_home_may_set_shorter_limits(officer, monkeypatch, settings):
    settings.VIGIE_HOME = replace(
        settings.VIGIE_HOME, session_idle=timedelta(minutes=5), session_longest=timedelta(minutes=20)
    )
    officer("watch")
    client = entered("watch")
    for lapse in (4, 8, 12, 16, 19):
        later(monkeypatch, minutes=lapse)
        assert is_in(client)
    later(monkeypatch, minutes=20)
    assert not is_in(client)


def test_every_page_says_when_one_will_be_signed_out(officer):
    officer("watch")
    assert "60 minutes pass without use" in entered("watch").get("/levels/").content.decode()


def test_the_storys_clock_moves_no_session(officer):
    officer("watch")
    client = entered("watch")
    with times.held("2024-03-28T12:00:00Z"):
        assert is_in(client)


# 7.2.4: a new token


def test_signing_in_gives_a_new_token_and_the_old_one_opens_nothing(officer):
    officer("watch")
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/accounts/login/", {"login": "watch", "password": SECRET})
    assert token(client) != before
    assert is_in(client)
    assert not is_in(with_token(before))


# 7.4.1: signing out


def test_a_session_signed_out_is_dead_for_whoever_kept_its_token(officer):
    officer("watch")
    client = entered("watch")
    kept = token(client)
    assert is_in(with_token(kept))
    client.post("/accounts/logout/")
    assert not is_in(with_token(kept))


# 7.4.2: a person is barred


def test_barring_a_person_ends_all_their_sessions_and_lets_no_new_one_begin(
    officer, people, django_capture_on_commit_callbacks
):
    user = officer("watch")
    one, two = entered("watch"), entered("watch")
    with django_capture_on_commit_callbacks(using="record", execute=True):
        actions.bar(people["machine-room"], f"p-{user.pk}", REASON)
    assert not is_in(one)
    assert not is_in(two)
    refused = Client().post("/accounts/login/", {"login": "watch", "password": SECRET}, follow=True)
    assert "barred" in refused.content.decode()
    assert last(kinds.PERSON_BARRED).reason == REASON
    with django_capture_on_commit_callbacks(using="record", execute=True):
        actions.readmit(people["machine-room"], f"p-{user.pk}", "The phone was found again.")
    assert not is_in(one), "a session that was ended stays ended"
    assert is_in(entered("watch"))
    assert verify().verified


def test_a_barred_persons_passkey_opens_nothing(officer, people, django_capture_on_commit_callbacks):
    user = officer("watch")
    key = Passkey().given_to(user)
    with django_capture_on_commit_callbacks(using="record", execute=True):
        actions.bar(people["machine-room"], f"p-{user.pk}", REASON)
    assert not is_in(by_passkey(user, key))


def test_whoever_administers_bars_others_and_never_themselves_nor_without_a_reason(officer, people):
    machine = people["machine-room"]
    with pytest.raises(Conflict, match="yourself"):
        actions.bar(machine, machine.person, REASON)
    with pytest.raises(BadInput, match="too little"):
        actions.bar(machine, people["watch"].person, "no")
    with pytest.raises(NotFound):
        actions.bar(machine, "p-99999", REASON)
    with pytest.raises(Conflict, match="not barred"):
        actions.readmit(machine, people["watch"].person, REASON)
    with pytest.raises(NotAllowed):
        actions.bar(people["cabinet"], people["watch"].person, REASON)
    with pytest.raises(NotAllowed):
        actions.end_sessions(people["cabinet"], people["watch"].person, REASON)


# 7.4.3, 7.4.5: other sessions


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(officer):
    officer("watch")
    here, there = entered("watch"), entered("watch")
    new = "another long enough secret"
    confirmed(here)
    changed = here.post(
        "/accounts/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new}
    )
    assert changed.status_code == 302, changed.content.decode()
    assert is_in(here)
    assert not is_in(there)
    assert last(kinds.SIGN_IN_CHANGED).change == "password changed"


def test_a_new_passkey_ends_the_other_sessions_and_signs_in_at_once(officer):
    user = officer("watch")
    here, there = entered("watch"), entered("watch")
    key = Passkey()
    assert add(confirmed(here), key).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert last(kinds.SIGN_IN_CHANGED).change == "passkey added"
    assert is_in(by_passkey(user, key))
    assert last(kinds.SESSION_BEGUN).method == "passkey"


def test_a_security_key_without_finger_face_or_pin_is_not_taken(officer):
    officer("watch")
    here = confirmed(entered("watch"))
    answer = add(here, Passkey(verifies=False))
    assert answer.status_code == 200
    assert "could not be kept" in answer.content.decode()


def test_a_removed_passkey_opens_nothing_and_ends_the_other_sessions(officer):
    from allauth.mfa.models import Authenticator

    user = officer("watch")
    key = Passkey().given_to(user)
    here, there = by_passkey(user, key), by_passkey(user, key)
    assert is_in(there)
    question = here.get("/people/again/")
    answer = json.dumps(key.answer(asked(question)["challenge"]))
    assert here.post("/people/again/", {"credential": answer, "next": "/"}).status_code == 302
    held = Authenticator.objects.get(user=user, type="webauthn")
    assert here.post(f"/accounts/2fa/webauthn/keys/{held.pk}/remove/").status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(by_passkey(user, key))


def test_one_sees_ones_sessions_and_ends_one_or_all_others(officer):
    officer("watch")
    here = entered("watch", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/150.0"})
    there, third = entered("watch"), entered("watch")
    page = here.get("/people/sessions/")
    assert "Firefox, Linux" in page.content.decode()
    rows = page.context["rows"]
    assert len(rows) == 3
    other = next(row for row in rows if not row["current"])
    here.post("/people/sessions/end/", {"session": other["id"]})
    assert [is_in(there), is_in(third)].count(True) == 1
    here.post("/people/sessions/end/", {"session": "others"})
    assert not is_in(there)
    assert not is_in(third)
    assert is_in(here)


def test_ending_this_session_signs_out(officer):
    officer("watch")
    here = entered("watch")
    current = here.get("/people/sessions/").context["rows"][0]["id"]
    assert here.post("/people/sessions/end/", {"session": current})["Location"] == "/accounts/login/"
    assert not is_in(here)


def test_nobody_ends_anothers_session_by_its_number(officer):
    officer("watch")
    officer("planning")
    theirs = entered("planning")
    number = theirs.get("/people/sessions/").context["rows"][0]["id"]
    assert entered("watch").post("/people/sessions/end/", {"session": number}).status_code == 404
    assert entered("watch").post("/people/sessions/end/", {"session": "x"}).status_code == 404
    assert is_in(theirs)


def test_whoever_administers_ends_anothers_sessions_and_the_record_says_so(
    officer, django_capture_on_commit_callbacks
):
    user = officer("watch")
    officer("machine-room")
    theirs = entered("watch")
    admin = entered("machine-room")
    given = {"person": f"p-{user.pk}", "reason": REASON}
    asked_again = admin.post("/people/end-sessions/", given)
    assert asked_again["Location"].startswith("/people/again/")
    assert is_in(theirs)
    confirmed(admin)
    with django_capture_on_commit_callbacks(using="record", execute=True):
        assert admin.post("/people/end-sessions/", given)["Location"] == "/people/"
    assert not is_in(theirs)
    said = last(kinds.SESSIONS_ENDED)
    assert (said.person, said.count, said.reason) == (f"p-{user.pk}", 1, REASON)


# 7.5.1: before an account is changed


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/password/change/",
    ],
)
def test_a_session_alone_changes_nothing_of_how_one_signs_in(officer, monkeypatch, address):
    officer("watch")
    client = entered("watch")
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/people/again/?next=")


def test_what_was_shown_counts_for_five_minutes(officer, monkeypatch):
    from vigie.accounts.signing_in.middleware import stepping_up

    officer("watch")
    client = confirmed(entered("watch"))
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    monkeypatch.setattr(stepping_up, "time", SimpleNamespace(time=lambda: time.time() + 301))
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302


def test_showing_it_wrongly_lets_nothing_through(officer):
    officer("watch")
    client = entered("watch")
    answer = client.post("/people/again/", {"password": "wrong", "next": "/accounts/password/change/"})
    assert answer.status_code == 400
    assert client.get("/accounts/password/change/").status_code == 302


def test_the_way_on_after_showing_it_never_leads_elsewhere(officer):
    officer("watch")
    client = entered("watch")
    answer = client.post("/people/again/", {"password": SECRET, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


# A code from an app, and printed ones


def app_code(secret):
    """What an authenticator app shows now (RFC 6238)."""
    import base64
    import hmac
    import struct

    counter = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_an_app_is_added_and_from_then_on_a_password_needs_its_code(
    officer, django_capture_on_commit_callbacks
):
    officer("watch")
    here, there = confirmed(entered("watch")), entered("watch")
    page = here.get("/accounts/2fa/totp/activate/")
    assert '<svg class="qr"' in page.content.decode()
    secret = page.context["form"].secret
    assert here.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(using="default", execute=True):
        added = here.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})
    assert added["Location"] == "/accounts/2fa/recovery-codes/"
    assert not is_in(there)
    codes = here.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert set(here.get("/accounts/2fa/recovery-codes/").context["unused_codes"]) == {"****"}, "shown once"

    again = Client()
    first = again.post("/accounts/login/", {"login": "watch", "password": SECRET})
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert is_in(again)
    assert last(kinds.SESSION_BEGUN).method == "password and recovery code"
    third = Client()
    third.post("/accounts/login/", {"login": "watch", "password": SECRET})
    third.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not is_in(third), "a printed code opens once"


# What is written


def test_each_sign_in_is_on_the_record_and_each_refusal_counted_and_neither_names_anybody(officer):
    from vigie.desk.models import Refusal

    user = officer("watch")
    Client().post("/accounts/login/", {"login": "watch", "password": "wrong"})
    Client().post("/accounts/login/", {"login": "nobody-here", "password": "wrong"})
    counted = {(row.person, row.why): row.count for row in Refusal.objects.all()}
    assert counted == {(f"p-{user.pk}", "WrongPassword"): 1, ("", "WrongPassword"): 1}
    entered("watch")
    said = last(kinds.SESSION_BEGUN)
    assert (said.person, said.method) == (f"p-{user.pk}", "password")
    assert "watch" not in str(said)


def test_a_wrong_code_and_a_strange_passkey_are_counted(officer):
    from vigie.desk.models import Refusal

    user = officer("watch")
    key = Passkey().given_to(user)
    client = Client()
    first = client.post("/accounts/login/", {"login": "watch", "password": SECRET})
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert client.post("/accounts/2fa/authenticate/", {"code": "123456"}).status_code == 200
    assert not is_in(client)
    stranger = Passkey()
    stranger.id = key.id
    assert not is_in(by_passkey(user, stranger))
    assert {row.why for row in Refusal.objects.all()} >= {"WrongPasskey"}


def test_a_record_that_cannot_be_written_keeps_nobody_out(officer, monkeypatch):
    from vigie.ledger.actions import ClockWentBack

    def refuse(*given, **named):
        raise ClockWentBack("The clock says {now}.", now="then")

    officer("watch")
    monkeypatch.setattr(actions, "append", refuse)
    assert is_in(entered("watch"))


def add(client, key):
    """Add a passkey on the page, as the browser's script does."""
    page = client.get("/accounts/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    return client.post(
        "/accounts/2fa/webauthn/add/",
        {
            "name": "Mine",
            "passwordless": "on",
            "credential": json.dumps(key.made(challenge(options["challenge"]))),
        },
    )


def by_passkey(user, key):
    """A browser that came in by a passkey alone."""
    from allauth.account.utils import user_pk_to_url_str

    client = Client()
    question = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    asked_ = question.json()["request_options"]["publicKey"]
    answer = key.answer(challenge(asked_["challenge"]), handle=user_pk_to_url_str(user).encode())
    client.post("/accounts/2fa/webauthn/login/", {"credential": json.dumps(answer)})
    return client


def challenge(given):
    from vigie.accounts.signing_in.assertion import text

    return given if isinstance(given, str) else text(given)
