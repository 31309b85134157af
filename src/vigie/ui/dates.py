"""How an instant, a day and a length of time are said on a page: never in digits alone, always with the zone.

03/04 is a day in March or in April according to who reads it; a month said as a word is read one way.
Words come from CLDR through Babel, in the reader's language.
"""

from datetime import date, datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta

from vigie import times

_FALLBACK = "en"


def instant(at: datetime, zone: str, language: str) -> str:
    """Say an instant in a zone: «Fri 26 Jun 2015, 20:30». The zone's own name is given by `zone_name`."""
    return format_datetime(at, "EEE d MMM y, HH:mm", tzinfo=times.time_zone(zone), locale=_locale(language))


def day(on: date, language: str, *, short: bool = False) -> str:
    """Say a day: «Fri 26 Jun 2015», or short of its year «Fri 26 Jun»."""
    return format_date(on, "EEE d MMM" if short else "EEE d MMM y", locale=_locale(language))


def hour(at: datetime, zone: str) -> str:
    """Say the time of day in a zone: «20:30»."""
    return at.astimezone(times.time_zone(zone)).strftime("%H:%M")


def zone_name(at: datetime, zone: str) -> str:
    """Name the zone's time at that instant: «CET», or «UTC-3» where the zone has no letters of its own."""
    local = at.astimezone(times.time_zone(zone))
    name = local.strftime("%Z")
    if name.isalpha():
        return name
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def lasting(length: timedelta, language: str) -> str:
    """Say a length of time in its largest whole unit up to days: «72 days», «12 hours», «5 minutes»."""
    seconds = int(abs(length).total_seconds())
    words = _locale(language)
    # The thresholds keep Babel from moving on: 72 days are not «2 months» on a page that counts days.
    if seconds >= 86400:
        return format_timedelta(
            timedelta(days=seconds // 86400), granularity="day", threshold=1e9, locale=words
        )
    if seconds >= 3600:
        return format_timedelta(
            timedelta(hours=seconds // 3600), granularity="hour", threshold=1, locale=words
        )
    if seconds >= 60:
        return format_timedelta(
            timedelta(minutes=seconds // 60), granularity="minute", threshold=1, locale=words
        )
    return format_timedelta(timedelta(seconds=seconds), granularity="second", threshold=1, locale=words)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)
