"""Passkeys in a real Chromium, with its virtual authenticator: added, signed in with, signed with over what was read."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.oidc_provider import PASSWORD
from tests.accounts.provided import free_port, introduce, providing
from tests.browser import looks
from tests.browser.served import Served, copied, environment, run, serving, sign_ins

REASONS = "The services see no further attempt; schools and stations are quiet again."


@pytest.fixture
def with_key(window) -> Callable[..., Page]:
    """A window whose machine holds an authenticator that asks for a finger and gets it."""

    def open_one(width: int = 1280) -> Page:
        page: Page = window(width).page
        page.on("pageerror", lambda fault: pytest.fail(f"a script failed: {fault}"))
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page

    return open_one


def add_passkey(page: Page, served: Served, name: str) -> None:
    """Add a passkey as somebody does who came in by a password."""
    page.goto(f"{served.address}/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    page.get_by_label("Your password").fill(served.passwords[name])
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name, to know it by").fill("Work computer")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Printed codes")).to_be_visible()


def leave(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def enter_by_passkey(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{served.address}/")


def propose(page: Page, served: Served) -> None:
    served.enter(page, "proposer")
    page.goto(f"{served.address}/levels/propose/")
    page.get_by_label("Level", exact=True).select_option(label="2/3 Sécurité renforcée - risque attentat")
    page.get_by_label("Reasons").fill(REASONS)
    page.get_by_role("button", name="Propose", exact=True).click()
    page.wait_for_load_state()


def proofs(served: Served) -> int:
    """How many proofs of signers the record holds."""
    record = sqlite3.connect(f"file:{served.home / 'record.sqlite3'}?mode=ro", uri=True)
    try:
        (count,) = record.execute(
            "SELECT count(*) FROM ledger_entry WHERE kind = 'accounts.assertion.kept/1'"
        ).fetchone()
        return count
    finally:
        record.close()


def test_a_passkey_is_added_signs_in_and_signs_a_level_over_what_was_read(with_key, window, own_replay):
    propose(window().page, own_replay)

    page = with_key()
    own_replay.enter(page, "approver")
    expect(page.get_by_text("A passkey is quicker than a password")).to_be_visible()
    add_passkey(page, own_replay, "approver")
    assert page.locator(".codes li").count() == 10
    leave(page)
    enter_by_passkey(page, own_replay)
    expect(page.get_by_text("A passkey is quicker than a password")).to_have_count(0)

    page.get_by_role("link", name=re.compile("Read and sign: 2.3")).first.click()
    page.get_by_label("Type the level's code to sign").fill("SRRA")
    before = proofs(own_replay)
    page.get_by_role("button", name="Sign with your passkey").click()
    expect(page.get_by_text("Signed. The level is in force")).to_be_visible()
    assert proofs(own_replay) == before + 1
    verified = json.loads(run("record", "verify", "--home", str(own_replay.home), "--json"))
    assert verified["verified"]


def test_a_draft_that_changed_meanwhile_is_not_signed(with_key, window, own_replay):
    propose(window().page, own_replay)
    page = with_key()
    own_replay.enter(page, "approver")
    add_passkey(page, own_replay, "approver")
    page.goto(own_replay.address)
    page.get_by_role("link", name=re.compile("Read and sign: 2.3")).first.click()
    page.get_by_label("Type the level's code to sign").fill("SRRA")

    edit(own_replay)

    before = proofs(own_replay)
    page.get_by_role("button", name="Sign with your passkey").click()
    expect(page.get_by_text("The draft was edited after you read it.")).to_be_visible()
    assert proofs(own_replay) == before
    page.goto(own_replay.address)
    expect(page.locator(".standings")).to_contain_text("Urgence attentat")


def edit(served: Served) -> None:
    """Write the proposal that waits anew, as its author, from another process."""
    code = (
        "import sys; from pathlib import Path; from vigie.cli.home import acting, open_home; open_home(Path(sys.argv[1]))\n"
        "from vigie.alert import actions, queries\n"
        "(row,) = queries.proposals()\n"
        "actions.revise(acting('proposer'), row.id, code=row.code, reasons=row.reasons + ' So say the stations too.',\n"
        "    effective=row.effective, until=row.until, review=row.review)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(served.home)], env=environment(), check=True, timeout=120)


def test_without_script_and_without_passkey_a_password_still_signs_in(window, own_replay):
    page = window(320, java_script_enabled=False).page
    page.goto(f"{own_replay.address}/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    own_replay.enter(page, "duty")


def test_one_links_a_provider_and_comes_in_through_it(window, replayed_home, tmp_path):
    home = copied(replayed_home, tmp_path / "home")
    port = free_port()
    introduce(home, port)
    with serving(home, sign_ins(home)) as served, providing(tmp_path / "provider", port, served) as provider:
        page: Page = window().page
        served.enter(page, "duty")
        page.goto(f"{served.address}/accounts/2fa/")
        page.get_by_role("button", name="Link", exact=True).click()
        page.get_by_label("Your password").fill(served.passwords["duty"])
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Link", exact=True).click()
        page.get_by_role("link", name="Go to The ministry").click()
        page.wait_for_url(f"{provider.address}/**")
        page.get_by_label("Username").fill("first")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Enter").click()
        page.wait_for_url(f"{served.address}/accounts/2fa/")
        expect(page.get_by_role("button", name="Unlink")).to_be_visible()
        leave(page)
        page.get_by_role("link", name="Sign in through The ministry").click()
        page.wait_for_url(f"{served.address}/")
        expect(page.locator(".session-name")).to_be_visible()


ADDRESSES = (
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/password/change/",
    "/people/sessions/",
    "/people/again/",
)


def test_the_pages_of_ones_own_sign_in_are_sound_wide_and_narrow(with_key, own_replay):
    page = with_key()
    own_replay.enter(page, "approver")
    add_passkey(page, own_replay, "approver")
    for address in ADDRESSES:
        answer = page.goto(own_replay.address + address)
        assert answer is not None
        assert answer.status == 200, address
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            faults = looks.structure(page) + looks.sideways(page) + looks.by_axe(page)
            assert faults == [], (address, width)
