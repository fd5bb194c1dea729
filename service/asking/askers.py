"""Keeps the processes that answer: those asked last stay, with their regions loaded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from service.asking.child import serve
from service.asking.messages import Answer, Load, Question, Refused
from solver import early

LOADING_SECONDS = 60.0
"""How long a region may take to load, beside the time of the question."""

MOST = 2
"""So many processes: each holds a region in memory."""


class _Asker:
    """One process with one region; one question at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.loaded = False
        context = early.context()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs,)
        )  # no daemon: questions have processes of their own
        self._process.start()
        theirs.close()

    def ask(self, load: Callable[[], Load], question: Question, seconds: float) -> Answer:
        """The answer; that of a process which is gone, or takes far too long, is a defect."""
        try:
            if not self.loaded:
                self._connection.send(load())
                self.loaded = True
            self._connection.send(question)
            if self._connection.poll(seconds + LOADING_SECONDS):
                answer: Answer = self._connection.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.close()
        return Answer(refused=Refused.DEFECT, traceback="the process is gone, or took too long")

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.is_alive()

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._connection.close()


class Askers:
    """The processes, by what they know about. Close it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._askers: OrderedDict[Hashable, _Asker] = OrderedDict()

    def ask(self, about: Hashable, load: Callable[[], Load], question: Question, seconds: float) -> Answer:
        """Ask about a timetable.

        Args:
            about: names what it is about: the same name is the same term and timetable.
            load: gives it, where no process has it at hand.
            seconds: the time the question takes at most.
        """
        asker = self._of(about)
        with asker.lock:
            return asker.ask(load, question, seconds) if asker.alive else self._anew(about, load, question, seconds)

    def _anew(self, about: Hashable, load: Callable[[], Load], question: Question, seconds: float) -> Answer:
        """Somebody ended the process while this one waited for it."""
        asker = self._of(about)
        with asker.lock:
            return asker.ask(load, question, seconds)

    def _of(self, about: Hashable) -> _Asker:
        with self._lock:
            asker = self._askers.pop(about, None)
            if asker is None or not asker.alive:
                asker = _Asker()
            self._askers[about] = asker
            while len(self._askers) > self._most:
                self._leave()
            return asker

    def _leave(self) -> None:
        """End the process that was asked longest ago, once it has answered what it is at."""
        _, oldest = self._askers.popitem(last=False)
        with oldest.lock:
            oldest.close()

    def close(self) -> None:
        """End all."""
        with self._lock:
            for each in self._askers.values():
                each.close()
            self._askers.clear()
