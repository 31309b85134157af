"""Importing tables: match the headings, look, then confirm. Meanwhile the file waits at the desk, in the session."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.desk import actions as desk, queries as kept
from vigie.errors import VigieError
from vigie.exposure import (
    actions,
    exporting,
    joint_csv,
    matching,
    owners_csv,
    parents,
    queries,
    sites_csv,
)
from vigie.exposure.difference import Change, Difference, changes, difference
from vigie.exposure.forms import SitesForm, TableForm
from vigie.exposure.matching import Heading
from vigie.exposure.owners_csv import OwnerRow
from vigie.exposure.sites_csv import SiteRow
from vigie.exposure.tables import Column, Matched, Unmatched, plain

_DRAFT = "exposure.table"
_SHOWN = 200


@dataclass(frozen=True)
class _Kind:
    """A kind of table. look: what it would do, for the page; keep: do it."""

    what: str
    form: type[TableForm]
    columns: Sequence[Column]
    look: Callable[[bytes, str, Matched], dict[str, Any]]
    keep: Callable[[str, bytes, str, Matched], Sequence[Difference]]
    back: str


@require_http_methods(["GET", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """A table of sites: upload, match, see what it would do, confirm."""

    def look(data: bytes, area: str, matched: Matched) -> dict[str, Any]:
        read = sites_csv.read(data, area=area, matched=matched)
        found, cells = _of_sites(read.sites)
        return {"faults": read.faults, "found": found, "changes": cells, "told": read.sites}

    def keep(name: str, data: bytes, area: str, matched: Matched) -> Sequence[Difference]:
        return (actions.import_sites(actor_of(request), data, file=name, area=area, columns=matched),)

    return _page(request, _Kind("sites", SitesForm, sites_csv.COLUMNS, look, keep, "sites"))


@require_http_methods(["GET", "POST"])
def owners(request: HttpRequest) -> HttpResponse:
    """A table of owners: upload, match, see what it would do, confirm."""

    def look(data: bytes, area: str, matched: Matched) -> dict[str, Any]:
        del area
        read = owners_csv.read(data, matched=matched)
        found, cells = _of_owners(request, read.owners)
        return {"faults": read.faults, "found": found, "changes": cells, "owners": read.owners}

    def keep(name: str, data: bytes, area: str, matched: Matched) -> Sequence[Difference]:
        del area
        return (actions.import_owners(actor_of(request), data, file=name, columns=matched),)

    return _page(request, _Kind("owners", TableForm, owners_csv.COLUMNS, look, keep, "owners"))


@require_http_methods(["GET", "POST"])
def both(request: HttpRequest) -> HttpResponse:
    """A table in which each row names a place, its owner and its contact."""

    def look(data: bytes, area: str, matched: Matched) -> dict[str, Any]:
        read = joint_csv.read(data, area=area, matched=matched)
        places, cells = _of_sites(read.sites.sites)
        offices, more = _of_owners(request, read.owners.owners)
        return {
            "faults": read.faults,
            "found": Difference(
                added=(*places.added, *offices.added),
                changed=(*places.changed, *offices.changed),
                unchanged=(*places.unchanged, *offices.unchanged),
            ),
            "changes": [*cells, *more],
            "told": read.sites.sites,
            "owners": read.owners.owners,
        }

    def keep(name: str, data: bytes, area: str, matched: Matched) -> Sequence[Difference]:
        return actions.import_both(actor_of(request), data, file=name, area=area, columns=matched)

    return _page(request, _Kind("both", SitesForm, joint_csv.COLUMNS, look, keep, "sites"))


def _of_sites(rows: Sequence[SiteRow]) -> tuple[Difference, list[Change]]:
    told, standing = {site.id: site for site in rows}, queries.site_rows()
    return difference(told, standing), list(changes(told, standing, exporting.site_cells))


def _of_owners(request: HttpRequest, rows: Sequence[OwnerRow]) -> tuple[Difference, list[Change]]:
    told, standing = {owner.id: owner for owner in rows}, queries.owner_rows()
    parents.check(told, standing)
    found = list(changes(told, standing, exporting.owner_cells))
    if not may(actor_of(request), "exposure.contact.read"):
        # What the table brings is the reader's own; what stands is shown to those who may see contacts.
        found = [replace(one, before="…") if one.column in owners_csv.WAYS else one for one in found]
    return difference(told, standing), found


def _page(request: HttpRequest, kind: _Kind) -> HttpResponse:
    if request.method == "POST" and {"digest", "match", "again"} & request.POST.keys():
        return _go_on(request, kind)
    form = kind.form(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, kind, {"form": form}, bad=bool(form.errors))
    name, data = form.cleaned_data["table"]
    draft = {"what": kind.what, "name": name, "area": form.cleaned_data.get("area", ""), "matched": {}}
    try:
        found = matching.headings(data, kind.columns)
        draft["matched"] = kept.match(_list_of(kind, found))
        return _looked(request, kind, draft, data)
    except VigieError as fault:
        form.add_error("table", fault.said(_))
        return _shown(request, kind, {"form": form}, bad=True)


def _looked(request: HttpRequest, kind: _Kind, draft: dict[str, Any], data: bytes) -> HttpResponse:
    """Show what a table would do, or ask which columns its headings are. Raises what reading it raises but Unmatched."""
    context: dict[str, Any] = {"form": kind.form(), "name": draft["name"]}
    digest = sha256(data).hexdigest()
    draft = {**draft, "data": base64.b64encode(data).decode()}
    try:
        context |= kind.look(data, draft["area"], draft["matched"])
    except Unmatched as fault:
        request.session[_DRAFT] = draft
        return _ask(request, kind, draft, data, why=fault.said(_))
    told = context.get("told") or context.get("owners")
    sound = not context["faults"] and told
    if sound:
        request.session[_DRAFT] = draft
    context |= {
        "digest": digest if sound else "",
        "matched": [
            (one.given, draft["matched"].get(plain(one.given)))
            for one in matching.headings(data, kind.columns)
        ]
        if draft["matched"]
        else [],
        "shown": [(fault, fault.wanted(_)) for fault in context["faults"][:_SHOWN]],
    }
    return _shown(request, kind, context, bad=bool(context["faults"]))


def _ask(
    request: HttpRequest, kind: _Kind, draft: dict[str, Any], data: bytes, *, why: str = ""
) -> HttpResponse:
    """Show each heading with its first cells and a guess, for a person to say which column it is."""
    context = {
        "form": kind.form(),
        "name": draft["name"],
        "why": why,
        "match": sha256(data).hexdigest(),
        "headings": matching.headings(data, kind.columns, draft["matched"]),
        "names": [(column.name, column.required) for column in kind.columns],
    }
    return _shown(request, kind, context, bad=False)


def _go_on(request: HttpRequest, kind: _Kind) -> HttpResponse:
    draft = request.session.get(_DRAFT) or {}
    data = base64.b64decode(draft.get("data", ""))
    digest = request.POST.get("digest") or request.POST.get("match") or request.POST.get("again")
    # Another tab may have looked at another table since: what was seen is what is imported, or nothing.
    if draft.get("what") != kind.what or sha256(data).hexdigest() != digest:
        messages.error(
            request, _("Nothing was imported: the table seen is no longer at hand. Upload it again.")
        )
        return redirect(f"exposure:import_{kind.what}")
    if "again" in request.POST:
        return _ask(request, kind, draft, data)
    if "match" in request.POST:
        return _match(request, kind, draft, data)
    found = kind.keep(draft["name"], data, draft["area"], draft["matched"])
    del request.session[_DRAFT]
    messages.success(
        request,
        _("Imported: {added} new, {changed} changed, {unchanged} as they were.").format(
            added=sum(len(one.added) for one in found),
            changed=sum(len(one.changed) for one in found),
            unchanged=sum(len(one.unchanged) for one in found),
        ),
    )
    return redirect(f"exposure:{kind.back}")


def _match(request: HttpRequest, kind: _Kind, draft: dict[str, Any], data: bytes) -> HttpResponse:
    try:
        found = matching.headings(data, kind.columns)
        said = {
            plain(one.given): request.POST.get(f"column-{n}", matching.LEFT_OUT)
            for n, one in enumerate(found)
        }
        draft["matched"] = matching.checked(said, [column.name for column in kind.columns])
        answer = _looked(request, kind, draft, data)
    except VigieError as fault:
        return _ask(request, kind, draft, data, why=fault.said(_))
    desk.remember_match(_list_of(kind, found), draft["matched"])
    return answer


def _list_of(kind: _Kind, found: Sequence[Heading]) -> str:
    return sha256(f"{kind.what} {matching.list_of(found)}".encode()).hexdigest()


def _shown(request: HttpRequest, kind: _Kind, context: dict[str, Any], *, bad: bool) -> HttpResponse:
    columns = [(column.name, ", ".join(column.headings), column.required) for column in kind.columns]
    context = {"what": kind.what, "columns": columns, **context}
    return render(request, "exposure/import.html", context, status=400 if bad else 200)
