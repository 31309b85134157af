from vigie.measures.answering import Answerer, is_public_advice, sites_asked


def asked(small, name, owner):
    return sites_asked(small, small.measure(name), owner)


def test_whoever_runs_a_place_is_asked_for_each_place_they_run(small, station):
    assert asked(small, "BAT 21-01", station) == ("s-north", "s-south")


def test_only_places_of_the_kinds_named_are_concerned(small, mall, station):
    assert asked(small, "SHOP", mall) == ("s-mall",)
    assert asked(small, "SHOP", station) is None


def test_a_mayor_is_asked_about_places_that_others_run(small, town):
    assert asked(small, "SCHOOL", town) == ()


def test_an_owner_without_a_site_is_not_asked_to_manage_one(small, town):
    assert asked(small, "BAT 21-01", town) is None


def test_another_kind_of_owner_is_not_asked_in_the_mayors_place(small):
    school = Answerer("o-school", "school-owner", (("s-school", "school"),))
    assert asked(small, "SCHOOL", school) is None


def test_advice_to_everyone_tasks_nobody(small, station, town):
    assert is_public_advice(small, small.measure("TELL"))
    assert not is_public_advice(small, small.measure("SHOP"))
    assert asked(small, "TELL", station) is None
    assert asked(small, "TELL", town) is None
