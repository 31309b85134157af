from vigie.measures.answering import Answerer
from vigie.measures.posture import default, step
from vigie.measures.tasking import Live, Planner


def plan(catalogue, after, owner, zone, live):
    return Planner(catalogue, after, zone).plan(owner, live)


def live(plan_, zone="FR", first=1):
    """The tasks an owner has after a plan was carried out."""
    return [Live(f"t-{n}", line.measure, zone, line.sites) for n, line in enumerate(plan_.given, first)]


def seen(plan_):
    return [(line.kind, line.measure, line.task) for line in plan_.lines]


def test_a_first_switch_gives_a_task_for_each_measure_but_the_permanent_ones(small, mall):
    made = plan(small, default(small, "UA"), mall, "FR", [])
    assert seen(made) == [("new", "BAT 22-01", ""), ("new", "SHOP", ""), ("unchanged", "BAT 10-01", None)]
    assert made.replaced == made.stop == ()


def test_a_higher_rung_replaces_the_task_of_the_lower(small, mall):
    held = live(plan(small, default(small, "SRRA"), mall, "FR", []))
    made = plan(small, default(small, "UA"), mall, "FR", held)
    assert ("raised", "BAT 22-01", "") in seen(made)
    assert made.replaced == ("t-1",)
    assert made.stop == ()


def test_a_stand_down_asks_to_stop_exactly_what_was_given(small, mall):
    held = live(plan(small, default(small, "UA"), mall, "FR", []))
    made = plan(small, default(small, "VIG"), mall, "FR", held)
    assert set(made.stop) == {task.task for task in held}
    assert [line.kind for line in made.lines] == ["ended", "ended", "unchanged"]


def test_what_is_kept_goes_on_under_its_old_task(small, mall):
    before = default(small, "UA")
    held = live(plan(small, before, mall, "FR", []))
    made = plan(small, step(small, before, "SRRA", keep=["SHOP"]), mall, "FR", held)
    assert ("unchanged", "SHOP", "t-2") in seen(made)
    assert "t-2" not in made.stop


def test_the_same_posture_again_says_nothing(small, mall):
    posture = default(small, "UA")
    made = plan(small, posture, mall, "FR", live(plan(small, posture, mall, "FR", [])))
    assert made.given == ()
    assert not made.says_something


def test_a_region_raised_leaves_the_countrys_task_and_its_end_goes_back_to_it(small, mall):
    country = live(plan(small, default(small, "SRRA"), mall, "FR", []))
    raised = plan(small, default(small, "UA"), mall, "FR-IDF", country)
    assert ("raised", "BAT 22-01", "") in seen(raised)
    assert raised.replaced == ()
    region = live(raised, "FR-IDF", 10)
    lowered = plan(small, default(small, "VIG"), mall, "FR-IDF", country + region)
    assert ("eased", "BAT 21-01", "t-1") in seen(lowered)
    assert lowered.given == ()
    assert lowered.replaced == ("t-11",)
    assert lowered.stop == ("t-10",)


def test_what_a_region_asks_already_is_not_asked_again_by_the_country(small, mall):
    region = live(plan(small, default(small, "UA"), mall, "FR-IDF", []), "FR-IDF")
    made = plan(small, default(small, "SRRA"), mall, "FR", region)
    assert made.given == ()


def test_an_owner_with_a_new_place_is_asked_for_all_of_them_anew(small):
    one = Answerer("o", "operator", (("a", "station"),))
    two = Answerer("o", "operator", (("a", "station"), ("b", "station")))
    posture = default(small, "SRRA")
    made = plan(small, posture, two, "FR", live(plan(small, posture, one, "FR", [])))
    assert [(line.kind, line.sites) for line in made.given] == [("new", ("a", "b"))]
    assert made.replaced == ("t-1",)


def test_a_place_given_up_is_let_go(small, mall):
    posture = default(small, "UA")
    held = live(plan(small, posture, mall, "FR", []))
    moved = Answerer("o-mall", "operator", (("s-tower", "office"),))
    made = plan(small, posture, moved, "FR", held)
    assert ("ended", "SHOP", "t-2") in seen(made)
    assert made.stop == ("t-2",)


def test_a_measure_the_catalogue_dropped_is_asked_to_stop(small, mall):
    made = plan(small, default(small, "VIG"), mall, "FR", [Live("t-9", "OLD", "FR", ("s-mall",))])
    assert made.stop == ("t-9",)
    assert ("ended", "OLD", "t-9") in seen(made)


def test_what_waited_unsent_is_still_new_to_its_owner_under_its_task(small, mall):
    posture = default(small, "SRRA")
    waiting = [Live("t-1", "BAT 21-01", "FR", ("s-mall", "s-tower"), told=False)]
    made = plan(small, posture, mall, "FR", waiting)
    assert ("new", "BAT 21-01", "t-1") in seen(made)
    assert made.given == ()


def test_nobody_is_told_of_the_end_of_what_they_never_heard_of(small, mall):
    waiting = [Live("t-1", "SHOP", "FR", ("s-mall",), told=False)]
    made = plan(small, default(small, "VIG"), mall, "FR", waiting)
    assert made.stop == ("t-1",)
    assert not made.says_something
