"""Figures recorded as said: what is kept, what is refused, what is mended; and a home's own levels in the count."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, queries as alert_queries
from vigie.errors import NotFound
from vigie.history import actions, queries
from vigie.history.models import RecordedFigure
from vigie.history.stating import BadFigure
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import verify
from vigie.schemes.dates import BadDate

FRANCE = "fr-vigipirate-2016"
SUNDAY = "2024-03-24T19:30:00Z"
WHY = "An attack abroad was claimed by a group that has tried here before."


def said(**changes):
    return {
        "what": ["foiled"], "value": "fifty", "modifier": "nearly", "said_by": "«official figures» (office not named)", "as_of": "2024-03-25",
        "window_from": "2015-01", "window_to": "2024-03-25", "area": "FR", "source": "https://example.org/report", **changes,
    }  # fmt: skip


def decide(people, code, at):
    with times.held(at):
        made = alert.propose(
            people["cabinet"], scheme=FRANCE, code=code, zone="FR", reasons=WHY, effective=times.now()
        )
        alert.approve(people["prime-minister"], made, seen=alert_queries.decision(made).digest)
    return made


def test_a_figure_is_kept_in_its_words(people):
    made = actions.record_figure(people["analysis"], **said())
    figure = queries.figure(made)
    assert (figure.said, figure.bounds, figure.origin) == ("nearly fifty", (None, None), "home")
    assert figure in queries.figures("FR")


def test_a_figure_may_rest_on_a_claim_of_the_record(people):
    made = actions.record_figure(people["analysis"], **said(source="", claim="claim-3-2"))
    assert queries.figure(made).source == "claim-3-2"


@pytest.mark.parametrize(
    ("changes", "error", "word"),
    [
        ({"what": []}, BadFigure, "one or more of"),
        ({"what": ["arrests"]}, BadFigure, "one or more of"),
        ({"what": ["foiled", "foiled"]}, BadFigure, "one or more of"),
        ({"modifier": "almost"}, BadFigure, "nearly"),
        ({"value": "  "}, BadFigure, "as it was said"),
        ({"said_by": ""}, BadFigure, "office"),
        ({"source": ""}, BadFigure, "page or the claim"),
        ({"area": "France"}, BadFigure, "ISO 3166"),
        ({"as_of": "yesterday"}, BadDate, "2015-06-26"),
        ({"window_from": "2025"}, BadFigure, "ends before it begins"),
    ],
)
def test_a_figure_without_its_words_office_window_or_source_is_refused(people, changes, error, word):
    with pytest.raises(error, match=word):
        actions.record_figure(people["analysis"], **said(**changes))
    assert not RecordedFigure.objects.exists()


def test_the_same_figure_by_two_roads_counts_once(people):
    first = actions.record_figure(people["analysis"], **said())
    with pytest.raises(actions.FigureKnown, match=first):
        actions.record_figure(people["analysis"], **said(source="https://example.org/other"))


def test_an_office_without_the_right_records_nothing(people):
    with pytest.raises(NotAllowed, match=r"history\.figure\.record"):
        actions.record_figure(people["watch"], **said())


def test_a_correction_adds_a_record_and_the_earlier_one_stays_marked(people):
    first = actions.record_figure(people["analysis"], **said())
    second = actions.record_figure(people["analysis"], **said(window_from="2015-01-01", corrects=first))
    assert queries.figure(first).corrected_by == second
    assert queries.figure(second).corrected_by == ""
    with pytest.raises(NotFound, match="still to be mended"):
        actions.record_figure(people["analysis"], **said(value="sixty", corrects=first))


def test_the_database_itself_refuses_a_figure_nobody_said(people):
    made = actions.record_figure(people["analysis"], **said())
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        RecordedFigure.objects.filter(id=made).update(said_by="")


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_figures_come_back_row_for_row_when_the_tables_are_made_again(people):
    first = actions.record_figure(people["analysis"], **said())
    actions.record_figure(people["analysis"], **said(value="sixty", corrects=first))
    before = rows()
    assert before["history_recordedfigure"]
    rebuild()
    assert rows() == before
    assert verify().verified


def test_deciding_the_maximum_here_makes_it_the_fourth_time_and_not_the_fifth(people):
    decide(people, "UA", SUNDAY)
    with times.held("2024-03-26T09:00:00Z"):
        found = queries.which_time(FRANCE, "UA")
        assert found.number == 4
        assert found.times[-1].change.origin == "home"
        assert "since 2016-12-01" in found.definition.words()


def test_before_it_is_decided_here_it_is_the_third(people):
    with times.held("2024-03-24T12:00:00Z"):
        assert queries.which_time(FRANCE, "UA").number == 3


def test_a_level_received_counts_like_one_decided(people):
    with times.held(SUNDAY):
        alert.receive(
            people["watch"], scheme=FRANCE, code="UA", zone="FR", authority="Prime Minister", words="La posture est relevée.",
            source="https://example.org/notice", effective=times.now(),
        )  # fmt: skip
        found = queries.which_time(FRANCE, "UA")
    assert (found.number, found.times[-1].change.announced_by) == (4, "Prime Minister")


def test_a_lowering_that_waits_for_a_second_person_is_no_history_yet(people):
    decide(people, "UA", SUNDAY)
    with times.held("2024-04-30T12:00:00Z"):
        alert.receive(
            people["watch"], scheme=FRANCE, code="UA", zone="FR-75", authority="Prefect", words="Relevée à Paris.",
            source="call", effective=times.now(),
        )  # fmt: skip
        made = alert.receive(
            people["watch"], scheme=FRANCE, code="SRRA", zone="FR-75", authority="Prefect", words="Abaissée à Paris.",
            source="call", effective=times.now(),
        )  # fmt: skip
        assert made not in {change.id for change in queries.changes(FRANCE)}


def test_the_level_is_known_from_the_second_the_record_took_it_in(people):
    decide(people, "UA", SUNDAY)
    decided = times.parse(SUNDAY)
    with times.held("2024-03-25T09:00:00Z"):
        assert queries.level(FRANCE, decided).code == "UA"
        assert queries.level(FRANCE, decided, known_at=decided - timedelta(seconds=1)).code == "SRRA"
        assert queries.level(FRANCE, decided - timedelta(seconds=1)).code == "SRRA"


def test_figures_said_later_are_not_known_yet(people):
    with times.held("2024-03-25T12:00:00Z"):
        assert all(figure.as_of.first <= times.parse_day("2024-03-25") for figure in queries.figures())
        assert {"24", "nearly fifty", "45"} <= {figure.said for figure in queries.figures("FR")}


def test_an_unknown_figure_is_not_found(people):
    with pytest.raises(NotFound, match="no figure"):
        queries.figure("figure-99")
