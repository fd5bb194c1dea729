"""Drawing in SVG: escaping, how wide a text is, wrapping, and the few elements the pictures need.

Widths are those of Helvetica and Arial in thousandths of the font size; other system fonts come close, and every
block clips what it holds.
"""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape, quoteattr

FONTS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Segoe UI', Roboto, sans-serif"

_WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" .,:;!/\\tfI[]", 278),
    **dict.fromkeys('r-()`"', 340),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("abdeghnopqu0123456789L#$?_+=<>~–€·", 556),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W%@…—", 944),
}
_UNKNOWN_WIDTH = 1000
_BOLD_FACTOR = 1.07
_SAFETY_FACTOR = 1.02


def measure(words: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in pixels; an accented letter is as wide as its base."""
    plain = unicodedata.normalize("NFD", words)
    units = sum(_WIDTHS.get(each, _UNKNOWN_WIDTH) for each in plain if not unicodedata.combining(each))
    return units * size / 1000 * _SAFETY_FACTOR * (_BOLD_FACTOR if bold else 1)


def clip(words: str, width: float, size: float, *, bold: bool = False) -> str:
    """As much of a text as fits, ending in `…` where it is cut."""
    if measure(words, size, bold=bold) <= width:
        return words
    kept = words
    while kept and measure(kept.rstrip() + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(words: str, width: float, size: float, lines: int, *, bold: bool = False) -> list[str]:
    """A text in at most so many lines, broken at spaces; what does not fit is cut from the last line."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines - 1:
        count = 1
        while count < len(rest) and measure(" ".join(rest[: count + 1]), size, bold=bold) <= width:
            count += 1
        found.append(clip(" ".join(rest[:count]), width, size, bold=bold))
        rest = rest[count:]
    if rest and lines > 0:
        found.append(clip(" ".join(rest), width, size, bold=bold))
    return found


def element(name: str, *children: str, **attributes: object) -> str:
    """An element of ready-made children; `_` in attribute names stands for `-`, and a trailing one is dropped."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_number(value))}" for key, value in attributes.items()
    )
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def label(words: str, x: float, y: float, size: float, fill: str, **attributes: object) -> str:
    """One line of text with its baseline at y."""
    return element("text", escape(words), x=x, y=y, font_size=size, fill=fill, **attributes)


def titled(words: str, *children: str) -> str:
    """A group with a title, which a pointer shows."""
    return element("g", element("title", escape(words)), *children)


def hatch(pattern: str, ground: str, stroke: str, step: int) -> str:
    """The definition of a slanted hatch with this id, a stripe every `step` pixels."""
    return element(
        "pattern",
        element("rect", width=step, height=step, fill=ground),
        element("line", x1=0, y1=0, x2=0, y2=step, stroke=stroke, stroke_width=step),
        id=pattern,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def document(ids: str, title: str, description: str, width: float, height: float, *children: str) -> str:
    """A whole picture on white, with title and description for those who do not see it; `ids` makes its ids its own."""
    return (
        element(
            "svg",
            element("title", escape(title), id=f"{ids}-title"),
            element("desc", escape(description), id=f"{ids}-desc"),
            element("rect", width=width, height=height, fill="#ffffff"),
            *children,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_number(width)} {_number(height)}",
            width=width,
            height=height,
            role="img",
            aria_labelledby=f"{ids}-title {ids}-desc",
            font_family=FONTS,
        )
        + "\n"
    )


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
