"""Every route answers a stranger with a sign-in or a refusal, public pages apart."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from vigie.accounts.rights import ROLES, holds
from vigie.accounts.urls import PUBLIC, RIGHTS, SIGNED_IN, SIGNED_LINK

EXAMPLE = {
    "int": "1",
    "slug": "decision-1",
    "str": "x",
    "path": "x",
    "uuid": "12345678-1234-1234-1234-123456789012",
}
OPEN = {
    "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "set_language", "account_inactive",
}  # fmt: skip


def routes(resolver=None, prefix="", namespace=""):
    """Every pattern with an example address and its view name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, prefix + example(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + example(entry.pattern), f"{namespace}{entry.name}"


def example(pattern):
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for form in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(form, EXAMPLE.get(kind, "x"))
    return text.removeprefix("^").removesuffix("$").removesuffix("\\Z")


ALL = [(f"/{address}", name) for address, name in routes()]


@pytest.mark.django_db(databases=["default", "record"])
@pytest.mark.parametrize(("address", "name"), ALL, ids=[f"{n} {a}" for a, n in ALL])
def test_a_stranger_is_sent_to_sign_in_or_refused(address, name, home):
    right = RIGHTS.get(name)
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address)
        if right in (PUBLIC, SIGNED_LINK) or name in OPEN:
            assert answer.status_code < 500
            continue
        assert answer.status_code in {302, 401, 403, 404, 405}, (method, address, answer.status_code)
        if answer.status_code == 302:
            assert "/accounts/login/" in answer["Location"]


def test_every_route_of_every_room_names_its_right():
    listed = {name for _, name in ALL}
    assert set(RIGHTS) <= listed
    rooms = {
        "accounts",
        "exposure",
        "reports",
        "assessment",
        "alert",
        "measures",
        "patrols",
        "warning",
        "partners",
        "history",
        "console",
        "public",
    }
    assert {name for name in listed if name.split(":")[0] in rooms} == set(RIGHTS)


def test_every_right_a_route_asks_for_belongs_to_some_role():
    asked = set(RIGHTS.values()) - {PUBLIC, SIGNED_LINK, SIGNED_IN}
    assert [right for right in sorted(asked) if not any(holds([role], right) for role in ROLES)] == []


def test_every_operation_of_the_api_names_its_right():
    from vigie.accounts.api import Right
    from vigie.api import api

    bare = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                rights = [a for a in operation.auth_callbacks if isinstance(a, Right)]
                if not rights:
                    bare.append(f"{operation.methods} {prefix}{path}")
    assert bare == []


def test_the_administrator_approves_nothing_and_reads_nothing_restricted():
    forbidden = [
        "alert.level.propose", "alert.level.approve", "alert.level.receive", "warning.message.approve", "partners.release.approve",
        "patrols.plan.read", "patrols.read", "partners.read", "reports.read", "measures.switch",
    ]  # fmt: skip
    assert [right for right in forbidden if holds(["administrator"], right)] == []


def test_no_single_role_both_proposes_and_approves():
    for role in ROLES:
        assert not (holds([role], "alert.level.propose") and holds([role], "alert.level.approve")), role
        assert not (
            holds([role], "partners.release.propose") and holds([role], "partners.release.approve")
        ), role
