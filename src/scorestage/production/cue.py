"""Cues and hits: where music is needed, and the moments it must meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError, Where
from scorestage.production.curves import Curve
from scorestage.timebase import FilmRange, FilmTime


class Layer(StrEnum):
    """What kind of music it is: score, source (heard by the characters), or a song."""

    SCORE = "score"
    SOURCE = "source"
    SONG = "song"


class WayIn(StrEnum):
    """How the music enters."""

    HARD = "hard"
    SNEAK = "sneak"
    PICKUP = "pickup"
    SEGUE = "segue"


class WayOut(StrEnum):
    """How the music leaves."""

    BUTTON = "button"
    RING_OFF = "ring-off"
    FADE = "fade"
    SNEAK = "sneak"
    CUT = "cut"
    SEGUE = "segue"


class CueStatus(StrEnum):
    """How far the work on a cue is."""

    PROPOSED = "proposed"
    SPOTTED = "spotted"
    SKETCHED = "sketched"
    MOCKED_UP = "mocked up"
    APPROVED = "approved"
    ORCHESTRATED = "orchestrated"
    COPIED = "copied"
    RECORDED = "recorded"
    OMITTED = "omitted"


class CueTiming(StrEnum):
    """How the orchestra is held to the picture: by a click, or free, by clock and streamers.

    `HOUSE` leaves it to the house.
    """

    HOUSE = "house"
    CLICK = "click"
    FREE = "free"


class Groove(StrEnum):
    """What a drum kit plays; `AUTO` goes by the ensemble."""

    AUTO = "auto"
    NONE = "none"
    SWING = "swing"
    ROCK = "rock"
    ELECTRONIC = "electronic"


class ScoringOption(StrEnum):
    """The manner a cue is orchestrated in."""

    BALANCED = "balanced"
    LUSH = "lush"
    TRANSPARENT = "transparent"
    BRASS_LED = "brass-led"
    SMALL = "small"


class ScoringLevel(StrEnum):
    """How much is done: what is marked given out, all lines, doubled, filled, everything."""

    ASSIGN = "assign"
    LINES = "lines"
    DOUBLE = "double"
    FILL = "fill"
    FULL = "full"


class HitKind(StrEnum):
    """What the music does at a hit."""

    ACCENT = "accent"
    CHANGE = "change"
    START = "start"
    STOP = "stop"
    CATCH = "catch"


class HitWant(StrEnum):
    """Where in the bar a hit should fall."""

    DOWNBEAT = "downbeat"
    STRONG = "strong beat"
    BEAT = "beat"
    HALF = "half-beat"
    ANY = "any"


class HitStatus(StrEnum):
    """Whose a hit is: proposed by spotting, taken or made by a person, or dropped by one."""

    PROPOSED = "proposed"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment of the picture the music must coincide with.

    `weight` runs from 1 (nice) to 5 (must). The music may be `early_frames` before and
    `late_frames` after; `aim_frames` moves the aim (editors often want it 2 frames after the
    cut). Three quarters of a frame leave what a player's attack takes inside one whole frame.
    `streamer` asks for a streamer on the stage. `why` is the evidence it was proposed on.
    """

    id: str
    at: FilmTime
    words: str = ""
    kind: HitKind = HitKind.ACCENT
    weight: int = 3
    want: HitWant = HitWant.BEAT
    early_frames: Fraction = Fraction(3, 4)
    late_frames: Fraction = Fraction(3, 4)
    aim_frames: Fraction = Fraction(0)
    locked: bool = False
    streamer: bool = False
    status: HitStatus = HitStatus.PROPOSED
    why: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= 5:
            raise InputError(f"hit {self.id}: a weight of {self.weight} is not between 1 and 5")
        if self.early_frames < 0 or self.late_frames < 0:
            raise InputError(f"hit {self.id}: tolerances cannot be negative")


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of music for a stretch of film, or for none yet.

    `number` (`1m01`) is a label, `id` lasts. `start` is where the first sound may fall, `end`
    where the music is out; without a picture both may be None, and `length_seconds` may say how
    long it should be. `dry` are the spans to keep clear for dialogue.
    """

    id: str
    number: str
    title: str = ""
    start: FilmTime | None = None
    end: FilmTime | None = None
    length_seconds: Fraction | None = None
    layer: Layer = Layer.SCORE
    way_in: WayIn = WayIn.HARD
    way_out: WayOut = WayOut.RING_OFF
    status: CueStatus = CueStatus.PROPOSED
    tone: tuple[str, ...] = ()
    """Words of the brief for this cue: `tender`, `threat`, `wonder` …"""
    tension: Curve = ()
    arousal: Curve = ()
    valence: Curve = ()
    """Curves drawn over the cue, from 0 to 10; empty: as the words of tone have it."""
    theme: str = ""
    """Id of the theme it should state; empty: the production's first."""
    ensemble: str = ""
    """Id of an ensemble of its own; empty: the production's."""
    players: tuple[str, ...] = ()
    """Who of the ensemble plays: ids, families, instruments; `-` leaves out; none: all."""
    style: str = ""
    timing: CueTiming = CueTiming.HOUSE
    """Recorded to a click, or in free timing."""
    take: str = ""
    """Which answer of the composer it is: `3`, or `3~1` for one like it; empty: the first."""
    groove: Groove = Groove.AUTO
    added_notes: bool = True
    """Whether scoring may add what is not in the sketch: timpani, percussion, harp, comping …"""
    everyone: bool = True
    """Whether players who would sit out a long cue are given something."""
    option: ScoringOption = ScoringOption.BALANCED
    level: ScoringLevel = ScoringLevel.FULL
    assign: tuple[str, ...] = ()
    """The composer's own word on who plays what: `melody=fl1,hn1`, `Harmony@9-16=Hn 1-4`."""
    bpm_wish: Fraction | None = None
    """The tempo wished for, where it is not the style's."""
    bpm_lowest: Fraction | None = None
    bpm_highest: Fraction | None = None
    meters: tuple[str, ...] = ()
    """Meters allowed, the usual one first, where they are not the style's."""
    breath_percent: Fraction | None = None
    """How far the tempo may step at once."""
    ramps: bool | None = None
    """Whether a written ritardando or accelerando is allowed; None: as usual, it is."""
    fermatas: bool = False
    free_bars: bool = False
    """Whether the music may be held, or go without pulse, to reach a hit."""
    pickups_beats: tuple[Fraction, ...] = ()
    """Upbeats allowed before bar 1, in click beats; none: as the way in has it."""
    start_late_frames: Fraction | None = None
    """How late the first sound may come."""
    steady: tuple[FilmRange, ...] = ()
    """Spans in which the tempo must not change: dance, dialogue over a groove."""
    references: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    """What was named for this cue, and what to keep away from, beside the film's brief."""
    scenes: tuple[str, ...] = ()
    """Ids of the scenes of the screenplay that it belongs to."""
    scene_from: Fraction = Fraction(0)
    scene_until: Fraction = Fraction(1)
    """Which part of its scenes' length it takes, from 0 (their start) to 1 (their end)."""
    composer: str = ""
    orchestrator: str = ""
    written_to: str = ""
    """Id of the picture version it is written to."""
    segue_to: str = ""
    version: str = "v1"
    """The version of the music; what changes after it was issued is the next one."""
    hits: tuple[Hit, ...] = ()
    dialogue: tuple[FilmRange, ...] = ()
    song: str = ""
    """Id of the song it is, or that is heard in it; empty: music of its own."""
    singer: str = ""
    """Who sings the song: `tenor`, `whistler` …; `none`: it is played; empty: as it has it."""
    start_at: str = ""
    """Source music and songs: where in the tune it is heard first: bar or bar:beat (`17:3`)."""
    why: tuple[str, ...] = ()
    """Why music is proposed here, each with its evidence."""
    kept: bool = False
    """Whether a person has accepted, made or changed it: spotting then leaves it alone."""

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise InputError(
                f"the cue ends ({float(self.end.seconds):.3f} s) before it starts "
                f"({float(self.start.seconds):.3f} s)",
                Where(cue=self.number),
                "set an end after the start",
            )
        if self.length_seconds is not None and self.length_seconds <= 0:
            raise InputError(
                f"a cue cannot last {float(self.length_seconds):g} seconds",
                Where(cue=self.number),
                "set a length above zero",
            )
        if not 0 <= self.scene_from < self.scene_until <= 1:
            raise InputError(
                "a part of a scene runs from one share of it to a later one",
                Where(cue=self.number),
                "say for example 1/2 and 1",
            )
        for what in ("breath_percent", "start_late_frames"):
            found = getattr(self, what)
            if found is not None and found < 0:
                raise InputError(f"{what} cannot be negative", Where(cue=self.number))
        ordered = tuple(sorted(self.hits, key=lambda hit: hit.at))
        object.__setattr__(self, "hits", ordered)

    @property
    def live_hits(self) -> tuple[Hit, ...]:
        """The hits that count: those nobody has dropped."""
        return tuple(hit for hit in self.hits if hit.status is not HitStatus.DROPPED)

    @property
    def is_source(self) -> bool:
        """Whether it is music of the scene: it keeps its own time, and heeds no hit."""
        return self.layer is Layer.SOURCE

    @property
    def keeps_own_time(self) -> bool:
        """Whether no hit bends its tempo: music of the scene, and any song."""
        return self.is_source or bool(self.song)

    @property
    def leaves(self) -> WayOut:
        """How its music leaves: the scene's own plays on, and is cut off, unless it ends in it."""
        if self.is_source and self.way_out in (WayOut.RING_OFF, WayOut.SEGUE):
            return WayOut.CUT
        return self.way_out

    @property
    def is_vocal(self) -> bool:
        """Whether somebody sings in it."""
        sung = bool(self.song) or self.layer is Layer.SONG
        return sung and self.singer != "none" and "whistl" not in self.singer

    @property
    def seconds(self) -> Fraction | None:
        """How long it lasts, where that is known."""
        if self.start is not None and self.end is not None:
            return (self.end - self.start).seconds
        return self.length_seconds
