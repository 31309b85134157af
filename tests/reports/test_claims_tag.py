import re

import pytest

from vigie.reports.templatetags.claims import claim_date, claim_kind


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2015-06-26", "Fri 26 Jun 2015"),
        ("2015-06-26/..", "from Fri 26 Jun 2015 on"),
        ("2015-06-26/2015-06-28", "Fri 26 Jun 2015 to Sun 28 Jun 2015"),
        ("2015", "2015"),
        ("2015-06", "2015-06"),
    ],
)
def test_a_claims_date_is_said_in_words(given, said):
    assert re.sub(r"<[^>]*>", "", claim_date(given)) == said


def test_a_kind_is_said_in_words_and_an_unknown_one_by_its_name():
    assert claim_kind("claim_of_responsibility") == "claim of responsibility"
    assert claim_kind("new_sort") == "new sort"


def test_what_a_file_says_is_escaped():
    assert "<b>" not in claim_date("<b>2015</b>")
