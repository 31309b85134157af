"""A site goes to a response level of its own: its owner says so by link, or the office on duty. Its measures follow."""

from datetime import datetime

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import Conflict, Refused
from vigie.ledger.actions import append, recorded
from vigie.measures import kinds, queries
from vigie.measures.actions.switching import follow_response
from vigie.measures.response import check, check_reason
from vigie.schemes.reader import load

MARKING = "TLP:AMBER"
"""What a site does at each response is its own affair, and guidance asks not to publish it."""


class ForeignSite(Refused):
    """The site is another owner's."""


class ResponseEnded(Conflict):
    """The response has ended already."""


@verb("measures.response.set")
def respond(
    actor: Actor, site: str, scheme: str, level: str, *, reason: str, review: datetime, received: str = ""
) -> str:
    """Set a site's own response level, with its reason and the date it is looked at again. Gives the response's id.

    scheme: a scheme of responses (such as gb-response). received: the level that suggested it, if one did.
    The measures that hang on it are switched at the site, and who answers for it is tasked. A received level never sets a
    response by itself. Raises NotFound, UnknownScheme, BadResponse.
    """
    return _set(actor, site, scheme, level, reason, review, received)


@verb("measures.response.set")
def end_response(actor: Actor, response: str, *, reason: str) -> None:
    """End a site's response: it holds none any more, and its measures are stood down. Raises NotFound, ResponseEnded, BadResponse."""
    _end(actor, response, reason)


@recorded
def respond_by_link(token: str, site: str, scheme: str, level: str, *, reason: str, review: datetime) -> str:
    """Set the response of a site by the link of who answers for it. Gives the response's id.

    Raises BadLink, ForeignSite, and what `respond` raises.
    """
    return _set(_holder(token, site), site, scheme, level, reason, review, "")


@recorded
def end_response_by_link(token: str, response: str, *, reason: str) -> None:
    """End the response of a site by the link of who answers for it. Raises BadLink, ForeignSite, and what `end_response` raises."""
    _end(_holder(token, queries.response(response).site), response, reason)


def _holder(token: str, site: str) -> Actor:
    owner = queries.holder_of_sites(token)
    if site not in queries.sites_of(owner):
        raise ForeignSite(
            "{owner} does not answer for {site}: its response is its owner's to set.", owner=owner, site=site
        )
    return Actor(person="", office=f"owner:{owner}", via="link")


def _set(
    actor: Actor, site: str, scheme: str, level: str, reason: str, review: datetime, received: str
) -> str:
    queries.check_site(site)
    check(level, load(scheme).codes, reason, review, times.now())
    body = kinds.ResponseSet(
        site=site, scheme=scheme, level=level, reason="", review=times.text(review), received=received
    )
    made = f"response-{append(actor.by(), kinds.RESPONSE_SET, body, subjects=[site], marking=MARKING).seq}"
    _say_why(actor, made, reason, ending=False)
    follow_response(actor, queries.response(made), queries.answering_for(site))
    return made


def _end(actor: Actor, response: str, reason: str) -> None:
    row = queries.response(response)
    if row.ended_at is not None:
        raise ResponseEnded(
            "{response} has ended already: the site holds another, or none.", response=response
        )
    check_reason(reason)
    body = kinds.ResponseEnded(response=row.id, site=row.site)
    append(actor.by(), kinds.RESPONSE_ENDED, body, subjects=[row.site, row.id], marking=MARKING)
    _say_why(actor, row.id, reason, ending=True)
    follow_response(actor, queries.response(response), queries.answering_for(row.site))


def _say_why(actor: Actor, response: str, reason: str, *, ending: bool) -> None:
    why = kinds.ResponseReason(response=response, ending=ending, reason=" ".join(reason.split()))
    append(actor.by(), kinds.RESPONSE_REASON, why, subjects=[response], marking=MARKING)
