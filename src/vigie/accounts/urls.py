"""Routes carry their rule: each room lists its routes with it, and one middleware enforces the table (`routes.py`).

A room's urls.py holds `app_name`, `ROUTES = [Route(...), …]` and `urlpatterns = patterns(app_name, ROUTES)`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, path

from vigie.accounts import kinds, rates, views
from vigie.accounts.routes import (
    AMBER,
    ANOTHERS,
    ANY,
    GREEN,
    LINKED,
    NO_OBJECT,
    NOTHING,
    OWN,
    PUBLIC,
    SIGNED_IN,
    SIGNED_LINK,
    Door,
    doors_of,
    enter,
)
from vigie.accounts.signing_in import views as own
from vigie.accounts.views import arriving, offices, paging, reads

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


def addressed() -> list[tuple[str, Door]]:
    """Give every door with its address, in the order of addresses."""
    found = _names(get_resolver().url_patterns)
    return sorted(
        ((address, door) for address, name in found for door in doors_of(name).values()),
        key=lambda pair: (pair[0], pair[1].method),
    )


def _names(
    listed: Sequence[URLPattern | URLResolver], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Give each address with its name in the table; one that two methods share is given once."""
    seen = set()
    for each in listed:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            own = (each.namespace,) if each.namespace else ()
            yield from _names(each.url_patterns, address, (*spaces, *own))
            continue
        # Operations of the API go by their address, as the middleware finds them.
        name = address if spaces and spaces[0].startswith("api-") else ":".join((*spaces, str(each.name)))
        if name not in seen:
            seen.add(name)
            yield f"/{address}", name


app_name = "accounts"
# What may follow when a second administrator confirms a move.
_MADE = (
    "accounts.office.opened/1", "accounts.office.deputies/1", "accounts.mandate.given/1", "accounts.invitation.made/1",
    "accounts.recovery.granted/1",
)  # fmt: skip
_PROPOSED = "accounts.move.proposed/1"
ROUTES = [
    Route("offices/", offices.offices, "offices", right="accounts.read", shows=AMBER),
    Route(
        "offices/open/", offices.open_office, "open_office", right="accounts.office.open", methods=BOTH, step_up=True,
        shows=GREEN, records=("accounts.office.opened/1", _PROPOSED),
    ),
    Route("offices/<slug:id>/", offices.office, "office", right="accounts.read", objects=ANY, shows=AMBER),
    Route(
        "offices/<slug:id>/give/", offices.give, "give", right="accounts.mandate.give", methods="POST", objects=ANY,
        step_up=True, records=("accounts.mandate.given/1", _PROPOSED),
    ),
    Route(
        "offices/<slug:id>/invite/", offices.invite, "invite", right="accounts.mandate.give", methods="POST", objects=ANY,
        step_up=True, records=("accounts.invitation.made/1", _PROPOSED),
    ),
    Route(
        "offices/<slug:id>/deputies/", offices.deputies, "deputies", right="accounts.office.open", methods="POST",
        objects=ANY, step_up=True, records=("accounts.office.deputies/1", _PROPOSED),
    ),
    Route(
        "offices/<slug:id>/close/", offices.close, "close", right="accounts.office.open", methods="POST", objects=ANY,
        records=("accounts.office.closed/1",),
    ),
    Route(
        "mandates/<slug:id>/end/", offices.end, "end", right="accounts.mandate.give", methods="POST", objects=ANY,
        records=("accounts.mandate.ended/1",),
    ),
    Route(
        "moves/<slug:id>/confirm/", offices.confirm, "confirm", right="accounts.move.confirm", methods="POST",
        objects=ANOTHERS, step_up=True, records=("accounts.move.confirmed/1", *_MADE),
    ),
    Route(
        "moves/<slug:id>/refuse/", offices.refuse, "refuse", right="accounts.move.confirm", methods="POST", objects=ANY,
        records=("accounts.move.refused/1",),
    ),
    Route(
        "invitations/<slug:id>/revoke/", offices.revoke, "revoke", right="accounts.mandate.give", methods="POST",
        objects=ANY, records=("accounts.invitation.revoked/1",),
    ),
    Route("vouch/", offices.vouch, "vouch", right="accounts.recovery.grant", methods="POST", step_up=True, records=(_PROPOSED,)),
    Route("alarms/", offices.alarms, "alarms", right="accounts.alarm.acknowledge", shows=GREEN),
    Route(
        "alarms/<slug:id>/", offices.acknowledge, "acknowledge", right="accounts.alarm.acknowledge", methods="POST",
        objects=ANOTHERS, records=("accounts.alarm.acknowledged/1",),
    ),
    Route("office/", views.choose_office, "choose_office", right=SIGNED_IN, methods="POST", objects=OWN),
    Route("pager/", paging.pager, "pager", right=SIGNED_IN, methods=BOTH, objects=OWN),
    Route(
        "invited/<str:token>/", arriving.invited, "invited", right=SIGNED_LINK, methods=BOTH, objects=LINKED,
        rate=rates.SIGN_IN, records=("accounts.invitation.accepted/1", "accounts.mandate.given/1"),
    ),
    Route("back/", arriving.back, "back", right=PUBLIC, methods=BOTH, rate=rates.SIGN_IN, records=("accounts.recovery.used/1",)),
    Route("", own.people, "people", right="accounts.read", shows=AMBER),
    Route(
        "end-sessions/", own.end_sessions, "end_sessions", right="accounts.session.end", methods="POST", objects=ANY, step_up=True,
        records=(kinds.SESSIONS_ENDED.tag,),
    ),
    Route(
        "bar/", own.bar, "bar", right="accounts.person.bar", methods="POST", objects=ANOTHERS, step_up=True,
        records=(kinds.PERSON_BARRED.tag,),
    ),
    Route(
        "readmit/", own.readmit, "readmit", right="accounts.person.bar", methods="POST", objects=ANOTHERS, step_up=True,
        records=(kinds.PERSON_READMITTED.tag,),
    ),
    Route("reads/", reads.reads, "reads", right="accounts.reads.count", shows=GREEN),
    Route("again/", own.again, "again", right=SIGNED_IN, methods=BOTH, objects=OWN, rate=rates.SIGN_IN),
    Route("own-data/", own.own_data, "own_data", right=SIGNED_IN, methods="POST", objects=OWN),
    Route("sessions/", own.sessions, "sessions", right=SIGNED_IN, objects=OWN),
    Route(
        "sessions/end/", own.end_session, "end_session", right=SIGNED_IN, methods="POST", objects=OWN,
        records=(kinds.SESSION_ENDED.tag,),
    ),
    Route("link/", own.link, "link", right=SIGNED_IN, methods="POST", objects=OWN, step_up=True),
    Route(
        "unlink/", own.unlink, "unlink", right=SIGNED_IN, methods="POST", objects=OWN, step_up=True,
        records=(kinds.SIGN_IN_CHANGED.tag,),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)

_WRITES = {
    **dict.fromkeys(("account_login", "mfa_authenticate", "mfa_login_webauthn"), (kinds.SESSION_BEGUN.tag,)),
    **dict.fromkeys(
        (
            "account_change_password", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
            "mfa_add_webauthn", "mfa_remove_webauthn",
        ),
        (kinds.SIGN_IN_CHANGED.tag,),
    ),
}  # fmt: skip
"""What the library's pages leave in the record, through the house's adapters."""

OF_OTHERS = [
    Door(
        name, method, right, objects=OWN if right == SIGNED_IN else NO_OBJECT, step_up=step_up and method == "POST", rate=rate,
        records=_WRITES.get(name, ()) if method == "POST" else (),
    )
    for name, methods, right, step_up, rate in (
        ("account_login", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("account_logout", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("account_inactive", "GET", PUBLIC, False, rates.SIGN_IN),
        ("account_change_password", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_authenticate", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("mfa_login_webauthn", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("mfa_index", "GET", SIGNED_IN, False, rates.READ),
        ("mfa_activate_totp", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_deactivate_totp", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_view_recovery_codes", "GET", SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_generate_recovery_codes", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_download_recovery_codes", "GET", SIGNED_IN, False, rates.SIGN_IN),
        ("mfa_list_webauthn", "GET", SIGNED_IN, False, rates.READ),
        ("mfa_add_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_remove_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("mfa_edit_webauthn", BOTH, SIGNED_IN, True, rates.SIGN_IN),
        ("openid_connect_login", BOTH, PUBLIC, False, rates.SIGN_IN),
        ("openid_connect_callback", "GET", PUBLIC, False, rates.SIGN_IN),
        ("socialaccount_login_cancelled", "GET", PUBLIC, False, rates.SIGN_IN),
        ("set_language", "POST", PUBLIC, False, rates.OPEN),
    )
    for method in methods.split()
]  # fmt: skip
"""Doors of the packages we sign in with, and of Django's language switch. What they have besides stays closed."""
for _door_of_others in OF_OTHERS:
    enter(_door_of_others)
