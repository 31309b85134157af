"""Say sourced dates, lengths, definitions and figures in the reader's language: `{% load history %}`."""

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext, pgettext

from vigie.editions.templatetags.editions import as_sourced, said_date, sourced
from vigie.history.changes import Change
from vigie.history.counts import Definition
from vigie.history.definitions import Definition as Counting, Tally
from vigie.history.figures import Figure
from vigie.history.lengths import Length
from vigie.history.levels import Answer, returned_to
from vigie.history.timeline import Span
from vigie.schemes.dates import read
from vigie.schemes.reader import load
from vigie.ui.dates import day as said_day

register = template.Library()


register.simple_tag(sourced)
register.simple_tag(said_date)


@register.simple_tag
def days(length: Length) -> str:
    """Say a length in days, with its bounds where it has no number."""
    if length.most is None:
        return ngettext("at least {n} day", "at least {n} days", length.least).format(n=length.least)
    if length.exact:
        return ngettext("{n} day", "{n} days", length.least).format(n=length.least)
    return _("{least} to {most} days").format(least=length.least, most=length.most)


@register.simple_tag
def length(span: Span) -> str:
    """Say how long a span lasted."""
    return str(days(Length.between(span.since, span.until, span.confirmed)))


@register.simple_tag
def definition(given: Definition) -> str:
    """Say what counts as a time."""
    scope = (
        _("set for the whole country")
        if given.scope == "national"
        else _("set for the country or any part of it")
    )
    renewals = _("confirmations not counted") if given.merge_renewals else _("each confirmation counted too")
    first = load(given.editions[-1])
    since = _("since {start} ({name})").format(
        start=as_sourced(read(first.in_force_from)) if first.in_force_from else _("the start on record"),
        name=first.name,
    )
    across = "; " + _("gravest level of each edition") if len(given.editions) > 1 else ""
    return f"{scope}, {renewals}, {since}{across}"


@register.simple_tag
def move(change: Change) -> str:
    """Say what a change did to the level."""
    return {
        "introduced": _("introduced"),
        "raised": _("raised"),
        "lowered": _("lowered"),
        "maintained": _("maintained"),
        "retired": _("retired"),
        "issued": _("issued"),
        "extended": _("extended"),
    }[change.move]


@register.simple_tag
def absent(answer: Answer) -> str:
    """Say why there is no level to give."""
    words = {
        "no levels": _("There is no level, by policy."),
        "nothing on record": _("No change of this scheme is on record for this place by then."),
        "before": _("Nothing is known before {bound}."),
        "ended": _("The scheme ended on {bound}."),
    }
    bound = said_day(read(answer.bound).first, translation.get_language() or "en") if answer.bound else ""
    return words[answer.absence or "nothing on record"].format(bound=bound)


@register.simple_tag
def rule_words(rule: str) -> str:
    """Say how one level is picked among those that stand."""
    return {
        "highest-covering": _(
            "among the decisions that cover the place, the one with the gravest level holds"
        ),
        "most-specific": _(
            "among the decisions that cover the place, the one with the narrowest scope holds"
        ),
        "single": _("the scheme has one level at a time for its whole zone"),
    }[rule]


@register.simple_tag
def around(span: Span) -> Change | None:
    """Give the row a part's level returned to, if it did."""
    return returned_to(span)


@register.simple_tag
def confidence(given: str) -> str:
    """Say how sure a row is."""
    return {"high": _("high"), "medium": _("medium"), "low": _("low, never counted")}[given]


@register.simple_tag
def source(change: Change) -> SafeString:
    """Open the page a change is read from, with how sure it is; a home's own opens its record."""
    words = _("this home's record") if change.origin == "home" else _("source")
    return format_html("{} ({})", address(change.source, words), confidence(change.confidence))


@register.simple_tag
def address(given: str, words: str = "") -> SafeString:
    """Open an address; what is none is said as it stands."""
    if given.startswith(("http://", "https://", "/")):
        return format_html('<a class="address" href="{}" rel="noreferrer">{}</a>', given, words or given)
    return format_html("{}", given)


@register.simple_tag
def what(given: tuple[str, ...]) -> str:
    """Say what a figure counts."""
    words = {
        "carried out": pgettext("attacks", "carried out"),
        "failed": pgettext("attacks", "failed"),
        "foiled": pgettext("attacks", "foiled"),
        "deaths": _("deaths"),
    }
    return " + ".join(words[each] for each in given)


@register.simple_tag
def said(figure: Figure) -> str:
    """Give a figure in its own words; the word that went with digits is translated, words are left as they are."""
    if not figure.value.isdigit():
        return figure.said
    words = {
        "exact": "{value}",
        "nearly": _("nearly {value}"),
        "about": _("about {value}"),
        "at least": _("at least {value}"),
        "at most": _("at most {value}"),
        "more than": _("more than {value}"),
    }
    return words[figure.modifier].format(value=figure.value)


@register.simple_tag
def bounds(figure: Figure) -> str:
    """Say what number the words bind, if any."""
    least, most = figure.bounds
    if least is None and most is None:
        return _("no number: the words are vague and stay so")
    if least == most:
        return _("exactly {n}").format(n=least)
    return _("{n} or more").format(n=least) if most is None else _("{n} or fewer").format(n=most)


@register.simple_tag
def target(given: str) -> str:
    """Say what an incident was aimed at; a target that is not of the register's list by its own name."""
    words = {
        "police/military": _("police or military"),
        "public space": _("public space"),
        "shop": _("shop"),
        "school": _("school"),
        "place of worship": _("place of worship"),
        "concert hall": _("concert hall"),
        "press": _("press"),
        "transport": _("transport"),
        "station": _("station"),
        "other": _("other"),
    }
    return words.get(given, given)


@register.simple_tag
def status(given: str) -> str:
    """Say an incident's status."""
    return {
        "completed": _("completed"),
        "failed": _("failed"),
        "foiled": _("foiled"),
        "disputed": _("disputed"),
    }[given]


@register.filter
def definition_name(given: Counting) -> str:
    """Name a definition of what counts."""
    return _in_language(given.name)


@register.filter
def definition_words(given: Counting) -> str:
    """Say what a definition counts as what."""
    return _in_language(given.words)


@register.simple_tag
def tallied(given: Tally, status: str) -> str:
    """Give a count, or its bounds."""
    return given.said(status)


def _in_language(words: dict[str, str]) -> str:
    return words.get(translation.get_language() or "en") or words["en"]
