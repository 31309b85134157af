"""Pages of the record: its entries, one entry, and whether the whole holds."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may
from vigie.console import changes
from vigie.console.actions import hand_out
from vigie.errors import NotFound, RecordBroken
from vigie.homes import Home
from vigie.ledger import holds, keys, queries
from vigie.ledger.exports import queries as exports
from vigie.ledger.exports.writing import write_archive
from vigie.ledger.kinds import Body, kind_of
from vigie.ledger.projections import Written
from vigie.ledger.stamps.queries import due
from vigie.ledger.witnesses.judging import COUNTERSIGNED
from vigie.ledger.witnesses.queries import countersigned

PER_PAGE = 50
_IS_PLACE = re.compile(r"[0-9]{1,16}")


class NoEntry(NotFound):
    """The record has no entry of that number."""


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Entries, newest first; `?subject=ID` those about one thing, `?before=N` older ones."""
    return render(request, "console/record.html", _list(request))


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check every entry, every checkpoint and every row, and say what was found."""
    verdict = queries.verify()
    try:
        shown = _list(request)
    except RecordBroken:
        # What cannot be read any more cannot be listed; what the check found says which entry it is.
        shown = {"entries": [], "size": verdict.entries, "root": verdict.root.hex()}
    return render(request, "console/record.html", {**shown, "verdict": verdict})


@require_POST
def bundle(request: HttpRequest) -> FileResponse:
    """Hand out an inspector's bundle: the record, the schemes, what its words mean, the checker."""
    home: Home = settings.VIGIE_HOME
    size = hand_out(actor_of(request))
    with TemporaryDirectory(prefix="bundle-", dir=home.path) as folder:
        file = Path(folder) / "bundle.zip"
        write_archive(exports.bundle(), file)
        # The open file outlives its name: nothing of it is left on the disc once it is sent.
        stream = file.open("rb")
    return FileResponse(stream, as_attachment=True, filename=f"{home.instance}-record-{size}.zip")


@require_GET
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry: who, when, what kind; what it says, to those who may read the record."""
    found = queries.one(seq)
    if found is None:
        size, _root = queries.head()
        raise NoEntry("The record has no entry {seq}. It holds entries 0 to {last}.", seq=seq, last=size - 1)
    written, body = found
    open_to = may(actor_of(request), "ledger.read")
    said = _said(msgspec.to_builtins(body)) if open_to and body is not None else None
    size, _root = queries.head()
    earlier, changed = _changed(written, body) if open_to and body is not None else (None, [])
    context = {
        "entry": written,
        "before": earlier,
        "changed": changed,
        "said": said,
        "erased": body is None,
        "may_erase": body is not None
        and kind_of(written.kind).erasable
        and may(actor_of(request), "erasure.entries.propose"),
        "earlier": seq - 1 if seq else None,
        "later": seq + 1 if seq + 1 < size else None,
    }
    return render(request, "console/entry.html", context)


def _changed(written: Written, body: Body) -> tuple[int | None, list[changes.Change]]:
    """Say against which earlier entry about the same thing this one differs, and how."""
    names = changes.BEFORE.get(written.kind.rpartition("/")[0], ())
    before = queries.said_before(written, names) if names else None
    if before is None or before[1] is None:
        return None, []
    return before[0].seq, changes.changes(msgspec.to_builtins(before[1]), msgspec.to_builtins(body))


def _list(request: HttpRequest) -> dict[str, Any]:
    before, subject = request.GET.get("before", ""), request.GET.get("subject", "")
    shown = queries.recent(
        PER_PAGE + 1, before=int(before) if _IS_PLACE.fullmatch(before) else None, subject=subject or None
    )
    size, root = queries.head()
    return {
        "entries": [written for written, _body in shown[:PER_PAGE]],
        "older": shown[PER_PAGE - 1][0].seq if len(shown) > PER_PAGE else None,
        "subject": subject,
        "size": size,
        "root": root.hex(),
        **_outside(),
    }


def _outside() -> dict[str, Any]:
    """Say what others vouch for (witnesses, time stamps), why nothing is written, if so, and which keys near their end."""
    home: Home = settings.VIGIE_HOME
    signed = countersigned()
    return {
        "countersigned": signed if signed.count else None,
        "witnesses": [(s.standing == COUNTERSIGNED, s.said(_)) for s in signed.last.said],
        "waiting_stamps": len(due(home)),
        "held": holds.standing(home.path, "writing"),
        "key_warnings": [fault.said(_) for fault in keys.warnings(home, times.now())],
    }


def _said(value: dict[str, Any], under: str = "") -> list[tuple[str, str]]:
    """Flatten a body into (field, words): nested fields carry their path."""
    flat: list[tuple[str, str]] = []
    for name, inner in value.items():
        path = f"{under}{name}"
        if isinstance(inner, dict):
            flat += _said(inner, f"{path}.")
        elif isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner):
            for place, one in enumerate(inner):
                flat += _said(one, f"{path}[{place}].")
        elif isinstance(inner, list):
            flat.append((path, ", ".join(map(str, inner))))
        else:
            flat.append((path, "" if inner is None else str(inner)))
    return flat
