"""A real Chromium for the tests of this folder; skipped by name where none is installed."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looks import Watched
from tests.browser.served import Served, copied, run, serving, sign_ins

INSTALLED = ("chromium", "chromium-browser", "google-chrome")
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
    """The browser named by CHROMIUM, else one that is installed, else Playwright's own."""
    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, INSTALLED)), None)
        program = named or playwright.chromium.executable_path
        if not Path(program).exists():
            pytest.skip(
                "no Chromium on this machine: install one, or name it in the environment variable CHROMIUM"
            )
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def replayed_home(tmp_path_factory) -> Path:
    """A home in which the days of the story were played; nobody acts in it, tests that act take a copy."""
    home = tmp_path_factory.mktemp("replay") / "home"
    run("replay", "moscow-2024", "--home", str(home), "--json")
    return home


@pytest.fixture(scope="session")
def replayed(chromium, replayed_home) -> Iterator[Served]:
    """The replayed home, served, to be read."""
    with serving(replayed_home, sign_ins(replayed_home)) as served:
        yield served


@pytest.fixture
def own_replay(chromium, replayed_home, tmp_path) -> Iterator[Served]:
    """A copy of the replayed home, served, to act in."""
    home = copied(replayed_home, tmp_path / "home")
    with serving(home, sign_ins(home)) as served:
        yield served


@pytest.fixture(scope="session")
def new_home(chromium, tmp_path_factory) -> Iterator[Served]:
    """A home as `vigie init` makes it, served: no level, no place, nobody to tell."""
    home = tmp_path_factory.mktemp("new") / "home"
    made = json.loads(run("init", "--home", str(home), "--title", "New home", "--json"))
    with serving(home, {one["name"]: one["password"] for one in made["sign_ins"]}) as served:
        yield served


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
