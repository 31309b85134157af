"""What every page's head shows: where this person can go, and where to search."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from vigie.accounts.queries import offices_of
from vigie.accounts.rights import holds
from vigie.accounts.routes import right_of

# The rooms in the order of the data's way. Each is shown to those who hold the right of its page.
ROOMS = (
    ("console:situation", gettext_lazy("Situation")),
    ("reports:reports", gettext_lazy("Reports")),
    ("assessment:assessments", gettext_lazy("Evidence")),
    ("alert:levels", gettext_lazy("Levels")),
    ("measures:matrix", gettext_lazy("Measures")),
    ("exposure:sites", gettext_lazy("Places")),
    ("exposure:ahead", gettext_lazy("Ahead")),
    ("patrols:plans", gettext_lazy("Patrols")),
    ("warning:messages", gettext_lazy("Warning")),
    ("partners:releases", gettext_lazy("Partners")),
    ("history:index", gettext_lazy("History")),
    ("console:record", gettext_lazy("Record")),
    ("accounts:offices", gettext_lazy("Offices")),
)


def navigation_context(request: HttpRequest) -> dict[str, Any]:
    """Give the navigation as data: title, address, whether one is there."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": []}
    # The office is asked for once: a page's head must not cost a question for each of its links.
    roles = [
        role for office in offices_of(actor.person) if office.id == actor.office for role in office.carried
    ]
    shown = [(title, reverse(name)) for name, title in ROOMS if holds(roles, right_of(name))]
    # The longest address that the present one starts with is where one is.
    inside = [url for _, url in shown if url == request.path or (url != "/" and request.path.startswith(url))]
    current = max(inside, key=len, default="")
    return {
        "navigation": [{"title": title, "url": url, "current": url == current} for title, url in shown],
        "find_url": reverse("console:search"),
    }
