"""A linear programme given as arrays, solved by HiGHS, with what its prices say.

Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation
10 (2018). HiGHS is imported where it is used, so that the command line starts without it.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class Sparse:
    """Rows of a programme by their entries: row, column and value of each, (entries,). shape: rows, columns."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: FloatArray
    shape: tuple[int, int]

    @classmethod
    def of(cls, rows: FloatArray) -> "Sparse":
        """Give the entries of a dense table that are not zero."""
        row, column = np.nonzero(rows)
        shape = (int(rows.shape[0]), int(rows.shape[1]))
        return cls(row.astype(np.int64), column.astype(np.int64), rows[row, column], shape)


def least(
    cost: FloatArray,
    rows: FloatArray | Sparse,
    low: FloatArray,
    high: FloatArray,
    *,
    column_low: FloatArray,
    column_high: FloatArray,
    method: Method = "simplex",
    whole: NDArray[np.bool_] | None = None,
    seconds: float = np.inf,
) -> Answer | None:
    """Minimise cost @ x over low <= rows @ x <= high, column_low <= x <= column_high.

    cost, column_low, column_high: (columns,). rows: (rows, columns), dense or by entries. low, high: (rows,), infinite where open.
    method: "simplex" ends at a corner; "ipm" is the interior point without crossover, whose prices lie in the
    middle of all best ones. whole: (columns,), which columns must be whole numbers. seconds: limit of time, > 0.

    Gives None when there is no point or the time was up. Raises NotSolved when HiGHS fails otherwise.
    """
    engine = started(cost, rows, low, high, column_low=column_low, column_high=column_high)
    engine.setOptionValue("solver", method)
    engine.setOptionValue("run_crossover", "off" if method == "ipm" else "on")
    if whole is not None and whole.any():
        columns = np.flatnonzero(whole).astype(np.int32)
        kinds = np.ones(len(columns), dtype=np.uint8)  # HighsVarType.kInteger
        engine.changeColsIntegrality(len(columns), columns, kinds)
        engine.setOptionValue("mip_rel_gap", 0.0)
    if np.isfinite(seconds):
        engine.setOptionValue("time_limit", max(float(seconds), 0.01))
    return run(engine)


def started(
    cost: FloatArray,
    rows: FloatArray | Sparse,
    low: FloatArray,
    high: FloatArray,
    *,
    column_low: FloatArray,
    column_high: FloatArray,
) -> Any:
    """Give HiGHS with the programme of `least` in it, silent and on one thread, for solving it again and again."""
    highspy: Any = import_module("highspy")
    sparse = rows if isinstance(rows, Sparse) else Sparse.of(rows)
    many, columns = sparse.shape
    # The plain engine: `Highs` turns on callbacks when made, before anything can be set, and prints its name on
    # standard output as it does so, where answers only belong.
    engine: Any = highspy.Highs.__bases__[0]()
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
    matrix.format_ = highspy.MatrixFormat.kColwise
    by_column = np.lexsort((sparse.row, sparse.column))
    starts = np.concatenate([[0], np.cumsum(np.bincount(sparse.column, minlength=columns))])
    matrix.start_ = starts.astype(np.int32)
    matrix.index_, matrix.value_ = sparse.row[by_column].astype(np.int32), sparse.value[by_column]
    engine.passModel(programme)
    return engine


def run(engine: Any) -> Answer | None:
    """Solve what HiGHS holds. Gives None when there is no point or the time was up; raises NotSolved else."""
    engine.run()
    status = engine.getModelStatus()
    highspy: Any = import_module("highspy")
    found = highspy.HighsModelStatus
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
