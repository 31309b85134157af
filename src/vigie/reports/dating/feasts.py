"""Movable feasts, computed: the day or days a feast's name means in a year."""

from datetime import date, timedelta

from dateutil.easter import easter
from hijridate import Hijri
from pyluach.dates import HebrewDate

_AFTER_EASTER = {"good_friday": -2, "easter": 0, "easter_monday": 1, "ascension": 39, "pentecost": 49}
_FIXED = {
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "new_year_eve": (12, 31),
    "new_year": (1, 1),
    "all_saints": (11, 1),
}


def feast(name: str, year: int) -> str:
    """Give the value of feast `name` in the civil year `year` (1 to 9999; Ramadan and Eid: 1925 to 2076).

    Western Easter (Gregorian computus); Ramadan and Eid by the Umm al-Qura tables, which the announced day may miss
    by one; Passover and Hanukkah by Hebrew calendar arithmetic, from their first day.
    Raises ValueError for an unknown name or a year outside the tables.
    """
    if name in _AFTER_EASTER:
        return (easter(year) + timedelta(days=_AFTER_EASTER[name])).isoformat()
    if name in _FIXED:
        return date(year, *_FIXED[name]).isoformat()
    if name in {"ramadan", "eid_fitr"}:
        return _hijri(name, year)
    if name == "passover":
        return _hebrew(year + 3760, 1, 15, 7)
    if name == "hanukkah":
        return _hebrew(year + 3761, 9, 25, 7)
    raise ValueError(name)


def _hijri(name: str, year: int) -> str:
    try:
        for hijri_year in range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3):
            first = Hijri(hijri_year, 9, 1).to_gregorian()
            eid = Hijri(hijri_year, 10, 1).to_gregorian()
            if name == "ramadan" and first.year == year:
                return f"{first.isoformat()}/{(eid - timedelta(days=1)).isoformat()}"
            if name == "eid_fitr" and eid.year == year:
                return eid.isoformat()
    except (OverflowError, ValueError):
        pass
    raise ValueError(name)


def _hebrew(hebrew_year: int, month: int, day: int, more_days: int) -> str:
    first = HebrewDate(hebrew_year, month, day).to_greg().to_pydate()
    return f"{first.isoformat()}/{(first + timedelta(days=more_days)).isoformat()}"
