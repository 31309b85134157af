import pytest
from django.template import Context, Template

import vigie.config.urls  # noqa: F401 - the rooms list their routes when their addresses are read

TEMPLATE = Template("{% load rights %}{% may_open view as open %}{{ open }}")


def answer(view: str, actor) -> str:
    return TEMPLATE.render(Context({"view": view, "actor": actor}))


@pytest.mark.parametrize(
    ("view", "office", "opens"),
    [
        ("alert:propose", "cabinet", "True"),
        ("alert:propose", "watch", "False"),
        ("console:receive", "watch", "True"),
        ("accounts:choose_office", "planning", "True"),
        ("nowhere:at_all", "both", "False"),
    ],
)
def test_a_link_is_shown_to_those_it_will_open_for(people, view, office, opens):
    assert answer(view, people[office]) == opens


def test_a_stranger_is_shown_public_links_alone(home):
    assert answer("public:index", None) == "True"
    assert answer("alert:levels", None) == "False"
