"""Linear programmes leave standard output alone: it holds answers, and other threads write there."""

import subprocess
import sys

SOLVES = """
import numpy as np
from vigie.patrols.linear import least
one = np.ones(1)
found = least(one, np.ones((1, 1)), 2 * one, 3 * one, column_low=0 * one, column_high=9 * one, method="{method}")
assert abs(found.worth - 2) < 1e-6
"""


def test_nothing_is_printed_by_the_engine():
    for method in ("simplex", "ipm"):
        done = subprocess.run(
            [sys.executable, "-c", SOLVES.format(method=method)], capture_output=True, check=True
        )
        assert (done.stdout, done.stderr) == (b"", b"")
