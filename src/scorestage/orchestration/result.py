"""What orchestrating gives back: the score, a reason for every choice, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scorestage.music import Role, Score
from scorestage.orchestration.marked import NotGiven, waiting
from scorestage.timebase import Beat


class Severity(StrEnum):
    """How bad a fault is: it cannot be played, somebody should look at it, or it is worth knowing.

    `WRONG` and `DOUBTFUL` are other names of the first two.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"
    WRONG = "error"
    DOUBTFUL = "warning"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for advice.

        >>> Severity.WRONG.rank, Severity.ADVICE.rank
        (0, 2)
        """
        return list(Severity).index(self)


class FaultKind(StrEnum):
    """What a player (or the librarian) will complain about."""

    RANGE = "range"
    REGISTER = "register"
    POLYPHONY = "polyphony"
    SPAN = "span"
    BREATH = "breath"
    ENTRY = "entry"
    TECHNIQUE = "technique"
    SPEED = "speed"
    CHANGE = "change"
    PEDALS = "pedals"
    TUNING = "tuning"
    SOUND = "sound"
    LEAP = "leap"
    SLIDE = "slide"
    GLISSANDO = "glissando"
    ENDURANCE = "endurance"
    MUTE = "mute"
    STICKS = "sticks"
    BOW = "bow"
    PLAYERS = "players"
    SCALE = "scale"
    WORDS = "words"
    INSTRUMENT = "instrument"
    SAME = "same"
    EMPTY = "empty"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a score, where it stands and what it is, in a musician's words.

    `repair` is what would mend it, in words that can be done; empty where only the composer knows.
    """

    kind: FaultKind
    player: str
    at: Beat | None
    bar: str
    text: str
    severity: Severity = Severity.ERROR
    repair: str = ""

    def __str__(self) -> str:
        place = f"{self.player or 'score'}, bar {self.bar}" if self.bar else self.player or "score"
        return f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a player plays something: the bars, the role, the rule and its ground.

    `rule` is a short name such as `tune.carrier` or `bass.octave`; `added` says that the notes
    are the orchestrator's own and not in the sketch.
    """

    player: str
    role: str
    rule: str
    text: str
    start: Beat
    end: Beat
    bars: str
    added: bool = False

    def __str__(self) -> str:
        return f"bars {self.bars}, {self.player}: {self.role} ({self.text})"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why one pitch of one note is there: the rule, its words, and the strand it belongs to.

    `strand` is the strand's place in the sketch; `added` says that it is the orchestrator's own;
    `level_steps` how many steps of dynamics louder than sketched it is played.
    """

    role: Role
    rule: str
    why: str
    strand: int
    added: bool = False
    level_steps: int = 0


@dataclass(frozen=True, slots=True)
class OrchestrationResult:
    """The full score with the reason of every choice and the faults that remain.

    `grounds` has the reason of every single pitch, by note id and MIDI key (-1 for strokes).
    `left` is what nobody was given, because only what is marked was to be given out.
    """

    score: Score
    reasons: tuple[Reason, ...]
    faults: tuple[Fault, ...]
    grounds: Mapping[tuple[str, int], Ground] = field(default_factory=dict)
    left: tuple[NotGiven, ...] = ()

    @property
    def waits(self) -> str:
        """What waits for players and how to mark it, in a sentence; empty if nothing does."""
        return waiting(self.left, nobody=not any(True for _ in self.score.notes()))
