"""Every page of a replayed home, as each office finds it: sound at any width, light and dark, with the word REPLAY."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.browser import looks
from tests.browser.looks import Watched
from tests.browser.served import Served

OFFICES = (
    "duty",
    "analyst",
    "assessor",
    "proposer",
    "approver",
    "information",
    "planner",
    "liaison",
    "releaser",
    "auditor",
)
WALKED = ("duty", "approver", "planner")
MOST_PAGES = 80

# Not pages of ours: files to download, signing out, the sign-in library's own.
NOT_PAGES = re.compile(
    r"/accounts/|/api/|/i18n/|/static/|\.(json|csv|ics|xml|atom|cap|stix|svg|pdf|txt)$|/cap/|/bundle/|/proof/|/download|/export/"
)


def shape(address: str) -> str:
    """What a page is, without its ids: one example of each is looked at."""
    return resolve(urlsplit(address).path).view_name


def pages(page: Page, served: Served, seen: set[str] | None = None) -> Iterator[str]:
    """Walk the links from the situation on: one address of each shape, but those in `seen`, which grows."""
    seen = set() if seen is None else seen
    seen.add(shape("/"))
    waiting = ["/"]
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        address = waiting.pop(0)
        yield address
        found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        for link in found:
            path = link.removeprefix(served.address).split("#")[0]
            if (
                not link.startswith(served.address)
                or NOT_PAGES.search(path.split("?")[0])
                or path.startswith("/public/")
            ):
                continue
            if shape(path) not in seen:
                seen.add(shape(path))
                waiting.append(path)


def faults(watched: Watched, word: str) -> list[str]:
    found = looks.structure(watched.page) + looks.sideways(watched.page)
    if watched.weight > looks.PAGE_WEIGHT:
        found.append(f"{watched.weight} bytes")
    if word and (
        word not in watched.page.title() or not watched.page.get_by_text(word, exact=True).first.is_visible()
    ):
        found.append(f"the word {word} is missing")
    return found


WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}


def wide(watched: Watched) -> list[str]:
    watched.page.emulate_media(color_scheme="light")
    watched.page.set_viewport_size(WIDE)
    return faults(watched, "REPLAY") + looks.by_axe(watched.page)


def narrow(watched: Watched) -> list[str]:
    watched.page.emulate_media(color_scheme="dark")
    watched.page.set_viewport_size(NARROW)
    return faults(watched, "REPLAY") + looks.by_axe(watched.page) + looks.targets(watched.page, 24)


def by_keyboard(watched: Watched) -> list[str]:
    watched.page.set_viewport_size(WIDE)
    return looks.by_keyboard(watched.page)


LOOKS = (wide, narrow)
"""How each page is looked at, one after the other: it is the style sheet that answers width and scheme, and no script asks."""


def heard(watched: Watched) -> list[str]:
    return watched.complaints + [f"fetched from elsewhere: {url}" for url in watched.elsewhere]


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Shapes of the pages that an office showed: the next is looked at where it shows others."""
    return set()


def _walk(watched: Watched, served: Served, seen: set[str]) -> Iterator[str]:
    for address in pages(watched.page, served, seen):
        status = watched.go(served.address + address)
        assert status == 200, f"a link leads to {address}, which answers {status}"
        yield address


@pytest.mark.parametrize("office", OFFICES)
def test_every_page_is_sound_wide_and_narrow_light_and_dark(window, replayed, seen, office):
    """All begin at the situation. Three offices, to whom most pages belong, walk through theirs by keyboard too."""
    watched = window()
    replayed.enter(watched.page, office)
    amiss = {}
    for address in _walk(watched, replayed, seen):
        for look in (*LOOKS, by_keyboard) if office in WALKED else LOOKS:
            if found := look(watched):
                amiss[address, look.__name__] = found
        if found := heard(watched):
            amiss[address, "heard"] = found
    assert amiss == {}


def test_every_badge_of_a_level_leads_to_its_page(window, replayed):
    watched = window(1280)
    replayed.enter(watched.page, "auditor")
    for address in ("/", "/levels/"):
        watched.go(replayed.address + address)
        badges = watched.page.locator("main .badge:not(.tone-none)")
        assert badges.count()
        for place in range(badges.count()):
            assert badges.nth(place).evaluate(
                "e => e.tagName === 'A' && e.getAttribute('href').startsWith('/levels/')"
            )


def test_nothing_is_left_in_the_language_one_did_not_choose(window, replayed):
    watched = window(1280)
    replayed.enter(watched.page, "duty")
    watched.page.get_by_role("button", name="Français").first.click()
    watched.page.wait_for_load_state()
    assert watched.page.locator("html").get_attribute("lang") == "fr"


def test_a_new_home_has_sound_pages_too(window, new_home):
    watched = window(1280)
    new_home.enter(watched.page, "duty")
    amiss = {}
    for address in _walk(watched, new_home, set()):
        if found := faults(watched, "") + heard(watched):
            amiss[address] = found
    assert amiss == {}
    watched.go(new_home.address + "/")
    assert "No level is on record." in watched.page.inner_text("main")
