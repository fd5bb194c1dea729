"""How much time is left: wall time, or deterministic units so that the same run repeats exactly."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from solver import cp
from solver.messages import Limits
from solver.parallel import cores

NO_LIMIT = 1e6
"""Seconds that nothing takes."""


class Clock:
    """Time of one solve."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.deterministic = limits.deterministic
        self._spent = 0.0
        self._began = time.monotonic()

    def left(self) -> float:
        """Seconds, or deterministic units, that are left."""
        if self.deterministic:
            return max(0.0, self.limits.seconds - self._spent)
        return max(0.0, self.limits.until - time.monotonic())

    def used(self) -> float:
        """Seconds of wall time since the clock was made."""
        return time.monotonic() - self._began

    def spend(self, units: float) -> None:
        """Count effort that no wall clock sees; without meaning for wall time."""
        self._spent += units

    def wall(self) -> float:
        """Seconds of wall time that a step without units may take: no limit where runs must repeat exactly."""
        return NO_LIMIT if self.deterministic else self.left()

    def small(self, seconds: float, seed: int) -> cp_model.CpSolver:
        """A solver with one worker for a small model."""
        made = cp_model.CpSolver()
        made.parameters.random_seed = seed
        made.parameters.num_workers = 1
        made.parameters.linearization_level = 2
        self._limit(made, seconds)
        return made

    def large(self, seconds: float, seed: int, workers: int) -> cp_model.CpSolver:
        """A solver with all workers that fit, for a pool of plans."""
        if self.deterministic or workers < 2:
            return self.small(seconds, seed)
        made = cp_model.CpSolver()
        made.parameters.random_seed = seed
        names = cp.POOL_SUBSOLVERS[: max(workers, 2)] if cores() <= cp.FEW_CORES else ()
        if names:
            made.parameters.num_workers = len(names)
            made.parameters.subsolvers.extend(names)
        else:
            made.parameters.num_workers = workers
        self._limit(made, seconds)
        return made

    def _limit(self, made: cp_model.CpSolver, seconds: float) -> None:
        if self.deterministic:
            made.parameters.max_deterministic_time = min(seconds, self.left())
        else:
            made.parameters.max_time_in_seconds = min(seconds, self.left())
