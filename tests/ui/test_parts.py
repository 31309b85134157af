"""What the parts say, to the eye and to the ear."""

import re
from datetime import timedelta

import pytest
from django.core.paginator import Paginator

from tests.ui.gallery import AT, Example
from vigie.ui.shapes import UnknownSign

LOAD = "{% load ui %}"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_badge_says_its_code_and_its_official_words_in_their_language(rendered):
    html = rendered(LOAD + '{% badge "triangle" "3/3" "Urgence attentat" "" language="fr" %}')
    assert words(html) == "3/3 Urgence attentat"
    assert 'lang="fr"' in html
    assert "<svg" in html


def test_a_badge_with_an_address_is_a_link_that_says_where_it_leads(rendered):
    html = rendered(LOAD + '{% badge "square" "2/5" "Moderate" "step-2" href="/evidence/" %}')
    assert 'href="/evidence/"' in html
    assert "open the evidence" in words(html)


def test_an_official_colour_is_a_fill_and_never_an_inline_style(rendered):
    html = rendered(LOAD + '{% badge "diamond" "3/5" "Possible" "#f5d018" %}')
    assert 'fill="#f5d018"' in html
    assert "style=" not in html


def test_no_level_on_record_is_drawn_as_such_and_never_as_a_low_one(rendered):
    html = rendered(LOAD + '{% badge "" "" "No decision on record" %}')
    assert "tone-none" in html
    assert words(html) == "No decision on record"


def test_a_tone_that_is_not_one_is_refused(rendered):
    with pytest.raises(UnknownSign, match="'red' is not a tone"):
        rendered(LOAD + '{% badge "circle" "1/3" "Vigilance" "red" %}')


def test_what_a_page_passes_to_a_part_is_escaped(rendered):
    evil = {"evil": "<script>alert(1)</script>"}
    html = rendered(
        LOAD
        + "{% badge 'circle' evil evil %}{% state 'ring' evil %}{% note 'plain' evil %}{% two_person evil %}"
        "{% card evil %}{{ evil }}{% endcard %}{% nothing evil %}{% endnothing %}{% table_scroll evil %}{% endtable_scroll %}",
        evil,
    )
    assert "<script>" not in html


def test_a_wide_table_scrolls_within_a_named_region_that_the_keyboard_reaches(rendered):
    html = rendered(LOAD + '{% table_scroll "Owners" %}<table></table>{% endtable_scroll %}')
    assert (
        html
        == '<div class="table-scroll" role="region" aria-label="Owners" tabindex="0"><table></table></div>'
    )


def test_an_instant_is_said_in_the_home_zone_and_carries_its_machine_form(rendered, real_home):
    html = rendered(LOAD + "{% instant at %}", {"at": AT})
    assert words(html) == "Fri 26 Jun 2015, 20:30 CEST"
    assert 'datetime="2015-06-26T18:30:00Z"' in html


def test_a_short_instant_keeps_its_day_and_carries_the_rest(rendered, real_home):
    html = rendered(LOAD + "{% instant at short=True %}", {"at": AT})
    assert words(html) == "Fri 26 Jun, 20:30"
    assert 'title="Fri 26 Jun 2015, 20:30 CEST"' in html


def test_an_instant_nobody_knows_says_so(rendered):
    assert words(rendered(LOAD + "{% instant at %} {% day at %}", {"at": None})) == "not known not known"


def test_a_length_is_said(rendered):
    assert rendered(LOAD + "{% lasting length %}", {"length": timedelta(days=72)}) == "72 days"


def test_each_field_has_a_label_and_its_error_and_help_are_tied_to_it(rendered):
    html = rendered(LOAD + "{% fields form %}", {"form": Example({"zone": "FR"})})
    for ident in ("id_reason", "id_basis", "id_zone", "id_seen"):
        assert f'for="{ident}"' in html
        assert f'id="{ident}"' in html
    described = re.search(r'<textarea[^>]*aria-describedby="([^"]*)"', html)
    assert described
    for ident in described[1].split():
        assert f'id="{ident}"' in html
    assert 'aria-invalid="true"' in html
    assert "<legend>How it was received" in html
    assert "Nothing was kept." in words(html)


def test_a_form_without_faults_says_nothing_of_faults(rendered):
    assert 'role="alert"' not in rendered(LOAD + "{% fields form %}", {"form": Example()})


def test_the_pages_of_a_list_keep_the_other_questions(rendered):
    html = rendered(LOAD + "{% pager page %}", {"page": Paginator(range(100), 10).page(4)})
    assert "?state=late&amp;page=3" in html
    assert "?state=late&amp;page=5" in html
    assert "page 4 of 10" in words(html)


def test_a_list_of_one_page_has_no_pager(rendered):
    assert rendered(LOAD + "{% pager page %}", {"page": Paginator(range(5), 10).page(1)}).strip() == ""


def test_two_persons_are_shown_by_office_and_the_second_as_waited_for(rendered):
    alone = words(rendered(LOAD + '{% two_person "Duty office" proposed_at=at %}', {"at": AT}))
    assert "Proposed by Duty office" in alone
    assert alone.endswith("Waits for a second person")
    both = words(rendered(LOAD + '{% two_person "Duty office" seconded_by="Cabinet" %}'))
    assert both == "Proposed by Duty office Seconded by Cabinet"
