"""A town's twelve places and three owners, taken in through the verbs."""

from importlib.resources import files

import pytest


@pytest.fixture
def places(people):
    """Twelve sites and three owners are known; gives the people."""
    from vigie.exposure import actions

    data = files("vigie.exposure") / "data"
    actions.import_sites(people["watch"], (data / "example-sites.csv").read_bytes(), file="sites.csv")
    actions.import_owners(people["watch"], (data / "example-owners.csv").read_bytes(), file="owners.csv")
    return people
