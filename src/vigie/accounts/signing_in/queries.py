"""Questions asked of the desk: who a person is there, which keys they hold, where they are signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from vigie.accounts.signing_in.assertion import text
from vigie.errors import NotFound


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
