"""The questions asked of this home's schemes: its own, and the text of any edition that a level stands under."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections

from vigie.editions.models import OwnScheme
from vigie.homes import Home
from vigie.schemes import dates, reader
from vigie.schemes.reader import Scheme


@dataclass(frozen=True)
class Edition:
    """A scheme in one edition of its file.

    sha256: of that file. current: the file by that name says the same today. kept: False where its bytes were never kept
    and today's stand in for them: such words must be shown as today's.
    """

    scheme: Scheme
    sha256: str
    current: bool
    kept: bool


class Shelf:
    """This home's own schemes, as `reader.load` finds them."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Path, str], bytes] = {}

    def names(self) -> tuple[str, ...]:
        """Give the names of all of them."""
        return tuple(OwnScheme.objects.order_by("id").values_list("id", flat=True))

    def find(self, scheme: str) -> bytes | None:
        """Give the file of one; None when this home has none by that name.

        One that is on the record never changes, so it is asked for once. What an open transaction sees may yet be
        undone: that is not remembered.
        """
        home: Home = settings.VIGIE_HOME
        found = self._seen.get((home.path, scheme))
        if found is None:
            text = OwnScheme.objects.filter(id=scheme).values_list("text", flat=True).first()
            if text is None:
                return None
            found = text.encode()
            if not connections["record"].in_atomic_block:
                self._seen[home.path, scheme] = found
        return found


def own() -> list[OwnScheme]:
    """List this home's own schemes."""
    return list(OwnScheme.objects.all())


def edition(scheme: str, digest: str) -> Edition:
    """Give a scheme as its file of that SHA-256 said it. Raises UnknownScheme when no scheme goes by that name."""
    if digest == reader.digest(scheme):
        return Edition(reader.load(scheme), digest, current=True, kept=True)
    raw = kept_file(digest)
    if raw is None:
        return Edition(reader.load(scheme), digest, current=False, kept=False)
    return Edition(reader.read(raw, scheme), digest, current=False, kept=True)


def kept(scheme: str, digest: str) -> bytes | None:
    """Give the bytes of an edition's file; None when they were not kept. Raises UnknownScheme."""
    if digest == reader.digest(scheme):
        return reader.raw(scheme)
    return kept_file(digest)


def newer(scheme: str, day: date) -> list[Scheme]:
    """List the schemes that came after one, along `predecessor`, and are in force at a day: the newest last."""
    every = [reader.load(name) for name in reader.all_ids()]
    found: list[Scheme] = []
    names = {scheme}
    while after := [each for each in every if each.predecessor in names and each.id not in names]:
        found.extend(after)
        names.update(each.id for each in after)
    return [each for each in found if _in_force(each, day)]


def _in_force(scheme: Scheme, day: date) -> bool:
    begun = not scheme.in_force_from or dates.read(scheme.in_force_from).first <= day
    return begun and (not scheme.in_force_to or day <= dates.read(scheme.in_force_to).last)


def kept_file(digest: str) -> bytes | None:
    """Give the file of that SHA-256 among those this home keeps; None when it has none.

    A home's own stand on its record; those of shipped editions are files. One that was changed is not that edition: the
    record names the bytes.
    """
    text = OwnScheme.objects.filter(sha256=digest).values_list("text", flat=True).first()
    if text is not None:
        return text.encode()
    home: Home = settings.VIGIE_HOME
    try:
        raw = (home.editions / f"{digest}.yaml").read_bytes()
    except OSError:
        return None
    return raw if sha256(raw).hexdigest() == digest else None
