"""The orchestrator's score come back: held against the cue, its differences shown as music."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import read_sheets, write_score
from scorestage.engraving.setcheck import SetFault, Sheet
from scorestage.errors import InputError, Where
from scorestage.music import Note, Score
from scorestage.production import Cue
from scorestage.timebase import TempoMap
from scorestage.workflow.compose import read_sketch
from scorestage.workflow.convert import read_music
from scorestage.workflow.issue import compare_sheets
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.preview import draw_preview
from scorestage.workflow.products.cuefacts import edition_of, facts_of

NEW, KEPT = "new: not in the cue's score", "as in the cue's score"


@dataclass(frozen=True, slots=True)
class Returned:
    """What differs: bars against the click map, players, notes and signs; and counts of notes."""

    against: str
    differences: tuple[SetFault, ...]
    kept_notes: int
    new_notes: int
    lost_notes: int
    files: tuple[Path, ...] = ()


def compare_returned(job: Job, name: str, source: Path, page: Path | None = None) -> Returned:
    """Hold a returned score against the cue's own, or its sketch where there is no score.

    With `page` (.html or .svg) the returned score is drawn, its new notes marked.

    Raises `InputError` for what is no score, or a cue that has neither score nor sketch.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    cue = job.cue(name)
    facts = facts_of(job, cue)
    against, own = _own(job, cue)
    told = read_music(source).score
    before = _sheets(own, facts.tempo_map)
    after = read_sheets(source.read_bytes(), source.name).sheets
    differences = (
        *_map_faults(after, before, source.name),
        *compare_sheets(before, after, source.name),
    )
    marks, counts = _matched(own, told)
    files: tuple[Path, ...] = ()
    if page is not None:
        edition = edition_of(job, cue, facts.house)
        tempo_map = facts.tempo_map
        if tempo_map.grid != told.grid:
            tempo_map = read_music(source).tempo_map
        files = draw_preview(told, tempo_map, edition, marks, page).files
    return Returned(against, tuple(differences), *counts, files)


def returned_told(found: Returned) -> dict[str, Any]:
    """The answer of `--json`."""
    return {
        "against": found.against,
        "notes": {"kept": found.kept_notes, "new": found.new_notes, "lost": found.lost_notes},
        "differences": [
            {
                "player": one.player,
                "bar": one.bar,
                "bar_index": one.bar_index,
                "beat": one.beat,
                "kind": one.kind,
                "message": said(one),
            }
            for one in found.differences
        ],
        "files": [str(file) for file in found.files],
    }


def said(fault: SetFault) -> str:
    """A difference in words: the cue's score is the old one."""
    return fault.message.replace("the score", "the cue")


def _own(job: Job, cue: Cue) -> tuple[str, Score]:
    if (job.folder.cue_folder(cue.id) / SCORE).is_file():
        return "score", read_cue_score(job, cue)
    return "sketch", read_sketch(job, cue).as_score()


def _sheets(score: Score, tempo_map: TempoMap) -> tuple[Sheet, ...]:
    return read_sheets(write_score(score, tempo_map), "cue").sheets


def _map_faults(after: tuple[Sheet, ...], before: tuple[Sheet, ...], file: str) -> list[SetFault]:
    """Bars that are not the click's: told once, for all players."""
    own = [(bar.label, bar.quarters) for bar in before[0].bars]
    told = [(bar.label, bar.quarters) for bar in after[0].bars]
    if own == told:
        return []
    place = next(
        (at for at, (one, two) in enumerate(zip(own, told, strict=False)) if one != two),
        min(len(own), len(told)),
    )
    label = told[place][0] if place < len(told) else ""
    message = f"the bars are not the click's: {len(told)} bars, the click has {len(own)}"
    return [SetFault("click map", message, file=file, bar=label, bar_index=place)]


def _matched(own: Score, told: Score) -> tuple[Mapping[str, str], tuple[int, int, int]]:
    """For each note returned whether the cue has it in the same player's line; and the counts."""
    known: dict[str, Counter[object]] = {}
    for line in own.lines:
        known[line.player.name] = Counter(_key(note) for note in line.notes)
    marks: dict[str, str] = {}
    kept = 0
    for line in told.lines:
        left = known.get(line.player.name, Counter())
        for note in line.notes:
            if left[_key(note)] > 0:
                left[_key(note)] -= 1
                kept += 1
                marks[note.id] = KEPT
            else:
                marks[note.id] = NEW
    lost = sum(sum(left.values()) for left in known.values())
    return marks, (kept, len(marks) - kept, lost)


def _key(note: Note) -> object:
    return note.onset, note.length, frozenset(note.pitches)
