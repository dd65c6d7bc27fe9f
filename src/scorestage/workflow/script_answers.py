"""The screenplay as an answer and as a paper."""

from __future__ import annotations

from typing import Any

from scorestage.paperwork import Column, Table
from scorestage.production import Cue, CueStatus, eighths_text
from scorestage.timebase import clock_text
from scorestage.workflow.job import Job
from scorestage.workflow.scenes import (
    ScriptedScene,
    low_and_high,
    scenes_of,
    screenplay_of,
    whole_length,
)
from scorestage.workflow.script import ScriptChange
from scorestage.workflow.tell import tell_moment

COLUMNS = (
    Column("Scene", 7),
    Column("Heading", 34),
    Column("Pages", 7, right=True),
    Column("Low", 8, right=True),
    Column("Likely", 8, right=True),
    Column("High", 8, right=True),
    Column("In the film", 13),
    Column("Characters", 26),
    Column("Mood", 26),
    Column("Cues", 10),
)


def tell_script(job: Job) -> dict[str, Any]:
    """Every scene with its lengths, characters, moods and cues."""
    play, scenes = screenplay_of(job), scenes_of(job)
    whole = whole_length(scenes)
    gone = [one for one in job.production.scenes if one.omitted]
    return {
        "title": play.title,
        "author": play.author,
        "draft": play.draft,
        "file": job.production.script,
        "pages": eighths_text(sum(one.eighths for one in scenes)),
        "eighths": sum(one.eighths for one in scenes),
        **_lengths(whole.low_seconds, whole.likely_seconds, whole.high_seconds),
        "scenes": [tell_scene(job, one) for one in scenes],
        "gone": [{"id": one.id, "number": one.number, "heading": one.heading} for one in gone],
    }


def tell_scene(job: Job, one: ScriptedScene) -> dict[str, Any]:
    """One scene."""
    scene, length = one.scene, one.length
    return {
        "id": scene.id,
        "number": scene.number,
        "heading": one.written.heading,
        "setting": one.written.setting,
        "place": one.written.place,
        "hour": one.written.hour,
        "pages": eighths_text(one.eighths),
        "eighths": one.eighths,
        **_lengths(length.low_seconds, length.likely_seconds, length.high_seconds),
        "length_by": length.how,
        **tell_moment("start", scene.start),
        **tell_moment("end", scene.end),
        "start_timecode": job.reel_clock.nearest_label(scene.start) if scene.start else None,
        "end_timecode": job.reel_clock.nearest_label(scene.end) if scene.end else None,
        "picture": scene.picture or None,
        "characters": list(one.written.characters),
        "moods": [{"mood": mood.mood, "words": dict(mood.words)} for mood in one.moods],
        "cues": [cue.number for cue in job.production.cues if scene.id in cue.scenes],
    }


def _lengths(low: Any, likely: Any, high: Any) -> dict[str, Any]:
    return {
        **tell_moment("low", low),
        **tell_moment("likely", likely),
        **tell_moment("high", high),
    }


def script_table(job: Job) -> Table:
    """The scenes as a paper: pages in eighths, low, likely and high length, mood, cues."""
    play, scenes = screenplay_of(job), scenes_of(job)
    whole = whole_length(scenes)
    pages = eighths_text(sum(one.eighths for one in scenes))
    likely = clock_text(whole.likely_seconds).partition(".")[0]
    low, high = (
        clock_text(one).partition(".")[0] for one in (whole.low_seconds, whole.high_seconds)
    )
    facts = [("Production", job.production.title), ("Screenplay", play.title)]
    facts += [("By", play.author), ("Draft", play.draft), ("Scenes", str(len(scenes)))]
    facts += [("Pages", pages), ("Likely", likely), ("From – to", f"{low} – {high}")]
    return Table(
        title="Script timing",
        columns=COLUMNS,
        rows=tuple(_row(job, one) for one in scenes),
        facts=tuple((name, words) for name, words in facts if words),
        legend=(
            "Pages in eighths; lengths are estimated from pages and words until a scene is read "
            "with a stop watch (r) or cut (in the film).",
            "Moods are those whose words stand in the scene.",
        ),
    )


def _row(job: Job, one: ScriptedScene) -> tuple[str, ...]:
    scene, length = one.scene, one.length
    cues = [
        cue.number
        for cue in job.production.cues
        if scene.id in cue.scenes and cue.status is not CueStatus.OMITTED
    ]
    at = job.reel_clock.nearest_label(scene.start) if scene.start is not None else ""
    exact = bool(at)
    mark = " r" if not exact and scene.timed_seconds is not None else ""
    return (
        scene.number,
        one.written.heading,
        eighths_text(one.eighths),
        "" if exact else _short(length.low_seconds),
        _short(length.likely_seconds) + mark,
        "" if exact else _short(length.high_seconds),
        at,
        ", ".join(one.written.characters),
        "; ".join(f"{mood.mood}: {mood.why}" for mood in one.moods),
        ", ".join(cues),
    )


def _short(seconds: Any) -> str:
    """Minutes and seconds."""
    return clock_text(round(seconds)).partition(".")[0]


def tell_change(change: ScriptChange) -> dict[str, Any]:
    """What a draft or a cut did."""
    return {
        "new_scenes": list(change.new),
        "gone_scenes": list(change.gone),
        "renumbered": [{"old": old, "new": new} for old, new in change.renumbered],
        "placed": list(change.placed),
        "cues": list(change.cues),
        "remarks": list(change.remarks),
    }


def scenes_words(job: Job, cue: Cue) -> str:
    """Of which scenes a cue is, and how long it may be while they are not all cut."""
    scenes = scenes_of(job)
    own = [one for one in scenes if one.scene.id in cue.scenes]
    told = ", ".join(one.name for one in own) or "none that the screenplay has"
    words = f"of scene{'s' * (len(own) != 1)} {told}"
    if cue.scene_from != 0 or cue.scene_until != 1:
        words += f", from {cue.scene_from} to {cue.scene_until} of it"
    between = low_and_high(cue, scenes)
    if cue.start is None and between is not None:
        low, high = (clock_text(one) for one in between)
        words += f"; between {low} and {high} long"
    return words
