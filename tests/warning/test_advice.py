import pytest

from vigie.warning.advice import NoAdvice, advice


@pytest.mark.parametrize("language", ["en", "fr"])
def test_graver_levels_get_fuller_advice(language):
    lengths = [len(advice(place, 3, "FR", language)) for place in (1, 2, 3)]
    assert lengths == sorted(set(lengths))


def test_the_emergency_number_is_that_of_the_country():
    assert "call 112" in " ".join(advice(3, 3, "FR", "en"))
    assert "call 999" in " ".join(advice(5, 5, "GB", "en"))
    assert "appelez le numéro d'urgence" in " ".join(advice(5, 5, "ZZ", "fr"))


def test_a_scheme_of_one_level_gets_the_plainest_advice():
    assert advice(1, 1, "FR", "en") == advice(1, 3, "FR", "en")


def test_a_language_without_advice_is_refused():
    with pytest.raises(NoAdvice, match="'br'"):
        advice(1, 3, "FR", "br")
