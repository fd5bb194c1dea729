"""How often somebody may ask: a window that slides, in memory, per process."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

WINDOW_SECONDS = 60
_MOST_KEYS = 20_000


@dataclass(slots=True)
class _Asked:
    """When one asker asked: how often in which second, the oldest first."""

    seconds: deque[list[int]] = field(default_factory=deque)
    total: int = 0


class Limiter:
    """Lets each key through at most so often in any window.

    It counts by whole seconds, and a second counts until all of it is out of the window: never more than the limit
    gets through in a window, and who keeps to the limit in a window and a second is never refused.

    Args:
        clock: seconds that never go back.
        window: length of the window, in whole seconds.
        most_keys: how many askers are remembered; of more, the one who is longest silent is forgotten.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, window: int = WINDOW_SECONDS, most_keys: int = _MOST_KEYS
    ) -> None:
        self._clock = clock
        self._window = window
        self._most = most_keys
        self._asked: OrderedDict[Hashable, _Asked] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable, limit: int) -> int | None:
        """Let a key through, once more.

        Returns:
            None when it may go on; else in how many seconds it may (at least 1). A refusal does not count.
        """
        with self._lock:
            moment = self._clock()
            asked = self._asked.setdefault(key, _Asked())
            self._asked.move_to_end(key)
            while asked.seconds and asked.seconds[0][0] + 1 + self._window <= moment:
                asked.total -= asked.seconds.popleft()[1]
            if asked.total >= limit:
                return max(1, math.ceil(asked.seconds[0][0] + 1 + self._window - moment))
            second = math.floor(moment)
            if asked.seconds and asked.seconds[-1][0] == second:
                asked.seconds[-1][1] += 1
            else:
                asked.seconds.append([second, 1])
            asked.total += 1
            while len(self._asked) > self._most:
                self._asked.popitem(last=False)
            return None


class Known:
    """Digests of secrets that let somebody in lately: what they ask counts for them, all else for the client's address.

    Else somebody could go round a limit with a new, made-up token in each request.
    """

    def __init__(self, most: int = _MOST_KEYS) -> None:
        self._most = most
        self._digests: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, digest: str) -> bool:
        return digest in self._digests

    def add(self, digest: str) -> None:
        """Remember one."""
        self._digests[digest] = None
        self._digests.move_to_end(digest)
        while len(self._digests) > self._most:
            self._digests.popitem(last=False)
