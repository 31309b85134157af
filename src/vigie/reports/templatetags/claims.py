"""`{% load claims %}{% claim_kind kind %} {% claim_date date %} {{ word|report_word }}`: what a claim is and when, in words."""

import re

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

# The fixed words of a claim and of the report it stands in.
WORDS = {
    # of a claim: which way a level went, how an attack ended, what is counted
    "raised": gettext_lazy("raised"),
    "lowered": gettext_lazy("lowered"),
    "maintained": gettext_lazy("maintained"),
    "completed": gettext_lazy("completed"),
    "failed": gettext_lazy("failed"),
    "attempted": gettext_lazy("attempted"),
    "foiled": gettext_lazy("foiled"),
    "dead": gettext_lazy("dead"),
    "injured": gettext_lazy("injured"),
    "people": gettext_lazy("people"),
    "arrests": gettext_lazy("arrests"),
    "attack": gettext_lazy("attack"),
    "attacks": gettext_lazy("attacks"),
    "attempts": gettext_lazy("attempts"),
    "attacks completed": gettext_lazy("attacks completed"),
    "attacks failed": gettext_lazy("attacks failed"),
    "attacks foiled": gettext_lazy("attacks foiled"),
    "activations": gettext_lazy("activations"),
    "exact": gettext_lazy("exactly"),
    "vague": gettext_lazy("vague"),
    "at_least": gettext_lazy("at least"),
    "more_than": gettext_lazy("more than"),
    "less_than": gettext_lazy("less than"),
    "nearly": gettext_lazy("nearly"),
    "about": gettext_lazy("about"),
    "up_to": gettext_lazy("up to"),
    # of a report: how its day is known, why a name is masked, what a line of its page is
    "given": gettext_lazy("as given"),
    "metadata": gettext_lazy("from the page's metadata"),
    "mail header": gettext_lazy("from the mail's header"),
    "dateline": gettext_lazy("from its dateline"),
    "unknown: the report names no day with its year; relative dates stay open": gettext_lazy(
        "unknown: the report names no day with its year; relative dates stay open"
    ),
    "named beside a private role": gettext_lazy("named beside a private role"),
    "named with an age": gettext_lazy("named with an age"),
    "named with what befell them": gettext_lazy("named with what befell them"),
    "a person who does not speak in an office": gettext_lazy("a person who does not speak in an office"),
    "byline": gettext_lazy("author's line"),
    "meta": gettext_lazy("credit or date"),
    "note": gettext_lazy("note"),
    "boilerplate": gettext_lazy("page furniture"),
}


@register.filter
def report_word(kept: str) -> str:
    """Say a fixed word of a claim or a report; a word of the report itself as it stands."""
    return str(WORDS.get(kept, kept))


# The two reasons a link between copies is proposed for, as `vigie.reports.copies` words them.
_SAME_WORDS = re.compile(r"(\d+) % of the shorter report's three-word runs stand in the other")
_SAME_FIGURES = re.compile(r"(\d+) figures and dates agree, (\d+) % of the shorter report's")


@register.filter
def copy_why(kept: str) -> str:
    """Say why two reports seem to be copies; another reason as it was given."""
    if found := _SAME_WORDS.fullmatch(kept):
        return _("{share} % of the shorter report's three-word runs stand in the other").format(
            share=found[1]
        )
    if found := _SAME_FIGURES.fullmatch(kept):
        return _("{shared} figures and dates agree, {share} % of the shorter report's").format(
            shared=found[1], share=found[2]
        )
    return kept


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
