"""Checking a scheme file: each fault with its line, the rule and the repair."""

import contextlib
import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given, strategies as st

from vigie.schemes.check import check, check_text
from vigie.schemes.fits import misfits, schema
from vigie.schemes.reader import all_ids, read_file
from vigie.schemes.text import BadScheme, compose, parse

BLANK = (files("vigie.schemes") / "blank.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


@pytest.mark.parametrize("scheme_id", all_ids())
def test_every_shipped_scheme_is_free_of_faults(scheme_id):
    assert (
        check_text((files("vigie.schemes") / "data" / f"{scheme_id}.yaml").read_text(encoding="utf-8")) == []
    )


def test_the_blank_scheme_can_be_used_as_it_stands():
    assert check_text(BLANK) == []


FAULTS = [
    (
        "confidence: medium",
        "confidence: low",
        "confidence: low",
        "word",
        "Choose one of: high, medium",
    ),
    ("criteria:", "criterai:", "criterai", "key", "Did you mean criteria"),
    ("country: XX", "country: Xland", "country: Xland", "form", "ISO 3166-1"),
    ("rank: 2\n", "rank: 3\n", "levels:", "rank", "without a gap"),
    ("  rank: 2", "  rank: 1", "code: HIGH", "rank", "part them"),
    ("  rank: 2", "  rank: two", "rank: two", "form", "whole number"),
    ("code: HIGH", "code: LOW", "- code: LOW", "code", "its own code"),
    ("rule: single ", "rule: null ", "id: ", "rule", "Add rule"),
    ("parts: false", "parts: true", "rule: single", "rule", "parts: false"),
    ("parts: false", "parts: perhaps", "parts: perhaps", "form", "true or false"),
    ('in_force_from: "2020"', "in_force_from: 2020-13", "2020-13", "date", "month and day"),
    (
        'in_force_from: "2020"',
        "in_force_from: 2020\nin_force_to: 2019-12",
        "in_force_to",
        "date",
        "two dates",
    ),
    (
        "sources:\n- https://example.org/the-page-that-says-so",
        "sources: []",
        "sources: []",
        "form",
        "at least one page",
    ),
    ("kind: threat-level", "kind: none", "levels:", "levels", "choose another kind"),
    ("review:", "predecessor: xx-example-2020\nreview:", "predecessor", "predecessor", "edition before"),
    (
        "review:",
        "suggests: {gb-national-2019: {LOW: NORMAL}}\nreview:",
        "suggests",
        "suggests",
        "List each once",
    ),
    ("zones:", "zones:\n  tree: {YY-A: [XX-1]}", "tree:", "zones", "parts: true"),
    ("authority: Who", "authority: [a]\nx: Who", "authority", "form", "a text"),
    ("rule: single", "rule: single\nrule: single", "rule: single", "key", "Keep one"),
]


@pytest.mark.parametrize(
    ("old", "new", "where", "rule", "repair"),
    FAULTS,
    ids=[f"{rule}: {new[:30]}" for _, new, _, rule, _ in FAULTS],
)
def test_a_fault_is_named_with_its_rule_its_line_and_its_repair(old, new, where, rule, repair):
    text = BLANK.replace(old, new)
    assert text != BLANK
    found = [fault for fault in check_text(text) if fault.rule == rule]
    assert found, check_text(text)
    named = [fault for fault in found if repair in str(fault)]
    assert named, found
    near = line_of(text, where)
    assert any(near <= fault.line <= near + 8 for fault in named), (near, named)


def test_all_faults_are_named_at_once_in_the_order_of_lines():
    text = (
        BLANK.replace("country: XX", "country: x")
        .replace("kind: threat-level", "kind: scale")
        .replace("within: [XX]", "within: [x]")
    )
    faults = check_text(text)
    assert len(faults) == 3
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_scheme_that_passes_the_check_is_read(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(BLANK, encoding="utf-8")
    assert check(file) == []
    assert read_file(file).id == "xx-example-2020"


def test_the_schema_is_itself_sound():
    jsonschema.Draft202012Validator.check_schema(schema())


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from([line for line in BLANK.splitlines() if line and not line.lstrip().startswith("#")]),
        st.sampled_from(
            [
                "",
                "x: 1",
                "  y: [1, 2]",
                "kind: none",
                "country: null",
                "names: {}",
                "sources: []",
                "rule: 3",
                "marks: [a, b]",
            ]
        ),
    ),
    max_size=4,
)


@given(MUTATIONS)
def test_the_check_finds_fault_with_the_form_exactly_when_a_full_validator_does(mutations):
    text = BLANK
    for old, new in mutations:
        text = text.replace(old, new, 1)
    try:
        tree = compose(text, "mutated")
    except BadScheme:
        return
    doubled = [fault for fault in misfits(tree) if "stands twice" in fault.what]
    if doubled:
        return  # plain data cannot hold a key twice: only the check sees it
    data = parse(text, "mutated")
    for level in data.get("levels") or [] if isinstance(data.get("levels"), list) else []:
        if isinstance(level, dict) and str(level.get("rank", "")).isdigit():
            level["rank"] = int(level["rank"])
    valid = jsonschema.Draft202012Validator(schema()).is_valid(json.loads(json.dumps(data)))
    assert (not list(misfits(tree))) == valid


@given(st.text(max_size=400))
def test_no_text_makes_the_check_fall_over(text):
    with contextlib.suppress(BadScheme):  # any other exception fails the test
        assert check_text(text) != []
