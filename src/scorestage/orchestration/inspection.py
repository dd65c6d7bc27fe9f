"""One player's line under the magnifying glass: notes with their instrument, place and dynamics."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from scorestage.music import Family, Instrument, Line, Note, Slur
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


_SECTION_FROM = 4


@dataclass(slots=True)
class Inspection:
    """A line with its notes in order, and the faults found so far (one a bar and kind).

    `session` asks for what a recording session's copyist does: a dynamic at each entry, `div.`
    over each chord of a section. `company` are the inspections of the whole score.
    """

    line: Line
    timing: Timing
    session: bool = True
    company: list[Inspection] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    curves: list[LevelCurve] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _levels: dict[tuple[int, Fraction], float] = field(default_factory=dict)
    _span: tuple[float, float] | None = None
    _starts: list[Fraction] = field(default_factory=list)
    _told: dict[tuple[FaultKind, int], int] = field(default_factory=dict)

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

    def near(self, at: Fraction, bars: int = 4) -> list[Heard]:
        """The notes that begin from `bars` bars before a beat to as many after it."""
        if not self._starts:
            self._starts = [one.start for one in self.heard]
        grid = self.timing.grid
        bar = self.timing.bar(at)
        low = grid.starts[max(0, bar - bars)].quarters
        high = grid.starts[min(len(grid.bars), bar + bars + 1)].quarters
        return self.heard[bisect_left(self._starts, low) : bisect_right(self._starts, high)]

    def level(self, one: Heard) -> float:
        """How loud a note is to be, in steps from mf; of several staves the one with marks."""
        found = self._levels.get((one.staff, one.start))
        if found is None:
            curve = self.curves[one.staff]
            if not curve.marks:
                curve = next((other for other in self.curves if other.marks), curve)
            found = self._levels[one.staff, one.start] = curve.at(one.start)
        return found

    def plain_level(self, one: Heard) -> float:
        """How loud a note is at least and at most by the marks: hairpins add one step at most."""
        if self._span is None:
            levels = [mark.dynamic.level for staff in self.line.staves for mark in staff.dynamics]
            self._span = (min(levels) - 1.0, max(levels) + 1.0) if levels else (-inf, inf)
        softest, loudest = self._span
        return max(softest, min(loudest, self.level(one)))

    def tell(
        self,
        kind: FaultKind,
        at: Fraction | None,
        text: str,
        severity: Severity = Severity.ERROR,
        repair: str = "",
    ) -> None:
        """Note a fault, once for each bar and kind; the gravest of a bar is kept."""
        bar = self.timing.bar(at) if at is not None else -1
        label = self.timing.label(at) if at is not None else ""
        where = Beat(at) if at is not None else None
        fault = Fault(kind, self.line.player.id, where, label, text, severity, repair)
        known = self._told.get((kind, bar))
        if known is None:
            self._told[kind, bar] = len(self.faults)
            self.faults.append(fault)
        elif severity.rank < self.faults[known].severity.rank:
            self.faults[known] = fault

    def seconds(self, start: Fraction, end: Fraction) -> float:
        """Seconds from one beat to another."""
        return self.timing.between(start, end)

    def bar_quarters(self, at: Fraction) -> Fraction:
        """How long the bar there is."""
        return self.timing.grid.bars[self.timing.bar(at)].meter.length.quarters

    def place(self, at: Fraction) -> str:
        """A point as a musician says it: `bar 12 beat 3`.

        Beats are click beats of the bar's meter, counted from 1.
        """
        position = self.timing.grid.position(Beat(at))
        return f"bar {position.label} beat {beat_text(position.beat)}"

    @property
    def is_section(self) -> bool:
        """Whether a string section or a choir plays it, which divides and breathes in turns."""
        family = self.line.player.instrument.family
        sings = family in (Family.STRINGS, Family.VOICE)
        return self.line.player.count >= (_SECTION_FROM if sings else 10**6)

    @property
    def sharing(self) -> int:
        """How many players read this staff: 1 but for `Horns 1.2` and the like."""
        return 1 if self.is_section else self.line.player.count

    @property
    def slurs(self) -> list[Slur]:
        """All slurs of all staves."""
        return [slur for staff in self.line.staves for slur in staff.slurs]


def beat_text(beat: Fraction) -> str:
    """A beat as read: `3`, `2 1/2`, `1 3/4`.

    >>> from scorestage.orchestration.inspection import beat_text
    >>> beat_text(Fraction(5, 2)), beat_text(Fraction(3))
    ('2 1/2', '3')
    """
    whole, rest = divmod(beat, 1)
    return f"{whole} {rest}" if rest else str(whole)
