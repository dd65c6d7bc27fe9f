"""A cut as the editor hands it over: which piece of which source stands where in the film.

Record moments are whole frames of the list's rate, counted since 00:00:00:00 as its labels count;
outs are exclusive. Source moments are frames of the source's own rate and may hold parts of one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase import FrameRate, Timecode

NORMAL = Fraction(1)
_SIMPLE = 4
"""Speeds that a list does not tell are whole numbers over at most this."""


class TransitionKind(StrEnum):
    """How a shot takes over from the one before, where it is not a cut."""

    DISSOLVE = "dissolve"
    WIPE = "wipe"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class CutSource:
    """Where a clip comes from: reel (tape, camera roll), clip name and media file, as told.

    `rate` is what its frames count in; None: the list's. `media_in_frames` and `media_out_frames`
    tell what of it there is (handles), where that is known. `black` is filler: no picture, or no
    sound.
    """

    reel: str = ""
    clip: str = ""
    file: str = ""
    black: bool = False
    rate: FrameRate | None = None
    media_in_frames: Fraction | None = None
    media_out_frames: Fraction | None = None

    @property
    def name(self) -> str:
        """What a person calls it: the clip, else the file, else the reel.

        >>> CutSource("A026C019", "92-2A*").name, CutSource("A026C019").name
        ('92-2A*', 'A026C019')
        """
        return self.clip or self.file.replace("\\", "/").rsplit("/", 1)[-1] or self.reel


@dataclass(frozen=True, slots=True)
class Transition:
    """A dissolve, wipe or key of `frames` that begins where its event begins.

    `before_frames` of it lie before the cut that it stands on (editing systems draw it centred).
    `code` is the list's own (`W001`, `KO`), `name` the effect's. The shot that goes on below it is
    `from_source` at `from_frames`, running at `from_speed`, where the list says so.
    """

    kind: TransitionKind
    frames: int
    code: str = ""
    name: str = ""
    before_frames: int = 0
    from_source: CutSource | None = None
    from_frames: Fraction | None = None
    from_speed: Fraction = NORMAL


@dataclass(frozen=True, slots=True)
class CutEvent:
    """One clip on one track: record in and out, and what of its source is shown there.

    `speed` is source frames for each frame shown (counted in the same seconds): 1 as shot, 0 a
    freeze, negative backwards. `entry_frames` is where a retimed clip enters its source, where the
    list tells it apart. `remarks` are its lines that are not understood, as they stand.
    """

    record_in_frames: int
    record_out_frames: int
    source: CutSource
    source_in_frames: Fraction = Fraction(0)
    source_out_frames: Fraction = Fraction(0)
    track: str = "V1"
    number: str = ""
    speed: Fraction = NORMAL
    entry_frames: Fraction | None = None
    transition: Transition | None = None
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.record_out_frames < self.record_in_frames:
            raise InputError(f"event {self.number or self.source.name} ends before it begins")

    @property
    def frames(self) -> int:
        """How long it lasts in the film."""
        return self.record_out_frames - self.record_in_frames

    @property
    def is_picture(self) -> bool:
        """Whether it is seen: on a video track, or on picture and sound together."""
        return shows_picture(self.track)

    def source_at(self, record_frame: Fraction | int, rate: FrameRate) -> Fraction:
        """The source frame shown at a record frame of a list at `rate`.

        >>> event = CutEvent(100, 140, CutSource("A"), Fraction(1000), Fraction(1080),
        ...                  speed=Fraction(2))
        >>> event.source_at(110, FrameRate(24))
        Fraction(1020, 1)
        """
        entry = self.source_in_frames if self.entry_frames is None else self.entry_frames
        return entry + (record_frame - self.record_in_frames) * self.speed * self.per_frame(rate)

    def shown_speed(self, rate: FrameRate) -> Fraction:
        """How many frames of source pass in one frame: as told, else as its lengths say.

        Lists often leave out that a shot was run at another rate: 161 frames of source for 81 mean
        twice the speed. Only simple ratios are taken so, others are faults of the list.

        >>> event = CutEvent(0, 81, CutSource("A"), Fraction(0), Fraction(161))
        >>> event.shown_speed(FrameRate(24))
        Fraction(2, 1)
        """
        length = abs(self.source_out_frames - self.source_in_frames) / self.per_frame(rate)
        if self.speed != 1 or not self.frames or not length or abs(length - self.frames) <= 1:
            return self.speed
        low, high = (length - 1) / self.frames, (length + 1) / self.frames
        for below in range(1, _SIMPLE + 1):
            whole = -(-low * below // 1)
            if 0 < whole <= high * below:
                return Fraction(whole, below)
        return self.speed

    def per_frame(self, rate: FrameRate) -> Fraction:
        """Source frames that pass in one frame of a list at `rate`, as shot."""
        if self.source.rate is None:
            return Fraction(1)
        return self.source.rate.frames_per_second / rate.frames_per_second


@dataclass(frozen=True, slots=True)
class CutMarker:
    """A marker of the list at a record moment; longer than a frame, it is a stretch.

    `note` is a second text where the format has two, `who` the one who set it.
    """

    at_frames: Fraction
    words: str = ""
    frames: Fraction = Fraction(1)
    colour: str = ""
    track: str = ""
    note: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class CutList:
    """A cut list (EDL, OTIO, FCPXML, xmeml, AAF): events, markers, and lines before the first.

    `start_frames` is the timecode of the first frame of the sequence, `end_frames` where it is
    over, where the format says so. Drop-frame is that of `rate`.
    """

    title: str
    rate: FrameRate
    events: tuple[CutEvent, ...] = ()
    markers: tuple[CutMarker, ...] = ()
    start_frames: int | None = None
    end_frames: int | None = None
    head: tuple[str, ...] = ()

    @property
    def first_frame(self) -> int:
        """The record frame the list begins on."""
        firsts = [event.record_in_frames for event in self.events]
        if self.start_frames is not None:
            firsts.append(self.start_frames)
        return min(firsts, default=0)

    @property
    def last_frame(self) -> int:
        """The record frame after its last one."""
        lasts = [event.record_out_frames for event in self.events]
        if self.end_frames is not None:
            lasts.append(self.end_frames)
        return max(lasts, default=self.first_frame)

    @property
    def picture(self) -> tuple[CutEvent, ...]:
        """What is seen, in film order."""
        seen = (event for event in self.events if event.is_picture)
        return tuple(sorted(seen, key=lambda one: (one.record_in_frames, one.record_out_frames)))

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks in use: picture first, each kind from 1 on."""
        return tuple(sorted({event.track for event in self.events}, key=track_order))

    def on_track(self, track: str) -> tuple[CutEvent, ...]:
        """The events of one track in film order."""
        found = (event for event in self.events if event.track == track)
        return tuple(sorted(found, key=lambda one: (one.record_in_frames, one.record_out_frames)))

    def label(self, frame: Fraction | int) -> str:
        """The timecode of a record frame; of the one it falls in where it lies between."""
        return str(Timecode(Fraction(frame).__floor__(), self.rate))

    def shifted(self, frames: int) -> CutList:
        """The same list, so many frames later.

        >>> event = CutEvent(0, 24, CutSource("A"))
        >>> CutList("x", FrameRate(24), (event,)).shifted(10).events[0].record_in_frames
        10
        """
        return replace(
            self,
            events=tuple(
                replace(
                    one,
                    record_in_frames=one.record_in_frames + frames,
                    record_out_frames=one.record_out_frames + frames,
                )
                for one in self.events
            ),
            markers=tuple(replace(one, at_frames=one.at_frames + frames) for one in self.markers),
            start_frames=None if self.start_frames is None else self.start_frames + frames,
            end_frames=None if self.end_frames is None else self.end_frames + frames,
        )


def shows_picture(track: str) -> bool:
    """Whether a track of this name holds picture: `V1`, `AA/V`, `B` (both).

    >>> [name for name in ("V1", "A2", "B", "A/V", "AA", "NONE") if shows_picture(name)]
    ['V1', 'B', 'A/V']
    """
    return track.startswith("V") or track == "B" or track.endswith("/V")


def track_order(track: str) -> tuple[int, int, str]:
    """Where a track stands among others: V1, V2 …, then A1, A2 …, then what is neither."""
    kind = 0 if shows_picture(track) else 1 if track.startswith("A") else 2
    digits = track[1:]
    return kind, int(digits) if digits.isdecimal() and len(digits) < 6 else 0, track
