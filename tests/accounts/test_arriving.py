"""Coming in by a link, and back with a code."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client

from vigie import times
from vigie.accounts import actions, queries
from vigie.accounts.actions import arriving
from vigie.accounts.actions.inviting import InvitationClosed
from vigie.accounts.actions.recovering import RecoveryClosed
from vigie.accounts.rights import NotAllowed
from vigie.ledger.queries import recent, verify

GOOD = {"name": "newcomer", "password": "a long enough secret", "again": "a long enough secret"}
WHY = "Lost the key and the printed codes in a fire."


@pytest.fixture
def admin(people):
    return people["machine-room"]


@pytest.fixture
def other(people):
    return people["other-machine-room"]


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


@pytest.fixture
def link(admin, other):
    move = actions.invite(admin, "deputy", since=times.now(), until=times.now() + timedelta(days=30))
    return path_of(arriving.link_to(actions.confirm(other, move)))


def test_an_invitation_to_a_weighty_office_has_no_link_before_a_second_administrator_confirms(sign_in):
    first, second = sign_in("machine-room"), sign_in("other-machine-room")
    answer = first.post("/people/offices/deputy/invite/", {"since": "2024-03-22T13:00"}, follow=True)
    assert "invited" not in answer.content.decode()
    [move] = queries.moves_waiting()
    shown = second.post(f"/people/moves/{move.id}/confirm/").content.decode()
    found = re.search(r"https?://[^<\s]*(/people/invited/[^<\s]+)", shown)
    assert Client().get(found[1]).status_code == 200


def test_whoever_opens_the_link_chooses_their_sign_in_and_holds_the_office(link, home):
    client = Client()
    assert "Deputy" in client.get(link).content.decode()
    answer = client.post(link, GOOD)
    assert answer.status_code == 302
    assert client.get("/levels/").status_code == 200
    assert client.get("/levels/").context["actor"].office == "deputy"
    user = get_user_model().objects.get(username="newcomer")
    assert user.check_password(GOOD["password"])
    assert [w.by.via for w, _ in recent(2)] == ["invitation", "invitation"]
    assert verify().verified


def test_the_office_ends_when_the_invitation_said(link):
    client = Client()
    client.post(link, GOOD)
    with times.held(times.now() + timedelta(days=30)):
        assert client.get("/levels/").status_code == 403


def test_a_link_works_once(link):
    Client().post(link, GOOD)
    again = Client().post(link, {**GOOD, "name": "second-comer"})
    assert again.status_code == 409
    assert not get_user_model().objects.filter(username="second-comer").exists()


def test_a_link_runs_out_after_seventy_two_hours(link):
    with times.held(times.now() + timedelta(hours=72)):
        assert Client().get(link).status_code == 409


def test_a_revoked_link_opens_nothing(link, admin):
    [invitation] = queries.invitations_open()
    actions.revoke(admin, invitation.id, "Sent to the wrong person.")
    assert Client().get(link).status_code == 409
    assert Client().post(link, GOOD).status_code == 409
    with pytest.raises(InvitationClosed):
        actions.revoke(admin, invitation.id, "Sent to the wrong person.")


@pytest.mark.parametrize("token", ["x", "x:y", "%00", "é"])
def test_a_guessed_link_opens_nothing(home, token):
    assert Client().get(f"/people/invited/{token}/").status_code == 409


def test_a_signature_alone_is_not_enough(link):
    forged = signing.Signer(salt="vigie.accounts.invitation").sign("guessed")
    assert Client().get(f"/people/invited/{forged}/").status_code == 409


@pytest.mark.parametrize(
    "given",
    [
        {**GOOD, "name": "watch"}, {**GOOD, "name": "WATCH"}, {**GOOD, "name": "a b"}, {**GOOD, "password": "short", "again": "short"},
        {**GOOD, "again": "another long secret"}, {**GOOD, "password": "password1234", "again": "password1234"},
    ],
)  # fmt: skip
def test_a_name_in_use_and_a_weak_password_leave_the_link_good(link, given):
    assert Client().post(link, given).status_code == 400
    assert Client().post(link, GOOD).status_code == 302


def test_when_the_record_refuses_nobody_is_made_and_the_link_stays_good(link, admin, monkeypatch):
    def refuse(invitation, person):
        raise OSError("the disc went away")

    monkeypatch.setattr(arriving, "accept", refuse)
    token = link.removeprefix("/people/invited/").removesuffix("/")
    with pytest.raises(OSError, match="went away"):
        arriving.arrive(token, "newcomer", GOOD["password"])
    assert not get_user_model().objects.filter(username="newcomer").exists()
    monkeypatch.undo()
    assert arriving.arrive(token, "newcomer", GOOD["password"]).pk


def test_an_office_closed_meanwhile_is_not_taken(link, admin):
    actions.close_office(admin, "deputy", "It was merged with the cabinet.")
    assert Client().post(link, GOOD).status_code == 400
    assert not get_user_model().objects.filter(username="newcomer").exists()


def test_an_invitation_to_readers_is_made_by_one(admin, sign_in):
    actions.open_office(admin, "gallery", "Gallery", ["reader"])
    shown = sign_in("machine-room").post("/people/offices/gallery/invite/", {"since": "2024-03-22T13:00"})
    assert "/people/invited/" in shown.content.decode()


@pytest.fixture
def code(people, admin, other):
    return arriving.code_for(actions.confirm(other, actions.ask_recovery(admin, people["watch"].person, WHY)))


def come(code, name="watch", client=None, **changes):
    given = {
        "name": name,
        "code": code,
        "password": "a brand new secret",
        "again": "a brand new secret",
        **changes,
    }
    return (client or Client()).post("/people/back/", given)


def test_two_others_vouch_and_neither_alone_nor_for_oneself(people, admin, other):
    with pytest.raises(actions.OwnMandate):
        actions.ask_recovery(admin, admin.person, WHY)
    with pytest.raises(NotAllowed):
        actions.ask_recovery(people["prime-minister"], people["watch"].person, WHY)
    move = actions.ask_recovery(admin, people["watch"].person, WHY)
    with pytest.raises(actions.SameAdministrator):
        actions.confirm(admin, move)
    about_oneself = actions.ask_recovery
    actions.found_mandate("p-98", "machine-room")
    with pytest.raises(actions.SameAdministrator):
        actions.confirm(other, about_oneself(admin, other.person, WHY))
    assert actions.confirm(other, move).startswith("recovery-")


def test_the_code_sets_a_new_password_ends_every_session_and_takes_the_second_factors(code, sign_in, people):
    from allauth.mfa.models import Authenticator

    user = get_user_model().objects.get(username="watch")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    open_session = sign_in("watch")
    assert open_session.get("/levels/").status_code == 200
    assert come(code).status_code == 302
    user.refresh_from_db()
    assert user.check_password("a brand new secret")
    assert open_session.get("/levels/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert verify().verified


def test_a_code_serves_once_for_one_person_and_a_day(code, people):
    assert come(code, name="planning").status_code == 400
    assert come("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA").status_code == 400
    with times.held(times.now() + timedelta(hours=24)):
        assert come(code).status_code == 400
    assert come(code.lower()).status_code == 302
    assert come(code).status_code == 400


def test_whoever_tries_learns_nothing_from_the_refusal(code, people):
    said = {re.sub(r'value="[^"]*"', "", come(code if n else "X", name=name).content.decode()) for n, name in ((0, "watch"), (1, "planning"), (0, "nobody"))}  # fmt: skip
    said = {re.sub(r"csrfmiddlewaretoken[^>]*", "", one) for one in said}
    assert len(said) == 1


def test_an_invitation_s_secret_is_no_recovery_code(people, admin, other):
    move = actions.invite(admin, "deputy", since=times.now())
    link = arriving.link_to(actions.confirm(other, move))
    token = path_of(link).removeprefix("/people/invited/").removesuffix("/")
    with pytest.raises(RecoveryClosed):
        arriving.recover(
            "watch", signing.Signer(salt="vigie.accounts.invitation").unsign(token), "a brand new secret"
        )


def test_a_weak_password_leaves_the_code_good(code):
    assert come(code, password="short", again="short").status_code == 400
    assert come(code).status_code == 302


def test_the_second_administrator_alone_is_shown_the_code(sign_in, people):
    first, second = sign_in("machine-room"), sign_in("other-machine-room")
    first.post("/people/vouch/", {"person": people["watch"].person, "reason": WHY})
    [move] = queries.moves_waiting()
    shown = second.post(f"/people/moves/{move.id}/confirm/").content.decode()
    assert re.search(r"[A-Z2-9]{5}(-[A-Z2-9]{5}){4}", shown)
    assert not re.search(r"[A-Z2-9]{5}(-[A-Z2-9]{5}){4}", second.get("/people/offices/").content.decode())


def test_the_way_back_made_at_the_shell_works_too(people):
    assert come(arriving.code_for(actions.found_recovery(people["watch"].person))).status_code == 302
