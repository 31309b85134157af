"""What others vouch for: witnesses of the record, and the authority that dates its solemn acts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails, holds, warns
from vigie.homes import Home
from vigie.ledger.stamps.queries import due
from vigie.ledger.witnesses.queries import countersigned


def findings(home: Home) -> Iterator[Finding]:
    """Ask how far the record is countersigned, and which time stamps wait."""
    yield _witnesses(home)
    waiting = len(due(home))
    if waiting:
        yield warns(
            "outside.stamps",
            _("{count} checkpoints wait for their time stamp.").format(count=waiting),
            _("They are asked for again by themselves; see that {address} can be reached.").format(
                address=home.time_stamps.url if home.time_stamps else ""
            ),
        )
    elif home.time_stamps is None:
        yield holds("outside.stamps", _("No time-stamping authority is named: none is waited for."))
    else:
        yield holds("outside.stamps", _("Every checkpoint due has its time stamp."))


def _witnesses(home: Home) -> Finding:
    name, signed = "outside.witnesses", countersigned()
    if not signed.count:
        return warns(
            name,
            _(
                "Nobody outside vouches for this record: whoever holds its key and its disc could write it anew."
            ),
            _("Name witnesses in vigie.toml, as docs/witnesses says."),
        )
    if signed.last.against is not None:
        return fails(
            name,
            signed.last.against.said(_),
            _("Stop writing, keep the disc, and compare with what the witness kept: docs/witnesses."),
        )
    said = _("The newest checkpoint is countersigned by {signed} of {count} witnesses; {need} are needed.")
    said = said.format(signed=signed.signed, count=signed.count, need=signed.need)
    if signed.signed >= signed.need:
        return holds(name, said)
    way = _("See which is out of reach on the page of the record; it is asked again by itself.")
    return fails(name, said, way) if home.witnesses.stop else warns(name, said, way)
