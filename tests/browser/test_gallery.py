"""Every part of the house in a real browser, without a server: the pages are given to it as answers."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Route

from tests.browser import looks
from tests.ui.conftest import GALLERY, home
from tests.ui.gallery import parts

SITE = "http://gallery.invalid"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


@pytest.fixture
def gallery(settings):
    settings.VIGIE_HOME = home(exercise=True)
    return (
        engines["django"]
        .from_string(GALLERY.read_text(encoding="utf-8"))
        .render(parts(), RequestFactory().get("/"))
    )


@pytest.fixture
def shown(window, gallery):
    """Open a window on the gallery."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            route.fulfill(
                body=gallery,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
            return
        file = finders.find(path.removeprefix("/static/"))
        kind = "text/css" if path.endswith("css") else "image/svg+xml"
        route.fulfill(path=Path(file), content_type=kind)

    def open_one(width: int, height: int = 800, **how):
        watched = window(width, height, **how)
        watched.page.route(f"{SITE}/**", answer)
        assert watched.go(f"{SITE}/") == 200
        return watched

    return open_one


WINDOWS = [
    pytest.param(1280, {"color_scheme": "light"}, id="wide-light"),
    pytest.param(1280, {"color_scheme": "dark"}, id="wide-dark"),
    pytest.param(320, {"color_scheme": "light"}, id="narrow-light"),
    pytest.param(320, {"color_scheme": "dark"}, id="narrow-dark"),
    pytest.param(1000, {"forced_colors": "active"}, id="forced-colours"),
]


@pytest.mark.parametrize(("width", "how"), WINDOWS)
def test_every_part_is_sound_in_every_window(shown, width, how):
    watched = shown(width, **how)
    assert watched.complaints == []
    assert watched.elsewhere == []
    assert looks.structure(watched.page) == []
    assert looks.sideways(watched.page) == []
    assert looks.by_axe(watched.page) == []


def test_everything_is_reached_by_keyboard_and_shows_it(shown):
    assert looks.by_keyboard(shown(1280).page) == []


@pytest.mark.parametrize(("width", "least"), [(1280, 24), (320, 44)])
def test_every_target_is_large_enough(shown, width, least):
    assert looks.targets(shown(width).page, least) == []


def test_the_exercise_word_stands_in_every_window_however_far_one_scrolls(shown):
    page = shown(320, 500).page
    page.evaluate("() => scrollTo(0, document.body.scrollHeight / 2)")
    assert page.locator(".exercise-frame span").first.bounding_box()["y"] < 500
    page.emulate_media(media="print")
    assert page.locator(".exercise-frame .exercise-again").first.is_visible()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("<h2>again</h2><h4>skips</h4>", "a heading skips a rank"),
        ("<h1>two</h1>", "first headings"),
        ('<p id="main">x</p>', "two elements are called main"),
        ('<span class="badge">low</span>', "a badge without a shape"),
        ("<time>03/04/2015</time>", "a date in digits alone"),
    ],
)
def test_the_looks_find_what_is_wrong(shown, given, found):
    watched = shown(1280)
    watched.page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", given
    )
    assert any(found in fault for fault in looks.structure(watched.page))


def test_the_looks_find_a_page_that_is_too_wide_and_what_the_policy_refuses(shown):
    watched = shown(320)
    watched.page.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<table><tr><td><pre>' + 'x'.repeat(90) + '</pre></td></tr></table><p style=\"color:red\">')"
    )
    assert looks.sideways(watched.page) != []
    assert any("Content Security Policy" in said for said in watched.complaints)
