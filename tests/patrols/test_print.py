"""A sheet on paper: one side of A4, whatever the names, drill or not."""

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

import vigie.ui
from tests.patrols.conftest import week
from vigie.patrols import actions

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
STYLE = Path(vigie.ui.__file__).with_name("static") / "ui" / "vigie.css"
LONG = "Gare routière internationale de la Porte de la Chapelle, parvis nord, hall des grandes lignes et galerie marchande"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: install one, or name it in CHROMIUM"
    ),
]


def printed(html: bytes, folder: Path) -> PdfReader:
    """Print a page as a browser prints it, its stylesheet taken from the source."""
    page, paper = folder / "sheet.html", folder / "sheet.pdf"
    page.write_text(html.decode().replace("/static/ui/vigie.css", STYLE.as_uri()), encoding="utf-8")
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return PdfReader(paper)


@pytest.mark.parametrize("drill", [False, True])
def test_a_sheet_fits_one_side_of_a4_with_all_its_words(home, people, sign_in, settings, tmp_path, drill):
    rows = tuple((f"s{k}", 10, 20, "figure") for k in range(4))
    plan = actions.draw_from(
        people["planning"], present=week(rows=rows), names={f"s{k}": LONG for k in range(4)}, teams=2
    )
    if drill:
        settings.VIGIE_HOME = dataclasses.replace(home, exercise=True, frame="EXERCISE")
    answer = sign_in("planning").get(f"/patrols/{plan}/2024-03-25/am/1/")
    paper = printed(answer.content, tmp_path)
    assert len(paper.pages) == 1
    said = " ".join(paper.pages[0].extract_text().split())
    for words in (
        "Team 1",
        "06:00",
        "15:00",
        "Arrive code",
        "Presence is not a stop",
        "Void after the hours above",
        plan,
    ):
        assert words in said
    assert ("EXERCISE" in said) == drill
    width, height = (round(float(x) / 72 * 25.4) for x in paper.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
