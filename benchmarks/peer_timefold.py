"""Timefold Solver as a peer: a small Java program (folder `timefold`) put to work from here in a process of its own.

Its jars come with the package `timefold`, which need not be there; nor need a JDK. `program` says what is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer

from benchmarks.neutral import Evaluation, Instance
from benchmarks.timefold.form import lines
from model.locale import text

JARS_VARIABLE = "HYBROOSTER_TIMEFOLD_JARS"
"""Environment variable that names a folder with the jars, instead of the installed package."""
OLDEST_JDK = 17
GRACE_SECONDS = 15.0
"""How long after its limit the program may finish by itself before it is ended."""

_SOURCES = Path(__file__).with_name("timefold")
_CORE = "timefold-solver-core-"
_LOGGING = "logback-"
"""Left out of the class path: without a logger nothing is logged, with this one every step is."""


class Config(StrEnum):
    """How the solver is set."""

    DEFAULT = "default"
    TUNED = "tuned"


class TimefoldError(RuntimeError):
    """There is no answer of Timefold: why, as a message of the catalogue."""

    def __init__(self, why: str, **params: object) -> None:
        self.why = why
        self._params = params
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Why."""
        return text(f"bench_timefold.{self.why}", lang, **self._params)


class MissingError(TimefoldError):
    """This machine lacks something: a reason to skip, not to fail."""


class FailedError(TimefoldError):
    """The program did not compile, crashed, or had to be ended."""


@dataclass(frozen=True, slots=True)
class Found:
    """A better answer: after how many seconds, its value and how many hard limits and clashes it breaks."""

    seconds: float
    value: int
    broken: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Chosen candidates, by index, and the answers on the way there."""

    chosen: tuple[int, ...]
    trace: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled Java program, ready to run."""

    java: str
    class_path: str
    version: str
    """Version of Timefold Solver."""

    def command(self, *args: object) -> list[str]:
        """The command line of a run."""
        return [self.java, "-cp", self.class_path, "hybrooster.bench.Main", *map(str, args)]


def program(jars: Path | None = None) -> Program:
    """The Java program, compiled unless this machine has done so before.

    Args:
        jars: folder with the jars; without it the folder that the environment names, or the installed package.

    Raises:
        MissingError: no jars, or no JDK that is new enough.
        FailedError: the program does not compile.
    """
    found = _jars(jars)
    javac, java, jdk = _jdk()
    core = next(each.name for each in found if each.name.startswith(_CORE))
    sources = sorted(_SOURCES.rglob("*.java"))
    key = sha256("\n".join([jdk, *(each.name for each in found)]).encode())
    for source in sources:
        key.update(source.read_bytes())
    classes = _cache_folder() / key.hexdigest()[:24]
    class_path = os.pathsep.join(map(str, found))
    if not classes.exists():
        _compile(javac, sources, class_path, classes)
    version = core.removeprefix(_CORE).removesuffix(".jar")
    return Program(java, f"{classes}{os.pathsep}{class_path}", version)


def solve(
    instance: Instance,
    seconds: float,
    config: Config,
    on_found: Callable[[Found], None] | None = None,
    *,
    seed: int = 0,
    checked: bool = False,
    jars: Path | None = None,
) -> Answer:
    """The best answer found within so many seconds of wall time; compiling does not count, handing over does.

    Args:
        instance: the problem.
        seconds: wall time.
        config: how the solver is set.
        on_found: told each better answer at once.
        seed: random seed.
        checked: let the solver compare each incremental score with one from scratch; slow.
        jars: folder with the jars, see `program`.

    Raises:
        MissingError: no jars or no JDK.
        FailedError: the program gave no answer.
    """
    made = program(jars)
    began = time.monotonic()
    trace: list[Found] = []
    chosen: tuple[int, ...] | None = None
    with tempfile.TemporaryDirectory() as folder:
        problem = _written(Path(folder, "problem.txt"), lines(instance))
        handed_over = time.monotonic() - began
        mode = "FULL_ASSERT" if checked else "PHASE_ASSERT"
        command = made.command("solve", problem, config, max(0.0, seconds - handed_over), seed, mode)
        with _running(command, seconds - handed_over + GRACE_SECONDS) as said:
            for line in said:
                kind, *words = line.split()
                if kind == "found":
                    trace.append(Found(handed_over + float(words[0]), value=int(words[2]), broken=-int(words[1])))
                    if on_found is not None:
                        on_found(trace[-1])
                elif kind == "chosen":
                    chosen = tuple(map(int, words))
    if chosen is None:
        raise FailedError("silent")
    return Answer(tuple(sorted(chosen)), tuple(trace))


def score(instance: Instance, sets: Sequence[Iterable[int]], *, jars: Path | None = None) -> list[Evaluation]:
    """What the constraint streams make of sets of candidates, allowed or not.

    Raises:
        MissingError: no jars or no JDK.
        FailedError: the program failed.
    """
    made = program(jars)
    with tempfile.TemporaryDirectory() as folder:
        problem = _written(Path(folder, "problem.txt"), lines(instance))
        chosen = _written(Path(folder, "sets.txt"), (" ".join(map(str, each)) for each in sets))
        with _running(made.command("score", problem, chosen), GRACE_SECONDS + len(sets)) as said:
            scores = [line.split()[1:] for line in said]
    return [Evaluation(value=int(soft), broken=-int(hard)) for hard, soft in scores]


def _jars(folder: Path | None) -> list[Path]:
    """The jars needed to run, by name."""
    if folder is None and (named := os.environ.get(JARS_VARIABLE)):
        folder = Path(named)
    if folder is None:
        spec = find_spec("timefold")  # not imported: that would start a Java machine
        if spec is None or not spec.submodule_search_locations:
            raise MissingError("no_package", variable=JARS_VARIABLE)
        folder = Path(next(iter(spec.submodule_search_locations)), "solver", "jars")
    found = sorted(each for each in folder.glob("*.jar") if not each.name.startswith(_LOGGING))
    if not any(each.name.startswith(_CORE) for each in found):
        raise MissingError("no_jars", folder=folder)
    return found


def _jdk() -> tuple[str, str, str]:
    """Compiler, the Java that belongs to it, and what the compiler calls itself."""
    home = os.environ.get("JAVA_HOME")
    javac = shutil.which("javac", path=str(Path(home, "bin"))) if home else shutil.which("javac")
    java = shutil.which("java", path=str(Path(javac).resolve().parent)) if javac else None
    if javac is None or java is None:
        raise MissingError("no_jdk", oldest=OLDEST_JDK)
    told = _run([javac, "-version"])
    said = f"{told.stdout}{told.stderr}".strip()
    version = re.search(r"javac (\d+)", said)
    if version is None or int(version[1]) < OLDEST_JDK:
        raise MissingError("old_jdk", version=said, oldest=OLDEST_JDK)
    return javac, java, said


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "hybrooster", "timefold")


def _compile(javac: str, sources: Sequence[Path], class_path: str, classes: Path) -> None:
    """Compile beside the cache and move there at once, since several may do so at the same time."""
    classes.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=classes.parent) as beside:
        made = Path(beside, "classes")
        options = ["-encoding", "UTF-8", "-proc:none", "-cp", class_path, "-d", str(made)]
        told = _run([javac, *options, *map(str, sources)])
        if told.returncode:
            raise FailedError("uncompiled", said=_last_lines(told.stderr))
        try:
            made.rename(classes)
        except OSError:
            if not classes.exists():
                raise


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own command


@contextmanager
def _running(command: list[str], seconds: float) -> Iterator[Iterator[str]]:
    """Lines that a command writes; it is gone afterwards, after so many seconds in any case.

    Raises:
        FailedError: it failed or had to be ended.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)  # noqa: S603  our own command
        late = Event()

        def end() -> None:
            late.set()
            process.kill()

        overdue = Timer(seconds, end)
        overdue.start()
        try:
            assert process.stdout is not None
            with process.stdout:
                yield process.stdout
            process.wait()
        finally:
            overdue.cancel()
            process.kill()
            process.wait()
        if process.returncode:
            errors.seek(0)
            raise FailedError("late") if late.is_set() else FailedError("crashed", said=_last_lines(errors.read()))


def _written(file: Path, content: Iterable[str]) -> Path:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in content)
    return file


def _last_lines(said: str) -> str:
    return " / ".join(said.strip().splitlines()[-3:])
