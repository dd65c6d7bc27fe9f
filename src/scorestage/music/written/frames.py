"""Cutting a voice at the barlines: what sounds and what is silent in each bar.

Positions are whole ticks here (`Ticks` says how many to the quarter), so that long scores are cut
quickly and the same rhythm in two bars is recognised as the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scorestage.errors import MusicError, Where
from scorestage.music.note import Note, Voice
from scorestage.music.written.metric import bars_in
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter

_PICKUP_GRAIN = Fraction(1, 4)
_USUAL_TICKS = 96


@dataclass(frozen=True, slots=True)
class Frame:
    """A bar to be filled; `index` -1 is the pickup, which ends where a full bar would.

    `lead` quarter notes of that full bar (of `bars` bars, for a long pickup) are not written.
    """

    index: int
    label: BarLabel
    meter: Meter
    start: Beat
    length: Beats
    bars: int = 1
    lead: Fraction = Fraction(0)

    @property
    def end(self) -> Beat:
        """The barline after it."""
        return self.start + self.length


def frames_of(grid: BarGrid) -> tuple[Frame, ...]:
    """All bars of the grid, the pickup (where there is one) first."""
    pickup = (pickup_frame(grid),) if grid.pickup.quarters > 0 and grid.bars else ()
    lengths: dict[int, Beats] = {}
    return pickup + tuple(
        Frame(index, bar.label, bar.meter, grid.starts[index], _length(bar, lengths))
        for index, bar in enumerate(grid.bars)
    )


def _length(bar: Bar, lengths: dict[int, Beats]) -> Beats:
    """How long a bar is; what was reckoned for the same meter before is taken again."""
    found = lengths.get(id(bar.meter))
    if found is None:
        found = lengths[id(bar.meter)] = bar.meter.length
    return found


def pickup_frame(grid: BarGrid) -> Frame:
    """The bar before bar 1; one that begins inside a tuplet is opened with a rest."""
    meter = grid.bars[0].meter
    quarters = grid.pickup.quarters
    if quarters.denominator & (quarters.denominator - 1):
        quarters = -(-quarters // _PICKUP_GRAIN) * _PICKUP_GRAIN
    length = Beats(quarters)
    bars = bars_in(meter, length)
    lead = meter.length.quarters * bars - quarters
    return Frame(-1, grid.pickup_label, meter, Beat(-quarters), length, bars, lead)


@dataclass(frozen=True, slots=True)
class Ticks:
    """A number of ticks to the quarter in which every point of a staff is whole."""

    per_quarter: int

    @classmethod
    def for_notes(cls, notes: Iterable[Note], frames: tuple[Frame, ...]) -> Ticks:
        """The usual grid, made finer where the notes or bars need it."""
        found = {
            point.quarters.denominator for note in notes for point in (note.onset, note.length)
        }
        for frame in frames:
            found.update((frame.start.quarters.denominator, frame.length.quarters.denominator))
        return cls(lcm(_USUAL_TICKS, *found))

    def of(self, quarters: Fraction) -> int:
        """`quarters` in ticks."""
        return quarters.numerator * (self.per_quarter // quarters.denominator)


Sounding = tuple[int, int, bool]
"""A stretch of a voice in ticks of its frame, start and end, and whether it is silent."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What one voice has in one bar, without gaps, and whose it is (None: nobody's, a rest)."""

    soundings: tuple[Sounding, ...]
    notes: tuple[Note | None, ...]


def fillings(
    voice: Voice, frames: tuple[Frame, ...], ticks: Ticks, player: str
) -> dict[int, Filling]:
    """By place in `frames` the bars in which `voice` sounds, gaps filled with silence.

    Raises `MusicError` for notes that overlap, have no length or leave the bars.
    """
    spans = _spans(voice, frames, ticks, player)
    stops = [ticks.of(frame.end.quarters) for frame in frames]
    found: dict[int, Filling] = {}
    place = 0
    inside: list[tuple[int, int, Note]] = []
    for start, end, note in spans:
        while start < end:
            if start >= stops[place]:
                _fill(found, place, frames[place], ticks, inside)
                inside, place = [], place + 1
                continue
            stop = min(stops[place], end)
            inside.append((start, stop, note))
            start = stop
    if inside:
        _fill(found, place, frames[place], ticks, inside)
    return found


def _fill(
    found: dict[int, Filling],
    place: int,
    frame: Frame,
    ticks: Ticks,
    inside: list[tuple[int, int, Note]],
) -> None:
    if not inside:
        return
    lead = ticks.of(frame.lead)
    shift = lead - ticks.of(frame.start.quarters)
    at, stop = lead, lead + ticks.of(frame.length.quarters)
    soundings: list[Sounding] = []
    notes: list[Note | None] = []
    for start, end, note in inside:
        if start + shift > at:
            soundings.append((at, start + shift, True))
            notes.append(None)
        soundings.append((start + shift, end + shift, False))
        notes.append(note)
        at = end + shift
    if at < stop:
        soundings.append((at, stop, True))
        notes.append(None)
    found[place] = Filling(tuple(soundings), tuple(notes))


def _spans(
    voice: Voice, frames: tuple[Frame, ...], ticks: Ticks, player: str
) -> Iterator[tuple[int, int, Note]]:
    if not voice.notes:
        return
    if not frames:
        raise MusicError("there are notes but no bars", Where(player=player or None))
    at = ticks.of(frames[0].start.quarters)
    stop = ticks.of(frames[-1].end.quarters)
    before: Note | None = None
    for note in voice.notes:
        start = ticks.of(note.onset.quarters)
        end = start + ticks.of(note.length.quarters)
        if end <= start:
            raise MusicError(f"note {note.id} has no length", where_in(frames, note.onset, player))
        if start < at and before is not None:
            raise MusicError(
                f"note {note.id} begins before note {before.id} of the same voice has ended",
                where_in(frames, note.onset, player),
                "shorten the first, or put it in a voice of its own",
            )
        if start < at or end > stop:
            raise MusicError(
                f"note {note.id} lies outside the bars of the cue",
                where_in(frames, note.onset, player),
                "add bars, or lengthen the pickup",
            )
        yield start, end, note
        before, at = note, end


def where_in(frames: tuple[Frame, ...], at: Beat, player: str) -> Where:
    """Player, bar and beat (in click beats of the bar), for a message."""
    inside = [frame for frame in frames if frame.start <= at] or list(frames[:1])
    if not inside:
        return Where(player=player or None)
    frame = inside[-1]
    beat = (at - frame.start).quarters / frame.meter.click.quarters + 1
    return Where(bar=f"{frame.label} beat {beat}", player=player or None)
