import re

import pytest

from vigie.console.middleware import ROOMS
from vigie.console.templatetags.console import WORDS, entry_words


def links(html: str) -> dict[str, str]:
    rooms = html.split('<nav class="rooms"')[1].split("</nav>")[0]
    return dict(re.findall(r'<a href="([^"]*)"[^>]*>([^<]*?)</a>', rooms))


def test_each_office_is_shown_the_rooms_it_may_enter_and_no_other(sign_in):
    duty = links(sign_in("watch").get("/").content.decode())
    assert {
        "/": "Situation",
        "/levels/": "Levels",
        "/measures/": "Measures",
        "/record/": "Record",
    }.items() <= duty.items()
    planning = links(sign_in("planning").get("/").content.decode())
    assert "/record/" not in planning
    assert "/patrols/" in planning


@pytest.mark.parametrize(
    "office", ["watch", "cabinet", "audit", "planning", "liaison", "information", "machine-room"]
)
def test_every_room_shown_opens(sign_in, office):
    client = sign_in(office)
    for address in links(client.get("/").content.decode()):
        assert client.get(address).status_code == 200, address


def test_the_room_one_is_in_is_marked_and_only_it(sign_in):
    client = sign_in("watch")
    for address in ("/", "/levels/", "/record/0/"):
        html = client.get(address).content.decode()
        rooms = html.split('<nav class="rooms"')[1].split("</nav>")[0]
        assert rooms.count("aria-current") == 1, address
    assert re.search(r'href="/record/" aria-current="page"', html)


def test_a_stranger_sees_no_rooms(client, home):
    assert 'class="rooms"' not in client.get("/accounts/login/").content.decode()


def test_every_room_of_the_navigation_has_its_page():
    from vigie.accounts.routes import ROUTES

    assert {name for name, _ in ROOMS} <= set(ROUTES)


def test_every_kind_of_entry_is_said_in_words(home):
    from vigie.ledger.kinds import KINDS

    assert {kind.name for kind in KINDS.values() if not kind.name.startswith("test")} <= set(WORDS)


def test_a_run_is_said_with_its_number():
    assert entry_words("measures.message.delivered/1", 164) == "Message delivered, 164 times"
    assert entry_words("measures.message.delivered", 1) == "Message delivered"


def test_a_kind_without_words_is_said_by_its_name():
    assert entry_words("elsewhere.thing.done/3") == "elsewhere.thing.done"
