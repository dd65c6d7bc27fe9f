"""What the pages of one cue say besides its music: whose, which, which version, in which house."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.production import Hit, House
from scorestage.timebase import FRAMES_24, FilmTime, FrameRate


class Timing(StrEnum):
    """How film time is shown above the bars: a clock from the cue's start, or timecode."""

    CLOCK = "clock"
    TIMECODE = "timecode"


@dataclass(frozen=True, slots=True)
class PodiumMark:
    """What a conductor must know besides the hits: the click comes in or goes out, a streamer
    arrives (`streamer`)."""

    at: FilmTime
    words: str
    streamer: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One printing of a cue; nothing in it depends on the day it is made.

    `rate` counts frame clicks and timecode. The clock reads 0:00.00 at `clock_zero`, or at the
    downbeat of bar 1 where that is None. `timecode_start_frames` is the label of the film's
    first frame, counted in frames since 00:00:00:00. `hits` are shown where the tempo map puts
    their film times, to the nearest eighth note; so are `podium_marks`, in scores only.
    """

    production: str
    cue_number: str
    title: str
    house: House
    version: str = ""
    composer: str = ""
    orchestrator: str = ""
    rate: FrameRate = FRAMES_24
    hits: tuple[Hit, ...] = ()
    podium_marks: tuple[PodiumMark, ...] = ()
    timing: Timing = Timing.CLOCK
    clock_zero: FilmTime | None = None
    timecode_start_frames: int = 0
    free_timing: bool = False
    """Written clicks (`4 beats in :02⅔`) instead of metronome marks, for a cue without a click."""
    copyright: str = ""
    as_written: bool = False
    """Whether these are another person's notes: chord symbols stand over the top staff where
    nobody of a rhythm section reads them."""
    kind: str = ""
    """What the score is called in its head, where it is not a score in C or transposed."""
    files_called: str = ""
    """What files are called by where there is neither production nor cue."""
    music_marks: tuple[tuple[str, str], ...] = ()
    """By player's id a mark of the music in the part, put into the PDF's own description."""

    def mark_of(self, player_id: str) -> str:
        """The mark of one player's music; empty where none is known."""
        return next((mark for player, mark in self.music_marks if player == player_id), "")
