import pytest

from vigie.exposure import opening, owner_kinds, site_kinds
from vigie.exposure.site_kinds import UnknownSiteKind


def test_every_assumption_is_a_range_with_its_reason_and_readable_hours():
    for kind in site_kinds.kinds().values():
        assert min(len(kind.why(lang)) for lang in ("en", "fr")) > 20, kind.code
        assert kind.why("fr") != kind.why("en") == kind.why("de")
        for low, high in (
            kind.yearly,
            kind.stay,
            kind.holiday,
            kind.school,
            kind.events,
            kind.fills or (0, 0),
        ):
            assert 0 <= low <= high, kind.code
        assert len(kind.week) == 7
        assert sum(kind.week) > 0
        assert len(kind.shape) == 24
        opening.parse(kind.hours)
        assert set(kind.labels) == {"en", "fr"}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("station", "station"),
        ("Gare", "station"),
        ("Centre commercial", "shopping"),
        ("musée", "museum"),
        ("Public space", "public-space"),
        ("MAIRIE", "town-hall"),
    ],
)
def test_a_kind_is_understood_in_both_languages(word, code):
    assert site_kinds.read(word) == code


def test_an_unknown_kind_is_refused_with_the_list():
    with pytest.raises(UnknownSiteKind, match="station, shopping"):
        site_kinds.read("castle in the air")


def test_no_word_stands_for_two_kinds():
    seen = {}
    for kind in site_kinds.kinds().values():
        for word in (*kind.headings, *kind.labels.values(), kind.code):
            key = site_kinds.plain(word)
            assert seen.setdefault(key, kind.code) == kind.code, word


def test_owner_kinds_are_read_and_refused():
    assert owner_kinds.read("Mairie") == "town-hall"
    assert owner_kinds.label("town-hall", "fr") == "Mairie"
    with pytest.raises(owner_kinds.UnknownOwnerKind):
        owner_kinds.read("neighbour")
    with pytest.raises(owner_kinds.UnknownOwnerKind):
        owner_kinds.label("neighbour")
