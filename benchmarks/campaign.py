"""What the shell asks for: which peers on which cases, checked before anything runs, and told line by line.

ChoiceError  raised for a choice that does not exist; says which there are, in words of the catalogue
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import cases, report, runner
from benchmarks.attempt import News
from benchmarks.cases import Case
from benchmarks.family import Family
from benchmarks.peers import PEERS, Peer
from benchmarks.recipes import Profile
from benchmarks.records import Run
from model.locale import text

RESULTS = Path(__file__).parent
SIZES = {Family.GENERATED: (20, 100, 300, 1000), Family.CHANGED: (300,)}
SEEDS = {Family.GENERATED: (1, 2, 3), Family.CHANGED: (1, 2, 3, 4, 5), Family.SMPTSP: (1,)}
OF_CHANGES = ("hybrooster", "hybrooster-again")
"""Who runs on regions in which a fact changed, when nobody is named: only the second remembers anything."""

_FILE_NAME = re.compile(r"\w[\w.+-]*", re.ASCII)

Say = Callable[[str], None]


class ChoiceError(ValueError):
    """A choice that does not exist, as a message of the catalogue."""

    def __init__(self, why: str, **params: object) -> None:
        self._why = why
        self._params = params
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """What is wrong."""
        return text(f"bench_runner.{self._why}", lang, **self._params)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Runs to be done."""

    cases: tuple[Case, ...]
    peers: tuple[Peer, ...]
    seconds: float
    release: str
    results: Path = RESULTS

    def run(self, lang: str, say: Say) -> list[Run]:
        """Do all that is not recorded yet, telling how it goes; then write tables and plots anew."""
        able = [peer for peer in self.peers if not _missing(peer, lang, say)]
        todo = runner.plans(self.cases, able, results=self.results, release=self.release, seconds=self.seconds)
        recorded = len(self.cases) * len(able) - len(todo)
        say(text("bench_runner.todo", lang, todo=len(todo), recorded=recorded, release=self.release))
        told = _Told(lang, say)
        done = []
        for run in runner.run_all(
            todo, results=self.results, release=self.release, seconds=self.seconds, told=told.news
        ):
            told.ended(run)
            done.append(run)
        for path in report.write(self.results):
            say(text("bench_runner.written", lang, path=str(path)))
        return done


def campaign(
    family: Family,
    *,
    seconds: float,
    peers: str | None = None,
    sizes: str | None = None,
    profiles: str | None = None,
    seeds: str | None = None,
    data: Path | None = None,
    release: str | None = None,
    results: Path | None = None,
) -> Campaign:
    """The runs that options (lists with commas) ask for; what is left out is all peers, the usual sizes and seeds.

    Raises:
        ChoiceError: an option names what there is not, or lacks.
        UnreadableError, OSError: public data cannot be read.
    """
    chosen_seeds = _numbers("seeds", seeds) or SEEDS.get(family, ())
    chosen_sizes = _numbers("sizes", sizes)
    if release is not None and not _FILE_NAME.fullmatch(release):
        raise ChoiceError("no_name", option="--release", value=release)
    usual: Iterable[str] = [name for name in PEERS if name != "hybrooster-again"]
    if family in SIZES:
        which = [Profile(each) for each in _known("profiles", profiles, list(Profile)) or [Profile.BALANCED]]
        make = cases.generated if family is Family.GENERATED else cases.changes
        found = tuple(make(chosen_sizes or SIZES[family], which, chosen_seeds))
        usual = usual if family is Family.GENERATED else OF_CHANGES
    elif data is None:
        raise ChoiceError("no_data", family=family.value)
    else:
        found = tuple(cases.smptsp(data, chosen_seeds, chosen_sizes or None))
    return Campaign(
        cases=found,
        peers=tuple(PEERS[name] for name in _known("peers", peers, PEERS) or usual),
        seconds=seconds,
        release=release or version("hybrooster"),
        results=results or RESULTS,
    )


def _known(option: str, given: str | None, names: Iterable[str]) -> list[str]:
    """The names of a list with commas; nothing when it was not given."""
    known, found = list(names), _split(given)
    for each in found:
        if each not in known:
            raise ChoiceError("unknown_choice", option=f"--{option}", value=each, known=", ".join(known))
    return found


def _numbers(option: str, given: str | None) -> list[int]:
    """The whole numbers above 0 of a list with commas, likewise."""
    found = []
    for each in _split(given):
        if not (each.isascii() and each.isdigit() and int(each)):
            raise ChoiceError("no_number", option=f"--{option}", value=each)
        found.append(int(each))
    return found


def _split(given: str | None) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in (given or "").split(",") if each.strip()))


def _missing(peer: Peer, lang: str, say: Say) -> bool:
    why = peer.missing(lang)
    if why is not None:
        say(why)
    return why is not None


@dataclass(frozen=True, slots=True)
class _Told:
    """Turns news of runs into lines."""

    lang: str
    say: Say

    def news(self, plan: runner.Plan, news: News) -> None:
        """A better value or bound, or that the peer may begin."""
        if news.prepared is not None:
            where = {"number": plan.number, "of": plan.of, "case": plan.case.name, "peer": plan.peer.name}
            self.say(text("bench_runner.begins", self.lang, **where))
        else:
            self.say(text("bench_runner.better", self.lang, value=_shown(news.value), bound=_shown(news.bound)))

    def ended(self, run: Run) -> None:
        """How a run ended."""
        result = run.result
        numbers = {"value": _shown(result.value), "bound": _shown(result.bound), "seconds": round(result.seconds, 1)}
        status = text(f"bench_runner.status.{result.status}", self.lang)
        self.say(text("bench_runner.ended", self.lang, status=status, case=run.case, peer=run.peer, **numbers))
        for each in result.breaches:
            self.say(f"    {each.rule} ({each.times}): {each.example}")
        if result.error:
            self.say(f"    {result.error.strip().splitlines()[-1]}")


def _shown(number: int | None) -> int | str:
    return "–" if number is None else number


def worst(runs: Sequence[Run]) -> int:
    """Exit code: 1 when an answer was illegal or missing for a fault, else 0."""
    return int(any(run.result.status in ("illegal", "failed") for run in runs))
