"""What the desks of the orchestrator hand to each other: tones, lines, phrases, chairs, tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from random import Random

from scorestage.music import (
    DynamicMark,
    Hairpin,
    Instrument,
    Note,
    Pitch,
    Player,
    Role,
    Technique,
    Unpitched,
)

ADDED = "orchestrator:"
"""How the origin of a note begins that is not in the sketch."""


@dataclass(frozen=True, slots=True)
class Tone:
    """One pitch of one sketch note, in quarters since the first downbeat.

    `key` is its MIDI key, -1 for an unpitched stroke.
    """

    id: str
    start: Fraction
    end: Fraction
    pitch: Pitch | Unpitched
    note: Note
    key: int = field(init=False)
    length: Fraction = field(init=False)

    def __post_init__(self) -> None:
        key = self.pitch.key if isinstance(self.pitch, Pitch) else -1
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "length", self.end - self.start)


@dataclass(frozen=True, slots=True)
class SketchLine:
    """One voice of one strand in one phrase; `index` counts from the top, in a bass from below."""

    strand: int
    role: Role
    label: str
    index: int
    tones: tuple[Tone, ...]

    mean_key: Fraction = field(init=False, compare=False)
    """Its mean MIDI key, long tones counting more."""
    keys: tuple[tuple[int, float], ...] = field(init=False, compare=False)
    """The MIDI key and the quarters of each pitched tone."""

    def __post_init__(self) -> None:
        pitched = (tone for tone in self.tones if isinstance(tone.pitch, Pitch))
        object.__setattr__(self, "keys", tuple((one.key, float(one.length)) for one in pitched))
        length = sum((tone.length for tone in self.tones), Fraction(0))
        total = sum((tone.length * tone.key for tone in self.tones), Fraction(0))
        object.__setattr__(self, "mean_key", total / length if length else Fraction(0))

    @property
    def is_pitched(self) -> bool:
        """Whether it has pitches."""
        return any(isinstance(tone.pitch, Pitch) for tone in self.tones)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some bars that are scored in one way.

    `name` is what its dice hang on: it does not change when other phrases do. `number` counts
    phrases of the section, for turns. `level` is its mean dynamic in steps from mf, `tier` the
    same as 0 (whisper) to 4 (tutti), `rise` how much louder its end is than its start.
    """

    name: str
    number: int
    start: Fraction
    end: Fraction
    first_bar: int
    last_bar: int
    level: float
    tier: int
    rise: float
    seconds: float
    seed: int

    def dice(self, what: str) -> float:
        """A number in [0, 1) that depends on the seed, this phrase and `what` only."""
        return _thrown(f"{self.seed}|{self.name}|{what}")

    def holds(self, at: Fraction) -> bool:
        """Whether `at` lies in it."""
        return self.start <= at < self.end


@lru_cache(maxsize=1 << 15)
def _thrown(what: str) -> float:
    return Random(what).random()


@dataclass(frozen=True, slots=True)
class Chair:
    """A player with the instrument in hand for one phrase; `rank` counts those of one kind."""

    player: Player
    instrument: Instrument
    seat: int
    rank: int
    alternate: bool = False

    @property
    def id(self) -> str:
        """The player's id."""
        return self.player.id


@dataclass(frozen=True, slots=True)
class Task:
    """What one player does with one line in one phrase.

    `priority` decides where two tasks collide (0 wins). `essential` notes are the only ones that
    carry something of the sketch. `strand` is where dynamics come from, unless the task brings
    its own `dynamics` and `hairpins`; `alternate` if it is for the player's second instrument;
    `around` the number of the hit in whose bars it stands, -1 for all other bars.
    """

    player: str
    instrument: Instrument
    phrase: int
    role: Role
    rule: str
    why: str
    priority: int
    strand: int
    notes: tuple[Note, ...]
    level_shift: int = 0
    techniques: frozenset[Technique] = field(default_factory=frozenset)
    essential: bool = False
    added: bool = False
    dynamics: tuple[DynamicMark, ...] = ()
    hairpins: tuple[Hairpin, ...] = ()
    alternate: bool = False
    around: int = -1
