"""`{% load signing_in %}{% step_up "alert.level.approve" row.id row.digest _("Sign") %}` inside a form, in place of its button.

The form then brings a passkey's signature over that digest, or a password; `stepping_up.proven` reads it.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import template
from django.conf import settings

from vigie.accounts.signing_in.middleware.stepping_up import ask
from vigie.homes import Home

register = template.Library()


@register.inclusion_tag("accounts/step_up.html", takes_context=True)
def step_up(context: template.Context, act: str, subject: str, digest: str, label: str) -> dict[str, Any]:
    """Ask the reader to stand for `digest`; label: what the button says."""
    asked = ask(context["request"], act, subject, digest)
    return {"asked": asked, "label": label, "data": {"request_options": asked.options}}


@register.simple_tag
def providers() -> tuple[dict[str, str], ...]:
    """Give the providers that this home takes the word of: id and name."""
    home: Home = settings.VIGIE_HOME
    return tuple({"id": one.id, "name": one.name} for one in home.providers)


@register.simple_tag(takes_context=True)
def linked(context: template.Context) -> set[str]:
    """Give the ids of the providers that the reader is linked to."""
    user = context["request"].user
    return set(SocialAccount.objects.filter(user_id=user.pk).values_list("provider", flat=True))
