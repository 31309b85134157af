"""A country's code stands for the scheme it had at a day, if it had one alone."""

from datetime import date

import pytest

from vigie.schemes.countries import NoScheme, SeveralSchemes, scheme_named

TODAY = date(2024, 3, 25)


def test_a_country_with_one_scheme_stands_for_it():
    assert scheme_named("FR", TODAY) == "fr-vigipirate-2016"
    assert scheme_named("nl", TODAY) == "nl-dtn"
    assert scheme_named("DE", TODAY) == "de-none"


def test_the_scheme_is_that_of_the_day():
    assert scheme_named("FR", date(2010, 5, 1)) == "fr-vigipirate-2003"
    assert scheme_named("FR", date(2014, 2, 19)) == "fr-vigipirate-2003"
    assert scheme_named("FR", date(2014, 2, 20)) == "fr-vigipirate-2014"


def test_a_country_with_several_names_them():
    with pytest.raises(SeveralSchemes, match="gb-national-2019, gb-nirt-ni, gb-response"):
        scheme_named("GB", TODAY)


def test_a_country_without_one_says_so():
    with pytest.raises(NoScheme):
        scheme_named("XX", TODAY)
    with pytest.raises(NoScheme, match="fr-vigipirate-1978"):
        scheme_named("FR", date(1960, 1, 1))


def test_what_is_no_country_s_code_is_left_as_it_is():
    assert scheme_named("fr-vigipirate-2014", TODAY) == "fr-vigipirate-2014"
    assert scheme_named("no-such-scheme", TODAY) == "no-such-scheme"
