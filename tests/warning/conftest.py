"""The schema of the standard, where it is at hand: a judge in tests, never shipped."""

import pytest
from lxml import etree


@pytest.fixture(scope="session")
def schema(shared):
    file = shared / "cap" / "CAP-v1.2.xsd"
    if not file.is_file():
        pytest.skip("no cap/CAP-v1.2.xsd in ../shared: the schema of the standard cannot judge here")
    return etree.XMLSchema(file=str(file))
