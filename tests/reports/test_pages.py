"""Pages become lines whose every character knows its place in the source."""

import pytest
from hypothesis import given, strategies as st

from vigie.reports.chrome import classify
from vigie.reports.pages import page_lines
from vigie.reports.reader import read

FLAT = """<html><head><title>Threat level raised in Belgium | The Courier</title></head><body>
<div><a href=/>Home</a> | <a href=/w>World</a></div>
<div>Threat level raised in Belgium</div>
<div>Threat level raised in Belgium</div>
<div>Belgium raised its terror threat level to 4 on Monday, the government said, after an attack in the capital.</div>
<div>Police were deployed in stations &amp; schools across the country, a spokesman for the ministry added.</div>
<div>You may also like</div><div><a href=/x>Late goal decides the derby</a></div><div>Immediate Access Pro</div>
<div>Share this article</div></body></html>"""
SEMANTIC = """<html><body><nav><ul><li>Home<li>World</ul></nav><main><article><h1>Threat level raised</h1>
<p>Belgium raised its terror threat level to 4 on Monday, the government said after the attack.</p>
<aside>Our newsletter reaches 40,000 readers every single morning of the week.</aside>
<p>Police were deployed in stations and schools across the whole of the country.</p></article></main>
<footer>All rights reserved.</footer></body></html>"""


def roles(source):
    page = page_lines(source)
    classify(page)
    return {line.text: line.role for line in page.lines}


def test_a_flat_page_keeps_its_body_and_sets_its_chrome_aside():
    found = roles(FLAT)
    body = [text for text, role in found.items() if role == "body"]
    assert len(body) == 2
    assert all(text.startswith(("Belgium raised", "Police were")) for text in body)
    assert found["You may also like"] == found["Immediate Access Pro"] == "boilerplate"


def test_the_second_headline_is_boilerplate_and_the_first_is_the_title():
    reading = read(FLAT.encode(), name="p.html")
    assert reading.title == "Threat level raised in Belgium"
    assert reading.boilerplate.count("Threat level raised in Belgium") == 1


def test_a_semantic_page_is_read_from_its_article_without_its_asides():
    found = roles(SEMANTIC)
    assert sum(role == "body" for role in found.values()) == 2
    assert found["Our newsletter reaches 40,000 readers every single morning of the week."] == "boilerplate"


def test_offsets_of_claims_count_characters_of_the_source_received():
    source = FLAT.replace("Police", "P&#111;lice")
    reading = read(source.encode(), name="p.html")
    for claim in reading.claims:
        raw = source[claim.start : claim.end]
        assert raw.replace("&amp;", "&").replace("&#111;", "o") == claim.evidence
    assert "deployment" in {claim.kind for claim in reading.claims}


def test_hidden_words_and_scripts_are_not_read():
    page = FLAT.replace(
        "</body>",
        "<p hidden>France raised its level.</p><p style='display: none'>Spain raised it.</p><script>Italy</script></body>",
    )
    text = " ".join(roles(page))
    assert not any(word in text for word in ("France", "Spain", "Italy"))


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 20000,
        "<div>" * 20000 + "words",
        "<!--" * 5000,
        "<a href='" * 5000,
        "&#" * 20000,
        "<p " + "x=" * 20000,
        "<script>" * 5000,
    ],
)
def test_hostile_markup_costs_no_more_than_its_length(hostile):
    assert page_lines(hostile).lines is not None


@given(st.text(alphabet="<>/pdiv&;#x2 \n\"'=!-aé", max_size=200))
def test_every_line_of_any_markup_lies_within_its_source(source):
    page = page_lines(source)
    for line in page.lines:
        start, end = page.clean.raw_span(line.start, line.end)
        assert 0 <= start < end <= len(source)


def test_a_name_in_a_tag_or_a_title_is_not_kept():
    page = FLAT.replace(
        "<div>Police", "<div>Teacher Ren&eacute; Vantongeren, 51, was killed.</div><div>Police"
    ).replace("<head>", '<head><meta name="author" content="Ren&eacute; Vantongeren">')
    kept = repr(read(page.encode(), name="p.html"))
    assert "Vantongeren" not in kept
