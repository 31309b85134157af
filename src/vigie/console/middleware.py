"""What every page shows: where this person can go, where to search, and what one person alone did that takes others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from vigie.accounts.queries import alarms, may, offices_of, title
from vigie.accounts.rights import holds
from vigie.accounts.routes import right_of
from vigie.alert.queries import broken, stands
from vigie.console.queries.waiting import words_of

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
    ("erasure:overview", gettext_lazy("Erasure")),
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


def loud_context(request: HttpRequest) -> dict[str, Any]:
    """Give what every page of everybody signed in must say: sentence, address and words of the way to settle it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"loud": []}
    said = []
    for row in broken():
        told = {"level": words_of(row.scheme, row.code), "zone": row.zone, "office": title(row.broken_office)}
        if stands(row.id):
            sentence = _(
                "One person alone set {level} for {zone} ({office}). Two others must countersign it, or it ends."
            )
        else:
            sentence = _(
                "One person alone had set {level} for {zone} ({office}). It has ended; two others must still countersign it."
            )
        if may(actor, "alert.glass.countersign"):
            href, link = reverse("console:countersign", args=[row.id]), _("Read and countersign")
        else:
            href, link = reverse("alert:level", args=[row.id]), _("Read it")
        said.append({"sentence": sentence.format(**told), "href": href, "link": link})
    raised = len(alarms())
    if raised:
        sentence = ngettext(
            "At the server’s shell, one person did what takes two administrators.",
            "At the server’s shell, one person did what takes two administrators, {n} times.",
            raised,
        ).format(n=raised)
        mine = may(actor, "accounts.alarm.acknowledge")
        href, link = (reverse("accounts:alarms"), _("Read it")) if mine else ("", "")
        said.append({"sentence": sentence, "href": href, "link": link})
    return {"loud": said}
