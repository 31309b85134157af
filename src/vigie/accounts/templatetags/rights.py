"""`{% load rights %}{% may_open "alert:propose" as open %}`: no link is shown to those it would refuse."""

from django import template

from vigie.accounts.queries import may
from vigie.accounts.routes import PUBLIC, SIGNED_IN, right_of

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context: template.Context, view: str) -> bool:
    """Say whether the reader of this page may open that view; a view that no room lists opens to nobody."""
    right, actor = right_of(view), context.get("actor")
    if right == PUBLIC:
        return True
    return actor is not None and (right == SIGNED_IN or may(actor, right))
