"""What one player plays, told in samples: the score's side of any synthesiser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 48_000

Audio = NDArray[np.float32]
"""Sound of shape (samples, 2), left and right, full scale = 1."""


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """One note as it is played: when, how long, on what, how hard.

    `start_samples` is where the synthesiser begins, so a slow attack is already moved forward;
    `program` counts from 0 (General MIDI), or is the drum kit where `drum`; `key` is a MIDI
    number that may lie between two keys; `gain_db` comes on top of what velocity does;
    `bend_cents` moves the sound of that key without choosing another; `release_seconds` is the
    time in which it falls by 80 dB once let go, where the instrument's own is not wanted.

    >>> PlayedNote(48_000, 24_000, program=48, drum=False, key=60.0, velocity=80).end_samples
    72000
    """

    start_samples: int
    length_samples: int
    program: int
    drum: bool
    key: float
    velocity: int
    gain_db: float = 0.0
    articulation: str = ""
    bend_cents: float = 0.0
    release_seconds: float | None = None

    def __post_init__(self) -> None:
        if self.length_samples < 1:
            raise ValueError(f"a note lasts {self.length_samples} samples; at least 1 is needed")
        if not 0 <= self.program <= 127 or not 1 <= self.velocity <= 127:
            raise ValueError(f"program {self.program}, velocity {self.velocity}: out of range")
        if not 0 <= self.key <= 127:
            raise ValueError(f"key {self.key} is no MIDI key (0 to 127)")

    @property
    def end_samples(self) -> int:
        """Where the note is let go."""
        return self.start_samples + self.length_samples


@dataclass(frozen=True, slots=True)
class Curve:
    """Gains in dB at sample positions, straight lines between, flat outside.

    >>> Curve((0, 100), (-10.0, 0.0)).at(50)
    -5.0
    """

    positions_samples: tuple[int, ...] = ()
    gains_db: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.positions_samples) != len(self.gains_db):
            raise ValueError("a curve needs one gain for each position")
        pairs = zip(self.positions_samples, self.positions_samples[1:], strict=False)
        if any(a > b for a, b in pairs):
            raise ValueError("the positions of a curve must not run backward")

    def moved(self, by_samples: int) -> Curve:
        """The same curve, later by so many samples (earlier, where negative)."""
        moved = tuple(position + by_samples for position in self.positions_samples)
        return Curve(moved, self.gains_db)

    def at(self, position_samples: int) -> float:
        """The gain in dB at one sample position."""
        if not self.positions_samples:
            return 0.0
        return float(np.interp(position_samples, self.positions_samples, self.gains_db))


@dataclass(frozen=True, slots=True)
class Performance:
    """Everything one player does in a cue.

    `pan` runs from -1 (left) to 1 (right) as heard in the hall, `distance_m` from the
    microphones; `stem` names the stem it is recorded on; `in_room` is false for what comes out of
    a loudspeaker and gets little of the hall; at `stops_samples` all the music stops.
    """

    player_id: str
    name: str
    notes: tuple[PlayedNote, ...]
    dynamics: Curve = field(default_factory=Curve)
    pan: float = 0.0
    distance_m: float = 5.0
    stem: str = "strings"
    in_room: bool = True
    stops_samples: tuple[int, ...] = ()


class Response(Protocol):
    """How the sounds of a sound set answer, measured note by note."""

    def attack_seconds(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        """From the note's start to 10 % of its peak."""
        ...

    def loudness_db(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        """How loud this note is, in dB relative to full scale."""
        ...

    def section_strings(self) -> tuple[tuple[int, float], ...]:
        """The programs that make the best section of strings here, each with its level in dB."""
        ...


class Synth(Response, Protocol):
    """Any machine that turns a performance into sound, flat: dynamics and room come after."""

    def render(self, performance: Performance, length_samples: int) -> Audio:
        """The notes as float32 of shape (length_samples, 2), onsets exact to the sample."""
        ...
