"""The numbering of French measures: what «BAT 21-01» says by itself.

Three letters name the domain; the first digit the security objective inside it; the second the degree of
constraint (0 permanent, 1 to 3 additional); the last two are a serial number. Source: the public sheets of the
plan, edition of January 2014 (https://doczz.fr/doc/2592717/fiches-mesures-janvier-2014).
"""

import re
from dataclasses import dataclass

from vigie.errors import BadInput

_PATTERN = re.compile(r"(?P<domain>[A-Z]{3}) (?P<objective>[1-9])(?P<degree>[0-3])-(?P<order>[0-9]{2})")


class BadCode(BadInput):
    """A text that is not the code of a measure."""


@dataclass(frozen=True, order=True)
class Code:
    """The parts of one code.

    domain: three capital letters; objective: 1 to 9; order: 0 to 99; degree: 0 (permanent) to 3 (most constraining).
    Codes sort by domain, objective, order, then degree: the rungs of one ladder stand together, lowest first.
    """

    domain: str
    objective: int
    order: int
    degree: int

    def __str__(self) -> str:
        return f"{self.domain} {self.objective}{self.degree}-{self.order:02d}"

    @property
    def permanent(self) -> bool:
        """Say whether the measure is always in force, whatever the level."""
        return self.degree == 0

    @property
    def ladder(self) -> str:
        """Name the ladder: the same act at rising constraint keeps domain, objective and order («BAT 2-01»).

        Serial numbers of permanent measures are counted apart, so «BAT 20-01» is no lower rung of «BAT 21-01»:
        a permanent measure stands alone, under its own code.
        """
        return str(self) if self.permanent else f"{self.domain} {self.objective}-{self.order:02d}"


def parse(given: str) -> Code:
    """Read a code such as «BAT 21-01». Raises BadCode on anything else."""
    found = _PATTERN.fullmatch(given)
    if found is None:
        raise BadCode(
            "{given!r} is not the code of a measure. Expected three capital letters, a space, the objective (1-9) and the "
            "degree (0-3), a hyphen and two digits, such as BAT 21-01.",
            given=given,
        )
    return Code(found["domain"], int(found["objective"]), int(found["order"]), int(found["degree"]))
