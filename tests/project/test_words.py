"""Every word a reader meets: in the catalogue, in French, with the same fields; none that makes a faith a threat."""

import csv
import re
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.messages import PO, SRC, gather

TEMPLATES = sorted(path for path in SRC.rglob("*.html") if "templates" in path.parts)
# Names of formats, labels and of vigie itself are the same in every language.
SAME = {"SHA-256", "CSV", "JSON", "SVG", "TLP", "AMBER", "vigie"}

THREAT_BY_FAITH = re.compile(
    r"\b(?:islamist\w*|islamiste\w*|d?jihad\w*|muslims?|musulman\w*|radicali[sz]\w*|salafi\w*|fanati\w*"
    r"|(?:islamic|muslim|arab|jewish|christian|hindu|sikh|kurdish|chechen|tajik|african)s?"
    r" (?:threat|terror\w*|extremis\w*|suspects?|attackers?)"
    r"|(?:menace|terrorisme|terroriste|extrémisme)s? (?:islamique|arabe|juive?|chrétien\w*|kurde|tchétchène|tadjike?))\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def french():
    with PO.open("rb") as stream:
        return read_po(stream, locale="fr")


def test_every_sentence_stands_in_the_catalogue_and_in_french(french):
    known = {(_first(m.id), m.context): m for m in french if m.id}
    missing = []
    for sentence in gather():
        if sentence.id:
            found = known.get((_first(sentence.id), sentence.context))
            if found is None or not all(_forms(found.string)):
                missing.append(sentence.id)
    assert missing == [], "gather and translate them: python tools/messages.py"


def test_no_translation_is_a_guess(french):
    assert [m.id for m in french if m.id and m.fuzzy] == []


def test_a_translation_fills_the_places_of_its_sentence_and_no_other(french):
    differ = []
    for m in french:
        forms = _forms(m.string)
        if not m.id or not all(forms):
            continue
        wanted = _fields(_forms(m.id)[-1])
        differ += [(m.id, form) for form in forms[-1:] if _fields(form) != wanted]
        differ += [(m.id, form) for form in forms[:-1] if not _fields(form) <= wanted]
    assert differ == []


def test_french_signs_keep_their_space_unbroken(french):
    wrong = [
        form
        for m in french
        if m.id
        for form in _forms(m.string)
        if re.search(r"[^\S\u00a0\u202f][;?!»](?!\w)|« ", form)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_a_page_holds_no_word_outside_the_catalogue(path):
    assert [word for word in _bare(path.read_text(encoding="utf-8")) if word not in SAME] == []


def test_a_bare_word_is_found_in_text_and_in_what_is_read_aloud():
    page = '<p>{% translate "Kept" %} {{ name }} left</p><img alt="a map"><code>SHA</code>{# said #}'
    assert _bare(page) == ["left", "a", "map"]


def test_every_page_has_a_title_of_its_own():
    bare = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        if '{% extends "ui/base.html" %}' in text or '{% extends "ui/print.html" %}' in text:
            title = re.search(r"\{% block title %\}(.*?)\{% endblock", text, re.DOTALL)
            if title is None or not re.search(r"\{\{|\{%", title[1]):
                bare.append(path.name)
    assert bare == []


def test_no_label_page_or_demonstration_makes_a_faith_or_a_people_a_threat(french):
    told = [text for m in french if m.id for text in (*_forms(m.id), *_forms(m.string))]
    told += [path.read_text(encoding="utf-8") for path in TEMPLATES]
    kept = [
        *(SRC / "replays").rglob("*"),
        *(SRC / "exposure" / "data").glob("*.yaml"),
        *(SRC / "schemes").rglob("*.yaml"),
    ]
    # Addresses name pages as their publishers do.
    told += [
        re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
        for path in kept
        if path.is_file() and path.suffix != ".pyc"
    ]
    with (SRC / "history" / "data" / "level-history.csv").open(encoding="utf-8") as stream:
        told += [row["reason"] for row in csv.DictReader(line for line in stream if not line.startswith("#"))]
    assert [found[0] for text in told if (found := THREAT_BY_FAITH.search(text))] == []


@pytest.mark.parametrize(
    "words", ["the Islamist threat", "menace islamiste", "radicalised persons", "Muslim suspects"]
)
def test_the_list_of_such_words_finds_them(words):
    assert THREAT_BY_FAITH.search(words)


@pytest.mark.parametrize("words", ["Islamic State", "place of worship", "Aïd al-Fitr", "Yom Kippour"])
def test_groups_as_officials_name_them_feasts_and_places_are_allowed(words):
    assert not THREAT_BY_FAITH.search(words)


@pytest.fixture
def in_french(french, tmp_path, settings):
    """The catalogue as it stands now, compiled for this test alone."""
    from django.utils import translation
    from django.utils.translation import trans_real

    folder = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as stream:
        write_mo(stream, french)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    trans_real._translations = {}
    yield
    trans_real._translations = {}
    translation.deactivate()


PAGES = {
    "/levels/": ("Levels", "Niveaux"),
    "/reports/": ("Reports", "Rapports"),
    "/evidence/": ("Evidence", "Éléments"),
    "/levels/propose/": ("Propose a level", "Proposer un niveau"),
    "/warning/": ("What the public is told", "Ce qui est dit au public"),
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_the_language_the_browser_asks_for(address, in_french, sign_in):
    client = sign_in(
        "both"
        if address == "/levels/propose/"
        else "information"
        if address == "/warning/"
        else "assessment-desk"
    )
    english, french_words = PAGES[address]
    assert _heading(client.get(address, headers={"accept-language": "en"})) == english
    assert _heading(client.get(address, headers={"accept-language": "fr-FR,fr;q=0.9"})) == french_words


def test_the_switch_on_the_page_changes_its_language(in_french, sign_in):
    client = sign_in("assessment-desk")
    client.get("/levels/", headers={"accept-language": "en"})
    assert client.post("/i18n/setlang/", {"language": "fr", "next": "/levels/"}).status_code == 302
    page = client.get("/levels/", headers={"accept-language": "en"})
    assert _heading(page) == "Niveaux"
    assert '<html lang="fr"' in page.content.decode()


def test_a_refusal_is_said_in_french_with_its_state(in_french):
    from django.utils import translation
    from django.utils.translation import gettext

    from vigie.alert.moves import DECISION, WrongMove, check

    with pytest.raises(WrongMove) as refusal:
        check(DECISION, "expired", "in force", "decision-1")
    with translation.override("fr"):
        said = refusal.value.said(gettext)
    assert "'expiré'" in said
    assert "'en vigueur'" in said


def _first(words):
    return words[0] if isinstance(words, tuple) else words


def _forms(words):
    return words if isinstance(words, tuple) else (words,)


def _fields(sentence):
    named = re.findall(r"%\((\w+)\)[sd]", sentence)
    if named or "{" not in sentence:
        return {*named, *re.findall(r"%%", sentence)}
    return {
        f"{{{name}!{how or ''}:{form}}}"
        for _, name, form, how in Formatter().parse(sentence)
        if name is not None
    }


def _bare(page):
    page = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", page, flags=re.DOTALL)
    page = re.sub(r"\{% blocktranslate\b.*?%\}.*?\{% endblocktranslate %\}", "", page, flags=re.DOTALL)
    page = re.sub(r"<(script|style|svg|pre|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|&\w+;", "", page, flags=re.DOTALL)
    aloud = re.findall(r'\b(?:title|alt|aria-label|placeholder|data-label)="([^"]*)"', page)
    shown = re.sub(r"<[^>]*>", " ", page)
    return [word for text in (shown, *aloud) for word in re.findall(r"[^\W\d_][\w-]*", text)]


def _heading(response):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""
