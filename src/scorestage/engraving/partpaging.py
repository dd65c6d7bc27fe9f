"""How many lines a part is set on, which bars stand on each, and which lines share a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

from scorestage.engraving.cuenotes import rests
from scorestage.engraving.lyrics import verse_numbers
from scorestage.engraving.paging import CLEF_SPACES, TIGHTEST, bar_reaches, bar_spaces
from scorestage.engraving.stretches import Stretch
from scorestage.music import Words
from scorestage.music.written import WrittenStaff
from scorestage.production import Paper

_FIRST_HEADER_MM, _HEADER_MM = 33, 16
_LINE_SPACES = Fraction(14)
"""A line of music with its bar numbers, and the air to the next one."""
_DYNAMICS_SPACES = Fraction(1)
_VERSE_SPACES = Fraction(5, 2)
_MARK_SPACES = Fraction(2), Fraction(7, 2)
"""What one tempo or letter over a line needs, and what several."""
_WORDS_SPACES = Fraction(1)
_INTERLOCKED = Fraction(1, 2)
"""High notes seldom stand right under the low ones of the line before."""
_STAFF_SPACES = 10
_SAFETY = Fraction(51, 50)
_LONG_REST_SPACES = 20.0
_PAGES_THAT_TURN = 3
_AIRY_FILL = 0.75
_PART_SHARE = 0.8
"""A player reads a line of smaller bars than a conductor."""
_LESS_EVEN = 0.06
"""What a line that ends in a rest may be less even for it."""
_WASTED = Fraction(2, 5)
"""A last page with less on it than this is saved where the lines can be set closer."""
_CLOSEST = 0.92
_AN_EMPTY_PAGE = 4.0
_A_PAGE_MORE = 0.6
"""A page more is worth a turn that can be made."""


@dataclass(frozen=True, slots=True)
class PartBreaks:
    """The stretches at which a part's later lines begin, and those that begin a page too."""

    lines: tuple[int, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageRoom:
    """How high the lines of a page may be together, in staff spaces: of the first, of others."""

    first_spaces: Fraction
    next_spaces: Fraction

    def of(self, start: int) -> Fraction:
        """The room of the page that begins with the line `start`."""
        return self.next_spaces if start else self.first_spaces


def page_room(paper: Paper) -> PageRoom:
    """What the headers leave of a part's pages."""
    height_mm, space_mm = paper.height_mm - 2 * paper.margin_mm, paper.staff_mm / 4
    return PageRoom((height_mm - _FIRST_HEADER_MM) / space_mm, (height_mm - _HEADER_MM) / space_mm)


def systems_a_page(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    paper: Paper,
    marked: Iterable[int] = (),
    lines: int = 1,
) -> int:
    """How many systems of a part set on so many `lines` the first page has room for.

    `marked` are the bars over which tempos, letters and words stand, which need height.
    """
    widths = [_stretch_spaces(staves, stretch) for stretch in stretches]
    starts = _even_lines(widths, max(1, lines), float("inf"), ())
    heights = line_heights(staves, stretches, starts, marked)
    mean = _SAFETY * sum(heights) / len(heights)
    return max(1, (page_room(paper).first_spaces / mean).__floor__())


def line_heights(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    starts: Sequence[int],
    marked: Iterable[int] = (),
) -> list[Fraction]:
    """About how high each line is, in staff spaces: its ledger lines, and what stands round it.

    `starts` are the stretches at which the lines after the first begin.
    """
    over, under = bar_reaches(staves[0]), bar_reaches(staves[-1])
    marks = Counter(marked)
    verses = _VERSE_SPACES * sum(len(verse_numbers(staff)) for staff in staves)
    plain = _LINE_SPACES + verses + _STAFF_SPACES * (len(staves) - 1)
    found = []
    for first, after in pairwise((0, *starts, len(stretches))):
        places = [place for one in stretches[first:after] for place in one.places]
        above = max(over[place][0] for place in places)
        below = max(under[place][1] for place in places)
        stacked = _stacked(staves, places, marks)
        found.append(plain + _INTERLOCKED * (above + below) + stacked)
    return found


def _stacked(
    staves: Sequence[WrittenStaff], places: Sequence[int], marks: Counter[int]
) -> Fraction:
    """What dynamics, tempos, letters and words over and under one line add to its height."""
    over, under = (
        [sign.sign for place in places for sign in staff.bars[place].directions]
        for staff in (staves[0], staves[-1])
    )
    height = Fraction(0)
    if any(not isinstance(sign, Words) for sign in under):
        height += _DYNAMICS_SPACES
    if any(isinstance(sign, Words) for sign in over):
        height += _WORDS_SPACES
    most = max(marks[place] for place in places)
    return height + (_MARK_SPACES[min(most, 2) - 1] if most else 0)


def part_systems(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    paper: Paper,
    marked: Collection[int] = (),
) -> int | None:
    """How many systems a part is set on: airy where the sheets leave room; None where it fills
    three pages or more, which `part_breaks` divides so that they can be turned in rests.

    `marked` are the bars over which tempos, letters and words stand, which need height.
    """
    line = float((paper.width_mm - 2 * paper.margin_mm) / (paper.staff_mm / 4))
    width = sum(_stretch_spaces(staves, stretch) for stretch in stretches)
    fewest = ceil(width / line)
    on_page = systems_a_page(staves, stretches, paper, marked, fewest)
    pages = -(-fewest // on_page)
    if pages >= _PAGES_THAT_TURN:
        return None
    closer = ceil(_PART_SHARE * width / (line - CLEF_SPACES))
    if pages > 1 and closer <= systems_a_page(staves, stretches, paper, marked, closer):
        return max(1, closer)
    most = max(fewest, pages * (on_page - 1))
    return max(1, min(most, ceil(width / (_AIRY_FILL * line)), len(stretches)))


def part_breaks(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    paper: Paper,
    turnable: Collection[int] | None = None,
    open_pages: int = 1,
    marked: Collection[int] = (),
) -> PartBreaks:
    """Lines of a part filled evenly; where it takes three pages or more, pages end in rests.

    `turnable` are the stretches before which a page can be turned (none told: whole bars of rest);
    `open_pages` lie side by side, so that only every so many pages there is a turn. `marked` are
    the bars over which tempos, letters and words stand, which need height.

    Shorter parts lie open on the stand, so that nothing needs to be turned.
    """
    line = float((paper.width_mm - 2 * paper.margin_mm) / (paper.staff_mm / 4)) - CLEF_SPACES
    widths = [_PART_SHARE * _stretch_spaces(staves, stretch) for stretch in stretches]
    systems = part_systems(staves, stretches, paper, marked)
    if systems is not None:
        return PartBreaks(_even_lines(widths, systems, line, ()), ())
    resting = _resting(staves, stretches) if turnable is None else turnable
    room = page_room(paper)

    def divided(lines: int) -> tuple[PartBreaks, Fraction]:
        starts = _even_lines(widths, lines, line, resting)
        heights = line_heights(staves, stretches, starts, marked)
        pages = page_starts(starts, heights, room, resting, open_pages)
        last = (0, *starts).index(max(pages, default=0))
        return PartBreaks(starts, pages), sum(heights[last:]) / room.next_spaces

    wanted = max(1, ceil(sum(widths) / line))
    whole, last_fill = divided(wanted)
    if last_fill < _WASTED:
        for fewer in range(wanted - 1, ceil(wanted * _CLOSEST) - 1, -1):
            other, _ = divided(fewer)
            if len(other.pages) < len(whole.pages):
                return other
    return whole


def _resting(staves: Sequence[WrittenStaff], stretches: Sequence[Stretch]) -> set[int]:
    """The stretches with a whole bar of rest before or behind their first barline."""
    return {
        at
        for at in range(1, len(stretches))
        if any(_rests_whole(staves, stretches[near]) for near in (at - 1, at))
    }


def _even_lines(
    widths: Sequence[float], lines: int, line_spaces: float, favoured: Collection[int]
) -> tuple[int, ...]:
    """Where lines begin after the first, so that all are filled alike, in about `lines` lines;
    rather at `favoured` places than elsewhere."""
    target = sum(widths) / lines
    widest = min(line_spaces * TIGHTEST, _MOST_FILL * target + max(widths))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(widths) + 1):
        choices = []
        filled = 0.0
        for start in range(end - 1, -1, -1):
            filled += widths[start]
            if filled > widest and end - start > 1:
                break
            favour = 0.0 if start in favoured else _LESS_EVEN
            choices.append((best[start][0] + (filled / target - 1) ** 2 + favour, start))
        best.append(min(choices))
    starts = []
    place = len(widths)
    while place:
        place = best[place][1]
        starts.append(place)
    return tuple(sorted(start for start in starts if start))


_MOST_FILL = 3.0
"""No line is filled more than so many times as much as the others."""


def page_starts(
    starts: Sequence[int],
    heights: Sequence[Fraction | int],
    room: PageRoom,
    resting: Collection[int],
    open_pages: int = 1,
) -> tuple[int, ...]:
    """The lines that begin pages: few and full ones, and as many turns in rests as can be.

    `heights` are of all lines, the first too. With several pages open only the last is turned.

    >>> room = PageRoom(Fraction(3), Fraction(3))
    >>> page_starts([4, 8, 12, 16], [1] * 5, room, {8})
    (8,)
    >>> page_starts([4, 8, 12, 16], [1] * 5, room, {8}, open_pages=2)
    (12,)
    """
    lines = (0, *starts)
    ways: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, 0, 0)}]
    for end in range(1, len(lines) + 1):
        here: dict[int, tuple[float, int, int]] = {}
        taken = Fraction(0)
        for start in range(end - 1, -1, -1):
            taken += heights[start]
            if taken > room.of(start) and end - start > 1:
                break
            empty = 0.0 if end == len(lines) else max(0.0, 1 - float(taken / room.of(start)))
            for laid, (cost, _, _) in ways[start].items():
                now = (laid + 1) % open_pages
                stays = end == len(lines) or now or lines[end] in resting
                total = cost + (0.0 if stays else 1.0) + _A_PAGE_MORE + _AN_EMPTY_PAGE * empty**2
                if now not in here or total < here[now][0]:
                    here[now] = (total, start, laid)
        ways.append(here)
    found = []
    place, laid = len(lines), min(ways[-1], key=lambda key: ways[-1][key][0])
    while place:
        _, place, laid = ways[place][laid]
        found.append(lines[place])
    return tuple(sorted(start for start in found if start))


def _rests_whole(staves: Sequence[WrittenStaff], stretch: Stretch) -> bool:
    return all(rests(staff.bars[place]) for staff in staves for place in stretch.places)


def _stretch_spaces(staves: Sequence[WrittenStaff], stretch: Stretch) -> float:
    return _LONG_REST_SPACES if stretch.count > 1 else bar_spaces(staves, stretch.first)
