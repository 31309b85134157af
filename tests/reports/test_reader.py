"""Claims of whole reports in six languages: what is found, with its slots; and what must not be."""

from datetime import date
from pathlib import Path

import pytest

from vigie.reports.reader import read

DATA = Path(__file__).parent.parent / "data" / "reports"
OUTSIDE = "The council of the town raised its parking fees and planted two hundred trees along the river in May 2023."


def claims(name, published=None):
    reading = read((DATA / name).read_bytes(), name=name, published=published)
    return reading, reading.claims


def only(found, kind, **slots):
    return [
        c for c in found if c.kind == kind and all(getattr(c, key) == value for key, value in slots.items())
    ]


CASES = [
    ("de-warnstufe.txt", None, "level_change", {"direction": "raised", "level_from": "3", "level_to": "4", "date": "2023-08-17", "place": "Schweden"}),
    ("de-warnstufe.txt", None, "foiled_plot", {"status": "foiled", "date": "../2023-08-17", "speaker": "Regierung"}),
    ("de-warnstufe.txt", None, "planned_meeting", {"date": "2023-08-21"}),
    ("de-warnstufe.txt", None, "statement", {"speaker": "Charlotte von Essen"}),
    ("de-ostern.txt", None, "level_change", {"direction": "raised", "place": "Frankreich", "date": "2024-03-24"}),
    ("de-ostern.txt", None, "level_change", {"direction": "maintained", "place": "Österreich"}),
    ("de-ostern.txt", None, "claim_of_responsibility", {"subject": "Islamic State", "place": "Moskau"}),
    ("de-ostern.txt", None, "calendar_event", {"date": "2024-06-14/2024-07-14"}),
    ("nl-dreigingsniveau.txt", None, "level_change", {"direction": "raised", "level_from": "3", "level_to": "4", "date": "2023-12-12"}),
    ("nl-dreigingsniveau.txt", None, "planned_meeting", {"date": "2023-12-14"}),
    ("nl-dreigingsniveau.txt", None, "claim_of_responsibility", {"place": "Brussel", "date": "2023-10-16"}),
    ("it-viminale.txt", None, "level_change", {"direction": "maintained", "level_to": "2", "speaker": "Matteo Piantedosi"}),
    ("it-viminale.txt", None, "level_change", {"direction": "raised", "place": "Francia", "date": "2024-03-24"}),
    ("it-viminale.txt", None, "attack", {"place": "Mosca", "date": "2024-03-22", "status": "completed"}),
    ("it-belgio.txt", "2023-10-17", "level_change", {"direction": "raised", "level_to": "4", "date": "2023-10-16"}),
    ("it-belgio.txt", "2023-10-17", "statistic", {"date": "2018-10-17/2023-10-17"}),
    ("es-nivel.txt", None, "level_change", {"direction": "maintained", "level_to": "4", "place": "España"}),
    ("es-nivel.txt", None, "foiled_plot", {"place": "Barcelona", "status": "foiled"}),
    ("es-nivel.txt", None, "calendar_event", {"date": "2024-03-29"}),
    ("es-suecia.txt", "2023-08-17", "level_change", {"direction": "raised", "level_from": "3", "level_to": "4", "date": "2023-08-17"}),
    ("es-suecia.txt", "2023-08-17", "attribution", {"subject": "Islamic State", "place": "Niza", "date": "2016"}),
    ("en-uk.txt", None, "level_change", {"direction": "lowered", "level_from": "severe", "level_to": "substantial", "speaker": "Priti Patel"}),
    ("en-uk.txt", None, "level_change", {"direction": "maintained", "place": "Northern Ireland", "level_to": "severe"}),
    ("en-uk.txt", None, "statistic", {"subject": "attacks foiled", "date": "2017-03/2022-02-09"}),
    ("en-australia.txt", "2024-08-05", "level_change", {"direction": "raised", "level_from": "possible", "level_to": "probable"}),
    ("en-australia.txt", "2024-08-05", "level_change", {"direction": "lowered", "level_to": "possible", "date": "2022-11"}),
    ("en-australia.txt", "2024-08-05", "statement", {"speaker": "Anthony Albanese"}),
    ("fr-ocam.txt", None, "level_change", {"direction": "raised", "place": "Bruxelles", "level_to": "4", "date": "2023-10-16"}),
    ("fr-ocam.txt", None, "level_change", {"direction": "raised", "level_from": "2", "level_to": "3"}),
    ("fr-lowered.txt", "2024-01-15", "level_change", {"direction": "lowered", "system": "Vigipirate", "date": "2024-01-15", "speaker": "Matignon"}),
    ("fr-lowered.txt", "2024-01-15", "level_change", {"direction": "raised", "date": "2023-10-13"}),
    ("fr-lowered.txt", "2024-01-15", "foiled_plot", {"place": "Lyon"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "published", "kind", "slots"), CASES)
def test_a_claim_is_found_with_its_slots(name, published, kind, slots):
    _, found = claims(name, date.fromisoformat(published) if published else None)
    assert len(only(found, kind, **slots)) == 1, [
        (c.kind, {k: getattr(c, k) for k in slots}) for c in found if c.kind == kind
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.txt")))
def test_every_claim_quotes_the_text_at_its_offsets(name):
    reading, found = claims(name, date(2024, 3, 25))
    for claim in found:
        assert reading.text[claim.start : claim.end] == claim.evidence
        assert not any(line == claim.evidence for line in reading.boilerplate)


def test_a_weather_report_makes_no_claim():
    assert claims("weather.txt")[1] == ()


def test_sport_fiction_drills_definitions_hypotheses_denials_and_teasers_make_no_claim_but_who_denies():
    _, found = claims("en-traps.txt", date(2024, 6, 3))
    assert [(c.kind, c.speaker) for c in found] == [("statement", "interior ministry")]


@pytest.mark.parametrize(
    "text",
    [
        "The opposition called for the terror threat level to be raised to critical after the attack.",
        "France has not raised its terror alert level to the maximum since the attack, the terrorism unit's tables show.",
        "The terror alert level could be raised to its maximum if the threat grew.",
        "There are three levels in the terror alert scale: vigilance, reinforced security and attack emergency.",
        "Le niveau d'alerte terroriste pourrait être relevé au maximum si la menace s'aggravait.",
        "L'opposition réclame que le niveau d'alerte terroriste soit relevé au maximum.",
        "El nivel de alerta antiterrorista podría elevarse al máximo si creciera la amenaza.",
        "Die Terrorwarnstufe könnte auf die höchste Stufe angehoben werden, wenn die Gefahr wächst.",
        "Il livello di allerta terrorismo potrebbe essere innalzato al massimo se la minaccia crescesse.",
        "Het terreurdreigingsniveau zou kunnen worden verhoogd naar 5 als de dreiging toeneemt.",
    ],
)
def test_a_wish_a_hypothesis_a_definition_or_a_denial_raises_nothing(text):
    assert only(read(text.encode(), name="t.txt").claims, "level_change") == []


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the terror attack in London, in which 3 people were killed.",
        "Aucun groupe n'a revendiqué l'attentat de Paris, qui a fait trois morts.",
        "Ningún grupo ha reivindicado el atentado de Madrid, en el que murieron tres personas.",
        "Nessun gruppo ha rivendicato l'attentato di Roma, in cui sono morte tre persone.",
        "Geen enkele groep heeft de aanslag in Brussel opgeëist, waarbij drie doden vielen.",
        "Niemand bekannte sich zu dem Anschlag in Berlin, bei dem drei Menschen getötet wurden.",
    ],
)
def test_that_nobody_claims_is_not_a_claim_of_responsibility(text):
    assert only(read(text.encode(), name="t.txt").claims, "claim_of_responsibility") == []


def test_a_level_that_stays_is_never_read_as_a_raise():
    for name in ("it-viminale.txt", "es-nivel.txt"):
        reading, found = claims(name)
        own = {"it-viminale.txt": "IT", "es-nivel.txt": "ES"}[name]
        assert {c.direction for c in only(found, "level_change", place_code=own)} == {"maintained"}
        assert reading.published == "2024-03-25"


def test_a_report_of_something_else_makes_no_claim():
    assert read(OUTSIDE.encode(), name="t.txt").claims == ()


def test_a_language_vigie_does_not_read_gives_its_words_and_no_claim():
    text = "Władze podniosły w niedzielę poziom zagrożenia terrorystycznego do najwyższego stopnia po zamachu w Moskwie."
    reading = read(text.encode(), name="t.txt")
    assert (reading.language, reading.claims, reading.times) == ("pl", (), ())


def test_the_json_has_the_shape_others_read():
    given = claims("en-uk.txt")[0].to_json()
    assert {
        "file",
        "language",
        "published",
        "published_basis",
        "outlet",
        "agency",
        "title",
        "boilerplate",
        "sentences",
        "time_expressions",
        "claims",
    } <= set(given)
    level = next(c for c in given["claims"] if c["kind"] == "level_change")
    assert (level["from"], level["to"], level["direction"]) == ("severe", "substantial", "lowered")
    assert "status" not in level


FOUNDING = "examples/moscow-2024/seed.txt"


def test_the_founding_report_gives_what_it_was_written_for(shared):
    data = (shared / FOUNDING).read_bytes()
    reading = read(data, name="seed.txt", published=date(2024, 3, 25))
    found = reading.claims
    figures = {(n.what, n.value, n.modifier) for c in found for n in c.numbers}
    assert {
        ("dead", 137, "at_least"),
        ("attacks completed", 24, "exact"),
        ("attacks foiled", 50, "nearly"),
        ("activations", 4, "exact"),
    } <= figures
    assert only(found, "claim_of_responsibility", date="2024-03-22")
    assert only(found, "level_change", direction="raised", date="2024-03-24", level_to="maximum")
    assert only(found, "planned_meeting", date="2024-03-28")
    assert only(found, "deployment")
    assert only(found, "calendar_event", date="2024-07-26/2024-08-11")
    assert {c.direction for c in only(found, "level_change")} == {"raised"}
    assert all(reading.text[c.start : c.end] == c.evidence for c in found)
    assert set(reading.boilerplate) >= {"You may also like", "Immediate Access Pro"}


def test_of_the_founding_reports_labelled_claims_at_least_twenty_two_are_found(shared):
    import json

    label = json.loads((shared / FOUNDING).with_name("labels.jsonl").read_text().splitlines()[0])
    left = list(read((shared / FOUNDING).read_bytes(), name="seed.txt", published=date(2024, 3, 25)).claims)
    hits = 0
    for wanted in label["claims"]:
        match = next(
            (
                c
                for c in left
                if c.kind == wanted["kind"] and c.start < wanted["end"] and wanted["start"] < c.end
            ),
            None,
        )
        if match is not None:
            left.remove(match)
            hits += 1
    assert hits >= 22
    assert [c for c in left if c.kind in {"level_change", "statistic"}] == []


def test_the_murdered_teacher_and_his_killers_origin_survive_in_no_output(shared):
    told = repr(read((shared / FOUNDING).read_bytes(), name="seed.txt", published=date(2024, 3, 25)))
    assert not any(secret in told for secret in ("Dominique", "Bernard", "Russian origin", "Caucasian"))
