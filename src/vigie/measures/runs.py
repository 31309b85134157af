"""Ids that follow one another, written as one: `task-12-0..149999` stands for a hundred and fifty thousand of them."""

import re
from collections.abc import Iterable, Iterator

_NUMBERED = re.compile(r"(.*\D)(0|[1-9]\d{0,8})", re.DOTALL)
_RUN = re.compile(r"(.*\D)(0|[1-9]\d{0,8})\.\.([1-9]\d{0,8})", re.DOTALL)


def folded(ids: Iterable[str]) -> list[str]:
    """Write ids, in their order, those that count on from the one before together with it."""
    found: list[str] = []
    head, first, last = "", -1, -1

    def end() -> None:
        if first >= 0:
            found.append(f"{head}{first}..{last}" if last > first else f"{head}{first}")

    for name in ids:
        read = _NUMBERED.fullmatch(name)
        before, number = (read[1], int(read[2])) if read else (name, -1)
        if read and before == head and number == last + 1 and first >= 0:
            last = number
            continue
        end()
        head, first, last = before, number, number
        if not read:
            found.append(name)
    end()
    return found


def unfolded(runs: Iterable[str]) -> Iterator[str]:
    """Give the ids again, in their order."""
    for run in runs:
        read = _RUN.fullmatch(run)
        if read is None:
            yield run
        else:
            head, first, last = read[1], int(read[2]), int(read[3])
            for number in range(first, last + 1):
                yield f"{head}{number}"
