from datetime import UTC, datetime, timedelta

import pytest

from vigie.measures.response import BadResponse, check, of_schemes, read_mapping, suggested
from vigie.schemes.reader import load

NOW = datetime(2015, 6, 26, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
REASON = "Crowd expected all week"


@pytest.fixture(scope="module")
def british():
    return next(mapping for mapping in of_schemes() if mapping.threat_scheme == "gb-national-2019")


def test_substantial_to_severe_suggests_no_other_response(british):
    assert suggested(british, "SUBSTANTIAL") == suggested(british, "SEVERE") == "HEIGHTENED"
    assert suggested(british, "CRITICAL") != suggested(british, "SEVERE")


def test_the_mapping_names_levels_of_both_schemes(british):
    assert tuple(british.suggests) == load(british.threat_scheme).codes
    assert british.responses == load(british.response_scheme).codes


def test_the_mapping_stands_in_the_scheme_of_responses_alone_and_says_where_it_was_read(british):
    assert british.suggests == load("gb-response").suggests["gb-national-2019"]
    assert british.source == "https://protectuk.police.uk/threat-and-response-levels"
    assert [mapping.threat_scheme for mapping in of_schemes()] == ["gb-national-2019", "gb-it-2006"]


def test_a_received_level_only_suggests(british):
    assert suggested(british, "CRITICAL") == "EXCEPTIONAL"
    assert suggested(british, "UNHEARD OF") is None


def test_a_mapping_to_an_unlisted_response_is_refused():
    raw = b"{threat_scheme: a, response_scheme: b, responses: [X], suggests: {L: Y}}"
    with pytest.raises(BadResponse, match="suggests Y"):
        read_mapping(raw, "mine.yaml")


@pytest.mark.parametrize("raw", [b"", b"[", b"{threat_scheme: 3}"])
def test_what_is_no_mapping_is_refused_by_file(raw):
    with pytest.raises(BadResponse, match=r"mine\.yaml"):
        read_mapping(raw, "mine.yaml")


def test_a_response_needs_a_known_level_a_reason_and_a_later_review(british):
    check("HEIGHTENED", british.responses, REASON, LATER, NOW)
    with pytest.raises(BadResponse, match="no response level 'RED'"):
        check("RED", british.responses, REASON, LATER, NOW)
    with pytest.raises(BadResponse, match="says too little"):
        check("NORMAL", british.responses, "  ok  ", LATER, NOW)
    with pytest.raises(BadResponse, match="review date"):
        check("NORMAL", british.responses, REASON, NOW, NOW)
