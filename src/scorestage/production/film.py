"""The picture: its versions, its reels, and how cues are numbered in them."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.production.numbering import CueNumber
from scorestage.timebase import FilmTime, FrameRate, Timecode


@dataclass(frozen=True, slots=True)
class PictureVersion:
    """One cut of the film as it was turned over: the media, its hash and its exact measures."""

    id: str
    label: str
    media: str
    sha256: str
    rate: FrameRate
    frames: int
    start_frames: int = 0
    """Timecode of the first frame, counted in frames since 00:00:00:00."""
    width: int = 0
    height: int = 0
    has_sound: bool = False

    @property
    def end(self) -> FilmTime:
        """Where the film is over."""
        return self.rate.time_of(self.frames)

    def timecode_at(self, at: FilmTime) -> Timecode:
        """The label burned into the frame on screen at `at`."""
        return Timecode(self.start_frames + self.rate.frame_at(at), self.rate)

    def nearest_timecode(self, at: FilmTime) -> Timecode:
        """The label of the frame that starts nearest to `at`."""
        return Timecode(self.start_frames + self.rate.nearest_frame(at), self.rate)

    def time_of(self, label: Timecode) -> FilmTime:
        """When the frame with this label starts."""
        return self.rate.time_of(label.frames - self.start_frames)


@dataclass(frozen=True, slots=True)
class Reel:
    """A reel of the film, in frames of the whole film; `last_frame` is its last frame of action."""

    number: int
    first_frame: int
    last_frame: int
    start_frames: int
    """Timecode of its first frame of action, counted in frames since 00:00:00:00."""

    def holds(self, frame: int) -> bool:
        """Whether the film's `frame` lies in this reel."""
        return self.first_frame <= frame <= self.last_frame


def cue_number(reel: int, cue: int) -> str:
    """The number of a cue as it is printed; running numbers keep a cue's number when it moves reel.

    >>> cue_number(1, 1), cue_number(2, 9)
    ('1m01', '2m09')
    """
    return f"{reel}m{cue:02}"


def reel_and_cue(number: str) -> tuple[int, int]:
    """Reel and running number in a cue number; raises `InputError` for what is none.

    >>> reel_and_cue("1m04a")
    (1, 4)
    """
    found = CueNumber.parse(number)
    return found.reel, found.count
