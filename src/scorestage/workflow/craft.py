"""`check --craft`: the craft of any score, or of a cue's sketch, beside what humans wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from scorestage.composing.cadences import Phrase
from scorestage.composing.craft import Craft, craft_of
from scorestage.composing.shape import Shape, Stillness, shape_of
from scorestage.errors import InputError, Where
from scorestage.music import Role, Sketch, Strand
from scorestage.workflow.compose import map_of, read_sketch
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


PHRASE_SECONDS, LONGEST_SECONDS, CLOSED = "2.0 to 12", "24 to 63", "32 to 80 %"
CHANGES_PER_MINUTE, STILLEST = "46 to 101", "4.1 to 7.5"
MUDDY, HOLLOW, SILENT = "1.4 to 10 %", "0.0 to 0.8 %", "0.2 to 4.6 %"
"""The shape of nine orchestral movements (`benchmarks.craft`): from the second lowest to the second
highest of them."""
LONG_PHRASE_SECONDS = 10.0
"""A phrase that lasts longer is told: no wind player, and hardly a listener, gets through it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A score or a cue's sketch: its craft, its shape, and what its chords and bass do alone."""

    name: str
    craft: Craft
    shape: Shape
    pad: Craft | None = None


def craft_of_file(path: Path) -> Judged:
    """The craft of a score file; raises `InputError` for a missing one."""
    if not path.is_file():
        raise InputError("there is no such score", Where(file=path), "check the name")
    music = read_music(path)
    return Judged(str(path), craft_of(music.score), shape_of(music.score, music.tempo_map))


def craft_of_cue(job: Job, name: str) -> Judged:
    """The craft of a cue's sketch, at the tempos of its map."""
    cue = job.cue(name)
    sketch = read_sketch(job, cue)
    score = sketch.as_score()
    shape = shape_of(score, map_of(job, cue))
    return Judged(cue.number, craft_of(score), shape, craft_of(pad_of(sketch).as_score()))


def pad_of(sketch: Sketch) -> Sketch:
    """The held chords of a sketch with their bass: what must go as a chorale goes."""
    kept: list[Strand] = [one for one in sketch.strands if one.role in (Role.HARMONY, Role.BASS)]
    return Sketch(sketch.grid, tuple(kept), sketch.marks, sketch.chords)


def answers(judged: Judged) -> list[dict[str, Any]]:
    """For `--json`: the whole, and chords and bass by themselves where they are known."""
    whole = {**craft_answer(judged.name, judged.craft), **shape_answer(judged.shape)}
    if judged.pad is None:
        return [whole]
    return [whole, craft_answer(f"{judged.name}, chords and bass", judged.pad)]


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


def shape_answer(shape: Shape) -> dict[str, Any]:
    """Phrases with their cadences, sections, harmonic rhythm, room and silence, for `--json`."""
    return {
        "phrases": [_phrase(one) for one in shape.phrases],
        "sections": [
            {
                "name": one.name,
                "first_bar_index": one.first_bar,
                "end_bar_index": one.end_bar,
                "seconds_float": round(one.seconds, 3),
                "climax_bar_index": one.climax_bar,
                "climax_share": one.climax_share,
                "climaxes": one.climaxes,
                "changes_per_bar": round(one.changes_per_bar, 3),
            }
            for one in shape.sections
        ],
        "harmonic_rhythm": {
            "changes_per_minute": round(shape.changes_per_minute, 2),
            "off_beat_share": shape.off_beat_changes,
            "stillest": _still(shape.stillest) if shape.stillest else None,
        },
        "room": {"muddy_share": shape.muddy, "hollow_share": shape.hollow},
        "silence": {
            "share": round(shape.silence, 4),
            "places": [_still(one) for one in shape.silences],
        },
    }


def _phrase(one: Phrase) -> dict[str, Any]:
    return {
        "start_quarters": str(one.start.quarters),
        "end_quarters": str(one.end.quarters),
        "seconds_float": round(one.seconds, 3),
        "breath_seconds_float": round(one.breath_seconds, 3),
        "bar": one.bar,
        "bar_index": one.bar_index,
        "cadence": one.cadence or None,
        "chords": list(one.chords),
        "key": one.key,
    }


def _still(one: Stillness) -> dict[str, Any]:
    return {"bar": one.bar, "bar_index": one.bar_index, "seconds_float": round(one.seconds, 3)}


def shape_rows(shape: Shape) -> list[tuple[str, str, str]]:
    """What a shape is in figures, each beside the range of orchestral scores."""
    closed = len(shape.cadences) / len(shape.phrases) if shape.phrases else None
    usual = median([one.seconds for one in shape.phrases]) if shape.phrases else None
    long = sum(one.seconds > LONG_PHRASE_SECONDS for one in shape.phrases)
    still = shape.stillest
    found = (
        ("a phrase of the tune, median, seconds", _plain(usual), PHRASE_SECONDS),
        ("the longest, seconds", _plain(shape.longest_phrase_seconds), LONGEST_SECONDS),
        (f"phrases over {LONG_PHRASE_SECONDS:g} s", str(long), ""),
        ("phrases that end in a cadence", _percent(closed), CLOSED),
        ("changes of harmony a minute", _plain(shape.changes_per_minute), CHANGES_PER_MINUTE),
        ("the longest on one harmony, seconds", _plain(still.seconds if still else None), STILLEST),
        ("changes off the beat", _percent(shape.off_beat_changes), ""),
        ("close intervals low down, share of time", _percent(shape.muddy), MUDDY),
        ("two octaves empty under the tune", _percent(shape.hollow), HOLLOW),
        ("silence, share of time", _percent(shape.silence), SILENT),
        ("silences of half a second and more", str(len(shape.silences)), ""),
    )
    return list(found)


def _plain(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.1f}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
