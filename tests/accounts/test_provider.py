"""Signing in through a real OpenID provider: authorization code with PKCE, from end to end, between two processes."""

import json
import re
import sqlite3
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.accounts.oidc_provider import PASSWORD
from tests.accounts.provided import free_port, introduce, providing
from tests.browser.served import run, serving

WAY = "/accounts/oidc/ministry/login/"


@pytest.fixture(scope="module")
def met(tmp_path_factory):
    """A home and its provider: (served home, provider)."""
    folder = tmp_path_factory.mktemp("met")
    home = folder / "home"
    made = json.loads(run("init", "--home", str(home), "--title", "Town", "--json"))
    port = free_port()
    introduce(home, port)
    with (
        serving(home, {one["name"]: one["password"] for one in made["sign_ins"]}) as served,
        providing(folder / "provider", port, served) as provider,
    ):
        yield served, provider


def enter(browser, provider, name):
    """Sign in at the provider, wherever the browser stands; gives the answer it ends on."""
    page = browser.get(provider.address + "/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    given = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/o/.well-known/openid-configuration"}  # fmt: skip
    answer = browser.post(provider.address + "/login/", data=given)
    assert answer.status_code == 200, answer.text


def through(served, browser, **query):
    """Go through the provider as a link does."""
    return browser.get(served.address + WAY, params=query)


def is_in(served, browser):
    return browser.get(served.address + "/levels/", allow_redirects=False).status_code == 200


def subject_of(provider, name):
    return {"first": "1", "second": "2"}[name]


def test_the_sign_in_page_offers_the_provider_after_the_passkey(met):
    served, _provider = met
    page = requests.get(f"{served.address}/accounts/login/", timeout=20).text
    assert "Sign in through The ministry" in page
    assert page.index("Sign in with a passkey") < page.index("Sign in through The ministry") < page.index("With a password")  # fmt: skip


def test_the_provider_is_asked_for_nothing_but_who_it_is_and_under_pkce(met):
    served, provider = met
    answer = requests.get(served.address + WAY, allow_redirects=False, timeout=20)
    assert answer.status_code == 302
    asked = urlsplit(answer.headers["Location"])
    query = parse_qs(asked.query)
    assert f"{asked.scheme}://{asked.netloc}" == provider.address
    assert query["scope"] == ["openid"]
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43


def test_who_is_linked_to_nobody_is_refused_in_one_sentence_and_no_account_is_made(met):
    served, provider = met
    with requests.Session() as browser:
        enter(browser, provider, "second")
        answer = through(served, browser)
        assert answer.status_code == 403
        assert "Nobody here is linked to that identity." in answer.text
        assert not is_in(served, browser)
    people = json.loads(run("officers", "list", "--home", str(served.home), "--json"))["people"]
    assert [one["name"] for one in people] == ["duty", "second"]


def test_who_is_linked_comes_in_and_out_again_once_unlinked(met):
    served, provider = met
    home = str(served.home)
    run("officers", "link", "duty", f"{provider.address}/o", subject_of(provider, "first"), "--home", home)
    with requests.Session() as browser:
        enter(browser, provider, "first")
        answer = through(served, browser, next="/levels/")
        assert (answer.status_code, urlsplit(answer.url).path) == (200, "/levels/")
        assert is_in(served, browser)
        run("officers", "unlink", "duty", "ministry", "--home", home)
        assert not is_in(served, browser), "the session that the provider opened ends with the link"
        assert through(served, browser).status_code == 403
    assert [kind for kind in kinds(served.home) if kind == "accounts.sign_in.changed/1"] == [
        "accounts.sign_in.changed/1"
    ] * 2
    assert kinds(served.home)[-2] == "accounts.session.begun/1", "between the link and its end"


def kinds(home):
    """Kinds of the record's entries, in order."""
    record = sqlite3.connect(f"file:{home / 'record.sqlite3'}?mode=ro", uri=True)
    try:
        return [kind for (kind,) in record.execute("SELECT kind FROM ledger_entry ORDER BY seq")]
    finally:
        record.close()


def test_an_answer_that_was_not_asked_for_opens_nothing(met):
    served, _provider = met
    for query in ("code=abc&state=made-up", "error=access_denied&state=made-up", ""):
        answer = requests.get(f"{served.address}{WAY}callback/?{query}&_redir=", timeout=20)
        assert answer.status_code == 401, answer.text
        assert "did not say who you are" in answer.text


def test_a_code_is_worth_nothing_in_another_browser(met):
    """State and verifier lie in the session of the browser that asked."""
    served, provider = met
    run("officers", "link", "duty", "ministry", subject_of(provider, "first"), "--home", str(served.home))
    with requests.Session() as asking, requests.Session() as other:
        enter(asking, provider, "first")
        to_provider = asking.get(served.address + WAY, allow_redirects=False).headers["Location"]
        back = asking.get(to_provider, allow_redirects=False).headers["Location"]
        stolen = other.get(back + "&_redir=")
        assert stolen.status_code == 401
        assert not is_in(served, other)
        assert asking.get(back + "&_redir=").status_code == 200
        assert is_in(served, asking)
        again = asking.get(back + "&_redir=")
        assert again.status_code == 401, "a code serves once"
    run("officers", "unlink", "duty", "ministry", "--home", str(served.home))


def test_one_subject_opens_the_home_for_one_person(met):
    served, _provider = met
    home = str(served.home)
    run("officers", "link", "duty", "ministry", "7", "--home", home)
    with pytest.raises(AssertionError, match="linked to 7 of The ministry already"):
        run("officers", "link", "second", "ministry", "7", "--home", home)
    with pytest.raises(AssertionError, match="knows no provider 'elsewhere'"):
        run("officers", "link", "second", "elsewhere", "7", "--home", home)
    run("officers", "unlink", "duty", "ministry", "--home", home)


def test_with_the_provider_gone_one_is_told_and_a_password_still_opens(met):
    served, provider = met
    provider.stop()
    answer = requests.get(served.address + WAY, timeout=30)
    assert answer.status_code == 502, answer.text
    assert "The provider does not answer." in answer.text
    with requests.Session() as browser:
        page = browser.get(f"{served.address}/accounts/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        given = {"login": "duty", "password": served.passwords["duty"], "csrfmiddlewaretoken": token}
        browser.post(f"{served.address}/accounts/login/", data=given)
        assert is_in(served, browser)
