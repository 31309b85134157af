"""Where Django finds the two databases: files of SQLite in the home, or databases of a PostgreSQL server."""

from pathlib import Path
from typing import Any

from vigie import postgresql
from vigie.homes import Home

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        # IMMEDIATE: a transaction that reads, then writes, must not find that another wrote in between.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # cache_size: in 2 MB, SQLite's own, a hundred thousand rows added at once push each other out of it again and again.
        # secure_delete: what was erased must not stay readable in pages that are merely free.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;",
    },
    # Opening a file and setting it up costs more than most questions asked of it.
    "CONN_MAX_AGE": None,
}


def of_home(home: Home) -> dict[str, dict[str, Any]]:
    """Give Django's DATABASES for a home. Raises NoDriver when it needs psycopg and there is none."""
    if home.database is None:
        return {
            "default": {**_SQLITE, "NAME": str(home.desk_db)},
            "record": {**_SQLITE, "NAME": str(home.record_db)},
        }
    passfile = postgresql.passfile(home.keys)
    return {
        "default": _on_postgresql(home.database.desk, passfile),
        "record": _on_postgresql(home.database.record, passfile),
    }


def bare(server: str | None) -> dict[str, dict[str, Any]]:
    """Give Django's DATABASES where there is no home: in memory, or on the PostgreSQL server that tests are run on."""
    if not server:
        return {alias: {**_SQLITE, "NAME": ":memory:"} for alias in ("default", "record")}
    place = postgresql.read(f"{server}/vigie", password=True)
    return {
        "default": _on_postgresql(place.of("vigie_desk"), None),
        "record": _on_postgresql(place.of("vigie_record"), None),
    }


def _on_postgresql(address: postgresql.Address, passfile: Path | None) -> dict[str, Any]:
    postgresql.need_driver()
    options = address.libpq(passfile)
    return {
        "ENGINE": "vigie.config.postgresql",
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,  # a new connection costs as much as ten pages' questions
        "CONN_HEALTH_CHECKS": True,
    }
