"""The evidence laid out: nothing disappears, what no longer counts is marked."""

from dataclasses import replace

from vigie.assessment import criteria
from vigie.assessment.dossier import Taken, lay_out
from vigie.assessment.grades import parse
from vigie.assessment.ground import Seen

UA = criteria.load("fr-vigipirate-2016", "UA")
SEEN = {f"c{n}": Seen(f"c{n}", "attack", f"Words {n}.", "r1", "Paper", "police") for n in range(1, 4)}
TAKEN = [
    Taken("c1", "aftermath", "carried-out", "for", "", "B2"),
    Taken("c2", "aftermath", "here", "for", "", "B2"),
    Taken("c3", "aftermath", "fresh", "for", "", "B2"),
    Taken("c3", "aftermath", "here", "against", "It struck elsewhere.", "B2"),
]
GRADES = {claim: parse("B2") for claim in SEEN}


def laid(taken=TAKEN, seen=SEEN, grades=GRADES, language="en"):
    return lay_out(UA, taken, seen, grades, language)


def aftermath(dossier):
    return dossier.sections[0]


def test_each_claim_stands_under_its_question_on_its_side():
    here = aftermath(laid()).questions[1]
    assert here.state == "contested"
    assert [line.taken.claim for line in here.supporting] == ["c2"]
    assert [line.taken.why for line in here.opposing] == ["It struck elsewhere."]


def test_a_withdrawn_claim_stays_visible_and_counts_no_longer():
    seen = SEEN | {"c3": replace(SEEN["c3"], withdrawn="Taken back.")}
    section = aftermath(laid(seen=seen))
    assert section.questions[2].state == "missing"
    assert section.questions[2].supporting[0].seen.withdrawn == "Taken back."
    assert section.questions[1].state == "shown"


def test_a_claim_that_is_no_longer_known_stays_as_a_number():
    line = aftermath(laid(seen={})).questions[0].supporting[0]
    assert line.taken.claim == "c1"
    assert not line.stands


def test_a_grade_that_changed_since_is_said():
    lines = aftermath(laid(grades=GRADES | {"c1": parse("E5")})).questions
    assert lines[0].supporting[0].regraded
    assert lines[0].state == "missing"
    assert not lines[1].supporting[0].regraded


def test_fragile_lines_are_listed_once_for_each_claim():
    dossier = laid(grades={"c1": parse("F3"), "c2": parse("B2"), "c3": parse("D2")})
    assert [line.taken.claim for line in dossier.fragile] == ["c1", "c3"]


def test_questions_and_criteria_come_in_the_readers_language():
    section = aftermath(laid(language="fr"))
    assert section.words == "à la suite immédiate d'un attentat"
    assert section.questions[0].ask == "Un attentat a été commis."
