"""What a signature covers where measures stay on though the level falls."""

from hypothesis import given, strategies as st

from vigie.alert.keeping import covering

SEEN = "a" * 64
NAMES = st.lists(st.from_regex(r"[A-Z]{2,4} [0-9]{2}", fullmatch=True), min_size=1, max_size=5, unique=True)


def test_nothing_kept_leaves_the_level_s_own_digest_whatever_reason_is_left_over():
    assert covering(SEEN, (), "Left over.") == SEEN


@given(NAMES)
def test_the_order_in_which_measures_are_ticked_changes_nothing(names):
    assert covering(SEEN, names, "Why.") == covering(SEEN, names[::-1], " Why. ")


@given(NAMES)
def test_another_measure_reason_or_level_is_another_digest(names):
    signed = covering(SEEN, names, "Why.")
    assert len({signed, covering(SEEN, [*names, "one more one"], "Why."), covering(SEEN, names, "Else."), covering("b" * 64, names, "Why."), SEEN}) == 5  # fmt: skip
