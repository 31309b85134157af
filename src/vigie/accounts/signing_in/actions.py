"""What is written when people sign in, prove again that it is they, change how they sign in, or are stopped."""

import logging
from dataclasses import asdict
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User

from vigie.accounts import kinds
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.proof import Asked, NotProven
from vigie.accounts.signing_in.queries import sessions_of, sign_in_of
from vigie.desk.actions import count_refusal
from vigie.errors import BadInput, Conflict, NotFound, VigieError
from vigie.homes import Home, Provider
from vigie.ledger.actions import after_commit, append, recorded
from vigie.ledger.kinds import Body, By, Kind
from vigie.ledger.projections import Written

DOORS = frozenset({"console", "api"})
"""Roads on which a solemn act asks for proof. Who acts at the server's shell has its files in hand: the record says so."""

SHORTEST_REASON = 10

_SHELL = By(person="", office="", via="shell")


def keep_proof(actor: Actor, act: Written, right: str, subject: str, digest: str) -> None:
    """Write beside a solemn act how its doer showed that it is they, in the same recording.

    Raises NotProven when they did not, on a road that asks for it, for exactly this right, subject and digest; and
    when this home takes passkeys alone and the proof is none.
    """
    proof, home = actor.proof, settings.VIGIE_HOME
    if proof is None:
        if actor.via not in DOORS:
            return
        raise NotProven("Show that it is you: sign with your passkey, or give your password again.")
    asked = proof.asked
    if (asked.act, asked.subject, asked.digest) != (right, subject, digest):
        raise NotProven("What you showed was for another act. Read this one again, then sign it.")
    require_method(home, proof.method)
    body = kinds.AssertionKept(
        entry=act.seq, method=proof.method, rp=proof.rp, credential=proof.credential, public_key=proof.public_key,
        authenticator_data=proof.authenticator_data, client_data=proof.client_data, signature=proof.signature,
        **asdict(asked),
    )  # fmt: skip
    append(actor.by(), kinds.ASSERTION_KEPT, body, subjects=[subject], marking="TLP:AMBER")


def require_method(home: Home, method: str) -> None:
    """Raise NotProven when this home takes passkeys alone and the method is another."""
    if home.step_up == "passkey" and method != "passkey":
        raise NotProven("This home asks for a passkey here. Add one on your sign-in page, then sign with it.")


def asked_of(kept: kinds.AssertionKept) -> Asked:
    """Give what a kept assertion stands for."""
    return Asked(act=kept.act, subject=kept.subject, digest=kept.digest, nonce=kept.nonce)


def note_sign_in(person: str, method: str) -> None:
    """Write that a person signed in."""
    _noted(person, kinds.SESSION_BEGUN, kinds.SessionBegun(person=person, method=method))


def note_refusal(person: str, what: str, why: str) -> None:
    """Count a refused sign-in at the desk, under the person's number, whence it goes into the record with others.

    person: empty when nobody bears the name that was given; what: name of the door; why: what was wrong.
    """
    count_refusal(person=person, office="", via="console", what=what, method="POST", why=why)


def note_change(person: str, change: str) -> None:
    """Write that a person's ways to sign in changed. Raises what `recorded` does: an unwritten change is not made."""
    _write(person, kinds.SIGN_IN_CHANGED, kinds.SignInChanged(person=person, change=change))


def note_end(person: str, count: int) -> None:
    """Write that a person ended sessions of their own, by hand."""
    _write(person, kinds.SESSION_ENDED, kinds.SessionEnded(person=person, count=count))


def _noted(person: str, kind: Kind, body: Body) -> None:
    """Write, unless nothing can be written: who holds the record's repair must still be able to sign in."""
    try:
        _write(person, kind, body)
    except VigieError as fault:
        logging.getLogger("vigie").warning("%s was not written: %s", kind.tag, fault)


@recorded
def _write(person: str, kind: Kind, body: Body) -> None:
    by = By(person=person, office="", via="console")
    append(by, kind, body, subjects=[person] if person else [])


@verb("accounts.session.end")
def end_sessions(actor: Actor, person: str, reason: str) -> int:
    """End every session of a person, now. Gives how many. Raises NotFound, BadInput without a reason."""
    user = sign_in_of(person)
    _check_reason(reason)
    ended = len(sessions_of(user))
    body = kinds.SessionsEnded(person=person, count=ended, reason=reason)
    append(actor.by(), kinds.SESSIONS_ENDED, body, subjects=[person])
    after_commit(lambda: _end(user))
    return ended


@verb("accounts.person.bar")
def bar(actor: Actor, person: str, reason: str) -> None:
    """Let a person sign in no more, and end their sessions. Mandates stay as they are.

    Raises NotFound, BadInput without a reason, Conflict for oneself or when they are barred already.
    """
    if person == actor.person:
        raise Conflict("You cannot bar yourself. Someone else who administers this home must.")
    _bar(actor.by(), person, reason)


@recorded
def bar_here(person: str, reason: str) -> None:
    """Bar a person from the server's shell. Raises what `bar` does."""
    _bar(_SHELL, person, reason)


@verb("accounts.person.bar")
def readmit(actor: Actor, person: str, reason: str) -> None:
    """Let a barred person sign in again. Raises NotFound, BadInput without a reason, Conflict when they are not barred."""
    _readmit(actor.by(), person, reason)


@recorded
def readmit_here(person: str, reason: str) -> None:
    """Readmit a person from the server's shell. Raises what `readmit` does."""
    _readmit(_SHELL, person, reason)


@recorded
def link_here(person: str, provider: str, subject: str) -> None:
    """Let a provider's word on `subject` open this home for a person; their sessions end.

    provider: id, name or issuer of one in vigie.toml. Raises NotFound for person or provider, Conflict when somebody
    is linked to that subject already.
    """
    user, known = sign_in_of(person), provider_of(provider)
    if SocialAccount.objects.filter(provider=known.id, uid=subject).exists():
        raise Conflict("Somebody is linked to {subject} of {name} already.", subject=subject, name=known.name)
    _changed(person, "provider linked")
    after_commit(lambda: SocialAccount.objects.create(user=user, provider=known.id, uid=subject))
    after_commit(lambda: _end(user))


@recorded
def unlink_here(person: str, provider: str) -> None:
    """Take back that a provider's word opens this home for a person; their sessions end. Raises NotFound."""
    user, known = sign_in_of(person), provider_of(provider)
    held = SocialAccount.objects.filter(user_id=user.pk, provider=known.id)
    if not held.exists():
        raise NotFound("They are not linked to {name}.", name=known.name)
    _changed(person, "provider unlinked")
    after_commit(held.delete)
    after_commit(lambda: _end(user))


def provider_of(given: str) -> Provider:
    """Give the provider of that id, name or issuer. Raises NotFound with those this home knows."""
    home: Home = settings.VIGIE_HOME
    for one in home.providers:
        if given in (one.id, one.name, one.issuer):
            return one
    raise NotFound(
        "This home knows no provider {given!r}. Those of its vigie.toml: {known}.",
        given=given,
        known=", ".join(one.id for one in home.providers) or "-",
    )


def _bar(by: By, person: str, reason: str) -> None:
    user = sign_in_of(person)
    _check_reason(reason)
    if not user.is_active:
        raise Conflict("{person} is barred already.", person=person)
    append(by, kinds.PERSON_BARRED, kinds.PersonBarred(person=person, reason=reason), subjects=[person])
    after_commit(lambda: _admit(user, may=False))


def _readmit(by: By, person: str, reason: str) -> None:
    user = sign_in_of(person)
    _check_reason(reason)
    if user.is_active:
        raise Conflict("{person} is not barred.", person=person)
    body = kinds.PersonReadmitted(person=person, reason=reason)
    append(by, kinds.PERSON_READMITTED, body, subjects=[person])
    after_commit(lambda: _admit(user, may=True))


def _changed(person: str, change: str) -> None:
    body = kinds.SignInChanged(person=person, change=change)
    append(_SHELL, kinds.SIGN_IN_CHANGED, body, subjects=[person])


def _check_reason(given: str) -> None:
    if len(given.strip()) < SHORTEST_REASON:
        raise BadInput(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def _admit(user: User, *, may: bool) -> None:
    user.is_active = may
    user.save(update_fields=["is_active"])
    if not may:
        _end(user)


def _end(user: Any) -> None:
    # Not `sessions_of`: of a barred person it would drop the list and leave the sessions, to come alive again later.
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
