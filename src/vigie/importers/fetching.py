"""The way out to a feed: https or this machine, bounded in time and size, no redirect followed, nothing unpacked."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin, urlsplit

from vigie.importers.said import Known, NoAnswer
from vigie.ledger.posting import ask
from vigie.listening import Feed, fits

MOST_ASKED = 600
"""Addresses asked within one look: a feed that links to more is read up to there."""

LONGEST = 4
"""Times the patience of one answer that a whole look may take."""


@dataclass(frozen=True)
class Fetched:
    """What came. unchanged: nothing new since the last look, and no body."""

    body: bytes
    unchanged: bool = False
    etag: str = ""
    modified: str = ""


class Asked:
    """Asks what belongs to one feed, within one look."""

    def __init__(self, feed: Feed, known: Known) -> None:
        self._feed = feed
        self._known = known
        self._count = 0
        self._begun = monotonic()

    def first(self, name: str = "", *, again: bool = False) -> Fetched:
        """Ask the feed's own address, or `name` below it, for what is new since the last look; again: for all of it.

        Raises NoAnswer.
        """
        known = Known() if again else self._known
        return self._file(known) if "://" not in self._feed.address else self._site(name, known)

    def more(self, name: str) -> bytes:
        """Ask a further address: relative to the feed's own, or whole. Raises NoAnswer, also for one of another host."""
        address = urljoin(self._feed.address, name)
        if _origin(address) != _origin(self._feed.address) or not fits(address):
            raise NoAnswer(
                "{feed} leads to {address}, on another host than its own. That is not followed; name that host as a feed if it is to be heard.",
                feed=self._feed.name,
                address=address[:200],
            )
        return self._get(address, Known()).body

    def _site(self, name: str, known: Known) -> Fetched:
        return self._get(urljoin(self._feed.address, name), known)

    def _get(self, address: str, known: Known) -> Fetched:
        self._count += 1
        if monotonic() - self._begun > self._feed.patience * LONGEST:
            raise NoAnswer("{feed} takes too long to be read as a whole.", feed=self._feed.name)
        if self._count > MOST_ASKED:
            raise NoAnswer(
                "{feed} asks to be read in more than {most} pieces.", feed=self._feed.name, most=MOST_ASKED
            )
        headers = {"Accept-Encoding": "identity", "User-Agent": "vigie"}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.modified:
            headers["If-Modified-Since"] = known.modified
        came = ask("GET", address, b"", headers, patience=self._feed.patience, widest=self._feed.most)
        if came.status == 304 and (known.etag or known.modified):
            return Fetched(b"", unchanged=True, etag=known.etag, modified=known.modified)
        if 300 <= came.status < 400:
            raise NoAnswer(
                "{address} sends elsewhere ({where}). That is not followed; write the new address into vigie.toml if it is theirs.",
                address=address,
                where=came.headers.get("location", "-")[:200],
            )
        if came.status != 200:
            raise NoAnswer(
                "{address} gave no answer: {why}.",
                address=address,
                why=came.reason or f"status {came.status}",
            )
        if came.headers.get("content-encoding", "identity") != "identity":
            raise NoAnswer(
                "{address} answers in packed form, which was not asked for and is not unpacked.",
                address=address,
            )
        etag, modified = (came.headers.get(name, "") for name in ("etag", "last-modified"))
        return Fetched(came.body, etag=_sound(etag), modified=_sound(modified))

    def _file(self, known: Known) -> Fetched:
        path = Path(self._feed.address)
        try:
            if not path.is_file():
                raise NoAnswer("There is no file {path}. Put what was received there.", path=path)
            with path.open("rb") as stream:
                body = stream.read(self._feed.most + 1)
        except OSError as fault:
            raise NoAnswer(
                "{path} cannot be read: {why}.", path=path, why=fault.strerror or type(fault).__name__
            ) from None
        if len(body) > self._feed.most:
            raise NoAnswer("{path} is longer than {most} bytes.", path=path, most=self._feed.most)
        etag = sha256(body).hexdigest()
        if etag == known.etag:
            return Fetched(b"", unchanged=True, etag=etag)
        return Fetched(body, etag=etag)


def _origin(address: str) -> tuple[str, str]:
    site = urlsplit(address)
    return site.scheme, site.netloc.lower()


def _sound(header: str) -> str:
    """Give a header that may be sent back: short, and nothing but printable letters."""
    return header if len(header) <= 200 and header.isascii() and header.isprintable() else ""
