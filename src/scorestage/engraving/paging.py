"""Which bars of a score share a system, and how large its staves are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf, log2

from scorestage.engraving.lyrics import verses_of
from scorestage.music import Pitch
from scorestage.music.written import WrittenBar, WrittenEvent, WrittenStaff, middle_line
from scorestage.production import Paper

FEWEST_BARS, MOST_BARS = 4, 8
"""Bars on a system of a score: fewer waste paper, more cannot be read from the podium."""

_ONE_SYSTEM_FROM_STAVES = 12
_SPACES_PER_STAFF = Fraction(12)
_SPACES_PER_STAFF_PACKED = Fraction(21, 2)
_SPACES_OVER_STAVES = 20
_HEADER_MM = 22
_SMALLEST, _LARGEST = Fraction(13, 20), Fraction(6, 5)
_LARGEST_SHORT = Fraction(27, 20)
_BARLINE_SPACES = 2.5
CLEF_SPACES = 4.5
TIGHTEST = 1.1
"""Notes may be set this much closer than they like, no more."""
_SIGNS_OVER, _SIGNS_UNDER = Fraction(3, 2), Fraction(3)
_LEAST_BETWEEN = Fraction(9, 2)
_SELDOM_TOGETHER = Fraction(4, 5)
"""The lowest note of a staff seldom stands right over the highest of the next."""
_SIGNATURE_SPACES = 6.5
_SHORTEST_BAR_SPACES = 13.0
_SIXTEENTH = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How high the staves of a score are, and how many systems stand on a page."""

    staff_mm: Fraction
    systems_per_page: int
    width_mm: Fraction
    """Between the margins."""


def page_layout(paper: Paper, staves: Sequence[WrittenStaff]) -> PageLayout:
    """Staves as large as the sheet allows around the house's size; one system a page from 12 up.

    Short systems, of which several share a page, are set somewhat larger; systems with many
    ledger lines smaller.
    """
    height = paper.height_mm - 2 * paper.margin_mm - _HEADER_MM
    space = paper.staff_mm / 4
    count = len(staves)
    needed = system_spaces(staves)
    if count < _ONE_SYSTEM_FROM_STAVES:
        scale = max(Fraction(1), _LARGEST_SHORT - Fraction(count, 30))
        system = max(count * _SPACES_PER_STAFF_PACKED, needed) + _SPACES_OVER_STAVES
        systems = max(1, (height / (system * space * scale)).__floor__())
    else:
        fitting = height / (max(count * _SPACES_PER_STAFF, needed) + _SPACES_OVER_STAVES) / space
        scale, systems = max(_SMALLEST, min(_LARGEST, fitting)), 1
    staff_mm = (paper.staff_mm * scale).limit_denominator(100)
    return PageLayout(staff_mm, systems, paper.width_mm - 2 * paper.margin_mm)


def system_spaces(staves: Sequence[WrittenStaff]) -> Fraction:
    """About how high a system must be, in staff spaces, for its highest and lowest notes."""
    reaches = [_reach(staff) for staff in staves]
    between = [below + above for (_, below), (above, _) in pairwise(reaches)]
    room = sum(max(_LEAST_BETWEEN, gap * _SELDOM_TOGETHER) for gap in between)
    return 4 * len(staves) + Fraction(room)


def _reach(staff: WrittenStaff) -> tuple[Fraction, Fraction]:
    """How far notes and signs reach over and under a staff, in staff spaces."""
    reaches = bar_reaches(staff)
    above = max((above for above, _ in reaches), default=Fraction(0))
    below = max((below for _, below in reaches), default=Fraction(0))
    return _SIGNS_OVER + above, _SIGNS_UNDER + below


def bar_reaches(staff: WrittenStaff) -> list[tuple[Fraction, Fraction]]:
    """How far the notes of each bar reach over and under the staff, in staff spaces."""
    found = []
    middle = middle_line("G2")
    for bar in staff.bars:
        middle = middle_line(bar.clef) if bar.clef else middle
        steps = [
            head.pitch.staff_step - middle
            for voice in bar.voices
            for event in voice.events
            for head in event.pitches
            if isinstance(head.pitch, Pitch)
        ]
        above = Fraction(max(steps, default=0) - 4, 2)
        below = Fraction(-min(steps, default=0) - 4, 2)
        found.append((max(Fraction(0), above), max(Fraction(0), below)))
    return found


def system_starts(
    staves: Sequence[WrittenStaff],
    first_spaces: float,
    next_spaces: float,
    favoured: Collection[int] = (),
) -> tuple[int, ...]:
    """The places at which systems begin after the first.

    `first_spaces` and `next_spaces` are the room for music on the first and the later lines.
    Lines are filled evenly, with four to eight bars where their notes allow; a system rather
    begins at a place in `favoured` (rehearsal letters, new meters) than elsewhere.
    """
    bars = [bar_spaces(staves, place) for place in range(len(staves[0].bars))]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(bars) + 1):
        choices = []
        for start in range(max(0, end - MOST_BARS - 1), end):
            room = (next_spaces if start else first_spaces) - CLEF_SPACES
            cost = _line_cost(bars[start:end], room, end == len(bars))
            favour = 0.0 if start == 0 or start in favoured else 0.15
            choices.append((best[start][0] + cost + favour, start))
        best.append(min(choices))
    starts = []
    place = len(bars)
    while place:
        place = best[place][1]
        starts.append(place)
    return tuple(sorted(start for start in starts if start))


def bar_spaces(staves: Sequence[WrittenStaff], place: int) -> float:
    """About how wide a bar wants to be, in staff spaces."""
    bar = staves[0].bars[place]
    onsets = {Fraction(0)}
    for staff in staves:
        for voice in staff.bars[place].voices:
            onsets |= {event.onset for event in voice.events if not event.hidden}
    points = sorted(onsets)
    gaps = zip(points, [*points[1:], bar.length.quarters], strict=True)
    width = sum(_gap_spaces(after - point) for point, after in gaps)
    if place == 0 or staves[0].bars[place - 1].meter != bar.meter:
        width += _SIGNATURE_SPACES
    return _BARLINE_SPACES + max(_SHORTEST_BAR_SPACES, width + _crowding(staves, place))


def _gap_spaces(quarters: Fraction) -> float:
    return 2.6 + 1.2 * max(0.0, log2(quarters / _SIXTEENTH)) if quarters > 0 else 0.0


def _crowding(staves: Sequence[WrittenStaff], place: int) -> float:
    """Room that accidentals and graces take in the staff that has most of them."""
    return max(_signs_spaces(staff.bars[place]) for staff in staves)


def _signs_spaces(bar: WrittenBar) -> float:
    events = [event for voice in bar.voices for event in voice.events]
    accidentals = sum(any(head.accidental for head in event.pitches) for event in events)
    words = sum(max(0.0, _sung_spaces(event) - _gap_spaces(event.length)) for event in events)
    graces = sum(len(event.graces) for event in events)
    return 0.7 * accidentals + 1.5 * graces + words


def _sung_spaces(event: WrittenEvent) -> float:
    """How wide the longest of an event's syllables is, in staff spaces."""
    longest = max((len(one.text) for one in verses_of(event).values()), default=0)
    return _LETTER_SPACES * longest + 0.8 if longest else 0.0


_LETTER_SPACES = 1.1


def _line_cost(widths: Sequence[float], line_spaces: float, last: bool) -> float:
    """How badly a line is filled: 0 is just right; too full is worse than airy."""
    count = len(widths)
    if count > MOST_BARS:
        return inf
    fill = sum(widths) / line_spaces
    if fill > 1.0:
        tight = max(0.0, fill - TIGHTEST) if count > 1 else 0.0
        cost = 20.0 * (fill - 1.0) ** 2 + 200.0 * tight
    else:
        cost = (0.5 if last else 1.5) * (1.0 - fill) ** 2
    return cost + (0.4 * (FEWEST_BARS - count) if count < FEWEST_BARS else 0.0)
