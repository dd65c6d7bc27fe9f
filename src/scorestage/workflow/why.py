"""`compose --why`: what put each note of a sketch there: theme and operation, hit, rule, person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.account_pages import SectionTold, sketch_page
from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance
from scorestage.composing import NoteReason, plan_form
from scorestage.composing.finishing import PREFIXES
from scorestage.errors import ScorestageError
from scorestage.music import Sketch, Strand, Words
from scorestage.music.barprints import changed_bars
from scorestage.production import Cue
from scorestage.timebase import Beat
from scorestage.workflow.compose import SKETCH, map_of, read_sketch, request_of
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_bars import bars_named, by_role
from scorestage.workflow.varied_bars import place_name
from scorestage.workflow.write_music import write_music

PERSON = "person"
REST_QUARTERS = 4
"""After such a silence it is said again what puts the notes there."""


def why_of(job: Job, cue: Cue, bars: str = "") -> tuple[NoteReason, ...]:
    """The reason of every note in some printed bars (`12`, `9-16`) of a cue's sketch; none: all.

    What stands in a bar that a person changed is theirs. Raises `InputError` for no such bar.
    """
    sketch = read_sketch(job, cue)
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    told = {one.note: one.origin for one in provenance.origins if one.file == SKETCH}
    every = range(len(sketch.grid.bars))
    wanted = set(bars_named(bars.split(","), sketch.grid, cue) if bars else every)
    hand = _by_hand(job, cue)
    found = []
    for strand, staff_id in zip(sketch.strands, _ids(sketch), strict=True):
        for note in strand.staff.notes:
            position = sketch.grid.position(note.onset)
            index = sketch.grid.index_at(note.onset)
            if index not in wanted or not note.pitches:
                continue
            origin = told.get(place_name(sketch.grid, PREFIXES[strand.role], note), "")
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


def marked_sketch(sketch: Sketch, reasons: Sequence[NoteReason]) -> Sketch:
    """The sketch with words wherever something else puts its notes there, and after rests.

    `[main: inversion]` is a theme and what is done to it, `[hit: door]` a hit, `[walking bass]` a
    rule, `[by hand]` a person.
    """
    told = {(one.strand, Beat(one.quarters)): one for one in reasons}
    return replace(sketch, strands=tuple(_marked(strand, told) for strand in sketch.strands))


def _marked(strand: Strand, told: dict[tuple[str, Beat], NoteReason]) -> Strand:
    words = list(strand.staff.words)
    last, end = "", None
    for note in sorted(strand.staff.notes, key=lambda one: one.onset):
        reason = told.get((strand.label, note.onset))
        if reason is None:
            continue
        text = _mark(reason)
        if text != last or (end is not None and (note.onset - end).quarters >= REST_QUARTERS):
            words.append(Words(note.onset, text))
        last = text
        end = note.end if end is None else max(end, note.end)
    words.sort(key=lambda one: one.at)
    return replace(strand, staff=replace(strand.staff, words=tuple(words)))


def origins_in(reasons: Sequence[NoteReason]) -> dict[tuple[str, Beat], str]:
    """By strand and moment what put a note there other than a rule, as words over a score."""
    return {
        (one.strand, Beat(one.quarters)): _mark(one)[1:-1] for one in reasons if one.cause != "rule"
    }


def _mark(reason: NoteReason) -> str:
    """What put a note there, short enough to stand over it."""
    kind, _, rest = reason.origin.partition(":")
    if reason.cause == "person":
        return "[by hand]"
    if kind == "theme":
        return f"[{rest.replace(':', ': ')}]"
    if kind == "hit":
        return f"[hit: {reason.words.partition(' at ')[2] or rest}]"
    return f"[{rest.replace('-', ' ')}]"


def copy_of_sketch(job: Job, cue: Cue, target: Path, *, marks: bool = False) -> None:
    """Write a cue's sketch to a file outside the project; `marks` say what put each note there.

    Raises `FormatError` for another ending than MusicXML's or MIDI's.
    """
    sketch = read_sketch(job, cue)
    if marks:
        sketch = marked_sketch(sketch, why_of(job, cue))
    write_music(sketch.as_score(), map_of(job, cue), target, f"{cue.number} {cue.title}".strip())


def why_page(job: Job, cue: Cue) -> str:
    """The page of a cue's sketch: what put each note there, and the plan where it is in force."""
    sketch, reasons = read_sketch(job, cue), why_of(job, cue)
    bars = [str(bar.label) for bar in sketch.grid.bars]
    title = f"{cue.number} {cue.title}".strip()
    ours = any(one.cause != "person" for one in reasons)
    said = f"what put each note of the sketch there; {len(bars)} bars"
    return sketch_page(title, said, bars, reasons, _sections(job, cue) if ours else ())


def _sections(job: Job, cue: Cue) -> tuple[SectionTold, ...]:
    try:
        form = plan_form(request_of(job, cue))
    except ScorestageError:
        return ()
    return tuple(
        SectionTold(
            one.bar if one.bar == one.to else f"{one.bar}-{one.to}",
            one.part,
            f"{one.theme}: {one.operation}" if one.theme and one.operation else one.theme,
            one.texture,
            one.key,
            one.why,
        )
        for one in form.sections
    )


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
