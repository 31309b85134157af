"""Uploads stay in memory and within bounds."""

import tempfile
from io import BytesIO

from vigie.config.uploads import WIDEST
from vigie.ledger.queries import head


def upload(size):
    document = BytesIO(b"a" * size)
    document.name = "notice.txt"
    return {
        "level": "be-ocam/3", "zone": "BE", "effective": "2024-03-22T12:00", "authority": "OCAM", "words": "Niveau 3.",
        "source": "a letter", "document": document,
    }  # fmt: skip


def test_an_upload_beyond_the_bound_is_refused_and_leaves_nothing(
    receiving_home, people, sign_in, monkeypatch, tmp_path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = head()
    answer = sign_in("watch").post("/receive/", upload(WIDEST + 1))
    assert answer.status_code in {400, 413}
    assert head() == before
    assert list(tmp_path.rglob("*.upload*")) == []


def test_an_upload_within_the_bound_is_never_written_to_a_temporary_file(
    receiving_home, people, sign_in, monkeypatch
):
    def refuse(*args, **kwargs):
        raise AssertionError("an upload was written to the disc")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    assert sign_in("watch").post("/receive/", upload(3 * 1024 * 1024)).status_code == 302
