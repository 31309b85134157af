from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from lxml import etree

from tests.warning.messages import SENT, info, message, sound_messages
from vigie.warning.cap import Area, BadMessage, Pair, Point, Reference
from vigie.warning.cap_check import check
from vigie.warning.cap_xml import from_bytes, to_bytes

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


@given(sound_messages())
def test_what_we_write_is_without_fault_and_reads_back_as_it_was(built):
    data = to_bytes(built)
    assert check(data).faults == ()
    assert from_bytes(data) == built


@given(sound_messages())
def test_the_schema_of_the_standard_accepts_all_we_write(schema, built):
    schema.assertValid(etree.fromstring(to_bytes(built)))
    schema.assertValid(etree.fromstring(to_bytes(built, zone="Europe/Paris")))


def test_the_same_message_gives_the_same_bytes():
    assert to_bytes(message()) == to_bytes(message())


def test_times_of_infos_stand_on_the_clock_asked_for_and_sent_stays_utc():
    text = to_bytes(message(), zone="Europe/Paris").decode()
    assert "<sent>2026-05-24T18:30:00-00:00</sent>" in text
    assert "<effective>2026-05-24T20:30:00+02:00</effective>" in text
    assert from_bytes(text.encode()) == message()


def test_references_are_parted_by_blanks():
    earlier = (
        Reference("a", "1", "2026-05-01T00:00:00-00:00"),
        Reference("a", "2", "2026-05-02T00:00:00-00:00"),
    )
    root = etree.fromstring(to_bytes(message(kind="Update", references=earlier)))
    assert root.findtext(CAP + "references") == "a,1,2026-05-01T00:00:00-00:00 a,2,2026-05-02T00:00:00-00:00"


def test_markup_in_a_text_stays_text():
    hostile = "]]></headline><script>alert(1)</script>&lt;"
    data = to_bytes(message(infos=(info(headline=hostile),)))
    assert b"<script>" not in data
    assert from_bytes(data).infos[0].headline == hostile


def test_polygons_keep_the_digits_they_were_given():
    ring = tuple(
        Point(Decimal(a), Decimal(b))
        for a, b in [("48.10", "2.5"), ("48.2", "2.5"), ("48.2", "2.70"), ("48.10", "2.5")]
    )
    data = to_bytes(message(infos=(info(areas=(Area("x", (ring,)),)),)))
    assert b"<polygon>48.10,2.5 48.2,2.5 48.2,2.70 48.10,2.5</polygon>" in data


@pytest.mark.parametrize("name", ["two words", "a,b", "a<b", "a&b", "", "tab\tbed"])
@pytest.mark.parametrize("field", ["identifier", "sender"])
def test_a_name_that_references_could_not_carry_is_refused(field, name):
    with pytest.raises(BadMessage, match=field):
        to_bytes(message(**{field: name}))


def test_an_override_of_reading_order_is_refused_before_anything_is_written():
    with pytest.raises(BadMessage, match="RIGHT-TO-LEFT OVERRIDE"):
        to_bytes(message(infos=(info(parameters=(Pair("level", "3\u202e/5"),)),)))


def test_a_year_of_expiry_reads_back():
    built = message(infos=(info(expires=SENT + timedelta(days=365)),))
    assert from_bytes(to_bytes(built)) == built


@pytest.mark.parametrize(
    "data",
    [
        b"<alert/>",
        b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><sent>x</sent></alert>",
        to_bytes(message()).replace(b"Actual", b"Real"),
        to_bytes(message()).replace(b"<areaDesc>", b"<polygon>48</polygon><areaDesc>"),
    ],
)
def test_what_is_no_message_is_refused_in_one_sentence(data):
    with pytest.raises(BadMessage, match="not a whole CAP"):
        from_bytes(data)
