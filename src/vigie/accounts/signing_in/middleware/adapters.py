"""Where allauth asks this house: nobody makes an account for themselves, every change is written and ends other sessions."""

from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from vigie.accounts.middleware import refusal
from vigie.accounts.signing_in import code_picture
from vigie.accounts.signing_in.actions import note_change, note_refusal, note_sign_in
from vigie.accounts.signing_in.middleware.lasting import begin, end_others
from vigie.accounts.signing_in.middleware.stepping_up import fresh
from vigie.accounts.signing_in.queries import keys_of, person_of
from vigie.errors import VigieError

# What allauth would write a mail about, in the words of the record. No mail is sent: none of an officer is kept.
_CHANGES = {
    "mfa/email/webauthn_added": "passkey added",
    "mfa/email/webauthn_removed": "passkey removed",
    "mfa/email/totp_activated": "authenticator app added",
    "mfa/email/totp_deactivated": "authenticator app removed",
    "mfa/email/recovery_codes_generated": "recovery codes made anew",
    "account/email/password_changed": "password changed",
    "account/email/password_set": "password set",
    "socialaccount/email/account_connected": "provider linked",
    "socialaccount/email/account_disconnected": "provider unlinked",
}
_PATIENCE = 5.0
"""Seconds a provider has to answer."""

_SILENT = "The provider does not answer. Sign in with a passkey or a password, or try again later."
_SHOWN = {"password": "password", "totp": "code", "recovery_codes": "recovery code", "webauthn": "passkey", "socialaccount": "provider"}  # fmt: skip


class Desk(DefaultAccountAdapter):  # type: ignore[misc]
    """The desk where people sign in: offices are given, not asked for."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in under a new session token, start the session's time, and write it down."""
        records = get_authentication_records(request, user)
        super().login(request, user)
        begin(request)
        shown = [_SHOWN.get(one.get("type") or one["method"], one["method"]) for one in records]
        note_sign_in(person_of(user), " and ".join(dict.fromkeys(shown)))
        if not keys_of(user):
            messages.info(
                request,
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("A passkey is quicker than a password and cannot be given away by mistake."),
                    reverse("mfa_add_webauthn"),
                    _("Add one"),
                ),
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it against the account that was tried, where there is one: never under the name that was typed."""
        super().authentication_failed(request, **credentials)
        named = get_user_model().objects.filter(username=credentials.get("username", "")).first()
        note_refusal(person_of(named) if named else "", "account_login", "WrongPassword")

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Say whether the person must show again that it is they, whatever they signed in with."""
        del app, given
        return not fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Give the one page on which this is done."""
        del user
        return [{"id": "confirm", "description": _("Show that it is you"), "url": reverse("accounts:again")}]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write the change and end the person's other sessions: whoever sits there must show what is new."""
        del context, email
        note_change(person_of(user), _CHANGES[template_prefix])
        end_others(self.request)


class Keys(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and codes, under this home's name."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give the site's name, as the passkey's dialogue shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.VIGIE_HOME.title}

    def build_totp_svg(self, url: str) -> str:
        """Draw the square that an authenticator app reads."""
        return code_picture.drawn(url)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """Propose a name by number."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey {number}").format(number=held + 1)


class ProviderSilent(VigieError):
    """A provider of identity cannot be reached, or answers what is no answer."""

    status = 502


class _Asking(requests.Session):
    """Asks a provider, and waits no longer than a person at the door would."""

    def request(self, *given: Any, **named: Any) -> requests.Response:
        """Raise ProviderSilent where nobody answers."""
        try:
            return super().request(*given, **{"timeout": _PATIENCE, **named})
        except requests.RequestException as fault:
            raise ProviderSilent(_SILENT) from fault

    def get(self, *given: Any, **named: Any) -> requests.Response:
        """Raise ProviderSilent where the answer is a refusal: its configuration is there for everybody."""
        answer = super().get(*given, **named)
        if not answer.ok:
            raise ProviderSilent(_SILENT)
        return answer


class Linked(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers of identity: their word counts for people linked to it by hand, and for nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse, in one sentence, whom nobody linked."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        note_refusal("", "openid_connect_callback", "NotLinked")
        raise ImmediateHttpResponse(
            refusal(
                request,
                403,
                _(
                    "Nobody here is linked to that identity. Sign in another way and link it, or ask whoever runs this home."
                ),
            )
        )

    def get_requests_session(self) -> requests.Session:
        """Give what asks providers."""
        return _Asking()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in one sentence that the provider did not answer as it should."""
        del error, exception, extra_context
        raise ImmediateHttpResponse(_unanswered(request, getattr(provider, "name", "")))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Give the page that shows the new link."""
        del request, socialaccount
        return reverse("mfa_index")


def _unanswered(request: HttpRequest, name: str) -> HttpResponse:
    sentence = _("{name} did not say who you are. Try again, or sign in with a passkey or a password.")
    return refusal(request, 401, sentence.format(name=name))
