"""Who could give a lesson, and what would have to change for it while nobody else's lessons move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from model.calendar import Dates
from model.change import Change, applied, days_of
from model.judging import Trial, Tried
from model.rule import Candidate, Subject
from model.rules import BY_NAME
from model.timetable import Assignment, Breach, Timetable
from solver.board import Board
from solver.explain.funnel import candidates_on
from solver.explain.region import Region
from solver.parallel import share_out

LEAST_SHARED = 12
LEAST_TRIED = 3
"""With fewer ways than this, asking about them is not worth another process."""

ROUNDS = 3
"""So often what changes ask for themselves is added: a day that is given away may be one too many for a team."""


@dataclass(frozen=True)
class Could:
    """One person with one way to give a lesson, tried.

    Attributes:
        candidate: what they would give: the lesson, or the whole course where it stays together.
    """

    region: Region
    candidate: Candidate
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]

    @cached_property
    def trial(self) -> Trial:
        """That, to be asked about."""
        return self.region.judging.trial(removed=self.removed, added=self.added)

    @cached_property
    def tried(self) -> Tried:
        """What that breaks and gains, all else as it is."""
        return self.trial.tried()

    @property
    def professional(self) -> str:
        """Who."""
        return self.candidate.professional

    @property
    def blockers(self) -> tuple[Breach, ...]:
        """All that stands in the way at once; of the lessons of a course that stays together one, where it is worst."""
        found: dict[tuple[str | None, ...], Breach] = {}
        for each in self.tried.breaches:
            lesson = None if each.lesson in self.candidate.lessons else each.lesson
            other = each.sentence("en") if each.rule == "clash" else None
            key = (each.rule, each.professional, lesson, each.employer, other)
            if key not in found or each.size > found[key].size:
                found[key] = each
        return tuple(found.values())

    @property
    def price(self) -> int | None:
        """What the changes are taken to cost; None where they would not do."""
        return None if self.settled is None else sum(each.price for each in self.settled)

    @cached_property
    def settled(self) -> tuple[Change, ...] | None:
        """What has to be agreed; None where something of it is law, or cannot be agreed."""
        return settled(self.trial)


def settled(trial: Trial) -> tuple[Change, ...] | None:
    """What could be agreed so that a change of rows breaks nothing, the changed term judged anew; None where that cannot be.

    Changes come with what they themselves ask for.
    """
    changes: tuple[Change, ...] = ()
    now = trial
    for _ in range(ROUNDS + 1):
        broken = tuple(now.broken())
        if not broken:
            return changes
        more = agreed(now, broken)
        if more is None:
            return None
        changes = merged((*changes, *more))
        term = applied(trial.judging.term, changes)
        now = trial.judging.under(term, days_of(changes)).trial(removed=trial.removed, added=trial.added)
    return None


def agreed(trial: Trial, breaches: Sequence[Breach]) -> tuple[Change, ...] | None:
    """What could be agreed about what a change of rows breaks: of each kind what is most; None where nothing can be.

    What cannot be agreed may still be mended by what can: with a day given away there is a break in it. Judge it anew.
    """
    judging = trial.judging
    found: dict[tuple[str, str | None, str], Change] = {}
    most: dict[tuple[str, str | None, str], tuple[int, int]] = {}
    for breach in breaches:
        rule = BY_NAME[breach.rule]
        subject = {
            Subject.PROFESSIONAL: breach.professional,
            Subject.SCHOOL: breach.school,
            Subject.EMPLOYER: breach.employer,
            Subject.REGION: judging.term.id,
        }[rule.subject]
        made = judging.book.of(rule, subject or "")
        ways = [] if made is None else list(made.ways(trial.reading, breach))
        if not ways:
            continue
        way = min(ways, key=lambda each: each.price)
        about = (breach.rule, breach.professional, breach.lesson or "")
        if (way.price, breach.size) > most.get(about, (0, 0)):
            found[about], most[about] = way, (way.price, breach.size)
    return merged(found.values()) if found or not breaches else None


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes without those that another one holds: of two half-days and one of them, the two."""
    distinct = {each.key: each for each in changes}
    edits = {key: {(edit.table, edit.row, repr(edit.values)) for edit in each.edits} for key, each in distinct.items()}
    return tuple(each for key, each in distinct.items() if not any(edits[key] < others for others in edits.values()))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who could give a lesson, most easily first: at once, then by what has to be agreed.

    Attributes:
        others: how many more there are, for whom more has to be agreed, or the law stands in the way.
    """

    lesson: str
    first: tuple[Could, ...]
    others: int


def who_could(region: Region, lesson: str, most: int = 8, *, shared: bool = True) -> Ranking:
    """Those with a licence for a lesson, as many as asked for.

    On the dates on which it is open; of one that is not, instead of those who give it.

    Args:
        shared: whether it is shared out over the cores; not where many lessons are asked about side by side.
    """
    dates = region.open_dates(lesson)
    board = region.wide(region.term.lesson(lesson).course)
    given = {row.professional for row in region.judging.reading.assigned.get(lesson, ()) if not dates}
    ways = [
        could_with(region, candidate, dates)
        for candidate in candidates_on(board, lesson, dates or region.calendar.all, region)
        if candidate.professional not in given
        and all(BY_NAME[each.rule].negotiable for each in board.forbidden.get(candidate.index, ()))
    ]
    best: dict[str, tuple[tuple[int, int], Could]] = {}
    for could, least in zip(ways, share_out(_at_least, ways, LEAST_SHARED if shared else len(ways) + 1), strict=True):
        if could.professional not in best or least < best[could.professional][0]:
            best[could.professional] = least, could
    order = sorted(best.values(), key=lambda each: (each[0], each[1].candidate.index))
    first = [could for _, could in order[:most]]
    for could, (settled_, tried) in zip(
        first, share_out(_tried, first, LEAST_TRIED if shared else most + 1), strict=True
    ):
        vars(could).update(settled=settled_, tried=replace(tried, timetable=could.trial.reading.timetable))
    return Ranking(lesson, tuple(sorted(first, key=_order)), max(0, len(order) - most))


def _at_least(could: Could) -> tuple[int, int]:
    """What rules about the person alone say of the price: 0 and the least it is; or 1, where they cannot be agreed, and how many."""
    broken = tuple(could.trial.broken(personal=True))
    changes = agreed(could.trial, broken)
    return (1, len(broken)) if changes is None else (0, sum(each.price for each in changes))


def _tried(could: Could) -> tuple[tuple[Change, ...] | None, Tried]:
    """All that is asked of a way; without the timetable, which would be sent to and fro."""
    return could.settled, replace(could.tried, timetable=Timetable())


def could_they(region: Region, lesson: str, professional: str) -> Could | None:
    """One person, whatever stands in the way; None where the lesson has no dates left to give."""
    dates = region.open_dates(lesson)
    board = Board.of(
        region.term,
        rules=(),
        only_courses=[region.term.lesson(lesson).course],
        only_people=[professional],
        screen=False,
        calendar=region.calendar,
        travel=region.travel,
    )
    found = candidates_on(board, lesson, dates or region.calendar.all, region)
    return min((could_with(region, each, dates) for each in found), key=_order, default=None)


def what_could(region: Region, professional: str) -> Iterator[Could]:
    """All that somebody could take of what is open, as it stands."""
    seen: set[tuple[str, ...]] = set()
    for lesson in region.open_lessons:
        if professional in region.unlicensed[region.term.lesson(lesson).course]:
            continue
        could = could_they(region, lesson, professional)
        if could is not None and could.candidate.lessons not in seen:
            seen.add(could.candidate.lessons)
            yield could


def rows_of(
    region: Region, candidate: Candidate, open_dates: Dates
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """Rows that go and rows that come: of a lesson that is not open, those of who gives it go too."""
    removed, added = region.rows_with(candidate)
    if not open_dates:
        assigned = region.judging.reading.assigned
        removed = tuple({row: None for each in candidate.lessons for row in assigned.get(each, ())})
    return removed, added


def could_with(region: Region, candidate: Candidate, open_dates: Dates) -> Could:
    """One way for one person, to be tried."""
    removed, added = rows_of(region, candidate, open_dates)
    return Could(region, candidate, removed, added)


def _order(could: Could) -> tuple[int, int, int, int, str]:
    """At once; then what can be agreed, by price; then by how much stands in the way. The better for the timetable first."""
    price = could.price
    kind = 2 if price is None else 1 if price else 0
    return kind, price or 0, len(could.blockers), -could.tried.gain, could.professional
