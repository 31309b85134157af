"""The owners' stylesheet is cut from the one of every page, and never written by hand."""

from tools.owner_style import UI, lean


def test_the_owners_stylesheet_is_what_the_tool_makes_of_the_whole_one():
    whole = (UI / "vigie.css").read_text(encoding="utf-8")
    made = (UI / "owner.css").read_text(encoding="utf-8")
    assert made == lean(whole), "run: python tools/owner_style.py"


def test_a_rule_stays_where_one_of_its_selectors_touches_a_page_of_an_owner():
    assert lean(".note > p, .badge { color: red; }") == ".note>p{color:red}"
    assert lean(".badge, td { color: red; }") == ""
    assert lean("input:not([type=radio], [type=file]), td { color: red; }") == (
        "input:not([type=radio],[type=file]){color:red}"
    )


def test_layers_keep_their_order_and_empty_ones_go():
    style = "@layer a, b; @layer a { .badge { color: red; } } @layer b { /* why */ p { margin: 0 auto; } }"
    assert lean(style) == "@layer a,b;@layer b{p{margin:0 auto}}"
