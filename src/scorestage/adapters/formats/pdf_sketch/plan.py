"""How high a system is: its staves, and the words of hits over one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.adapters.formats.pdf_sketch.sheet import Sheets
from scorestage.engraving.sketchpaper import SketchFlag, SketchLine, SketchPaper

LEADING_MM = 3.7
TEMPO_MM, STREAMER_MM, CLOCK_MM, NUMBER_MM = 6.6, 4.4, 4.0, 7.0
_FLAG_GAP_MM = 3.0
_IN_BRACE, _BETWEEN_BRACES = 1.15, 1.6
"""How far staves stand apart, in heights of a staff."""
_GROUPS = {3: (1, 2), 4: (2, 2), 5: (1, 2, 2), 6: (2, 2, 2)}


@dataclass(frozen=True, slots=True)
class Staves:
    """The staves of a system: how many, how high, how far apart; places from the top staff."""

    count: int
    staff_mm: float
    spread: float

    @property
    def tops(self) -> tuple[float, ...]:
        """The top line of each staff."""
        tops, top = [], 0.0
        for group in _GROUPS[self.count]:
            for number in range(group):
                tops.append(top)
                apart = _IN_BRACE if number + 1 < group else _BETWEEN_BRACES
                top += self.staff_mm * (1 + self.spread * apart)
        return tuple(tops)

    @property
    def groups(self) -> tuple[tuple[float, float, int], ...]:
        """Of staves in one brace, or alone: top line, bottom line, how many."""
        tops, found, first = self.tops, [], 0
        for group in _GROUPS[self.count]:
            last = first + group - 1
            found.append((tops[first], tops[last] + self.staff_mm, group))
            first += group
        return tuple(found)

    @property
    def height(self) -> float:
        """From the top line of the first to the bottom line of the last."""
        return self.tops[-1] + self.staff_mm


@dataclass(frozen=True, slots=True)
class Plan:
    """One system's heights: rows of hits (flag by flag), and how high it is in all."""

    line: SketchLine
    staves: Staves
    rows: tuple[tuple[SketchFlag, float], ...]
    """Each flag with the foot of its words above the tempo row."""
    flags_mm: float
    overhead_mm: float

    @property
    def height(self) -> float:
        return self.overhead_mm + self.staves.height + NUMBER_MM


def planned(sheets: Sheets, line: SketchLine, ruled: SketchPaper, staves: Staves) -> Plan:
    rows, high = stacked(sheets, line.flags, ruled.width_mm)
    below = TEMPO_MM if line.tempos else 0.0
    below += STREAMER_MM if any(flag.streamer_mm is not None for flag in line.flags) else 0.0
    below += CLOCK_MM * (2 if ruled.wish.timecode else 1)
    return Plan(line, staves, rows, high, high + below)


def stacked(
    sheets: Sheets, flags: Sequence[SketchFlag], width: float
) -> tuple[tuple[tuple[SketchFlag, float], ...], float]:
    """Words of hits over one another where they would meet, the earlier one higher.

    So the line of a later hit begins below the words of one before.
    """
    laid: list[tuple[float, float, float]] = []
    found = []
    for flag in reversed(flags):
        wide, high = flag_size(sheets, flag)
        left = flag_left(flag, wide, width)
        meets = [
            top
            for start, end, top in laid
            if left < end + _FLAG_GAP_MM and start < left + wide + _FLAG_GAP_MM
        ]
        foot = max(meets, default=0.0)
        laid.append((left, left + wide, foot + high))
        found.append((flag, foot))
    return tuple(found), max((top for *_, top in laid), default=0.0)


def flag_size(sheets: Sheets, flag: SketchFlag) -> tuple[float, float]:
    sheets.written("Strong", 9.5)
    wide = sheets.wide(flag.clock)
    sheets.written("Strong" if flag.important else "Text", 9.5)
    wide = max([wide, *(sheets.wide(words) for words in flag.lines)])
    return wide + 1.6, LEADING_MM * (1 + len(flag.lines)) + 1.6


def flag_left(flag: SketchFlag, wide: float, width: float) -> float:
    """Words stand right of their line; at the end of a system left of it."""
    return flag.at_mm if flag.at_mm + wide <= width else flag.at_mm - wide
