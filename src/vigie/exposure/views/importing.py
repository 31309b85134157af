"""Importing tables: look first, then confirm. Between the two the file waits at the desk, in the session."""

import base64
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.errors import VigieError
from vigie.exposure import actions, exporting, owners_csv, parents, queries, sites_csv
from vigie.exposure.difference import Difference, changes, difference
from vigie.exposure.forms import SitesForm, TableForm

_DRAFT = "exposure.table"
_SHOWN = 200


@require_http_methods(["GET", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """A table of sites: upload, see what it would do, confirm."""

    def look(data: bytes, area: str) -> dict[str, Any]:
        read = sites_csv.read(data, area=area)
        told, standing = {site.id: site for site in read.sites}, queries.site_rows()
        return {
            "faults": read.faults,
            "found": difference(told, standing),
            "changes": list(changes(told, standing, exporting.site_cells)),
            "told": read.sites,
        }

    def keep(name: str, data: bytes, area: str) -> Difference:
        return actions.import_sites(actor_of(request), data, file=name, area=area)

    return _page(request, "sites", SitesForm, look, keep)


@require_http_methods(["GET", "POST"])
def owners(request: HttpRequest) -> HttpResponse:
    """A table of owners: upload, see what it would do, confirm."""

    def look(data: bytes, area: str) -> dict[str, Any]:
        del area
        read = owners_csv.read(data)
        told, standing = {owner.id: owner for owner in read.owners}, queries.owner_rows()
        parents.check(told, standing)
        found = list(changes(told, standing, exporting.owner_cells))
        if not may(actor_of(request), "exposure.contact.read"):
            # What the table brings is the reader's own; what stands is shown to those who may see contacts.
            found = [replace(one, before="…") if one.column in owners_csv.WAYS else one for one in found]
        return {
            "faults": read.faults,
            "found": difference(told, standing),
            "changes": found,
            "told": read.owners,
        }

    def keep(name: str, data: bytes, area: str) -> Difference:
        del area
        return actions.import_owners(actor_of(request), data, file=name)

    return _page(request, "owners", TableForm, look, keep)


def _page(
    request: HttpRequest,
    what: str,
    form_class: type[TableForm],
    look: Callable[[bytes, str], dict[str, Any]],
    keep: Callable[[str, bytes, str], Difference],
) -> HttpResponse:
    if request.method == "POST" and "digest" in request.POST:
        return _confirm(request, what, keep)
    form = form_class(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "what": what, "columns": _columns(what)}
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["table"]
        area = form.cleaned_data.get("area", "")
        try:
            context |= look(data, area)
        except VigieError as fault:
            form.add_error("table", fault.said(_))
        else:
            digest = sha256(data).hexdigest()
            sound = not context["faults"] and context["told"]
            if sound:
                draft = {"what": what, "name": name, "area": area, "data": base64.b64encode(data).decode()}
                request.session[_DRAFT] = draft
            context |= {
                "digest": digest if sound else "",
                "name": name,
                "shown": [(f, f.wanted(_)) for f in context["faults"][:_SHOWN]],
            }
    bad = form.errors or context.get("faults")
    return render(request, "exposure/import.html", context, status=400 if bad else 200)


def _confirm(request: HttpRequest, what: str, keep: Callable[[str, bytes, str], Difference]) -> HttpResponse:
    draft = request.session.get(_DRAFT) or {}
    data = base64.b64decode(draft.get("data", ""))
    # Another tab may have looked at another table since: what was seen is what is imported, or nothing.
    if draft.get("what") != what or sha256(data).hexdigest() != request.POST["digest"]:
        messages.error(
            request, _("Nothing was imported: the table seen is no longer at hand. Upload it again.")
        )
        return redirect(f"exposure:import_{what}")
    found = keep(draft["name"], data, draft["area"])
    del request.session[_DRAFT]
    messages.success(
        request,
        _("Imported: {added} new, {changed} changed, {unchanged} as they were.").format(
            added=len(found.added), changed=len(found.changed), unchanged=len(found.unchanged)
        ),
    )
    return redirect(f"exposure:{what}")


def _columns(what: str) -> list[tuple[str, str, bool]]:
    columns = sites_csv.COLUMNS if what == "sites" else owners_csv.COLUMNS
    return [(c.name, ", ".join(c.headings), c.required) for c in columns]
