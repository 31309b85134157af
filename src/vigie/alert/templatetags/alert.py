"""Draw a level from its scheme and code: `{% load alert %}{% level scheme code %}`."""

from datetime import date
from typing import Any

from django import template
from django.utils import translation

from vigie.schemes.reader import load
from vigie.ui.templatetags.ui import badge

register = template.Library()


@register.inclusion_tag("ui/badge.html")
def level(
    scheme: str, code: str, *, href: str = "", large: bool = False, note: str = "", on: date | None = None
) -> dict[str, Any]:
    """Draw a level's badge: shape, code and official words in the country's language.

    href: where its evidence stands. on: a day, for the words that the level had then.
    """
    plan = load(scheme)
    found = (plan.at(on) if on else plan).level(code)
    spoken = translation.get_language() or "en"
    own = spoken if spoken in found.name else next(iter(found.name), "")
    return badge(found.shape, found.printed, found.word(own), href=href, large=large, note=note, language=own)


@register.simple_tag
def scheme_name(scheme: str) -> str:
    """Give a scheme's official name."""
    return load(scheme).name


@register.simple_tag
def level_meaning(scheme: str, code: str) -> str:
    """Say what a level means, in the reader's language where there is such a wording, else in English."""
    meaning = load(scheme).level(code).meaning
    return meaning.get(translation.get_language() or "en") or meaning.get("en", "")
