"""Making a new home's folder: whole or not at all."""

import secrets
import shutil
from pathlib import Path

from vigie.errors import Conflict
from vigie.homes.home import Home
from vigie.homes.reading import load


class HomeTaken(Conflict):
    """The folder already holds an instance."""


def create(path: Path, *, title: str, instance: str | None = None, toml: str = "") -> Home:
    """Make a new home's folder and vigie.toml; `toml` holds further settings as they stand in the file.

    Raises HomeTaken when the folder already holds one, or holds anything else.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise HomeTaken(
            "{path} is not empty. Give another folder with --home, or use the home that is there.", path=path
        )
    instance = instance or f"vigie-{secrets.token_hex(4)}"
    made = not path.exists()
    try:
        for folder in (path, path / "keys", path / "public", path / "originals", path / "outbox"):
            folder.mkdir(parents=True, exist_ok=True)
        for name in ("keys", "originals", "outbox"):
            (path / name).chmod(0o700)
        (path / "vigie.toml").write_text(
            f'instance = "{instance}"\ntitle = {_quoted(title)}\n{toml}', encoding="utf-8"
        )
        home = load(path)
        if home.database is None:
            for file in (home.record_db, home.desk_db):
                file.touch(0o600)  # SQLite gives its journals the rights of the file beside them
    except BaseException:
        _emptied(path, gone=made)
        raise
    return home


def _emptied(path: Path, *, gone: bool) -> None:
    """Take away what a failed `create` left: the folder was empty or absent, so all in it is ours."""
    if gone:
        shutil.rmtree(path, ignore_errors=True)
        return
    for inner in path.iterdir():
        shutil.rmtree(inner) if inner.is_dir() else inner.unlink()


def _quoted(given: str) -> str:
    escaped = given.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'
