"""What a paging address may be: mail, telephone, or an address of the library apprise."""

import re
from typing import Literal

from vigie.errors import BadInput

_MAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_APPRISE = re.compile(r"[a-z][a-z0-9]{1,20}://\S{1,450}")


class BadPager(BadInput):
    """An address nobody can be paged at."""


def kind(address: str) -> Literal["mail", "phone", "apprise"]:
    """Say which kind of address it is. Raises BadPager.

    A telephone number is international (E.164): a plus sign, the country, the number, without spaces.
    """
    if _APPRISE.fullmatch(address):
        return "apprise"
    if _MAIL.fullmatch(address):
        return "mail"
    if _PHONE.fullmatch(address):
        return "phone"
    raise BadPager(
        "{given!r} is no address to page. Give a mail address, a telephone number such as +33612345678, or an address "
        "of apprise such as ntfys://ntfy.example/topic.",
        given=address,
    )


def tidy(given: str) -> str:
    """Take out the spaces, dots and hyphens people write telephone numbers with."""
    said = given.strip()
    return re.sub(r"[\s.()-]", "", said) if said.startswith("+") else said
