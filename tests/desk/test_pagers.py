"""What a paging address may be."""

import pytest

from vigie.desk import pagers


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("duty@example.org", "mail"),
        ("+33612345678", "phone"),
        ("ntfys://ntfy.example/topic", "apprise"),
        ("mailtos://user:secret@mail.example?to=duty@example.org", "apprise"),
    ],
)
def test_each_kind_is_known(address, kind):
    assert pagers.kind(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        "duty",
        "duty@",
        "@example.org",
        "0612345678",
        "+33",
        "a@b@example.org",
        "x\r\nBcc: y@example.org",
        "://x",
    ],
)
def test_what_is_none_is_refused(address):
    with pytest.raises(pagers.BadPager):
        pagers.kind(address)


def test_a_number_is_taken_as_people_write_it():
    assert pagers.tidy(" +33 (0)6 12-34.56 ") == "+3306123456"
    assert pagers.tidy(" duty@example.org ") == "duty@example.org"
