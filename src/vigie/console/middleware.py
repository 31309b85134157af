"""What every page's head shows: where this person can go, and where to search."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from vigie.accounts.queries import may
from vigie.accounts.urls import RIGHTS

# The rooms in the order of the data's way. Each is shown to those who hold the right of its page.
ROOMS = (
    ("console:situation", gettext_lazy("Situation")),
    ("alert:levels", gettext_lazy("Levels")),
    ("console:record", gettext_lazy("Record")),
)


def navigation_context(request: HttpRequest) -> dict[str, Any]:
    """Give the navigation as data: title, address, whether one is there."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": []}
    shown = [(title, reverse(name)) for name, title in ROOMS if may(actor, RIGHTS[name])]
    # The longest address that the present one starts with is where one is.
    inside = [url for _, url in shown if url == request.path or (url != "/" and request.path.startswith(url))]
    current = max(inside, key=len, default="")
    return {
        "navigation": [{"title": title, "url": url, "current": url == current} for title, url in shown],
        "find_url": reverse("console:search"),
    }
