"""Questions pages and later rooms ask of reports: one report, its claims, what came in since, who copies whom."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.conf import settings

from vigie.errors import NotFound
from vigie.homes import Home
from vigie.ledger import queries as ledger
from vigie.reports import kinds, sealed
from vigie.reports.models import Claim, Copy, Report
from vigie.reports.reading import Claim as ReadClaim, Figure, MaskedSpan, Passage, Reading, TimeExpression

# Copies come within days of their original; looking further back would slow every arrival.
_LOOK_BACK = 400


def report(id: str) -> Report:  # noqa: A002 - the record calls it so
    """Give a report. Raises NotFound."""
    found = Report.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no report {given}.", given=id)
    return found


def older_than(at: datetime) -> list[Report]:
    """List the reports received before `at` that were not erased, oldest first."""
    found = Report.objects.filter(received_at__lt=at, erased=False).order_by("received_at", "id")
    return list(found.only("id", "received_at"))


def claim(id: str) -> Claim:  # noqa: A002
    """Give a claim with its report. Raises NotFound."""
    found = Claim.objects.select_related("report").filter(id=id).first()
    if found is None:
        raise NotFound("There is no claim {given}.", given=id)
    return found


def copy(id: str) -> Copy:  # noqa: A002
    """Give a copy link. Raises NotFound."""
    found = Copy.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no copy link {given}.", given=id)
    return found


def original(id: str) -> bytes:  # noqa: A002
    """Give a report's bytes as they came in. Raises NotFound when it is none or was erased, OriginalMissing, BadKey."""
    home: Home = settings.VIGIE_HOME
    row = report(id)
    found = ledger.one(int(id.removeprefix("report-")))
    said = found[1] if found else None
    if not isinstance(said, kinds.Received):
        raise NotFound("What {given} said was erased; its original went with it.", given=id)
    if said.original_key:
        return sealed.opened(home.originals, id, bytes.fromhex(said.original_key))
    return sealed.opened_by_home(home.originals, home.keys, row.sha256)


def reports() -> list[Report]:
    """List reports, newest first."""
    return list(Report.objects.defer("text", "passages", "times"))


def claims(ids: Iterable[str]) -> list[Claim]:
    """Give the claims of those ids, with their reports; unknown ids are left out."""
    return list(Claim.objects.select_related("report").filter(id__in=list(ids)))


def claims_of(report_id: str) -> list[Claim]:
    """List a report's claims in the order of their words."""
    return list(Claim.objects.filter(report_id=report_id))


def claims_since(at: datetime) -> list[Claim]:
    """List the claims that stand and came in since `at`, oldest report first."""
    found = Claim.objects.select_related("report").filter(report__received_at__gte=at, flag="")
    return sorted(found, key=lambda c: (c.report.received_at, c.report_id, c.number))


def links(report_ids: Iterable[str]) -> list[Copy]:
    """List the copy links from those reports upwards that nobody rejected, and theirs in turn."""
    wanted, found = list(report_ids), {}
    seen: set[str] = set()
    while wanted:
        seen.update(wanted)
        rows = Copy.objects.filter(child_id__in=wanted).exclude(state="rejected")
        found.update({row.id: row for row in rows})
        wanted = [row.parent_id for row in rows if row.parent_id not in seen]
    return [found[key] for key in sorted(found)]


def unjudged() -> list[Copy]:
    """List copy links that wait for a person."""
    return list(Copy.objects.select_related("child", "parent").filter(state="proposed"))


def copies_of(report_id: str) -> list[Copy]:
    """List the links in which a report is child or parent."""
    rows = Copy.objects.select_related("child", "parent")
    return [*rows.filter(child_id=report_id), *rows.filter(parent_id=report_id)]


def readings() -> list[tuple[str, Reading]]:
    """Give the newest reports as readings, oldest first, to look for copies among: (id, reading)."""
    rows = list(
        Report.objects.filter(erased=False).defer("text").order_by("-received_at", "-id")[:_LOOK_BACK]
    )
    return [(row.id, _reading(row)) for row in reversed(rows)]


def _reading(row: Report) -> Reading:
    return Reading(
        name=row.name, sha256=row.sha256, form=row.form, encoding=row.encoding, language=row.language, language_sure=0.0,
        published=row.published or None, published_basis=row.published_basis, outlet=row.outlet or None, agency=row.agency or None,
        title=row.title or None, boilerplate=(), sentences=(), times=msgspec.convert(row.times, tuple[TimeExpression, ...]),
        claims=(), masks=msgspec.convert(row.masks, tuple[MaskedSpan, ...]), text="",
        passages=msgspec.convert(row.passages, tuple[Passage, ...]), figures=tuple(row.figures),
    )  # fmt: skip


def as_read(row: Claim) -> dict[str, object]:
    """Give a kept claim in the shape of `vigie read --json`, with its id and flag."""
    told = ReadClaim(
        kind=row.kind, subject=row.subject or None, place=row.place or None, place_code=row.place_code or None, date=row.date or None,
        numbers=tuple(Figure(n["what"], n["value"], n["modifier"]) for n in row.numbers), speaker=row.speaker or None,
        certainty=row.certainty or None, evidence=row.evidence, start=row.start, end=row.end, direction=row.direction or None,
        system=row.system or None, level_from=row.level_from or None, level_to=row.level_to or None, status=row.status or None,
        negated=row.negated,
    )  # fmt: skip
    return {"id": row.id, **told.to_json(), "origin": row.origin, "flag": row.flag}
