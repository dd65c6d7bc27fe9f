"""Cutting a voice at the barlines: what sounds and what is silent in each bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import MusicError, Where
from scorestage.music.note import Note, Voice
from scorestage.music.written.metric import bars_in
from scorestage.music.written.rhythm import Sounding
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter

_PICKUP_GRAIN = Fraction(1, 4)


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
    return pickup + tuple(_frame(index, bar, grid) for index, bar in enumerate(grid.bars))


def _frame(index: int, bar: Bar, grid: BarGrid) -> Frame:
    return Frame(index, bar.label, bar.meter, grid.starts[index], bar.meter.length)


def pickup_frame(grid: BarGrid) -> Frame:
    """The bar before bar 1; one that begins inside a tuplet is opened with a rest."""
    meter = grid.bars[0].meter
    quarters = grid.pickup.quarters
    if quarters.denominator & (quarters.denominator - 1):
        quarters = -(-quarters // _PICKUP_GRAIN) * _PICKUP_GRAIN
    length = Beats(quarters)
    bars = bars_in(meter, length)
    lead = meter.length.quarters * bars - quarters
    return Frame(-1, BarLabel(0), meter, Beat(-quarters), length, bars, lead)


@dataclass(frozen=True, slots=True)
class Filling:
    """What one voice has in one bar: soundings in the frame's positions, and whose they are."""

    frame: int
    soundings: tuple[Sounding, ...]
    notes: tuple[Note | None, ...]


def fillings(voice: Voice, frames: tuple[Frame, ...], player: str) -> Iterator[Filling]:
    """The bars in which `voice` sounds, gaps filled with silence.

    Raises `MusicError` for notes that overlap, have no length or leave the bars.
    """
    _check(voice, frames, player)
    waiting = list(reversed(voice.notes))
    held: Note | None = None
    for index, frame in enumerate(frames):
        start, end = frame.start.quarters, frame.end.quarters
        spans: list[tuple[Fraction, Fraction, Note]] = []
        if held is not None:
            spans.append((start, min(end, held.end.quarters), held))
            held = held if held.end.quarters > end else None
        while held is None and waiting and waiting[-1].onset.quarters < end:
            note = waiting.pop()
            spans.append((note.onset.quarters, min(end, note.end.quarters), note))
            held = note if note.end.quarters > end else None
        if spans:
            yield _filling(index, frame, spans)


def _filling(index: int, frame: Frame, spans: list[tuple[Fraction, Fraction, Note]]) -> Filling:
    shift = frame.lead - frame.start.quarters
    at = frame.lead
    soundings: list[Sounding] = []
    notes: list[Note | None] = []
    for start, end, note in spans:
        if start + shift > at:
            soundings.append(Sounding(at, start + shift, silent=True))
            notes.append(None)
        soundings.append(Sounding(start + shift, end + shift, silent=False))
        notes.append(note)
        at = end + shift
    stop = frame.lead + frame.length.quarters
    if at < stop:
        soundings.append(Sounding(at, stop, silent=True))
        notes.append(None)
    return Filling(index, tuple(soundings), tuple(notes))


def _check(voice: Voice, frames: tuple[Frame, ...], player: str) -> None:
    before: Note | None = None
    for note in voice.notes:
        if note.length.quarters <= 0:
            raise MusicError(f"note {note.id} has no length", where_in(frames, note.onset, player))
        if before is not None and note.onset < before.end:
            raise MusicError(
                f"note {note.id} begins before note {before.id} of the same voice has ended",
                where_in(frames, note.onset, player),
                "shorten the first, or put it in a voice of its own",
            )
        before = note
    if voice.notes and not frames:
        raise MusicError("there are notes but no bars", Where(player=player or None))
    for note in (voice.notes[0], voice.notes[-1]) if voice.notes else ():
        if note.onset < frames[0].start or note.end > frames[-1].end:
            raise MusicError(
                f"note {note.id} lies outside the bars of the cue",
                where_in(frames, note.onset, player),
                "add bars, or lengthen the pickup",
            )


def where_in(frames: tuple[Frame, ...], at: Beat, player: str) -> Where:
    """Player, bar and beat (in click beats of the bar), for a message."""
    inside = [frame for frame in frames if frame.start <= at] or list(frames[:1])
    if not inside:
        return Where(player=player or None)
    frame = inside[-1]
    beat = (at - frame.start).quarters / frame.meter.click.quarters + 1
    return Where(bar=f"{frame.label} beat {beat}", player=player or None)
