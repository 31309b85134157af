"""Time expressions of six languages, settled against Monday 25 March 2024; and left open without a day."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from vigie.reports.dating import expressions
from vigie.reports.dating.feasts import feast
from vigie.reports.dating.values import bounds, interval, month_text, plus_months
from vigie.reports.folding import fold

MONDAY = date(2024, 3, 25)

SAID = [
    ("en", "He spoke on Monday.", "on Monday", "2024-03-25"),
    ("en", "The attack took place last Friday.", "last Friday", "2024-03-22"),
    ("en", "The services will meet on Thursday.", "on Thursday", "2024-03-28"),
    ("en", "It was decided on Sunday.", "on Sunday", "2024-03-24"),
    ("en", "The Games run from 26 July to 11 August.", "from 26 July to 11 August", "2024-07-26/2024-08-11"),
    ("en", "The Games run from July 26 to August 11.", "from July 26 to August 11", "2024-07-26/2024-08-11"),
    ("en", "Since January 2015, 24 attacks were counted.", "Since January 2015", "2015-01/2024-03-25"),
    ("en", "Attempts were made in recent months.", "in recent months", "../2024-03-25"),
    ("en", "The summit opens in four months.", "in four months", "2024-07"),
    ("en", "The attack three years ago killed two.", "three years ago", "2021"),
    ("en", "The level was raised in October 2023.", "in October 2023", "2023-10"),
    ("en", "The wave of 2015-2016 ended.", "2015-2016", "2015/2016"),
    ("en", "The vote is due next week.", "next week", "2024-04-01/2024-04-07"),
    ("en", "Masses will be held on Easter Sunday.", "on Easter Sunday", "2024-03-31"),
    ("en", "In the coming weeks feasts are held.", "In the coming weeks", "2024-03-25/2024-04-30"),
    ("fr", "Le conseil s'est réuni dimanche soir.", "dimanche soir", "2024-03-24"),
    ("fr", "Les services se réuniront jeudi.", "jeudi", "2024-03-28"),
    ("fr", "L'attentat de vendredi dernier a choqué.", "vendredi dernier", "2024-03-22"),
    (
        "fr",
        "Les Jeux auront lieu du 26 juillet au 11 août.",
        "du 26 juillet au 11 août",
        "2024-07-26/2024-08-11",
    ),
    ("fr", "Depuis décembre 2016, le plan a changé.", "Depuis décembre 2016", "2016-12/2024-03-25"),
    ("fr", "Des tentatives ces derniers mois ont échoué.", "ces derniers mois", "../2024-03-25"),
    ("fr", "Elle tire son origine d'il y a deux ans.", "il y a deux ans", "2022"),
    ("fr", "Le niveau vaut jusqu'au 7 avril.", "jusqu'au 7 avril", "2024-03-25/2024-04-07"),
    ("es", "El viernes pasado murieron varias personas.", "El viernes pasado", "2024-03-22"),
    ("es", "Los servicios se reunirán el jueves.", "el jueves", "2024-03-28"),
    (
        "es",
        "Los Juegos serán del 26 de julio al 11 de agosto.",
        "del 26 de julio al 11 de agosto",
        "2024-07-26/2024-08-11",
    ),
    ("es", "Desde enero de 2015 hubo ataques.", "Desde enero de 2015", "2015-01/2024-03-25"),
    ("es", "En los últimos meses hubo intentos.", "En los últimos meses", "../2024-03-25"),
    ("de", "Am Sonntag wurde die Stufe angehoben.", "Am Sonntag", "2024-03-24"),
    ("de", "Die Minister wollen am Donnerstag beraten.", "am Donnerstag", "2024-03-28"),
    (
        "de",
        "Die Spiele finden vom 26. Juli bis 11. August statt.",
        "vom 26. Juli bis 11. August",
        "2024-07-26/2024-08-11",
    ),
    ("de", "Seit Januar 2015 gab es Anschläge.", "Seit Januar 2015", "2015-01/2024-03-25"),
    ("de", "Vor drei Jahren wurde er verhaftet.", "Vor drei Jahren", "2021"),
    ("it", "Venerdì scorso è avvenuto l'attentato.", "Venerdì scorso", "2024-03-22"),
    ("it", "Il comitato si riunirà giovedì.", "giovedì", "2024-03-28"),
    (
        "it",
        "I Giochi si svolgeranno dal 26 luglio all'11 agosto.",
        "dal 26 luglio all'11 agosto",
        "2024-07-26/2024-08-11",
    ),
    ("it", "Dal gennaio 2015 si contano attentati.", "Dal gennaio 2015", "2015-01/2024-03-25"),
    ("nl", "Afgelopen vrijdag was de aanslag.", "Afgelopen vrijdag", "2024-03-22"),
    ("nl", "De raad zal donderdag vergaderen.", "donderdag", "2024-03-28"),
    (
        "nl",
        "De Spelen zijn van 26 juli tot en met 11 augustus.",
        "van 26 juli tot en met 11 augustus",
        "2024-07-26/2024-08-11",
    ),
    ("nl", "Sinds januari 2015 zijn er aanslagen geweest.", "Sinds januari 2015", "2015-01/2024-03-25"),
    ("nl", "In de afgelopen maanden waren er pogingen.", "In de afgelopen maanden", "../2024-03-25"),
]


def found(language, text, published=MONDAY):
    lower = text.lower()
    return [
        (text[t.start : t.end], t.value)
        for t in expressions.find(lower, fold(text), 0, len(text), language=language, published=published)
    ]


@pytest.mark.parametrize(("language", "text", "words", "value"), SAID)
def test_an_expression_is_found_whole_and_settled(language, text, words, value):
    [(said, settled)] = found(language, text)
    assert settled == value
    assert said.lower().endswith(words.lower().split()[-1])
    assert words.lower() in said.lower() or said.lower() in words.lower()


@pytest.mark.parametrize(
    ("language", "text"),
    [(s[0], s[1]) for s in SAID if "last" in s[1] or "jeudi" in s[1] or "Sonntag" in s[1]],
)
def test_without_a_day_of_publication_a_relative_date_stays_open(language, text):
    assert [value for _, value in found(language, text, None)] == [None]


def test_without_a_day_of_publication_a_full_date_still_stands():
    assert found("en", "It was raised in October 2023.", None) == [("in October 2023", "2023-10")]
    assert found("fr", "Depuis janvier 2015, on compte.", None) == [("Depuis janvier 2015", "2015-01/..")]


@pytest.mark.parametrize(
    "text", ["It may happen again.", "They march on.", "The second of them.", "Sun and rain.", "A sat phone."]
)
def test_everyday_words_are_not_dates(text):
    assert all(value is None or "2024" not in value for _, value in found("en", text))


def test_the_thirty_first_of_june_is_no_day():
    assert found("en", "It happened on 31 June 2023.") == [("on 31 June 2023", None)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("easter", "2024-03-31"),
        ("good_friday", "2024-03-29"),
        ("eid_fitr", "2024-04-10"),
        ("christmas", "2024-12-25"),
    ],
)
def test_movable_feasts_fall_where_the_calendar_says(name, value):
    assert feast(name, 2024) == value


def test_an_unknown_feast_is_refused():
    with pytest.raises(ValueError, match="midsummer"):
        feast("midsummer", 2024)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-400, 400))
def test_months_added_and_taken_away_come_back_to_the_month(day, months):
    there = plus_months(day, months)
    assert month_text(day.year, day.month + months) == f"{there:%Y-%m}"


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_the_bounds_of_an_interval_are_its_ends(one, other):
    first, last = sorted([one, other])
    assert bounds(interval(first.isoformat(), last.isoformat())) == (first, last)


@given(
    st.sampled_from(["en", "fr", "es", "de", "it", "nl"]),
    st.text(alphabet="abmonday 123/.-éà,from to since mai juli", max_size=80),
)
def test_any_text_gives_values_that_are_dates_or_nothing(language, text):
    for _, value in found(language, text):
        if value:
            bounds(value)
