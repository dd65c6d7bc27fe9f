"""Choosing clefs: the instrument's usual one, another only where a passage sits on many ledgers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from scorestage.errors import CatalogueError
from scorestage.music.notation import ClefChange
from scorestage.music.note import Note
from scorestage.music.pitch import UNISON, Interval, Pitch
from scorestage.music.written.frames import Frame
from scorestage.timebase import BarGrid

_REFERENCE = {"G": Pitch("G", 0, 4), "F": Pitch("F", 0, 3), "C": Pitch("C", 0, 4)}
_CHANGE_COST, _FARTHER_COST, _RETURN_COST = 14, 6, 6
_LEAST_LEDGERS = 2
_AT_HOME_LEDGERS = 3
"""Players read their usual clef with up to three ledger lines; a third counts, a fourth weighs."""
_AWAY_NOTE = 2


@lru_cache
def middle_line(clef: str) -> int:
    """The staff step (above C0) of the middle line: `G2` has B4; `G2_8` sounds an octave lower.

    >>> middle_line("G2") == Pitch.parse("B4").staff_step
    True
    """
    sign, line, octaves = split_clef(clef)
    if sign in ("percussion", "TAB"):
        return Pitch("B", 0, 4).staff_step
    return _REFERENCE[sign].staff_step + 7 * octaves + 2 * (3 - line)


def split_clef(clef: str) -> tuple[str, int, int]:
    """Sign, line and octave shift: `G2` treble, `G2_8` tenor, `F4`, `C3`, `percussion`, `TAB`.

    Raises `CatalogueError` for a clef that does not exist.

    >>> split_clef("G2_8"), split_clef("F4^8")
    (('G', 2, -1), ('F', 4, 1))
    """
    if clef == "percussion":
        return "percussion", 3, 0
    if clef == "TAB":
        return "TAB", 5, 0
    name, mark = clef, ""
    for mark in ("_", "^", ""):
        if mark and mark in clef:
            name = clef.split(mark)[0]
            break
    octaves = {"_8": -1, "_15": -2, "^8": 1, "^15": 2, "": 0}.get(clef[len(name) :])
    if len(name) != 2 or name[0] not in _REFERENCE or name[1] not in "12345" or octaves is None:
        raise CatalogueError(f"{clef!r} is no clef", do="write for example G2, F4, C3 or G2_8")
    return name[0], int(name[1]), octaves


def ledgers(pitch: Pitch, clef: str) -> int:
    """How many ledger lines a written pitch needs.

    >>> ledgers(Pitch.parse("C4"), "G2"), ledgers(Pitch.parse("D5"), "F4")
    (1, 5)
    """
    return max(0, (abs(pitch.staff_step - middle_line(clef)) - 4) // 2)


def clefs_for(
    notes: Iterable[Note], clefs: Sequence[str], grid: BarGrid, shift: Interval = UNISON
) -> Mapping[int, str]:
    """By bar index (-1 for the pickup) the clef that begins there; one entry where none changes.

    The first of `clefs` is the usual one, which its players read far outside the staff; another
    is taken only where the line stays there, and left as soon as it comes back. `shift` leads from
    sounding to written.
    """
    first = -1 if grid.pickup.quarters > 0 else 0
    if len(clefs) < 2:
        return {first: clefs[0] if clefs else "G2"}
    bars: list[list[int]] = [[] for _ in range(first, len(grid.bars))]
    grain = lcm(*(start.quarters.denominator for start in grid.starts))
    starts = [int(start.quarters * grain) for start in grid.starts[: len(grid.bars)]]
    for note in notes:
        onset = note.onset.quarters
        at = onset.numerator * grain // onset.denominator
        index = max(0, bisect_right(starts, at) - 1) if at >= 0 else first
        bars[index - first].extend(
            pitch.staff_step + shift.steps for pitch in note.pitches if isinstance(pitch, Pitch)
        )
    path = _cheapest(bars, list(clefs))
    found = {first: path[0] if path else clefs[0]}
    for place, clef in enumerate(path):
        if place and clef != path[place - 1]:
            found[first + place] = clef
    return found


def _cheapest(bars: list[list[int]], clefs: list[str]) -> list[str]:
    """The clef of each bar, by the least ledger lines and changes over the whole staff."""
    costs = {clef: 0 if clef == clefs[0] else _CHANGE_COST for clef in clefs}
    came: list[dict[str, str]] = []
    for bar in bars:
        step: dict[str, str] = {}
        total: dict[str, int] = {}
        for clef in clefs:
            ways = {old: costs[old] + _change(old, clef, clefs) for old in clefs}
            before = min(clefs, key=lambda old: (ways[old], old != clef))
            step[clef] = before
            burden = _at_home(bar, clef) if clef == clefs[0] else _away(bar, clef, clefs[0])
            total[clef] = ways[before] + burden
        came.append(step)
        costs = total
    if not bars:
        return []
    clef = min(clefs, key=lambda last: costs[last])
    path = [clef]
    for step in reversed(came[1:]):
        path.append(step[path[-1]])
    return path[::-1]


def _change(old: str, new: str, clefs: Sequence[str]) -> int:
    if old == new:
        return 0
    rank = clefs.index(new)
    return _CHANGE_COST + _FARTHER_COST * (rank - 1) if rank else _RETURN_COST


def _at_home(bar: list[int], clef: str) -> int:
    counts = _all_ledgers(bar, clef)
    far = (count for count in counts if count >= _AT_HOME_LEDGERS)
    return sum(count if count == _AT_HOME_LEDGERS else count * count for count in far)


def _away(bar: list[int], clef: str, usual: str) -> int:
    """What another clef costs: its own ledger lines, and every note that the usual one can take."""
    far = (count for count in _all_ledgers(bar, clef) if count >= _LEAST_LEDGERS)
    own = sum(1 if count == _LEAST_LEDGERS else count * count for count in far)
    homely = sum(count < _AT_HOME_LEDGERS for count in _all_ledgers(bar, usual))
    return own + _AWAY_NOTE * homely + bool(bar)


def _all_ledgers(bar: list[int], clef: str) -> list[int]:
    """The ledger lines that each head of a bar, told by its staff step, needs."""
    middle = middle_line(clef)
    return [max(0, (abs(step - middle) - 4) // 2) for step in bar]


def clef_name_of(sign: str, line: int, octaves: int) -> str:
    """The inverse of `split_clef`.

    >>> clef_name_of("G", 2, -1)
    'G2_8'
    """
    if sign not in _REFERENCE:
        return "percussion"
    mark = {0: "", -1: "_8", -2: "_15", 1: "^8", 2: "^15"}[max(-2, min(2, octaves))]
    return f"{sign}{line}{mark}"


def set_clefs(
    changes: Iterable[ClefChange], first: str, frames: Sequence[Frame]
) -> tuple[dict[int, str], dict[int, list[tuple[Fraction, str]]]]:
    """By place of the bar the clefs a person set: those at barlines, and those within bars.

    `first` stands at the beginning where none is set there.
    """
    starts = [frame.start for frame in frames]
    at_bars = {0: first}
    within: dict[int, list[tuple[Fraction, str]]] = {}
    for change in changes:
        place = max(0, bisect_right(starts, change.at) - 1)
        offset = (change.at - starts[place]).quarters
        if offset <= 0:
            at_bars[place] = change.clef
        elif offset < frames[place].length.quarters:
            within.setdefault(place, []).append((offset, change.clef))
    return at_bars, within
