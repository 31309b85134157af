"""An owner's page without network, in a real Chromium: kept, said to wait, sent once, and refused in words."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served, owner_link

WAITS = re.compile("not yet sent|pas encore envoyé")
REFUSED = re.compile("not taken|refusé")


@pytest.fixture
def owners_page(window, own_replay) -> Page:
    """An owner's page that was opened with network, on a phone that keeps it."""
    page: Page = window(360, 740).page
    page.on("pageerror", lambda fault: pytest.fail(f"a script failed: {fault}"))
    page.goto(own_replay.address + owner_link(own_replay.home))
    expect(page.locator("#kept-here")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    return page


def answers(served: Served) -> list[tuple[str, str, str | None]]:
    record = sqlite3.connect(f"file:{served.home / 'record.sqlite3'}?mode=ro", uri=True)
    try:
        return record.execute(
            "SELECT answer, key, pressed_at FROM measures_answer WHERE key <> ''"
        ).fetchall()
    finally:
        record.close()


def press(page: Page, value: str) -> None:
    page.locator(f"main form:not([enctype]) button[value={value}]").first.click()


def test_an_answer_pressed_without_network_waits_and_is_sent_once_it_is_back(owners_page, own_replay):
    page = owners_page
    page.context.set_offline(True)
    press(page, "doing")
    expect(page.locator("#phone li")).to_have_count(1)
    expect(page.locator("#phone")).to_contain_text(WAITS)
    assert answers(own_replay) == []
    page.context.set_offline(False)
    expect(page.locator("#phone")).to_be_hidden()
    ((said, key, pressed),) = answers(own_replay)
    assert (said, len(key)) == ("doing", 36)
    assert pressed


def test_the_page_opens_again_without_network_with_what_waits_on_it(owners_page, own_replay):
    page = owners_page
    words = page.locator("main h1").inner_text()
    page.context.set_offline(True)
    press(page, "done")
    expect(page.locator("#phone li")).to_have_count(1)
    page.reload()
    assert page.locator("main h1").inner_text() == words
    expect(page.locator("#phone li")).to_have_count(1)
    expect(page.locator("[data-offline]")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#phone')).borderTopStyle") == "solid"
    page.context.set_offline(False)
    expect(page.locator("#phone")).to_be_hidden()
    assert [said for said, _, _ in answers(own_replay)] == ["done"]


def test_with_network_a_press_goes_at_once_and_the_page_shows_it(owners_page, own_replay):
    press(owners_page, "acknowledged")
    expect(owners_page.locator("main .note-good")).to_be_visible()
    expect(owners_page.locator("#phone")).to_be_hidden()
    assert [said for said, _, _ in answers(own_replay)] == ["acknowledged"]


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_counts_once(owners_page, own_replay):
    page = owners_page
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            route.fetch(max_redirects=0)
            lost.append(1)
            route.abort()
        else:
            route.continue_()

    page.context.route(re.compile("/measures/yours/"), lose)
    press(page, "done")
    expect(page.locator("[data-offline]")).to_be_visible()
    assert len(answers(own_replay)) == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#phone")).to_be_hidden()
    assert len(answers(own_replay)) == 1


def test_what_the_house_refuses_is_said_in_its_words_and_may_be_taken_off(owners_page, own_replay):
    page = owners_page
    press(page, "cannot")  # without a reason
    expect(page.locator("#phone")).to_contain_text(REFUSED)
    expect(page.locator("#phone")).to_contain_text(re.compile("needs its reason|raison|motif"))
    page.locator("#phone [data-drop]").click()
    expect(page.locator("#phone")).to_be_hidden()
    assert answers(own_replay) == []


def test_forgetting_leaves_nothing_on_a_shared_phone(owners_page):
    page = owners_page
    page.context.set_offline(True)
    press(page, "doing")
    expect(page.locator("#phone li")).to_have_count(1)
    page.on("dialog", lambda asked: asked.accept())
    page.locator("[data-forget]").click()
    expect(page.locator("#kept-here")).to_be_hidden()
    left = page.evaluate(
        "Promise.all([caches.keys(), answersOf(location.pathname), navigator.serviceWorker.getRegistrations()])"
        ".then((all) => all.map((one) => one.length))"
    )
    assert left == [0, 0, 0]


def test_the_worker_stands_by_this_page_alone(owners_page, own_replay):
    page = owners_page
    kept = page.evaluate(
        "caches.keys().then(async (names) => [names, (await (await caches.open(names[0])).keys()).map((r) => new URL(r.url).pathname)])"
    )
    path = owner_link(own_replay.home)
    assert kept[0] == [path]
    assert {name for name in kept[1] if not name.startswith("/static/")} == {path}
    scopes = page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map((r) => r.scope))"
    )
    assert scopes == [own_replay.address + path]
    refused = page.evaluate(
        "navigator.serviceWorker.register('/static/measures/worker.js', {scope: '/'}).then(() => '', (e) => e.name)"
    )
    assert refused == "SecurityError"
