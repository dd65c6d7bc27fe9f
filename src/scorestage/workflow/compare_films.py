"""Two films compared: each is watched once, or was watched before and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts
from scorestage.conform import ChangeList, FilmFrames, FilmShots, compare_films, sounds_differ
from scorestage.spotting import Footage, MomentKind, PictureIndex
from scorestage.timebase import FilmTime
from scorestage.workflow.film_sounds import film_sounds
from scorestage.workflow.job import Job
from scorestage.workflow.watching import content_of, look_of, moments_in

_SEAMS = (MomentKind.CUT, MomentKind.DISSOLVE, MomentKind.WIPE)
_MOST_TRACKS = 6
Progress = Callable[[float, str], None]


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


def film_changes(
    old: Path, new: Path, kept_in: Path | None = None, progress: Progress = quiet
) -> tuple[ChangeList, tuple[str, ...]]:
    """The changes from one film to another, and what is to be said of how they were read.

    With `kept_in` what was seen is kept there by each film's content: a film that was watched
    before is not decoded again. `FilmError` for what is no film.
    """
    sides: list[_Watched] = []
    notes: list[str] = []
    for index, film in enumerate((old, new)):
        content = "" if kept_in is None else content_of(film)
        look, facts = look_of(film, kept_in, _half(progress, index), content)
        sounds, told = film_sounds(film, look, facts, kept_in, content)
        sides.append(_Watched(film, look, facts, content, sounds))
        notes += told
        if facts.variable_rate:
            notes.append(
                f"{film.name}: runs at a variable rate; its frames are counted as they come"
            )
    rates = [one.facts.rate for one in sides]
    if rates[0] != rates[1]:
        notes.append(
            f"{old.name} runs at {rates[0].name}, {new.name} at {rates[1].name}: frames "
            "are counted in each by itself"
        )
    progress(1.0, "comparing")
    first, second = (one.frames() for one in sides)
    changes = compare_films(first, second)
    if sounds_differ(first, second, changes):
        again = _by_another_track(sides[0], sides[1], changes, kept_in)
        if again is not None:
            changes = again[0]
            notes.append(again[1])
    return changes, tuple(notes)


@dataclass(frozen=True, slots=True, eq=False)
class _Watched:
    """A film as it was seen and heard."""

    film: Path
    look: PictureIndex
    facts: FilmFacts
    content: str
    sounds: NDArray[np.uint8] | None

    def frames(self) -> FilmFrames:
        """As it is compared."""
        start = self.facts.start_timecode.frames if self.facts.start_timecode else 0
        return FilmFrames(self.look.signatures, self.facts.rate, start, self.sounds)

    def tracks(self, kept_in: Path | None) -> Iterator[tuple[str, FilmFrames]]:
        """As it is heard by its main sound, then by each of its sound tracks, where it has more."""
        yield f"{self.film.name} by its main sound", self.frames()
        count = len(self.facts.track_titles)
        for track in range(min(count, _MOST_TRACKS) if count > 1 else 0):
            sounds, _ = film_sounds(self.film, self.look, self.facts, kept_in, self.content, track)
            name = f"{self.film.name} by sound track {track + 1}"
            if sounds is not None:
                yield name, replace(self, sounds=sounds).frames()


def _by_another_track(
    old: _Watched, new: _Watched, changes: ChangeList, kept_in: Path | None
) -> tuple[ChangeList, str] | None:
    """The films compared by the first two sound tracks that agree, and which; None if none do."""
    news = list(new.tracks(kept_in))
    for name, mine in old.tracks(kept_in):
        for other, theirs in news:
            if not sounds_differ(mine, theirs, changes):
                said = f"their main sounds are not the same: heard were {name} and {other}"
                return compare_films(mine, theirs), said
    return None


def film_shots(
    film: Path, kept_in: Path | None = None, progress: Progress = quiet
) -> tuple[FilmShots, tuple[str, ...]]:
    """The shots of a film as the detectors find them, and what is to be said of it."""
    look, facts = look_of(film, kept_in, progress)
    cuts, soft, sure = set[int](), dict[int, int](), dict[int, float]()
    for moment in moments_in(Footage(look)):
        if moment.kind not in _SEAMS:
            continue
        first = round(facts.rate.frames_in(moment.span.start - FilmTime(0)))
        at = round(facts.rate.frames_in(moment.at - FilmTime(0)))
        begins = at if moment.kind is MomentKind.CUT else first
        sure[begins] = max(moment.confidence, sure.get(begins, 0.0))
        if moment.kind is MomentKind.CUT:
            cuts.add(at)
        else:
            last = round(facts.rate.frames_in(moment.span.end - FilmTime(0)))
            cuts.add(first)
            soft[first] = max(1, last - first)
    start = facts.start_timecode.frames if facts.start_timecode else 0
    notes = (f"{film.name}: runs at a variable rate",) if facts.variable_rate else ()
    shots = FilmShots(
        len(look), tuple(sorted(cuts)), facts.rate, start, tuple(sorted(soft.items())),
        tuple(sorted(sure.items())),
    )  # fmt: skip
    return shots, notes


def job_film_changes(
    job: Job, new: Path, progress: Progress = quiet
) -> tuple[ChangeList, tuple[str, ...]]:
    """The changes from the project's film in force to another film."""
    return film_changes(job.film(), new, index_folder(job), progress)


def index_folder(job: Job) -> Path:
    """Where a project keeps what was seen of its films."""
    return job.folder.build / ".index"


def _half(progress: Progress, index: int) -> Progress:
    return lambda share, name: progress((index + share) / 2, name)
