"""Say a date as exactly as its source does, in the reader's language: `{% load editions %}{% said_date "2015-06" %}`."""

from babel.dates import format_date
from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vigie.schemes.dates import SourcedDate, read
from vigie.ui.dates import day

register = template.Library()


@register.simple_tag
def sourced(given: SourcedDate) -> SafeString:
    """Say a date as exactly as its source does: a day, a month or a year."""
    return format_html('<time datetime="{}">{}</time>', given.text, as_sourced(given))


@register.simple_tag
def said_date(text: str) -> SafeString:
    """Say a date written YYYY, YYYY-MM or YYYY-MM-DD, hours left aside."""
    return sourced(read(text[:10]))


def as_sourced(given: SourcedDate) -> str:
    """Give the words of a sourced date."""
    language = translation.get_language() or "en"
    if given.exact:
        return day(given.first, language)
    if len(given.text) == 4:
        return given.text
    return format_date(given.first, "MMM y", locale=language.replace("-", "_"))
