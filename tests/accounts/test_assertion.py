"""A passkey's answer: what it stands for, and each way in which it does not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.accounts.passkeys import ORIGIN, SITE, Passkey
from vigie.accounts.signing_in import assertion
from vigie.accounts.signing_in.assertion import text
from vigie.accounts.signing_in.proof import Asked, NotProven

ASKED = Asked("alert.level.approve", "decision-7", "ab" * 32).afresh()


def read(key, answer, asked=ASKED, *, keys=None, origin=ORIGIN):
    held = {text(key.id): key.public_key} if keys is None else keys
    return assertion.read(asked, answer, held, rp=SITE, origin=origin)


def test_an_answer_over_the_digest_is_a_proof_that_holds_by_itself():
    key = Passkey()
    proof = read(key, key.answer(text(ASKED.challenge())))
    assert (proof.method, proof.asked) == ("passkey", ASKED)
    assertion.check(proof)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, digest="cd" * 32),
        replace(ASKED, subject="decision-8"),
        replace(ASKED, act="warning.message.approve"),
        ASKED.afresh(),
    ],
    ids=["digest", "subject", "act", "nonce"],
)
def test_an_answer_stands_for_nothing_but_what_was_asked(other):
    key = Passkey()
    proof = read(key, key.answer(text(ASKED.challenge())))
    with pytest.raises(NotProven, match="something else"):
        read(key, key.answer(text(ASKED.challenge())), other)
    with pytest.raises(NotProven, match="something else"):
        assertion.check(replace(proof, asked=other))


def test_an_answer_made_for_another_site_is_refused():
    key = Passkey()
    challenge = text(ASKED.challenge())
    with pytest.raises(NotProven, match="something else"):
        read(key, key.answer(challenge, site="elsewhere.example"))
    with pytest.raises(NotProven, match=r"elsewhere\.example"):
        read(key, key.answer(challenge, origin="https://elsewhere.example"))


def test_an_answer_without_finger_face_or_pin_is_refused():
    key = Passkey(verifies=False)
    with pytest.raises(NotProven, match="finger"):
        read(key, key.answer(text(ASKED.challenge())))


def test_somebody_elses_passkey_is_refused_even_under_ones_own_name():
    mine, theirs = Passkey(), Passkey()
    challenge = text(ASKED.challenge())
    with pytest.raises(NotProven, match="not one of yours"):
        read(mine, theirs.answer(challenge))
    theirs.id = mine.id
    with pytest.raises(NotProven, match="does not hold"):
        read(mine, theirs.answer(challenge))


@pytest.mark.parametrize("part", ["signature", "authenticator_data", "client_data", "public_key", "rp"])
def test_a_kept_proof_with_a_part_changed_holds_no_more(part):
    key, other = Passkey(), Passkey()
    proof = read(key, key.answer(text(ASKED.challenge())))
    again = read(other, other.answer(text(ASKED.challenge())))
    changed = "elsewhere.example" if part == "rp" else getattr(again, part)
    if part in {
        "client_data",
        "authenticator_data",
    }:  # both keys say the same there: change a byte that is read
        plain = bytearray(assertion.plain(getattr(proof, part)))
        plain[-3] ^= 1
        changed = text(bytes(plain))
    with pytest.raises(NotProven):
        assertion.check(replace(proof, **{part: changed}))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        [],
        "x",
        None,
        {"rawId": "AA"},
        {"id": "AA", "rawId": "AB", "response": {}},
        {"rawId": 3, "response": 4},
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(broken):
    with pytest.raises(NotProven, match="cannot be read"):
        read(Passkey(), broken)


def test_a_kept_proof_that_is_no_proof_is_refused_in_a_sentence():
    key = Passkey()
    proof = read(key, key.answer(text(ASKED.challenge())))
    for part in ("authenticator_data", "client_data", "public_key"):
        for nonsense in ("", "AAAA", "§"):
            with pytest.raises(NotProven):
                assertion.check(replace(proof, **{part: nonsense}))


@given(
    part=st.sampled_from(["authenticatorData", "clientDataJSON", "signature"]),
    made_up=st.binary(max_size=120),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_somebody_makes_up_are_a_proof_or_a_fault_of_the_house(part, made_up):
    key = Passkey()
    answer = key.answer(text(ASKED.challenge()))
    answer["response"][part] = text(made_up)
    with pytest.raises(NotProven):
        read(key, answer)
