"""What goes between this house and other programs: a tempo map, markers, tracks with their clips.

A session that is only a map with markers has no tracks. All moments are film time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scorestage.timebase import FilmClock, FilmSpan, FilmTime, FrameRate, TempoMap, Timecode

NO_SPAN = FilmSpan(0)


class MarkerKind(StrEnum):
    """What a marker stands for."""

    HIT = "hit"
    CUE = "cue"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Marker:
    """A named moment, or with `end` a named stretch; `id` is that of the hit or cue it is."""

    at: FilmTime
    words: str = ""
    end: FilmTime | None = None
    kind: MarkerKind = MarkerKind.HIT
    id: str = ""
    colour: str = ""
    """A colour's name as the other program has it, or `#rrggbb`."""

    def shifted(self, by: FilmSpan) -> Marker:
        """The same, `by` later."""
        end = None if self.end is None else self.end + by
        return replace(self, at=self.at + by, end=end)


class TrackKind(StrEnum):
    """What lies on a track."""

    PICTURE = "picture"
    DIALOGUE = "dialogue"
    TEMP = "temp"
    CLICK = "click"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class Clip:
    """A media file laid into a session: `into` is where in the file it begins.

    `file` is relative to the session's file, with forward slashes. `speed` is how much faster than
    recorded it plays, at its own pitch (`length` is what it lasts then). Fades are within `length`.
    """

    file: str
    at: FilmTime
    length: FilmSpan
    into: FilmSpan = NO_SPAN
    channels: int = 2
    rate_hz: int = 48_000
    bits: int = 24
    width_px: int = 0
    height_px: int = 0
    speed: Fraction = Fraction(1)
    fade_in: FilmSpan = NO_SPAN
    fade_out: FilmSpan = NO_SPAN

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Track:
    """A track with its clips; one without any waits to be recorded on."""

    name: str
    kind: TrackKind
    clips: tuple[Clip, ...] = ()
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A cue as another program opens it. `start` is the film time of the session's first moment."""

    title: str
    clock: FilmClock
    start: FilmTime
    tempo_map: TempoMap | None = None
    markers: tuple[Marker, ...] = ()
    tracks: tuple[Track, ...] = ()
    end: FilmTime | None = None
    sample_rate_hz: int = 48_000

    @property
    def timecode(self) -> Timecode:
        """The label of its first moment; before midnight that of the evening before."""
        frame = self.clock.start_frames + self.clock.rate.nearest_frame(self.start)
        return Timecode(frame, self.clock.rate).round_the_clock

    @property
    def last(self) -> FilmTime:
        """Where everything in it is over."""
        ends = [clip.at + clip.length for track in self.tracks for clip in track.clips]
        ends += [marker.end or marker.at for marker in self.markers]
        ends += [self.tempo_map.end] if self.tempo_map is not None else []
        return self.end if self.end is not None else max(ends, default=self.start)


@dataclass(frozen=True, slots=True)
class Exported:
    """What is written for another program, and in words what it could not carry."""

    content: bytes
    not_carried: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know of how it was carried."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What another program's file holds.

    Where the file tells its own place in the film (`placed`), times are film time; otherwise the
    file begins at film time zero, and whoever takes it over says where that is. `rate` is the
    frame rate it states. `losses` are what was not understood, `notes` what was and how.
    """

    title: str = ""
    tempo_map: TempoMap | None = None
    markers: tuple[Marker, ...] = ()
    placed: bool = False
    rate: FrameRate | None = None
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def shifted(self, by: FilmSpan) -> Imported:
        """The same, `by` later in the film."""
        tempo_map = None if self.tempo_map is None else self.tempo_map.shifted(by)
        markers = tuple(marker.shifted(by) for marker in self.markers)
        return replace(self, tempo_map=tempo_map, markers=markers)
