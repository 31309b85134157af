"""How long something lasted when its two dates may be vague or its end unknown."""

from dataclasses import dataclass
from typing import Self

from vigie.schemes.dates import SourcedDate


@dataclass(frozen=True)
class Length:
    """A number of days between bounds.

    least: 0 or more. most: None when no page says when it ended.
    """

    least: int
    most: int | None

    @classmethod
    def between(cls, since: SourcedDate, until: SourcedDate | None, confirmed: SourcedDate) -> Self:
        """Count from `since` to `until`; without an end, up to the last confirmation and maybe beyond."""
        if until is None:
            return cls(max(0, (confirmed.first - since.last).days), None)
        return cls(max(0, (until.first - since.last).days), max(0, (until.last - since.first).days))

    @property
    def exact(self) -> bool:
        """Say whether both bounds agree."""
        return self.least == self.most

    def __add__(self, other: "Length") -> "Length":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Length(self.least + other.least, most)

    def __str__(self) -> str:
        if self.most is None:
            return f"at least {_days(self.least)}"
        return _days(self.least) if self.exact else f"{self.least} to {_days(self.most)}"

    def as_dict(self) -> dict[str, int | None]:
        """Give the bounds in days, as JSON."""
        return {"least_days": self.least, "most_days": self.most}


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
