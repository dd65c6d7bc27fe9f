"""`orchestrate --propose`: three line-ups for brief, themes and number of players; one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.catalogue import ensemble_text, load_ensemble, names
from scorestage.adapters.store import write_text, writing
from scorestage.errors import InputError
from scorestage.music import Ensemble, Sketch
from scorestage.music.mood import mood_names
from scorestage.orchestration import Lineup, Settings, lineups
from scorestage.production import Cue
from scorestage.timebase import TempoMap
from scorestage.workflow.compose import SKETCH, map_of, read_sketch
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job

_MOST_TRIED = 3


def cues_tried(job: Job, cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues whose sketches decide: the loudest, the softest and the longest of those named.

    Raises `InputError` where none of them has a map and a sketch.
    """
    ready = [
        cue
        for cue in cues
        if all((job.folder.cue_folder(cue.id) / file).exists() for file in (MAP, SKETCH))
    ]
    if not ready:
        raise InputError(
            "no cue has a sketch to cast yet", do="say: scorestage compose, then ask again"
        )
    if len(ready) <= _MOST_TRIED:
        return tuple(ready)
    levels = {cue.id: _loudest(read_sketch(job, cue)) for cue in ready}
    loud = max(ready, key=lambda cue: levels[cue.id])
    soft = min(ready, key=lambda cue: levels[cue.id])
    long = max(ready, key=lambda cue: cue.seconds or 0)
    return tuple(cue for cue in ready if cue in (loud, soft, long))


def proposed(job: Job, cues: Sequence[Cue], players: int | None) -> tuple[Lineup, ...]:
    """Three line-ups for the cues that decide, from all ensembles at hand.

    The words are those of the brief, the cues' tones and their styles; themes count by their notes,
    as the sketches hold them.
    """
    pieces: list[tuple[Sketch, TempoMap]] = [
        (read_sketch(job, cue), map_of(job, cue)) for cue in cues
    ]
    ensembles = [load_ensemble(one, *job.libraries) for one in names("ensembles", *job.libraries)]
    settings = Settings(seed=job.production.seed)
    return lineups(pieces, ensembles, words_of(job, cues), players, settings)


def words_of(job: Job, cues: Sequence[Cue]) -> frozenset[str]:
    """What brief, cues and style say of the music, as words; what is to be avoided left out."""
    brief = job.production.brief
    said = [*brief.style, *brief.tone, *brief.references, job.production.style]
    for cue in cues:
        said += [*cue.tone, cue.style]
    return mood_names(said) - mood_names(brief.avoid)


def choose(job: Job, cues: Sequence[Cue], lineup: Lineup) -> tuple[Job, Path | None]:
    """Make a line-up the ensemble of the cues, or of the production where no cue is named.

    A line-up made from a catalogue's ensemble is written to the project's library; gives the file.
    """
    path = None
    if lineup.ensemble is not lineup.source:
        path = _free(job, lineup.ensemble)
        with writing(job.folder.root):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_text(path, ensemble_text(lineup.ensemble))
    name = lineup.ensemble.id
    for cue in cues:
        job = job.save_cue(replace(job.cue(cue.id), ensemble=name))
    if not cues:
        job = job.save(replace(job.production, ensemble=name))
    return job, path


def _free(job: Job, ensemble: Ensemble) -> Path:
    """Where the ensemble's file goes; one that a person has changed is never written over."""
    path = job.folder.user_library / "ensembles" / f"{ensemble.id}.toml"
    if path.exists() and path.read_text(encoding="utf-8") != ensemble_text(ensemble):
        raise InputError(
            f"{path} is there already and says something else", do="rename or remove it first"
        )
    return path


def _loudest(sketch: Sketch) -> int:
    marks = [mark.dynamic.level for strand in sketch.strands for mark in strand.staff.dynamics]
    return max(marks, default=0)


def lineup_answer(number: int, one: Lineup) -> dict[str, object]:
    """A line-up for `--json`; shares exact, with the float beside."""
    carried = min(trial.carried for trial in one.trials)
    sounding = min(trial.sounding for trial in one.trials)
    return {
        "number": number,
        "title": one.title,
        "ensemble": one.ensemble.id,
        "name": one.ensemble.name,
        "made_from": one.source.id,
        "points": one.points,
        "tune_and_bass": str(carried),
        "tune_and_bass_float": float(carried),
        "all_notes": str(sounding),
        "all_notes_float": float(sounding),
        "gains": list(one.gains),
        "loses": list(one.loses),
        "costs": {
            "players": one.ensemble.head_count,
            "lines": len(one.ensemble.players),
            "doublings": list(one.doublings),
        },
        "changes": list(one.changes),
        "players": [
            {
                "id": p.id,
                "name": p.name,
                "count": p.count,
                "instruments": [i.id for i in p.instruments],
            }
            for p in one.ensemble.players
        ],
    }
