import random

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree

from tests.warning.messages import SOUND, broken, message
from vigie.warning.cap_check import check, check_set
from vigie.warning.cap_xml import to_bytes

NS = "urn:oasis:names:tc:emergency:cap:1.2"
AREA_START = SOUND.index("    <area>")
NO_REFERENCE = SOUND.replace(
    "  <references>demo@example.org,demo-0,2026-05-24T08:00:00-00:00</references>\n", ""
)
NO_INFO = SOUND[: SOUND.index("  <info>")] + "</alert>"
REF = "demo@example.org,demo-0,2026-05-24T08:00:00-00:00"
RING = "48.8,2.2 48.8,2.5 48.95,2.5 48.95,2.2 48.8,2.2"
EXPIRES = "<expires>2026-05-31T20:30:00+02:00"
CIRCLES = " ".join(f"{a / 1000:.3f},{b / 1000:.3f}" for a, b in [(i, i % 2) for i in range(2_001)])

# Rule, line, and the message that breaks it and no other rule.
BROKEN = [
    ("root", 2, broken("cap:1.2", "cap:1.1")),
    ("root", 2, broken(f' xmlns="{NS}"', "")),
    ("unknown-element", 9, broken("<note>second bulletin</note>", "<remark>x</remark>")),
    ("unknown-element", 9, broken("<note>", '<note xmlns="urn:else">')),
    ("unknown-element", 16, broken("<severity>", "<wind/><severity>")),
    (
        "order",
        36,
        broken("      <circle>48.85,2.35 5</circle>\n", "").replace(
            b"</altitude>", b"</altitude>\n<circle>48.85,2.35 5</circle>"
        ),
    ),
    (
        "order",
        7,
        broken(
            "<status>Actual</status>\n  <msgType>Update</msgType>",
            "<msgType>Update</msgType>\n  <status>Actual</status>",
        ),
    ),
    ("missing", 2, broken("  <sender>demo@example.org</sender>\n", "")),
    ("missing", 11, broken("    <category>Security</category>\n", "")),
    ("missing", 32, broken("        <valueName>ISO3166-2</valueName>\n", "")),
    (
        "repeated",
        13,
        broken("<event>Niveau d'alerte</event>", "<event>a</event><event>b</event>").replace(
            b"<category>Security</category>\n", b"<category>Security</category>"
        ),
    ),
    ("enumeration", 6, broken("Actual", "actual")),
    ("enumeration", 17, broken("Possible", "Very Likely")),
    ("enumeration", 13, broken("<category>Security", "<category> Security")),
    ("not-simple", 9, broken("second bulletin", "second <b>bulletin</b>")),
    ("attribute", 9, broken("<note>", '<note lang="en">')),
    ("stray-text", 9, broken("</note>", "</note> and more")),
    ("stray-text", 2, broken("<identifier>", "hello <identifier>")),
    ("blank", 14, broken("Niveau d'alerte", "  ")),
    ("blank", 5, broken("2026-05-24T18:30:00-00:00</sent>", "</sent>")),
    ("blank", 29, broken("Paris", "")),
    ("blank-optional", 9, broken("second bulletin", "")),
    ("value-empty", 34, broken("FR-75C", "")),
    ("number", 25, broken("1200", "1.2 kB")),
    ("number", 37, broken("3000", "high")),
    ("language", 12, broken("fr-FR", "fr_FR")),
    ("language", 12, broken("fr-FR", "")),
    ("bidi", 14, broken("Niveau", "Niv\u202eeau")),
    ("bidi", 9, broken("second", "sec&#x2067;ond")),
    ("name", 3, broken("demo-1", "demo 1")),
    ("name", 3, broken("demo-1", "demo,1")),
    ("name", 4, broken("demo@example.org<", "demo&amp;co<")),
    ("references-missing", 2, NO_REFERENCE.encode()),
    ("references-form", 10, broken(REF, "bulletin")),
    ("references-form", 10, broken(REF, "demo@example.org, demo-0, 2026-05-24")),
    ("references-form", 10, broken(REF, "demo@example.org,,2026-05-24T08:00:00-00:00")),
    ("references-time", 10, broken(REF, "demo@example.org,demo-0,2026-05-24")),
    ("references-self", 10, broken("demo-0", "demo-1")),
    ("references-later", 10, broken("24T08:00", "24T18:30")),
    ("references-later", 10, broken("24T08:00:00-00:00", "24T12:00:00-08:00")),
    ("references-twice", 10, broken(REF, f"{REF} {REF}")),
    ("restriction-missing", 2, broken("Public", "Restricted")),
    ("addresses-missing", 2, broken("Public", "Private")),
    ("scope-contradicted", 9, broken("<note>", "<restriction>staff</restriction><note>")),
    ("note-missing", 2, broken("  <note>second bulletin</note>\n", "").replace(b"Actual", b"Exercise")),
    ("note-missing", 2, broken("  <note>second bulletin</note>\n", "").replace(b"Update", b"Error")),
    ("not-for-the-public", 6, broken("Actual", "Test")),
    ("no-info", 2, NO_INFO.encode()),
    ("time", 5, broken("2026-05-24T18:30:00-00:00", "24 May 2026")),
    ("time", 5, broken("2026-05-24T18:30:00-00:00", "2026-06-31T18:30:00-00:00")),
    ("time", 5, broken("2026-05-24T18:30:00-00:00", "2026-05-24T18:30:00,00:00")),
    ("time", 20, broken(EXPIRES, "<expires>2026-05-31T20:30:00+25:00")),
    ("time-z", 5, broken("18:30:00-00:00<", "18:30:00Z<")),
    ("time-fraction", 18, broken("<effective>2026-05-24T20:30:00", "<effective>2026-05-24T20:30:00.5")),
    ("time-offset", 19, broken("<onset>2026-05-24T20:30:00+02:00", "<onset>2026-05-24T20:30:00")),
    ("expires-before-start", 20, broken("<onset>2026-05-24", "<onset>2026-06-24")),
    (
        "expires-before-sent",
        20,
        NO_REFERENCE.replace("Update", "Alert")
        .replace(
            "    <effective>2026-05-24T20:30:00+02:00</effective>\n    <onset>2026-05-24T20:30:00+02:00</onset>\n",
            "\n\n\n",
        )
        .replace("2026-05-31", "2026-05-20")
        .encode(),
    ),
    (
        "expires-at-once",
        20,
        broken(
            "    <effective>2026-05-24T20:30:00+02:00</effective>\n    <onset>2026-05-24T20:30:00+02:00</onset>\n",
            "\n\n",
        ).replace(b"2026-05-31", b"2026-05-24"),
    ),
    (
        "area-words-only",
        28,
        (SOUND[:AREA_START] + "    <area>\n<areaDesc>Paris</areaDesc></area></info></alert>").encode(),
    ),
    ("polygon-empty", 30, broken(RING, " ")),
    ("point", 30, broken("48.8,2.5", "48.8;2.5")),
    ("point", 30, broken("48.8,2.5", "48.8, 2.5")),
    ("point", 30, broken("48.8,2.5", "48.8,2.5)")),
    ("point", 31, broken("48.85,2.35 5", "48.85,2,35 5")),
    ("point", 30, broken("48.8,2.5", "nan,inf")),
    ("point-range", 30, broken("48.8,2.5", "48.8,-180.005")),
    ("point-range", 30, broken("48.8,2.5", "90.0001,2.5")),
    ("polygon-short", 30, broken(RING, "48.8,2.2 48.9,2.3 48.8,2.2")),
    ("polygon-open", 30, broken(RING, "48.8,2.2 48.8,2.5 48.95,2.5 48.95,2.2")),
    ("polygon-flat", 30, broken(RING, "48.8,2.2 48.9,2.3 49.0,2.4 48.8,2.2")),
    ("polygon-flat", 30, broken(RING, "48.8,2.2 48.8,2.2 48.8,2.2 48.8,2.2")),
    ("polygon-crosses", 30, broken(RING, "48.8,2.2 48.95,2.5 48.95,2.2 48.8,2.5 48.8,2.2")),
    ("polygon-huge", 30, broken(RING, f"{CIRCLES} 0.000,0.000")),
    ("antimeridian", 30, broken(RING, "-13,-176 -13,178 -14,178 -14,-176 -13,-176")),
    ("circle", 31, broken("48.85,2.35 5", "48.85,2.35")),
    ("circle", 31, broken("48.85,2.35 5", "48.85,2.35 -5")),
    ("circle", 31, broken("48.85,2.35 5", "48.85,2.35 5km")),
    ("circle", 31, broken("48.85,2.35 5", "")),
    ("ceiling-alone", 36, broken("      <altitude>0</altitude>\n", "")),
    ("ceiling-low", 37, broken("<altitude>0", "<altitude>4000")),
    ("iso-code", 32, broken("FR-75C", "France")),
    ("address", 21, broken("https://example.org/fr", "example.org/fr")),
    ("address", 26, broken("https://example.org/carte.png", "carte.png")),
    ("digest", 27, broken("carte.png</uri>", "carte.png</uri>\n<digest>abc</digest>")),
]


def test_the_sound_message_breaks_no_rule():
    verdict = check(SOUND.encode())
    assert (verdict.valid, verdict.findings) == (True, ())
    assert (verdict.kind, verdict.status, verdict.languages) == ("Update", "Actual", ("fr-FR",))


@pytest.mark.parametrize(
    ("rule", "line", "data"), BROKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_broken_rule_is_named_with_its_line_and_no_other_is(rule, line, data):
    verdict = check(data)
    assert {(f.rule, f.line) for f in verdict.findings} == {(rule, line)}
    assert verdict.valid == all(f.severity == "advice" for f in verdict.findings)


def test_an_alert_that_updates_nothing_needs_no_references():
    assert check(NO_REFERENCE.replace("Update", "Alert").encode()).valid


def test_references_of_blanks_alone_name_nothing():
    assert {f.rule for f in check(broken(REF, "   ")).findings} == {"references-missing", "blank-optional"}


def test_a_heartbeat_may_list_messages_sent_in_the_same_second_and_say_nothing_else():
    text = NO_INFO.replace("Actual", "System").replace("24T08:00", "24T18:30").replace("Update", "Alert")
    assert check(text.encode()).findings == ()


def test_a_signature_may_follow_and_nothing_may_follow_it():
    signature = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature>'
    verdict = check(broken("</alert>", f"{signature}</alert>"))
    assert (verdict.signed, [f.rule for f in verdict.findings]) == (True, ["signature-covers"])
    assert [f.rule for f in check(broken("  <info>", f"{signature}<info>")).findings] == ["order"]


def test_prefixes_comments_and_schema_hints_change_nothing():
    text = (
        SOUND.replace("<", "<c:").replace("<c:/", "</c:").replace("<c:?", "<?").replace("xmlns=", "xmlns:c=")
    )
    hint = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">\n  <!-- x --><c:identifier>'
    text = text.replace(">\n  <c:identifier>", hint, 1).replace("demo-1", "de<!-- in -->mo-1")
    verdict = check(text.encode())
    assert (verdict.valid, verdict.identifier) == (True, "demo-1")


def test_rings_that_touch_themselves_do_not_cross():
    ring = "0,0 0,2 1,1 2,2 2,0 1,1 0,0"
    assert check(broken(RING, ring)).findings == ()


def test_repeated_points_do_not_cross():
    assert check(broken(RING, "0,0 0,0 0,2 2,2 2,2 2,0 0,0")).findings == ()


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"<", b"<alert/>", "\u202e".encode(), b"<!DOCTYPE x>"])
def test_whatever_the_bytes_they_get_a_verdict(data):
    assert not check(data).valid


@given(st.binary(max_size=300))
def test_no_bytes_make_the_check_fail_otherwise(data):
    check(data)
    check(b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + data + b"</alert>")


SAMPLES = {
    "bc_earthquake-2.xml": set(),
    "bc_heartbeat.xml": set(),
    "fpas_ie-2.49.0.1.372.0.250413231648.N_Norm002_SmallCraft.xml": {"blank-optional"},
    "goog_43b080713727.cap.xml": {"area-words-only"},
    "goog_australia.cap.xml": {"value-empty"},
    "goog_wcatwc-warning.cap.xml": set(),
    "meteo_france_sample_detail.xml": {"expires-at-once"},
    "sambro_Philippines-Flood-MultiLanguage.xml": {"not-for-the-public"},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_from_the_wild_is_valid_with_the_advice_it_deserves(shared, name):
    verdict = check((shared / "cap" / name).read_bytes(), name)
    assert verdict.faults == ()
    assert {f.rule for f in verdict.findings} == SAMPLES[name]
    assert verdict.signed == name.startswith("bc_earth")


def mutated(root, chance):
    """Change one thing of a message at random: an element dropped, doubled, moved, renamed, or given another text."""
    elements = [e for e in root.iter("*") if e is not root]
    one = chance.choice(elements)
    parent, what = one.getparent(), chance.randrange(6)
    if what == 0:
        parent.remove(one)
    elif what == 1:
        parent.insert(chance.randrange(len(parent) + 1), etree.fromstring(etree.tostring(one)))
    elif what == 2:
        chance.choice(
            elements[:1] + [e for e in elements if len(e) and one not in set(e.iterancestors())] or elements
        ).append(etree.fromstring(etree.tostring(one)))
    elif what == 3:
        one.tag = f"{{{NS}}}" + chance.choice(
            ["info", "area", "sent", "value", "polygon", "web", "size", "none"]
        )
    elif what == 4:
        one.text = chance.choice(
            ["", " ", "x", "1", "Update", "fr-FR", "2026-05-24T18:30:00Z", "a b", "-1", "Actual\n"]
        )
    else:
        one.set(chance.choice(["lang", "id"]), "x")


@settings(max_examples=300)
@given(st.integers())
def test_what_the_schema_of_the_standard_refuses_we_refuse(schema, seed):
    root = etree.fromstring(SOUND.encode(), etree.XMLParser(remove_blank_text=True))
    chance = random.Random(seed)
    for _ in range(chance.randrange(1, 4)):
        mutated(root, chance)
    data = etree.tostring(root)
    if not schema.validate(etree.fromstring(data)):
        assert not check(data).valid, data.decode()


def test_two_files_of_one_name_that_differ_are_both_faulty():
    one, other = to_bytes(message()), to_bytes(message(note="changed"))
    verdicts = check_set([("a", one), ("b", other), ("c", one)])
    assert [{f.rule for f in v.findings} for v in verdicts] == [{"set-same-name"}] * 3
    assert [v.valid for v in check_set([("a", one), ("c", one)])] == [True, True]


def test_a_reference_that_gives_another_time_than_the_file_is_faulty():
    earlier = (
        SOUND.replace("demo-1", "demo-0")
        .replace("18:30:00-00:00</sent>", "08:00:01-00:00</sent>")
        .replace("24T08:00:00", "23T08:00:00")
    )
    verdicts = check_set([("new", SOUND.encode()), ("old", earlier.encode())])
    assert [f.rule for f in verdicts[0].findings] == ["set-sent-differs"]
    assert not verdicts[0].valid
