"""Owners' own pages on paper: for who holds the link, for one owner, for all whom a posture wrote to."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation

from vigie.errors import NotFound
from vigie.homes import Home
from vigie.measures import queries
from vigie.measures.documents.own_page import own_page as written
from vigie.measures.documents.paper import Paper
from vigie.measures.documents.queries import feet
from vigie.measures.models import Message, Posture


def page_of_link(link: queries.Link, *, language: str = "") -> Paper:
    """Write what a signed link shows. language: the reader's; "" for the owner's own. Changes nothing."""
    return _page(link.message, queries.owner(link.owner), language, closed=link.closed)


def own_page(owner: str, *, posture: str = "", language: str = "") -> Paper:
    """Write an owner's page for a posture, else for the newest they were written to about. Raises NotFound."""
    found = Message.objects.select_related("posture").filter(owner=owner)
    if posture:
        found = found.filter(posture_id=posture)
    message = found.order_by("-queued_at", "-posture__set_at", "-id").first()
    if message is None:
        raise NotFound(
            "Nothing was written to {owner}, or not about that posture: there is no page of it.", owner=owner
        )
    held = queries.held_link(queries.link_for(owner, message.posture_id).rstrip("/").rpartition("/")[2])
    if held.message != message.id:  # the link shows the newest message: so must the paper that bears it
        message = Message.objects.select_related("posture").get(id=held.message)
    return _page(message, queries.owner(owner), language, closed=held.closed)


def pages_of(posture: Posture, *, language: str = "") -> Iterator[tuple[str, Paper]]:
    """Write the page of every owner a posture wrote to, by id, each in the owner's language unless one is given."""
    for owner in Message.objects.filter(posture=posture).order_by("owner").values_list("owner", flat=True):
        yield owner, own_page(owner, posture=posture.id, language=language)


def _page(message: Message, owner: queries.OwnerHere, language: str, *, closed: bool) -> Paper:
    home: Home = settings.VIGIE_HOME
    chosen = language or queries.language_of(message)
    told = queries.notice(home, message, owner)
    with translation.override(chosen):
        return written(
            told,
            chosen,
            link=queries.link_for(message.owner, message.posture_id),
            code=queries.code_for(message.id),
            marking=queries.marking_of(message).label,
            closed=closed,
            version=feet.version(message.posture),
            page=feet.page(),
        )
