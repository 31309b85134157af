"""How much is read, in counts."""

from vigie.accounts.reads import LEAST, Reads, kind, statistics


def day(number, office="watch", count=4, what="exposure:site"):
    return Reads(f"2024-03-{number:02d}", office, what, count)


def test_readings_are_counted_by_day_by_office_and_by_kind_of_thing():
    found = statistics(
        [day(1), day(1, count=2), day(2, "audit", what="console:entry"), day(2, what="api/places/sites")]
    )
    assert found.total == 14
    assert found.offices == ("audit", "watch")
    assert found.by_day == (("2024-03-02", (4, 4)), ("2024-03-01", (0, 6)))
    assert found.by_kind == (("exposure", "watch", 10), ("console", "audit", 4))


def test_the_console_and_the_api_count_as_one_kind():
    assert kind("exposure:site") == kind("api/places/sites") == "exposure"
    assert kind("patrols:plan") == kind("api/patrols/plans/<id>") == "patrols"


def test_a_day_far_beyond_the_usual_stands_out_and_a_busy_office_does_not():
    quiet = [day(number) for number in range(1, 8)]
    assert statistics([*quiet, day(9, count=LEAST)]).peaks[0].count == LEAST
    assert statistics([*quiet, day(9, count=LEAST - 1)]).peaks == ()
    busy = [day(number, count=100) for number in range(1, 8)]
    assert statistics([*busy, day(9, count=300)]).peaks == ()
    assert [(p.day, p.usual) for p in statistics([*busy, day(9, count=301)]).peaks] == [("2024-03-09", 100)]


def test_a_single_day_is_compared_with_nothing():
    assert statistics([day(1, count=1000)]).peaks == ()
    assert statistics([]).total == 0
