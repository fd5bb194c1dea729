"""What no timetable is worth more than: proved in whole numbers, or reckoned in floating ones, which prove nothing best."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Bounds:
    """The lowest bound of each kind so far; nothing is reckoned before something is proved."""

    exact: int | None = None
    reckoned: int | None = None

    def take(self, bound: int, *, exact: bool) -> bool:
        """Keep a bound that is better than the one of its kind; whether it is."""
        known = self.exact if exact else self.reckoned
        if known is not None and known <= bound:
            return False
        if exact:
            self.exact = bound
        else:
            self.reckoned = bound
        return True

    def above(self, value: int | None) -> int | None:
        """The lower one, beside the best value found so far: that nothing is left to win only an exact one may say."""
        if self.exact is None or self.reckoned is None:
            return self.exact
        return min(self.exact, self.reckoned if value is None else max(self.reckoned, value + 1))
