"""Where a posture holds: a zone, or one site that follows its own response. Both are keys of one kind.

FR-75        a zone, by its code
site/s-mall  one site, by its id: no code of a zone holds a slash
"""

_SITE = "site/"


def of_site(site: str) -> str:
    """Give the key of one site's own posture."""
    return _SITE + site


def site_of(place: str) -> str:
    """Give the site a key names; empty where it names a zone."""
    return place.removeprefix(_SITE) if place.startswith(_SITE) else ""


def heard_together(place: str) -> str:
    """Give what keeps one owner's messages together: all zones of a scheme are told as one, each site by itself."""
    return place if site_of(place) else ""
