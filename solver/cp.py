"""How CP-SAT is run: its workers for the cores there are, its limits, and what its answers mean."""

from __future__ import annotations

import math
from enum import StrEnum

from ortools.sat.python import cp_model

from solver.parallel import cores

FEW_CORES = 4
"""At or below this many cores the workers are named: the default portfolio spreads itself too thin."""

POOL_SUBSOLVERS = ("max_lp", "reduced_costs", "core")
"""For pools of plans on few cores: their linear relaxation is nearly whole."""

FEW_CORES_SUBSOLVERS = ("max_lp", "reduced_costs", "core", "default_lp")


class Workers(StrEnum):
    """Which of CP-SAT's workers search: what suits the number of cores, CP-SAT's own choice, or those led by the LP."""

    FITTING = "fitting"
    DEFAULT = "default"
    LP = "lp"


def solver(*, seconds: float, seed: int, deterministic: bool, workers: Workers = Workers.FITTING) -> cp_model.CpSolver:
    """A CP-SAT solver for an assignment model.

    Args:
        seconds: wall time; deterministic time units (about seconds) when deterministic.
        seed: random seed.
        deterministic: one worker and no wall time, so that the same run repeats exactly.
        workers: which workers search, where there may be several.
    """
    made = cp_model.CpSolver()
    made.parameters.random_seed = seed
    if deterministic:
        made.parameters.num_workers = 1
        made.parameters.linearization_level = 2
        made.parameters.max_deterministic_time = seconds
    else:
        made.parameters.max_time_in_seconds = seconds
        few = workers is Workers.FITTING and cores() <= FEW_CORES
        if few or workers is Workers.LP:
            made.parameters.num_workers = len(FEW_CORES_SUBSOLVERS)
            made.parameters.subsolvers.extend(FEW_CORES_SUBSOLVERS)
        else:
            made.parameters.num_workers = cores()
    return made


def second_opinion(seconds: float, seed: int) -> cp_model.CpSolver:
    """A solver set up differently, to confirm that there is no timetable."""
    made = cp_model.CpSolver()
    made.parameters.random_seed = seed + 1
    made.parameters.max_time_in_seconds = seconds
    made.parameters.num_workers = 1
    made.parameters.cp_model_presolve = False
    made.parameters.linearization_level = 0
    return made


def whole(bound: float) -> int:
    """The best whole value a floating bound allows; values are integers."""
    return math.floor(bound + 1e-6)
