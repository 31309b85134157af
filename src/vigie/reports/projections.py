"""From entries to rows: the only writer of this room's tables."""

import msgspec

from vigie.ledger.projections import Written, projects, projects_erased, writing
from vigie.reports import kinds
from vigie.reports.models import Claim, Copy, Report

_CLAIM_TEXTS = (
    "subject",
    "place",
    "place_code",
    "date",
    "speaker",
    "certainty",
    "direction",
    "system",
    "level_from",
    "level_to",
    "status",
)

_OF_LATER_ENTRIES = {"state", "state_reason"}


@projects(kinds.RECEIVED)
def received(entry: Written, body: kinds.Received) -> None:
    """A report, its claims, and the copies proposed."""
    report = f"report-{entry.seq}"
    writing.add(
        Report, id=report, sha256=body.sha256, name=body.name, size=body.size, form=body.form, encoding=body.encoding,
        language=body.language, published=body.published or "", published_basis=body.published_basis, outlet=body.outlet or "",
        agency=body.agency or "", title=body.title or "", text=body.text, passages=msgspec.to_builtins(body.passages),
        times=msgspec.to_builtins(body.times), masks=msgspec.to_builtins(body.masks), figures=body.figures, claim_count=len(body.claims),
        received_at=entry.instant, received_office=entry.by.office,
    )  # fmt: skip
    writing.add_each(
        Claim,
        (
            {
                "id": f"claim-{entry.seq}-{number}", "report_id": report, "number": number, "kind": claim.kind, "origin": claim.origin,
                "numbers": msgspec.to_builtins(claim.numbers), "evidence": claim.evidence, "start": claim.start, "end": claim.end,
                "negated": claim.negated, **{name: getattr(claim, name) or "" for name in _CLAIM_TEXTS},
            }
            for number, claim in enumerate(body.claims, 1)
        ),
    )  # fmt: skip
    writing.add_each(
        Copy,
        (
            {
                "id": f"copy-{entry.seq}-{number}",
                "child_id": report,
                "parent_id": link.parent,
                "sign": link.sign,
                "share": link.share,
                "why": link.why,
                "state": "proposed",
            }
            for number, link in enumerate(body.copies, 1)
        ),
    )


@projects_erased(kinds.RECEIVED)
def received_erased(entry: Written) -> None:
    """The report stays as an empty row: later ones point at it. Its claims, and the copies it proposed, are gone.

    What later entries said of it (corrected, withdrawn) is theirs, and stays.
    """
    number = str(entry.seq)
    Copy.objects.filter(id__startswith=f"copy-{number}-").delete()
    Claim.objects.filter(id__startswith=f"claim-{number}-").delete()
    blank = {
        field.attname: field.get_default()
        for field in Report._meta.concrete_fields  # noqa: SLF001 - Django documents _meta
        if field.has_default() and field.attname not in _OF_LATER_ENTRIES
    } | {"erased": True}
    own = {"id": f"report-{number}", "received_at": entry.instant, "received_office": entry.by.office}
    writing.put(Report, **blank | own)


@projects(kinds.COPY_JUDGED)
def copy_judged(entry: Written, body: kinds.CopyJudged) -> None:
    """A person said whether it is a copy."""
    writing.change(
        Copy,
        body.copy,
        state="confirmed" if body.confirmed else "rejected",
        state_reason=body.reason,
        judged_office=entry.by.office,
    )


@projects(kinds.CORRECTED)
def corrected(entry: Written, body: kinds.Corrected) -> None:
    """The claims named no longer hold as read."""
    del entry
    writing.change_each(Claim, body.claims, flag=body.reason)
    Report.objects.filter(id=body.report).exclude(state="withdrawn").update(
        state="corrected", state_reason=body.reason
    )


@projects(kinds.WITHDRAWN)
def withdrawn(entry: Written, body: kinds.Withdrawn) -> None:
    """No claim of the report stands any more."""
    del entry
    writing.change(Report, body.report, state="withdrawn", state_reason=body.reason)
    Claim.objects.filter(report_id=body.report).update(flag=body.reason)
