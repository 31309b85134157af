"""The schema of the standard, where it is at hand: a judge in tests, never shipped."""

import pytest
from hypothesis import settings
from lxml import etree

# No test measures time: a slow machine must not look like a fault.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def schema(shared):
    file = shared / "cap" / "CAP-v1.2.xsd"
    if not file.is_file():
        pytest.skip("no cap/CAP-v1.2.xsd in ../shared: the schema of the standard cannot judge here")
    return etree.XMLSchema(file=str(file))
