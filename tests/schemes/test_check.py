"""Checking a scheme file: each fault with its line, the rule and the repair."""

import contextlib
import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given, strategies as st

from vigie.schemes.check import MOST_FAULTS, check, check_text
from vigie.schemes.fits import schema, walk
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
    doubled = [fault for fault, _ in walk(tree) if "stands twice" in fault.what]
    if doubled:
        return  # plain data cannot hold a key twice: only the check sees it
    data = parse(text, "mutated")
    for level in data.get("levels") or [] if isinstance(data.get("levels"), list) else []:
        if isinstance(level, dict) and str(level.get("rank", "")).isdigit():
            level["rank"] = int(level["rank"])
    valid = jsonschema.Draft202012Validator(schema()).is_valid(json.loads(json.dumps(data)))
    assert (not list(walk(tree))) == valid


def test_faults_of_form_and_of_sense_are_named_in_one_go():
    text = (
        BLANK.replace("  rank: 2", "  rank: 5")
        .replace("confidence: medium", "confidence: perhaps\ncolour: red")
        .replace('in_force_from: "2020"', 'in_force_from: "2020-13"')
        .replace("clock: UTC", "clock: Europe/Nowhere")
    )
    assert [fault.rule for fault in check_text(text)] == [
        "clock",
        "rank",
        "date",
        "word",
        "key",
    ]


def test_what_cannot_be_read_is_not_said_to_be_missing():
    for old, new in (
        ("rank: 2", "rank: two"),
        ("rule: single ", "rule: [single] "),
        ("within: [XX]", "within: [xx]"),
        ("kind: threat-level", "kind: scale"),
        ("parts: false", "parts: perhaps"),
    ):
        faults = check_text(BLANK.replace(old, new))
        assert [fault.rule for fault in faults] in (["form"], ["word"], ["form", "word"]), faults


PIECES = st.sampled_from(
    ["[]", "{}", "null", "x", "[x, [y]]", "{a: b}", "3", "true", '""', "[null]", "? [a]\n: b"]
)


@given(st.lists(st.tuples(st.sampled_from(sorted(schema()["properties"])), PIECES), min_size=1, max_size=8))
def test_whatever_stands_under_a_key_the_check_goes_on(pairs):
    text = BLANK + "".join(f"\n{key}: {piece}" if "\n" not in piece else f"\n{piece}" for key, piece in pairs)
    check_text(text)


@given(
    st.sampled_from(
        ["code", "rank", "gloss_en", "name", "meaning", "since", "added", "earlier", "colour", "number"]
    ),
    PIECES.filter(lambda piece: "\n" not in piece),
)
def test_whatever_stands_in_a_level_the_check_goes_on(key, piece):
    check_text(BLANK.replace("- code: HIGH\n", f"- code: HIGH\n  {key}: {piece}\n"))


EARLIER = (
    "  gloss_en: High\n  since: 2020\n  earlier: [{seen: SEEN, SAYS sources: ['https://example.org/']}]\n"
)


@pytest.mark.parametrize(
    ("seen", "says", "rule"),
    [
        ("2019", "name: {xx: Grave},", None),
        ("2019", "", "wording"),
        ("2020", "name: {xx: Grave},", "wording"),
        ("2019-02-30", "name: {xx: Grave},", "date"),
        ("long ago", "name: {xx: Grave},", "form"),
    ],
)
def test_earlier_words_have_a_date_before_todays_and_say_something(seen, says, rule):
    text = BLANK.replace("  gloss_en: High\n", EARLIER.replace("SEEN", seen).replace("SAYS", says))
    assert [fault.rule for fault in check_text(text)] == ([rule] if rule else [])


def test_a_file_of_nothing_but_faults_is_answered_with_the_first_thousand():
    text = BLANK + "\n".join(f"odd{number}: x" for number in range(20_000))
    assert len(check_text(text)) == MOST_FAULTS


@given(st.text(max_size=400))
def test_no_text_makes_the_check_fall_over(text):
    with contextlib.suppress(BadScheme):  # any other exception fails the test
        assert check_text(text) != []
