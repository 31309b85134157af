import re

import pytest

from tests.warning.test_cap_check import BROKEN
from vigie.warning.cap_rules import found, rules

# Rules of the door, of signatures and of sets are broken in test_cap_parse, test_cap_signature and at the end of test_cap_check.
ELSEWHERE = {"empty", "too-large", "encoding", "doctype", "control-character", "not-xml", "too-deep"}
SIGNATURES = {"signature-digest", "signature-value", "signature-covers", "signature-weak", "signature-unread"}
OF_SETS = {"set-same-name", "set-sent-differs"}


def test_every_rule_has_a_message_that_breaks_it():
    assert {rule for rule, _, _ in BROKEN} | ELSEWHERE | SIGNATURES | OF_SETS == set(rules())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_every_rule_speaks_english_and_french_with_the_same_places(rule):
    for sentences in (rule.says, rule.repair):
        assert set(sentences) == {"en", "fr"}
        places = [set(re.findall(r"{(\w+)", sentence)) for sentence in sentences.values()]
        assert places[0] == places[1] <= {"element", "given", "expected"}


@pytest.mark.parametrize("rule", rules())
def test_every_sentence_can_be_said_whole(rule):
    finding = found(rule, 3, "alert/info[1]/event", given="X", expected="Y")
    for language in ("en", "fr", "unknown language"):
        assert "{" not in finding.says(language) + finding.repair(language)


def test_a_quoted_text_is_shortened():
    assert len(found("name", 1, "alert/sender", given="x" * 10_000).fields["given"]) == 120


def test_a_text_with_braces_is_quoted_as_it_is():
    assert "{0.__class__}" in found("name", 1, "alert/sender", given="{0.__class__}").says()
