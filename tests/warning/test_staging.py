import pytest

from vigie.warning.staging import differing, put_in_place, stage, sums

FIRST = {"index.html": b"one", "en/a.html": b"a", "cap/m.xml": b"m"}
SECOND = {"index.html": b"two", "fr/b.html": b"b", "cap/m.xml": b"m"}


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "public"
    folder.mkdir()
    return folder


def publish(files, site, label="1"):
    put_in_place(stage(files, site, label), site)


def test_what_is_put_in_place_is_what_was_given_and_nothing_else_is_left(site):
    publish(FIRST, site)
    assert differing(site, sums(FIRST)) == []
    publish(SECOND, site, "2")
    assert differing(site, sums(SECOND)) == []
    assert not (site / "en").exists()
    assert [p.name for p in site.parent.iterdir()] == ["public"]


def test_staging_changes_nothing_of_the_site(site):
    publish(FIRST, site)
    stage(SECOND, site, "2")
    assert differing(site, sums(FIRST)) == []


def test_what_was_staged_and_never_put_in_place_is_cleared_by_the_next(site):
    stage(FIRST, site, "1")
    publish(SECOND, site, "2")
    assert [p.name for p in site.parent.iterdir()] == ["public"]


def test_the_folder_itself_never_moves(site):
    before = site.stat().st_ino
    publish(FIRST, site)
    assert site.stat().st_ino == before


def test_the_index_is_put_in_place_last(site, monkeypatch):
    moved = []
    real = type(site).replace
    monkeypatch.setattr(
        type(site), "replace", lambda self, target: moved.append(self.name) or real(self, target)
    )
    publish(FIRST, site)
    assert moved[-1] == "index.html"


def test_a_full_disc_leaves_no_leftovers(site, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(site), "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        stage(FIRST, site, "1")
    assert [p.name for p in site.parent.iterdir()] == ["public"]


def test_a_file_missing_changed_or_planted_is_named(site):
    publish(FIRST, site)
    (site / "index.html").write_bytes(b"defaced")
    (site / "en/a.html").unlink()
    (site / "x.html").write_bytes(b"")
    assert differing(site, sums(FIRST)) == ["en/a.html", "index.html", "x.html"]


def test_of_two_publications_of_one_act_the_later_is_put_in_place(site):
    publish(FIRST, site)
    overtaken, last = stage(FIRST, site, "2"), stage(SECOND, site, "3")
    put_in_place(overtaken, site)
    assert differing(site, sums(FIRST)) == []
    put_in_place(last, site)
    assert differing(site, sums(SECOND)) == []
