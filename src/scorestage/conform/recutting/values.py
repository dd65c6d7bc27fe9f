"""The picture to be re-cut to music: shots with their limits, what shall land where, the answer.

All frames are whole frames of the film, counted from its first one, as the edit stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import InputError

NO_LIMIT = 1 << 20
"""Handles without end: black, stills."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot as it stands in the film, from `first` up to `last`, and what may be done to it.

    `head_frames` and `tail_frames` are what its source has before and after (handles). `spoken`
    are the stretches (of the film as it stands) in which somebody speaks over it; where one goes
    on over the cut at its end, `linked` keeps both shots in sync. `actions` are frames that must
    stay seen. `mix_frames` is how long the transition into it lasts.
    """

    number: int
    name: str
    first: int
    last: int
    head_frames: int = 0
    tail_frames: int = 0
    spoken: tuple[tuple[int, int], ...] = ()
    linked: bool = False
    actions: tuple[int, ...] = ()
    locked: bool = False
    may_drop: bool = False
    may_swap: bool = False
    """Whether it and the next one may change places."""
    mix_frames: int = 0
    retimes: bool = True

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise InputError(f"shot {self.number} has no frames")

    @property
    def frames(self) -> int:
        """How long it lasts."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Limits:
    """How far an editor lets it go, in frames and shares of a shot.

    At most `trim_frames` and `share` of a shot come off one edge, at most `add_frames` of handle
    go on. `shortest_frames` is the least a shot is cut down to. Nothing is retimed by more than
    `retime` or held longer than `hold_frames`; no cut drifts further than `drift_frames`.
    `breath_frames` stay between a cut and the next word, `action_frames` around an action.
    """

    trim_frames: int = 24
    share: Fraction = Fraction(2, 5)
    add_frames: int = 24
    shortest_frames: int = 12
    retime: Fraction = Fraction(4, 100)
    hold_frames: int = 0
    drift_frames: int = 120
    breath_frames: int = 2
    action_frames: int = 6


@dataclass(frozen=True, slots=True)
class Prices:
    """What each change costs in points: a landing on a downbeat is worth two.

    Half a second off a long shot costs about as much as it is worth to land on a downbeat; frames
    nobody has chosen yet cost more than frames taken off, and a changed speed or a held frame more
    than either.
    """

    touch: float = 0.6
    trimmed_frame: float = 0.08
    trimmed_share: float = 3.0
    added: float = 0.9
    added_frame: float = 0.1
    slipped: float = 0.4
    """Where a shot slips in its source, the cheaper of its edges counts so much."""
    held: float = 3.0
    held_frame: float = 0.3
    retimed: float = 1.5
    retimed_percent: float = 0.8
    dropped: float = 8.0
    swapped: float = 8.0
    missed: float = 50.0
    missed_frame: float = 10.0
    """Of a landing that was asked for, where the nearest will do."""
    scale: float = 1.0
    """How many twenty-fourths of a second a frame lasts."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is to land: the cut into a shot, or an action in one.

    `shot` is an index into the shots; the number of shots itself means the end of the last one.
    `frame` is that of the action in the film as it stands, None for a cut. `words` name it.
    """

    shot: int
    frame: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A moment of the music: the film frame it falls on, and what landing on it is worth.

    `music_frames` is its exact place in frames, `words` say bar and beat.
    """

    frame: int
    worth: float
    music_frames: Fraction
    words: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that is to land on one of the targets; `must`: on the only one, to the frame."""

    place: Place
    targets: tuple[Target, ...]
    must: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A stretch of the edit that follows itself without gaps, and all that is wished for it.

    The first shot keeps its head. `keep_end`: the last cut stays where it is.
    """

    shots: tuple[Shot, ...]
    aims: tuple[Aim, ...]
    limits: Limits = Limits()
    keep_end: bool = False
    nearest: bool = False
    """Whether a landing that cannot be had may be missed by as few frames as can be."""
    link_before: bool = False
    """Whether dialogue comes over the cut into the first shot."""

    def __post_init__(self) -> None:
        pairs = zip(self.shots, self.shots[1:], strict=False)
        if not self.shots or any(one.last != other.first for one, other in pairs):
            raise InputError("the shots do not follow one another without gaps")


@dataclass(frozen=True, slots=True)
class ShotChange:
    """What is done to one shot: frames off (or, negative, onto) its head; onto its tail.

    `stretched_frames` are those it gains by running slower (negative: loses by running faster);
    `held_frames` stand still at its end and are part of `tail_frames`.
    """

    shot: int
    head_frames: int = 0
    tail_frames: int = 0
    stretched_frames: int = 0
    held_frames: int = 0
    dropped: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether the shot stays as it is."""
        return self == ShotChange(self.shot)


@dataclass(frozen=True, slots=True)
class Placed:
    """A shot in the new edit: `first` to `last` in the new film, its content `by` later."""

    change: ShotChange
    first: int
    last: int

    @property
    def frames(self) -> int:
        """How long it lasts now."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Landed:
    """One aim before and after, `off_frames` music − picture; `target` is what it lies on."""

    place: Place
    target: Target | None
    before_frame: int
    after_frame: int | None
    must: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it lies on its target, to the frame."""
        return self.target is not None and self.after_frame == self.target.frame

    @property
    def after_off_frames(self) -> Fraction | None:
        """Music − picture after."""
        if self.target is None or self.after_frame is None:
            return None
        return self.target.music_frames - self.after_frame


@dataclass(frozen=True, slots=True)
class Recut:
    """One way to re-cut: the shots in their new order and places, what it costs, what lands."""

    name: str
    placed: tuple[Placed, ...]
    dropped: tuple[int, ...]
    landed: tuple[Landed, ...]
    points: Fraction
    frames: int
    """How long the stretch lasts now."""

    @property
    def changes(self) -> tuple[ShotChange, ...]:
        """What is done to each shot, in the order of the old edit."""
        gone = tuple(ShotChange(one, dropped=True) for one in self.dropped)
        held = tuple(one.change for one in self.placed)
        return tuple(sorted((*held, *gone), key=lambda one: one.shot))

    @property
    def order(self) -> tuple[int, ...]:
        """The shots left, in their new order."""
        return tuple(one.change.shot for one in self.placed)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a landing cannot be had: by how many frames it fails, against what."""

    aim: Aim
    short_frames: int
    """Negative: the picture comes that much too early at best, positive: too late."""
    against: Aim | None
    reasons: tuple[str, ...]


def met_aims(task: Task, way: Recut) -> tuple[Aim, ...]:
    """What lands in a way, each on the beat it landed on and on no other."""
    pairs = zip(task.aims, way.landed, strict=True)
    return tuple(
        Aim(aim.place, (one.target,), must=True)
        for aim, one in pairs
        if one.is_met and one.target is not None
    )
