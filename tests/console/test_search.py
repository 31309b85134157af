import pytest

from .test_situation import in_force, proposed, words  # noqa: F401


def test_a_level_is_found_by_its_words_its_zone_and_its_number(sign_in, in_force):  # noqa: F811
    client = sign_in("watch")
    for wanted in ("urgence", "FR", in_force):
        assert f"/levels/{in_force}/" in client.get("/find/", {"q": wanted}).content.decode()


def test_an_entry_is_found_by_its_number(sign_in, people):
    assert 'href="/record/3/"' in sign_in("watch").get("/find/", {"q": "entry 3"}).content.decode()


def test_nothing_found_says_what_was_looked_through(sign_in, people):
    said = words(sign_in("watch").get("/find/", {"q": "zzzz"}))
    assert "Nothing was found for «zzzz»." in said
    assert "Levels" in said.split("Looked through:")[1]


def test_what_an_office_may_not_read_is_not_looked_through(sign_in, people):
    said = words(sign_in("planning").get("/find/", {"q": "zzzz"}))
    assert "Assessments" not in said.split("Looked through:")[1]


@pytest.mark.parametrize(
    "wanted", ["", " ", "a", "%", "<script>alert(1)</script>", "x" * 5000, "'; drop table", "\x00ab"]
)
def test_odd_questions_are_answered_and_never_run(sign_in, people, wanted):
    answer = sign_in("watch").get("/find/", {"q": wanted})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


REPORT = """Attack alert raised after a school attack

PARIS, Oct 14 (Example Wire) - France raised its alert to the highest level on Friday after the killing of a
teacher, Ilse Vantongeren, at a school in the north, the Prime Minister said.
"""


def test_a_report_is_found_by_its_words_and_never_by_the_name_of_a_private_person(sign_in, people):
    from vigie.reports import actions as reports

    kept = reports.add(people["analysis"], REPORT.encode(), name="wire.txt")
    client = sign_in("analysis")
    assert f"/reports/{kept}/" in client.get("/find/", {"q": "school in the north"}).content.decode()
    for name in ("Vantongeren", "Ilse"):
        assert "Nothing was found" in words(client.get("/find/", {"q": name}))
