"""Rows written by statements of their own are those Django would have written, and are refused where Django's are."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connections, transaction
from django.db.transaction import TransactionManagementError

from vigie.accounts.models import Office
from vigie.exposure.models import Contact, Event, Owner
from vigie.ledger.projections import writing
from vigie.measures.models import Message
from vigie.reports.models import Claim, Report

pytestmark = pytest.mark.django_db(databases=["default", "record"])

NOON, LATER = datetime(2024, 3, 22, 12, tzinfo=UTC), datetime(2024, 3, 23, 8, 30, tzinfo=UTC)
REPORT = {"id": "report-1", "sha256": "ab", "received_at": NOON, "received_office": "watch"}
OWNER = {"id": "o-mall", "name": "Mall", "kind": "manager", "language": "en", "area": "GB", "entry": 4}
CONTACT = {"id": "contact-1", "seq": 1, "owner": "o-mall", "since": NOON}
EVENT = {
    "id": "e-1",
    "names": {"fr": "Fête « du » 14", "en": 'Fair "%s"'},
    "start": date(2024, 7, 14),
    "end": date(2024, 7, 15),
    "areas": ["FR-75", "FR-92"],
    "site": "",
    "hours": [600, 1439],
    "attendance_low": None,
    "attendance_high": 9_000_000,
    "organiser": "Town hall",
    "known_on": date(2024, 1, 2),
    "source": "a ? and a %",
    "great": True,
    "entry": 2**40,
}


def stored(model):
    """Give the rows of a table as the database holds them, nothing converted but JSON, which may be spaced in two ways."""
    with connections["record"].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')
        return [tuple(map(read_json, row)) for row in cursor.fetchall()]


def read_json(value):
    return json.loads(value) if isinstance(value, str) and value[:1] in {"[", "{"} else value


@pytest.mark.parametrize(
    ("model", "values"), [(Event, EVENT), (Report, REPORT), (Contact, CONTACT), (Office, {"id": "watch", "title": "W", "roles": []})]
)  # fmt: skip
def test_a_row_added_is_the_one_django_adds(model, values):
    model.objects.create(**values)
    wanted = stored(model)
    model.objects.all().delete()
    writing.add(model, **values)
    assert stored(model) == wanted


def test_a_row_changed_is_the_one_django_changes():
    new = {"names": {"en": "É"}, "withdrawn_at": LATER, "great": False, "start": date(2024, 7, 1)}
    Event.objects.create(**EVENT)
    Event.objects.update(**new)
    wanted = stored(Event)
    Event.objects.all().delete()
    writing.add(Event, **EVENT)
    assert writing.change(Event, "e-1", **new)
    assert stored(Event) == wanted


def test_a_change_says_when_there_is_no_such_row():
    assert not writing.change(Event, "e-2", great=True)


def test_a_row_that_is_put_stands_where_there_was_none():
    writing.put(Owner, **OWNER, since=writing.Once(NOON))
    row = Owner.objects.get()
    assert (row.since, row.sites, row.withdrawn_at) == (NOON, [], None)


def test_a_row_that_is_put_again_keeps_what_is_written_once_and_what_is_not_given():
    writing.put(Owner, **OWNER, since=writing.Once(NOON))
    writing.change(Owner, "o-mall", withdrawn_at=NOON, sites=["s-mall"])
    writing.put(Owner, **OWNER | {"name": "New mall", "withdrawn_at": None}, since=writing.Once(LATER))
    row = Owner.objects.get()
    assert (row.name, row.since, row.sites, row.withdrawn_at) == ("New mall", NOON, ["s-mall"], None)


def test_many_rows_are_put_by_one_statement():
    writing.put_each(Owner, [OWNER | {"since": NOON}, OWNER | {"id": "o-rail", "since": LATER}])
    writing.put_each(Owner, [OWNER | {"id": "o-rail", "name": "Railway", "since": LATER}])
    writing.put_each(Owner, [])
    assert dict(Owner.objects.values_list("id", "name")) == {"o-mall": "Mall", "o-rail": "Railway"}


def test_what_is_written_once_fills_an_empty_field_and_leaves_a_full_one():
    writing.add(Office, id="watch", title="Watch", roles=["duty"])
    writing.change(Office, "watch", closed_at=writing.Once(NOON))
    writing.change(Office, "watch", closed_at=writing.Once(LATER))
    assert Office.objects.get().closed_at == NOON


def test_a_number_is_added_to_the_one_that_stands():
    writing.add(Report, **REPORT, size=40)
    writing.change(Report, "report-1", size=writing.More(2))
    assert Report.objects.get().size == 42


def test_more_rows_than_one_statement_holds_are_added_and_changed():
    many = [{"id": f"office-{number}", "roles": [str(number)]} for number in range(3_001)]
    writing.add_each(Office, iter(many), title="Alike", closed_at=None)
    writing.change_each(Office, (row["id"] for row in many[1:]), closed_at=NOON)
    assert Office.objects.get(closed_at=None).id == "office-0"
    last = Office.objects.get(id="office-3000")
    assert (last.title, last.roles, last.closed_at) == ("Alike", ["3000"], NOON)


def test_rows_that_do_not_give_the_same_fields_are_refused():
    with pytest.raises(FieldError, match="give id beside id, title"):
        writing.add_each(Office, [{"id": "a", "title": "A"}, {"id": "b"}], roles=[])


def test_many_rows_are_added_and_changed_alike():
    offices = [{"id": f"office-{number}", "title": "", "roles": []} for number in range(3)]
    writing.add_each(Office, iter(offices))
    writing.change_each(Office, ["office-0", "office-2", "no-such"], closed_at=NOON)
    writing.change_each(Office, [], closed_at=None)
    assert list(Office.objects.filter(closed_at=NOON).values_list("id", flat=True)) == [
        "office-0",
        "office-2",
    ]


def test_a_row_is_dropped_alone():
    writing.add(Office, id="watch", title="Watch", roles=[])
    writing.add(Office, id="desk", title="Desk", roles=[])
    writing.drop(Office, "watch")
    writing.drop(Office, "watch")
    assert [row.id for row in Office.objects.all()] == ["desk"]


def test_a_foreign_key_goes_by_its_column():
    writing.add(Report, **REPORT)
    writing.add(Claim, id="claim-1", report_id="report-1", number=1, kind="attack", numbers=[], evidence="x", start=0, end=1)  # fmt: skip
    assert Claim.objects.get().report.id == "report-1"


@pytest.mark.parametrize(
    "write", [writing.add, writing.put, lambda model, **values: writing.change(model, "watch", **values)]
)
def test_a_field_the_table_does_not_have_is_refused(write):
    with pytest.raises(FieldError, match="nickname"):
        write(Office, id="watch", nickname="W")
    with pytest.raises(FieldError, match="report"):
        write(Claim, report="report-1")


def test_what_a_table_refuses_is_told_as_django_tells_it():
    writing.add(Report, **REPORT)
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        writing.add(Report, **REPORT)
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        writing.put(Report, **REPORT | {"id": "report-2"})  # of another key, and the same bytes
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        writing.add_each(Event, [EVENT | {"end": date(2024, 7, 1)}])
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        writing.change(Report, "report-1", received_at=None)
    assert Report.objects.get().received_at == NOON


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_row_outside_the_transaction_of_its_entry_is_refused():
    with pytest.raises(TransactionManagementError):
        writing.add(Report, **REPORT)
    with pytest.raises(TransactionManagementError):
        writing.change_each(Message, ["message-1"], tries=writing.More(1))
    assert not Report.objects.exists()
