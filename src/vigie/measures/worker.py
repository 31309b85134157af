"""The worker that keeps an owner's page on their phone: where browsers may let it stand."""

from typing import Any

FILE = "measures/worker.js"
UNDER = "/measures/yours/"
"""How the addresses of owners' pages begin: a worker may stand by each of these, and by nothing else of the house."""


def allow(headers: Any, path: str, url: str) -> None:
    """Set the worker's own headers (whitenoise calls this for each static file). Each page registers it for itself alone."""
    del path
    if url.endswith(FILE):
        headers["Service-Worker-Allowed"] = UNDER
        headers["Cache-Control"] = "no-cache"
