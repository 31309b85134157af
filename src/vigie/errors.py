"""The tree of errors: what can be refused, how it is said, and the exit code or status it gives.

    VigieError
    ├── BadInput       400, exit 2   what was given cannot be read or does not fit
    ├── Refused        403, exit 3   the act is not allowed to this person, office or home
    ├── NotFound       404, exit 4   nothing by that name
    ├── Conflict       409, exit 5   the thing has moved on, or is not in a state for this
    ├── RecordBroken   500, exit 6   the record does not hold what it says it holds
    └── OutOfRoom      507, exit 7   the disc is full: nothing was written

A sentence says what was given, what was expected and the way out, in that order. It is written once, in
English, as a template with named fields, so that a page can say it in another language.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from vigie.states import WORDS


class VigieError(Exception):
    """Base of every error vigie raises on purpose.

    message: English template; `fields` fill its `{name}` places.
    """

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, /, **fields: Any) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """Give the sentence in the language of `translate` (a gettext function)."""
        template = translate(self.message)
        if not self.fields:
            return template
        words = {name: self.fields[name] for name in _WORDS & self.fields.keys()}
        said = {name: _each(translate, given) for name, given in words.items() if isinstance(given, str)}
        return template.format(**self.fields | said)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.message, self.fields))


# Fields that hold words of a fixed list (states, what can follow), not what somebody gave.
_WORDS = frozenset({"state", "now", "then", "event", "possible", "roles"})


def _each(translate: Callable[[str], str], words: str) -> str:
    return ", ".join(translate(WORDS[word]) if word in WORDS else word for word in words.split(", "))


def _rebuild(kind: type[VigieError], message: str, fields: dict[str, Any]) -> VigieError:
    return kind(message, **fields)


class BadInput(VigieError):
    """What was given cannot be read, or does not fit what was asked for."""

    status = 400
    exit_code = 2


class Refused(VigieError):
    """The act is not allowed to this person, this office or this home.

    noted: it is counted for the record already, at the place nearest to where it was refused.
    """

    status = 403
    exit_code = 3
    noted = False


class NotFound(VigieError):
    """Nothing goes by that name here."""

    status = 404
    exit_code = 4


class Conflict(VigieError):
    """The thing has moved on since it was read, or is not in a state that allows the act."""

    status = 409
    exit_code = 5


class RecordBroken(VigieError):
    """The record does not hold what it says it holds."""

    status = 500
    exit_code = 6


class OutOfRoom(VigieError):
    """The disc is full; the act was not done and nothing of it was kept."""

    status = 507
    exit_code = 7
