"""Take a picture of every page of a replayed home, wide and at 320 px, light and dark, for people to look at.

    python tools/screenshots.py HOME FOLDER [--office duty] [--only /levels/]

HOME is a home made by `vigie replay` (its sign-ins.txt is read). Each page its officers can reach by links is taken
once, by the first office that may open it. Pages without an account (an owner's, the public ones) follow.
"""

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")

import django  # noqa: E402 - the path above comes first

django.setup()

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.browser.conftest import FLAGS, INSTALLED  # noqa: E402
from tests.browser.served import Served, owner_link, serving, sign_ins  # noqa: E402
from tests.browser.test_pages import OFFICES, pages, shape  # noqa: E402

LOOKS = (
    ("wide", 1280, 900, "light"),
    ("wide-dark", 1280, 900, "dark"),
    ("320", 320, 700, "light"),
    ("320-dark", 320, 700, "dark"),
)


def file_name(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "situation"


def take(page: Page, folder: Path, name: str) -> None:
    for look, width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.screenshot(path=folder / f"{name}.{look}.png", full_page=True)


def walk(browser: Browser, served: Served, folder: Path, offices: list[str], only: str) -> None:
    taken: set[str] = set()
    for office in offices:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        served.enter(page, office)
        for address in pages(page, served):
            answer = page.goto(served.address + address)
            if answer is None or answer.status != 200 or shape(address) in taken:
                continue
            taken.add(shape(address))
            if address.startswith(only):
                take(page, folder, f"{office}.{file_name(address)}")
                print(office, address)
                page.set_viewport_size({"width": 1280, "height": 900})
        context.close()


def without_account(browser: Browser, served: Served, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/accounts/login/")
    take(page, folder, "stranger.sign-in")
    for file in sorted(served.home.joinpath("public").rglob("*.html"))[:12]:
        address = f"/public/{file.relative_to(served.home / 'public').as_posix()}"
        answer = page.goto(served.address + address)
        if answer and answer.status == 200:
            take(page, folder, f"stranger.{file_name(address)}")
    page.goto(served.address + owner_link(served.home))
    take(page, folder, "owner.yours")
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--office", action="append", help="sign-in name; every office when not given")
    parser.add_argument("--only", default="/", help="beginning of the addresses to take")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, INSTALLED)), None)
    with sync_playwright() as playwright, serving(given.home, sign_ins(given.home)) as served:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        walk(browser, served, given.folder, given.office or list(OFFICES), given.only)
        if given.office is None:
            without_account(browser, served, given.folder)
        browser.close()


if __name__ == "__main__":
    main()
