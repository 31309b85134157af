"""Sentences end where a reader would end them, and quotations run on."""

import pytest

from vigie.reports.sentences import leaves_open, quotations, split


def parts(text, language="en"):
    return [text[s.start : s.end] for s in split(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Mr. Smith met Gen. Jones. They spoke.", 2),
        ("en", "The U.S. level fell. Nobody was told.", 2),
        ("en", "The Games begin in four months. from Paris.", 1),
        ("en", "He stated it this Monday. Anna Lewis from French Guiana.", 1),
        ("en", "Places with a large flow of people. .", 1),
        ("en", "“It was said.” Then it was done.", 2),
        ("fr", "M. Dupont a parlé. Il est parti.", 2),
        ("fr", "« C'est fini. » Il est parti.", 2),
        ("es", "El Sr. López habló. Se fue.", 2),
        ("de", "Am 3. Mai sprach er. Dann ging er.", 2),
        ("it", "Il dott. Rossi ha parlato. È partito.", 2),
        ("nl", "Dhr. De Vries sprak. Hij ging.", 2),
    ],
)
def test_a_stop_ends_a_sentence_only_where_one_ends(language, text, count):
    assert len(parts(text, language)) == count


def test_a_quotation_left_open_goes_on_in_the_next_sentence():
    first, second = split("He said: “We saw it. We will act.”", 0, 34, "en")
    assert (first.opens_quoted, second.opens_quoted) == (False, True)


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("“Open", True),
        ("“Closed”", False),
        ("„Offen", True),
        ("„Zu“", False),
        ("« Ouvert", True),
        ('"Both"', False),
    ],
)
def test_the_quotation_machine_knows_its_marks(text, still):
    assert leaves_open(text, quoted=False) is still


def test_quotations_are_found_with_their_marks():
    text = "It is “credible and solid”, he said."
    assert [text[a:b] for a, b in quotations(text, 0, len(text))] == ["“credible and solid”"]
