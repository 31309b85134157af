import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def officer(people):
    user = get_user_model().objects.get(username="watch")
    user.set_password("a long enough secret")
    user.save()


def test_the_page_promises_nothing_it_does_not_hold(client, home):
    html = client.get("/accounts/login/").content.decode()
    assert "Forgot" not in html
    assert "Remember" not in html


def test_a_name_and_its_password_open_the_situation(client, officer):
    answer = client.post("/accounts/login/", {"login": "watch", "password": "a long enough secret"})
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_wrong_password_opens_nothing_and_does_not_say_which_was_wrong(client, officer):
    for login in ("watch", "nobody"):
        answer = client.post("/accounts/login/", {"login": login, "password": "another long secret"})
        assert answer.status_code == 200
        assert "not correct" in answer.content.decode()
    assert client.get("/").status_code == 302
