"""What people do with reports: add, judge a copy link, correct, withdraw."""

from datetime import date

import msgspec
from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict
from vigie.homes import Home
from vigie.ledger import seals
from vigie.ledger.actions import append, next_seq
from vigie.reports import copies, kinds, queries, sealed
from vigie.reports.models import Report
from vigie.reports.origins import origin_of
from vigie.reports.reader import read
from vigie.reports.reading import Reading


class AlreadyKept(Conflict):
    """The same bytes were added before."""


class AlreadyJudged(Conflict):
    """The link was confirmed or rejected before."""


class NoReason(BadInput):
    """An act that needs a reason came without one."""


class NotItsClaim(BadInput):
    """A claim named is not the report's."""


@verb("reports.report.add")
def add(actor: Actor, data: bytes, *, name: str, published: date | None = None) -> str:
    """Keep a report: read it, seal its bytes, put masked words and claims on the record. Gives its id.

    name: file name as given. published: day a person or feed told. Copies of earlier reports are proposed, never
    decided. Raises UnreadableReport, AlreadyKept naming the first when the same bytes came before.
    """
    home: Home = settings.VIGIE_HOME
    reading = read(data, name=name, published=published)
    before = Report.objects.filter(sha256=reading.sha256).first()
    if before is not None:
        raise AlreadyKept(
            "{name} is kept already as {first}, received {at} under the name {earlier}. The same bytes count once.",
            name=name, first=before.id, at=times.text(before.received_at), earlier=before.name,
        )  # fmt: skip
    body = _body(reading, len(data), _copies(reading))
    # Neither the envelope nor the file's name bears the digest: it would tell whoever has the text that it was kept here.
    made = f"report-{next_seq()}"
    file = sealed.keep(home.originals, made, data, bytes.fromhex(body.original_key))
    try:
        append(actor.by(), kinds.RECEIVED, body, subjects=[made, *(c.parent for c in body.copies)])
    except Exception:
        file.unlink(missing_ok=True)
        raise
    return made


@verb("reports.copy.judge")
def judge_copy(actor: Actor, copy: str, *, confirmed: bool, reason: str) -> None:
    """Confirm or reject a proposed copy link, with a reason. Raises AlreadyJudged, NoReason, NotFound."""
    row = queries.copy(copy)
    if row.state != "proposed":
        raise AlreadyJudged("The link {copy} is {state} already.", copy=copy, state=row.state)
    _check_reason(reason)
    append(
        actor.by(),
        kinds.COPY_JUDGED,
        kinds.CopyJudged(copy=copy, confirmed=confirmed, reason=reason),
        subjects=[copy, row.child_id, row.parent_id],
    )


@verb("reports.report.correct")
def correct(actor: Actor, report: str, *, claims: list[str], reason: str) -> None:
    """Note that the outlet corrected the report: the claims named are flagged. Raises NotItsClaim, NoReason, NotFound."""
    row = queries.report(report)
    own = set(row.claims.values_list("id", flat=True))
    for claim in claims:
        if claim not in own:
            raise NotItsClaim("{claim} is not a claim of {report}.", claim=claim, report=report)
    if not claims:
        raise NotItsClaim(
            "A correction names the claims it touches. Withdraw {report} if all of it fell.", report=report
        )
    _check_reason(reason)
    append(
        actor.by(),
        kinds.CORRECTED,
        kinds.Corrected(report=report, claims=claims, reason=reason),
        subjects=[report, *claims],
    )


@verb("reports.report.withdraw")
def withdraw(actor: Actor, report: str, *, reason: str) -> None:
    """Note that the report was withdrawn or proved false: all its claims are flagged. Raises NoReason, NotFound."""
    row = queries.report(report)
    if row.state == "withdrawn":
        raise Conflict("{report} is withdrawn already: {reason}", report=report, reason=row.state_reason)
    _check_reason(reason)
    append(
        actor.by(),
        kinds.WITHDRAWN,
        kinds.Withdrawn(report=report, reason=reason),
        subjects=[report, *row.claims.values_list("id", flat=True)],
    )


def _check_reason(given: str) -> None:
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def _copies(reading: Reading) -> list[kinds.KeptCopy]:
    """Propose which earlier reports this one seems to copy: the nearest of each sign first."""
    earlier = queries.readings()
    found = [
        kinds.KeptCopy(
            parent=earlier[link.first][0], sign=link.sign, share=link.share, shared=link.shared, why=link.why
        )
        for link in copies.links([*(kept for _, kept in earlier), reading])
        if link.second == len(earlier)
    ]
    return sorted(found, key=lambda link: (link.sign != "words", -link.share))


def _body(reading: Reading, size: int, linked: list[kinds.KeptCopy]) -> kinds.Received:
    claims = [
        kinds.KeptClaim(
            **{name: getattr(claim, name) for name in claim.__struct_fields__ if name != "numbers"},
            numbers=[
                kinds.KeptFigure(what=n.what, value=n.value, modifier=n.modifier) for n in claim.numbers
            ],
            origin=origin_of(claim),
        )
        for claim in reading.claims
    ]
    return kinds.Received(
        name=reading.name, sha256=reading.sha256, size=size, form=reading.form, encoding=reading.encoding, language=reading.language,
        published=reading.published, published_basis=reading.published_basis, outlet=reading.outlet, agency=reading.agency,
        title=reading.title, text=reading.text, passages=msgspec.convert(msgspec.to_builtins(reading.passages), list[kinds.KeptPassage]),
        times=msgspec.convert(msgspec.to_builtins(reading.times), list[kinds.KeptTime]), claims=claims,
        masks=msgspec.convert(msgspec.to_builtins(reading.masks), list[kinds.KeptMask]), figures=list(reading.figures), copies=linked,
        original_key=seals.fresh().hex(),
    )  # fmt: skip
