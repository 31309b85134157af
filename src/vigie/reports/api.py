"""This room's part of the API."""

from datetime import date

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from vigie import times
from vigie.accounts import rates
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANY, GREEN
from vigie.reports import actions, queries
from vigie.reports.models import Report

router = Router(tags=["reports"])


class ReportOut(Schema):
    """A report kept."""

    id: str
    name: str
    sha256: str
    language: str
    published: str | None
    published_basis: str
    outlet: str | None
    agency: str | None
    title: str | None
    received: str
    state: str
    claims: int
    masked: int


class WholeReport(ReportOut):
    """A report with its masked words, claims and copy links."""

    text: str
    time_expressions: list[dict[str, object]]
    masks: list[dict[str, object]]
    found: list[dict[str, object]]
    copies: list[dict[str, object]]


class Made(Schema):
    """The id of what was kept."""

    id: str


class ReasonIn(Schema):
    """A reason."""

    reason: str


class CorrectIn(ReasonIn):
    """The claims a correction touches."""

    claims: list[str]


class JudgeIn(ReasonIn):
    """Whether a proposed link is a copy."""

    confirmed: bool


@router.get("", response=list[ReportOut], auth=Right("reports.read", shows=GREEN))
def reports(request: HttpRequest) -> object:
    """List reports, newest first."""
    del request
    return [_told(row) for row in queries.reports()]


@router.post(
    "",
    response={201: Made},
    auth=Right("reports.report.add", rate=rates.UPLOAD, records=("reports.report.received/2",)),
)
def add(request: HttpRequest, file: File[UploadedFile], published: Form[date | None] = None) -> object:
    """Keep a report: multipart, its file and the day of publication if known. The same bytes twice are refused (409)."""
    made = actions.add(actor_of(request), file.read(), name=file.name or "report.txt", published=published)
    return Status(201, {"id": made})


@router.get("/{id}", response=WholeReport, auth=Right("reports.read", objects=ANY, shows=GREEN))
def report(request: HttpRequest, id: str) -> object:  # noqa: A002 - the record calls it so
    """Give one report with its claims."""
    del request
    row = queries.report(id)
    links = [
        {"id": c.id, "child": c.child_id, "parent": c.parent_id, "why": c.why, "state": c.state}
        for c in queries.copies_of(id)
    ]
    return _told(row) | {
        "text": row.text,
        "time_expressions": row.times,
        "masks": row.masks,
        "found": [queries.as_read(claim) for claim in queries.claims_of(id)],
        "copies": links,
    }


@router.post(
    "/{id}/correct",
    response={204: None},
    auth=Right("reports.report.correct", objects=ANY, records=("reports.report.corrected/1",)),
)
def correct(request: HttpRequest, id: str, given: CorrectIn) -> object:  # noqa: A002
    """Note that the outlet corrected some claims."""
    actions.correct(actor_of(request), id, claims=given.claims, reason=given.reason)
    return Status(204, None)


@router.post(
    "/{id}/withdraw",
    response={204: None},
    auth=Right("reports.report.withdraw", objects=ANY, records=("reports.report.withdrawn/1",)),
)
def withdraw(request: HttpRequest, id: str, given: ReasonIn) -> object:  # noqa: A002
    """Note that a report was withdrawn."""
    actions.withdraw(actor_of(request), id, reason=given.reason)
    return Status(204, None)


@router.post(
    "/copies/{id}/judge",
    response={204: None},
    auth=Right("reports.copy.judge", objects=ANY, records=("reports.copy.judged/1",)),
)
def judge(request: HttpRequest, id: str, given: JudgeIn) -> object:  # noqa: A002
    """Confirm or reject a proposed copy link."""
    actions.judge_copy(actor_of(request), id, confirmed=given.confirmed, reason=given.reason)
    return Status(204, None)


def _told(row: Report) -> dict[str, object]:
    return {
        "id": row.id, "name": row.name, "sha256": row.sha256, "language": row.language, "published": row.published or None,
        "published_basis": row.published_basis, "outlet": row.outlet or None, "agency": row.agency or None, "title": row.title or None,
        "received": times.text(row.received_at), "state": row.state, "claims": row.claim_count, "masked": len(row.masks),
    }  # fmt: skip
