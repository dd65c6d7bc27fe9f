"""Earlier cues that a scene could be tracked with: of a project, and those a series shares."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.store import read_provenance, write_bytes
from scorestage.adapters.store.map_file import map_text, read_map
from scorestage.conform.tracking import Scene
from scorestage.errors import InputError, Where
from scorestage.production import Cue, CueStatus
from scorestage.timebase import FilmClock, FilmTime, TempoMap, frame_rate
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.orchestrate import SCORE

_ZERO = FilmTime(0)
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
