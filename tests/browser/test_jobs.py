"""The jobs of a shift in few clicks, counted from the situation, signed in; with scripts blocked throughout."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served, owner_link


class Clicks:
    """Counts presses; typing does not count."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, role: str, name: str | re.Pattern[str], within: str = "body") -> None:
        self.count += 1
        self.page.locator(within).get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def shift(window):
    """Begin a shift: a browser that runs no script, signed in as an office, at the situation."""

    def begin(served: Served, office: str, width: int = 1280) -> Clicks:
        page = window(width, java_script_enabled=False).page
        served.enter(page, office)
        return Clicks(page)

    return begin


def test_a_level_is_proposed_in_three_and_signed_by_another_in_two_on_a_phone(shift, own_replay):
    proposing = shift(own_replay, "proposer")
    proposing.press("link", "Levels", "nav")
    proposing.press("link", "Propose a level")
    assert proposing.count == 2
    page = proposing.page
    expect(page.get_by_label("Zone")).to_have_value("FR")
    expect(page.get_by_label("In effect from")).not_to_have_value("")
    page.get_by_label("Level", exact=True).select_option(label="2/3 Sécurité renforcée - risque attentat")
    page.get_by_label("Reasons").fill(
        "The services see no further attempt; schools and stations are quiet again."
    )
    proposing.press("button", "Propose", "main")
    expect(
        page.get_by_text("A proposal: it holds nothing before a second person has signed.")
    ).to_be_visible()
    assert page.get_by_role("button", name="Sign", exact=True).count() == 0

    signing = shift(own_replay, "approver", 320)
    signing.press("link", re.compile("Read and sign: 2.3"), "main")
    page = signing.page
    expect(page.get_by_role("heading", name="What follows")).to_be_visible()
    page.get_by_label("Type the level's code to sign").fill("SRRA")
    page.get_by_label("Your password").fill(own_replay.passwords["approver"])
    signing.press("button", "Sign", "main")
    assert signing.count == 2
    expect(page.get_by_text("Signed. The level is in force")).to_be_visible()
    page.goto(own_replay.address)
    expect(page.locator(".standings")).to_contain_text("2/3 Sécurité renforcée - risque attentat")
    expect(page.locator(".standings")).not_to_contain_text("Urgence attentat")


def test_the_wrong_code_typed_signs_nothing(shift, own_replay):
    proposing = shift(own_replay, "proposer")
    page = proposing.page
    page.goto(f"{own_replay.address}/levels/propose/")
    page.get_by_label("Level", exact=True).select_option(label="2/3 Sécurité renforcée - risque attentat")
    page.get_by_label("Reasons").fill(
        "The services see no further attempt; schools and stations are quiet again."
    )
    proposing.press("button", "Propose", "main")
    signing = shift(own_replay, "approver")
    signing.press("link", re.compile("Read and sign: 2.3"), "main")
    signing.page.get_by_label("Type the level's code to sign").fill("UA")
    signing.page.get_by_label("Your password").fill(own_replay.passwords["approver"])
    signing.press("button", "Sign", "main")
    expect(signing.page.get_by_text("You typed UA; the level is SRRA.")).to_be_visible()
    signing.page.goto(own_replay.address)
    expect(signing.page.locator(".standings")).to_contain_text("Urgence attentat")


def test_who_has_not_answered_is_one_click_away_and_their_call_sheet_two(shift, replayed):
    watch = shift(replayed, "duty")
    watch.press("link", re.compile("not answered"), "main")
    assert watch.page.locator("tbody tr").count() > 0
    watch.press("link", "Call-down sheet", "main")
    assert watch.count == 2
    expect(watch.page.get_by_role("heading", level=1)).to_be_visible()
    assert "REPLAY" in watch.page.title()


def test_the_evidence_behind_a_level_is_two_clicks_from_its_badge(shift, replayed):
    watch = shift(replayed, "duty")
    watch.press("link", re.compile("Urgence attentat"), "main")
    watch.press("link", re.compile("^assessment-"), "main")
    expect(watch.page.get_by_role("heading", name="The evidence behind this level")).to_be_visible()
    assert watch.count == 2


def test_ninety_days_ahead_are_one_click_away(shift, replayed):
    watch = shift(replayed, "duty")
    watch.press("link", "What lies ahead", "aside")
    expect(watch.page.get_by_label("Days", exact=True)).to_have_value("90")
    assert watch.page.locator("tbody tr").count() > 20


def test_the_level_on_a_past_day_as_known_then_is_asked_in_three(shift, replayed):
    watch = shift(replayed, "duty")
    watch.press("link", "History", "nav")
    watch.press("link", re.compile("Plan Vigipirate .trois niveaux"), "main")
    watch.page.get_by_label("On", exact=False).first.fill("2023-11-01")
    watch.press("button", "Show", "main")
    assert watch.count == 3
    expect(watch.page.locator(".badge-large").first).to_contain_text("Urgence attentat")


def test_an_owner_without_account_answers_from_the_link_alone(window, own_replay):
    link = owner_link(own_replay.home)
    page = window(320, java_script_enabled=False).page
    answer = page.goto(own_replay.address + link)
    assert answer is not None
    assert answer.status == 200
    assert "REPLAY" in page.title()
    assert len(answer.body()) < 50_000
    before = page.locator("main .state").all_inner_texts()
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert page.locator("main .state").all_inner_texts() != before
