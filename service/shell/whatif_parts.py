"""What the commands about scenarios need of the solver and of its words, in one place: they load it when they run, not before."""

from __future__ import annotations

from service.shell.risk_shown import fragility_lines, fragility_picture, price_lines, price_picture, recruit_picture
from service.shell.whatif_shown import (
    compare_lines,
    compare_picture,
    curve_picture,
    fair_picture,
    release_lines,
    release_picture,
)
from solver.explain.region import Region
from solver.explain.words import ReaderError
from solver.whatif.compare import alone
from solver.whatif.comparison import comparison
from solver.whatif.curve import publish, stability_curve
from solver.whatif.curve_told import curve_told, fair_told, may_see_split
from solver.whatif.fair import Among, fair_split
from solver.whatif.fragile import fragility
from solver.whatif.plan_told import allow_employer, told
from solver.whatif.price_list import price_list, prices_told
from solver.whatif.recruit import whom_to_recruit
from solver.whatif.release import release_plan
from solver.whatif.risk_told import fragility_told, recruit_told
from solver.whatif.variants import How, solve_all

__all__ = [
    "Among",
    "How",
    "ReaderError",
    "Region",
    "allow_employer",
    "alone",
    "compare_lines",
    "compare_picture",
    "comparison",
    "curve_picture",
    "curve_told",
    "fair_picture",
    "fair_split",
    "fair_told",
    "fragility",
    "fragility_lines",
    "fragility_picture",
    "fragility_told",
    "may_see_split",
    "price_lines",
    "price_list",
    "price_picture",
    "prices_told",
    "publish",
    "recruit_picture",
    "recruit_told",
    "release_lines",
    "release_picture",
    "release_plan",
    "solve_all",
    "stability_curve",
    "told",
    "whom_to_recruit",
]
