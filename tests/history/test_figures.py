"""Figures as said, the register beside them, and the open data."""

import csv
import io
import json

import pytest

from vigie import times
from vigie.history.beside import beside
from vigie.history.changes import rows_of
from vigie.history.chronicle import as_csv, as_dict, chronicle
from vigie.history.drawing import NARROW, draw
from vigie.history.figures import WHAT, figures, side_by_side
from vigie.history.levels import instant
from vigie.schemes.reader import all_ids, load


def said(what, by):
    return next(
        f
        for f in figures("FR", said_by=times.parse_day("2024-03-25"))
        if f.what == (what,) and by in f.source
    )


def test_nearly_fifty_stays_words_and_is_never_a_number():
    figure = said("foiled", "press report")
    assert (figure.said, figure.bounds) == ("nearly fifty", (None, None))
    assert figure.as_dict()["least"] is None


def test_twenty_four_stays_twenty_four_with_who_said_it():
    figure = said("carried out", "press report")
    assert (figure.said, figure.bounds, figure.confidence) == ("24", (24, 24), "medium")
    assert "office not named" in figure.said_by


def test_at_least_has_a_floor_and_no_ceiling():
    figure = next(f for f in figures("FR") if f.modifier == "at least")
    assert (figure.said, figure.bounds) == ("at least 13", (13, None))


def test_figures_that_differ_stand_side_by_side():
    group = next(g for g in side_by_side(figures("FR")) if g.what == ("foiled",) and g.since == "2015")
    assert group.differ
    assert {"11", "51", "60", "7", "nearly fifty"} <= {figure.said for figure in group.figures}


def test_europol_2023_adds_up_as_published():
    year = [f for f in figures("EU") if f.where == "TE-SAT 2024"]
    by_what = {f.what: int(f.value) for f in year}
    assert by_what[("carried out", "failed", "foiled")] == 120
    assert sum(by_what[(one,)] for one in ("carried out", "failed", "foiled")) == 120


def test_unsure_figures_come_only_on_request():
    assert all(f.confidence in {"high", "medium"} for f in figures())
    assert {f.confidence for f in figures(low=True)} == {"high", "medium", "low"}


def test_every_figure_has_an_office_a_page_and_known_words():
    for figure in figures(low=True):
        assert figure.said_by
        assert figure.source
        assert set(figure.what) <= set(WHAT)
        assert figure.modifier in {"exact", "nearly", "at least", "about"}


def test_the_register_is_shown_beside_a_figure_and_not_made_equal():
    figure = next(
        f
        for f in figures("FR")
        if f.what == ("carried out",) and f.value == "11" and f.as_of.text == "2018-03-27"
    )
    side = beside(figure)
    assert side.definition.id == "services-2018"
    assert side.count == "11"
    assert len(side.listed) == 12  # two acts of January 2015 are one attack by that definition
    assert beside(next(f for f in figures("EU"))) is None


def test_incident_and_count_codes_are_those_of_the_collected_facts(shared):
    for name, ours in (
        ("incidents-fr.csv", "incidents-fr.csv"),
        ("official-counts.csv", "official-counts.csv"),
        ("postures.csv", "postures.csv"),
    ):
        with (shared / "facts" / name).open(encoding="utf-8") as file:
            assert len(list(csv.DictReader(file))) == len(list(rows_of(ours)))


def test_the_history_says_what_a_report_gets_wrong():
    told = chronicle("fr-vigipirate-2016")
    assert any("1978" in one.wrong and "December 2016" in one.wrong for one in told.corrections)
    assert all(one.sources for one in told.corrections)


def test_a_home_of_an_earlier_day_hears_neither_of_a_later_report_nor_of_a_later_posture():
    plan = load("fr-vigipirate-2016")
    before, after = (chronicle(plan.id, known_at=instant(plan, day)) for day in ("2024-03-23", "2024-03-25"))
    assert (len(before.corrections), len(after.corrections)) == (0, 2)
    assert {one["id"] for one in after.postures} - {one["id"] for one in before.postures} == {"A2024-03"}


def test_postures_sourced_only_in_part_come_on_request():
    assert len(chronicle("fr-vigipirate-2016").postures) < len(
        chronicle("fr-vigipirate-2016", low=True).postures
    )


def test_csv_and_json_hold_the_same_changes():
    told = chronicle("nl-dtn")
    rows = list(csv.DictReader(io.StringIO(as_csv(told))))
    body = json.loads(json.dumps(as_dict(told)))
    assert rows == body["changes"]
    assert len(rows) == len(told.changes) == 9


def test_as_known_then_leaves_later_changes_out():
    told = chronicle("fr-vigipirate-2016", known_at=instant(load("fr-vigipirate-2016"), "2019-01-01"))
    assert [change.code for change in told.changes] == ["SRRA", "UA", "SRRA"]


def test_a_drawing_names_each_level_that_occurs_and_keeps_its_key_inside():
    from lxml import etree

    drawn = draw(chronicle("us-ntas"), title="t", width=NARROW)
    root = etree.fromstring(drawn.encode())
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"NONE No advisory", "Bulletin", "?"} <= set(texts)
    assert not any("Imminent" in text for text in texts)
    lowest = max(float(each.get("y")) for each in root.iter("{http://www.w3.org/2000/svg}text"))
    assert lowest < float(root.get("height"))


@pytest.mark.parametrize("scheme_id", all_ids())
def test_every_history_can_be_drawn_with_code_and_title_and_no_style(scheme_id):
    from lxml import etree

    told = chronicle(scheme_id)
    drawn = draw(told, title="a & b")
    root = etree.fromstring(drawn.encode())
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "a & b"
    assert "style" not in drawn
    assert "script" not in drawn
    assert "class=" not in drawn
    for lane in told.lanes:
        assert f">{lane.where.zone}" in drawn


def test_what_is_not_known_is_hatched_and_never_filled_with_a_levels_tone():
    drawn = draw(chronicle("fr-vigipirate-2003"), title="t")
    assert drawn.count('fill="url(#lost)"') >= 1
