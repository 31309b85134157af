"""The rules a CAP message is judged by, as a table of sentences, and one broken rule at one place.

The sentences stand in `cap_rules.yaml`, English and French side by side; the tests that apply them are in
`cap_structure`, `cap_meaning` and `cap_geometry`.
"""

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec
import yaml


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: where it is written, and what to say in each language when it is broken, and how to mend it.

    severity: `fault` forbids publishing, `advice` does not.
    section: of OASIS CAP 1.2, or `vigie` where the standard is silent.
    """

    id: str
    severity: Literal["fault", "advice"]
    section: str
    says: dict[str, str]
    repair: dict[str, str]


class Finding(msgspec.Struct, frozen=True):
    """A rule broken at one place of one message.

    line: counted from 1. element: path from the root, numbered where there are several: `alert/info[2]/area`.
    fields: what fills the places of the rule's sentences.
    """

    rule: str
    line: int
    element: str
    fields: dict[str, str]

    @property
    def severity(self) -> Literal["fault", "advice"]:
        """`fault` or `advice`."""
        return rules()[self.rule].severity

    def says(self, language: str = "en") -> str:
        """Say what is wrong, in `language` if the rule has it, else in English."""
        return self._filled(rules()[self.rule].says, language)

    def repair(self, language: str = "en") -> str:
        """Say how to mend it."""
        return self._filled(rules()[self.rule].repair, language)

    def _filled(self, sentences: dict[str, str], language: str) -> str:
        places: dict[str, Any] = {
            "element": self.element.rpartition("/")[2],
            "given": "",
            "expected": "",
            **self.fields,
        }
        return sentences.get(language, sentences["en"]).format(**places)


@cache
def rules() -> dict[str, Rule]:
    """Give every rule by its id, in the order of the table."""
    text = files("vigie.warning").joinpath("cap_rules.yaml").read_text(encoding="utf-8")
    read = msgspec.convert(yaml.load(text, _Loader), list[Rule])  # noqa: S506 - the safe loader, in C where there is one
    return {rule.id: rule for rule in read}


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def found(rule: str, line: int | None, element: str, **fields: object) -> Finding:
    """Make a finding; `fields` are shortened, since a fault may quote a very long text."""
    return Finding(rule, line or 1, element, {name: _short(str(given)) for name, given in fields.items()})


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"
