"""The calendar in words, in English and French: dates never all in digits, doubts said."""

from datetime import date

from vigie.exposure import areas
from vigie.exposure.calendar import Limit
from vigie.exposure.dated import Attendance, Dated

_WORDS = {
    "en": {
        "next": "; ",
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
        "no-schools-before": "French school holidays before {about} are not kept.",
        "no-schools-overseas": "School holidays of Corsica and overseas are set there and are not kept.",
        "no-neighbours": "School holidays of Spain and Italy are not kept for these days.",
        "no-schools-abroad": "School holidays are kept for France only.",
    },
    "fr": {
        "next": "\u00a0; ",
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
        "no-schools-before": "Les vacances scolaires françaises d'avant le {about} ne sont pas tenues.",
        "no-schools-overseas": "Les vacances scolaires de Corse et d'outre-mer se fixent sur place et ne sont pas tenues.",
        "no-neighbours": "Les vacances scolaires d'Espagne et d'Italie ne sont pas tenues pour ces jours.",
        "no-schools-abroad": "Les vacances scolaires ne sont tenues que pour la France.",
    },
}


def entry(dated: Dated, lang: str = "en") -> str:
    """Say an entry of the calendar in one sentence: what, when, where, how many, how sure."""
    words = _words(lang)
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
    return words["next"].join([head, *filter(None, details)]) + "."


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
        return _words(lang)["parts"].format(n=len(dated.areas))
    return ", ".join(areas.name(code, lang) for code in dated.areas)


def people(attendance: Attendance, lang: str = "en") -> str:
    """Say an attendance as the range it is; "" when not known."""
    words = _words(lang)
    low, high = (None if n is None else number(n, lang) for n in (attendance.low, attendance.high))
    if low is None and high is None:
        return ""
    form = "between" if low is not None and high is not None else "most" if high is not None else "least"
    return words[form].format(low=low, high=high)


def day(given: date, lang: str = "en") -> str:
    """Say a day: «Sunday 31 March 2024», «dimanche 31 mars 2024»."""
    first = given.day == 1 and lang.startswith("fr")
    return _formatted(given, "EEEE '1er' MMMM y" if first else "EEEE d MMMM y", lang)


def limit(given: Limit, lang: str = "en") -> str:
    """Say one thing the calendar does not hold."""
    about = day(date.fromisoformat(given.about), lang) if given.about else ""
    return _words(lang)[given.what].format(about=about)


def month(given: date, lang: str = "en") -> str:
    """Name a day's month, short: «Mar», «mars»."""
    return _formatted(given, "LLL", lang)


def weekday(given: date, lang: str = "en") -> str:
    """Name a day of the week, short: «Mon», «lun.»."""
    return _formatted(given, "EEE", lang)


def number(given: int, lang: str = "en") -> str:
    """Write a number with the thousands of the language: 600,000 or 600 000."""
    return f"{given:,}".replace(",", "\u202f") if lang.startswith("fr") else f"{given:,}"


def _words(lang: str) -> dict[str, str]:
    return _WORDS["fr" if lang.startswith("fr") else "en"]


def _formatted(given: date, pattern: str, lang: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - 60 ms that other commands need not pay

    return str(format_date(given, pattern, locale="fr" if lang.startswith("fr") else "en_GB"))
