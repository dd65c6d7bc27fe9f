"""`compose --why`: what put each note of a sketch there: theme and operation, hit, rule, person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance
from scorestage.composing.finishing import PREFIXES
from scorestage.music import Sketch
from scorestage.music.barprints import changed_bars
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_bars import bars_named, by_role

PERSON = "person"


@dataclass(frozen=True, slots=True)
class NoteReason:
    """One note: where it stands, what it is, and what put it there, with words."""

    strand: str
    bar: str
    bar_index: int
    beat: str
    quarters: str
    pitches: tuple[str, ...]
    origin: str
    words: str


def why_of(job: Job, cue: Cue, bars: str) -> tuple[NoteReason, ...]:
    """The reason of every note in some printed bars (`12`, `9-16`) of a cue's sketch.

    What stands in a bar that a person changed is theirs. Raises `InputError` for no such bar.
    """
    sketch = read_sketch(job, cue)
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    told = {one.note: one.origin for one in provenance.origins if one.file == SKETCH}
    wanted = set(bars_named(bars.split(","), sketch.grid, cue))
    hand = _by_hand(job, cue)
    found = []
    for strand, staff_id in zip(sketch.strands, _ids(sketch), strict=True):
        for note in strand.staff.notes:
            position = sketch.grid.position(note.onset)
            index = sketch.grid.index_at(note.onset)
            if index not in wanted or not note.pitches:
                continue
            own = f"{PREFIXES[strand.role]}-{position.label}-{position.beat}"
            origin = told.get(own, "")
            if not origin or index in hand.get(staff_id, ()):
                origin = f"{PERSON} (written or kept by hand)"
            cause, _, words = origin.partition(" (")
            found.append(
                NoteReason(
                    strand.label,
                    str(position.label),
                    index,
                    str(position.beat),
                    str(note.onset.quarters),
                    tuple(str(pitch) for pitch in note.pitches),
                    cause,
                    words.removesuffix(")"),
                )
            )
    return tuple(found)


def _ids(sketch: Sketch) -> list[str]:
    return [line.player.id for line in by_role(sketch.as_score()).lines]


def _by_hand(job: Job, cue: Cue) -> dict[str, tuple[int, ...]]:
    """By strand the bars that a person changed since they were made."""
    folder = job.folder.cue_folder(cue.id)
    before = read_provenance(folder).prints_of(SKETCH)
    if not before:
        return {}
    score = by_role(read_score((folder / SKETCH).read_bytes(), SKETCH).score)
    return dict(changed_bars(before, score))


def why_answer(cue: Cue, reasons: tuple[NoteReason, ...]) -> dict[str, Any]:
    """For `--json`."""
    return {
        "cue": cue.number,
        "notes": [
            {
                "strand": one.strand,
                "bar": one.bar,
                "bar_index": one.bar_index,
                "beat": one.beat,
                "quarters": one.quarters,
                "pitches": list(one.pitches),
                "origin": one.origin,
                "why": one.words,
            }
            for one in reasons
        ],
    }
