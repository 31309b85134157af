"""Which home a folder is: its vigie.toml, read and held against what can be."""

import os
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from shlex import quote
from typing import Any

import msgspec

from vigie import times
from vigie.homes import checks
from vigie.homes.home import LANGUAGES, Backups, BadHome, Decides, Home
from vigie.homes.settings import Settings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


def locate(given: str | Path | None = None) -> Path:
    """Give the home's folder: the one named, else VIGIE_HOME, else ./vigie-home."""
    return Path(given or os.environ.get("VIGIE_HOME") or "vigie-home").expanduser().resolve()


def load(path: Path) -> Home:
    """Read a home's vigie.toml. Raises BadHome when there is none or when it cannot be."""
    file = path / "vigie.toml"
    try:
        with file.open("rb") as stream:
            data = tomllib.load(stream)
    except FileNotFoundError:
        raise BadHome(
            "There is no vigie home at {path}. Make one with: vigie init --home {path}", path=quote(str(path))
        ) from None
    except OSError as fault:
        raise BadHome(
            "{file} cannot be read: {fault}. A home is a folder whose vigie.toml this user may read.",
            file=file,
            fault=fault.strerror,
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadHome("{file} cannot be read: {fault}. Mend that line.", file=file, fault=fault) from None
    return _home(path, file, data)


def _home(path: Path, file: Path, data: dict[str, Any]) -> Home:
    known = Settings.__struct_fields__
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise BadHome(
            "{file} has {unknown}, which vigie does not know. Known: {known}.",
            file=file,
            unknown=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    try:
        given = msgspec.convert(data, Settings)
    except msgspec.ValidationError as fault:
        if "$.decides" in str(fault):
            raise BadHome(
                "{file}: {fault}. Write [[decides]] with scheme = … and zones = […].", file=file, fault=fault
            ) from None
        if "$.witnesses" in str(fault):
            raise BadHome(
                "{file}: {fault}. Write [witnesses] with need = …, and [[witnesses.of]] with name, url and vkey for each.",
                file=file,
                fault=fault,
            ) from None
        raise BadHome("{file}: {fault}. Mend that line.", file=file, fault=fault) from None
    if not _NAME.fullmatch(given.instance):
        raise BadHome(
            "{file}: instance is {instance!r}. Expected 2 to 63 small letters, digits or hyphens.",
            file=file,
            instance=given.instance,
        )
    strange = [language for language in given.languages if language not in LANGUAGES]
    if strange or not given.languages:
        raise BadHome(
            "{file}: languages is {given}. Expected one or more of: {known}.",
            file=file,
            given=list(given.languages),
            known=", ".join(LANGUAGES),
        )
    times.time_zone(given.zone)
    clock = given.clock
    return Home(
        path=path,
        instance=given.instance,
        title=given.title or given.instance,
        exercise=given.exercise,
        frame=given.frame if given.exercise else "",
        languages=given.languages,
        zone=given.zone,
        address=checks.address(file, given.address),
        decides=tuple(Decides(d.scheme, tuple(d.zones)) for d in given.decides),
        channels=tuple(given.send.channels),
        ceilings=checks.ceilings(file, given.send),
        deputies_after=timedelta(minutes=given.paging.deputies_after),
        clock_start=times.parse(str(clock.start)) if clock else None,
        clock_real=times.parse(str(clock.real)) if clock else None,
        retention=given.retention,
        database=checks.database(file, given.database) if given.database else None,
        witnesses=checks.witnesses(file, given.witnesses),
        time_stamps=checks.time_stamps(file, given.time_stamps),
        step_up=given.sign_in.step_up,
        providers=checks.providers(path, file, given.sign_in.provider),
        texts=given.texts.kinds,
        gateway=given.texts.gateway,
        waves=checks.waves(file, given.waves),
        session_idle=timedelta(minutes=given.sessions.idle_minutes),
        session_longest=timedelta(minutes=given.sessions.longest_minutes),
        backup=Backups(
            (path / given.backup.folder).resolve(),
            given.backup.every_days,
            given.backup.keep,
            given.backup.keys_days,
            given.backup.rehearse_days,
        ),
        feeds=checks.feeds(path, file, given.feeds),
    )
