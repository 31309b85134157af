"""Homes as `vigie init` makes them: with a web key, which tests of other rooms do without."""

import pytest


@pytest.fixture
def home(home):
    from vigie.ledger import keys

    keys.make_web(home.keys)
    return home
