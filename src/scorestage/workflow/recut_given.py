"""What `recut` is given: a cue of a project, or files; picture, music and actions out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.errors import InputError, Where
from scorestage.production import Cue, Hit
from scorestage.tempofit.judge import land
from scorestage.timebase import FilmClock, frame_rate
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.sound import mockup_path
from scorestage.workflow.recut_music import (
    MusicFiles,
    RecutMusic,
    music_of_files,
    phrases_of,
)
from scorestage.workflow.recut_picture import (
    RecutPicture,
    picture_of_files,
    picture_of_project,
)

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class RecutFiles:
    """The files that a person names; in a project none is needed."""

    edit: Path | None = None
    film: Path | None = None
    map: Path | None = None
    taps: Path | None = None
    score: Path | None = None
    music: Path | None = None
    start: str = ""
    meter: str = "4/4"
    first_beat: str = ""
    bpm: str = ""
    rate: str = ""
    subtitles: Path | None = None
    listen: bool = True
    hits: Path | None = None

    def music_files(self, start: str = "") -> MusicFiles:
        """The music; `start` where none was said."""
        if self.map is None:
            do = "give --map: a tempo map, a MIDI file or a recording"
            raise InputError("there is no music to cut to", do=do)
        if not self.map.is_file():
            raise InputError("there is no such file", Where(file=self.map))
        return MusicFiles(
            self.map, self.taps, self.score, self.music, self.start or start, self.meter,
            self.first_beat, self.bpm,
        )  # fmt: skip


def recut_given(
    project: Path | None, cue: str, files: RecutFiles, progress: Progress
) -> tuple[RecutPicture, RecutMusic, tuple[Hit, ...]]:
    """Picture, music and actions: those of a cue, or of the files alone where none is named."""
    if cue:
        job = Job.open(project)
        held = job.cue(cue)
        picture = picture_of_project(job, files.edit, files.subtitles, files.listen, progress)
        if files.film is not None:
            raise InputError("a cue goes with the film of its project", do="leave --film out")
        hits = held.live_hits if files.hits is None else _hits(files.hits, job.clock)
        return picture, music_of_cue(job, held, files), hits
    rate = frame_rate(files.rate) if files.rate else None
    picture = picture_of_files(
        files.edit, files.film, rate, files.subtitles, files.listen, progress
    )
    music = music_of_files(files.music_files(), picture.clock)
    hits = () if files.hits is None else _hits(files.hits, picture.clock)
    return picture, music, hits


def _hits(path: Path, clock: FilmClock) -> tuple[Hit, ...]:
    return tuple(sorted(read_hit_list(path, clock).hits, key=lambda one: one.at))


def music_of_cue(job: Job, cue: Cue, files: RecutFiles) -> RecutMusic:
    """The cue's own map with its mock-up, or the recording named instead of it."""
    if files.map is not None:
        begins = job.clock.label(cue.start) if cue.start is not None else ""
        return music_of_files(files.music_files(begins), job.clock, cue.number)
    tempo_map = job.folder.map(cue.id, job.clock)
    if tempo_map is None:
        raise InputError("the cue has no tempo map", Where(cue=cue.number), "fit it first")
    name = f"{cue.number} {cue.title}".strip()
    accents = {}
    for hit in cue.live_hits:
        landing = land(hit, tempo_map, job.production.rate)
        if landing.caught:
            accents[hit.id] = landing.at
    found = RecutMusic(name, tempo_map, phrases_of(tempo_map), accents=accents)
    if files.music is not None:
        at = job.reel_clock.read(files.start) if files.start else tempo_map.start
        return replace(found, sound=files.music, sound_at=at)
    mockup = job.folder.build / mockup_path(job, cue)
    if mockup.is_file():
        return replace(found, sound=mockup, sound_at=facts_of(job, cue).timeline.file.start)
    return found
