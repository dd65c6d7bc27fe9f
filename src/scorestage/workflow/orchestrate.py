"""`orchestrate`: the sketch for the players at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import is_by_hand, read_provenance
from scorestage.builder import fingerprint
from scorestage.errors import InputError, Where
from scorestage.music import Note, Score
from scorestage.music.holding import held_score
from scorestage.orchestration import Fault, OrchestrationResult, Settings, check, orchestrate
from scorestage.production import Cue
from scorestage.workflow.assigning import assignments
from scorestage.workflow.compose import SKETCH, ground_of, map_of, read_sketch
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.kept_bars import merged, prints_of, seated
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.sources import Source, Written

SCORE = "score.musicxml"


def scoring_settings(job: Job, cue: Cue) -> Settings:
    """How a cue is to be scored: what the cue says, and the production's seed."""
    return Settings(
        seed=job.production.seed,
        added=cue.added_notes,
        groove=str(cue.groove),
        everyone=cue.everyone,
        option=str(cue.option),
        level=str(cue.level),
    )


def orchestrate_cue(job: Job, cue: Cue) -> OrchestrationResult:
    """The score of a cue's sketch, with the reason of every choice."""
    return scored(job, cue, scoring_settings(job, cue))


def scored(job: Job, cue: Cue, settings: Settings) -> OrchestrationResult:
    """The same with other settings than the cue's own."""
    sketch, ensemble, tempo_map = read_sketch(job, cue), ensemble_of(job, cue), map_of(job, cue)
    result = orchestrate(
        sketch,
        ensemble,
        tempo_map,
        settings,
        assignments(cue.assign, sketch, ensemble),
        ground=ground_of(job, cue),
    )
    return replace(result, score=held_score(result.score, tempo_map))


def score_before_hits(job: Job, cue: Cue) -> Score | None:
    """The score that a cue would have without any hit; None where score or sketch is a person's."""
    folder = job.folder.cue_folder(cue.id)
    ground = None if is_by_hand(folder, SCORE, read_provenance(folder)) else ground_of(job, cue)
    if ground is None:
        return None
    settings, tempo_map = scoring_settings(job, cue), map_of(job, cue)
    ensemble = ensemble_of(job, cue)
    assigned = assignments(cue.assign, ground, ensemble)
    result = orchestrate(ground, ensemble, tempo_map, settings, assigned)
    return held_score(result.score, tempo_map)


def written_cues(job: Job) -> tuple[Cue, ...]:
    """The cues that have a map and a score."""
    return tuple(
        cue
        for cue in job.cues()
        if all((job.folder.cue_folder(cue.id) / file).exists() for file in (MAP, SCORE))
    )


def read_cue_score(job: Job, cue: Cue) -> Score:
    """A cue's score from its file, its players being those of the ensemble where they are known."""
    path = job.folder.cue_folder(cue.id) / SCORE
    if not path.exists():
        raise InputError(
            "the cue has no score yet",
            Where(cue=cue.number),
            f"say: scorestage orchestrate {cue.number}",
        )
    return seated(read_score(path.read_bytes(), path.name).score, ensemble_of(job, cue))


def check_cue(job: Job, cue: Cue) -> tuple[Fault, ...]:
    """What is wrong in a cue's score: range, breath, polyphony, entries, techniques."""
    return check(read_cue_score(job, cue), map_of(job, cue))


def _inputs(job: Job, cue: Cue) -> str:
    sketch = read_sketch(job, cue)
    told = (sketch, ensemble_of(job, cue), map_of(job, cue), scoring_settings(job, cue))
    return fingerprint(*told, *([cue.assign] if cue.assign else []))


def origin_of(note: Note, sketched: Mapping[str, str]) -> str:
    """What put a note of the score there: the orchestrator, else what put the sketch's note there.

    A player's note is called by player and sketch note, with marks for octaves and pieces.

    >>> from scorestage.music import Pitch
    >>> from scorestage.timebase import Beat, Beats
    >>> note = Note("vn1.mel-3-1@+1~2", Beat(0), Beats(1), (Pitch.parse("C4"),))
    >>> origin_of(note, {"mel-3-1": "theme:home"})
    'theme:home'
    """
    if note.origin:
        return note.origin
    name = note.id.partition(".")[2]
    while name and name not in sketched:
        name = name[: max(name.rfind("~"), name.rfind("@"), 0)]
    return sketched.get(name, "")


def _make(job: Job, cue: Cue) -> Written:
    if cue.song:
        content = (job.folder.cue_folder(cue.id) / SKETCH).read_bytes()
        return Written(content, prints=prints_of(content, SCORE, ensemble_of(job, cue)))
    result = orchestrate_cue(job, cue)
    content = write_score(result.score, map_of(job, cue), title=f"{cue.number} {cue.title}".strip())
    provenance = read_provenance(job.folder.cue_folder(cue.id))
    sketched = {one.note: one.origin for one in provenance.origins if one.file == SKETCH}
    named = ((note.id, origin_of(note, sketched)) for _, note in result.score.notes())
    origins = (
        *(one for one in named if one[1]),
        *((f"{reason.player}:{reason.bars}", str(reason)) for reason in result.reasons),
    )
    waits = (result.waits,) if result.waits else ()
    remarks = (*waits, *(str(one) for one in (*result.faults, *result.left)))
    prints = prints_of(content, SCORE, ensemble_of(job, cue))
    return Written(content, origins, remarks, prints)


def _merge(job: Job, cue: Cue, made: Written) -> Written:
    folder = job.folder.cue_folder(cue.id)
    return merged(cue, folder, SCORE, made, ensemble_of(job, cue), map_of(job, cue))


ORCHESTRATE = Source(SCORE, "orchestrate", _inputs, _make, _merge)
