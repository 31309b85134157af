"""`{% load claims %}{% claim_kind kind %} {% claim_date date %}`: what a claim is and when, in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, gettext_lazy

from vigie import times
from vigie.errors import BadInput
from vigie.ui import dates

register = template.Library()

KINDS = {
    "attack": gettext_lazy("attack"),
    "claim_of_responsibility": gettext_lazy("claim of responsibility"),
    "attribution": gettext_lazy("attribution"),
    "foiled_plot": gettext_lazy("foiled plot"),
    "level_change": gettext_lazy("change of level"),
    "deployment": gettext_lazy("deployment"),
    "statistic": gettext_lazy("figure"),
    "planned_meeting": gettext_lazy("planned meeting"),
    "statement": gettext_lazy("statement"),
    "calendar_event": gettext_lazy("date ahead"),
}


@register.simple_tag
def claim_kind(kind: str) -> str:
    """Say what sort of claim it is; an unknown one by its own name."""
    return str(KINDS.get(kind, kind.replace("_", " ")))


@register.simple_tag
def claim_date(given: str) -> SafeString:
    """Say a claim's date: a day, a run of days, a run without end; anything else (a year, a month) as it stands."""
    start, _slash, end = given.partition("/")
    words = _day(start)
    if end == "..":
        words = _("from {start} on").format(start=words)
    elif end:
        words = _("{start} to {end}").format(start=words, end=_day(end))
    return format_html('<time datetime="{}">{}</time>', start, words)


def _day(given: str) -> str:
    try:
        return dates.day(times.parse_day(given), get_language() or "en")
    except BadInput:
        return given
