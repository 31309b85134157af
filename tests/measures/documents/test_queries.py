"""Directives, owners' pages and lists, from the rows to the file: the same words in every form, in both languages."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.measures.documents.conftest import plain
from vigie import times
from vigie.errors import NotFound
from vigie.ledger.queries import head
from vigie.measures import actions, queries
from vigie.measures.documents import queries as documents
from vigie.measures.documents.paper import Items, Square, TearOff, texts
from vigie.measures.documents.queries.directive import SeveralHere, UnknownSector
from vigie.measures.documents.queries.files import UnknownForm
from vigie.measures.models import Message, Posture, Task
from vigie.measures.notice import text as letter


def words_of(html):
    main = re.sub(r"(?s).*<main[^>]*>(.*)</main>.*", r"\1", html)
    return unescape(re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("sector", ["", "premises"])
def test_pdf_word_and_html_say_the_same_words(raised, in_pdf, language, sector):
    paper = documents.directive(Posture.objects.get(), language=language, sector=sector)
    files = {form: documents.drawn(paper, form, name="x").data for form in documents.FORMS}
    body = docx.Document(BytesIO(files["docx"]))
    cells = [cell.text for table in body.tables for row in table.rows for cell in row.cells]
    said = {
        "pdf": plain(" ".join(in_pdf(files["pdf"]))),
        "docx": plain(" ".join([p.text for p in body.paragraphs] + cells)),
        "html": plain(words_of(files["html"].decode())),
    }
    words = [text for text in texts(paper) if text != paper.marking]
    assert len(words) > 20
    for form, found in said.items():
        assert not [text for text in words if plain(text) not in found], form
    assert plain(said["html"]) == plain("".join(words)), "the page says these words and no other"
    assert all(paper.digest in data for data in (said["pdf"], files["html"].decode()))


def test_the_page_in_the_console_says_what_the_files_say(raised, sign_in):
    row = Posture.objects.get()
    html = sign_in("audit").get(f"/measures/postures/{row.id}/").content.decode()
    shown = plain(words_of(html))
    paper = documents.directive(row, language="en")
    assert not [text for text in texts(paper) if plain(text) not in shown]
    assert paper.digest in html


def test_a_directive_names_who_is_asked_and_says_what_is_not_known(raised):
    said = " ".join(texts(documents.directive(Posture.objects.get(), language="en")))
    for word in (
        "whoever runs the place",
        "not sourced",
        "not known",
        "review by",
        "Instruction of 12 April 2017",
    ):
        assert word in said
    assert Posture.objects.get().catalogue_digest in said


def test_a_sectors_directive_holds_its_measures_alone(raised):
    row = Posture.objects.get()
    catalogue = queries.catalogue(row.scheme)
    paper = documents.directive(row, language="en", sector="premises")
    named = {line[0][0] for block in paper.blocks if block.kind == "table" for line in block.rows}
    assert named
    assert {catalogue.by_id[name].domain for name in named} == {"premises"}
    assert "Premises and buildings" in paper.about
    with pytest.raises(UnknownSector, match=r"Its sectors are: .*premises"):
        documents.directive(row, language="en", sector="../../etc")


def test_neither_an_answer_nor_the_hour_changes_a_directive(raised):
    row = Posture.objects.get()
    before = documents.drawn(documents.directive(row, language="en"), "pdf", name="x")
    Task.objects.filter(owner="o-mall").update(state="done")
    with times.held(times.now() + timedelta(days=3)):
        after = documents.drawn(documents.directive(Posture.objects.get(), language="en"), "pdf", name="x")
    assert after == before


def test_the_next_posture_is_another_version_and_the_old_one_says_it_has_ended(raised, owners, level):
    old = Posture.objects.get().id
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], level("SRRA"))
        new = documents.directive(Posture.objects.get(ended_at=None), language="en")
        ended = documents.directive(queries.posture(old), language="en")
    assert new.version.startswith("Version 2 (posture-")
    assert "entry" in new.version
    assert ended.version.startswith("Version 1 ")
    assert "A newer posture takes the place of this one" in " ".join(texts(ended))


def test_marking_is_the_strictest_of_what_is_said_as_it_was_told(raised):
    row = Posture.objects.get()
    assert documents.directive(row, language="en").marking == "TLP:GREEN"
    row.markings["BAT 22-01"] = "TLP:AMBER"
    assert documents.directive(row, language="en").marking == "TLP:AMBER"
    assert documents.directive(row, language="en", sector="premises").marking == "TLP:AMBER"
    assert documents.directive(row, language="en", sector="food").marking == "TLP:GREEN"
    assert "TLP:GREEN" in set(texts(documents.directive(row, language="en"))), "what may go farther says so"


def test_without_its_catalogue_a_posture_of_old_travels_no_farther_than_the_organisation(raised, monkeypatch):
    row = Posture.objects.get()
    row.markings = {}
    monkeypatch.setattr(queries, "catalogue", lambda _scheme: None)
    paper = documents.directive(row, language="en")
    assert paper.marking == "TLP:AMBER+STRICT"
    assert "not in the present catalogue" in " ".join(texts(paper))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_owners_paper_says_the_words_of_the_mail(raised, in_pdf, language):
    message = Message.objects.select_related("posture").get(owner="o-mall")
    told = queries.notice(settings.VIGIE_HOME, message, queries.owner("o-mall"))
    link = queries.link_for("o-mall", message.posture_id)
    said = plain(
        " ".join(
            in_pdf(documents.drawn(documents.own_page("o-mall", language=language), "pdf", name="x").data)
        )
    )
    for line in letter(told, language, link).splitlines():
        assert (
            plain(
                line.removeprefix("- ").replace(": ", " ", 1)
                if line.startswith("- ")
                else line.replace("NOUVEAU", "Nouveau").replace("NEW", "New")
            )
            in said
        ), line


def test_the_paper_bears_link_square_code_and_a_part_to_give_back(raised):
    message = Message.objects.get(owner="o-mall")
    paper = documents.own_page("o-mall")
    assert paper.language == "fr", "the owner's own"
    link = queries.link_for("o-mall", message.posture_id)
    (square,) = [block for block in paper.blocks if isinstance(block, Square)]
    assert any(link in line for line in square.lines)
    (part,) = [block for block in paper.blocks if isinstance(block, TearOff)]
    assert ("Code", queries.code_for(message.id)) in part.about
    asked = {line["measure"] for line in message.lines if line["kind"] != "unchanged"}
    assert {row for group in part.groups for row in group.rows} == {"Toutes", *asked}


def test_each_link_is_a_square_of_its_own():
    from vigie.measures.documents.square import square

    drawn = square("https://vigie.example.org/measures/yours/o-mall~posture-40~x/")
    assert drawn.startswith("<svg")
    assert drawn.count("h1v1h-1z") > 400
    assert square("https://a.example/") != square("https://b.example/")


def test_what_ends_is_answered_by_stopped_alone(raised, owners, level):
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], level("VIG"))
        paper = documents.own_page("o-mall", language="en")
    (part,) = [block for block in paper.blocks if isinstance(block, TearOff)]
    assert [group.words for group in part.groups] == [("Stopped",)]
    assert any(isinstance(block, Items) and block.name == "ended" for block in paper.blocks)


def test_once_closed_the_paper_asks_nothing(raised, owners, level, link):
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], level("VIG"))
        actions.answer(link("o-mall"), "stopped")
        paper = documents.own_page("o-mall", language="en")
    assert "This page is closed: nothing is asked of you any more." in set(texts(paper))
    assert not [block for block in paper.blocks if isinstance(block, (Square, TearOff))]


def test_a_hostile_name_is_plain_text_in_the_file_and_one_that_turns_lines_never_comes_in(
    home, people, level, in_pdf
):
    from vigie.exposure.actions import import_owners
    from vigie.exposure.tables import FaultyRows

    name = 'Gare #read("/etc/passwd") <b> &amp; '
    table = (
        f'id,name,kind,mail,area\no-x,"{name.replace(chr(34), chr(34) * 2)}",town-hall,x@example.org,FR-75\n'
    )
    with pytest.raises(FaultyRows, match="unseen control signs"):
        import_owners(people["watch"], table.replace("Gare", "\u202eGare").encode())
    import_owners(people["watch"], table.encode())
    actions.switch(people["prime-minister"], level("UA"))
    said = plain(" ".join(in_pdf(documents.drawn(documents.own_page("o-x"), "pdf", name="x").data)))
    assert plain('#read("/etc/passwd")') in said
    assert "root:x:0" not in said


def test_an_exercise_says_so_first_on_each_page(raised, settings, in_pdf):
    from dataclasses import replace

    settings.VIGIE_HOME = replace(settings.VIGIE_HOME, exercise=True, frame="EXERCICE")
    for paper in (documents.own_page("o-mall"), documents.directive(Posture.objects.get(), language="fr")):
        for page in in_pdf(documents.drawn(paper, "pdf", name="x").data):
            assert "EXERCICE" in page.splitlines()[0]


def test_reading_writes_nothing_on_the_record(raised, link):
    size = head()[0]
    documents.own_page("o-mall")
    documents.page_of_link(queries.open_link(link("o-mall")))
    documents.directive(Posture.objects.get(), language="en")
    assert head()[0] == size
    assert set(Task.objects.filter(owner="o-mall").values_list("state", flat=True)) == {"sent"}


def test_nobody_has_a_page_to_whom_nothing_was_written(raised):
    with pytest.raises(NotFound, match="Nothing was written to nobody"):
        documents.own_page("nobody")
    with pytest.raises(NotFound):
        documents.own_page("o-mall", posture="posture-1")


def test_a_form_that_is_none_is_refused(raised):
    with pytest.raises(UnknownForm, match="pdf, docx, html"):
        documents.drawn(documents.directive(Posture.objects.get(), language="en"), "exe", name="x")


def test_a_zone_names_its_posture_unless_there_are_two(raised):
    row = Posture.objects.get()
    assert documents.posture_of("FR").id == documents.posture_of(row.id).id == row.id
    with pytest.raises(NotFound):
        documents.posture_of("BE")
    other = Posture.objects.get()
    other.id, other.scheme = "posture-999", "another"
    other.save(force_insert=True)
    with pytest.raises(SeveralHere, match="posture-999"):
        documents.posture_of("FR")


def test_the_call_sheet_and_the_matrix_hold_every_owner(raised, in_pdf):
    sheet = documents.call_sheet("not-answered", "sans réponse", language="fr")
    matrix = documents.matrix(None, "", language="en")
    for paper in (sheet, matrix):
        said = plain(" ".join(in_pdf(documents.drawn(paper, "pdf", name="x").data)))
        for name in ("Galerie Nord PC sécurité", "Museum duty desk", "Mairie"):
            assert plain(name) in said
    assert sheet.marking == "TLP:AMBER+STRICT"
    assert matrix.wide


def test_a_matrix_of_three_hundred_owners_and_a_list_with_nobody_are_drawn(home, people, level):
    from vigie.exposure.actions import import_owners

    rows = "\n".join(
        f"o-{n},Mairie de la commune numéro {n},town-hall,m{n}@example.org,FR-75" for n in range(320)
    )
    import_owners(people["watch"], f"id,name,kind,mail,area\n{rows}\n".encode())
    empty = documents.call_sheet("late", "late", language="en")
    assert "Nobody needs a call." in set(texts(empty))
    assert "No task is here." in set(texts(documents.matrix(None, "", language="en")))
    actions.switch(people["prime-minister"], level("UA"))
    paper = documents.matrix(None, "", language="fr")
    table = next(block for block in paper.blocks if block.kind == "table")
    assert len(table.rows) == 320
    pages = PdfReader(BytesIO(documents.drawn(paper, "pdf", name="x").data)).pages
    assert len(pages) < 20
