"""The picture that `recut` starts from: a cut list, or the shots seen in a film, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from scorestage.adapters.cut_exchange import as_shown, film_time
from scorestage.adapters.formats.srt import read_srt
from scorestage.adapters.machines.film import FilmFacts, probe
from scorestage.adapters.machines.voice import speech_in_film
from scorestage.conform.recutting.footage import ListedShot, listed_shots
from scorestage.errors import FilmError, InputError, Where
from scorestage.production import CutEvent, CutList, CutSource, Reel
from scorestage.spotting import Footage, Moment, MomentKind
from scorestage.timebase import FilmClock, FilmRange, FilmTime, FrameRate
from scorestage.workflow import editorial
from scorestage.workflow.exchange import Counting
from scorestage.workflow.job import Job
from scorestage.workflow.shot_detector import job_moments
from scorestage.workflow.watching import film_footage, footage_of, moments_in, subtitles_of

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Said:
    """Where somebody speaks, and the words where they are known."""

    range: FilmRange
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecutPicture:
    """The edit as it stands. `clock` labels the film; frame 0 of the list is its `film_first`.

    `film` is its picture, where there is one; `told` says what was read and how.
    """

    cut: CutList
    shots: tuple[ListedShot, ...]
    clock: FilmClock
    film_first: int
    said: tuple[Said, ...]
    film: Path | None = None
    facts: FilmFacts | None = None
    told: tuple[str, ...] = ()

    @property
    def rate(self) -> FrameRate:
        """The picture's frame rate."""
        return self.cut.rate

    def frame(self, at: FilmTime) -> Fraction:
        """A film time in frames of the list."""
        return at.seconds * self.rate.frames_per_second - self.film_first

    def at(self, frame: int | Fraction) -> FilmTime:
        """When a frame of the list is seen."""
        return FilmTime((frame + self.film_first) / self.rate.frames_per_second)

    def label(self, frame: int) -> str:
        """The list's own timecode of a frame."""
        return self.cut.label(self.cut_origin + frame)

    @property
    def cut_origin(self) -> int:
        """The record frame of the list's first frame."""
        return self.cut.first_frame


def picture_of_project(
    job: Job, edit: Path | None, subtitles: Path | None, listen: bool, progress: Progress
) -> RecutPicture:
    """The edit in force: the list given, else the one taken in, else the shots seen."""
    told: list[str] = []
    film = _film_of(job, needed=edit is None and editorial.edit_of(job) is None)
    cut = editorial.edit_of(job) if edit is None else None
    if edit is not None:
        cut = _list(edit, Counting(job.production.rate, job.production.reels), told)
    footage = None
    if film is not None and (cut is None or listen):
        footage = film_footage(job, progress)
    if cut is None:
        if film is None or footage is None:
            raise InputError("there is no picture to cut", do="give its list: --edit CUT.edl")
        seen = probe(film)
        moments = job_moments(job, footage, seen, progress)
        cut = film_list(footage, seen, film, job.clock.start_frames, moments)
        told.append("no cut list was taken in: the shots are those seen in the film")
    said = [Said(one.range, one.words) for one in subtitles_of(job)]
    said += _subtitles(subtitles)
    if footage is not None:
        heard = (Said(one.range, one.words) for one in footage.speech)
        said += [one for one in heard if not any(one.range.overlaps(s.range) for s in said)]
    said += [Said(span) for cue in job.production.cues for span in cue.dialogue]
    facts = probe(film) if film is not None else None
    return _picture(cut, job.clock, job.production.reels, said, film, facts, told)


def _film_of(job: Job, *, needed: bool) -> Path | None:
    """The film in force; None where there is none, or where a list does without it."""
    if not job.production.picture:
        return None
    path = job.folder.media(job.picture())
    return job.film() if needed or path.is_file() else None


def picture_of_files(
    edit: Path | None,
    film: Path | None,
    rate: FrameRate | None,
    subtitles: Path | None,
    listen: bool,
    progress: Progress,
) -> RecutPicture:
    """The edit of a list and, or, a film by themselves."""
    if edit is None and film is None:
        raise InputError("nothing to cut", do="give --edit CUT.edl, or --film FILM, or both")
    told: list[str] = []
    said = _subtitles(subtitles)
    facts = probe(film) if film is not None else None
    if edit is not None:
        cut = _list(edit, Counting(rate), told)
        if film is not None and listen and facts is not None and facts.has_sound:
            progress(0.1, "listening for voices")
            said += [Said(span) for span, _ in speech_in_film(film, facts=facts)]
    elif film is not None:
        footage, facts = footage_of(film, None, progress)
        start = facts.start_timecode.frames if facts.start_timecode else 0
        cut = film_list(footage, facts, film, start, moments_in(footage))
        said += [Said(one.range, one.words) for one in footage.speech if listen]
        told.append("the shots are those seen in the film: what lies beyond them is not known")
    return _picture(cut, FilmClock(cut.rate, cut.first_frame), (), said, film, facts, told)


def film_list(
    footage: Footage, facts: FilmFacts, film: Path, start_frames: int, moments: tuple[Moment, ...]
) -> CutList:
    """The shots seen in a film as a list of itself; dissolves, wipes and fades stay within one.

    Nothing is known of what lies beyond a shot: its handles are those that a person tells.
    """
    cuts = sorted(
        {facts.rate.nearest_frame(one.at) for one in moments if one.kind is MomentKind.CUT}
    )
    frames = len(footage.picture)
    bounds = [0, *(one for one in cuts if 0 < one < frames), frames]
    tracks = ("V1", "A1") if facts.has_sound else ("V1",)
    events = []
    for track in tracks:
        for number, (first, last) in enumerate(pairwise(bounds), start=1):
            low, high = Fraction(start_frames + first), Fraction(start_frames + last)
            source = CutSource(film.stem, f"shot {number}", film.name)
            place = start_frames + first, start_frames + last
            events.append(CutEvent(*place, source, low, high, track, f"{number:03}"))
    return CutList(film.stem, facts.rate, tuple(events))


def _list(path: Path, counting: Counting, told: list[str]) -> CutList:
    if not path.is_file():
        raise InputError("there is no such list", Where(file=path))
    read = editorial.read_cut_list(path, counting)
    told += [f"{path.name}: {one}" for one in (*read.notes, *read.losses)]
    if not read.cut.picture:
        raise InputError("the list holds no picture", Where(file=path), "export video tracks")
    return read.cut


def _subtitles(path: Path | None) -> list[Said]:
    if path is None:
        return []
    if not path.is_file():
        raise InputError("there are no such subtitles", Where(file=path))
    return [Said(one.range, one.words) for one in read_srt(path.read_bytes(), path.name)]


def _picture(
    cut: CutList,
    clock: FilmClock,
    reels: tuple[Reel, ...],
    said: Sequence[Said],
    film: Path | None,
    facts: FilmFacts | None,
    told: list[str],
) -> RecutPicture:
    shown, misfits = as_shown(cut)
    told += misfits
    if shown.rate.frames_per_second != clock.rate.frames_per_second:
        do = "ask for a list at the picture's rate"
        raise InputError(
            f"the list counts {shown.rate.name} frames, the film {clock.rate.name}", do=do
        )
    if facts is not None and facts.rate.frames_per_second != shown.rate.frames_per_second:
        raise FilmError(
            f"the film runs at {facts.rate.name}, the list at {shown.rate.name}",
            do="give the film of this cut, or say --rate",
        )
    shots = listed_shots(shown)
    begins = film_time(Fraction(shown.first_frame), shown.rate, clock, reels)
    first = round(begins.seconds * shown.rate.frames_per_second)
    frames = shots[-1].last
    if first < 0 or (facts is not None and first >= facts.frame_count):
        told.append("the list begins where the film does not: it is laid at the film's start")
        first = 0
    if facts is not None and first + frames > facts.frame_count:
        told.append(f"the list is {frames} frames long, the film {facts.frame_count - first}")
    ordered = tuple(sorted(said, key=lambda one: one.range))
    return RecutPicture(shown, shots, clock, first, ordered, film, facts, tuple(told))
