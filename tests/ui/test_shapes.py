import re

import pytest
from hypothesis import given, strategies as st

from vigie.errors import BadInput
from vigie.ui import shapes


@given(st.integers(2, 9).flatmap(lambda levels: st.tuples(st.integers(1, levels), st.just(levels))))
def test_the_lowest_level_is_a_circle_and_the_highest_an_octagon(rank_of):
    rank, levels = rank_of
    shape, tone = shapes.spread(rank, levels)
    assert (shape == "circle") == (tone == "step-1")
    if rank == 1:
        assert (shape, tone) == ("circle", "step-1")
    if rank == levels:
        assert (shape, tone) == ("octagon", "step-5")


@given(st.integers(2, 9))
def test_a_higher_level_never_gets_a_lower_step(levels):
    tones = [shapes.spread(rank, levels)[1] for rank in range(1, levels + 1)]
    assert tones == sorted(tones)


def test_up_to_five_levels_each_has_a_shape_of_its_own():
    for levels in range(1, 6):
        drawn = [shapes.spread(rank, levels)[0] for rank in range(1, levels + 1)]
        assert len(set(drawn)) == levels


def test_a_rank_outside_of_the_levels_is_refused():
    with pytest.raises(BadInput, match="Rank 4 is not one of 3 levels"):
        shapes.spread(4, 3)


@pytest.mark.parametrize(("ask", "kind"), [(shapes.shape, "badge shape"), (shapes.glyph, "state glyph")])
def test_an_unknown_sign_is_refused_with_those_that_are_drawn(ask, kind):
    with pytest.raises(shapes.UnknownSign, match=f"'star' is not a {kind}. Those drawn are: .*, "):
        ask("star")


def test_every_path_is_svg_path_data_and_nothing_else():
    paths = [*shapes.SHAPES.values(), *(part for glyph in shapes.GLYPHS.values() for part in glyph)]
    assert all(re.fullmatch(r"[MmHhVvLlAaCcZz0-9. -]*", path) for path in paths)
