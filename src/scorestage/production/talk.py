"""Which notes of the talk with the director speak of which cue."""

from __future__ import annotations

from scorestage.production.cue import Cue
from scorestage.production.people import Note
from scorestage.production.production import Production
from scorestage.production.reels import ReelClock
from scorestage.timebase import FilmClock, FilmTime, Timecode


def notes_of_cue(
    production: Production, cue: Cue, clock: FilmClock | ReelClock
) -> tuple[Note, ...]:
    """The notes that speak of a cue: those given to it, and those at a moment inside of it."""
    return tuple(note for note in production.brief.notes if speaks_of(note, cue, clock))


def speaks_of(note: Note, cue: Cue, clock: FilmClock | ReelClock) -> bool:
    """Whether a note is of this cue.

    >>> from scorestage.timebase import FRAMES_24
    >>> cue = Cue("cue001", "1m01", start=FilmTime(2), end=FilmTime(4))
    >>> clock = FilmClock(FRAMES_24)
    >>> [speaks_of(Note("x", timecode=at), cue, clock) for at in ("00:00:02:00", "00:00:04:00")]
    [True, False]
    """
    if note.cue:
        return note.cue == cue.id
    at = moment_of(note, clock)
    if at is None or cue.start is None or cue.end is None:
        return False
    return cue.start <= at < cue.end


def moment_of(note: Note, clock: FilmClock | ReelClock) -> FilmTime | None:
    """When in the film a note speaks of; None where it has no timecode."""
    if not note.timecode:
        return None
    plain = note.timecode if clock.rate.drop else note.timecode.replace(";", ":")
    frames = Timecode.parse(plain, clock.rate).frames
    return clock.rate.time_of(clock.frames_since_start(frames))
