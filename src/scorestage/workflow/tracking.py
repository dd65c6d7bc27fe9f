"""`track`: earlier cues that would serve a new scene, and one of them fitted to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import (
    ProjectFolder,
    Provenance,
    changing_together,
    write_bytes,
    write_provenance,
)
from scorestage.adapters.store.provenance import Origin
from scorestage.conform.heard import hear, leading_line
from scorestage.conform.joints import hold_points, joint_terms
from scorestage.conform.tracking import Serves, anchored, serves, stretches_around
from scorestage.errors import InputError, Where
from scorestage.music import Score
from scorestage.music.replaying import replayed
from scorestage.production import BarState, Cue
from scorestage.tempofit.candidate import Landing
from scorestage.tempofit.judge import land
from scorestage.tempofit.repairs import (
    Joints,
    Repair,
    WrittenCue,
    WrittenHit,
    click_places,
    repairs,
    written_hits,
)
from scorestage.timebase import Beat, FilmTime, FrameRate, TempoMap
from scorestage.workflow.compose import SKETCH, pinned_bars
from scorestage.workflow.earlier_cues import Earlier, earlier_cues, scene_of, shared_cues
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.sources import has_their_bars

_AGAIN = re.compile(r"^(again\d+\.)+")
_ZERO = FilmTime(0)
_JUMPS = (0.5, 1.5, 4.0)
"""What a jump in the music costs where its places are looked for: each finds other places."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier cue with how well it would serve."""

    earlier: Earlier
    serves: Serves


@dataclass(frozen=True, slots=True)
class Tracked:
    """An earlier cue fitted to a scene: the ways to do it, the best first."""

    candidate: Candidate
    ways: tuple[Repair, ...]
    landed: tuple[tuple[Landing, ...], ...]
    """Of each way where the hits fall."""


def candidates(
    job: Job, cue: Cue, others: Sequence[Path] = (), top: int = 8
) -> tuple[Candidate, ...]:
    """The earlier cues that would serve best: this film's, other projects', the library's."""
    if cue.start is None:
        raise InputError("the cue has no place yet", Where(cue=cue.number), "say where it starts")
    wanted = scene_of(job, cue, None)
    known = [one for one in earlier_cues(job) if one.number != cue.number]
    for root in others:
        known += earlier_cues(Job.open(root))
    here = {(one.film, one.number) for one in known} | {(job.production.title, cue.number)}
    known += [one for one in shared_cues() if (one.film, one.number) not in here]
    rate = job.production.rate
    found = [Candidate(one, serves(wanted, one.scene, one.tempo_map, rate)) for one in known]
    return tuple(sorted(found, key=lambda one: (-one.serves.share, one.earlier.name))[:top])


def fit_to(job: Job, cue: Cue, candidate: Candidate, top: int = 4) -> Tracked:
    """The earlier music fitted to the scene's start, hits and end, at bars and beats."""
    if cue.start is None:
        raise InputError("the cue has no place yet", Where(cue=cue.number), "say where it starts")
    earlier = candidate.earlier
    tempo_map = earlier.tempo_map.shifted(cue.start - earlier.tempo_map.start)
    score = read_score(earlier.music, earlier.name).score
    joints = _joints(score, tempo_map)
    places = {anchored(tempo_map, cue.start, cue.end, cue.live_hits, one) for one in _JUMPS}
    found = [
        one
        for each in sorted(places)
        for one in repairs(_written(tempo_map, each, cue, joints, job.production.rate), top=top)
    ]
    if not found:
        what = f"{earlier.name} cannot be fitted to this scene"
        raise InputError(what, Where(cue=cue.number), "choose another")
    rate = job.production.rate
    ranked = sorted(found, key=lambda one: (_missed(cue, one, rate), one.points))
    ways: list[Repair] = []
    for one in ranked:
        if all(one.tempo_map != other.tempo_map for other in ways):
            ways.append(one)
    kept = tuple(ways[:top])
    return Tracked(candidate, kept, tuple(landings(cue, one, rate) for one in kept))


def landings(cue: Cue, way: Repair, rate: FrameRate) -> tuple[Landing, ...]:
    """Where each hit of the scene falls in the music as it is now.

    It was not written for them: any strong beat will do.
    """
    return tuple(land(hit, way.tempo_map, rate) for hit in cue.live_hits)


def is_met(landing: Landing) -> bool:
    """Whether a hit falls on a strong beat, within its tolerance."""
    return landing.caught and landing.stress >= 2


def _missed(cue: Cue, way: Repair, rate: FrameRate) -> int:
    return sum(one.hit.weight for one in landings(cue, way, rate) if not is_met(one))


def _written(
    tempo_map: TempoMap, places: Sequence[Beat], cue: Cue, joints: Joints, rate: FrameRate
) -> WrittenCue:
    return WrittenCue(
        tempo_map,
        _met(tempo_map, places, cue, rate),
        stretches_around(tempo_map, places, cue.live_hits),
        cue.start or _ZERO,
        cue.end,
        (BarState.FREE,) * len(tempo_map.grid.bars),
        joints,
        rate,
    )


def _met(
    tempo_map: TempoMap, places: Sequence[Beat], cue: Cue, rate: FrameRate
) -> tuple[WrittenHit, ...]:
    """The hits, each with the place of the music that is to meet it."""
    pairs = []
    for hit, at in zip(cue.live_hits, places, strict=True):
        pairs.append((replace(hit, at=tempo_map.time_at(at)), hit.at))
    found = written_hits(tempo_map, pairs, rate)
    return tuple(replace(one, at=at) for one, at in zip(found, places, strict=True))


def _joints(score: Score, tempo_map: TempoMap) -> Joints:
    grid = tempo_map.grid
    places = click_places(grid)
    notes = tuple(note for line in score.lines for staff in line.staves for note in staff.notes)
    if not notes or score.grid != grid:
        return Joints.plain(grid)
    music = hear(notes, leading_line(notes), places, grid.starts)
    beats = np.array([float(grid.position(at).beat) for at in places[:-1]] + [1.0])
    terms = joint_terms(music, beats, np.zeros(len(places), dtype=np.bool_))
    return Joints(places, terms.total, hold_points(music))


def write_tracked(job: Job, cue: Cue, tracked: Tracked, number: int, *, over: bool) -> Job:
    """Write a way as the cue's map and music, a person's from then on; `undo` takes it back.

    Every note says from which cue it was tracked. Raises `InputError` where the cue has music that
    a person wrote, unless `over`.
    """
    if not 1 <= number <= len(tracked.ways):
        raise InputError(f"there is no way {number}", do=f"choose 1 to {len(tracked.ways)}")
    repair, earlier = tracked.ways[number - 1], tracked.candidate.earlier
    if not over:
        _refuse_theirs(job, cue)
    content, origins = _music_of(cue, repair, earlier)
    with changing_together(job.folder.root, f"{cue.number} tracked from {earlier.name}") as stage:
        staged = ProjectFolder(stage)
        home = staged.cue_folder(cue.id)
        missed = tuple(one.hit.id for one in tracked.landed[number - 1] if not one.caught)
        comment = f"tracked from {earlier.name}\n{repair.name}: {repair.why}"
        text = staged.map_text(repair.tempo_map, job.clock, comment, missed)
        for name in (SKETCH, SCORE):
            (home / name).unlink(missing_ok=True)
        write_bytes(home / MAP, text.encode("utf-8"))
        write_bytes(home / earlier.file, content)
        write_provenance(home, Provenance((), origins))
        why = (*cue.why, f"tracked from {earlier.name}")
        staged.save_cue(replace(cue, why=why, kept=True), job.clock)
    return Job.open(job.folder.root)


def _refuse_theirs(job: Job, cue: Cue) -> None:
    """Raise `InputError` where music of the cue is a person's."""
    folder = job.folder.cue_folder(cue.id)
    for name in (SKETCH, SCORE):
        theirs = has_their_bars(folder, name) or (
            name == SKETCH and (folder / name).exists() and bool(pinned_bars(job, cue))
        )
        if theirs:
            do = "say --over, undo takes it back"
            raise InputError(
                f"its {name}, or bars of it, are a person's", Where(cue=cue.number), do
            )


def _music_of(cue: Cue, repair: Repair, earlier: Earlier) -> tuple[bytes, tuple[Origin, ...]]:
    """The earlier music as the way plays it, and of each note from which cue it was tracked."""
    score = read_score(earlier.music, earlier.name).score
    made = replayed(score, repair.spans, repair.tempo_map.grid)
    title = f"{cue.number} {cue.title}".strip()
    subtitle = "Sketch" if earlier.file == SKETCH else ""
    content = write_score(made, repair.tempo_map, title=title, subtitle=subtitle)
    known = dict(earlier.origins)
    origins = []
    for _, note in made.notes():
        before = known.get(_AGAIN.sub("", note.id).split("~")[0], "")
        words = f"tracked: {earlier.name}" + (f" ({before})" if before else "")
        origins.append(Origin(earlier.file, note.id, words))
    return content, tuple(origins)
