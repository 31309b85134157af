"""The calendar in words, in English and French: dates never all in digits, doubts said."""

from datetime import date

from vigie.exposure import areas
from vigie.exposure.dated import Attendance, Dated

_WORDS = {
    "en": {
        "one": "{name}: {start}",
        "run": "{name}: {start} to {end}",
        "eve": "from sunset the evening before",
        "doubt": "may move by {n} day",
        "expected": "expected by the usual pattern, not yet confirmed",
        "known": "known since {day}",
        "where": "in {places}",
        "between": "{low} to {high} people expected",
        "most": "at most {high} people expected",
        "least": "at least {low} people expected",
        "parts": "{n} departments",
        "organiser": "organised by {who}",
    },
    "fr": {
        "one": "{name} : {start}",
        "run": "{name} : du {start} au {end}",
        "eve": "dès le coucher du soleil la veille",
        "doubt": "peut changer de {n} jour",
        "expected": "attendu selon l'usage, pas encore confirmé",
        "known": "connu depuis le {day}",
        "where": "lieu : {places}",
        "between": "de {low} à {high} personnes attendues",
        "most": "au plus {high} personnes attendues",
        "least": "au moins {low} personnes attendues",
        "parts": "{n} départements",
        "organiser": "organisé par {who}",
    },
}


def entry(dated: Dated, lang: str = "en") -> str:
    """Say an entry of the calendar in one sentence: what, when, where, how many, how sure."""
    words = _WORDS.get(lang, _WORDS["en"])
    head = words["one" if dated.start == dated.end else "run"].format(
        name=dated.name(lang), start=day(dated.start, lang), end=day(dated.end, lang)
    )
    places = where(dated, lang)
    details = [
        words["eve"] if dated.eve else "",
        words["doubt"].format(n=f"±{dated.uncertainty_days}") if dated.uncertainty_days else "",
        words["where"].format(places=places) if places else "",
        people(dated.attendance, lang),
        words["organiser"].format(who=dated.organiser) if dated.organiser else "",
        words["expected"] if dated.basis == "expected" else "",
        words["known"].format(day=day(dated.known_on, lang))
        if dated.kind == "event" and dated.known_on
        else "",
    ]
    return "; ".join([head, *filter(None, details)]) + "."


def where(dated: Dated, lang: str = "en") -> str:
    """Say where an entry holds when its name does not already say it; "" when everywhere or said."""
    if dated.kind not in {"event", "public-holiday"} or not dated.areas:
        return ""
    if (
        len(dated.areas) == 1
        and areas.area(dated.areas[0]).kind == "country"
        and dated.kind == "public-holiday"
    ):
        return ""
    if len(dated.areas) > 8:
        return _WORDS.get(lang, _WORDS["en"])["parts"].format(n=len(dated.areas))
    return ", ".join(areas.name(code, lang) for code in dated.areas)


def people(attendance: Attendance, lang: str = "en") -> str:
    """Say an attendance as the range it is; "" when not known."""
    words = _WORDS.get(lang, _WORDS["en"])
    low, high = (None if n is None else number(n, lang) for n in (attendance.low, attendance.high))
    if low is None and high is None:
        return ""
    form = "between" if low is not None and high is not None else "most" if high is not None else "least"
    return words[form].format(low=low, high=high)


def day(given: date, lang: str = "en") -> str:
    """Say a day: «Sunday 31 March 2024», «dimanche 31 mars 2024»."""
    from babel.dates import format_date  # noqa: PLC0415 - 60 ms that other commands need not pay

    if lang.startswith("fr"):
        return str(format_date(given, "EEEE d MMMM y" if given.day > 1 else "EEEE '1er' MMMM y", locale="fr"))
    return str(format_date(given, "EEEE d MMMM y", locale="en_GB"))


def number(given: int, lang: str = "en") -> str:
    """Write a number with the thousands of the language: 600,000 or 600 000."""
    return f"{given:,}".replace(",", "\u202f") if lang.startswith("fr") else f"{given:,}"
