"""Routes carry their rule: each room lists its routes with it, and one middleware enforces the table (`routes.py`).

A room's urls.py holds `app_name`, `ROUTES = [Route(...), …]` and `urlpatterns = patterns(app_name, ROUTES)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path

from vigie.accounts import rates, views
from vigie.accounts.routes import (
    AMBER,
    NO_OBJECT,
    NOTHING,
    OWN,
    PUBLIC,
    SIGNED_IN,
    SIGNED_LINK,
    Door,
    enter,
)

__all__ = ["BOTH", "PUBLIC", "SIGNED_IN", "SIGNED_LINK", "Route", "patterns"]

BOTH = "GET POST"
"""A page with a form, and the act its form asks for."""


@dataclass(frozen=True)
class Route:
    """One route. right: a right of the table, or PUBLIC, SIGNED_LINK, SIGNED_IN.

    methods: `GET`, `POST` or both; act: the right its act takes, where it is another than its page's; step_up, rate and
    records are the act's. The other fields are those of `routes.Door`.
    """

    path: str
    view: Callable[..., Any]
    name: str
    right: str
    methods: str = "GET"
    act: str = ""
    objects: str = NO_OBJECT
    shows: str = NOTHING
    apart: str = ""
    step_up: bool = False
    rate: str = ""
    records: tuple[str, ...] = ()

    def door(self, room: str, method: str) -> Door:
        """Give the door of one method."""
        name = f"{room}:{self.name}"
        if method == "GET":
            # A form is read as any page is; only where strangers come is looking counted as acting is.
            counted = self.methods == "GET" or self.rate in (rates.LINK, rates.OPEN)
            rate = (self.rate if counted else "") or rates.READ
            return Door(name, method, self.right, self.objects, self.shows, self.apart, rate=rate)
        rate = self.rate or (rates.SOLEMN if self.step_up else rates.ACT)
        right = self.act or self.right
        return Door(
            name, method, right, self.objects, self.shows, self.apart, self.step_up, rate, self.records
        )


def patterns(room: str, routes: Sequence[Route]) -> list[URLPattern]:
    """Give Django's patterns and enter each route's doors into the table."""
    for route in routes:
        for method in route.methods.split():
            enter(route.door(room, method))
    return [path(route.path, route.view, name=route.name) for route in routes]


app_name = "accounts"
ROUTES = [
    Route("offices/", views.offices, "offices", right="accounts.read", shows=AMBER),
    Route("office/", views.choose_office, "choose_office", right=SIGNED_IN, methods="POST", objects=OWN),
]
urlpatterns = patterns(app_name, ROUTES)

OF_OTHERS = [
    Door(name, method, right, objects=OWN if right == SIGNED_IN else NO_OBJECT, step_up=step_up and method == "POST", rate=rate)
    for name, methods, right, step_up, rate in (
        ("account_login", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("account_logout", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("account_inactive", "GET", PUBLIC, False, rates.SIGN_IN),
        ("account_reauthenticate", BOTH, SIGNED_IN, False, rates.SIGN_IN),
        ("account_change_password", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_authenticate", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("mfa_login_webauthn", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("mfa_index", "GET", SIGNED_IN, False, rates.READ),
        ("mfa_reauthenticate", BOTH, SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_reauthenticate_webauthn", BOTH, SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_activate_totp", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_deactivate_totp", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_view_recovery_codes", "GET", SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_generate_recovery_codes", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_download_recovery_codes", "GET", SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_list_webauthn", "GET", SIGNED_IN, False, rates.READ),
        ("mfa_add_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_remove_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_edit_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("set_language", "POST", PUBLIC, False, rates.OPEN),
    )
    for method in methods.split()
]  # fmt: skip
"""Doors of the packages we sign in with, and of Django's language switch. What they have besides stays closed."""
for _door_of_others in OF_OTHERS:
    enter(_door_of_others)
