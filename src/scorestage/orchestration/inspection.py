"""One player's line under the magnifying glass: notes with their instrument, place and dynamics."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music import Instrument, Line, Note
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.result import Fault, FaultKind, Severity
from scorestage.orchestration.timing import Timing
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Heard:
    """A note of the line with where it is written and what it is played on.

    `start` and `end` are in quarters, `keys` its MIDI keys from low to high.
    """

    note: Note
    staff: int
    voice: int
    instrument: Instrument
    start: Fraction = field(init=False)
    end: Fraction = field(init=False)
    keys: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        start = self.note.onset.quarters
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", start + self.note.length.quarters)
        object.__setattr__(self, "keys", tuple(pitch.key for pitch in self.note.sounding))


@dataclass(slots=True)
class Inspection:
    """A line with its notes in order, and the faults found so far (one a bar and kind)."""

    line: Line
    timing: Timing
    heard: list[Heard] = field(default_factory=list)
    curves: list[LevelCurve] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _told: set[tuple[FaultKind, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.heard = sorted(self._notes(), key=lambda one: (one.start, one.staff, one.voice))
        self.curves = [LevelCurve(staff) for staff in self.line.staves]

    def _notes(self) -> Iterator[Heard]:
        instruments = {one.id: one for one in self.line.player.instruments}
        changes = sorted(self.line.changes, key=lambda change: change[0])
        ats = [at.quarters for at, _ in changes]
        for number, staff in enumerate(self.line.staves):
            for place, voice in enumerate(staff.voices):
                for note in voice.notes:
                    turn = bisect_right(ats, note.onset.quarters) - 1
                    name = changes[turn][1] if turn >= 0 else ""
                    instrument = instruments.get(name, self.line.player.instrument)
                    yield Heard(note, number, place, instrument)

    def level(self, one: Heard) -> float:
        """How loud a note is to be, in steps from mf; of several staves the one with marks."""
        curve = self.curves[one.staff]
        if not curve.marks:
            curve = next((other for other in self.curves if other.marks), curve)
        return curve.at(one.start)

    def tell(
        self,
        kind: FaultKind,
        at: Fraction | None,
        text: str,
        severity: Severity = Severity.WRONG,
    ) -> None:
        """Note a fault, once for each bar and kind."""
        bar = self.timing.bar(at) if at is not None else -1
        if (kind, bar) in self._told:
            return
        self._told.add((kind, bar))
        label = self.timing.label(at) if at is not None else ""
        where = Beat(at) if at is not None else None
        self.faults.append(Fault(kind, self.line.player.id, where, label, text, severity))

    def seconds(self, start: Fraction, end: Fraction) -> float:
        """Seconds from one beat to another."""
        return self.timing.between(start, end)

    def bar_quarters(self, at: Fraction) -> Fraction:
        """How long the bar there is."""
        return self.timing.grid.bars[self.timing.bar(at)].meter.length.quarters
