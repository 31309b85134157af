"""Reading a catalogue of measures from its YAML file, with every fault named and its repair said."""

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from vigie.errors import BadInput
from vigie.measures import codes
from vigie.measures.catalogue import BadCatalogue, Catalogue, Measure, NoOwner, Rung, Text

MOST_BYTES = 8_000_000

# Both are safe loaders: plain data only. The one written in C reads 300 measures in a tenth of the time.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path) -> Catalogue:
    """Read the catalogue of a file. Raises BadCatalogue (NoOwner when a measure names nobody)."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise BadCatalogue(
            "{file} cannot be read: {fault}.", file=path, fault=fault.strerror or fault
        ) from None
    return read(raw, str(path))


@cache
def shipped(scheme: str) -> Catalogue | None:
    """Give the catalogue shipped for a scheme of levels, or None when there is none."""
    for entry in sorted(resources.files("vigie.measures").joinpath("data").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".catalogue.yaml"):
            found = read(entry.read_bytes(), entry.name)
            if found.scheme == scheme:
                return found
    return None


@lru_cache(maxsize=16)
def read(raw: bytes, file: str) -> Catalogue:
    """Read a catalogue from its bytes; `file` is how faults name it. Raises BadCatalogue, NoOwner."""
    if len(raw) > MOST_BYTES:
        raise BadCatalogue(
            "{file} holds {size} bytes; a catalogue holds at most {most}. Split it.",
            file=file,
            size=len(raw),
            most=MOST_BYTES,
        )
    try:
        data = yaml.load(raw, Loader=_LOADER)  # noqa: S506 - one of the two safe loaders
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as fault:
        where = " ".join(str(fault).split())
        raise BadCatalogue("{file} is not YAML: {fault}. Mend that line.", file=file, fault=where) from None
    if not isinstance(data, dict) or not isinstance(data.get("measures"), list):
        raise BadCatalogue(
            "{file} is not a catalogue: it has no list called measures. Start from a shipped one.", file=file
        )
    measures = tuple(_measure(file, place, entry) for place, entry in enumerate(data["measures"], 1))
    head = {key: value for key, value in data.items() if key != "measures"} | {"measures": [], "digest": ""}
    try:
        found = msgspec.convert(head, Catalogue)
    except msgspec.ValidationError as fault:
        raise BadCatalogue("{file}: {fault}.", file=file, fault=fault) from None
    found = msgspec.structs.replace(
        found, measures=_stepped(file, found, measures), digest=hashlib.sha256(raw).hexdigest()
    )
    for problem in _problems(found):
        raise problem(file)
    return found


def _measure(file: str, place: int, entry: Any) -> Measure:
    name = entry.get("id") if isinstance(entry, dict) else None
    named = repr(name) if name else f"number {place}"
    try:
        return msgspec.convert(entry, Measure)
    except msgspec.ValidationError as fault:
        raise BadCatalogue("{file}: measure {name}: {fault}.", file=file, name=named, fault=fault) from None


def _stepped(file: str, catalogue: Catalogue, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Derive permanence and ladder from the codes, where the catalogue follows the French numbering."""
    return (
        tuple(_from_code(file, catalogue, measure) for measure in measures)
        if catalogue.numbering != "own"
        else measures
    )


def _from_code(file: str, catalogue: Catalogue, measure: Measure) -> Measure:
    letters = {domain.code for domain in catalogue.domains.values() if domain.code}
    if measure.id.partition(" ")[0] not in letters:
        return measure
    try:
        code = codes.parse(measure.id)
    except codes.BadCode as fault:
        raise BadCatalogue("{file}: {fault}", file=file, fault=fault) from None
    domain = catalogue.domains.get(measure.domain)
    if (
        domain is None
        or domain.code != code.domain
        or measure.permanent not in (False, code.permanent)
        or measure.step
    ):
        raise BadCatalogue(
            "{file}: measure {name!r} says otherwise than its code, which gives domain {domain}, permanent {permanent} and its "
            "ladder. Leave out permanent and step, and name the domain of these letters.",
            file=file,
            name=measure.id,
            domain=code.domain,
            permanent=code.permanent,
        )
    step = None if code.permanent else Rung(code.ladder, code.degree)
    return msgspec.structs.replace(measure, permanent=code.permanent, step=step)


class _Problem:
    """A fault found in a catalogue, before it is known which file to blame."""

    def __init__(self, kind: type[BadCatalogue], message: str, **fields: Any) -> None:
        self.kind, self.message, self.fields = kind, message, fields

    def __call__(self, file: str) -> BadInput:
        return self.kind(self.message, file=file, **self.fields)


def _problems(catalogue: Catalogue) -> Iterator[_Problem]:
    yield from _head_problems(catalogue)
    seen: set[str] = set()
    rungs: dict[tuple[str, int], str] = {}
    shapes: dict[str, Measure] = {}
    for measure in catalogue.measures:
        if measure.id in seen:
            yield _Problem(BadCatalogue, "{file}: measure {name!r} stands twice. Keep one.", name=measure.id)
        seen.add(measure.id)
        yield from _measure_problems(catalogue, measure)
        if measure.step is None:
            continue
        other = rungs.setdefault((measure.ladder, measure.rung), measure.id)
        if other != measure.id:
            yield _Problem(
                BadCatalogue,
                "{file}: {one!r} and {two!r} are the same rung {rung} of ladder {ladder!r}. Give each its own.",
                one=other,
                two=measure.id,
                rung=measure.rung,
                ladder=measure.ladder,
            )
        first = shapes.setdefault(measure.ladder, measure)
        if (first.response_from is None) != (measure.response_from is None):
            yield _Problem(
                BadCatalogue,
                "{file}: {one!r} and {two!r} are rungs of one ladder, one hung on the level and one on the site's response. "
                "A ladder hangs on one of the two: give the other measure a ladder of its own.",
                one=first.id,
                two=measure.id,
            )
        if (first.owners, first.places) != (measure.owners, measure.places):
            yield _Problem(
                BadCatalogue,
                "{file}: {one!r} and {two!r} are rungs of one ladder and name other owners or places. A ladder is one act: "
                "give its rungs the same owners and places.",
                one=first.id,
                two=measure.id,
            )


def _head_problems(catalogue: Catalogue) -> Iterator[_Problem]:
    if not catalogue.measures:
        yield _Problem(BadCatalogue, "{file}: the list of measures is empty. Give at least one.")
    if not catalogue.levels or set(catalogue.levels) != set(catalogue.answer_within_hours):
        yield _Problem(
            BadCatalogue,
            "{file}: answer_within_hours must give hours for each level of levels ({levels}) and for no other.",
            levels=", ".join(catalogue.levels),
        )
    responses = catalogue.responses
    if responses and (
        not responses.levels
        or set(responses.levels) != set(responses.answer_within_hours)
        or responses.scheme == catalogue.scheme
    ):
        yield _Problem(
            BadCatalogue,
            "{file}: responses must name another scheme than {scheme}, its levels, and under answer_within_hours the hours for "
            "each of them and for no other.",
            scheme=catalogue.scheme,
        )
    for key, text in (
        ("title", catalogue.title),
        *((f"domain {key!r}", domain.name) for key, domain in catalogue.domains.items()),
        *((f"owner {key!r}", owner.name) for key, owner in catalogue.owners.items()),
    ):
        yield from _text_problems(catalogue, key, text)
    for key, owner in catalogue.owners.items():
        if (owner.reach == "kinds") != bool(owner.kinds):
            yield _Problem(
                BadCatalogue,
                "{file}: owner {key!r} has reach {reach!r} and kinds {kinds}. Kinds go with reach `kinds`, and only with it.",
                key=key,
                reach=owner.reach,
                kinds=list(owner.kinds),
            )


def _measure_problems(catalogue: Catalogue, measure: Measure) -> Iterator[_Problem]:
    yield from _text_problems(catalogue, f"measure {measure.id!r}", measure.words)
    if not measure.owners:
        yield _Problem(
            NoOwner,
            "{file}: measure {name!r} names no owner. Give it at least one under owners; this catalogue knows: {known}.",
            name=measure.id,
            known=", ".join(catalogue.owners),
        )
    yield from _unknown(measure, "owner", (*measure.owners, *measure.supported_by), catalogue.owners)
    yield from _unknown(measure, "domain", (measure.domain,), catalogue.domains)
    levels = (*measure.seen_at, *([measure.default_from] if measure.default_from else []))
    yield from _unknown(measure, "level", levels, catalogue.levels)
    if measure.response_from is not None:
        yield from _response_problems(catalogue, measure)
    if measure.confidence == "partly" and measure.default_from:
        yield _Problem(
            BadCatalogue,
            "{file}: measure {name!r} is known only partly and would be switched on by default at {level}. Leave default_from "
            "out: a person may still switch it on.",
            name=measure.id,
            level=measure.default_from,
        )


def _response_problems(catalogue: Catalogue, measure: Measure) -> Iterator[_Problem]:
    given = (measure.response_from,) if measure.response_from else ()
    known = catalogue.responses.levels if catalogue.responses else ()
    yield from _unknown(measure, "response level", given, known)
    if measure.default_from is not None or measure.permanent or measure.confidence == "partly":
        yield _Problem(
            BadCatalogue,
            "{file}: measure {name!r} hangs on the site's response, from {response}. Such a measure has no default_from, is not "
            "permanent, and is known in full: leave response_from out, or mend the others.",
            name=measure.id,
            response=measure.response_from,
        )
    if any(catalogue.owners[name].reach == "nobody" for name in measure.owners if name in catalogue.owners):
        yield _Problem(
            BadCatalogue,
            "{file}: measure {name!r} hangs on a site's response and is advice to the public, whom no site tasks. Name who "
            "answers for the site under owners.",
            name=measure.id,
        )


def _unknown(measure: Measure, what: str, given: tuple[str, ...], known: Any) -> Iterator[_Problem]:
    for name in given:
        if name not in known:
            yield _Problem(
                BadCatalogue,
                "{file}: measure {name!r} names the {what} {given!r}, which this catalogue does not list. It lists: {known}.",
                name=measure.id,
                what=what,
                given=name,
                known=", ".join(known),
            )


def _text_problems(catalogue: Catalogue, what: str, text: Text) -> Iterator[_Problem]:
    missing = [language for language in catalogue.languages if not text.get(language, "").strip()]
    if missing:
        yield _Problem(
            BadCatalogue,
            "{file}: {what} has no words in: {missing}. The catalogue declares these languages: write them, or do not declare them.",
            what=what,
            missing=", ".join(missing),
        )
