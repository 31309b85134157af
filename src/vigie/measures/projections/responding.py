"""Sites' own responses."""

from vigie import times
from vigie.ledger.projections import Written, projects, projects_erased, writing
from vigie.measures import kinds
from vigie.measures.models import SiteResponse


@projects(kinds.RESPONSE_SET)
def response_set(entry: Written, body: kinds.ResponseSet) -> None:
    """A site goes to a response level; the one before it ends."""
    SiteResponse.objects.filter(site=body.site, scheme=body.scheme, ended_at=None).update(
        ended_at=entry.instant
    )
    writing.add(
        SiteResponse,
        id=f"response-{entry.seq}",
        site=body.site,
        scheme=body.scheme,
        level=body.level,
        reason=body.reason,
        received=body.received,
        review=times.from_text(body.review),
        set_at=entry.instant,
        set_office=entry.by.office,
    )


@projects(kinds.RESPONSE_ENDED)
def response_ended(entry: Written, body: kinds.ResponseEnded) -> None:
    """A site holds no response of its own any more."""
    writing.change(SiteResponse, body.response, ended_at=entry.instant, ended_office=entry.by.office)


@projects(kinds.RESPONSE_REASON)
def response_reason(entry: Written, body: kinds.ResponseReason) -> None:
    """The reason of a response, or of its end."""
    del entry
    field = "ended_reason" if body.ending else "reason"
    writing.change(SiteResponse, body.response, **{field: body.reason})


@projects_erased(kinds.RESPONSE_REASON)
def response_reason_erased(entry: Written) -> None:
    """The response stays; why is gone."""
    del entry
