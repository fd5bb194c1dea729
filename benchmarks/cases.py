"""Problems that can be measured, by family: small enough to hand to another process, which makes the term itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks import smptsp_files
from benchmarks.changes import changed
from benchmarks.family import Family
from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.term import Term


class Case(BaseModel):
    """One problem."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: Family
    name: str
    group: str
    """Cases of a group stand together in tables: a profile with its size, or the family."""
    size: int
    """Professionals of a generated region, tasks of an SMPTSP instance."""
    seed: int
    """Of the solver, and of a generated region too."""
    profile: Profile | None = None
    change: int | None = None
    """Number of the fact that changed in a region that was solved before."""
    folder: Path | None = None
    """Where the family's public data stands."""
    published: tuple[int, int] | None = None
    """Published lower and upper bound on the number of workers."""

    def before(self) -> Term | None:
        """The term before its change."""
        if self.change is None or self.profile is None:
            return None
        return generate(self.size, self.seed, self.profile)

    def term(self) -> Term:
        """The term, after its change if there is one."""
        if self.profile is not None:
            region = generate(self.size, self.seed, self.profile)
            return region if self.change is None else changed(region, self.change)
        assert self.folder is not None
        return smptsp_files.term_of(self._instance, smptsp_files.read(self.folder, self._instance))

    def made_of(self) -> str:
        """All that its term depends on, besides the programs that make it."""
        if self.folder is not None:
            return repr(smptsp_files.read(self.folder, self._instance))
        return f"{self.profile} {self.size} {self.seed} {self.change}"

    @property
    def _instance(self) -> str:
        """Name of a public instance."""
        return self.name.rpartition("-")[0]


def generated(sizes: Iterable[int], profiles: Iterable[Profile], seeds: Iterable[int]) -> Iterator[Case]:
    """Generated regions, small ones first."""
    seeds, profiles = tuple(seeds), tuple(profiles)
    for size in sorted(sizes):
        for profile in profiles:
            group = f"{profile}-{size}"
            for seed in seeds:
                yield Case(
                    family=Family.GENERATED,
                    name=f"{group}-{seed}",
                    group=group,
                    size=size,
                    seed=seed,
                    profile=profile,
                )


def changes(sizes: Iterable[int], profiles: Iterable[Profile], seeds: Iterable[int], count: int = 4) -> Iterator[Case]:
    """Generated regions in which one fact changed after they were solved, so many facts each."""
    for region in generated(sizes, profiles, seeds):
        for change in range(count):
            number = count * (region.seed - 1) + change
            name, group = f"{region.name}-change-{number}", f"{region.group}-changed"
            yield region.model_copy(update={"family": Family.CHANGED, "name": name, "group": group, "change": number})


def smptsp(folder: Path, seeds: Iterable[int], sizes: Iterable[int] | None = None) -> Iterator[Case]:
    """The SMPTSP instances of a folder, or those with these numbers of tasks, small ones first.

    Raises:
        UnreadableError: a file cannot be meant.
        OSError: there is no such folder, or no instance in it.
    """
    seeds, wanted = tuple(seeds), None if sizes is None else frozenset(sizes)
    known = smptsp_files.bounds(folder)
    tasks = {name: len(smptsp_files.read(folder, name).tasks) for name in smptsp_files.names(folder)}
    for name, size in sorted(tasks.items(), key=lambda item: item[1]):
        for seed in seeds if wanted is None or size in wanted else ():
            yield Case(
                family=Family.SMPTSP,
                name=f"{name}-{seed}",
                group="smptsp",
                size=size,
                seed=seed,
                folder=folder.resolve(),
                published=known.get(name),
            )
