"""Draw the state of a task and the kind of a change: `{% load measures %}{% task_state "done" %}`."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vigie.measures.call_sheet import Chip
from vigie.measures.changes import ChangeKind
from vigie.measures.drilling.standing import Standing
from vigie.measures.models import Posture
from vigie.measures.moves import State
from vigie.measures.notice import named_sites
from vigie.measures.phrases import in_words, pick, say
from vigie.measures.places import site_of
from vigie.measures.queries import site_names
from vigie.measures.signs import CHANGE_SIGNS, STATE_SIGNS
from vigie.ui.templatetags.ui import sign, state
from vigie.waves import DEPUTIES, SUPERIORS

register = template.Library()


@register.inclusion_tag("ui/state.html")
def task_state(of: State) -> dict[str, object]:
    """Draw a task's state: glyph and word, in the very words that owners read."""
    glyph, tone = STATE_SIGNS[of]
    return state(glyph, say(_language(), f"state_{of}"), tone)


@register.simple_tag
def change_sign(kind: ChangeKind) -> SafeString:
    """Draw the glyph of a kind of change."""
    return sign(CHANGE_SIGNS[kind])


@register.simple_tag
def phrase(name: str, **fields: object) -> str:
    """Say one of the phrases that owners read, in the page's language."""
    return say(_language(), name, **fields)


@register.filter
def named(sites: Sequence[str]) -> str:
    """Name the sites of a line as the message does: the first few, the others counted."""
    return named_sites(sites)


@register.filter
def words(text: dict[str, str]) -> str:
    """Give a measure's words in the page's language."""
    return in_words(text, _language())


@register.simple_tag
def chip_word(chip: Chip) -> str:
    """Say a filter's name."""
    return {
        "not-reached": gettext("not reached"),
        "not-answered": gettext("not answered"),
        "late": gettext("late"),
        "cannot": gettext("cannot"),
        "done": gettext("done"),
        "unproven": gettext("done without proof"),
    }[chip]


@register.simple_tag
def road_word(via: str) -> str:
    """Say by which road an answer came."""
    return {
        "link": gettext("by link"),
        "phone": gettext("by telephone"),
        "paper": gettext("on paper"),
        "text": gettext("by text message"),
    }.get(via, via)


@register.simple_tag
def wave_word(wave: int, again: bool) -> str:
    """Say to whom a message went: the office, its deputy, its superior."""
    if wave == DEPUTIES:
        return gettext("to the deputy")
    if wave == SUPERIORS:
        return gettext("to the superior")
    return gettext("reminder to the office") if again else gettext("to the office")


@register.inclusion_tag("ui/state.html")
def hung_on(zone: str) -> dict[str, object]:
    """Say what a measure hangs on: the level of a zone, or one site's own response."""
    return state("dot", gettext("site's response")) if site_of(zone) else state("ring", gettext("level"))


@register.inclusion_tag("ui/state.html")
def drill_standing(of: Standing) -> dict[str, object]:
    """Draw how an owner stands in a contact drill."""
    glyph, word, tone = {
        "in_time": ("check", gettext("answered in time"), "good"),
        "late": ("clock", gettext("answered late"), "attention"),
        "silent": ("cross", gettext("no answer"), "bad"),
        "asked": ("half", gettext("time left"), ""),
        "not_reached": ("slash", gettext("not reached"), "bad"),
        "waits": ("ring", gettext("waits to be sent"), ""),
    }[of]
    return state(glyph, word, tone)


@register.simple_tag
def cause_href(posture: Posture) -> str:
    """Give the address of the level a posture follows; of the site's responses where it follows its own."""
    site = site_of(posture.zone)
    if site:
        return reverse("measures:response_of", kwargs={"site": site})
    return reverse("alert:level", kwargs={"id": posture.cause})


@register.simple_tag
def place_name(zone: str) -> str:
    """Name where a posture holds: the zone's code, or the site's name."""
    site = site_of(zone)
    return site_names([site]).get(site, site) if site else zone


@register.filter
def failure(why: str) -> str:
    """Say why a message did not get through: our own words in the reader's language, a channel's as they are."""
    return gettext(why) if why else ""


@register.simple_tag
def task_answer(answer: str) -> str:
    """Say what an owner answered."""
    return say(_language(), f"state_{answer}")


def _language() -> str:
    return pick(translation.get_language() or "")
