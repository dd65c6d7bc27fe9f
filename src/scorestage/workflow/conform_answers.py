"""What `conform` answers: each cue, its hits, its repairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorestage.conform.audio_edits import AudioEdit
from scorestage.conform.changes import ChangeList
from scorestage.production import Hit
from scorestage.tempofit.repairs import Edit, HitAfter, Repair
from scorestage.timebase import BarGrid, FilmTime, TempoMap
from scorestage.workflow.conform import Conforming, CueConform
from scorestage.workflow.conform_cost import ConformCost
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.job import Job
from scorestage.workflow.tell import tell_exact, tell_moment


def tell_conforming(
    job: Job, cut: NewCut, conforming: Conforming, choices: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """The whole answer; `chosen` is the number of the repair that `--apply` takes."""
    changes = conforming.changes
    counts: dict[str, int] = {}
    for one in conforming.cues:
        counts[str(one.move.state)] = counts.get(str(one.move.state), 0) + 1
    return {
        "picture": job.picture().id,
        "new_picture": cut.picture.id,
        "label": cut.picture.label,
        "identical": changes.is_identity,
        "old_frames": changes.old_frames,
        "new_frames": changes.new_frames,
        "states": counts,
        "cues": [tell_cue_conform(job, one, choices or {}) for one in conforming.cues],
        "notes": list(cut.notes),
    }


def tell_cue_conform(job: Job, one: CueConform, choices: Mapping[str, int]) -> dict[str, Any]:
    """One cue: its state, what moved, its repairs."""
    move, cue = one.move, one.cue
    tempo_map = job.folder.map(cue.id, job.clock)
    return {
        "cue": cue.number,
        "title": cue.title,
        "state": str(move.state),
        "words": move.words,
        **tell_moment("old_start", cue.start),
        **tell_moment("start", move.start),
        **tell_moment("end", move.end),
        **tell_exact("slid_frames", move.slid_frames),
        "removed_frames": move.removed_frames,
        "inserted_frames": move.inserted_frames,
        "replaced_frames": move.replaced_frames,
        "hits": [_tell_moved(job, hit.hit, hit.at) for hit in move.hits],
        "lost_hits": [hit.id for hit in move.lost],
        "chosen": choices.get(cue.number, 1) if one.repairs else None,
        "repairs": [
            tell_repair(number, repair, words, tempo_map)
            for number, (repair, words) in enumerate(
                zip(one.repairs, one.joint_words, strict=True), start=1
            )
        ]
        if tempo_map is not None
        else [],
        "fault": one.fault,
    }


def _tell_moved(job: Job, hit: Hit, at: FilmTime | None) -> dict[str, Any]:
    return {
        "id": hit.id,
        "words": hit.words,
        **tell_moment("old_at", hit.at),
        **tell_moment("at", at),
    }


def tell_repair(
    number: int, repair: Repair, joints: tuple[str, ...], old: TempoMap
) -> dict[str, Any]:
    """One repair: what is done, every hit before and after, what must be printed and played."""
    grid = repair.tempo_map.grid
    return {
        "number": number,
        "name": repair.name,
        "why": repair.why,
        "joints": list(joints),
        **tell_exact("points", repair.points),
        "largest_step_percent": float(repair.largest_step_percent),
        "edits": [tell_edit(edit, old.grid) for edit in repair.edits],
        "hits": [tell_hit_after(one) for one in repair.hits],
        "missed": [one.hit.id for one in repair.missed],
        "touched_bars": _labels(repair.touched, old.grid),
        "reprint_bars": _labels(repair.reprint, old.grid),
        "retake_bars": _labels(repair.retake, old.grid),
        "new_music_bars": repair.new_music_bars,
        "bars": [
            {
                "bar": str(bar.label),
                "bar_index": index,
                "meter": str(bar.meter),
                **tell_moment("at", repair.tempo_map.time_at(grid.starts[index])),
                "from": str(source.origin),
                "old_bars": _labels(source.old_bars, old.grid),
            }
            for index, (bar, source) in enumerate(zip(grid.bars, repair.sources, strict=True))
        ],
    }


def tell_edit(edit: Edit, grid: BarGrid) -> dict[str, Any]:
    """One thing done to the music, in places of the old cue."""
    return {
        "kind": str(edit.kind),
        "words": edit.words,
        "from_quarters": str(edit.low.quarters),
        "to_quarters": str(edit.high.quarters),
        "from": str(grid.position(edit.low)),
        "to": str(grid.position(edit.high)) if edit.high < grid.end else "end",
        "times": edit.times,
        "tempo_percent": float(edit.percent),
        "seconds": float(edit.seconds),
    }


def tell_hit_after(one: HitAfter) -> dict[str, Any]:
    """A hit before and after, frames off."""
    after = None if one.after_frames is None else float(one.after_frames)
    return {
        "id": one.hit.id,
        "words": one.hit.words,
        "before_frames": float(one.before_frames),
        "after_frames": after,
        "caught_before": one.caught_before,
        "caught_after": one.caught_after,
        "position": None if one.position is None else str(one.position),
    }


def tell_cost(cost: ConformCost) -> dict[str, Any]:
    """What would be built again, before it is."""
    return {
        "rebuilt": [
            {
                "cue": one.cue,
                "kind": one.kind,
                "files": one.files,
                "pages": one.pages,
                "seconds": one.seconds,
            }
            for one in cost.rebuilt
        ],
        "kept": cost.kept,
        "pages": cost.pages,
        "seconds": cost.seconds,
    }


def tell_audio_edit(edit: AudioEdit) -> dict[str, Any]:
    """A stretch of old sound and where it plays now, in film seconds."""
    return {
        **tell_moment("old_in", edit.old_in),
        **tell_moment("old_out", edit.old_out),
        **tell_moment("new_at", edit.new_at),
        "stretch": float(edit.stretch),
    }


def _labels(bars: tuple[int, ...], grid: BarGrid) -> list[str]:
    return [str(grid.bars[bar].label) for bar in bars]


def changes_words(changes: ChangeList) -> str:
    """The change list in a line."""
    if changes.is_identity:
        return "the cuts are the same"
    counts: dict[str, int] = {}
    for one in changes.changes:
        if str(one.kind) != "kept":
            kind = str(one.kind).replace("_", " at its ")
            counts[kind] = counts.get(kind, 0) + 1
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return f"{told}; {changes.old_frames} frames before, {changes.new_frames} after"
