"""Questions asked of the desk: who a person is there, which keys they hold, where they are signed in."""

from datetime import datetime
from typing import Any

import msgspec
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from vigie import times
from vigie.accounts.models import Mandate
from vigie.accounts.signing_in.assertion import text
from vigie.desk import queries as desk
from vigie.desk.models import Reading
from vigie.errors import NotFound
from vigie.ledger import queries as ledger


def person_of(user: Any) -> str:
    """Give the opaque id that the record knows this sign-in by."""
    return f"p-{user.pk}"


def sign_in_of(person: str) -> User:
    """Give the sign-in of an opaque id. Raises NotFound."""
    number = person.removeprefix("p-")
    found = get_user_model().objects.filter(pk=number).first() if number.isdecimal() else None
    if found is None:
        raise NotFound("Nobody signs in here as {given}.", given=person)
    return found


def keys_of(user: Any) -> dict[str, Any]:
    """Give a person's passkeys: COSE public keys by credential id (base64url)."""
    held = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    each = (one.wrap().authenticator_data.credential_data for one in held)
    return {text(data.credential_id): data.public_key for data in each if data}


def holds_code(user: Any) -> bool:
    """Say whether a person can give a code: from an authenticator app, or printed."""
    held = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.WEBAUTHN)
    return bool(held.exists())


def sessions_of(user: Any) -> list[UserSession]:
    """List a person's sessions that still stand, the latest used first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)


def own_data(user: User) -> dict[str, Any]:
    """Give all that is held about an account, as plain data: at the desk, and on the record by its opaque id.

    acts: entries this person wrote; about: entries others wrote about them; each with what it says, None once erased.
    """
    person = person_of(user)
    acts: list[dict[str, Any]] = []
    about: list[dict[str, Any]] = []
    for written, body in ledger.naming(person):
        told = {
            "entry": written.seq, "kind": written.kind, "at": written.at, "office": written.by.office,
            "via": written.by.via, "about": list(written.subjects), "says": None if body is None else msgspec.to_builtins(body),
        }  # fmt: skip
        (acts if written.by.person == person else about).append(told)
    return {
        "person": person,
        "sign_in": {
            "name": user.username,
            "since": _when(user.date_joined),
            "last": _when(user.last_login),
            "barred": not user.is_active,
            "ways": [
                {"type": one.type, "since": _when(one.created_at), "last": _when(one.last_used_at)}
                for one in Authenticator.objects.filter(user_id=user.pk).order_by("pk")
            ],
            "providers": list(
                SocialAccount.objects.filter(user_id=user.pk).values_list("provider", flat=True)
            ),
            "paged_at": desk.pager(person),
        },
        "sessions": [
            {
                "since": _when(s.created_at),
                "last": _when(s.last_seen_at),
                "address": s.ip,
                "browser": s.user_agent,
            }
            for s in sessions_of(user)
        ],
        "mandates": [
            {"office": m.office_id, "since": _when(m.since), "until": _when(m.until)}
            for m in Mandate.objects.filter(person=person)
        ],
        "counted": [
            {"what": row.what, "item": row.item, "count": row.count, "since": _when(row.since)}
            for row in Reading.objects.filter(person=person)
        ],
        "acts": acts,
        "about": about,
    }


def _when(at: datetime | None) -> str | None:
    return times.text(at) if at else None
