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
MOST_PAGES = 80

# Not pages of ours: files to download, signing out, the sign-in library's own.
NOT_PAGES = re.compile(
    r"/accounts/|/api/|/i18n/|/static/|\.(json|csv|ics|xml|atom|cap|stix|svg|pdf|txt)$|/cap/|/bundle/|/proof/|/download"
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


def faults(watched: Watched, status: int, word: str) -> list[str]:
    found = [f"status {status}"] if status != 200 else []
    found += watched.complaints + [f"fetched from elsewhere: {url}" for url in watched.elsewhere]
    found += looks.structure(watched.page) + looks.sideways(watched.page)
    if watched.weight > looks.PAGE_WEIGHT:
        found.append(f"{watched.weight} bytes")
    if word and (
        word not in watched.page.title() or not watched.page.get_by_text(word, exact=True).first.is_visible()
    ):
        found.append(f"the word {word} is missing")
    return found


@pytest.fixture(scope="module")
def walked(chromium, replayed) -> dict[str, list[str]]:
    """For each office, the pages its links lead to and no earlier office showed; all begin at the situation."""
    seen: set[str] = set()
    walks = {}
    for office in OFFICES:
        context = chromium.new_context()
        page = context.new_page()
        replayed.enter(page, office)
        walks[office] = list(_walk(page, replayed, seen))
        context.close()
    return walks


def _walk(page: Page, served: Served, seen: set[str] | None = None) -> Iterator[str]:
    for address in pages(page, served, seen):
        answer = page.goto(served.address + address)
        assert answer is not None
        assert answer.status == 200, f"a link leads to {address}, which answers {answer.status}"
        yield address


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_every_page_is_sound(window, replayed, walked, office, width, scheme):
    watched = window(width, color_scheme=scheme)
    replayed.enter(watched.page, office)
    amiss = {}
    for address in walked[office]:
        status = watched.go(replayed.address + address)
        found = faults(watched, status, "REPLAY") + looks.by_axe(watched.page)
        if width == 320:
            found += looks.targets(watched.page, 24)
        if found:
            amiss[address] = found
    assert amiss == {}


@pytest.mark.parametrize("office", ["duty", "approver", "planner"])
def test_every_page_is_walked_by_keyboard(window, replayed, walked, office):
    watched = window(1280)
    replayed.enter(watched.page, office)
    amiss = {}
    for address in walked[office]:
        watched.go(replayed.address + address)
        found = looks.by_keyboard(watched.page)
        if found:
            amiss[address] = found
    assert amiss == {}


def test_every_badge_of_a_level_leads_to_its_page(window, replayed, walked):
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
    for address in list(_walk(watched.page, new_home)):
        found = faults(watched, watched.go(new_home.address + address), "")
        if found:
            amiss[address] = found
    assert amiss == {}
    watched.go(new_home.address + "/")
    assert "No level is on record." in watched.page.inner_text("main")
