"""A site goes to a response level of its own."""

from datetime import datetime

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.ledger.actions import append
from vigie.measures import kinds, queries
from vigie.measures.response import check
from vigie.schemes.reader import load


@verb("measures.response.set")
def respond(
    actor: Actor, site: str, scheme: str, level: str, *, reason: str, review: datetime, received: str = ""
) -> str:
    """Set a site's own response level, with its reason and the date it is looked at again. Gives the response's id.

    scheme: a scheme of responses (such as gb-response). received: the level that suggested it, if one did.
    A received level never sets a response by itself. Raises NotFound, UnknownScheme, BadResponse.
    """
    queries.check_site(site)
    check(level, load(scheme).codes, reason, review, times.now())
    body = kinds.ResponseSet(
        site=site,
        scheme=scheme,
        level=level,
        reason=reason.strip(),
        review=times.text(review),
        received=received,
    )
    # What a site does at each response is its own affair, and guidance asks not to publish it.
    return (
        f"response-{append(actor.by(), kinds.RESPONSE_SET, body, subjects=[site], marking='TLP:AMBER').seq}"
    )
