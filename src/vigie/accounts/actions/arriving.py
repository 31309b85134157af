"""Coming in by a link, and back by a code: the desk keeps the secret, the record keeps the act.

Two databases cannot commit together. The secret is used up first, so that of two who come at once one goes in; when
the record then refuses, the secret is made good again and nothing else is left behind.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from vigie.accounts import queries
from vigie.accounts.actions.inviting import InvitationClosed, accept
from vigie.accounts.actions.recovering import RecoveryClosed, come_back
from vigie.desk import actions as desk, queries as kept
from vigie.errors import Conflict
from vigie.homes import Home

_SIGNER = signing.Signer(salt="vigie.accounts.invitation")


class NameTaken(Conflict):
    """The sign-in name is in use."""


def link_to(invitation: str) -> str:
    """Make the link of an invitation. It is known now and never again. Raises NotFound."""
    home: Home = settings.VIGIE_HOME
    secret = desk.issue(invitation, queries.invitation(invitation).expires)
    return home.address.rstrip("/") + reverse("accounts:invited", args=[_SIGNER.sign(secret)])


def code_for(recovery: str) -> str:
    """Make the code of a recovery, to be handed over in person. It is known now and never again. Raises NotFound."""
    return desk.issue(recovery, queries.recovery(recovery).expires, spoken=True)


def invitation_of(token: str) -> str:
    """Give the invitation a link belongs to. Raises InvitationClosed when the link opens nothing (any more)."""
    try:
        secret = _SIGNER.unsign(token)
    except signing.BadSignature:
        secret = ""
    found = kept.about(secret)
    row = queries.invitation(found) if found else None
    if row is None or row.state != "open":
        raise InvitationClosed(
            "This link opens nothing: it was used, was revoked, or has run out. Ask for another."
        )
    return row.id


def arrive(token: str, name: str, password: str) -> User:
    """Make a sign-in for who came by a link, and give them the office. Raises InvitationClosed, NameTaken."""
    invitation, secret = invitation_of(token), _SIGNER.unsign(token)
    if not desk.redeem(secret, invitation):
        raise InvitationClosed(
            "This link opens nothing: it was used, was revoked, or has run out. Ask for another."
        )
    try:
        with transaction.atomic(using="default"):
            user = get_user_model().objects.create_user(username=name, password=password)
    except IntegrityError:
        desk.give_back(secret)
        raise NameTaken("The sign-in name {name} is in use. Choose another.", name=name) from None
    try:
        accept(invitation, f"p-{user.pk}")
    except BaseException:
        user.delete()
        desk.give_back(secret)
        raise
    return user


def recover(name: str, code: str, password: str) -> None:
    """Set a person's new password with their code; their second factors and open sessions are void.

    Raises RecoveryClosed for any fault of name or code, always in the same words: who tries must learn nothing.
    """
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    recovery = kept.about(code)
    row = queries.recovery(recovery) if recovery.startswith("recovery-") else None
    fits = user is not None and row is not None and row.person == f"p-{user.pk}"
    if not fits or user is None or not desk.redeem(code, recovery):
        raise RecoveryClosed(
            "This name and this code do not belong together, or the code was used or has run out."
        )
    try:
        come_back(recovery, f"p-{user.pk}")
    except BaseException:
        desk.give_back(code)
        raise
    user.set_password(password)  # sessions carry a digest of the password: every one of them ends
    user.save()
    Authenticator.objects.filter(user=user).delete()
