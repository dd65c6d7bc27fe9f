"""What `lay` is given: a folder, a list or a film, and the music of a cue or of files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.errors import InputError, Where
from scorestage.timebase import FRAMES_24, FilmClock, FilmTime, FrameRate, frame_rate
from scorestage.workflow.job import Job
from scorestage.workflow.lay import (
    Cards,
    Laying,
    LayWish,
    cards_of_edit,
    cards_of_folder,
    lay_on_music,
)
from scorestage.workflow.recut_given import RecutFiles, music_of_cue
from scorestage.workflow.recut_music import RecutMusic, music_of_files
from scorestage.workflow.storyboard import FIRST_HOUR_SECONDS, Board

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class LayFiles:
    """The files that a person names."""

    source: Path
    map: Path | None = None
    taps: Path | None = None
    music: Path | None = None
    start: str = ""
    listed: Path | None = None
    rate: str = ""


def lay_given(
    project: Path | None, cue: str, files: LayFiles, wish: LayWish, progress: Progress
) -> tuple[Job | None, Laying]:
    """Cards and music read, and the one laid on the other."""
    if not files.source.exists():
        raise InputError("there is no such folder or file", Where(file=files.source))
    if not cue:
        rate = frame_rate(files.rate) if files.rate else None
        cards = _cards(files, rate, wish, None, progress)
        held = cards.picture.rate if cards.picture is not None else rate or FRAMES_24
        clock = FilmClock(held, FIRST_HOUR_SECONDS * held.nominal)
        given = RecutFiles(map=files.map, taps=files.taps, music=files.music, start=files.start)
        music = music_of_files(given.music_files(), clock)
        return None, lay_on_music(cards, _from_the_start(music), held, clock, wish)
    job = Job.open(project)
    rate = job.production.rate
    cards = _cards(files, rate, wish, job, progress)
    if cards.picture is not None and cards.picture.rate.frames_per_second != (
        rate.frames_per_second
    ):
        raise InputError(f"these shots do not run at {rate.name}", Where(file=files.source))
    given = RecutFiles(map=files.map, taps=files.taps, music=files.music, start=files.start)
    music = music_of_cue(job, job.cue(cue), given)
    return job, lay_on_music(cards, _from_the_start(music), rate, job.clock, wish)


def _cards(
    files: LayFiles, rate: FrameRate | None, wish: LayWish, job: Job | None, progress: Progress
) -> Cards:
    if files.source.is_dir():
        board = Board(files.source, files.listed)
        return cards_of_folder(board, rate or FRAMES_24, wish.shortest, job)
    return cards_of_edit(files.source, rate, wish, progress)


def _from_the_start(music: RecutMusic) -> RecutMusic:
    """Music that begins before the film's first frame, laid so that it begins with it."""
    early = FilmTime(0) - music.tempo_map.start
    if early.seconds <= 0:
        return music
    at = None if music.sound_at is None else music.sound_at + early
    return replace(music, tempo_map=music.tempo_map.shifted(early), sound_at=at)
