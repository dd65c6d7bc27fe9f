"""Reels on paper and on the stage: leader, 2-pop, first and last frame of action, feet.

A reel's leader runs 8 seconds: picture start (0+00) at its head, one frame of beep (the 2-pop) two
seconds before the first frame of action (FFOA), which lies at 12+00 on 35 mm at 24 frames
(SMPTE ST 55 universal leader). With FFOA at :08 the picture start is on the hour; with FFOA on the
hour the leader lies before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.errors import InputError
from scorestage.production.film import Reel
from scorestage.timebase import FeetFrames, FilmClock, FilmTime, FrameRate, Timecode

LEADER_SECONDS = 8
POP_SECONDS = 2


class FirstFrame(StrEnum):
    """Where the first frame of action stands in its reel's hour: after the leader, or on it."""

    AFTER_LEADER = ":08"
    ON_THE_HOUR = ":00"


@dataclass(frozen=True, slots=True)
class ReelPlaces:
    """The places of a reel that everybody asks for, as timecode, and as feet from picture start."""

    reel: Reel
    rate: FrameRate

    @property
    def picture_start(self) -> Timecode:
        """0+00: the head of the leader."""
        return Timecode(self.reel.start_frames - self.leader_frames, self.rate)

    @property
    def pop(self) -> Timecode:
        """The frame of the 2-pop."""
        return Timecode(self.reel.start_frames - POP_SECONDS * self.rate.nominal, self.rate)

    @property
    def first(self) -> Timecode:
        """First frame of action."""
        return Timecode(self.reel.start_frames, self.rate)

    @property
    def last(self) -> Timecode:
        """Last frame of action."""
        return Timecode(self.reel.start_frames + self.frames - 1, self.rate)

    @property
    def leader_frames(self) -> int:
        """Frames from picture start to the first frame of action."""
        return LEADER_SECONDS * self.rate.nominal

    @property
    def frames(self) -> int:
        """Frames of action."""
        return self.reel.last_frame - self.reel.first_frame + 1

    def feet(self, frame: int) -> FeetFrames:
        """A frame of the film as 35 mm feet from this reel's picture start.

        >>> places = ReelPlaces(Reel(2, 2400, 4799, 172992), FrameRate(24))
        >>> str(places.feet(2400)), str(places.picture_start), str(places.pop), str(places.last)
        ('12+00', '02:00:00:00', '02:00:06:00', '02:01:47:23')
        """
        return FeetFrames(frame - self.reel.first_frame + self.leader_frames)

    def label(self, frame: int) -> Timecode:
        """A frame of the film on this reel's timecode."""
        return Timecode(self.reel.start_frames + frame - self.reel.first_frame, self.rate)


def reels_at(
    changeovers: tuple[int, ...],
    frames: int,
    rate: FrameRate,
    first_hour: int = 1,
    first_frame: FirstFrame = FirstFrame.AFTER_LEADER,
    first_start_frames: int | None = None,
) -> tuple[Reel, ...]:
    """The reels of a film of so many frames, cut at these frames (each the first of a reel).

    Each reel has its own hour; `first_start_frames` keeps the first one's timecode as it is burned
    in. Raises `InputError` for changeovers outside the film or twice the same.

    >>> rate = FrameRate(24)
    >>> [str(ReelPlaces(one, rate).first) for one in reels_at((2400,), 4800, rate)]
    ['01:00:08:00', '02:00:08:00']
    """
    bounds = sorted({0, *changeovers})
    if len(bounds) != len(changeovers) + 1 or bounds[0] < 0 or bounds[-1] >= frames:
        raise InputError(
            f"reels cannot change over there: the film has frames 0 to {frames - 1}",
            do="say each changeover once, after the film's beginning",
        )
    lead = LEADER_SECONDS if first_frame is FirstFrame.AFTER_LEADER else 0
    found = []
    for index, first in enumerate(bounds):
        last = bounds[index + 1] - 1 if index + 1 < len(bounds) else frames - 1
        label = f"{first_hour + index:02}:00:{lead:02}:00"
        start = Timecode.parse(label, rate).frames
        if index == 0 and first_start_frames is not None:
            start = first_start_frames
        found.append(Reel(index + 1, first, last, start))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ReelClock:
    """Labels of the film as they are burned into its reels: each moment by the reel it lies in.

    Feet are those from the reel's picture start where there are reels with leaders, else from the
    film's first frame. A moment outside all reels has the film's own label.

    >>> reels = reels_at((2400,), 4800, FrameRate(24))
    >>> clock = ReelClock(FilmClock(FrameRate(24), reels[0].start_frames), reels)
    >>> clock.nearest_label(FilmTime(101)), clock.feet(FilmTime(101)), clock.reel_at(FilmTime(101))
    ('02:00:09:00', '13+08', 2)
    """

    clock: FilmClock
    reels: tuple[Reel, ...] = ()

    @property
    def rate(self) -> FrameRate:
        """The film's rate."""
        return self.clock.rate

    @property
    def has_leaders(self) -> bool:
        """Whether the reels begin after a leader (:08 of the hour), or there are several."""
        first = min(self.reels, key=lambda reel: reel.number, default=None)
        if first is None:
            return False
        lead = LEADER_SECONDS * self.rate.nominal
        return len(self.reels) > 1 or first.start_frames % (3600 * self.rate.nominal) == lead

    def frames_since_start(self, label_frames: int) -> int:
        """Frames from the film's first to the one with this label of the film."""
        return self.clock.frames_since_start(label_frames)

    def read(self, text: str) -> FilmTime:
        """The moment meant by `text`: a timecode is the one burned into the reel that has it.

        A timecode that no reel has is the film's own; all else counts from the film's first frame.
        The end of a reel is the beginning of the next. Raises `InputError` where two reels have it.

        >>> reels = reels_at((2400,), 4800, FrameRate(24), 1, FirstFrame.ON_THE_HOUR)
        >>> clock = ReelClock(FilmClock(FrameRate(24), 24 * 3580), reels)
        >>> clock.read("02:00:01:00"), clock.read("01:00:01:00"), clock.read("00:59:41:00")
        (FilmTime('101'), FilmTime('1'), FilmTime('1'))
        """
        text = text.strip()
        if text.count(":") + text.count(";") != 3:
            return self.clock.read(text)
        label = Timecode.parse(text, self.rate).frames
        ends: list[tuple[Reel, int]] = []
        inside: list[tuple[Reel, int]] = []
        for reel in self.reels:
            into = Timecode(label - reel.start_frames, self.rate).round_the_clock.frames
            frames = ReelPlaces(reel, self.rate).frames
            if into <= frames:
                (inside if into < frames else ends).append((reel, into))
        if len(inside) > 1:
            named = " and ".join(str(reel.number) for reel, _ in inside)
            raise InputError(f"{text} is in reels {named}", do="say seconds or 60f of the film")
        for reel, into in (*inside, *ends):
            return self.rate.time_of(reel.first_frame + into)
        return self.clock.read(text)

    def nearest_label(self, at: FilmTime) -> str:
        """The timecode burned into the frame nearest to a moment."""
        places = self._places(at)
        if places is None:
            return self.clock.nearest_label(at)
        return str(places.label(self.rate.nearest_frame(at)).round_the_clock)

    def feet(self, at: FilmTime) -> str:
        """35 mm feet+frames of a moment."""
        frame = max(0, self.rate.nearest_frame(at))
        places = self._places(at) if self.has_leaders else None
        return str(places.feet(frame) if places is not None else FeetFrames(frame))

    def reel_at(self, at: FilmTime) -> int | None:
        """The number of the reel a moment lies in; None for a film without reels."""
        places = self._places(at)
        return places.reel.number if places is not None else None

    def _places(self, at: FilmTime) -> ReelPlaces | None:
        frame = self.rate.nearest_frame(at)
        inside = next((reel for reel in self.reels if reel.holds(frame)), None)
        if inside is None and self.reels and frame == max(r.last_frame for r in self.reels) + 1:
            inside = max(self.reels, key=lambda reel: reel.last_frame)
        return ReelPlaces(inside, self.rate) if inside is not None else None
