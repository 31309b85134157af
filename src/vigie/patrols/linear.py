"""A linear programme given as arrays, solved by HiGHS, with what its prices say.

Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation
10 (2018). HiGHS is imported where it is used, so that the command line starts without it.
"""

import ctypes
import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vigie.errors import VigieError
from vigie.patrols.game import FloatArray

Method = Literal["simplex", "ipm"]
_TIGHT = 1e-10


class NotSolved(VigieError):
    """A linear programme that has an answer came back without one."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What a programme is worth and where.

    worth: the least cost. point: (columns,) where it is reached. prices: (rows,) dual prices, cost per unit of
    the row's side.
    """

    worth: float
    point: FloatArray
    prices: FloatArray


def least(
    cost: FloatArray,
    rows: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *,
    column_low: FloatArray,
    column_high: FloatArray,
    method: Method = "simplex",
    seconds: float = np.inf,
) -> Answer | None:
    """Minimise cost @ x over low <= rows @ x <= high, column_low <= x <= column_high.

    cost, column_low, column_high: (columns,). rows: (rows, columns), dense. low, high: (rows,), infinite where open.
    method: "simplex" ends at a corner; "ipm" is the interior point without crossover, whose prices lie in the
    middle of all best ones. seconds: limit of time, > 0.

    Gives None when there is no point or the time was up. Raises NotSolved when HiGHS fails otherwise.
    """
    engine = started(cost, rows, low, high, column_low=column_low, column_high=column_high)
    engine.setOptionValue("solver", method)
    if method == "ipm":
        engine.setOptionValue("run_crossover", "off")
    if np.isfinite(seconds):
        engine.setOptionValue("time_limit", max(float(seconds), 0.01))
    return run(engine)


def started(
    cost: FloatArray,
    rows: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *,
    column_low: FloatArray,
    column_high: FloatArray,
) -> Any:
    """Give HiGHS with the programme of `least` in it, silent and on one thread, for solving it again and again."""
    highspy = _quiet()
    many, columns = rows.shape
    entries: NDArray[np.intp]
    row_of, entries = np.nonzero(rows)
    engine: Any = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("primal_feasibility_tolerance", _TIGHT),
        ("dual_feasibility_tolerance", _TIGHT),
    ):
        engine.setOptionValue(name, value)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = columns, many
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = cost, column_low, column_high
    programme.row_lower_, programme.row_upper_ = low, high
    matrix: Any = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.concatenate([[0], np.cumsum(np.bincount(row_of, minlength=many))]).astype(np.int32)
    matrix.index_, matrix.value_ = entries.astype(np.int32), rows[row_of, entries]
    engine.passModel(programme)
    return engine


@cache
def _quiet() -> Any:
    """Import HiGHS and let it print its name where nobody reads it: standard output holds answers only."""
    sys.stdout.flush()
    try:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # no standard output at all
        return import_module("highspy")
    os.dup2(nowhere, 1)
    try:
        highspy: Any = import_module("highspy")
        highspy.Highs()
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    return highspy


def run(engine: Any) -> Answer | None:
    """Solve what HiGHS holds. Gives None when there is no point or the time was up; raises NotSolved else."""
    engine.run()
    status = engine.getModelStatus()
    found = _quiet().HighsModelStatus
    if status in {found.kInfeasible, found.kTimeLimit, found.kUnboundedOrInfeasible}:
        return None
    if status not in {found.kOptimal, found.kUnknown}:
        raise NotSolved(
            "A linear programme was left unsolved: {status}.", status=engine.modelStatusToString(status)
        )
    solution = engine.getSolution()
    return Answer(
        worth=float(engine.getInfo().objective_function_value),
        point=np.array(solution.col_value),
        prices=np.array(solution.row_dual),
    )
