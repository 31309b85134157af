"""The disc: there is room, and the home can be written to."""

from collections.abc import Iterator
from shutil import disk_usage
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails, holds, warns
from vigie.homes import Home

MIB = 1024 * 1024
LITTLE = 1024 * MIB
"""Bytes free below which it is said."""
LITTLE_SHARE = 20
"""It is also said below one part in so many of the whole disc."""
NONE_LEFT = 100 * MIB
"""Bytes free below which an act could fail half-way through a crisis."""


def findings(home: Home) -> Iterator[Finding]:
    """Ask whether the home's disc has room and takes what is written."""
    usage = disk_usage(home.path)
    said = _("{free} MiB are free on the home's disc, of {total}.").format(
        free=usage.free // MIB, total=usage.total // MIB
    )
    way = _("Make room, or move the home to a larger disc.")
    if usage.free < NONE_LEFT:
        yield fails("disc.room", said, way)
    elif usage.free < LITTLE or usage.free * LITTLE_SHARE < usage.total:
        yield warns("disc.room", said, way)
    else:
        yield holds("disc.room", said)
    try:
        with NamedTemporaryFile(prefix=".selfcheck-", dir=home.path) as file:
            file.write(b"\0")
    except OSError as fault:
        yield fails(
            "disc.written",
            _("The home cannot be written to: {fault}.").format(fault=fault.strerror),
            _("See that its disc is mounted for writing and its folder belongs to the user vigie runs as."),
        )
    else:
        yield holds("disc.written", _("The home can be written to."))
