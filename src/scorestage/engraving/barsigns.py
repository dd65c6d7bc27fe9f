"""Barlines as their writer drew them: repeats, endings, kinds of lines, fermatas over a barline.

Session pages have no repeats of their own; another person's file is printed as it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music import Sign, StaffSign
from scorestage.music.written import WrittenBar


@dataclass(slots=True)
class BarEdges:
    """What stands at one bar: lines at its left and right, endings, jumps, lines within."""

    forward: bool = False
    backward: bool = False
    times: str = ""
    """How often a repeat is played, where it is more than twice."""
    left: str = ""
    right: str = ""
    ending: str | None = None
    """The words of an ending that begins with this bar."""
    ends: bool = False
    """Whether an ending stops with this bar."""
    open: bool = False
    """Whether that ending is left open (`discontinue`)."""
    within: list[tuple[Fraction, str]] = field(default_factory=list)
    jumps: list[tuple[bool, str]] = field(default_factory=list)
    """Segno, coda and fermatas, each with whether it stands at the right edge."""


def bar_edges(signs: Sequence[StaffSign], bars: Sequence[WrittenBar]) -> dict[int, BarEdges]:
    """By place of the bar what is drawn at its edges."""
    starts = [bar.start for bar in bars]
    found: dict[int, BarEdges] = defaultdict(BarEdges)
    for one in signs:
        if one.sign.name != "barline" or not bars:
            continue
        right = one.sign.detail("location", "right") == "right"
        place = (bisect_left(starts, one.at) if right else bisect_right(starts, one.at)) - 1
        place = max(0, min(place, len(bars) - 1))
        _take(found[place], one.sign, right)
    for place, bar in enumerate(bars):
        for offset, sign in bar.signs:
            style = sign.find("bar-style") if sign.name == "barline" else None
            if style is not None:
                found[place].within.append((offset, style.text))
    return dict(found)


def _take(edges: BarEdges, barline: Sign, right: bool) -> None:
    for sign in barline.inner:
        if sign.name == "repeat":
            if sign.detail("direction") == "forward":
                edges.forward = True
            else:
                edges.backward = True
                times = sign.detail("times")
                edges.times = (
                    times if times.isascii() and times.isdigit() and int(times[:4]) > 2 else ""
                )
        elif sign.name == "ending":
            if sign.detail("type") == "start":
                edges.ending = sign.text or f"{sign.detail('number', '1')}."
            else:
                edges.ends = True
                edges.open = sign.detail("type") == "discontinue"
        elif sign.name == "bar-style":
            if right:
                edges.right = sign.text
            else:
                edges.left = sign.text
        elif sign.name in ("segno", "coda", "fermata"):
            edges.jumps.append((right, sign.name))


@dataclass(frozen=True, slots=True)
class Barline:
    """A barline between two bars: before the bar at `place` (the last one after all bars)."""

    place: int
    style: str = ""
    backward: bool = False
    forward: bool = False


def lines_between(edges: dict[int, BarEdges], count: int) -> Iterator[Barline]:
    """The barlines that are no plain ones, those of two neighbours taken together."""
    for place in range(count + 1):
        before, after = edges.get(place - 1), edges.get(place)
        backward = before is not None and before.backward
        forward = after is not None and after.forward
        style = (before.right if before is not None else "") or (
            after.left if after is not None else ""
        )
        if backward or forward or style not in ("", "regular"):
            yield Barline(place, style, backward, forward)


_LILYPOND = {
    "light-light": "||",
    "light-heavy": "|.",
    "heavy-light": ".|",
    "heavy-heavy": "..",
    "heavy": ".",
    "dashed": "!",
    "dotted": ";",
    "tick": "'",
    "short": ",",
    "none": "",
}


def lily_line(line: Barline) -> str:
    """LilyPond's name of a barline.

    >>> lily_line(Barline(3, backward=True, forward=True)), lily_line(Barline(1, "light-light"))
    (':..:', '||')
    """
    if line.backward and line.forward:
        return ":..:"
    if line.backward:
        return ":|."
    return ".|:" if line.forward else _LILYPOND.get(line.style, "|")


_MEI = {
    "light-light": "dbl",
    "light-heavy": "end",
    "heavy-light": "dbl",
    "heavy-heavy": "dbl",
    "heavy": "single",
    "dashed": "dashed",
    "dotted": "dotted",
    "none": "invis",
}


def mei_right(line: Barline) -> str:
    """MEI's name of a barline at the right of the bar before it."""
    if line.backward and line.forward:
        return "rptboth"
    if line.backward:
        return "rptend"
    return "" if line.forward else _MEI.get(line.style, "")
