from vigie.measures import catalogue_file
from vigie.measures.contrast import structures
from vigie.schemes.reader import load


def test_each_structure_says_where_it_was_read_and_belongs_to_a_scheme_that_ships():
    assert [found.id for found in structures()] == ["fpcon", "isps", "vigilnat"]
    for found in structures():
        assert load(found.scheme).levels
        assert found.sources
        assert all(source.startswith("https://") for source in found.sources)


def test_each_is_told_in_both_languages():
    for found in structures():
        assert all(set(text) == {"en", "fr"} for text in (found.name, found.where, *found.points))


def test_none_of_it_can_be_switched_on():
    assert all(catalogue_file.shipped(found.scheme) is None for found in structures())
