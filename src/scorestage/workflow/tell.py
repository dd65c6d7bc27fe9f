"""Answers: cues, hits and maps as plain values for `--json` and for pages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scorestage.production import Cue, Groove, Hit, ScoringLevel, ScoringOption
from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job


def tell_moment(key: str, at: FilmTime | Fraction | None) -> dict[str, Any]:
    """A moment for an answer: exact seconds as text, and the float beside them.

    >>> tell_moment("at", FilmTime("19/8"))
    {'at_seconds': '19/8', 'at_seconds_float': 2.375}
    """
    if at is None:
        return {f"{key}_seconds": None, f"{key}_seconds_float": None}
    exact = at.seconds if isinstance(at, FilmTime) else at
    return {f"{key}_seconds": str(exact), f"{key}_seconds_float": float(exact)}


def tell_exact(key: str, number: Fraction) -> dict[str, Any]:
    """A quantity for an answer: a number to reckon with, and its exact text beside it.

    >>> tell_exact("off_frames", Fraction(-1, 3))
    {'off_frames': -0.3333333333333333, 'off_frames_exact': '-1/3'}
    """
    return {key: float(number), f"{key}_exact": str(number)}


def tell_hit(job: Job, hit: Hit) -> dict[str, Any]:
    """One hit."""
    return {
        "id": hit.id,
        **tell_moment("at", hit.at),
        "timecode": job.reel_clock.nearest_label(hit.at),
        "words": hit.words,
        "kind": str(hit.kind),
        "weight": hit.weight,
        "want": str(hit.want),
        **tell_exact("early_frames", hit.early_frames),
        **tell_exact("late_frames", hit.late_frames),
        **tell_exact("aim_frames", hit.aim_frames),
        "locked": hit.locked,
        "streamer": hit.streamer,
        "status": str(hit.status),
        "why": hit.why,
    }


def tell_wishes(cue: Cue) -> dict[str, Any]:
    """What a cue itself asks of its maps; null or empty where style and tone decide."""
    numbers = {
        "lowest_bpm": cue.bpm_lowest,
        "wish_bpm": cue.bpm_wish,
        "highest_bpm": cue.bpm_highest,
        "breath_percent": cue.breath_percent,
        "start_late_frames": cue.start_late_frames,
    }
    return {
        **{key: None if one is None else float(one) for key, one in numbers.items()},
        "meters": list(cue.meters),
        "ramps": cue.ramps,
        "fermatas": cue.fermatas,
        "free_bars": cue.free_bars,
        "pickups_beats": [str(beats) for beats in cue.pickups_beats],
        "steady": [
            {**tell_moment("start", one.start), **tell_moment("end", one.end)} for one in cue.steady
        ],
    }


def scoring_words(cue: Cue) -> tuple[str, ...]:
    """What a cue asks of its scoring, where it is not as usual."""
    asked = (
        (cue.groove is not Groove.AUTO, f"with groove: {cue.groove}"),
        (not cue.added_notes, "without added notes"),
        (not cue.everyone, "for those who are needed only"),
        (bool(cue.players), f"played by: {', '.join(cue.players)}"),
        (cue.option is not ScoringOption.BALANCED, f"scored {cue.option}"),
        (cue.level is not ScoringLevel.FULL, f"level of detail: {cue.level}"),
        (bool(cue.assign), f"assigned: {'; '.join(cue.assign)}"),
    )
    return tuple(words for is_so, words in asked if is_so)


def tell_cue(job: Job, cue: Cue) -> dict[str, Any]:
    """One cue with its hits."""
    clock = job.reel_clock
    return {
        "id": cue.id,
        "number": cue.number,
        "title": cue.title,
        **tell_moment("start", cue.start),
        **tell_moment("end", cue.end),
        "start_timecode": clock.nearest_label(cue.start) if cue.start is not None else None,
        "end_timecode": clock.nearest_label(cue.end) if cue.end is not None else None,
        **tell_moment("length", cue.seconds),
        "layer": str(cue.layer),
        "way_in": str(cue.way_in),
        "way_out": str(cue.way_out),
        "leaves": str(cue.leaves),
        "song": cue.song,
        "singer": cue.singer,
        "start_at": cue.start_at,
        "status": str(cue.status),
        "timing": str(cue.timing),
        "groove": str(cue.groove),
        "added_notes": cue.added_notes,
        "everyone": cue.everyone,
        "ensemble": cue.ensemble,
        "players": list(cue.players),
        "option": str(cue.option),
        "level": str(cue.level),
        "assign": list(cue.assign),
        "tempo": tell_wishes(cue),
        "tone": list(cue.tone),
        "theme": cue.theme,
        "style": cue.style,
        "references": list(cue.references),
        "avoid": list(cue.avoid),
        "composer": cue.composer,
        "orchestrator": cue.orchestrator,
        "segue_to": cue.segue_to,
        "version": cue.version,
        "scenes": list(cue.scenes),
        "scene_from": str(cue.scene_from),
        "scene_until": str(cue.scene_until),
        "written_to": cue.written_to,
        "kept": cue.kept,
        "why": list(cue.why),
        "dialogue": [
            {**tell_moment("in", one.start), **tell_moment("out", one.end)} for one in cue.dialogue
        ],
        "hits": [tell_hit(job, hit) for hit in cue.hits],
    }
