"""A performance as it was played: tracks of tones in seconds, controllers, pedal."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction

DYNAMICS_CC, BREATH_CC, EXPRESSION_CC, PEDAL_CC = 1, 2, 11, 64


@dataclass(frozen=True, slots=True)
class PlayedTone:
    """One key: down and up in seconds from the file's start, MIDI key, velocity 1 to 127."""

    start_seconds: Fraction
    end_seconds: Fraction
    key: int
    velocity: int


@dataclass(frozen=True, slots=True)
class ControlLane:
    """A controller's values (0 to 127) at their seconds; each holds until the next.

    >>> lane = ControlLane(1, ((Fraction(0), 20), (Fraction(2), 90)))
    >>> lane.at(Fraction(1)), lane.at(Fraction(2)), ControlLane(1).at(Fraction(0), 64)
    (20, 90, 64)
    """

    number: int
    points: tuple[tuple[Fraction, int], ...] = ()

    def at(self, seconds: Fraction, before: int = 0) -> int:
        """The value in force; `before` where none has been sent yet."""
        place = bisect_right(self.points, seconds, key=lambda point: point[0])
        return self.points[place - 1][1] if place else before

    @property
    def reach(self) -> int:
        """From its lowest value to its highest."""
        values = [value for _, value in self.points]
        return max(values) - min(values) if values else 0


@dataclass(frozen=True, slots=True)
class PlayedTrack:
    """One track and channel of a performance; `programs` are its program changes.

    `place` counts the tracks of the file from 1; `channel` from 0. `is_drums` says its keys are
    strokes of a drum set; `loudness` which controllers make it louder (none: velocity does), where
    that is known.
    """

    name: str
    place: int
    channel: int
    tones: tuple[PlayedTone, ...]
    lanes: tuple[ControlLane, ...] = ()
    programs: tuple[tuple[Fraction, int], ...] = ()
    is_drums: bool = False
    loudness: tuple[int, ...] | None = None

    @property
    def program(self) -> int | None:
        """The General MIDI program it begins with; None where none is told."""
        return self.programs[0][1] if self.programs else None

    def lane(self, number: int) -> ControlLane:
        """One controller; empty where it was never sent."""
        return next((lane for lane in self.lanes if lane.number == number), ControlLane(number))


@dataclass(frozen=True, slots=True)
class ConductorTrack:
    """What a file says of bars and tempo: quarters and seconds at each tempo, meters, markers.

    `tempos` are (quarters, seconds reached, quarters a minute); `lead_quarters` lie before bar 1.
    """

    tempos: tuple[tuple[Fraction, Fraction, Fraction], ...]
    meters: tuple[tuple[Fraction, int, int], ...] = ()
    markers: tuple[tuple[Fraction, str], ...] = ()
    lead_quarters: Fraction = Fraction(0)
    pickup_quarters: Fraction = Fraction(0)
    fifths: int | None = None
    """Sharps (negative: flats) of the key signature, where one is told."""
    tempo_told: bool = False

    def quarters(self, seconds: Fraction) -> Fraction:
        """Where the file's own click stands at a time, in quarters from its start."""
        place = bisect_right(self.tempos, seconds, key=lambda one: one[1])
        at, reached, bpm = self.tempos[max(0, place - 1)]
        return at + (seconds - reached) * bpm / 60


@dataclass(frozen=True, slots=True)
class Performance:
    """A whole file as it was played; `losses` say what was not taken."""

    title: str
    tracks: tuple[PlayedTrack, ...]
    conductor: ConductorTrack
    losses: tuple[str, ...] = field(default=())

    @property
    def end_seconds(self) -> Fraction:
        """Where the last key is let go."""
        return max((tone.end_seconds for one in self.tracks for tone in one.tones), default=_ZERO)


_ZERO = Fraction(0)
