"""Before a solemn act a person shows again that it is they (ASVS 5.0.0, 7.5.3): on the page, over the API, in the verb."""

import json
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.accounts.passkeys import Passkey, asked
from vigie import times
from vigie.accounts import kinds
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in import assertion
from vigie.accounts.signing_in.actions import asked_of
from vigie.accounts.signing_in.middleware import stepping_up
from vigie.accounts.signing_in.proof import Asked, NotProven, Proof
from vigie.alert import actions, queries
from vigie.ledger.queries import head, recent, verify

REASON = "An attack abroad was claimed by a group that has tried here before."
SECRET = "correct horse battery staple"


@pytest.fixture
def proposed(people):
    return actions.propose(
        people["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASON, effective=times.now()
    )  # fmt: skip


@pytest.fixture
def signer(people, settings):
    """The one who may sign, with a password and nothing else: `signer.client` is signed in, and has shown nothing since."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = get_user_model().objects.get(username="prime-minister")
    user.set_password(SECRET)
    user.save()
    client = Client()
    client.force_login(user)
    return SimpleNamespace(user=user, client=client, actor=people["prime-minister"])


@pytest.fixture
def key(signer):
    return Passkey().given_to(signer.user)


def sign(client, decision, **given):
    seen = given.pop("seen", None) or queries.decision(decision).digest
    return client.post(f"/decide/{decision}/", {"seen": seen, "typed": "UA", **given})


def by_passkey(client, decision, key):
    """What the browser would post from the page as it stands now."""
    question = asked(client.get(f"/decide/{decision}/"))
    return json.dumps(key.answer(question["challenge"]))


def kept():
    return [body for written, body in recent(20) if written.kind == kinds.ASSERTION_KEPT.tag]


def refusals():
    from vigie.desk.models import Refusal

    return {(row.person, row.why): row.count for row in Refusal.objects.all()}


def test_a_session_alone_signs_nothing(signer, proposed):
    before = head()
    answer = sign(signer.client, proposed)
    assert answer.status_code == 400
    assert "Show that it is you" in answer.content.decode()
    assert queries.decision(proposed).state == "proposed"
    assert head() == before
    assert refusals() == {(signer.actor.person, "NotProven"): 1}


def test_the_password_given_again_signs_and_the_record_says_that_it_was_that(signer, proposed):
    assert sign(signer.client, proposed, password=SECRET).status_code == 302
    row = queries.decision(proposed)
    assert row.state == "in force"
    (said,) = kept()
    assert (said.method, said.subject, said.digest, said.signature) == ("password", proposed, row.digest, "")
    approval = next(w for w, _ in recent(20) if w.kind == "alert.level.approved/1")
    assert said.entry == approval.seq
    assert verify().verified


def test_a_wrong_password_signs_nothing_and_is_counted(signer, proposed):
    answer = sign(signer.client, proposed, password="another long secret")
    assert answer.status_code == 400
    assert "is not right" in answer.content.decode()
    assert queries.decision(proposed).state == "proposed"
    assert refusals() == {(signer.actor.person, "NotProven"): 1}


def test_who_holds_codes_gives_one_beside_the_password(signer, proposed):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(signer.user).get_unused_codes()
    assert sign(signer.client, proposed, password=SECRET).status_code == 400
    assert sign(signer.client, proposed, password=SECRET, code="00000000").status_code == 400
    assert sign(signer.client, proposed, password="wrong", code=codes[0]).status_code == 400
    assert queries.decision(proposed).state == "proposed"
    assert sign(signer.client, proposed, password=SECRET, code=codes[0]).status_code == 302
    assert kept()[0].method == "password and code"


def test_a_code_opens_once(signer, proposed):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(signer.user).get_unused_codes()[0]
    given = {"password": SECRET, "code": code, "next": "/levels/"}
    assert signer.client.post("/people/again/", given).status_code == 302
    assert sign(signer.client, proposed, password=SECRET, code=code).status_code == 400


def test_a_passkey_signs_the_digest_and_the_record_alone_proves_it(signer, proposed, key):
    answer = sign(signer.client, proposed, credential=by_passkey(signer.client, proposed, key))
    assert answer.status_code == 302
    row = queries.decision(proposed)
    assert row.state == "in force"
    (said,) = kept()
    assert (said.method, said.digest) == ("passkey", row.digest)
    shown = {
        name: getattr(said, name)
        for name in ("rp", "credential", "public_key", "authenticator_data", "client_data", "signature")
    }
    assertion.check(Proof(asked=asked_of(said), method="passkey", **shown))
    with pytest.raises(NotProven):
        forged = Asked(said.act, said.subject, "0" * 64, said.nonce)
        assertion.check(Proof(asked=forged, method="passkey", **shown))
    assert verify().verified


def test_who_has_a_passkey_does_not_get_by_with_a_password_alone(signer, proposed, key):
    assert sign(signer.client, proposed, password=SECRET).status_code == 400
    assert queries.decision(proposed).state == "proposed"


def test_an_edit_after_the_page_was_read_voids_the_passkeys_signature(signer, people, proposed, key):
    seen = queries.decision(proposed).digest
    credential = by_passkey(signer.client, proposed, key)
    actions.revise(
        people["both"], proposed, code="UA", reasons=REASON + " Two more facts.", effective=times.now()
    )
    answer = sign(signer.client, proposed, seen=seen, credential=credential)
    assert answer.status_code == 400
    assert "edited after you read it" in answer.content.decode()
    assert queries.decision(proposed).state == "proposed"
    assert kept() == []


def test_a_signature_over_the_old_draft_does_not_carry_the_new_one(signer, people, proposed, key):
    credential = by_passkey(signer.client, proposed, key)
    actions.revise(
        people["both"], proposed, code="UA", reasons=REASON + " Two more facts.", effective=times.now()
    )
    answer = sign(
        signer.client, proposed, credential=credential
    )  # names the digest of the draft as it stands
    assert answer.status_code == 400
    assert "something else" in answer.content.decode()
    assert queries.decision(proposed).state == "proposed"


def test_one_answer_serves_once(signer, proposed, key):
    seen = queries.decision(proposed).digest
    credential = by_passkey(signer.client, proposed, key)
    wrong = signer.client.post(
        f"/decide/{proposed}/", {"seen": "0" * 64, "typed": "UA", "credential": credential}
    )
    assert wrong.status_code == 400
    again = sign(signer.client, proposed, seen=seen, credential=credential)
    assert "not open any more" in again.content.decode()
    assert queries.decision(proposed).state == "proposed"


def test_an_answer_after_an_hour_is_too_late(signer, proposed, key, monkeypatch):
    credential = by_passkey(signer.client, proposed, key)
    monkeypatch.setattr(stepping_up, "time", SimpleNamespace(time=lambda: time.time() + 3601))
    answer = sign(signer.client, proposed, credential=credential)
    assert "more than an hour ago" in answer.content.decode()
    assert queries.decision(proposed).state == "proposed"


@pytest.mark.parametrize(
    "nonsense", ["{", "[]", '{"response": 1}', '{"response": {"clientDataJSON": "AAAA"}}']
)
def test_an_answer_that_is_none_is_refused_in_a_sentence(signer, proposed, key, nonsense):
    signer.client.get(f"/decide/{proposed}/")
    answer = sign(signer.client, proposed, credential=nonsense)
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_the_two_person_rule_stands_behind_the_best_of_proofs(people):
    own = actions.propose(
        people["both"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons=REASON, effective=times.now()
    )  # fmt: skip
    user = get_user_model().objects.get(username="both")
    key = Passkey().given_to(user)
    client = Client()
    client.force_login(user)
    digest = queries.decision(own).digest
    question = client.post(
        "/api/steps/ask",
        data=json.dumps({"act": "alert.level.approve", "subject": own, "digest": digest}),
        content_type="application/json",
    ).json()["options"]["publicKey"]
    answer = sign(client, own, credential=json.dumps(key.answer(question["challenge"])))
    assert answer.status_code == 400
    assert "You cannot sign this" in answer.content.decode()
    assert queries.decision(own).state == "proposed"
    assert kept() == []


def test_over_the_api_the_same_is_asked(signer, proposed, key):
    def post(path, body):
        return signer.client.post(path, data=json.dumps(body), content_type="application/json")

    seen = queries.decision(proposed).digest
    bare = post(f"/api/steps/proposals/{proposed}/sign", {"seen": seen})
    assert bare.status_code == 403
    assert "Show that it is you" in bare.json()["error"]
    question = post(
        "/api/steps/ask", {"act": "alert.level.approve", "subject": proposed, "digest": seen}
    ).json()
    assert question["by_words"]
    answer = key.answer(question["options"]["publicKey"]["challenge"])
    signed = post(f"/api/steps/proposals/{proposed}/sign", {"seen": seen, "step_up": {"credential": answer}})
    assert signed.status_code == 204
    assert queries.decision(proposed).approved_by == signer.actor.person
    assert kept()[0].method == "passkey"


def test_a_home_that_asks_for_passkeys_takes_no_password(signer, proposed, settings):
    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, step_up="passkey")
    page = signer.client.get(f"/decide/{proposed}/").content.decode()
    assert "asks for a passkey" in page
    assert 'name="password"' not in page
    refused = sign(signer.client, proposed, password=SECRET)
    assert "asks for a passkey" in refused.content.decode()
    seen = queries.decision(proposed).digest
    words = Proof(asked=Asked("alert.level.approve", proposed, seen), method="password")
    with pytest.raises(NotProven):
        actions.approve(replace(signer.actor, via="console", proof=words), proposed, seen=seen)
    key = Passkey().given_to(signer.user)
    credential = by_passkey(signer.client, proposed, key)
    assert sign(signer.client, proposed, credential=credential).status_code == 302


def test_the_verb_itself_refuses_whoever_comes_by_the_web_without_proof(people, proposed):
    seen = queries.decision(proposed).digest
    for road in ("console", "api"):
        bare = Actor(people["deputy"].person, "deputy", road)
        with pytest.raises(NotProven):
            actions.approve(bare, proposed, seen=seen)
    elsewhere = Proof(asked=Asked("alert.level.approve", "decision-999", seen), method="password")
    with pytest.raises(NotProven, match="another act"):
        actions.approve(Actor(people["deputy"].person, "deputy", "console", elsewhere), proposed, seen=seen)
    assert queries.decision(proposed).state == "proposed"


def test_too_many_tries_are_stopped_and_a_minute_later_one_may_again(signer, proposed):
    for _ in range(10):
        sign(signer.client, proposed, password="wrong")
    stopped = sign(signer.client, proposed, password=SECRET)
    assert "tried too often" in stopped.content.decode()
    assert queries.decision(proposed).state == "proposed"


def test_each_proof_renews_the_sessions_token(signer, proposed):
    before = signer.client.cookies["sessionid"].value
    sign(signer.client, proposed, password=SECRET)
    after = signer.client.cookies["sessionid"].value
    assert after != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/levels/").status_code == 302
    assert signer.client.get("/levels/").status_code == 200
