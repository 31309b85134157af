"""Draw a level from its scheme and code: `{% load alert %}{% level scheme code %}`."""

from datetime import date
from typing import Any

from django import template
from django.utils import translation

from vigie import times
from vigie.editions import queries as editions
from vigie.schemes.reader import Scheme, load
from vigie.ui.templatetags.ui import badge

register = template.Library()


@register.inclusion_tag("ui/badge.html")
def level(
    scheme: str,
    code: str,
    *,
    href: str = "",
    large: bool = False,
    note: str = "",
    on: date | None = None,
    edition: str = "",
) -> dict[str, Any]:
    """Draw a level's badge: shape, code and official words in the country's language.

    href: where its evidence stands. on: a day, for the words that the level had then. edition: SHA-256 of the file it was set
    under, whose words are drawn where they were kept.
    """
    plan = _plan(scheme, edition)
    found = (plan.at(on) if on else plan).level(code)
    spoken = translation.get_language() or "en"
    own = spoken if spoken in found.name else next(iter(found.name), "")
    return badge(found.shape, found.printed, found.word(own), href=href, large=large, note=note, language=own)


@register.simple_tag
def scheme_name(scheme: str) -> str:
    """Give a scheme's official name."""
    return load(scheme).name


@register.simple_tag
def level_meaning(scheme: str, code: str, edition: str = "") -> str:
    """Say what a level means, in the reader's language where there is such a wording, else in English.

    edition: as in `level`.
    """
    meaning = _plan(scheme, edition).level(code).meaning
    return meaning.get(translation.get_language() or "en") or meaning.get("en", "")


@register.simple_tag
def newer_editions(scheme: str) -> list[Scheme]:
    """List the editions in force today that came after this one: a level under it stands, but under an older edition."""
    return editions.newer(scheme, times.now().date())


def _plan(scheme: str, edition: str) -> Scheme:
    return editions.edition(scheme, edition).scheme if edition else load(scheme)
