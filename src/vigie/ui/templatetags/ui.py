"""The parts pages are made of. Load them with `{% load ui %}`.

    {% badge shape printed word tone %}            a level: shape, code, official words
    {% card "Title" %} … {% endcard %}             a titled block
    {% state "check" "done" %}                     a state: glyph and word
    {% two_person proposed_by="…" waits_for="…" %} who proposed, who seconded, who is waited for
    {% nothing "Nothing waits." %} … {% endnothing %}   an empty state that says what is searched, and the way on
    {% table_scroll "Owners" %} <table>… {% endtable_scroll %}   a table that scrolls within itself on a phone
    {% instant at %}  {% instant at "America/Cayenne" %}  {% day on %}  {% lasting length %}
    {% field form.reason %}  {% fields form %}     a form's fields with labels, help and errors
    {% pager page %}                               the pages of a list
    {{ row.state|said_state }}                     a fixed word of a row, in the reader's language
    {% note "attention" "…" %}                     one sentence that must be seen

Glyphs and shapes are named in `vigie.ui.shapes`.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from vigie import states, times
from vigie.ui import dates, shapes

register = template.Library()

_NO_TONE = "plain"

# Each tone of a note with its glyph; Django's own message levels are read too.
_NOTES = {"plain": "dot", "good": "check", "attention": "warning", "bad": "cross"}
_LEVELS = {"debug": "plain", "info": "plain", "success": "good", "warning": "attention", "error": "bad"}


@register.inclusion_tag("ui/badge.html")
def badge(
    shape: str,
    printed: str,
    word: str,
    tone: str = "",
    *,
    href: str = "",
    language: str = "",
    large: bool = False,
    note: str = "",
) -> dict[str, Any]:
    """Draw a level: never by colour alone.

    shape: name in `shapes.SHAPES`, or "" for «no level on record» (a dashed outline).
    printed: the code as shown («3/5»). word: the official words, in the country's language (`language`, a tag).
    tone: "step-1" to "step-5" of the house ladder, an official colour as #RRGGBB, or "" where the country
    publishes none (ink on paper). href: where the evidence for the level stands. note: words under the level.
    """
    colour = tone if tone.startswith("#") else ""
    if tone and not colour and tone not in shapes.LADDER:
        raise shapes.UnknownSign(
            "{tone!r} is not a tone. Give step-1 to step-5, an official colour as #RRGGBB, or nothing.",
            tone=tone,
        )
    return {
        "outline": shapes.shape(shape) if shape else shapes.shape("circle"),
        "printed": printed,
        "word": word,
        "colour": colour,
        "tone": "official" if colour else "none" if not shape else tone or _NO_TONE,
        "href": href,
        "language": language,
        "large": large,
        "note": note,
    }


@register.inclusion_tag("ui/state.html")
def state(glyph: str, word: str, tone: str = "") -> dict[str, Any]:
    """Draw a state: a glyph of `shapes.GLYPHS` and its word; tone: "", "good", "attention" or "bad"."""
    strokes, filled = shapes.glyph(glyph)
    return {"strokes": strokes, "filled": filled, "word": word, "tone": tone}


@register.filter
def said_state(kept: str) -> str:
    """Say a word of `states.WORDS` in the reader's language; any other word as it is kept."""
    return gettext(states.WORDS[kept]) if kept in states.WORDS else kept


@register.simple_tag
def sign(glyph: str) -> SafeString:
    """Draw a glyph alone, beside words that already say what it means."""
    strokes, filled = shapes.glyph(glyph)
    return format_html(
        '<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path class="stroke" d="{}"/>'
        '<path class="filled" d="{}"/></svg>',
        strokes,
        filled,
    )


@register.inclusion_tag("ui/note.html")
def note(tone: str, sentence: str, href: str = "", link: str = "") -> dict[str, Any]:
    """Say one sentence that must be seen; tone: "plain", "good", "attention" or "bad"; a link says the way out."""
    tone = _LEVELS.get(tone, tone)
    if tone not in _NOTES:
        raise shapes.UnknownSign(
            "{tone!r} is not a tone of a note. They are: {known}.", tone=tone, known=", ".join(_NOTES)
        )
    return {"glyph": _NOTES[tone], "tone": tone, "sentence": sentence, "href": href, "link": link}


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    *,
    tone: str = "",
    href: str = "",
    count: int | None = None,
    ident: str = "",
) -> str:
    """Frame a block under a title; href: where its whole list stands; count: how many things it holds."""
    heading = format_html('<a href="{}">{}</a>', href, title) if href else format_html("{}", title)
    shown = "" if count is None else format_html(' <span class="count">{}</span>', count)
    head = format_html('<h2 class="card-title">{}{}</h2>', heading, shown) if title else ""
    classes = f"card card-{tone}" if tone else "card"
    named = format_html(' id="{}"', ident) if ident else ""
    # The block was rendered by the template engine and is escaped already.
    return format_html('<section class="{}"{}>{}{}</section>', classes, named, head, mark_safe(content))  # noqa: S308


@register.simple_block_tag
def nothing(content: str, sentence: str) -> str:
    """Say that there is nothing, in a sentence; the block says what was looked at and the way on."""
    # The block was rendered by the template engine and is escaped already.
    inner = mark_safe(content)  # noqa: S308
    return format_html('<div class="nothing"><p><strong>{}</strong></p>{}</div>', sentence, inner)


@register.simple_block_tag
def table_scroll(content: str, label: str) -> str:
    """Let a wide table scroll within itself, by keyboard too; label: what the table holds, read aloud."""
    # The block was rendered by the template engine and is escaped already.
    inner = mark_safe(content)  # noqa: S308
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, inner
    )


@register.inclusion_tag("ui/two_person.html", takes_context=True)
def two_person(
    context: template.Context,
    proposed_by: str,
    *,
    proposed_at: datetime | None = None,
    seconded_by: str = "",
    seconded_at: datetime | None = None,
    waits_for: str = "",
    zone: str = "",
) -> dict[str, Any]:
    """Show the two persons an act needs: offices, not names."""
    return {
        "proposed_by": proposed_by,
        "proposed_at": proposed_at,
        "seconded_by": seconded_by,
        "seconded_at": seconded_at,
        "waits_for": waits_for,
        "home_zone": zone or context.get("home_zone", ""),
    }


@register.simple_tag(takes_context=True)
def instant(
    context: template.Context, at: datetime | None, zone: str = "", *, short: bool = False
) -> SafeString:
    """Say an instant with its zone (else the home's); short: without its year and zone, which stand on the element."""
    if at is None:
        return format_html('<span class="unknown">{}</span>', gettext("not known"))
    zone = zone or context.get("home_zone") or "UTC"
    language = translation.get_language() or "en"
    whole = dates.instant(at, zone, language)
    name = dates.zone_name(at, zone)
    machine = at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.utcoffset() == timedelta() else at.isoformat()
    if short:
        day_there = at.astimezone(times.time_zone(zone)).date()
        said = f"{dates.day(day_there, language, short=True)}, {dates.hour(at, zone)}"
        return format_html('<time datetime="{}" title="{} {}">{}</time>', machine, whole, name, said)
    return format_html('<time datetime="{}">{} <span class="zone">{}</span></time>', machine, whole, name)


@register.simple_tag
def day(on: date | str | None, *, short: bool = False) -> SafeString:
    """Say a day, given as such or as YYYY-MM-DD; short: without its year."""
    if isinstance(on, str):
        on = date.fromisoformat(on) if on else None
    if on is None:
        return format_html('<span class="unknown">{}</span>', gettext("not known"))
    return format_html(
        '<time datetime="{}">{}</time>',
        on.isoformat(),
        dates.day(on, translation.get_language() or "en", short=short),
    )


@register.simple_tag
def lasting(length: timedelta | None) -> str:
    """Say a length of time."""
    return "" if length is None else dates.lasting(length, translation.get_language() or "en")


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw one form field: label, help, widget, error, tied together for those who hear the page."""
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "grouped": bound.use_fieldset,
        "ticked": kind == "checkbox" and not bound.use_fieldset,
    }


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw a form's errors, then each of its fields; the <form> element, the token and the buttons stay the page's."""
    return {"form": form}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: "Page[Any]", name: str = "page") -> dict[str, Any]:
    """Link the pages of a list, keeping the page's other questions; name: the query's field."""
    request = context.get("request")
    kept = request.GET.copy() if request else None

    def address(number: int) -> str:
        if kept is None:
            return f"?{name}={number}"
        kept[name] = str(number)
        return f"?{kept.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
