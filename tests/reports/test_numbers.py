"""Figures: digits, words and what qualifies them."""

import pytest

from vigie.reports import numbers
from vigie.reports.folding import fold


@pytest.mark.parametrize(
    ("language", "text", "value", "modifier"),
    [
        ("en", "at least 137 deaths", 137, "at_least"),
        ("en", "nearly fifty were foiled", 50, "nearly"),
        ("en", "twenty-four attacks", 24, "exact"),
        ("en", "more than 1,300 officers", 1300, "more_than"),
        ("en", "several attempts", None, "vague"),
        ("fr", "près de cinquante projets", 50, "nearly"),
        ("fr", "quarante-trois attentats", 43, "exact"),
        ("fr", "au moins 7 000 militaires", 7000, "at_least"),
        ("es", "casi cincuenta atentados", 50, "nearly"),
        ("es", "treinta y dos detenidos", 32, "exact"),
        ("de", "mindestens vierundzwanzig Tote", 24, "at_least"),
        ("de", "fast 50 Anschläge", 50, "nearly"),
        ("it", "almeno ventuno morti", 21, "at_least"),
        ("it", "quasi cinquanta attentati", 50, "nearly"),
        ("nl", "bijna vijftig aanslagen", 50, "nearly"),
        ("nl", "minstens vierentwintig doden", 24, "at_least"),
    ],
)
def test_a_figure_is_read_with_its_qualifier(language, text, value, modifier):
    first = numbers.find(fold(text), 0, len(text), language)[0]
    assert (first.value, first.modifier) == (value, modifier)


@pytest.mark.parametrize("text", ["flight A-320", "a rise of 3.5 points", "7/11", "50%"])
def test_codes_fractions_and_percentages_are_not_counts(text):
    assert [n.value for n in numbers.find(fold(text), 0, len(text), "en") if n.words != "a"] == []
