"""How often somebody knocked: counted in the process's own memory, minute by minute.

In memory, because a server on SQLite is one process, counting must not cost a write for each request, and addresses of
those who come are then never on a disc. A restart forgets; several processes each count their own.
"""

import time
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest

from vigie.accounts.middleware.counts import Counts
from vigie.accounts.rates import RATES, STRANGERS, WINDOW
from vigie.accounts.routes import PUBLIC, SIGNED_LINK, Door

WITHIN, FIRST_BEYOND, BEYOND = range(3)
"""Within the bounds; the first request beyond them in this minute; a later one."""

_NETWORK_OF_ONE = 64
"""Bits of an IPv6 address that stand for one household or office; the rest its machines choose themselves."""


_KNOCKED = "vigie.knocked"
_COUNTS = Counts(most=200_000)


def knocked(request: HttpRequest, door: Door, who: str) -> int:
    """Count a request against its door's class, by address and by account. Gives WITHIN, FIRST_BEYOND or BEYOND.

    who: the person signed in, or the link used; empty for a stranger. A request is counted once, however often asked.
    """
    earlier: int | None = request.META.get(_KNOCKED)
    if earlier is not None:
        return earlier
    stranger = not who and door.right not in (PUBLIC, SIGNED_LINK)
    rate = STRANGERS if stranger else RATES[door.rate]
    kind = "strangers" if stranger else door.rate
    found = _counted(f"{kind}:at:{address(request)}", rate.address)
    if who and rate.account is not None:
        found = max(found, _counted(f"{kind}:by:{who}", rate.account))
    request.META[_KNOCKED] = found  # the request may come again, as another object over the same environment
    return found


def forget() -> None:
    """Forget who knocked, as a restart does."""
    _COUNTS.forget()


def address(request: HttpRequest) -> str:
    """Give the network address a request came from: behind our own proxy, the one it names last."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if request.is_secure() else ""
    return _network(told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=4096)
def _network(given: str) -> str:
    try:
        found = ip_address(given)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, _NETWORK_OF_ONE), strict=False).network_address)
    return str(found)


def _counted(key: str, most: int) -> int:
    # A link's token is whatever a stranger wrote into the address: its digest alone is a key.
    times = _COUNTS.count(sha256(key.encode(errors="replace")).digest(), int(time.time()) // WINDOW)
    return WITHIN if times <= most else FIRST_BEYOND if times == most + 1 else BEYOND
