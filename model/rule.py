"""What every rule declares, and the verbs in which it writes itself on a board.

A rule is one file in `model/rules`. It judges a timetable in plain Python (`broken`, `costs`) and writes the same on
a board (`enforce`); the two share their words, not their loops, and the agreement test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from model import names
from model.calendar import Calendar, Dates, Piece
from model.change import Change, Edit
from model.day import Stop
from model.fields import HalfDay
from model.locale import register
from model.people import Privacy
from model.term import Term
from model.timetable import Breach, Cost, Tier
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading
    from model.segments import Segments

T = TypeVar("T")

Literal = int
"""Something that is true or false of a timetable, as the board numbers it."""


class Owner(StrEnum):
    """Who could change a fact."""

    SCHOOL = "school"
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"
    LAW = "law"


class Subject(StrEnum):
    """What a rule is written for, one by one; also who may set it otherwise."""

    PROFESSIONAL = "professional"
    SCHOOL = "school"
    EMPLOYER = "employer"
    REGION = "region"
    """The whole term at once."""


class Waiving(StrEnum):
    """What a waiver of a rule names."""

    NEVER = "never"
    """The rule cannot be waived."""
    PERSON = "person"
    LESSON = "lesson"
    PERSON_OR_LESSON = "person_or_lesson"
    """A person, a lesson, or one lesson of one person."""


class Phase(IntEnum):
    """When a rule writes: who can give what at all, then what excludes each other, then the rest."""

    ELIGIBILITY = 1
    CLASHES = 2
    REST = 3


class Hurdle(StrEnum):
    """What somebody passes before they can give a lesson, in the order in which it is told."""

    LICENSED = "licensed"
    AGREED = "agreed"
    FREE = "free"
    """At the time of the lesson, at work and at home."""
    NEAR = "near"
    ROOM = "room"
    """For another lesson in the week they have."""


@dataclass(frozen=True, slots=True)
class Because:
    """The fact behind something written on the board: whose it is, what changing it costs, who may read it."""

    rule: str
    message: str
    params: Mapping[str, object]
    owner: Owner
    negotiable: bool
    price: int
    """What changing the fact costs its owner, against other facts (0 for facts that are not negotiable)."""
    privacy: Privacy = Privacy.OPEN
    professional: str | None = None
    fact: str | None = None
    """`table/id` of the row that says so, where there is one."""


class Part(NamedTuple):
    """One lesson of a candidate at one clock time on a set of dates."""

    lesson: str
    option: str | None
    dates: Dates
    stop: Stop


@dataclass(slots=True, eq=False)
class Candidate:
    """One person giving one block (a lesson, or a whole course that must stay together) at chosen times in some weeks.

    Never changed; not frozen because there are so many, and to make a frozen one takes four times as long.
    """

    index: int
    professional: str
    course: str
    school: str
    lessons: tuple[str, ...]
    options: tuple[str | None, ...]
    parts: tuple[Part, ...]
    dates: Dates
    weeks: frozenset[int] | None = None
    """The segment of weeks in which it is given; None for all weeks. Its parts have only dates of these."""


@dataclass(slots=True, eq=False)
class DayStop:
    """A stop of somebody's day: a candidate's lesson, or a piece of work that the candidates in `unless` push out.

    Never changed; not frozen for the same reason as candidates.
    """

    stop: Stop
    candidate: Candidate | None
    unless: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class DayClass:
    """Dates on which one person has the same possible stops, in order of time."""

    index: int
    professional: str
    dates: Dates
    stops: tuple[DayStop, ...]

    @property
    def count(self) -> int:
        """How many dates."""
        return self.dates.bit_count()


class Away(NamedTuple):
    """A candidate that takes its professional away from a half-day at the employer on these dates."""

    candidate: Candidate
    half_day: HalfDay
    dates: Dates
    piece: Piece
    """The piece of work that is given away."""


DayCheck = Callable[[Sequence[Stop]], bool]
"""Whether stops of one day, in order of time, are too much together; with more stops they stay so."""

LegCost = Callable[[Stop | None, Stop | None], int]
"""What one step of a day costs, from a stop to the next; None stands for home, before the first and after the last."""


class Board(Protocol):
    """The verbs of a board. Weighted literals are pairs of a literal and an integer of either sign."""

    @property
    def term(self) -> Term: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def travel(self) -> Travel: ...
    @property
    def segments(self) -> Segments: ...

    def holds(self, rule: str, subject: str) -> bool:
        """Whether a rule writes here for a subject, nothing waived, so that another need not say what it says."""
        ...

    def candidates_of(self, professional: str) -> Sequence[Candidate]:
        """Candidates of a person that nothing forbids so far."""
        ...

    def courses_at(self, start: int, end: int, dates: Dates) -> AbstractSet[str]:
        """Courses that nobody can give without teaching at one of these moments."""
        ...

    def once(self, make: Callable[[Board], T]) -> T:
        """What a rule works out for everybody together, made on first use."""
        ...

    def candidates_for(self, lesson: str) -> Sequence[Candidate]:
        """Candidates that give a lesson and that nothing forbids so far."""
        ...

    def waived(self, rule: Rule, *, professional: str | None = None, lesson: str | None = None) -> bool:
        """Whether somebody took responsibility for what a rule would say of this person and lesson."""
        ...

    def teaches(self, candidate: Candidate) -> Literal:
        """True when the candidate is chosen."""
        ...

    def at(self, lesson: str, option: str | None) -> Literal:
        """True when the lesson is given at this one of its times; shared by all who give it."""
        ...

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """True when at least one is."""
        ...

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """True when every one is."""
        ...

    def none_of(self, literals: Iterable[Literal]) -> Literal:
        """True when not one is; only weighted sums and `all_of` take it."""
        ...

    def there(self, stop: DayStop) -> Literal:
        """True when a stop is part of its day: its lesson is given, or its work is not pushed out."""
        ...

    def stops_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        """What a person may do on a day by its number, in order of time, each with when it is so."""
        ...

    def away_of(self, professional: str) -> Sequence[Away]:
        """What takes a person away from work, by half-day and dates."""
        ...

    def days_of(self, professional: str) -> Sequence[DayClass]:
        """The classes of a person's days on which something may be taught."""
        ...

    def forbid(self, candidate: Candidate, because: Because) -> None:
        """This candidate cannot be chosen. The reasons are kept."""
        ...

    def clash(self, candidates: Iterable[Candidate], because: Because) -> None:
        """Of these candidates of one professional at most one can be chosen; where there is only one, not even that."""
        ...

    def limit(
        self,
        terms: Iterable[tuple[Literal, int]],
        at_most: int,
        because: Because,
        *,
        of: str | None = None,
        price: int | None = None,
        tier: Tier | None = None,
    ) -> None:
        """A weighted sum stays at or below a number, or pays `price` for each unit above it.

        `of` names the professional when the limit is personal.
        """
        ...

    def price(
        self, terms: Iterable[tuple[Literal, int]], because: Because, *, tier: Tier, of: str | None = None
    ) -> None:
        """Each true literal costs its weight; a negative weight is a gain."""
        ...

    def level(
        self, groups: Iterable[Iterable[tuple[Literal, int]]], weight: int, because: Because, *, tier: Tier
    ) -> None:
        """The smallest of several sums gains its size times a weight."""
        ...

    def day(self, professional: str, check: DayCheck, because: Because) -> None:
        """No day with lessons may have stops that are too much together; call it once clashes are written."""
        ...

    def legs(self, professional: str, cost: LegCost, because: Because, *, tier: Tier) -> None:
        """On every date with lessons, each step of the day from one stop to the next costs."""
        ...


_DUTCH = {"ja": True, "nee": False}


class Rule(BaseModel):
    """The contract. The docstring of a rule is its row in the table of rules; its fields are what a term may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    in_dutch: ClassVar[str] = ""
    """The first paragraph of the docstring in Dutch, for decision records and pages."""
    subject: ClassVar[Subject]
    source: ClassVar[str]
    """Law article, labour agreement or habit that the rule comes from."""
    owner: ClassVar[Owner]
    negotiable: ClassVar[bool] = True
    change_price: ClassVar[int] = 1
    privacy: ClassVar[Privacy] = Privacy.OPEN
    """Who may read that, and how, a timetable breaks it: everyone, the employer concerned, or the person concerned."""
    tier: ClassVar[Tier | None] = None
    """Where its costs are counted; None for a hard rule."""
    phase: ClassVar[Phase] = Phase.REST
    hurdle: ClassVar[Hurdle] = Hurdle.ROOM
    """What a rule that decides who can give what at all is a part of."""
    may_switch_off: ClassVar[bool] = True
    """Whether anybody may switch the rule off; not where it is law or the laws of nature."""
    may_waive: ClassVar[Waiving | None] = None
    """What a waiver of it names; None for by person where it is a personal rule that may be switched off, else never.

    A rule that says lessons judges each lesson of a person by itself, names it in the breach, and looks at no more of a
    board than `candidates_of`, or asks `board.waived`.
    """
    ties_people: ClassVar[bool] = False
    """Whether, asked person by person, it still says something of several people together."""
    by_course: ClassVar[bool] = False
    """Whether what it says of a school is what it says of each course of it by itself; it asks `reading.courses_of`."""
    stays_broken: ClassVar[bool] = False
    """Whether a breach stays however many lessons are added, so that pins alone can break the rule."""
    raises: ClassVar[str] = ""
    """Field of a person's row that says how much they agree to, of a rule that is about no more than that."""
    priced_by_unit: ClassVar[bool] = False
    """Whether what is agreed costs at least one more for each further unit by which a limit on the board is passed."""
    lifts: ClassVar[tuple[str, ...]] = ()
    """Tables that change, with the days of the person, by what is agreed about it: other rules that read them may say less."""
    reads: ClassVar[tuple[str, ...]] = ()
    """Fields of the term it reads, as `table.field`; the rest warns when used."""
    says: ClassVar[Mapping[str, Mapping[str, str]]]
    """Sentences in Dutch and English; `title` names the rule, `broken` states a breach, and of a rule that decides who
    can give what at all, `many` says how many people it keeps away; `way` says what could be agreed (see `ways`)."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.priced_by_unit = cls.priced_by_unit or bool(cls.raises)
        about = {"about": {"nl": cls.in_dutch, "en": cls.sentence()}} if vars(cls).get("__doc__") else {}
        register(f"rule.{cls.name}", {**cls.says, **about})

    @model_validator(mode="before")
    @classmethod
    def _yes_and_no(cls, values: Any) -> Any:
        """Yes and no in Dutch; English is understood anyway."""
        if not isinstance(values, Mapping):
            return values
        kinds = cls.model_fields
        return {
            name: _DUTCH.get(str(value).strip().casefold(), value)
            if name in kinds and kinds[name].annotation is bool
            else value
            for name, value in values.items()
        }

    @classmethod
    def sentence(cls) -> str:
        """The rule in one sentence: the first paragraph of its docstring."""
        first, _, _ = (cls.__doc__ or "").strip().partition("\n\n")
        return " ".join(first.split())

    @classmethod
    def hard(cls) -> bool:
        """Whether breaking it makes a timetable wrong."""
        return cls.tier is None

    @classmethod
    def agreeable(cls) -> bool:
        """Whether something can be agreed about it (see `ways`)."""
        return cls.hard() and "way" in cls.says

    @classmethod
    def asks(cls, term: Term, because: Because) -> Hashable:  # noqa: ARG003  for rules that ask for several things
        """What a fact asks somebody to agree to; each thing more that is asked of them costs at least one more."""
        return cls.name

    @classmethod
    def waiving(cls) -> Waiving:
        """What a waiver of the rule names."""
        if cls.may_waive is not None:
            return cls.may_waive
        personal = cls.subject is Subject.PROFESSIONAL and cls.hard() and cls.may_switch_off
        return Waiving.PERSON if personal else Waiving.NEVER

    def screen(self, board: Board, professional: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        """Courses of these that a person could pass this rule for, as far as is known at once; only saves time."""
        return courses

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        """Every place where the timetable breaks the rule for this subject."""
        return iter(())

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        """Everything the rule charges for this subject."""
        return iter(())

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        """What could be agreed so that the timetable no longer breaks this; nothing where that is law or nature."""
        return self.raised(breach, self.raises) if self.raises else iter(())

    def enforce(self, board: Board, subject: str) -> None:
        """Write the rule for this subject on the board."""
        raise NotImplementedError

    # Words shared by judge and board

    def breach(self, key: str, size: int, unit: str, params: Mapping[str, object], **where: Any) -> Breach:
        """A breach under one of the rule's own sentences; `where` names professional, lesson, school, employer, when."""
        return Breach(
            rule=self.name, message=f"rule.{self.name}.{key}", params=dict(params), size=size, unit=unit, **where
        )

    def cost(self, amount: int, **where: Any) -> Cost:
        """A charge of this rule (a gain when negative)."""
        assert self.tier is not None
        return Cost(rule=self.name, tier=self.tier, amount=amount, **where)

    def way(
        self,
        params: Mapping[str, object],
        *edits: Edit,
        professional: str | None = None,
        privacy: Privacy | None = None,
        owners: tuple[Owner, ...] = (),
        amount: int = 1,
    ) -> Change:
        """Something that could be agreed, under the rule's own sentence `way`; each unit after the first costs one more."""
        return Change(
            message=f"rule.{self.name}.way",
            params=dict(params),
            owners=owners or (self.owner,),
            price=self.change_price + amount - 1,
            edits=edits,
            professional=professional,
            privacy=privacy or self.privacy,
        )

    def raised(self, breach: Breach, field: str, *, given: int | None = None) -> Iterator[Change]:
        """Somebody's own limit, a field of their row, raised to what they would give."""
        given, most = breach.params["given"] if given is None else given, breach.params["most"]
        params = {"person": breach.params["person"], "given": given, "most": most}
        edit = Edit("professionals", breach.professional, {field: given})
        yield self.way(params, edit, professional=breach.professional, amount=given - most)

    def more(self, term: Term, professional: str, amount: int) -> Change | None:
        """Somebody agrees to so much more than now, where the rule is about no more than what they agree to."""
        if not self.raises:
            return None
        own = getattr(term.professional(professional), self.raises)
        most = getattr(self, "default", None) if own is None else own
        if most is None:
            return None
        params = {"person": names.person(term, professional), "given": most + amount, "most": most}
        edit = Edit("professionals", professional, {self.raises: most + amount})
        return self.way(params, edit, professional=professional, amount=amount)

    def because(
        self,
        key: str,
        *,
        professional: str | None = None,
        privacy: Privacy = Privacy.OPEN,
        fact: str | None = None,
        owner: Owner | None = None,
        **params: object,
    ) -> Because:
        """The fact behind a verb, under one of the rule's own sentences."""
        return Because(
            rule=self.name,
            message=f"rule.{self.name}.{key}",
            params=params,
            owner=owner or self.owner,
            negotiable=self.negotiable,
            price=self.change_price if self.negotiable else 0,
            privacy=privacy,
            professional=professional,
            fact=fact,
        )
