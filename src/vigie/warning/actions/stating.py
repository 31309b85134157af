"""Stating what is known, not known or false."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict
from vigie.exposure import areas
from vigie.homes import Home
from vigie.ledger.actions import append, next_seq
from vigie.warning import kinds, queries
from vigie.warning.actions.publishing import make_site
from vigie.warning.cap import refuse_unsayable
from vigie.warning.compose import (
    MissingTranslation,
)
from vigie.warning.public import FACT_STATES


class NoReason(BadInput):
    """An act that needs a reason, a source or an address came without a good one."""


@verb("warning.fact.state")
def state_fact(
    actor: Actor,
    *,
    zone: str,
    state: str,
    texts: Mapping[str, str],
    source: str,
    href: str = "",
    replaces: str = "",
) -> str:
    """State what is known, not known or false, in every language of the home, and publish it. Gives its id.

    replaces: an earlier statement, which stays on the record and is shown as what was said until then. Raises BadInput for another state, UnknownArea, MissingTranslation,
    NoReason without a source or with an address that is not one, Conflict when the earlier one was replaced already.
    """
    home: Home = settings.VIGIE_HOME
    if state not in FACT_STATES:
        raise BadInput(
            "{given!r} is not a state. Expected one of: {known}.", given=state, known=", ".join(FACT_STATES)
        )
    zone = areas.check(zone)
    plain = {language: " ".join(texts.get(language, "").split()) for language in home.languages}
    for language, text in plain.items():
        if not text:
            raise MissingTranslation(
                "The {field} in {language} is missing. Write it in every language of this home: {languages}.",
                field="statement",
                language=language,
                languages=", ".join(home.languages),
            )
        refuse_unsayable(f"statement ({language})", text)
    if not source.strip():
        raise NoReason("A statement needs its source: who says so.")
    refuse_unsayable("source", source)
    if href and urlsplit(href).scheme not in {"http", "https"}:
        raise NoReason(
            "{given!r} is not an address of a page. Write it with https:// at the start, or leave it out.",
            given=href,
        )
    if replaces and hasattr(queries.fact(replaces), "replaced_by"):
        raise Conflict("{given} was replaced already. Replace the newer statement.", given=replaces)
    body = kinds.FactStated(
        zone=zone, state=state, texts=plain, source=source.strip(), href=href, replaces=replaces
    )
    stated = f"fact-{next_seq()}"
    subjects = [stated, zone, *([replaces] if replaces else [])]
    append(actor.by(), kinds.FACT_STATED, body, subjects=subjects, marking="TLP:CLEAR")
    make_site(actor, stated)
    return stated
