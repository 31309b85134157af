"""Where an instance lives: its folder, its settings, how it is found and made."""

from vigie.homes.home import (
    LANGUAGES,
    Backups,
    BadHome,
    Decides,
    Home,
    Provider,
    Retention,
    TimeStamps,
    Witness,
    Witnesses,
)
from vigie.homes.making import HomeTaken, create
from vigie.homes.reading import load, locate

__all__ = [
    "LANGUAGES",
    "Backups",
    "BadHome",
    "Decides",
    "Home",
    "HomeTaken",
    "Provider",
    "Retention",
    "TimeStamps",
    "Witness",
    "Witnesses",
    "create",
    "load",
    "locate",
]
