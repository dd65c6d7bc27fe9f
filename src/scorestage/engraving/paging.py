"""Which bars of a score share a system, and how large its staves are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, inf, log2

from scorestage.engraving.cuenotes import rests
from scorestage.engraving.lyrics import verses_of
from scorestage.engraving.stretches import Stretch
from scorestage.music import Pitch, Words
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
_CLEF_SPACES = 4.5
_TIGHTEST = 1.1
"""Notes may be set this much closer than they like, no more."""
_SIGNS_OVER, _SIGNS_UNDER = Fraction(3, 2), Fraction(3)
_LEAST_BETWEEN = Fraction(9, 2)
_SELDOM_TOGETHER = Fraction(4, 5)
"""The lowest note of a staff seldom stands right over the highest of the next."""
_SIGNATURE_SPACES = 6.5
_SHORTEST_BAR_SPACES = 13.0
_SIXTEENTH = Fraction(1, 4)
_LONG_REST_SPACES = 20.0
_PART_HEADER_MM = 33
_PART_SYSTEM_SPACES = Fraction(33, 2)
_MOST_STACKED = Fraction(4)
_SPACES_A_MARK = Fraction(3, 2)
_PART_STAFF_SPACES = 12
_PAGES_THAT_TURN = 3
_AIRY_FILL = 0.75
_PART_SHARE = 0.8
"""A player reads a line of smaller bars than a conductor."""
_LESS_EVEN = 0.06
"""What a line that ends in a rest may be less even for it."""
_AN_EMPTY_PAGE = 4.0
_A_PAGE_MORE = 0.6
"""A page more is worth a turn that can be made."""


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
    above, below = _SIGNS_OVER, _SIGNS_UNDER
    middle = middle_line("G2")
    for bar in staff.bars:
        middle = middle_line(bar.clef) if bar.clef else middle
        for voice in bar.voices:
            for event in voice.events:
                for head in event.pitches:
                    if isinstance(head.pitch, Pitch):
                        steps = head.pitch.staff_step - middle - 4
                        above = max(above, _SIGNS_OVER + Fraction(steps, 2))
                        below = max(below, _SIGNS_UNDER + Fraction(-steps - 8, 2))
    return above, below


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
            room = (next_spaces if start else first_spaces) - _CLEF_SPACES
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


def systems_a_page(
    staves: Sequence[WrittenStaff], paper: Paper, marks: int = 0, systems: int = 1
) -> int:
    """How many systems of a part a page has room for, where `systems` share `marks` over them."""
    room_spaces = (paper.height_mm - 2 * paper.margin_mm - _PART_HEADER_MM) / (paper.staff_mm / 4)
    stacked = min(_MOST_STACKED, _SPACES_A_MARK * Fraction(marks, max(1, systems)))
    return max(1, (room_spaces / (_part_system_spaces(staves) + stacked)).__floor__())


def part_systems(
    staves: Sequence[WrittenStaff], stretches: Sequence[Stretch], paper: Paper, marks: int = 0
) -> int | None:
    """How many systems a part is set on: airy where the sheets leave room; None where it fills
    three pages or more, which `part_breaks` divides so that they can be turned in rests.

    `marks` is how many tempos, letters and words stand over the staves and need height.
    """
    space_mm = paper.staff_mm / 4
    line = float((paper.width_mm - 2 * paper.margin_mm) / space_mm)
    width = sum(_stretch_spaces(staves, stretch) for stretch in stretches)
    fewest = ceil(width / line)
    on_page = systems_a_page(staves, paper, marks, fewest)
    pages = -(-fewest // on_page)
    if pages >= _PAGES_THAT_TURN:
        return None
    most = max(fewest, pages * (on_page - 1))
    return max(1, min(most, ceil(width / (_AIRY_FILL * line)), len(stretches)))


@dataclass(frozen=True, slots=True)
class PartBreaks:
    """The stretches at which a part's later lines begin, and those that begin a page too."""

    lines: tuple[int, ...]
    pages: tuple[int, ...]


def part_breaks(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    paper: Paper,
    turnable: Collection[int] | None = None,
    open_pages: int = 1,
    marks: int = 0,
) -> PartBreaks:
    """Lines of a part filled evenly; where it takes three pages or more, pages end in rests.

    `turnable` are the stretches before which a page can be turned (none told: whole bars of rest);
    `open_pages` lie side by side, so that only every so many pages there is a turn. `marks` is how
    many tempos, letters and words stand over the staves and need height.

    Shorter parts lie open on the stand, so that nothing needs to be turned.
    """
    space_mm = paper.staff_mm / 4
    line = float((paper.width_mm - 2 * paper.margin_mm) / space_mm) - _CLEF_SPACES
    widths = [_PART_SHARE * _stretch_spaces(staves, stretch) for stretch in stretches]
    systems = part_systems(staves, stretches, paper, marks)
    wanted = max(1, ceil(sum(widths) / line)) if systems is None else systems
    resting = _resting(staves, stretches) if turnable is None else turnable
    starts = _even_lines(widths, wanted, line, resting if systems is None else ())
    if systems is not None:
        return PartBreaks(starts, ())
    on_page = max(2, systems_a_page(staves, paper, marks, len(starts) + 1))
    return PartBreaks(starts, page_starts(starts, on_page, resting, open_pages))


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
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(widths) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            filled = sum(widths[start:end])
            if filled > line_spaces * _TIGHTEST and end - start > 1:
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


def page_starts(
    starts: Sequence[int], on_page: int, resting: Collection[int], open_pages: int = 1
) -> tuple[int, ...]:
    """The lines that begin pages: few and full ones, and as many turns in rests as can be.

    With several pages open only the last of them is turned.

    >>> page_starts([4, 8, 12, 16], 3, {8}), page_starts([4, 8, 12, 16], 3, {8}, open_pages=2)
    ((8,), (12,))
    """
    lines = (0, *starts)
    ways: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, 0, 0)}]
    for end in range(1, len(lines) + 1):
        here: dict[int, tuple[float, int, int]] = {}
        for start in range(max(0, end - on_page), end):
            empty = 0.0 if end == len(lines) else 1 - (end - start) / on_page
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


def _part_system_spaces(staves: Sequence[WrittenStaff]) -> Fraction:
    """About how high a system of a part is, in staff spaces, with what stands over and under it."""
    (above, _), (_, below) = _reach(staves[0]), _reach(staves[-1])
    ledgers = (above - _SIGNS_OVER + below - _SIGNS_UNDER) / 2
    words = sum(isinstance(sign.sign, Words) for bar in staves[0].bars for sign in bar.directions)
    stacked = min(_MOST_STACKED, Fraction(4 * words, len(staves[0].bars)))
    return _PART_SYSTEM_SPACES + ledgers + stacked + _PART_STAFF_SPACES * (len(staves) - 1)


def _stretch_spaces(staves: Sequence[WrittenStaff], stretch: Stretch) -> float:
    return _LONG_REST_SPACES if stretch.count > 1 else bar_spaces(staves, stretch.first)


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
        tight = max(0.0, fill - _TIGHTEST) if count > 1 else 0.0
        cost = 20.0 * (fill - 1.0) ** 2 + 200.0 * tight
    else:
        cost = (0.5 if last else 1.5) * (1.0 - fill) ** 2
    return cost + (0.4 * (FEWEST_BARS - count) if count < FEWEST_BARS else 0.0)
