"""Linear models for solvers, made of arrays all at once: number by number takes ten times as long."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from solver.plan.sums import Values

Entries = tuple[Values, Values, Values]
"""Row, column and weight; where a cell stands more than once its weights are added up."""


def maximum(
    worth: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    at_most: Sequence[float],
    entries: Entries,
    *,
    at_least: Sequence[float] | None = None,
    whole: bool = False,
) -> mathopt.Model:
    """The model that maximises what columns are worth.

    Args:
        worth: by column.
        low: by column.
        high: by column.
        at_most: by row.
        entries: of the matrix.
        at_least: by row; nothing where it is left out.
        whole: whether columns are whole numbers.
    """
    width = len(worth)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(width))
    proto.variables.lower_bounds.extend(low)
    proto.variables.upper_bounds.extend(high)
    proto.variables.integers.extend([whole] * width)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(range(width))
    proto.objective.linear_coefficients.values.extend(worth)
    proto.linear_constraints.ids.extend(range(len(at_most)))
    proto.linear_constraints.lower_bounds.extend([-math.inf] * len(at_most) if at_least is None else at_least)
    proto.linear_constraints.upper_bounds.extend(at_most)
    rows, columns, weights = entries
    cells, where = np.unique(rows * width + columns, return_inverse=True)
    sums = np.zeros(len(cells), np.int64)
    np.add.at(sums, where, weights)
    proto.linear_constraint_matrix.row_ids.extend((cells // width).tolist())
    proto.linear_constraint_matrix.column_ids.extend((cells % width).tolist())
    proto.linear_constraint_matrix.coefficients.extend(sums.astype(float).tolist())
    return mathopt.Model.from_model_proto(proto)
