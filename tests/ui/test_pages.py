"""The base pages: what stands on every one of them."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from vigie.ui import templatetags

TEMPLATES = Path(templatetags.__file__).parents[1] / "templates"


def test_a_page_names_its_language_its_title_and_its_main_part(gallery, real_home):
    html = gallery()
    assert '<html lang="en"' in html
    assert "<title>Gallery – Préfecture d’exemple</title>" in html
    assert html.count("<main ") == 1
    assert html.index('href="#main"') < html.index("<header")


@pytest.mark.parametrize("base", ["base", "print", "owner"])
def test_an_exercise_is_said_in_the_title_at_the_top_on_the_frame_and_to_search_engines(
    base, rendered, exercise_home
):
    html = rendered("{% extends 'ui/" + base + ".html' %}{% block title %}Level{% endblock %}")
    assert "<title>REPLAY – Level" in html
    assert "<strong>REPLAY</strong>" in html
    assert 'class="exercise-frame"' in html
    assert 'content="noindex' in html


@pytest.mark.parametrize("base", ["base", "print", "owner"])
def test_a_real_home_shows_no_exercise_frame(base, rendered, real_home):
    html = rendered("{% extends 'ui/" + base + ".html' %}{% block title %}Level{% endblock %}")
    assert "exercise" not in html


def test_nothing_inline_that_the_policy_would_refuse(gallery, exercise_home):
    html = gallery()
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html)


def test_nothing_is_fetched_from_elsewhere(gallery, real_home):
    fetched = re.findall(r'(?:src|href)="([^"]*)"', gallery())
    assert fetched
    assert all(address.startswith(("/", "#", "?")) for address in fetched)
    stylesheet = Path(finders.find("ui/vigie.css")).read_text(encoding="utf-8")
    assert "url(" not in stylesheet
    assert "@import" not in stylesheet


def test_an_owner_page_and_its_stylesheet_fit_in_fifty_kilobytes(rendered, exercise_home):
    html = rendered("{% extends 'ui/owner.html' %}")
    assert len(html.encode()) + Path(finders.find("ui/vigie.css")).stat().st_size < 40_000


@pytest.mark.parametrize(
    ("status", "said"),
    [(403, "Not allowed"), (404, "Not found"), (409, "It has moved on"), (507, "It could not be done")],
)
def test_a_refusal_is_a_page_with_one_sentence(rendered, real_home, status, said):
    html = rendered("{% include 'ui/message.html' %}", {"status": status, "sentence": "The disc is full."})
    assert f"<h1>{said}</h1>" in html
    assert "The disc is full." in html


def test_the_current_language_is_marked_and_the_way_back_kept(rendered, real_home):
    html = rendered("{% extends 'ui/base.html' %}", address="/levels/?zone=FR")
    assert re.search(r'value="en"[^>]*aria-current="true"', html)
    assert 'value="/levels/?zone=FR"' in html


def test_every_word_of_the_templates_can_be_translated():
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        bare = " ".join(re.sub(r"<[^>]*>", " ", text).split()).replace("vigie", "")
        assert not re.search(r"[A-Za-z]{2}", bare), (file.name, bare)
