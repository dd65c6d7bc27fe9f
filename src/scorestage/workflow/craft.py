"""`check --craft`: the craft of any score, or of a cue's sketch, beside what humans wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorestage.composing.craft import Craft, craft_of
from scorestage.errors import InputError, Where
from scorestage.music import Role, Sketch, Strand
from scorestage.workflow.compose import read_sketch
from scorestage.workflow.convert import read_music
from scorestage.workflow.job import Job

HUMAN: tuple[tuple[str, str, str, str], ...] = (
    ("parallel_fifths", "parallel fifths per 1,000", "1.52", "1.9 to 7.7"),
    ("parallel_octaves", "parallel octaves per 1,000, doublings left out", "0.71", "10 to 20"),
    ("hidden_outer", "hidden fifths and octaves outside, per 1,000", "5.2", "2.7 to 6.9"),
    ("crossing", "voices crossed", "0.8 %", "5.1 to 7.6 %"),
    ("overlap", "voices overlapping", "2.0 %", "7.0 to 9.9 %"),
    ("gaps", "upper voices over an octave apart", "0.5 %", "6.9 to 16.5 %"),
    ("steps", "moves by step", "75 %", "50 to 63 %"),
    ("awkward", "awkward leaps", "0.6 %", "2.1 to 4.0 %"),
)
"""Figure, words, Bach's chorales (364), classical and romantic string quartets (55 movements)."""


def craft_of_file(path: Path) -> Craft:
    """The craft of a score file; raises `InputError` for a missing one."""
    if not path.is_file():
        raise InputError("there is no such score", Where(file=path), "check the name")
    return craft_of(read_music(path).score)


def craft_of_cue(job: Job, name: str) -> tuple[Craft, Craft]:
    """The craft of a cue's sketch: all of it, and its chords and bass by themselves."""
    sketch = read_sketch(job, job.cue(name))
    return craft_of(sketch.as_score()), craft_of(pad_of(sketch).as_score())


def pad_of(sketch: Sketch) -> Sketch:
    """The held chords of a sketch with their bass: what must go as a chorale goes."""
    kept: list[Strand] = [one for one in sketch.strands if one.role in (Role.HARMONY, Role.BASS)]
    return Sketch(sketch.grid, tuple(kept), sketch.marks, sketch.chords)


def craft_answer(name: str, craft: Craft) -> dict[str, Any]:
    """For `--json`."""
    figures = craft.figures
    return {
        "score": name,
        "figures": {
            field: getattr(figures, field)
            for field in (
                *("transitions", *(one for one, _, _, _ in HUMAN)),
                *("breath_quarters", "covered", "chords_per_bar"),
            )
        },
        "empty_bar_indices": list(figures.empty_bars),
        "faults": [
            {
                "kind": one.kind,
                "bar": one.bar,
                "bar_index": one.bar_index,
                "quarters": str(one.at.quarters),
                "players": list(one.lines),
                "what": one.words,
            }
            for one in craft.faults
        ],
    }
