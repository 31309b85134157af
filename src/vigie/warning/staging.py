"""Put a set of files in place of another without a moment in which one is missing or half-written.

Files are staged whole in a folder of their own on the same disc, then each is renamed over its predecessor, the
index last; files no longer in the set go after that. The site's folder itself never moves: a web server may hold it.
"""

import shutil
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

_PREFIX = ".public-"


def stage(files: Mapping[str, bytes], beside: Path, label: str) -> Path:
    """Write `files` (name relative to the site to bytes) into a new folder beside `beside`, and give that folder.

    Leftovers of publications that were never put in place are removed. Raises OSError when the disc is full.
    """
    for left in beside.parent.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = beside.parent / f"{_PREFIX}{label}"
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def put_in_place(staged: Path, site: Path, standing: Collection[str] = ()) -> None:
    """Move the staged files over those of `site`, then remove what is neither among them nor `standing`.

    standing: names of files that are there already, and stay as they are.
    A folder that is gone was overtaken by a later staging of the same act: nothing is done.
    """
    if not staged.is_dir():
        return
    names = sorted(
        (path.relative_to(staged) for path in staged.rglob("*") if path.is_file()),
        key=lambda n: (n.name == "index.html", n),
    )
    for name in names:
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged / name).replace(target)
    kept = {*names, *map(Path, standing)}
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(site) not in kept:
            path.unlink()
    shutil.rmtree(staged, ignore_errors=True)


def sums(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give each file's SHA-256 (hex), by name."""
    return {name: sha256(data).hexdigest() for name, data in sorted(files.items())}


def differing(site: Path, published: Mapping[str, str]) -> list[str]:
    """List the names whose file in `site` is missing, changed, or was never published."""
    there = {
        path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }
    return sorted(name for name in {*there, *published} if there.get(name) != published.get(name))
