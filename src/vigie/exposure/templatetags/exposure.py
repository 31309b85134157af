"""Words of this room's pages: kinds, areas, ranges, days, in the reader's language."""

from datetime import date

from django import template
from django.utils.translation import get_language, gettext

from vigie.exposure import areas, owner_kinds, phrases, site_kinds
from vigie.exposure.calendar import Limit
from vigie.exposure.dated import Dated

register = template.Library()


def _lang() -> str:
    return get_language() or "en"


@register.filter
def site_kind(code: str) -> str:
    """Say a kind of site."""
    return site_kinds.get(code).label(_lang())


@register.filter
def owner_kind(code: str) -> str:
    """Say a kind of owner."""
    return owner_kinds.label(code, _lang())


@register.filter
def area_name(code: str) -> str:
    """Say an area."""
    return areas.name(code, _lang())


@register.filter
def entry_name(entry: Dated) -> str:
    """Say the name of a calendar's entry."""
    return entry.name(_lang())


@register.filter
def entry_words(entry: Dated) -> str:
    """Say all of a calendar's entry in one sentence."""
    return phrases.entry(entry, _lang())


@register.filter
def limit_words(limit: Limit) -> str:
    """Say one thing the calendar does not hold."""
    return phrases.limit(limit, _lang())


@register.filter
def long_day(on: date) -> str:
    """Say a day with its weekday."""
    return phrases.day(on, _lang())


@register.filter
def count(number: float) -> str:
    """Write a whole number with the language's thousands."""
    return phrases.number(round(number), _lang())


@register.filter
def kind_reason(code: str) -> str:
    """Say why a kind is assumed to draw what it draws."""
    return site_kinds.get(code).why(_lang())


@register.filter
def basis(word: str) -> str:
    """Say where a number comes from."""
    return {
        "figure": gettext("from the site's own figure"),
        "capacity": gettext("assumed from its capacity"),
        "assumed": gettext("assumed from its kind"),
        "event": gettext("with an event"),
    }[word]


@register.filter
def calendar_kind(kind: str) -> str:
    """Say what sort of entry it is."""
    return {
        "public-holiday": gettext("public holiday"),
        "school": gettext("school holidays"),
        "neighbour-school": gettext("neighbours' school holidays"),
        "feast": gettext("feast"),
        "event": gettext("event"),
    }[kind]


@register.filter
def certainty(word: str) -> str:
    """Say how an entry is known."""
    return {
        "computed": gettext("computed by rule"),
        "expected": gettext("expected, not yet confirmed"),
        "sourced": gettext("read in a public page"),
        "stated": gettext("entered here"),
    }[word]
