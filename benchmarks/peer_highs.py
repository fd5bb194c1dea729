"""HiGHS as a peer: the linear form of an instance, handed over as MPS."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.linear import linear_of, mps
from benchmarks.neutral import Instance

OnFound = Callable[[int | None, int | None], None]
"""Told value and bound whenever one of them is better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Chosen candidates, by index (None without an answer), and the bound; impossible when HiGHS proved that."""

    chosen: frozenset[int] | None
    bound: int | None
    impossible: bool


def installed() -> bool:
    """Whether HiGHS can be used here."""
    return find_spec("highspy") is not None


def solve(instance: Instance, seconds: float, *, seed: int, threads: int, on_found: OnFound) -> Answer:
    """The best answer found within so many seconds of wall time; making and handing over the linear form counts.

    Raises:
        RuntimeError: HiGHS refuses the model, a defect.
    """
    import highspy  # noqa: PLC0415  not everybody has it

    until = time.monotonic() + seconds
    highs = highspy.Highs()
    options = {"output_flag": False, "threads": threads, "parallel": "on", "random_seed": seed, "mip_rel_gap": 0.0}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "instance.mps")
        with file.open("w", encoding="ascii") as out:
            out.writelines(f"{line}\n" for line in mps(linear_of(instance), "instance"))
        if highs.readModel(str(file)) == highspy.HighsStatus.kError:
            raise RuntimeError("HiGHS cannot read the model")
    left = until - time.monotonic()
    if left <= 0:
        return Answer(None, None, impossible=False)
    highs.setOptionValue("time_limit", left)

    def told(event: Any) -> None:
        on_found(_whole(-event.data_out.mip_primal_bound, round), _whole(-event.data_out.mip_dual_bound, _down))

    highs.cbMipImprovingSolution += told
    highs.cbMipLogging += told
    highs.run()
    info = highs.getInfo()
    impossible = highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(None, None, impossible)
    values = highs.getSolution().col_value
    chosen = frozenset(index for index in range(len(instance.candidates)) if values[index] > 0.5)
    return Answer(chosen, _whole(-info.mip_dual_bound, _down), impossible)


def _down(number: float) -> int:
    """The best whole value a floating bound allows."""
    return math.floor(number + 1e-6)


def _whole(number: float, rounded: Callable[[float], int]) -> int | None:
    return rounded(number) if math.isfinite(number) else None
