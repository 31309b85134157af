"""From a level that stands to the CAP message that tells of it, in every language of the home.

Drafting fills in what a machine can know (names, times, references, codes) and proposes words; the words are a
person's. An exercise marks its status, its note and every text of every language.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from vigie.errors import BadInput
from vigie.schemes.reader import Level, Scheme
from vigie.warning.advice import advice
from vigie.warning.cap import (
    Area,
    BadMessage,
    Certainty,
    Info,
    Message,
    MessageType,
    Pair,
    Reference,
    ResponseType,
    Severity,
    Urgency,
    refuse_unsayable,
)
from vigie.warning.cap_check import check
from vigie.warning.words import words

LONGEST_HEADLINE = 160
"""Characters: what CAP 1.2 (section 3.2.2, headline) advises for small screens."""


class MissingTranslation(BadInput):
    """A language of the home has no text, or lacks one: an alert goes out in all of them or not at all."""


class Faulty(BadMessage):
    """The message breaks a rule of CAP 1.2 and cannot be approved."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said in one language. correction: what will be said, should the message prove wrong."""

    language: str
    headline: str
    description: str
    instruction: str
    correction: str


class Weight(msgspec.Struct, frozen=True):
    """CAP's three scales (section 3.2.2): how soon, how grave, how sure."""

    urgency: Urgency
    severity: Severity
    certainty: Certainty


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """All a message is made of. frame: the word of an exercise, empty for a real alert."""

    identifier: str
    sender: str
    sender_name: str
    sent: datetime
    effective: datetime
    expires: datetime
    scheme: Scheme
    level: Level
    zone: str
    zone_names: dict[str, str]
    addresses: dict[str, str]
    weight: Weight
    references: tuple[Reference, ...] = ()
    frame: str = ""


def weight_of(level: Level) -> Weight:
    """Give the scales to begin with: the gravest level is at hand and severe, the least severe neither."""
    if level.position == level.of and level.of > 1:
        return Weight("Immediate", "Severe", "Possible")
    if level.position <= 1:
        return Weight("Future", "Minor", "Possible")
    return Weight("Expected", "Moderate", "Possible")


def proposed_texts(scheme: Scheme, level: Level, zone_names: dict[str, str]) -> tuple[Text, ...]:
    """Give words to begin with, one text per language of `zone_names`; the scheme's own meaning where it has one."""
    return tuple(_proposed(scheme, level, language, name) for language, name in zone_names.items())


def _proposed(scheme: Scheme, level: Level, language: str, zone: str) -> Text:
    said = words(language)
    meaning = level.meaning.get(language, "")
    return Text(
        language=language,
        headline=said["titled"].format(word=level.word(language), zone=zone),
        description=meaning or said["no_meaning"].format(word=level.word(language), scheme=scheme.name),
        instruction="\n".join(advice(level.position, level.of, scheme.country or "", language)),
        correction=said["correction_text"].format(word=level.word(language), zone=zone),
    )


def checked_texts(texts: Sequence[Text], languages: Sequence[str]) -> tuple[Text, ...]:
    """Give the texts in the order of `languages`, blanks trimmed and line ends made one.

    Raises MissingTranslation when a language or one of its texts is missing, BadMessage for a headline over
    LONGEST_HEADLINE or a character that hides or turns what is read.
    """
    by_language = {text.language: text for text in texts}
    found = []
    for language in languages:
        given = by_language.get(language)
        plain = {
            field: "\n".join(line.rstrip() for line in getattr(given, field, "").splitlines()).strip()
            for field in ("headline", "description", "instruction", "correction")
        }
        for field, text in plain.items():
            if not text:
                raise MissingTranslation(
                    "The {field} in {language} is missing. Write it in every language of this home: {languages}.",
                    field=field,
                    language=language,
                    languages=", ".join(languages),
                )
            refuse_unsayable(f"{field} ({language})", text)
        if len(plain["headline"]) > LONGEST_HEADLINE:
            raise BadMessage(
                "The headline in {language} has {length} characters; {most} fit a small screen. Shorten it.",
                language=language,
                length=len(plain["headline"]),
                most=LONGEST_HEADLINE,
            )
        found.append(Text(language=language, **plain))
    return tuple(found)


def alert_of(draft: Draft, texts: Sequence[Text]) -> Message:
    """Make the message that tells of the level: an Alert, or an Update when it refers to earlier ones."""
    bare = draft.level.position <= 1
    responses: tuple[ResponseType, ...] = ("Monitor",) if bare else ("Monitor", "Prepare")
    infos = [
        _info(draft, text.language, text.headline, text.description, text.instruction, responses)
        for text in texts
    ]
    return _message(draft, "Update" if draft.references else "Alert", infos)


def cancel_of(draft: Draft, texts: Sequence[Text]) -> Message:
    """Make the message that takes back those referred to, in the words approved with them."""
    infos = [
        _info(
            draft,
            text.language,
            f"{words(text.language)['correction']}: {text.headline}"[:LONGEST_HEADLINE],
            text.correction,
            "",
            ("AllClear",),
        )
        for text in texts
    ]
    return _message(draft, "Cancel", infos)


def refuse_faulty(data: bytes) -> None:
    """Raise Faulty, naming line, rule and repair, when `check` finds a fault in the bytes."""
    for finding in check(data).faults:
        raise Faulty(
            "Line {line}, {element}: {says} {repair}",
            line=finding.line,
            element=finding.element,
            says=finding.says(),
            repair=finding.repair(),
        )


def digest(cap: bytes, texts: Sequence[Text]) -> str:
    """Give what a second person signs: SHA-256 (hex) over the exact bytes of the message, then those of its texts.

    The texts hold the correction, which the message does not: both are approved in one act.
    """
    return sha256(sha256(cap).digest() + msgspec.json.encode(list(texts))).hexdigest()


def _message(draft: Draft, kind: MessageType, infos: Sequence[Info]) -> Message:
    return Message(
        identifier=draft.identifier,
        sender=draft.sender,
        sent=draft.sent,
        status="Exercise" if draft.frame else "Actual",
        kind=kind,
        note=draft.frame and f"{draft.frame}: {words('en')['exercise']}",
        references=draft.references,
        infos=tuple(infos),
    )


def _info(
    draft: Draft,
    language: str,
    headline: str,
    description: str,
    instruction: str,
    responses: tuple[ResponseType, ...],
) -> Info:
    said = words(language)
    mark = f"{draft.frame} – " if draft.frame else ""
    warned = f"{draft.frame}. {said['exercise']}\n" if draft.frame else ""
    return Info(
        language=language,
        event=mark + said["event"],
        responses=responses,
        urgency=draft.weight.urgency,
        severity=draft.weight.severity,
        certainty=draft.weight.certainty,
        effective=draft.effective,
        expires=draft.expires,
        sender_name=draft.sender_name,
        headline=mark + headline,
        description=warned + description,
        instruction=instruction and warned + instruction,
        web=draft.addresses[language],
        parameters=(
            Pair("vigie:scheme", draft.scheme.id),
            Pair("vigie:level", draft.level.code),
            Pair("vigie:printed", draft.level.printed),
        ),
        areas=(
            Area(
                draft.zone_names[language],
                geocodes=(Pair("ISO3166-2" if "-" in draft.zone else "ISO3166-1", draft.zone),),
            ),
        ),
    )
