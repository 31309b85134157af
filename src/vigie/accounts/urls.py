"""Routes carry their right: each room lists its routes with it, and one middleware enforces the list.

A room's urls.py holds `app_name`, `ROUTES = [Route(...), …]` and `urlpatterns = patterns(app_name, ROUTES)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path

from vigie.accounts import views

PUBLIC = "public"
"""Anyone: the route answers strangers."""
SIGNED_LINK = "signed link"
"""Whoever holds an unguessable signed link; the view checks the signature."""
SIGNED_IN = "signed in"
"""Whoever is signed in, whatever the office."""

RIGHTS: dict[str, str] = {}
"""View name (`alert:levels`) to the right it takes: what the middleware reads."""


@dataclass(frozen=True)
class Route:
    """One route. right: a right of the table, or PUBLIC, SIGNED_LINK, SIGNED_IN."""

    path: str
    view: Callable[..., Any]
    name: str
    right: str


def patterns(room: str, routes: Sequence[Route]) -> list[URLPattern]:
    """Give Django's patterns and enter each route's right into the table."""
    for route in routes:
        RIGHTS[f"{room}:{route.name}"] = route.right
    return [path(route.path, route.view, name=route.name) for route in routes]


app_name = "accounts"
ROUTES = [
    Route("offices/", views.offices, "offices", right="accounts.read"),
    Route("office/", views.choose_office, "choose_office", right=SIGNED_IN),
]
urlpatterns = patterns(app_name, ROUTES)
