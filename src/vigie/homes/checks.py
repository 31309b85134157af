"""What single settings of vigie.toml must hold beyond their types. Each raises BadHome, naming the file and the way out."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vigie import listening, postgresql
from vigie.homes.home import NO_WITNESSES, BadHome, Provider, TimeStamps, Witnesses
from vigie.homes.settings import Database, ProviderGiven, Send
from vigie.waves import Waves


def feeds(path: Path, file: Path, given: Any) -> tuple[listening.Feed, ...]:
    """Read the feeds it listens to."""
    try:
        return listening.read(given, path)
    except listening.BadFeed as fault:
        raise BadHome("{file}: {fault}", file=file, fault=fault) from None


def database(file: Path, given: Database) -> postgresql.Postgresql:
    """Give where record and desk lie: two databases, and roles that cannot stand for one another."""
    record, desk = postgresql.read(given.record), postgresql.read(given.desk)
    if record.of("") == desk.of("") and record.name == desk.name:
        raise BadHome(
            "{file}: record and desk name the same database, {name}. Give each its own: the record is exported and the desk never is.",
            file=file,
            name=record.name,
        )
    if not record.user or given.owner in {"", record.user, desk.user}:
        raise BadHome(
            "{file}: the databases are used as {user!r} and owned by {owner!r}. Expected two roles: the server's may add to the record and the owner's may alter its tables.",
            file=file,
            user=record.user,
            owner=given.owner,
        )
    return postgresql.Postgresql(record, desk, given.owner)


def witnesses(file: Path, given: Witnesses | None) -> Witnesses:
    """Give the witnesses: each once, and no more needed than there are."""
    if given is None:
        return NO_WITNESSES
    if not 1 <= given.need <= len(given.of):
        raise BadHome(
            "{file}: [witnesses] needs {need} of {count} witnesses. Expected 1 or more, and as many [[witnesses.of]] or fewer.",
            file=file,
            need=given.need,
            count=len(given.of),
        )
    for place, witness in enumerate(given.of):
        if not (0 < len(witness.name) <= 60 and witness.name.isprintable() and _is_site(witness.url)):
            raise BadHome(
                "{file}: the witness {name!r} at {url!r}. Expected a name of at most 60 letters, and an address such as https://witness.example.org.",
                file=file,
                name=witness.name,
                url=witness.url,
            )
        if any(witness.name == other.name or witness.vkey == other.vkey for other in given.of[:place]):
            raise BadHome(
                "{file}: the witness {name} is listed twice, by its name or by its key. One witness counts once.",
                file=file,
                name=witness.name,
            )
    return given


def ceilings(file: Path, given: Send) -> tuple[tuple[str, str], ...]:
    """Give the ceilings, each of a kind of channel that is there."""
    kinds = sorted({channel.partition("://")[0] for channel in given.channels})
    for kind in given.ceilings:
        if kind not in kinds:
            raise BadHome(
                "{file}: [send.ceilings] names {kind}, and no channel begins with {kind}://. The channels are of the kinds: {kinds}.",
                file=file,
                kind=kind,
                kinds=", ".join(kinds) or "none",
            )
    return tuple(given.ceilings.items())


def waves(file: Path, given: Waves) -> Waves:
    """Give the waves: superiors after deputies, reminders not nearer than a quarter of an hour."""
    for name, pace in (("urgent", given.urgent), ("other", given.other)):
        if pace.superiors_after and pace.superiors_after < pace.deputies_after:
            raise BadHome(
                "{file}: [waves.{name}] writes to superiors after {superiors} minutes and to deputies after {deputies}. Expected "
                "superiors after deputies, or 0 for never.",
                file=file,
                name=name,
                superiors=pace.superiors_after,
                deputies=pace.deputies_after,
            )
        if pace.reminders and not pace.remind_every >= 15:
            raise BadHome(
                "{file}: [waves.{name}] reminds every {minutes} minutes. Expected 15 to 10080, or reminders = 0 for none.",
                file=file,
                name=name,
                minutes=pace.remind_every,
            )
    return given


def time_stamps(file: Path, given: TimeStamps | None) -> TimeStamps | None:
    """Give the authority of time stamps, if any, with its address and certificates."""
    if given is not None and not (_is_site(given.url) and given.certificates):
        raise BadHome(
            "{file}: [time_stamps] has the address {url!r} and the certificates {certificates!r}. Expected an address such as "
            "https://tsa.example.org and a file of PEM certificates.",
            file=file,
            url=given.url,
            certificates=given.certificates,
        )
    return given


def providers(path: Path, file: Path, given: tuple[ProviderGiven, ...]) -> tuple[Provider, ...]:
    """Give the providers of signing in, each with an id of its own and an address nobody on the way can speak for."""
    ids = [one.id for one in given]
    if len(set(ids)) != len(ids):
        raise BadHome("{file}: two providers of sign_in have one id. Give each its own.", file=file)
    for one in given:
        site = urlsplit(one.issuer)
        # Without TLS anybody on the way could say who signs in; a provider on this machine is the exception.
        if not site.hostname or (site.scheme != "https" and site.hostname not in {"localhost", "127.0.0.1"}):
            raise BadHome(
                "{file}: issuer is {issuer!r}. Expected an address that begins with https://.",
                file=file,
                issuer=one.issuer,
            )
    return tuple(Provider(o.id, o.name, o.issuer, o.client, path / "keys" / o.secret) for o in given)


def _is_site(address: str) -> bool:
    try:
        site = urlsplit(address)
        return site.scheme in {"http", "https"} and bool(site.hostname) and site.port != 0
    except ValueError:  # a port beyond 65535, a bracket left open
        return False


def address(file: Path, given: str) -> str:
    """Give where people open the console."""
    if not _is_site(given):
        raise BadHome(
            "{file}: address is {address!r}. Expected where people open the console, such as https://vigie.example.org.",
            file=file,
            address=given,
        )
    return given
