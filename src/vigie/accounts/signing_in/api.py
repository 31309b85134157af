"""Solemn acts over the API: the same proof as on the page, in the field `step_up` of the request."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from vigie.accounts.actors import Actor
from vigie.accounts.middleware import actor_of
from vigie.accounts.signing_in.middleware.stepping_up import ask, prove


class StepUpIn(Schema):
    """What shows that it is the person themselves, now.

    credential: a passkey's PublicKeyCredential as JSON, over what `/api/steps/ask` gave; without one password,
    and a code where the person has an authenticator app, a passkey or printed codes.
    """

    password: str = ""
    code: str = ""
    credential: dict[str, Any] | None = None


class SeenIn(Schema):
    """The digest of what was read, and what shows that it is the person themselves who read it."""

    seen: str
    step_up: StepUpIn = StepUpIn()


class AskIn(Schema):
    """What a person will stand for: the right used, the id of what it is about, the digest of what they read."""

    act: str
    subject: str
    digest: str


class AskedOut(Schema):
    """options: what a browser's credentials.get takes, null without a passkey; the rest: whether words do, and which."""

    options: dict[str, Any] | None
    by_words: bool
    asks_code: bool


def asked(request: HttpRequest, given: AskIn) -> AskedOut:
    """Give the question that a passkey is to sign before a solemn act; it is good for one answer within the hour."""
    question = ask(request, given.act, given.subject, given.digest)
    return AskedOut(options=question.options, by_words=question.by_words, asks_code=question.asks_code)


def proven(request: HttpRequest, act: str, subject: str, digest: str, shown: StepUpIn) -> Actor:
    """Give the actor of this request with the proof that its body brought. Raises NotProven, TooManyTries."""
    credential = json.dumps(shown.credential) if shown.credential else ""
    proof = prove(
        request, act, subject, digest, password=shown.password, code=shown.code, credential=credential
    )
    return replace(actor_of(request), proof=proof)
