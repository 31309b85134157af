"""What every page's head shows: where one can go."""

from typing import Any

from django.http import HttpRequest


def navigation_context(request: HttpRequest) -> dict[str, Any]:
    """Give the navigation as data: label, address, whether one is there."""
    del request
    return {"navigation": []}
