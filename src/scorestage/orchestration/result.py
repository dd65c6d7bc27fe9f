"""What orchestrating gives back: the score, a reason for every choice, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.music import Score
from scorestage.timebase import Beat


class Severity(StrEnum):
    """How bad a fault is: it cannot be played, or somebody should look at it."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"


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
    SAME = "same"
    EMPTY = "empty"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a score, where it stands and what it is, in a musician's words."""

    kind: FaultKind
    player: str
    at: Beat | None
    bar: str
    text: str
    severity: Severity = Severity.WRONG

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
class OrchestrationResult:
    """The full score with the reason of every choice and the faults that remain."""

    score: Score
    reasons: tuple[Reason, ...]
    faults: tuple[Fault, ...]
