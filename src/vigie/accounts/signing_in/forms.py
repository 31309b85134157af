"""Forms of signing in: allauth's, each refusal counted."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vigie.accounts.signing_in.actions import note_refusal
from vigie.accounts.signing_in.queries import person_of


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: one that signs in by itself, hence asks for finger, face or PIN."""

    # The browser's script reads it; a key that could not do this would be no passkey.
    passwordless = forms.BooleanField(required=True, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name, to know it by")
        self.fields["name"].max_length = 60


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code that belongs to a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("From your authenticator app, or one of your printed codes.")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        note_refusal(person_of(self.user), "mfa_authenticate", "WrongCode")


class PasskeySignInForm(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey's answer at the door."""

    def clean_credential(self) -> Authenticator:
        """Give the authenticator that answered."""
        try:
            return super().clean_credential()
        except ValidationError:
            note_refusal("", "mfa_login_webauthn", "WrongPasskey")
            raise


class PasskeySecondForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey's answer after a password."""

    def clean_credential(self) -> Authenticator:
        """Give the authenticator that answered."""
        try:
            return super().clean_credential()
        except ValidationError:
            note_refusal(person_of(self.user), "mfa_authenticate", "WrongPasskey")
            raise
