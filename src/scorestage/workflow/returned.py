"""The orchestrator's score come back: held against the cue, its differences shown as music."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import read_sheets, write_score
from scorestage.engraving.setcheck import SetFault, Sheet, Sound
from scorestage.errors import InputError, Where
from scorestage.music import Note, Pitch, Score
from scorestage.production import Cue
from scorestage.timebase import BarGrid, TempoMap
from scorestage.workflow.bars_matched import (
    BarsMatched,
    match_bars,
    told_in_old_bars,
    without_bars,
)
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
    bars = match_bars(before, after)
    differences = (
        *_map_faults(after, before, source.name),
        *_bars_told(bars, before, after, source.name),
        *_music_told(bars, before, after, source.name),
    )
    marks = _matched(own, told, bars)
    counts = _counted(bars, before, after)
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


def _bars_told(
    bars: BarsMatched, before: tuple[Sheet, ...], after: tuple[Sheet, ...], file: str
) -> list[SetFault]:
    """Bars that were put in or taken out, told once for all players."""
    added = ((after[0].bars[at].label, at, "is new") for at in bars.added)
    gone = ((before[0].bars[at].label, at, "of the cue is gone") for at in bars.removed)
    return [
        SetFault("bars", f"bar {label} {told}", file=file, bar=label, bar_index=at)
        for label, at, told in (*added, *gone)
    ]


def _music_told(
    bars: BarsMatched, before: tuple[Sheet, ...], after: tuple[Sheet, ...], file: str
) -> list[SetFault]:
    """Players, notes and signs that differ: first who plays, then notes, then signs."""
    own = {sheet.name: sheet for sheet in before}
    whole = len(before[0].bars) == len(after[0].bars)
    told = tuple(
        told_in_old_bars(sheet, own[sheet.name], bars)
        if not whole and sheet.name in own and len(sheet.bars) == len(after[0].bars)
        else sheet
        for sheet in after
    )
    left = tuple(without_bars(sheet, bars.removed) for sheet in before)
    ranks = {"player": 0, "bars": 0, "transposition": 1, "notes": 1}
    found = compare_sheets(left, told, file)
    return sorted(found, key=lambda fault: ranks.get(fault.kind, 2))


def _counted(
    bars: BarsMatched, before: tuple[Sheet, ...], after: tuple[Sheet, ...]
) -> tuple[int, int, int]:
    """How many heads that sound are as they were, new, and gone; ties taken together."""
    old = Counter((sheet.name, sound) for sheet in before for sound in sheet.sounds)
    new: Counter[tuple[str, Sound | None]] = Counter()
    for sheet in after:
        for sound in sheet.sounds:
            place = bars.old_of_new.get(sound.bar)
            new[sheet.name, None if place is None else replace(sound, bar=place)] += 1
    kept = sum(min(count, old[key[0], key[1]]) for key, count in new.items() if key[1] is not None)
    return kept, new.total() - kept, old.total() - kept


def _matched(own: Score, told: Score, bars: BarsMatched) -> Mapping[str, str]:
    """For each note returned whether the cue has it in the same player's line."""
    same = {place: place for place in range(len(own.grid.bars))}
    known: dict[str, Counter[object]] = {}
    for line in own.lines:
        held = known.setdefault(line.player.name, Counter())
        held.update(_key(note, own.grid, same) for note in line.notes)
    marks: dict[str, str] = {}
    for line in told.lines:
        left = known.get(line.player.name, Counter())
        for note in line.notes:
            key = _key(note, told.grid, bars.old_of_new)
            marks[note.id] = KEPT if left[key] > 0 else NEW
            left[key] -= left[key] > 0
    return marks


def _key(note: Note, grid: BarGrid, places: Mapping[int, int]) -> object:
    """Where a note stands, how long it is and what sounds; programs call drums as they like."""
    bar = grid.index_at(note.onset)
    sounding = frozenset(head.midi if isinstance(head, Pitch) else "drum" for head in note.pitches)
    return places.get(bar), note.onset - grid.starts[bar], note.length, sounding
