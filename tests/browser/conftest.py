"""A real Chromium for the tests of this folder; skipped by name where none is installed."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looks import Watched

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(
            "no Chromium on this machine: install one, or name it in the environment variable CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Open a window: size, light or dark, forced colours; a fresh profile each."""
    opened = []

    def open_one(width: int = 1280, height: int = 900, **settings) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height}, **settings)
        opened.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(10_000)
        return Watched(page)

    yield open_one
    for context in opened:
        context.close()
