"""`track`: earlier cues that would serve a new scene, and one of them fitted to it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import (
    ProjectFolder,
    Provenance,
    changing_together,
    read_provenance,
    write_bytes,
    write_provenance,
)
from scorestage.adapters.store.map_file import map_text, read_map
from scorestage.adapters.store.provenance import Origin
from scorestage.conform.heard import hear, leading_line
from scorestage.conform.joints import hold_points, joint_terms
from scorestage.conform.tracking import Scene, Serves, anchored, serves, stretches_around
from scorestage.errors import InputError, Where
from scorestage.music import Score
from scorestage.music.replaying import replayed
from scorestage.production import BarState, Cue, CueStatus
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
from scorestage.timebase import Beat, FilmClock, FilmTime, FrameRate, TempoMap
from scorestage.workflow.compose import SKETCH, pinned_bars
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.sources import has_their_bars
from scorestage.workflow.tell import tell_exact

_AGAIN = re.compile(r"^(again\d+\.)+")
_ZERO = FilmTime(0)
_JUMPS = (0.5, 1.5, 4.0)
"""What a jump in the music costs where its places are looked for: each finds other places."""
SHARED = "cues"
"""The folder of the user's library that holds cues of other films of a series."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier cue: its film and number, what it was written for, its map from time 0, its music.

    `file` says whether the music is a sketch or a score; `origins` by note id what put each there.
    """

    film: str
    number: str
    title: str
    scene: Scene
    tempo_map: TempoMap
    file: str
    music: bytes
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """How it is named in lists and origins."""
        return f"{self.film} {self.number}" + (f" {self.title}" if self.title else "")


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


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


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


def earlier_cues(job: Job) -> list[Earlier]:
    """Every cue of a project that has a map and music."""
    found = []
    for cue in job.production.cues:
        if cue.status is CueStatus.OMITTED:
            continue
        folder = job.folder.cue_folder(cue.id)
        tempo_map = job.folder.map(cue.id, job.clock)
        file = next((name for name in (SKETCH, SCORE) if (folder / name).is_file()), "")
        if tempo_map is None or not file:
            continue
        origins = tuple(
            (one.note, one.origin) for one in read_provenance(folder).origins if one.file == file
        )
        found.append(
            Earlier(
                job.production.title,
                cue.number,
                cue.title,
                scene_of(job, cue, tempo_map),
                tempo_map.shifted(_ZERO - tempo_map.start),
                file,
                (folder / file).read_bytes(),
                origins,
            )
        )
    return found


def scene_of(job: Job, cue: Cue, tempo_map: TempoMap | None) -> Scene:
    """What a cue is for; of one that is written, its own tempo and length."""
    begins = tempo_map.start if tempo_map is not None else cue.start or _ZERO
    seconds, bpm = cue.seconds, cue.bpm_wish
    if tempo_map is not None:
        seconds = (tempo_map.end - tempo_map.start).seconds
        clicks = len(tempo_map.clicks())
        bpm = Fraction(round(60 * clicks / seconds * 10), 10) if clicks else None
    words = [cue.title, *(hit.words for hit in cue.live_hits)]
    words += [one.heading for one in job.production.scenes if one.id in cue.scenes]
    hits = tuple(((hit.at - begins).seconds, hit.weight) for hit in cue.live_hits)
    return Scene(" ".join(words), cue.tone or job.production.brief.tone, bpm, seconds, hits)


# ── a series ────────────────────────────────────────────────────────────────────────────────────


def share_cue(job: Job, name: str) -> Path:
    """Put a written cue into the person's own library, where other films of a series find it."""
    cue = job.cue(name)
    found = next((one for one in earlier_cues(job) if one.number == cue.number), None)
    if found is None:
        do = "compose it first"
        raise InputError("the cue has no music to share", Where(cue=cue.number), do)
    key = hashlib.sha256(f"{found.film}|{cue.id}".encode()).hexdigest()[:12]
    target = user_library() / SHARED / f"{key}.json"
    scene = found.scene
    facts = {
        "film": found.film, "number": found.number, "title": found.title, "file": found.file,
        "words": scene.words, "tone": list(scene.tone),
        "hits": [[str(at), weight] for at, weight in scene.hits],
        "bpm": None if scene.bpm is None else str(scene.bpm), "rate": job.production.rate.name,
        "origins": [list(one) for one in found.origins],
    }  # fmt: skip
    text = map_text(found.tempo_map, FilmClock(job.production.rate))
    write_bytes(target.with_suffix(".musicxml"), found.music)
    write_bytes(target.with_suffix(".toml"), text.encode("utf-8"))
    write_bytes(target, json.dumps(facts, indent=1, ensure_ascii=False).encode("utf-8"))
    return target


def _must_be_told(facts: dict[str, Any]) -> None:
    words = [facts[one] for one in ("film", "number", "title", "words", "rate")] + facts["tone"]
    if facts["file"] not in (SKETCH, SCORE) or not all(isinstance(one, str) for one in words):
        raise ValueError(f"its music is {SKETCH} or {SCORE}, its words are text")


def shared_cues() -> Iterator[Earlier]:
    """The cues of the library, of whatever film."""
    from scorestage.timebase import frame_rate

    for path in sorted((user_library() / SHARED).glob("*.json")):
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            _must_be_told(facts)
            tempo_map = read_map(path.with_suffix(".toml"), FilmClock(frame_rate(facts["rate"])))
            seconds = (tempo_map.end - tempo_map.start).seconds
            hits = tuple((Fraction(at), int(weight)) for at, weight in facts["hits"])
            bpm = None if facts["bpm"] is None else Fraction(facts["bpm"])
            scene = Scene(facts["words"], tuple(facts["tone"]), bpm, seconds, hits)
            music = path.with_suffix(".musicxml").read_bytes()
            origins = tuple((str(note), str(origin)) for note, origin in facts["origins"])
            yield Earlier(
                facts["film"], facts["number"], facts["title"], scene, tempo_map, facts["file"],
                music, origins,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as fault:
            do = "share the cue again, or remove the file"
            raise InputError(
                f"a shared cue cannot be read: {fault}", Where(file=path), do
            ) from None


# ── fitting ─────────────────────────────────────────────────────────────────────────────────────


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
    folder = job.folder.cue_folder(cue.id)
    for name in (SKETCH, SCORE):
        theirs = has_their_bars(folder, name) or (
            name == SKETCH and (folder / name).exists() and bool(pinned_bars(job, cue))
        )
        if theirs and not over:
            do = "say --over, undo takes it back"
            raise InputError(
                f"its {name}, or bars of it, are a person's", Where(cue=cue.number), do
            )
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
        write_provenance(home, Provenance((), tuple(origins)))
        why = (*cue.why, f"tracked from {earlier.name}")
        staged.save_cue(replace(cue, why=why, kept=True), job.clock)
    return Job.open(job.folder.root)


# ── as an answer ────────────────────────────────────────────────────────────────────────────────


def tell_candidates(found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """The candidates, the best first."""
    return [
        {
            "number": number,
            "film": one.earlier.film,
            "cue": one.earlier.number,
            "title": one.earlier.title,
            "music": one.earlier.file,
            "serves": one.serves.share,
            "by": dict(one.serves.shares),
            "reasons": list(one.serves.reasons),
        }
        for number, one in enumerate(found, start=1)
    ]


def tell_ways(tracked: Tracked) -> list[dict[str, Any]]:
    """The ways to fit one."""
    return [
        {
            "way": number,
            "name": one.name,
            "why": one.why,
            **tell_exact("points", one.points),
            "bars": len(one.tempo_map.grid.bars),
            "edits": [edit.words for edit in one.edits],
            "largest_step_percent": float(one.largest_step_percent),
            "hits": [
                {
                    "id": hit.hit.id,
                    "words": hit.hit.words,
                    "met": is_met(hit),
                    **tell_exact("off_frames", hit.off_frames),
                    "bar": str(hit.position.label),
                    "bar_index": hit.position.bar_index,
                    "beat": str(hit.position.beat),
                }
                for hit in landed
            ],
        }
        for number, (one, landed) in enumerate(
            zip(tracked.ways, tracked.landed, strict=True), start=1
        )
    ]
