"""What a home at an https address tells browsers; and that every point of docs/security.md has its test."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vigie.accounts.routes import doors

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "sign-in page": "/accounts/login/",
    "console": "/levels/",
    "API": "/api/measures/postures",
    "public site": "/public/index.html",
    "static file": "/static/ui/vigie.css",
    "refusal": "/patrols/",
    "nothing there": "/nowhere/",
    "owner's link": "/measures/yours/x/",
}
SCRIPT = """
import json, sys
from pathlib import Path
from vigie.cli.homes import enrol, found
home = Path(sys.argv[1])
found(home, title="Test", toml='address = "https://vigie.example.org"\\n')
from vigie.accounts.actions import found_office
found_office("watch", "Watch", ["duty"])
enrol("officer", "watch", "correct horse battery staple")
(home / "public" / "index.html").write_text("public")
from django.test import Client
client = Client(raise_request_exception=False)
over = {"headers": {"host": "vigie.example.org", "x-forwarded-proto": "https"}}
def ask(method, path, **given):
    answer = getattr(client, method)(path, **given, **over)
    cookies = {name: dict(morsel) for name, morsel in answer.cookies.items()}
    answer.close()
    return {"status": answer.status_code, "headers": dict(answer.items()), "cookies": cookies}
asked = {"before": ask("get", "/accounts/login/")}
asked["sign-in"] = ask("post", "/accounts/login/", data={"login": "officer", "password": "correct horse battery staple"})
asked["language"] = ask("post", "/i18n/setlang/", data={"language": "fr"})
asked["read"] = ask("post", "/read/", data={"position": "1"})
asked["pages"] = {name: ask("get", path) for name, path in json.loads(sys.argv[2]).items()}
asked["plain"] = dict(Client().get("/accounts/login/", headers={"host": "vigie.example.org"}).items())
print(json.dumps(asked))
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Answers of a home that stands behind a proxy at an https address, in a process of its own: settings are made once."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path_factory.mktemp("https") / "home"), json.dumps(PAGES)],
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")},
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_keeps_browsers_on_https_for_a_year_and_more(asked, page):
    told = asked["pages"][page]["headers"]["Strict-Transport-Security"]
    assert int(re.search(r"max-age=(\d+)", told)[1]) >= 365 * 24 * 3600
    assert "includeSubDomains" in told


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_says_that_its_type_is_meant_and_how_little_is_told_of_where_one_came_from(asked, page):
    headers = asked["pages"][page]["headers"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "static file"])
def test_every_page_runs_our_own_files_alone_and_stands_in_nobody_s_frame(asked, page):
    policy = dict(
        part.strip().split(" ", 1)
        for part in asked["pages"][page]["headers"]["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"].split()[0] == "'self'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:"} & set(
        " ".join(policy.values()).split()
    )
    assert asked["pages"][page]["headers"]["X-Frame-Options"] == "DENY"


def test_no_page_of_ours_carries_script_or_style_in_line():
    """So that the policy above hinders nothing, and a word somebody slips in is never run."""
    # Data for a script of ours (of the type application/json) is no script: browsers run nothing of it.
    in_line = re.compile(
        r"""<script(?![^>]*(?:\bsrc=|type="application/json"))|<style|\son\w+=|\sstyle=|javascript:""",
        re.IGNORECASE,
    )
    found = []
    for page in (ROOT / "src" / "vigie").rglob("templates/**/*.html"):
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            if in_line.search(line):
                found.append(f"{page.relative_to(ROOT)}:{number}")
    assert found == []


def test_what_is_behind_a_sign_in_is_kept_by_no_cache(asked):
    for page in ("console", "API", "refusal"):
        assert asked["pages"][page]["headers"]["Cache-Control"] == "private, no-store"


def every_cookie(asked):
    answers = [asked["before"], asked["sign-in"], asked["language"], asked["read"], *asked["pages"].values()]
    return {
        name: morsel
        for answer in answers
        for name, morsel in answer["cookies"].items()
        if morsel["max-age"] != 0
    }


def test_cookies_are_for_this_host_alone_over_https_alone(asked):
    cookies = every_cookie(asked)
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-language"} <= set(cookies)
    for name, morsel in cookies.items():
        assert name.startswith("__Host-"), name
        assert morsel["secure"], name
        assert (morsel["path"], morsel["domain"]) == ("/", ""), name


def test_cookies_are_sent_from_our_own_pages_alone_and_read_by_no_script(asked):
    for name, morsel in every_cookie(asked).items():
        # Who comes from a letter should still read in the language chosen before; that cookie opens nothing.
        assert morsel["samesite"] == ("Lax" if name == "__Host-language" else "Strict"), name
        assert morsel["httponly"], name


def test_over_plain_http_nothing_is_promised_that_only_https_can_hold(asked, settings):
    assert "Strict-Transport-Security" not in asked["plain"]
    assert settings.SESSION_COOKIE_NAME == "sessionid"


def test_nothing_changes_by_following_a_link():
    """What a GET may record: reading is noted by the house itself, no door of reading names an act."""
    assert [door for door in doors() if door.method == "GET" and (door.records or door.step_up)] == []


def test_files_are_handed_out_to_be_kept_and_not_to_be_run(sign_in, people):
    from tests.reports.test_actions import WIRE
    from vigie.reports import actions

    actions.add(people["analysis"], WIRE.encode() + b"<script>alert(1)</script>", name="<script>.html")
    page = sign_in("audit").get("/reports/").content.decode()
    assert "<script>" not in page
    answer = sign_in("audit").get("/history/fr-vigipirate-2016/history.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_apart_on_a_page_is_left_out_for_who_may_not_read_it(sign_in, people):
    from vigie.exposure import actions, events, shipped
    from vigie.ledger.queries import head

    actions.import_sites(people["watch"], shipped.text("example-sites.csv").encode())
    actions.import_owners(people["watch"], shipped.text("example-owners.csv").encode())
    fair = {
        "en": "Hidden fair",
        "start": "2024-03-23",
        "areas": ["FR"],
        "known_on": "2024-03-01",
        "attendance": {"low": 2000, "high": 5000},
    }
    actions.add_event(people["watch"], events.of(fair))
    entry = f"/record/{head()[0] - 1}/"
    cases = [
        ("/places/owners/", "control.room@example.org", "watch", "cabinet"),
        (entry, "Hidden fair", "audit", "machine-room"),
        ("/", "Hidden fair", "watch", "machine-room"),
        ("/handover/", "Hidden fair", "watch", "machine-room"),
        ("/find/?q=example", "Example Central Station", "watch", "machine-room"),
    ]
    for path, words, shown_to, hidden_from in cases:
        assert words in sign_in(shown_to).get(path).content.decode(), path
        hidden = sign_in(hidden_from).get(path)
        assert hidden.status_code == 200, path
        assert words not in hidden.content.decode(), path


def test_a_body_that_does_not_fit_is_told_in_the_api_s_one_form_and_not_repeated(sign_in):
    client = sign_in("cabinet")
    secret = "words that must not come back"
    answer = client.post(
        "/api/levels/proposals", json.dumps({"scheme": 3, "reasons": secret}), content_type="application/json"
    )
    assert answer.status_code == 422
    assert set(answer.json()) == {"error"}
    assert "scheme" in answer.json()["error"]
    assert "zone" in answer.json()["error"]
    assert secret not in answer.json()["error"]
    broken = client.post("/api/levels/proposals", "{", content_type="application/json")
    assert (broken.status_code, set(broken.json())) == (400, {"error"})
    forged = sign_in("cabinet")
    forged.handler.enforce_csrf_checks = True
    refused = forged.post("/api/levels/proposals", "{}", content_type="application/json")
    assert (refused.status_code, set(refused.json())) == (403, {"error"})


# The table of points.

POINTS = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/.-]+\.py)(?:::(\w+))?`")
ASKED_FOR = {
    "2.3.1", "2.3.3", "2.3.5", "2.4.1", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.4.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "3.5.3",
    "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.3", "7.4.5", "7.5.1", "7.5.3", "8.2.1", "8.2.2", "8.2.3", "8.3.2", "8.4.1", "16.2.2",
    "16.3.1", "16.3.2", "16.4.1", "16.4.2", "16.5.1", "16.5.3",
}  # fmt: skip


def points():
    return POINTS.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))


def test_every_point_stands_once_in_the_table():
    listed = [number for number, _asks, _held in points()]
    assert len(listed) == len(set(listed))
    assert set(listed) >= ASKED_FOR


@pytest.mark.parametrize(("number", "held"), [(number, held) for number, _asks, held in points()])
def test_the_tests_a_point_names_exist(number, held):
    named = NAMED.findall(held)
    assert named
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert test, f"{number} names a file and no test of it"
        assert test in there, f"{file} has no {test}"
