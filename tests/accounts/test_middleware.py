"""The one door."""

from django.test import Client


def test_a_stranger_is_sent_to_sign_in_and_comes_back_where_they_wanted(home):
    answer = Client().get("/levels/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Flevels%2F"


def test_a_stranger_at_the_api_is_told_in_json(home):
    answer = Client().get("/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR")
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")


def test_an_office_without_the_right_is_refused_in_one_sentence_naming_who_has_it(sign_in):
    answer = sign_in("analysis").get("/levels/propose/")
    assert answer.status_code == 403
    assert "proposer" in answer.content.decode()


def test_the_api_refuses_an_office_without_the_right(sign_in):
    answer = sign_in("analysis").post("/api/levels/proposals", data="{}", content_type="application/json")
    assert answer.status_code == 403
    assert "proposer" in answer.json()["error"]


def test_signing_in_by_password_works_and_a_wrong_one_does_not(people):
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(username="watch")
    user.set_password("correct horse battery")
    user.save()
    client = Client()
    assert client.post("/accounts/login/", {"login": "watch", "password": "wrong"}).status_code == 200
    assert client.get("/levels/").status_code == 302
    assert (
        client.post("/accounts/login/", {"login": "watch", "password": "correct horse battery"}).status_code
        == 302
    )
    assert client.get("/levels/").status_code == 200


def test_nobody_makes_an_account_for_themselves(home):
    answer = Client().get("/accounts/signup/")
    assert answer.status_code == 404


def test_pages_behind_a_sign_in_are_not_kept_by_caches_and_say_their_policy(sign_in):
    answer = sign_in("watch").get("/levels/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "X-Robots-Tag" not in answer


def test_an_exercise_is_never_indexed(make_home):
    make_home('exercise = true\nframe = "REPLAY"\n')
    assert Client().get("/accounts/login/")["X-Robots-Tag"] == "noindex, nofollow"


def test_one_may_choose_among_ones_own_offices_only(sign_in, people):
    from vigie.accounts.actions import found_mandate

    found_mandate(people["watch"].person, "planning")
    client = sign_in("watch")
    assert (
        client.post("/people/office/", {"office": "planning", "next": "/levels/"})["Location"] == "/levels/"
    )
    assert client.get("/levels/").context["actor"].office == "planning"
    client.post("/people/office/", {"office": "prime-minister", "next": "https://elsewhere.example/"})
    assert client.get("/levels/").context["actor"].office != "prime-minister"


def test_the_way_back_never_leads_elsewhere(sign_in):
    answer = sign_in("watch").post(
        "/people/office/", {"office": "watch", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"
