"""The public site in a real browser, from its published bytes alone, as a static host would give them."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route

from tests.browser import looks
from vigie.warning.public import Author, Budget, Fact, LevelPage
from vigie.warning.site import Issued, Site
from vigie.warning.views.public import TYPES, files

SITE = "http://public.invalid"
AT = datetime(2026, 5, 24, 18, 30, tzinfo=UTC)
POLICY = "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'"
LONG = "Sehr-lange-zusammengesetzte-Bezeichnung-ohne-Trennstelle/ohne/Ende/" * 2


def level(language, zone, **changes):
    fields = {
        "language": language,
        "zone": zone,
        "zone_name": "France",
        "time_zone": "Europe/Paris",
        "scheme": "demo",
        "scheme_name": "Plan Vigipirate",
        "updated": AT,
        "good_until": AT + timedelta(days=1),
        "address": "https://example.org/public/en/demo.FR.html",
        "budget": Budget(2026, 12, 144, 2),
        "code": "UA",
        "printed": "3/3",
        "shape": "octagon",
        "word": "Urgence attentat",
        "word_language": "fr",
        "gloss": "Attack emergency" if language == "en" else "",
        "since": AT,
        "author": Author(
            "relayed", LONG, AT, words=LONG, href="https://example.org/" + "a" * 90, second=False
        ),
        "means": (LONG, "A second paragraph."),
        "acts": ("Leave more time.", LONG),
        "correction": "The first warning went out in error.",
        "facts": (
            Fact(AT, "Trains run.", "known", "Operator", "https://example.org/trains", "unknown"),
            Fact(AT, LONG, "false", "Prefect"),
        ),
        "exercise": "REPLAY",
        **changes,
    }
    return LevelPage(**fields)


@pytest.fixture
def site():
    nothing = {
        "code": "",
        "printed": "",
        "shape": "",
        "word": "",
        "word_language": "",
        "since": None,
        "author": None,
    }
    message = Issued(
        id="message-1",
        identifier="demo.message-1",
        kind="Alert",
        state="superseded",
        sent="2026-05-24T18:30:00Z",
        approved="2026-05-24T18:30:00Z",
        scheme="demo",
        zone="FR",
        headlines={"en": LONG, "fr": "Urgence attentat"},
        cap=b"<alert/>",
        sha256="0" * 64,
    )
    pages = [level(lang, zone, **how) for zone, how in (("FR", {}), ("BE", nothing)) for lang in ("en", "fr")]
    return Site(
        instance="demo",
        title="Office of warnings",
        address="https://example.org/public/",
        languages=("en", "fr"),
        exercise="REPLAY",
        updated="2026-05-24T18:30:00Z",
        pages=tuple(pages),
        messages=(message,),
    )


@pytest.fixture
def shown(window, site):
    """Open a window on the published files."""
    drawn = files(site)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{SITE}/")
        kind = TYPES[name.rpartition(".")[2]]
        route.fulfill(body=drawn[name], content_type=kind, headers={"Content-Security-Policy": POLICY})

    def open_one(width: int, **how):
        watched = window(width, 800, **how)
        watched.page.route(f"{SITE}/**", answer)
        return watched

    return open_one


PAGES = ["index.html", "en/index.html", "en/demo.FR.html", "fr/demo.FR.html", "en/demo.BE.html"]
WINDOWS = [
    pytest.param(1280, {"color_scheme": "light"}, id="wide-light"),
    pytest.param(320, {"color_scheme": "dark"}, id="narrow-dark"),
    pytest.param(320, {"color_scheme": "light", "java_script_enabled": True}, id="narrow-light"),
    pytest.param(800, {"forced_colors": "active"}, id="forced-colours"),
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "how"), WINDOWS)
def test_a_public_page_has_no_fault_a_browser_can_see(shown, name, width, how):
    watched = shown(width, **how)
    assert watched.go(f"{SITE}/{name}") == 200
    page = watched.page
    assert (
        looks.structure(page) + looks.sideways(page) + looks.targets(page, 24) + looks.by_keyboard(page) == []
    )
    assert watched.complaints == []
    assert watched.elsewhere == []
    assert watched.weight <= looks.LEAN_WEIGHT
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", PAGES[2:])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_public_page_keeps_the_rules_of_wcag(window, site, name, colours):
    # axe is put into the page as a script, which the pages' own policy would refuse.
    watched = window(400, 800, color_scheme=colours, bypass_csp=True)
    drawn = files(site)
    watched.page.route(
        f"{SITE}/**",
        lambda route: route.fulfill(
            body=drawn[route.request.url.removeprefix(f"{SITE}/")],
            content_type=TYPES[route.request.url.rpartition(".")[2]],
        ),
    )
    watched.go(f"{SITE}/{name}")
    assert looks.by_axe(watched.page) == []


def test_the_exercise_word_is_seen_first_and_prints(shown):
    watched = shown(320)
    watched.go(f"{SITE}/en/demo.FR.html")
    first = watched.page.locator("body > *").first
    assert "REPLAY" in first.inner_text()
    watched.page.emulate_media(media="print")
    assert first.is_visible()
    assert watched.page.locator(".level strong").is_visible()


def test_levels_are_told_apart_without_colour(shown):
    watched = shown(400, color_scheme="light")
    watched.go(f"{SITE}/en/index.html")
    drawings = watched.page.locator(".level svg").evaluate_all("all => all.map(e => e.innerHTML.trim())")
    assert len(set(drawings)) == len(drawings) == 2
    colours = watched.page.locator(".level *").evaluate_all(
        "all => [...new Set(all.flatMap(e => [getComputedStyle(e).color, getComputedStyle(e).fill]))]"
    )
    links = {"rgb(11, 61, 145)"}  # a link is underlined besides
    for colour in set(colours) - links - {"none"}:
        red, green, blue = (part.strip(" rgba()") for part in colour.split(",")[:3])
        assert red == green == blue, colour
