"""`vigie measures`: documents written as files, each with its hashes said."""

import json
from hashlib import sha256

import pytest
from django.conf import settings

from tests.measures.conftest import level, link, owners, raised  # noqa: F401 - fixtures
from vigie.cli import documents as commands
from vigie.measures.documents.queries.files import UnknownForm


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(commands, "open_home", lambda _given: settings.VIGIE_HOME)


def test_a_directive_is_written_and_its_hashes_are_said(raised, opened, tmp_path, capsys):  # noqa: F811
    for form in ("pdf", "docx", "html"):
        commands.document("FR", sector="premises", form=form, to=tmp_path / f"x.{form}", as_json=True)
    said = capsys.readouterr().out
    values = [json.loads(part + "}") for part in said.split("}\n") if part.strip()]
    assert len({value["content_sha256"] for value in values}) == 1, "the same words in each form"
    assert values[0]["sha256"] == sha256((tmp_path / "x.pdf").read_bytes()).hexdigest()


def test_a_form_that_is_none_writes_nothing(raised, opened, tmp_path):  # noqa: F811
    with pytest.raises(UnknownForm):
        commands.document("FR", form="exe", to=tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_every_owners_page_is_written_into_a_folder_of_its_own(raised, opened, tmp_path, capsys):  # noqa: F811
    commands.pages("FR", tmp_path / "papers")
    assert {file.name for file in (tmp_path / "papers").iterdir()} == {
        "o-rail.pdf", "o-mall.pdf", "o-museum.pdf", "o-town.pdf", "o-schools.pdf",
    }  # fmt: skip
    assert (tmp_path / "papers").stat().st_mode & 0o077 == 0
    assert "5 pages stand in" in capsys.readouterr().out
    with pytest.raises(commands.FolderThere):
        commands.pages("FR", tmp_path / "papers")


def test_one_owners_page_is_written_in_the_language_asked_for(raised, opened, tmp_path, monkeypatch, capsys):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    commands.page("o-mall", language="en")
    assert (tmp_path / "o-mall.pdf").read_bytes().startswith(b"%PDF-")
