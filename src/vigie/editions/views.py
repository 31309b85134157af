"""Pages of schemes: which there are, what one says in which edition, and how one's own comes in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import title
from vigie.editions import actions, queries
from vigie.editions.drawn import drawn
from vigie.editions.forms import SchemeForm
from vigie.errors import NotFound, VigieError
from vigie.schemes import reader


class NotKept(NotFound):
    """The file of that edition is not kept here."""


@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme: this home's own, and those that ship."""
    own = queries.own()
    context = {
        "own": [(reader.load(row.id), row, title(row.added_office)) for row in own],
        "shipped": [reader.load(name) for name in reader.shipped_ids()],
        "clashing": [row.id for row in own if row.id in reader.shipped_ids()],
    }
    return render(request, "editions/schemes.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Check a scheme's file and put it on the record; where it cannot be used, every fault is named."""
    form = SchemeForm(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["file"]
        try:
            made = actions.add(actor_of(request), data, file=name)
        except actions.FaultyScheme as faulty:
            faults = faulty.faults
        except VigieError as fault:
            form.add_error("file", fault.said(gettext))
        else:
            return redirect("editions:scheme", id=made)
    context = {"form": form, "faults": faults, "shown": faults[:200]}
    return render(request, "editions/add.html", context, status=400 if form.errors or faults else 200)


@require_GET
def scheme(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One scheme as it stands today."""
    return _page(request, queries.edition(id, reader.digest(id)))


@require_GET
def edition(request: HttpRequest, id: str, digest: str) -> HttpResponse:  # noqa: A002
    """One scheme as a file of it said that a level was set under."""
    found = queries.edition(id, digest)
    if not found.kept:
        raise _not_kept(id, digest)
    return _page(request, found)


@require_GET
def download(request: HttpRequest, id: str, digest: str) -> HttpResponse:  # noqa: A002
    """The file of an edition, to the last byte."""
    del request
    raw = queries.kept(id, digest)
    if raw is None:
        raise _not_kept(id, digest)
    name = f"{id}-{digest[:12]}.yaml"
    return HttpResponse(
        raw,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(request: HttpRequest, found: queries.Edition) -> HttpResponse:
    plan = found.scheme
    row = next((each for each in queries.own() if each.id == plan.id), None)
    context = {
        "edition": found,
        "scheme": plan,
        "levels": [drawn(level, get_language() or "en") for level in reversed(plan.levels)],
        "own": row,
        "added_by": title(row.added_office) if row else "",
        "newer": queries.newer(plan.id, times.now().date()),
    }
    return render(request, "editions/scheme.html", context)


def _not_kept(scheme: str, digest: str) -> NotKept:
    return NotKept(
        "The text of {scheme} with the SHA-256 {digest} is not kept here: no level was set under it in this home, or its file is gone. Look for it in a backup, in the folder editions.",
        scheme=scheme,
        digest=digest,
    )
